"""What stays when support ends: measures that go on, their owners and money, indicators that are watched."""

from collections.abc import Iterator
from typing import Final

from evaluation.measures.domain import MeasureFact
from evaluation.reports.content import SectionCode
from evaluation.reports.facts import Facts
from evaluation.reports.gaps import Gap, gap
from shared.canonical import plain
from shared.contracts.reports import EvaluationType

LOOKS_AHEAD: Final = frozenset(
    {EvaluationType.EXIT_OUTLINE, EvaluationType.PLAN_FINAL, EvaluationType.EXPERT_SUPPORT_FINAL}
)
"""Types whose report says what becomes of it all after the Agency left."""


def continuing(facts: Facts) -> list[MeasureFact]:
    """Return the measures that nobody said to be done or abandoned."""
    return [each for each in facts.measures if not each.has_ended]


def outlook(facts: Facts) -> dict[str, object]:
    """Return the outline: what continues, which indicators stay monitored, what is still asked for."""
    going_on = continuing(facts)
    return {
        "continues": [{**_members(each), "money_ends_first": _money_ends_first(each)} for each in going_on],
        "ended": len(facts.measures) - len(going_on),
        "monitored": [
            {
                "number": each.number,
                "name": each.name,
                "owner": each.owner,
                "value": plain(each.series[-1].value) if each.series else None,
                "measured_on": plain(each.measured_on),
                "target_on": each.target_on.isoformat(),
            }
            for each in facts.indicators_in_order
            if each.target_on >= facts.as_of
        ],
        "recommendations": plain(facts.recommendations),
    }


def gaps_ahead(facts: Facts) -> Iterator[Gap]:
    """Yield what nobody said of the time after the support ended."""
    section = SectionCode.AFTERWARDS
    if not facts.measures:
        cs, en = "opatření plánu, která mají pokračovat", "measures of a plan that should go on"
        yield gap(section, "continues-unknown", cs, en)
    for each in continuing(facts):
        label = f"{each.number} {each.name}"
        if not each.owner:
            cs, en = f"vlastník opatření {label}", f"the owner of the measure {label}"
            yield gap(section, "continues-without-owner", cs, en)
        if each.funded_until is None:
            cs, en = f"z čeho se zaplatí opatření {label}", f"what the measure {label} is paid from"
            yield gap(section, "continues-without-money", cs, en)
        elif _money_ends_first(each):
            cs = f"peníze na opatření {label} po roce {each.funded_until}; opatření trvá déle"
            en = f"money for the measure {label} after {each.funded_until}; it runs longer"
            yield gap(section, "money-ends-first", cs, en)
    if facts.measures and not any(each.target_on >= facts.as_of for each in facts.indicators):
        cs, en = "ukazatele, které se budou sledovat dál", "indicators that stay monitored"
        yield gap(section, "nothing-monitored", cs, en)


def _money_ends_first(each: MeasureFact) -> bool:
    return (
        each.funded_until is not None and each.ends_on is not None and each.funded_until < each.ends_on.year
    )


def _members(value: object) -> dict[str, object]:
    members = plain(value)
    assert isinstance(members, dict)  # noqa: S101
    return members
