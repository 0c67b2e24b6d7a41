"""Cooperations with all that comes with them, stored at once: phases, journal, memoranda, descriptions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import insert
from sqlalchemy.orm import DeclarativeBase

from registry.caseload.tables import AssignmentRow
from registry.cooperation.tables import CooperationRow, PhaseRow
from registry.descriptions.tables import DescriptionRow
from registry.journal.tables import JournalRow
from registry.memoranda.tables import MemorandumRow
from shared.contracts.registry import CooperationRegime
from tests.support.service import ServiceUnderTest

_NAMES = UUID("019a1c2e-7b1a-7c3d-8e4f-0000000000e0")
_AT = datetime(2024, 1, 2, 9, 0, tzinfo=UTC)
_DIGEST = "ab" * 32
_YEAR = timedelta(days=365)
ONE_DAY = timedelta(days=1)
CONSULTANTS = 22
"""Persons of the Agency, each with five units of a hundred and ten."""
AREAS = ("BYD", "DLU", "ZAM", "BEZ", "ZDR", "SLU", "ROD")
Rows = dict[type[DeclarativeBase], list[Mapping[str, object]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A cooperation under KPSV 2021+; every fifth one is over, every seventh of the others stands still."""

    number: int
    unit_id: UUID
    id: UUID = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", uuid5(_NAMES, f"cooperation {self.unit_id}"))

    @property
    def starts_on(self) -> date:
        return date(2022, 1, 1) + timedelta(days=7 * (self.number % 100))

    @property
    def ends_on(self) -> date:
        """The last day: over for every fifth one, to come for the others."""
        return self.starts_on + _YEAR if self.has_ended else date(2031, 1, 1) + timedelta(days=self.number)

    @property
    def has_ended(self) -> bool:
        return self.number % 5 == 0

    @property
    def person(self) -> str:
        return f"konzultant-{self.number % CONSULTANTS}"

    @property
    def area(self) -> str:
        return AREAS[self.number % len(AREAS)]

    def turns(self) -> list[tuple[str, date]]:
        first = self.starts_on
        found = [
            ("preparation", first - timedelta(days=120)),
            ("active", first),
            ("suspended", first + timedelta(days=60)),
            ("active", first + timedelta(days=90)),
        ]
        if self.has_ended:
            exits = first + timedelta(days=200)
            found += [("exit", exits), ("ex-post", exits + timedelta(days=90))]
        elif self.number % 7 == 0:
            found.append(("suspended", first + timedelta(days=200)))
        return [*found, ("ended", self.ends_on + ONE_DAY)]


async def store_histories(service: ServiceUnderTest, unit_ids: Sequence[UUID]) -> list[History]:
    """Store a cooperation with its whole history for each of the units."""
    histories = [History(number=number, unit_id=unit) for number, unit in enumerate(unit_ids)]
    async with service.transaction() as tx:
        for history in histories:
            for table, rows in _rows(history).items():
                await tx.session.execute(insert(table), rows)
    return histories


def _rows(history: History) -> Rows:
    return {
        CooperationRow: [_cooperation(history)],
        PhaseRow: list(_phases(history)),
        JournalRow: list(_journal(history)),
        MemorandumRow: list(_memoranda(history)),
        DescriptionRow: list(_descriptions(history)),
        AssignmentRow: list(_assignments(history)),
    }


def _cooperation(history: History) -> dict[str, object]:
    status = "ended" if history.has_ended else history.turns()[-2][0]
    return {
        "id": history.id,
        "unit_id": history.unit_id,
        "regime": CooperationRegime.KPSV21.value,
        "grounds_note": "",
        "status": status,
        "starts_on": history.starts_on,
        "ends_on": history.ends_on,
        "end_kind": "as-agreed" if history.has_ended else None,
        "exit_note": "Obec pokračuje sama." if history.has_ended else "",
        "version": len(history.turns()),
        "started_at": _AT,
        "ended_at": _AT if history.has_ended else None,
    }


