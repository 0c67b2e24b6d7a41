"""What is communicated, and which acts ask for it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class CommunicationKind(StrEnum):
    """An output of communication (komunikační výstup)."""

    MEDIA_OUTPUT = "media-output"  # mediální výstup
    PRESS_RELEASE = "press-release"  # tisková zpráva
    MEETING = "meeting"  # setkání
    CONFERENCE = "conference"  # konference
    NEWSLETTER = "newsletter"  # zpravodaj
    SOCIAL_NETWORK = "social-network"  # příspěvek na sociální síti
    WEBSITE = "website"  # článek na webu
    LEAFLET = "leaflet"  # leták, brožura
    COMMUNICATION_PLAN = "communication-plan"  # komunikační plán
    OTHER = "other"  # jiný výstup


class ActKind(StrEnum):
    """An act after which something is to be communicated."""

    COOPERATION_STARTED = "cooperation-started"  # začala spolupráce
    MEMORANDUM_CONCLUDED = "memorandum-concluded"  # uzavřeno memorandum
    CONSULTATION_OPENED = "consultation-opened"  # vyhlášeno připomínkování
    SETTLEMENT_PUBLISHED = "settlement-published"  # zveřejněno vypořádání
    PLAN_APPROVED = "plan-approved"  # schválen plán
    EVALUATION_COMPLETED = "evaluation-completed"  # dokončena evaluace
    CALL_ANNOUNCED = "call-announced"  # vyhlášena výzva


class OutputState(StrEnum):
    PLANNED = "planned"  # naplánováno
    DONE = "done"  # splněno
    CANCELLED = "cancelled"  # zrušeno


ACT_NAMES: Final[Mapping[ActKind, tuple[str, str]]] = {
    ActKind.COOPERATION_STARTED: ("začala spolupráce", "a cooperation began"),
    ActKind.MEMORANDUM_CONCLUDED: ("uzavřeno memorandum", "a memorandum was concluded"),
    ActKind.CONSULTATION_OPENED: ("vyhlášeno připomínkování", "a consultation was opened"),
    ActKind.SETTLEMENT_PUBLISHED: ("zveřejněno vypořádání připomínek", "a settlement was published"),
    ActKind.PLAN_APPROVED: ("schválen plán", "a plan was approved"),
    ActKind.EVALUATION_COMPLETED: ("dokončena evaluace", "an evaluation was completed"),
    ActKind.CALL_ANNOUNCED: ("vyhlášena výzva", "a call was announced"),
}
