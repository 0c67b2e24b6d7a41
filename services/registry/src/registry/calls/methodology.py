"""An edition of a methodology: since when it is followed, and its rules as a checklist."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from shared.errors import Invalid, RuleBroken
from shared.working_days import ONE_DAY


class MethodologyUnknown(Invalid):
    cs = "Metodiku „{methodology}“ registr nezná."
    en = "The registry does not know the methodology “{methodology}”."


class EditionTaken(RuleBroken):
    cs = "Vydání „{methodology}“ už v registru je."
    en = "The edition “{methodology}” is in the registry already."


class EditionBeforeTheLast(RuleBroken):
    cs = "Nové vydání musí platit později než vydání „{last}“, které platí od {last_from}."
    en = "A new edition has to be valid later than “{last}”, which is valid from {last_from}."


class ValidityReversed(Invalid):
    cs = "Konec platnosti {valid_until} předchází začátku {valid_from}."
    en = "The validity ends on {valid_until}, before it begins on {valid_from}."


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodologyRule:
    """One thing to be checked at a stage; `code` is unique in the methodology."""

    code: str
    stage: str
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
