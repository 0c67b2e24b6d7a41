"""Czech typography: spaces that must not break, dates, numbers, and only characters our fonts have."""

import re
import unicodedata
from bisect import bisect_right
from datetime import date
from decimal import Decimal

from shared import days

NBSP = "\N{NO-BREAK SPACE}"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# First and last code point of the blocks that the typesetter's own fonts cover without a gap; PDF/A forbids
# a character without a glyph. `test_every_covered_character_has_a_glyph`.
COVERED = (
    (0x0020, 0x007E),
    (0x00A0, 0x024F),
    (0x02B0, 0x0377),
    (0x0384, 0x038A),
    (0x038E, 0x03A1),
    (0x03A3, 0x0484),
    (0x048A, 0x04FF),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x202F, 0x2040),
    (0x2044, 0x2052),
    (0x2070, 0x2071),
    (0x2074, 0x208E),
    (0x20A0, 0x20C0),
    (0x2100, 0x211E),
    (0x2190, 0x22FF),
    (0x2460, 0x25FF),
    (0xFFFD, 0xFFFD),
)
_FIRST = tuple(first for first, _ in COVERED)

_LOOSE = frozenset(" \t\n")
_SPACES = re.compile(r"[ \t\f\v]+")
_ONE_LETTER = re.compile(r"(?<![^\W_])([kKsSvVzZoOuUaAiI]) (?=\S)")
_DATE = re.compile(r"\b(\d{1,2}\.) (\d{1,2}\.) (\d{4})\b")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_ABBREVIATION = re.compile(r"\b(č\.|čl\.|odst\.|písm\.|str\.|ul\.|tis\.|mil\.|mld\.) (?=\S)")
_MEASURED = re.compile(r"(?<=\d) (?=(?:%|‰|Kč|€|m²|km|ha|tis\.|mil\.|mld\.|let\b|osob))")
_SECTION = re.compile(r"(§§?) (?=\S)")


def tidy(text: str) -> str:
    """Compose accents, drop controls, and put U+FFFD for what no font of ours can show; keeps newlines."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\u2028", "\n").split("\n")
    return "\n".join(_tidy_line(line) for line in lines)


def _tidy_inside(text: str) -> str:
    before = " " if text[:1] in _LOOSE else ""
    after = " " if text[-1:] in _LOOSE else ""
    inside = " ".join(tidy(text).split("\n"))
    return f"{before}{inside}{after}" if inside else before


def _tidy_line(line: str) -> str:
    kept = "".join(_shown(char) for char in _SPACES.sub(" ", line))
    return kept.strip(" ")


def _shown(char: str) -> str:
    if _covered(char):
        return "" if char == "\N{SOFT HYPHEN}" else char
    category = unicodedata.category(char)
    if category in {"Cc", "Cf"}:
        return ""
    return " " if category.startswith("Z") else REPLACEMENT


def _covered(char: str) -> bool:
    place = bisect_right(_FIRST, ord(char)) - 1
    return place >= 0 and ord(char) <= COVERED[place][1]


def set_text(text: str, language: str = "cs", *, trim: bool = True) -> str:
    """Tidy the text and put the spaces that a line may not end with (ČSN 01 6910).

    A piece of a longer text keeps the space that it begins or ends with: `trim` is False.
    """
    result = tidy(text) if trim else _tidy_inside(text)
    if language != "cs":
        return _THOUSANDS.sub(NBSP, result)
    result = _DATE.sub(rf"\1{NBSP}\2{NBSP}\3", result)
    for pattern in (_ONE_LETTER, _ABBREVIATION, _SECTION):
        result = pattern.sub(lambda found: found.group(1) + NBSP, result)
    for pattern in (_THOUSANDS, _MEASURED):
        result = pattern.sub(NBSP, result)
    return result


def paragraphs(text: str | None, language: str = "cs") -> list[str]:
    return [line for line in set_text(text or "", language).split("\n") if line]


def czech_date(day: date | None) -> str:
    return f"{day.day}.{NBSP}{day.month}.{NBSP}{day.year}" if day else ""


def day_text(day: date, language: str) -> str:
    """Return `6. 4. 2023` in Czech, `6 April 2023` in English; lines do not end inside."""
    return days.day_text(day, language).replace(" ", NBSP)


def czech_period(first: date | None, last: date | None) -> str:
    """`1. 1. 2026 – 31. 12. 2030`; an open end is said in words."""
    if first and last:
        return f"{czech_date(first)} – {czech_date(last)}"
    if first:
        return f"od{NBSP}{czech_date(first)}"
    return f"do{NBSP}{czech_date(last)}" if last else ""


def czech_number(value: Decimal | int | None) -> str:
    """`1234567.50` → `1 234 567,5`: zeros that close the decimals come of storing, nobody measured them."""
    if value is None:
        return ""
    shown = f"{Decimal(value):,f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return _with_czech_marks(shown)


def number_text(value: Decimal | int | None, language: str) -> str:
    """Return the number as the language writes it: `1 234,5` or `1,234.5`."""
    if language == "cs":
        return czech_number(value)
    czech = czech_number(value)
    return czech.replace(",", ".").replace(NBSP, ",")


def _with_czech_marks(number: str) -> str:
    return number.replace(",", NBSP).replace(".", ",").replace("-", "\N{MINUS SIGN}")


def czech_money(value: Decimal | None) -> str:
    if value is None:
        return ""
    whole = value == value.to_integral_value()
    return f"{_with_czech_marks(f'{value:,.0f}' if whole else f'{value:,.2f}')}{NBSP}Kč"


def counted(number: int, forms: tuple[str, str, str]) -> str:
    """Czech plural: `forms` are for one, for two to four, for none and five up."""
    form = forms[0] if number == 1 else forms[1] if number in {2, 3, 4} else forms[2]
    return f"{czech_number(number)}{NBSP}{form}"
