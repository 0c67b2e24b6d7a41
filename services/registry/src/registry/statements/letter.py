"""The text of a statement for signature: the Czech one is the official one, the English one for reading."""

from typing import Final

from registry.statements.content import Signed
from registry.statements.domain import AGENCY_DATA_BOX, Draft, Statement
from registry.statements.preconditions import Findings, IndexStanding, Priority
from registry.statements.standing import Standing
from shared.contracts.intake import StatementKind, StatementOutcome
from shared.days import day_text

_NBSP: Final = "\N{NO-BREAK SPACE}"
PLACE: Final = "Praha"
AGENCY_CS: Final = "Ministerstvo pro místní rozvoj ČR, odbor pro sociální začleňování (Agentura)"
AGENCY_EN: Final = "Ministry of Regional Development, Department for Social Inclusion (the Agency)"
_HEADING: Final = {
    StatementKind.RECOMMENDING_STATEMENT: (
        "VYJÁDŘENÍ AGENTURY K FINANCOVÁNÍ STRATEGICKÉHO PLÁNU SOCIÁLNÍHO ZAČLEŇOVÁNÍ",
        "STATEMENT OF THE AGENCY ON FINANCING THE STRATEGIC PLAN OF SOCIAL INCLUSION",
    ),
    StatementKind.MAP_CONFIRMATION: (
        "POTVRZENÍ O SPOLUPRÁCI MAP S MMR V KPSV 2021+",
        "CONFIRMATION OF COOPERATION OF THE LOCAL ACTION PLAN WITH THE MINISTRY IN KPSV 2021+",
    ),
}
_OUTCOME: Final = {
    (StatementKind.RECOMMENDING_STATEMENT, StatementOutcome.FAVOURABLE): (
        "Agentura financování projektu DOPORUČUJE.",
        "The Agency RECOMMENDS that the project be financed.",
    ),
    (StatementKind.RECOMMENDING_STATEMENT, StatementOutcome.FAVOURABLE_WITH_CONDITION): (
        "Agentura financování projektu DOPORUČUJE S PODMÍNKOU.",
        "The Agency RECOMMENDS that the project be financed, ON CONDITION.",
    ),
    (StatementKind.RECOMMENDING_STATEMENT, StatementOutcome.UNFAVOURABLE): (
        "Agentura financování projektu NEDOPORUČUJE.",
        "The Agency DOES NOT RECOMMEND that the project be financed.",
    ),
    (StatementKind.MAP_CONFIRMATION, StatementOutcome.FAVOURABLE): (
        "Agentura spolupráci POTVRZUJE.",
        "The Agency CONFIRMS the cooperation.",
    ),
    (StatementKind.MAP_CONFIRMATION, StatementOutcome.FAVOURABLE_WITH_CONDITION): (
        "Agentura spolupráci POTVRZUJE S PODMÍNKOU.",
        "The Agency CONFIRMS the cooperation, ON CONDITION.",
    ),
    (StatementKind.MAP_CONFIRMATION, StatementOutcome.UNFAVOURABLE): (
        "Agentura spolupráci NEPOTVRZUJE.",
        "The Agency DOES NOT CONFIRM the cooperation.",
    ),
}
_PRIORITY: Final = {
    Priority.PRIORITY: ("Žádost má přednost.", "The request has priority."),
    Priority.BY_CAPACITY: ("Žádost přednost nemá.", "The request has no priority."),
    Priority.UNKNOWN: ("O přednosti nelze rozhodnout.", "Priority cannot be told."),
}


def letters_of(
    statement: Statement, draft: Draft, findings: Findings, signed: Signed, *, digest: str
) -> dict[str, str]:
    """Return the text in both languages, by language."""
    languages = ("cs", "en")
    return {
        language: letter_of(statement, draft, findings, signed, digest=digest, language=language)
        for language in languages
    }


def letter_of(
    statement: Statement, draft: Draft, findings: Findings, signed: Signed, *, digest: str, language: str
) -> str:
    """Return the text in `cs` or `en`, paragraph by paragraph."""
    write = _czech if language == "cs" else _english
    return "\n\n".join(part for part in write(statement, draft, findings, signed, digest) if part)


def _czech(statement: Statement, draft: Draft, findings: Findings, signed: Signed, digest: str) -> list[str]:
    applicant, day = statement.applicant, day_text(signed.issued_on, "cs")
    box = f", datová schránka {applicant.data_box}" if applicant.data_box else ""
    message, box_of_agency = statement.message_id, f"schránka Agentury {AGENCY_DATA_BOX}"
    return [
        AGENCY_CS,
        _HEADING[statement.kind][0],
        f"č.{_NBSP}{signed.number}",
        f"Nahrazuje č.{_NBSP}{signed.corrects}." if signed.corrects else "",
        f"Žadatel: {applicant.name}, IČO {applicant.ico}{box}",
        f"Projekt: {statement.project_title}",
        f"Výzva: {statement.call_code}{_amount(statement, 'Požadovaná částka', 'Kč', ',')}",
        f"Žádost přijata {day_text(statement.received_on, 'cs')}"
        + (f" ({box_of_agency}, datová zpráva {message})." if message else "."),
        "\n".join([f"Zjištění k {day_text(findings.found_on, 'cs')}:", *map(_unit_cs, findings.units)]),
        _index_cs(findings.index, findings.priority),
        "Předpoklady:\n" + "\n".join(f"– {each.cs}" for each in findings.preconditions),
        _OUTCOME[statement.kind, draft.outcome][0],
        _listed("Podmínky:", draft.conditions),
        f"Odůvodnění: {draft.reasons}" if draft.reasons else "",
        f"{PLACE} dne {day}\n{signed.signatory_name}\n{signed.signatory_function}",
        f"Otisk obsahu (SHA-256): {digest}",
    ]


