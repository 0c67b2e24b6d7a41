"""A statement or a confirmation as a paper: the outcome first, then what it stands on."""

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
from documents.rendering.labels import PLAN_KINDS
from documents.rendering.typography import NBSP, czech_money, czech_number
from documents.renditions.statement_content import (
    Findings,
    HeldCooperation,
    HeldMemorandum,
    HeldPlan,
    Standing,
    Statement,
    StatementPage,
)
from documents.renditions.wording import REGIMES, day, named, nothing

_AGENCY: Final = "Ministerstvo pro místní rozvoj ČR, odbor pro sociální začleňování (Agentura)"
_TITLES: Final = {
    "recommending-statement": (
        "Vyjádření Agentury",
        "k financování strategického plánu sociálního začleňování",
    ),
    "map-confirmation": ("Potvrzení o spolupráci", "MAP s MMR v KPSV 2021+"),
}
_PLAN_KINDS: Final = {kind.value: name for kind, name in PLAN_KINDS.items()}
_OUTCOMES: Final = {
    ("recommending-statement", "favourable"): "Agentura financování projektu DOPORUČUJE.",
    (
        "recommending-statement",
        "favourable-with-condition",
    ): "Agentura financování projektu DOPORUČUJE S PODMÍNKOU.",
    ("recommending-statement", "unfavourable"): "Agentura financování projektu NEDOPORUČUJE.",
    ("map-confirmation", "favourable"): "Agentura spolupráci POTVRZUJE.",
    ("map-confirmation", "favourable-with-condition"): "Agentura spolupráci POTVRZUJE S PODMÍNKOU.",
    ("map-confirmation", "unfavourable"): "Agentura spolupráci NEPOTVRZUJE.",
}
_PRIORITY: Final = {
    "priority": "Žádost má přednost.",
    "by-capacity": "Žádost přednost nemá.",
    "unknown": "O přednosti nelze rozhodnout.",
}


def statement_paper(page: StatementPage, *, digest: str) -> Paper:
    said = page.content.statement
    title, subtitle = _TITLES.get(said.kind, ("Vyjádření Agentury", ""))
    box = f", datová schránka {said.applicant.data_box}" if said.applicant.data_box else ""
    message = f" (datová zpráva {said.message_id})" if said.message_id else ""
    return Paper(
        title=title,
        subtitle=subtitle,
        kind=_AGENCY,
        made_on=page.as_of,
        digest=digest,
        identifier=str(said.statement_id),
        facts=(
            ("Číslo", said.number),
            ("Nahrazuje", f"č.{NBSP}{said.corrects}" if said.corrects else ""),
            ("Žadatel", f"{said.applicant.name}, IČO {said.applicant.ico}{box}"),
            ("Projekt", said.project_title),
            ("Výzva", said.call_code),
            ("Požadovaná částka", czech_money(said.requested_amount_czk)),
            ("Žádost přijata", f"{day(said.received_on)}{message}"),
            ("Vydáno", day(said.issued_on)),
            ("Otisk vyjádření", page.content.digest),
        ),
        title_page=False,
        blocks=tuple(_blocks(said)),
    )


def _blocks(said: Statement) -> Iterator[Block]:
    yield Lead(text=_OUTCOMES.get((said.kind, said.outcome), said.outcome))
    if said.conditions:
        yield Heading(level=1, text="Podmínky")
        yield Bullets(items=said.conditions, numbered=True)
    yield Heading(level=1, text="Odůvodnění")
    yield Paragraph(text=said.reasons) if said.reasons else nothing("Zvláštní odůvodnění připojeno není.")
    yield Heading(level=1, text="Předpoklady")
    yield Table(
        columns=(Column(title="Předpoklad"), Column(title="Splněno", width_mm=22)),
        rows=tuple(
            (each.cs, Cell(text="ano" if each.is_met else "ne", strong=not each.is_met))
            for each in said.findings.preconditions
        ),
    )
    yield from _index(said.findings)
    yield Heading(level=1, text=f"Zjištění k {day(said.findings.found_on)}")
    yield from _units(said.findings.units)
    yield Heading(level=1, text="Podpis")
    yield Paragraph(text=f"Praha dne {day(said.issued_on)}\n{said.signatory_name}\n{said.signatory_function}")


def _index(findings: Findings) -> Iterator[Block]:
    index = findings.index
    if index is None:
        return
    yield Heading(level=1, text="Průměrný index sociálního vyloučení")
    if index.report is None:
        yield nothing(f"Průměr nelze zjistit: {index.unknown_cs}")
        return
    report = index.report
    years = ", ".join(map(str, report.years))
    yield Paragraph(
        text=f"Za roky {years} činí průměr {czech_number(report.rounded)} (přesně {report.exact}), "
        f"hranice je {czech_number(index.threshold)}. {_PRIORITY.get(findings.priority or '', '')}"
    )
    yield nothing(f"{report.averaging.name_cs}; obcí: {len(report.municipalities)}.")


def _units(units: Sequence[Standing]) -> Iterator[Block]:
    if not units:
        yield nothing("Vyjádření se netýká žádného územního celku.")
    for each in units:
        name = f"{each.name} ({each.code})" if each.code else each.name
        yield Heading(level=2, text=name)
        yield Facts(
            pairs=(
                (
                    "Memorandum",
                    f"uzavřeno {day(each.memorandum.concluded_on)}" if each.memorandum else "není",
                ),
                ("Spolupráce", _cooperation(each.cooperation)),
                ("Plán", _plan(each.plan)),
                ("Skupina", each.group or ""),
            )
        )


def _memorandum(found: HeldMemorandum | None) -> str:
    return "není" if found is None else f"uzavřeno {day(found.concluded_on)}"


def _cooperation(found: HeldCooperation | None) -> str:
    if found is None:
        return "aktivní není"
    return f"{REGIMES.get(found.regime, found.regime)} od {day(found.starts_on)}"


def _plan(found: HeldPlan | None) -> str:
    if found is None:
        return "schválený není"
    plan = named(_PLAN_KINDS.get(found.kind, found.kind), found.title)
    return (
        f"{plan}, schválil orgán {found.body} dne {day(found.approved_on)}, "
        f"usnesení č.{NBSP}{found.resolution_number}"
    )
