"""The columns of the ministry's workbook of the Index: found by their order, known by patterns.

Headings carry the year, differ from year to year and have typos (domain specification 1.6), so stems of
words are looked for in the heading without diacritics.
"""

import re
from collections.abc import Sequence
from typing import Final

from shared.errors import Finding, Invalid
from shared.names import search_text

_COUNT: Final = r"(?!.*(%|podil|kvocient|\blq\b))"
_SHARE: Final = r"(?!.*(kvocient|\blq\b))(?=.*(%|podil))"
_QUOTIENT: Final = r"(?=.*(kvocient|\blq\b))"
_NOT_INDEX: Final = r"(?!.*index)"
_EXE: Final = r".*exeku"
_PNB: Final = r".*(\bpnb\b|bydlen)"
_PNZ: Final = r".*(\bpnz\b|zivob)"
_UOZ: Final = r".*(uchaz|\buoz)"
_LEFT: Final = r".*pred\w*\s*odch"

COLUMNS: Final[tuple[tuple[str, str, str], ...]] = (
    ("code", r"kod\b.*\bobc", "kód obce"),
    ("name", r"naz\w*\b.*\bobc", "název obce"),
    ("status", r"stat\w*\b.*\bobc", "status obce"),
    ("pou_code", r"kod\b.*pou\b", "kód POÚ"),
    ("pou_name", r"naz\w*\b.*pou\b", "název POÚ"),
    ("orp_code", r"kod\b.*\borp\b", "kód ORP"),
    ("orp_name", r"naz\w*\b.*\borp\b", "název ORP"),
    ("district_code", r"kod\b.*\bokres", "kód okresu"),
    ("district_name", r"naz\w*\b.*\bokres", "název okresu"),
    ("region_code", r"kod\b.*\bkraj", "kód kraje"),
    ("region_name", r"naz\w*\b.*\bkraj", "název kraje"),
    ("POP15", _COUNT + r"(?!.*\b64\b).*obyv.*\b15\b", "počet obyvatel starších 15 let"),
    ("POP1564", _COUNT + r".*obyv.*\b15\b.*\b64\b", "počet obyvatel ve věku 15 až 64 let"),
    ("EXE", _COUNT + _EXE, "počet osob v exekuci"),
    ("EXE %", _SHARE + _EXE, "podíl osob v exekuci"),
    ("EXE LQ", _QUOTIENT + _EXE, "osoby v exekuci – lokalizační kvocient"),
    ("PNB", _COUNT + _PNB, "počet vyplacených příspěvků na bydlení"),
    ("PNB %", _SHARE + _PNB, "podíl příjemců příspěvku na bydlení"),
    ("PNB LQ", _QUOTIENT + _PNB, "příspěvek na bydlení – lokalizační kvocient"),
    ("PNZ", _COUNT + _PNZ, "počet vyplacených příspěvků na živobytí"),
    ("PNZ %", _SHARE + _PNZ, "podíl příjemců příspěvku na živobytí"),
    ("PNZ LQ", _QUOTIENT + _PNZ, "příspěvek na živobytí – lokalizační kvocient"),
    ("UOZ", _COUNT + _UOZ, "počet uchazečů déle než 6 měsíců"),
    ("UOZ %", _SHARE + _UOZ, "podíl uchazečů déle než 6 měsíců"),
    ("UOZ LQ", _QUOTIENT + _UOZ, "uchazeči déle než 6 měsíců – lokalizační kvocient"),
    ("PO", _COUNT + _LEFT, "počet předčasných odchodů ze ZŠ"),
    ("PO %", _SHARE + _LEFT, "podíl předčasných odchodů ze ZŠ"),
    ("LEAVERS", _COUNT + r"(?!.*pred\w*\s*odch).*(ukonc|povin)", "počet žáků, kteří ukončili docházku"),
    ("PO LQ", _QUOTIENT + _LEFT, "předčasné odchody – lokalizační kvocient"),
    ("ISV", r"(?!.*kateg).*index", "index sociálního vyloučení"),
    ("category", r".*kateg", "kategorie indexu"),
)
"""The name that we use, the pattern of the heading, and what we tell the reader to expect."""
_PATTERNS: Final = {
    name: re.compile(pattern if name in {"ISV", "category"} else _NOT_INDEX + pattern)
    for name, pattern, _ in COLUMNS
}
_YEAR: Final = re.compile(r"\b(20\d\d)(?:\s*/\s*(?:20)?(\d\d))?\b")


class ColumnsNotAsExpected(Invalid):
    cs = "Sešit nemá sloupce v očekávaném pořadí; první odchylka je ve sloupci {column}."
    en = "The columns are not in the expected order; the first that differs is column {column}."


class HeadingOfAnotherYear(Invalid):
    cs = "Záhlaví sloupce {column} mluví o roce {found}, importujete rok {year}."
    en = "The heading of column {column} speaks of {found}, you are importing {year}."


def expect_columns(headings: Sequence[str], *, year: int) -> tuple[str, ...]:
    """Return the headings as they are written; raises where one is not what belongs in its place.

    Blank headings on the right are left out. A school year (2022/23) counts as the year it ends in.
    """
    written = list(headings)
    while written and not written[-1].strip():
        written.pop()
    plain = [search_text(heading) for heading in written]
    findings = list(_misplaced(plain, written))
    if findings:
        raise ColumnsNotAsExpected(findings=findings, column=int(findings[0].pointer.rpartition("/")[2]) + 1)
    for place, heading in enumerate(plain):
        for found in _years_in(heading):
            if found != year:
                raise HeadingOfAnotherYear(
                    pointer=f"/columns/{place}", column=place + 1, found=found, year=year
                )
    return tuple(written)


def _misplaced(plain: Sequence[str], written: Sequence[str]) -> list[Finding]:
    findings = []
    for place, (name, _, expected) in enumerate(COLUMNS):
        heading = plain[place] if place < len(plain) else ""
        if _PATTERNS[name].match(heading):
            continue
        elsewhere = next((i + 1 for i, other in enumerate(plain) if _PATTERNS[name].match(other)), None)
        found = written[place] if place < len(written) else ""
        findings.append(_finding(place, expected, found, elsewhere))
    findings += [_finding(place, "–", written[place], None) for place in range(len(COLUMNS), len(written))]
    return findings


def _finding(place: int, expected: str, found: str, elsewhere: int | None) -> Finding:
    return Finding(
        pointer=f"/columns/{place}",
        code="column-not-as-expected",
        cs=f"Sloupec {place + 1}: čekáme „{expected}“, je zde „{found[:100]}“"
        + (f"; hledaný je ve sloupci {elsewhere}." if elsewhere else "."),
        en=f"Column {place + 1}: “{expected}” is expected, “{found[:100]}” is here"
        + (f"; the one expected is column {elsewhere}." if elsewhere else "."),
    )


def _years_in(heading: str) -> list[int]:
    return [int(first) + 1 if second else int(first) for first, second in _YEAR.findall(heading)]
