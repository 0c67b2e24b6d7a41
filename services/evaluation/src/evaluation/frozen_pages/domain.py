"""Which pages of evaluation are frozen beside its reports, and who may read them."""

from enum import StrEnum

from shared.errors import NotFound


class PageKind(StrEnum):
    PROGRAMME_REPORT = "programme-report"  # zpráva o plnění projektu


class Audience(StrEnum):
    """Who reads a page: of few people the public learns nothing, so its page is another one."""

    PUBLIC = "public"
    OWN = "own"  # the Agency, and the municipality that keeps the project


class FrozenPageUnknown(NotFound):
    cs = "Takto zmrazená stránka neexistuje."
    en = "No page is frozen under this digest."