def _english(
    statement: Statement, draft: Draft, findings: Findings, signed: Signed, digest: str
) -> list[str]:
    applicant, day = statement.applicant, day_text(signed.issued_on, "en")
    box = f", data box {applicant.data_box}" if applicant.data_box else ""
    message, box_of_agency = statement.message_id, f"data box of the Agency {AGENCY_DATA_BOX}"
    return [
        AGENCY_EN,
        _HEADING[statement.kind][1],
        f"No.{_NBSP}{signed.number}",
        f"Replaces No.{_NBSP}{signed.corrects}." if signed.corrects else "",
        f"Applicant: {applicant.name}, company number {applicant.ico}{box}",
        f"Project: {statement.project_title}",
        f"Call: {statement.call_code}{_amount(statement, 'Amount requested', 'CZK', '.')}",
        f"Request received on {day_text(statement.received_on, 'en')}"
        + (f" ({box_of_agency}, message {message})." if message else "."),
        "\n".join([f"Found as on {day_text(findings.found_on, 'en')}:", *map(_unit_en, findings.units)]),
        _index_en(findings.index, findings.priority),
        "Preconditions:\n" + "\n".join(f"– {each.en}" for each in findings.preconditions),
        _OUTCOME[statement.kind, draft.outcome][1],
        _listed("Conditions:", draft.conditions),
        f"Reasons: {draft.reasons}" if draft.reasons else "",
        f"{PLACE}, {day}\n{signed.signatory_name}\n{signed.signatory_function}",
        f"Digest of the content (SHA-256): {digest}",
        "The Czech text is the official one.",
    ]


def _amount(statement: Statement, label: str, currency: str, point: str) -> str:
    amount = statement.requested_amount_czk
    if amount is None:
        return ""
    digits = f"{amount:,.2f}".replace(",", _NBSP).replace(".", point)
    return f"\n{label}: {digits}{_NBSP}{currency}"


def _listed(heading: str, items: tuple[str, ...]) -> str:
    numbered = [f"{place}. {item}" for place, item in enumerate(items, start=1)]
    return "\n".join([heading, *numbered]) if numbered else ""


def _named(unit: Standing) -> str:
    return f"{unit.name} ({unit.code})" if unit.code else unit.name


def _unit_cs(unit: Standing) -> str:
    memorandum, plan, cooperation = unit.memorandum, unit.plan, unit.cooperation
    facts = [
        f"memorandum uzavřené {day_text(memorandum.concluded_on, 'cs')}" if memorandum else "bez memoranda",
        f"spolupráce v režimu {cooperation.regime} od {day_text(cooperation.starts_on, 'cs')}"
        if cooperation
        else "bez aktivní spolupráce",
    ]
    if plan:
        facts.append(
            f"{plan.kind} „{plan.title}“ schválil orgán {plan.body} dne {day_text(plan.approved_on, 'cs')}, "
            f"usnesení č.{_NBSP}{plan.resolution_number}"
        )
    return f"– {_named(unit)}: {'; '.join([*facts, *_group(unit, 'skupina')])}"


def _unit_en(unit: Standing) -> str:
    memorandum, plan, cooperation = unit.memorandum, unit.plan, unit.cooperation
    facts = [
        f"memorandum of {day_text(memorandum.concluded_on, 'en')}" if memorandum else "no memorandum",
        f"cooperation under {cooperation.regime} since {day_text(cooperation.starts_on, 'en')}"
        if cooperation
        else "no active cooperation",
    ]
    if plan:
        facts.append(
            f"{plan.kind} “{plan.title}” approved by {plan.body} on {day_text(plan.approved_on, 'en')}, "
            f"resolution {plan.resolution_number}"
        )
    return f"– {_named(unit)}: {'; '.join([*facts, *_group(unit, 'group')])}"


def _group(unit: Standing, word: str) -> list[str]:
    return [f"{word} {unit.group}"] if unit.group else []


def _index_cs(index: IndexStanding | None, priority: Priority | None) -> str:
    if index is None or priority is None:
        return ""
    if index.report is None:
        return f"Průměrný index sociálního vyloučení nelze zjistit: {index.unknown_cs}"
    report = index.report
    years = ", ".join(map(str, report["years"]))
    return (
        f"Průměrný index sociálního vyloučení za roky {years} činí {report['rounded'].replace('.', ',')} "
        f"(přesně {report['exact']}; {report['averaging']['name_cs']}; "
        f"obcí: {len(report['municipalities'])}; vynechaných hodnot: {len(report['left_out'])}). "
        f"{_PRIORITY[priority][0]}"
    )


def _index_en(index: IndexStanding | None, priority: Priority | None) -> str:
    if index is None or priority is None:
        return ""
    if index.report is None:
        return f"The average Index of social exclusion is not known: {index.unknown_en}"
    report = index.report
    years = ", ".join(map(str, report["years"]))
    return (
        f"The average Index of social exclusion of {years} is {report['rounded']} "
        f"(exactly {report['exact']}; {report['averaging']['name_en']}; "
        f"municipalities: {len(report['municipalities'])}; values left out: {len(report['left_out'])}). "
        f"{_PRIORITY[priority][1]}"
    )