def _phases(history: History) -> Iterator[dict[str, object]]:
    turns = history.turns()
    for (status, from_on), after in zip(turns, [*turns[1:], None], strict=True):
        until_on = after[1] - ONE_DAY if after else None
        yield {
            "cooperation_id": history.id,
            "status": status,
            "from_on": from_on,
            "until_on": until_on,
        }


def _journal(history: History) -> Iterator[dict[str, object]]:
    for version, (status, on) in enumerate(history.turns(), start=1):
        yield {
            "id": uuid5(history.id, f"journal {version}"),
            "subject": "cooperation",
            "subject_id": history.id,
            "version": version,
            "unit_id": history.unit_id,
            "audience": "parties" if status == "suspended" else "public",
            "action": status,
            "decided_on": on,
            "at": _AT,
            "actor": history.person,
            "affiliation": "Agentura",
            "reason": "",
            "before": None,
            "after": _state(history, status),
            "correlation_id": "test",
        }


def _state(history: History, status: str) -> dict[str, object]:
    return {"id": str(history.id), "unit_id": str(history.unit_id), "status": status, "note": "x" * 400}


def _memoranda(history: History) -> Iterator[dict[str, object]]:
    """Two editions: the first was concluded with the office of government, the second with the ministry."""
    renewed = history.starts_on - timedelta(days=30)
    for edition, (since, until) in enumerate(
        ((date(2018, 6, 1), renewed - ONE_DAY), (renewed, None)), start=1
    ):
        yield {
            "id": uuid5(history.id, f"memorandum {edition}"),
            "unit_id": history.unit_id,
            "edition": edition,
            "version": 4,
            "status": "superseded" if until else "concluded",
            "reason": "first" if edition == 1 else "party-changed",
            "agency_party": "office-of-government" if edition == 1 else "ministry",
            "signatures": [{"name": "Podpis", "function": "starosta"}] * 2,
            "concluded_on": since,
            "in_force_until": until,
            "digest": _DIGEST,
            "drafted_at": _AT,
        }


def _descriptions(history: History) -> Iterator[dict[str, object]]:
    """Two editions on social inclusion, one after the other, and one on inclusive education."""
    first, change = history.starts_on, history.starts_on + timedelta(days=180)
    for domain, edition, since, until, areas in (
        ("social-inclusion", 1, first, change - ONE_DAY, ["VZD"]),
        ("social-inclusion", 2, change, history.ends_on, sorted({"BYD", history.area})),
        ("inclusive-education", 1, first, history.ends_on, ["VZD"]),
    ):
        yield {
            "id": uuid5(history.id, f"description {domain} {edition}"),
            "cooperation_id": history.id,
            "unit_id": history.unit_id,
            "domain": domain,
            "edition": edition,
            "version": 4,
            "status": "superseded" if until < history.ends_on else "agreed",
            "memorandum_id": uuid5(history.id, "memorandum 2"),
            "areas": areas,
            "starts_on": since,
            "ends_on": until,
            "content": {"focus": "x" * 2000},
            "baseline": [],
            "authors": [history.person],
            "agreements": [],
            "agreed_on": since,
            "in_force_from": since,
            "in_force_until": until,
            "digest": _DIGEST,
            "drafted_at": _AT,
        }


def _assignments(history: History) -> Iterator[dict[str, object]]:
    handed_over = history.starts_on + timedelta(days=100)
    for person, since, until in (
        ("nekdo-jiny", history.starts_on, handed_over - ONE_DAY),
        (history.person, handed_over, None),
    ):
        yield {
            "id": uuid5(history.id, f"assignment {person}"),
            "unit_id": history.unit_id,
            "person": person,
            "person_name": f"Jméno {person}",
            "duty": "local-consultant",
            "starts_on": since,
            "ends_on": until,
            "version": 1,
        }
