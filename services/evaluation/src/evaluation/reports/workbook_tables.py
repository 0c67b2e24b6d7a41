"""The sheets of a report's workbook: which rows each has, and what their columns show."""

from typing import Final

from evaluation.reports import workbook_words as words
from evaluation.reports.workbook_rows import (
    Rows,
    Shown,
    compared,
    criteria,
    items,
    matrix,
    measures,
    of_section,
    similar,
    values,
)
from evaluation.reports.workbook_words import Words
from shared.sheets import Bilingual, Column, day, decimal, text, whole

NUMBER: Final = Shown(key="number", column=text("číslo", "number", 10))
NAME: Final = Shown(key="name", column=text("název", "name", 44))
OWNER: Final = Shown(key="owner", column=text("vlastník", "owner", 28))
UNTIL: Final = Shown(key="ends_on", column=day("do", "until"))
FUNDED: Final = Shown(key="funded_until", column=Column(heading=("peníze do roku", "money until"), width=12))
STATE: Final = Shown(
    key="state", column=text("stav podle plánu", "state by the plan", 14), words=words.STATES
)


def _shown(key: str, column: Column, known: Words | None = None) -> Shown:
    return Shown(key=key, column=column, words=known)


TABLES: Final[tuple[tuple[Bilingual, Bilingual, Rows, tuple[Shown, ...]], ...]] = (
    (
        ("Oddíly", "Sections"),
        ("Text zprávy", "Text of the report"),
        lambda report: items(report["sections"]),
        (
            _shown("number", whole("oddíl", "section", 8)),
            _shown("title_cs", text("název", "Czech title", 36)),
            _shown("text", text("text", "text", 90)),
        ),
    ),
    (
        ("Spolupráce", "Cooperation"),
        ("Odborné aktivity", "Expert activities"),
        of_section("cooperation", "activities"),
        (
            _shown("year", Column(heading=("rok", "year"), width=8)),
            _shown("kind", text("druh", "kind", 36), words.ACTIVITIES),
            _shown("count", whole("počet", "count")),
            _shown("minutes", whole("minut", "minutes")),
            _shown("people", whole("účastí", "attendances")),
        ),
    ),
    (
        ("Po odchodu", "Afterwards"),
        ("Co pokračuje", "What continues"),
        of_section("afterwards", "continues"),
        (
            NUMBER,
            NAME,
            OWNER,
            STATE,
            UNTIL,
            FUNDED,
            _shown("funders", text("kdo platí", "paid by", 24), words.FUNDERS),
        ),
    ),
    (
        ("Ukazatele", "Indicators"),
        ("Ukazatele plánu", "Indicators of the plan"),
        of_section("areas", "indicators"),
        (
            *(NUMBER, NAME, _shown("unit", text("jednotka", "unit")), OWNER),
            _shown("baseline", decimal("výchozí hodnota", "baseline")),
            _shown("baseline_on", day("ke dni", "of")),
            _shown("target", decimal("cíl", "target")),
            _shown("target_on", day("cíl ke dni", "target by")),
            _shown("value", decimal("poslední hodnota", "last value")),
            _shown("measured_on", day("změřeno", "measured on")),
            _shown("light", text("semafor", "light", 16), words.LIGHTS),
            _shown("overdue", whole("nenahlášená období", "periods not reported")),
        ),
    ),
    (
        ("Hodnoty", "Values"),
        ("Schválené hodnoty", "Approved values"),
        values,
        (
            *(NUMBER, NAME, _shown("period", text("období", "period"))),
            _shown("measured_on", day("změřeno", "measured on")),
            _shown("value", decimal("hodnota", "value")),
        ),
    ),
    (
        ("Opatření", "Measures"),
        ("Stav opatření", "States of measures"),
        measures,
        (
            *(NUMBER, NAME, OWNER, STATE, _shown("state_on", day("ke dni", "of"))),
            _shown("seen", text("zjištění evaluátora", "found by the evaluator", 16), words.STATES),
            _shown("source", text("zdroj", "source", 24)),
            *(_shown("note", text("poznámka", "note", 40)), UNTIL, FUNDED),
        ),
    ),
    (
        ("Kritéria kvality", "Quality criteria"),
        ("Posun kritérií", "Shift of criteria"),
        criteria,
        (
            _shown("unit", text("územní celek", "unit", 20)),
            _shown("domain", text("oblast spolupráce", "domain", 22), words.DOMAINS),
            _shown("area", text("tematická oblast", "thematic area")),
            *(_shown("code", text("kritérium", "criterion")), NAME),
            _shown("start", whole("úroveň na začátku", "level at the start")),
            _shown("now", whole("úroveň nyní", "level now")),
            _shown("shift", whole("posun", "shift")),
            _shown("change", text("změna", "change"), words.CHANGES),
            _shown("on", day("hodnoceno", "assessed on")),
        ),
    ),
    (
        ("Evaluační otázky", "Evaluation questions"),
        ("Otázky, odpovědi a doklady", "Questions, answers, evidence"),
        matrix,
        (
            _shown("code", text("kód", "code", 8)),
            _shown("criterion", text("kritérium", "criterion", 18), words.CRITERIA),
            _shown("asked", text("otázka", "question in Czech", 44)),
            _shown("verdict", text("závěr", "verdict"), words.VERDICTS),
            _shown("strength", text("síla dokladů", "strength of evidence"), words.STRENGTHS),
            _shown("answer", text("odpověď", "answer", 60)),
            _shown("sources", text("doklady", "evidence", 40)),
        ),
    ),
    (
        ("Zjištění", "Findings"),
        ("Zjištění", "Findings"),
        lambda report: items(report["findings"]),
        (
            NUMBER,
            _shown("text", text("zjištění", "finding", 90)),
            _shown("question", text("otázka", "question", 10)),
        ),
    ),
    (
        ("Doporučení", "Recommendations"),
        ("Doporučení", "Recommendations"),
        lambda report: items(report["recommendations"]),
        (
            *(NUMBER, _shown("text", text("doporučení", "recommendation", 80))),
            _shown("addressee", text("komu", "addressee", 28)),
            _shown("priority", text("naléhavost", "priority"), words.PRIORITIES),
            _shown("response_due_on", day("odpověď do", "answer by")),
            _shown("findings", text("ze zjištění", "from findings")),
        ),
    ),
    (
        ("Srovnání", "Comparison"),
        ("Údaje podpořené obce a podobných", "Figures of the supported unit and of similar ones"),
        compared,
        (
            *(NAME, _shown("unit", text("jednotka", "unit"))),
            _shown("period", text("období", "period")),
            _shown("supported", decimal("podpořená", "supported")),
            _shown("peers", decimal("podobné", "similar")),
        ),
    ),
    (
        ("Podobné obce", "Similar units"),
        ("Podobné obce bez podpory podle registru", "Similar units not supported, by the registry"),
        similar,
        (
            *(NAME, _shown("region", text("kraj", "region", 24))),
            _shown("population_15_plus", whole("obyvatel 15+", "population 15+")),
            _shown("index", whole("Index", "Index")),
            _shown("distance", decimal("vzdálenost", "distance")),
        ),
    ),
    (
        ("Mezery", "Gaps"),
        ("Co ve zprávě chybí", "What the report lacks"),
        lambda report: items(report["gaps"]),
        (
            _shown("section", text("oddíl", "section", 20), words.SECTIONS),
            _shown("cs", text("co chybí", "what is missing, in Czech", 70)),
            _shown("en", text("co chybí, anglicky", "what is missing", 70)),
        ),
    ),
)
"""The sheets in their order: name, title of the table, its rows, its columns."""
