"""A memorandum as a paper: the parties, who signed, who approved it, what both sides have taken on."""

from collections.abc import Iterator, Sequence
from typing import Final

from documents.papers.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Heading,
    Lead,
    Paper,
    Paragraph,
    Table,
)
from documents.rendering.typography import czech_period
from documents.renditions.memorandum_content import (
    Agreed,
    Attached,
    Description,
    Edition,
    MemorandumContent,
    MemorandumPage,
    Party,
    Resolution,
    Result,
    Signature,
    Termination,
)
from documents.renditions.wording import area, day, nothing, or_dash

_REASONS: Final = {
    "first": "první memorandum",
    "party-changed": "změnila se smluvní strana",
    "content-changed": "změnil se obsah",
    "renewed": "obnovení po ukončeném memorandu",
}
DOMAINS: Final = {
    "social-inclusion": "Sociální začleňování",
    "inclusive-education": "Inkluzivní vzdělávání",
}
_BODIES: Final = {"assembly": "zastupitelstvo", "general-meeting": "valná hromada nebo členská schůze"}


def memorandum_paper(page: MemorandumPage, *, digest: str) -> Paper:
    said, agency = page.content.memorandum, page.content.agency_party
    unit = said.unit_party.name if said.unit_party else ""
    return Paper(
        title="Memorandum o spolupráci",
        subtitle=unit,
        kind="Memorandum",
        made_on=page.as_of,
        digest=digest,
        identifier=str(said.id),
        parties=tuple(name for name in (unit, agency.name) if name),
        facts=(
            ("Uzavřeno dne", day(said.concluded_on)),
            ("Platí", _in_force(said)),
            ("Vydání", f"{said.edition}. – {_REASONS.get(said.reason, said.reason)}"),
            ("Otisk ujednání", said.digest or ""),
        ),
        title_page=False,
        blocks=tuple(_blocks(page.content, unit)),
    )


def _in_force(said: Edition) -> str:
    until = czech_period(said.concluded_on, said.in_force_until)
    return until if said.in_force_until else f"{until}, na dobu neurčitou"


def _blocks(content: MemorandumContent, unit: str) -> Iterator[Block]:
    said, agency = content.memorandum, content.agency_party
    yield Lead(
        text=f"{unit or 'Obec'} a {agency.name} se dohodly na spolupráci při sociálním začleňování. "
        f"Memorandum platí {_in_force(said)}."
    )
    yield Heading(level=1, text="Smluvní strany")
    yield Facts(pairs=(("Za území", party_line(said.unit_party)), ("Za Agenturu", party_line(agency))))
    yield Heading(level=1, text="Schválení a podpisy")
    yield from _approval(said)
    yield from _signatures(said.signatures, {"unit": unit, "agency": agency.name})
    if said.termination:
        yield Heading(level=1, text="Ukončení")
        yield _termination(said.termination)
    yield Heading(level=1, text="Závazky")
    yield from _commitments(content.descriptions)
    yield Heading(level=1, text="Úplné znění")
    yield _full_text(said.document)


def party_line(party: Party | None) -> str:
    if party is None:
        return ""
    return f"{party.name}, IČO {party.ico}" if party.ico else party.name


def approving_body(resolution: Resolution | None) -> str | None:
    return _BODIES.get(resolution.body, resolution.body) if resolution else None


def _approval(said: Edition) -> Iterator[Block]:
    resolution = said.resolution
    if resolution is None:
        yield nothing("Usnesení o uzavření memoranda není zapsáno.")
        return
    body = approving_body(resolution)
    yield Paragraph(
        text=f"Uzavření memoranda schválil orgán obce ({body}) dne {day(resolution.adopted_on)} "
        f"usnesením č. {resolution.number}."
    )


def _signatures(signatures: Sequence[Signature], parties: dict[str, str]) -> Iterator[Block]:
    if not signatures:
        yield nothing("Podpisy nejsou zapsány.")
        return
    yield Table(
        columns=(
            Column(title="Za koho"),
            Column(title="Podepsal(a)", width_mm=55),
            Column(title="Dne", width_mm=30),
        ),
        rows=tuple(
            (
                parties.get(each.side) or each.side,
                Cell(text=each.name, aside=each.function),
                day(each.signed_on),
            )
            for each in signatures
        ),
    )


def _termination(termination: Termination) -> Block:
    who = {"unit": "územím", "agency": "Agenturou"}.get(termination.by or "", "dohodou stran")
    return Paragraph(
        text=f"Memorandum bylo ukončeno {who} ke dni {day(termination.terminated_on)}: {termination.reason}"
    )


def _commitments(descriptions: Sequence[Description]) -> Iterator[Block]:
    if not descriptions:
        yield nothing(
            "Popis spolupráce, který závazky stran rozepisuje, zatím dohodnut není. "
            "Závazky jsou v úplném znění memoranda."
        )
    for each in descriptions:
        name = DOMAINS.get(each.domain, each.domain)
        yield Heading(level=2, text=f"{name}: popis spolupráce, {each.edition}. vydání")
        said = each.content
        yield Facts(
            pairs=(
                ("Dohodnuto dne", day(each.agreed_on)),
                ("Období", czech_period(said.starts_on, said.ends_on)),
                ("Oblasti", ", ".join(map(area, said.areas))),
                ("Otisk popisu", each.digest or ""),
            )
        )
        yield from sides(said, level=3)
        yield Heading(level=3, text="Očekávané výsledky")
        yield results(said.results)


def sides(said: Agreed, *, level: int) -> Iterator[Block]:
    """Give what both sides agreed to do, each part under a heading of the level."""
    for title, text in (
        ("Zaměření", said.focus),
        ("Odpovědnost stran", said.responsibilities),
        ("K čemu se zavázalo území", said.unit_activities),
        ("K čemu se zavázala Agentura", said.agency_activities),
        ("Výstupy", said.outputs),
        ("Vyhodnocení", said.evaluation),
        ("Jak se popis mění", said.revision),
    ):
        if text.strip():
            yield Heading(level=level, text=title)
            yield Paragraph(text=text)


def results(agreed: Sequence[Result]) -> Block:
    if not agreed:
        return nothing("Výsledky nejsou popsány.")
    return Table(
        columns=(
            Column(title="Oblast", width_mm=36),
            Column(title="Výsledek"),
            Column(title="Cílový stav", width_mm=40),
            Column(title="Termín", width_mm=26),
        ),
        rows=tuple((area(each.area), each.text, or_dash(each.target), day(each.due_on)) for each in agreed),
    )


def _full_text(document: Attached | None) -> Block:
    if document is None:
        return nothing("Soubor s úplným zněním k memorandu připojen není.")
    return Bullets(items=(f"{document.file_name}, SHA-256 {document.digest}",))
