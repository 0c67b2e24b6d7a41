"""An edition of a methodology: since when it is followed, and its rules as a checklist."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from shared.errors import Invalid, NotFound, RuleBroken
from shared.working_days import ONE_DAY


class Stage(StrEnum):
    """Where on the way from the call to the exit a rule is checked."""

    CALL = "call"  # výzva
    APPLICATION = "application"  # přihláška
    FORMAL_CHECK = "formal-check"  # formální kontrola
    ASSESSMENT = "assessment"  # věcné hodnocení
    DECISION = "decision"  # rozhodnutí o zařazení
    MEMORANDUM = "memorandum"  # memorandum o spolupráci
    DESCRIPTION = "description"  # popis spolupráce
    PARTNERSHIP = "partnership"  # lokální partnerství
    PLAN = "plan"  # plán sociálního začleňování
    STATEMENT = "statement"  # vyjádření, potvrzení
    MONITORING = "monitoring"  # monitoring
    EXIT = "exit"  # exit strategie, ukončení


class MethodologyUnknown(Invalid):
    cs = "Metodiku „{methodology}“ registr nezná."
    en = "The registry does not know the methodology “{methodology}”."


class NoSuchMethodology(NotFound):
    cs = "Takovou metodiku registr nemá."
    en = "The registry has no such methodology."


class EditionTaken(RuleBroken):
    cs = "Vydání „{methodology}“ už v registru je."
    en = "The edition “{methodology}” is in the registry already."


class EditionBeforeTheLast(RuleBroken):
    cs = "Nové vydání musí platit později než vydání „{last}“, které platí od {last_from}."
    en = "A new edition has to be valid later than “{last}”, which is valid from {last_from}."


class EditionStillFollowed(RuleBroken):
    cs = "Podle vydání „{last}“ byla ještě {announced_on} vyhlášena výzva; nové může platit až po tom dni."
    en = "A call was announced under “{last}” on {announced_on}: a new edition can be valid after that day."


class ValidityReversed(Invalid):
    cs = "Konec platnosti {valid_until} předchází začátku {valid_from}."
    en = "The validity ends on {valid_until}, before it begins on {valid_from}."


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodologyRule:
    """One thing to be checked at a stage; `code` is unique in the methodology."""

    code: str
    stage: Stage
    cs: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Methodology:
    """`code` with the edition, `KPSV21/1.0`, is what later records name; `valid_until` is the last day."""

    name: str
    edition: str
    title_cs: str
    title_en: str
    valid_from: date
    valid_until: date | None
    decided_by: str
    source: str
    rules: tuple[MethodologyRule, ...] = ()

    @property
    def code(self) -> str:
        return f"{self.name}/{self.edition}"

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def succeed(new: Methodology, earlier: Sequence[Methodology]) -> Methodology | None:
    """Return the edition before as the new one ends it, None where it need not change.

    Raises ValidityReversed, EditionTaken, EditionBeforeTheLast; `earlier` are the editions of its name.
    """
    if new.valid_until is not None and new.valid_until < new.valid_from:
        raise ValidityReversed(pointer="/valid_until", valid_from=new.valid_from, valid_until=new.valid_until)
    if any(each.edition == new.edition for each in earlier):
        raise EditionTaken(methodology=new.code)
    last = max(earlier, key=lambda each: each.valid_from, default=None)
    if last is None:
        return None
    if new.valid_from <= last.valid_from:
        raise EditionBeforeTheLast(last=last.code, last_from=last.valid_from)
    ends_on = new.valid_from - ONE_DAY
    is_open = last.valid_until is None or last.valid_until > ends_on
    return replace(last, valid_until=ends_on) if is_open else None


def methodologies_in(rows: Iterable[Mapping[str, str]]) -> list[Methodology]:
    """Read a table in which the row of an edition is followed by rows of its rules."""
    found: list[Methodology] = []
    for row in rows:
        if row["rule"]:
            found[-1] = replace(found[-1], rules=(*found[-1].rules, _rule(row)))
            continue
        found.append(
            Methodology(
                name=row["name"],
                edition=row["edition"],
                title_cs=row["title_cs"],
                title_en=row["title_en"],
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
                decided_by=row["decided_by"],
                source=row["source"],
            )
        )
    return found


def _rule(row: Mapping[str, str]) -> MethodologyRule:
    return MethodologyRule(code=row["rule"], stage=Stage(row["stage"]), cs=row["rule_cs"], en=row["rule_en"])
