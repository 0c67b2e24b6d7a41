"""Builders for the journal of decisions."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from registry.journal.domain import Audience, Decision, Subject

MATTER = UUID(int=4711)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something that decisions are made on."""

    status: str
    agreed_on: date = date(2023, 4, 6)


def a_decision(
    version: int = 1,
    decided_on: date = date(2023, 4, 6),
    *,
    audience: Audience = Audience.PARTIES,
    unit_id: UUID | None = None,
    subject: Subject = Subject.APPLICATION,
    before: Matter | None = None,
    after: Matter | None = None,
) -> Decision:
    return Decision(
        subject=subject,
        subject_id=MATTER,
        version=version,
        unit_id=unit_id,
        audience=audience,
        action="submit",
        decided_on=decided_on,
        reason="Dodáno datovou schránkou",
        before=before,
        after=after or Matter(status=f"state {version}"),
    )
