"""Which pages of evaluation are frozen beside its reports."""

from enum import StrEnum

from shared.errors import NotFound


class PageKind(StrEnum):
    PROGRAMME_REPORT = "programme-report"  # zpráva o plnění projektu


class FrozenPageUnknown(NotFound):
    cs = "Takto zmrazená stránka neexistuje."
    en = "No page is frozen under this digest."
