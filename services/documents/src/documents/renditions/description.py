"""A description of cooperation as a paper: who with whom, in what phases, for what goals, from what start."""

from collections.abc import Iterator, Sequence
from typing import Final

from documents.papers.blocks import Block, Cell, Column, Facts, Heading, Lead, Paper, Table
from documents.rendering.typography import czech_period
from documents.renditions.description_content import (
    Agreement,
    Baseline,
    Described,
    DescriptionContent,
    DescriptionPage,
    Level,
    Member,
    Phase,
)
from documents.renditions.memorandum import DOMAINS, party_line, results, sides
from documents.renditions.wording import DASH, REGIMES, area, capital, day, nothing, or_dash

_PHASES: Final = {
    "preparation": "příprava",
    "active": "aktivní spolupráce",
    "suspended": "pozastavení",
    "exit": "exit",
    "ex-post": "ex-post podpora",
    "ended": "konec spolupráce",
    "cancelled": "zrušeno v přípravě",
}
_DUTIES: Final = {
    "local-consultant": "lokální konzultant",
    "researcher": "výzkumník",
    "evaluator": "evaluátor",
    "project-adviser": "projektový poradce",
    "thematic-expert": "tematický expert",
    "substitute": "zástup",
}


def description_name(domain: str) -> str:
    return f"Popis spolupráce – {DOMAINS.get(domain, domain).lower()}"


def description_paper(page: DescriptionPage, *, digest: str) -> Paper:
    content = page.content
    said, unit = content.description, unit_of(content)
    return Paper(
        title=description_name(said.domain),
        subtitle=unit,
        kind="Popis spolupráce",
        made_on=page.as_of,
        digest=digest,
        identifier=str(said.id),
        parties=tuple(name for name in (unit, content.agency_party.name) if name),
        facts=(
            ("Vydání", f"{said.edition}."),
            ("Dohodnuto dne", day(said.agreed_on)),
            ("Platnost", _in_force(said)),
            ("Otisk ujednání", said.digest),
        ),
        title_page=False,
        blocks=tuple(_blocks(content)),
    )


def _in_force(said: Described) -> str:
    if said.in_force_until < said.in_force_from:
        return "ukončen dříve, než začal platit"
    return czech_period(said.in_force_from, said.in_force_until)


def unit_of(content: DescriptionContent) -> str:
    party = content.memorandum.unit_party
    return party.name if party else ""


def _blocks(content: DescriptionContent) -> Iterator[Block]:
    said, under = content.description, content.memorandum
    unit, agency = unit_of(content), content.agency_party
    areas = ", ".join(map(area, said.content.areas))
    yield Lead(
        text=f"{unit or 'Obec'} a {agency.name} se dohodly na spolupráci v oblastech: {areas or DASH}. "
        f"Platnost popisu: {_in_force(said)}."
    )
    yield Heading(level=1, text="Smluvní strany")
    yield Facts(pairs=(("Za území", party_line(under.unit_party)), ("Za Agenturu", party_line(agency))))
    yield Heading(level=1, text="Režim a trvání")
    yield Facts(
        pairs=(
            ("Režim podpory", _regime(content.cooperation.regime)),
            ("Spolupráce", czech_period(content.cooperation.starts_on, content.cooperation.ends_on)),
            ("Sjednané období", czech_period(said.content.starts_on, said.content.ends_on)),
            ("Příloha memoranda", f"{under.edition}. vydání, uzavřeno {day(under.concluded_on)}"),
            ("Metodika", said.content.methodology),
            ("Ukončeno předčasně", said.end_reason or ""),
        )
    )
    yield from _phases(content.phases)
    yield Heading(level=1, text="Obsah spolupráce")
    yield from sides(said.content, level=2)
    yield Heading(level=1, text="Cíle a výsledky")
    yield results(said.content.results)
    yield Heading(level=1, text="Výchozí stav podle kritérií kvality")
    yield from _baseline(said.baseline, content.levels)
    yield Heading(level=1, text="Tým Agentury")
    yield _team(content.team)
    yield Heading(level=1, text="Dohoda stran")
    yield _agreements(said.agreements, {"unit": unit, "agency": agency.name})


def _regime(code: str) -> str:
    return f"{REGIMES[code]} ({code})" if code in REGIMES else code


def _phases(phases: Sequence[Phase]) -> Iterator[Block]:
    yield Heading(level=2, text="Fáze")
    if not phases:
        yield nothing("Fáze spolupráce zapsány nejsou.")
        return
    yield Table(
        columns=(Column(title="Fáze"), Column(title="Od", width_mm=35), Column(title="Do", width_mm=35)),
        rows=tuple(
            (capital(_PHASES.get(each.status, each.status)), day(each.from_on), day(each.until_on))
            for each in phases
        ),
    )


def _baseline(items: Sequence[Baseline], levels: Sequence[Level]) -> Iterator[Block]:
    if not items:
        yield nothing("Výchozí stav podle kritérií kvality zapsán není.")
        return
    names = {each.level: each.cs for each in levels}
    yield Table(
        columns=(
            Column(title="Oblast", width_mm=32),
            Column(title="Kritérium"),
            Column(title="Úroveň", width_mm=34),
            Column(title="Zdůvodnění a doklady", width_mm=56),
        ),
        rows=tuple(
            (
                area(each.area),
                Cell(text=each.name, aside=each.code),
                _level(each, names),
                Cell(text=or_dash(each.justification), aside=_assessed(each)),
            )
            for each in items
        ),
        caption="Stupnice: " + ", ".join(f"{each.level} {each.cs}" for each in levels),
    )


def _level(item: Baseline, names: dict[int, str]) -> Cell:
    if item.level is None:
        return Cell(text="nehodnoceno", aside=item.not_assessed_reason)
    return Cell(text=str(item.level), aside=names.get(item.level, ""))


def _assessed(item: Baseline) -> str:
    by = ", ".join(part for part in (item.assessor, day(item.assessed_on)) if part and part != DASH)
    files = "; ".join(f"{each.file_name}, SHA-256 {each.digest[:12]}…" for each in item.evidence)
    return " · ".join(part for part in (by, files) if part)


def _team(team: Sequence[Member]) -> Block:
    if not team:
        return nothing("Kdo se v Agentuře územnímu celku věnuje, zapsáno není.")
    return Table(
        columns=(Column(title="Úloha", width_mm=50), Column(title="Jméno"), Column(title="Od", width_mm=35)),
        rows=tuple(
            (capital(_DUTIES.get(each.duty, each.duty)), each.person_name, day(each.starts_on))
            for each in team
        ),
    )


def _agreements(agreements: Sequence[Agreement], parties: dict[str, str]) -> Block:
    return Table(
        columns=(
            Column(title="Za koho"),
            Column(title="Odsouhlasil(a)", width_mm=60),
            Column(title="Dne", width_mm=30),
        ),
        rows=tuple(
            (
                parties.get(each.side) or each.side,
                Cell(text=each.name, aside=each.function),
                day(each.agreed_on),
            )
            for each in agreements
        ),
    )
