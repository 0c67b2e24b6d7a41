"""What a plan says, in short sentences: what is wrong, what will be done, who, when, for how much."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, TypeVar

from planning.plans.budget import cost_of
from planning.plans.difference_words import CODES
from planning.plans.edition import Edition
from planning.plans.tree import Goal, Indicator, Measure, Problem
from planning.summaries.measured import it_was, measured
from planning.summaries.numerals import (
    GOAL,
    MEASURE,
    PERSON,
    PROBLEM,
    Noun,
    counted,
    money,
    span,
)
from shared.days import day_text

MOST: Final = 6
"""So many of each kind are named; the others are counted. The whole is one page."""
_MONTHS: Final = 12
N = TypeVar("N")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    title: str
    sections: tuple[Section, ...]


def summary_of(edition: Edition, *, units: Sequence[str], areas: Mapping[str, str], language: str) -> Summary:
    """Return the page; a section with nothing to say is left out."""
    return Summary(title=edition.title, sections=tuple(_Writer(edition, units, areas, language).sections()))


class _Writer:
    """Writes one page in one language."""

    def __init__(
        self, edition: Edition, units: Sequence[str], areas: Mapping[str, str], language: str
    ) -> None:
        self._edition = edition
        self._units = units
        self._areas = areas
        self._language = language
        self._goals = [goal for problem in edition.problems for goal in problem.goals]
        self._measures = [measure for goal in self._goals for measure in goal.measures]

    def sections(self) -> Iterator[Section]:
        for cs, en, write in self._parts():
            if sentences := tuple(write()):
                yield Section(heading=self._say(cs, en), sentences=sentences)

    def _parts(self) -> tuple[tuple[str, str, Callable[[], Iterable[str]]], ...]:
        return (
            ("O čem je tento plán", "What this plan is about", self._about),
            ("Co chceme řešit", "What we want to solve", self._problems),
            ("Čeho chceme dosáhnout", "What we want to achieve", self._aims),
            ("Co uděláme, kdo a kdy", "What will be done, by whom and when", self._deeds),
            ("Kolik to bude stát a kdo to zaplatí", "What it will cost and who will pay", self._costs),
            ("Jak poznáme, že se to daří", "How we shall know that it works", self._signs),
        )

    def _about(self) -> Iterator[str]:
        first, last = self._edition.valid_from, self._edition.valid_until
        if self._units:
            yield self._say(
                "Plán je pro: {units}.", "The plan is for: {units}.", units=", ".join(self._units)
            )
        yield self._say(
            "Platí od {first} do {last}{span}.", "It is valid from {first} to {last}{span}.",
            first=self._day(first), last=self._day(last), span=self._span(first, last),
        )  # fmt: skip
        counts = ((self._edition.problems, PROBLEM), (self._goals, GOAL), (self._measures, MEASURE))
        told = [counted(len(nodes), noun, self._language) for nodes, noun in counts]
        joined = self._say("{0}, {1} a {2}", "{0}, {1} and {2}").format(*told)
        yield self._say("Obsahuje {told}.", "It holds {told}.", told=joined)

    def _span(self, first: date, last: date) -> str:
        after = last + timedelta(days=1)
        if after.day != first.day:
            return ""
        months = (after.year - first.year) * _MONTHS + after.month - first.month
        return self._say(", tedy {span}", ", that is {span}", span=span(months, self._language))

    def _problems(self) -> Iterator[str]:
        yield from self._named(self._edition.problems, PROBLEM, self._problem)

    def _problem(self, problem: Problem) -> Iterator[str]:
        area = self._areas.get(problem.area)
        yield _sentence(f"{problem.title} ({area})" if area else problem.title)
        if problem.estimated_people:
            people = counted(problem.estimated_people, PERSON, self._language)
            yield self._say("Jde asi o {people}.", "It concerns some {people}.", people=people)

    def _aims(self) -> Iterator[str]:
        yield from self._named(self._goals, GOAL, self._aim)

    def _aim(self, goal: Goal) -> Iterator[str]:
        yield _sentence(goal.title)
        if goal.due_on is not None:
            yield self._say("Termín je {day}.", "It is due by {day}.", day=self._day(goal.due_on))

    def _deeds(self) -> Iterator[str]:
        ordered = sorted(self._measures, key=lambda each: each.starts_on or date.max)
        yield from self._named(ordered, MEASURE, self._deed)

    def _deed(self, measure: Measure) -> Iterator[str]:
        yield _sentence(measure.title)
        if measure.owner:
            yield _sentence(self._say("Odpovídá {owner}", "Responsible: {owner}", owner=measure.owner))
        if measure.starts_on is not None and measure.ends_on is not None:
            first, last = self._day(measure.starts_on), self._day(measure.ends_on)
            yield self._say("Od {first} do {last}.", "From {first} to {last}.", first=first, last=last)

    def _costs(self) -> Iterator[str]:
        costs = [cost_of(measure) for measure in self._measures]
        known = [cost for cost in costs if cost is not None]
        if known:
            total = money(sum(known, Decimal(0)), self._language)
            yield self._say("Vše dohromady stojí {total}.", "All together it costs {total}.", total=total)
        for funder, amount in self._by_funder().items():
            share = money(amount, self._language)
            yield self._say("{funder}: {share}.", "{funder}: {share}.", funder=_capital(funder), share=share)
        if missing := len(costs) - len(known):
            count = counted(missing, MEASURE, self._language)
            yield self._say(
                "U {count} náklady ještě neznáme.", "For {count} the cost is not known yet.", count=count
            )

    def _by_funder(self) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = {}
        for measure in self._measures:
            for line in measure.budget:
                name = CODES[line.funder].text(self._language)
                sums[name] = sums.get(name, Decimal(0)) + line.amount_czk
            if not measure.budget and measure.cost_czk is not None:
                name = measure.funding_source or self._say("zdroj ještě neznáme", "source not known yet")
                sums[name] = sums.get(name, Decimal(0)) + measure.cost_czk
        return {name: amount for name, amount in sorted(sums.items(), key=lambda each: -each[1]) if amount}

    def _signs(self) -> Iterator[str]:
        signs = [indicator for goal in self._goals for indicator in goal.indicators]
        for indicator in signs[:MOST]:
            yield from self._sign(indicator)

    def _sign(self, indicator: Indicator) -> Iterator[str]:
        yield _sentence(indicator.name)
        if indicator.baseline is not None and indicator.baseline_on is not None:
            yield self._say(
                "K {day} {it_was}.", "On {day} it was {value}.",
                day=self._day(indicator.baseline_on),
                it_was=it_was(indicator.baseline, indicator.unit),
                value=self._value(indicator.baseline, indicator.unit),
            )  # fmt: skip
        if indicator.target is not None and indicator.target_on is not None:
            yield self._say(
                "Do {day} chceme {value}.", "By {day} we want {value}.",
                day=self._day(indicator.target_on),
                value=self._value(indicator.target, indicator.unit, wanted=True),
            )  # fmt: skip

    def _named(self, nodes: Sequence[N], noun: Noun, write: Callable[[N], Iterable[str]]) -> Iterator[str]:
        for node in nodes[:MOST]:
            yield from write(node)
        if len(nodes) > MOST:
            count = counted(len(nodes) - MOST, noun, self._language)
            yield self._say("A ještě {count}.", "And {count} more.", count=count)

    def _value(self, value: Decimal, unit: str, *, wanted: bool = False) -> str:
        return measured(value, unit, self._language, wanted=wanted)

    def _day(self, day: date) -> str:
        return day_text(day, self._language)

    def _say(self, cs: str, en: str, /, **facts: str) -> str:
        said = cs if self._language == "cs" else en
        return said.format_map(facts) if facts else said


def _sentence(text: str) -> str:
    """Return the text with one full stop, on one line."""
    joined = " ".join(text.splitlines()).strip()
    return joined if joined.endswith((".", "!", "?")) else f"{joined}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
