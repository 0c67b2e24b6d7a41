"""What every event has, and the roles that tokens carry."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID


class Role(StrEnum):
    """What a person or a system does in the programme; tokens carry it in the claim `roles`."""

    ADMINISTRATOR = "administrator"
    CONSULTANT = "consultant"
    ANALYST = "analyst"
    EVALUATOR = "evaluator"
    COORDINATOR = "coordinator"
    MAYOR = "mayor"
    PARTNER = "partner"
    COMMISSIONER = "commissioner"
    DIRECTOR = "director"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact of one aggregate. `version` is the aggregate's version after it: a stale one is ignored.

    `type` is `<service>.<aggregate>.<fact>.v<major>`, the NATS subject too; `identity` names the
    field that holds the aggregate's id.
    """

    type: ClassVar[str]
    identity: ClassVar[str]

    version: int

    @property
    def aggregate_id(self) -> UUID:
        """The id of the aggregate that the fact is about."""
        value: UUID = getattr(self, self.identity)
        return value
