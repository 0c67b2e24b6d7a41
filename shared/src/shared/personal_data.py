"""What in a text looks like personal data: rules as data, each find with its kind and place.

The rules see forms, not meaning: people check what they find, and what they do not find.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class PersonalData(StrEnum):
    BIRTH_NUMBER = "birth-number"  # rodné číslo
    BIRTH_DAY = "date-of-birth"
    PHONE = "phone"
    EMAIL = "e-mail"
    IBAN = "iban"
    ACCOUNT = "bank-account"
    ADDRESS = "address"
    DATA_BOX = "data-box"
    SUBMITTER = "submitter-name"


NAMES: Final[Mapping[PersonalData, tuple[str, str]]] = {
    PersonalData.BIRTH_NUMBER: ("rodné číslo", "birth number"),
    PersonalData.BIRTH_DAY: ("datum narození", "date of birth"),
    PersonalData.PHONE: ("telefonní číslo", "phone number"),
    PersonalData.EMAIL: ("e-mailová adresa", "e-mail address"),
    PersonalData.IBAN: ("číslo účtu (IBAN)", "account number (IBAN)"),
    PersonalData.ACCOUNT: ("číslo bankovního účtu", "bank account number"),
    PersonalData.ADDRESS: ("adresa", "address"),
    PersonalData.DATA_BOX: ("identifikátor datové schránky", "id of a data box"),
    PersonalData.SUBMITTER: ("jméno předkladatele", "name of the submitter"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`start` and `end` count characters of the text."""

    kind: PersonalData
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule:
    """What the pattern's group matches, the whole where it has none."""

    kind: PersonalData
    pattern: re.Pattern[str]
    holds: Callable[[str], bool]


def find(text: str, *, names: Iterable[str] = ()) -> tuple[Found, ...]:
    """Return what looks like personal data, in the order of reading; `names` are those of the submitter.

    The digits inside a SHA-256 are nobody's number.
    """
    digests = [match.span() for match in _DIGEST.finditer(text)]
    found = {
        Found(kind=rule.kind, start=match.start(rule.pattern.groups), end=match.end(rule.pattern.groups))
        for rule in RULES
        for match in rule.pattern.finditer(text)
        if rule.holds(match.group(rule.pattern.groups))
        and not any(start <= match.start() and match.end() <= end for start, end in digests)
    }
    found |= set(_named(text, names))
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.kind)))


def masked(text: str, found: Iterable[Found]) -> str:
    """Return the text with every letter and digit of the finds replaced by a dot."""
    signs = list(text)
    for each in found:
        signs[each.start : each.end] = (
            _DOT if sign.isalnum() else sign for sign in text[each.start : each.end]
        )
    return "".join(signs)


_DOT: Final = "•"
_DIGEST: Final = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z])")


def _named(text: str, names: Iterable[str]) -> Iterator[Found]:
    words = {word for name in names for word in re.findall(r"\w+", name) if len(word) >= _SHORTEST_NAME}
    for word in words:
        for match in re.finditer(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
            yield Found(kind=PersonalData.SUBMITTER, start=match.start(), end=match.end())


_SHORTEST_NAME: Final = 3
_MONTHS_SHIFTED: Final = (0, 20, 50, 70)  # women + 50; + 20 since 2004 where the day ran out of numbers
_LAST_WITHOUT_CHECK: Final = 53  # until 1953 nine digits, without a check digit
_OF_ACCOUNT: Final = (6, 3, 7, 9, 10, 5, 8, 4, 2, 1)


def is_birth_number(written: str) -> bool:
    """Whether the digits are a birth number: a day there is, divisible by 11 (act 133/2000, § 13)."""
    digits = "".join(filter(str.isdigit, written))
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if not any(1 <= month - shift <= 12 for shift in _MONTHS_SHIFTED) or not 1 <= day <= 31:
        return False
    if len(digits) == 9:
        return year <= _LAST_WITHOUT_CHECK and "/" in written
    first, check = int(digits[:9]), int(digits[9])
    return first % 11 % 10 == check


def is_account(written: str) -> bool:
    """Whether prefix and number have the weighted sum that accounts have (ČNB decree 169/2011, annex)."""
    prefix, _, number = written.split("/", maxsplit=1)[0].rpartition("-")
    return _weighs(number) and _weighs(prefix)


def _weighs(digits: str) -> bool:
    padded = map(int, digits.rjust(len(_OF_ACCOUNT), "0"))
    return sum(digit * weight for digit, weight in zip(padded, _OF_ACCOUNT, strict=True)) % 11 == 0


def is_iban(written: str) -> bool:
    """Whether the letters and digits have the remainder 1 after division by 97 (ISO 13616)."""
    plain = re.sub(r"\s", "", written)
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def _any(_: str) -> bool:
    return True


_GAP: Final = "[ \u00a0]?"
_CAPITAL: Final = "[A-ZÁČĎÉĚÍĽŇÓÖŘŠŤÚŮÜÝŽ]"
_HOUSE: Final = "[0-9]{1,4}(?:/[0-9]{1,4}[a-z]?)?(?![0-9])"
RULES: Final = (
    Rule(
        PersonalData.BIRTH_NUMBER,
        re.compile(rf"(?<![0-9/])[0-9]{{6}}(?:{_GAP}/{_GAP}|{_GAP})[0-9]{{3,4}}(?![0-9/])"),
        is_birth_number,
    ),
    Rule(  # called so in the text: a slip in its digits makes it no less personal
        PersonalData.BIRTH_NUMBER,
        re.compile(
            rf"\b(?:r\.\s?č\.|rč|rodn\w{{1,3}}\s{{1,2}}čísl\w{{1,2}})(?:\s{{1,2}}je)?[\s:]{{0,3}}"
            rf"([0-9]{{6}}{_GAP}/?{_GAP}[0-9]{{3,4}})(?![0-9])",
            re.IGNORECASE,
        ),
        _any,
    ),
    Rule(
        PersonalData.BIRTH_DAY,
        re.compile(
            r"\bnar(?:\.|oz)\D{0,25}[0-9]{1,2}\.\s{0,2}[0-9]{1,2}\.\s{0,2}(?:19|20)[0-9]{2}", re.IGNORECASE
        ),
        _any,
    ),
    Rule(
        PersonalData.PHONE,
        re.compile(
            rf"(?<![0-9+])(?:(?:\+|00)42[01]{_GAP})?[2-9][0-9]{{2}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}"
            r"(?![0-9/])(?!\s{0,2}(?:Kč|korun|EUR))"
        ),
        _any,
    ),
    Rule(PersonalData.EMAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"), _any),
    Rule(
        PersonalData.IBAN,
        re.compile(r"\b[A-Z]{2}[0-9]{2}(?:[ \u00a0]?[A-Z0-9]{4}){3,7}(?:[ \u00a0]?[A-Z0-9]{1,3})?\b"),
        is_iban,
    ),
    Rule(
        PersonalData.ACCOUNT,
        re.compile(r"(?<![0-9/-])(?:[0-9]{2,6}-[0-9]{2,10}|[0-9]{6,10})/[0-9]{4}(?![0-9])"),
        is_account,
    ),
    Rule(
        PersonalData.ADDRESS,
        re.compile(
            rf"\b(?:ul(?:\.|ic\w{{1,3}})|nám(?:\.|ěst\w{{1,3}})|tř(?:\.|íd\w{{1,3}}))\s{{1,2}}"
            rf"\w{{1,30}}(?:\s\w{{1,30}}){{0,3}}\s{_HOUSE}",
            re.IGNORECASE,
        ),
        _any,
    ),
    Rule(PersonalData.ADDRESS, re.compile(r"\bč\.?\s?(?:p|ev|or)\.\s{0,2}[0-9]{1,4}", re.IGNORECASE), _any),
    Rule(
        PersonalData.ADDRESS,
        re.compile(
            rf"\b{_CAPITAL}\w{{2,30}}\s{_HOUSE},\s{{0,2}}(?:[0-9]{{3}}\s?[0-9]{{2}}\s)?{_CAPITAL}\w{{2,30}}"
        ),
        _any,
    ),
    Rule(
        PersonalData.ADDRESS,
        re.compile(rf"(?<![0-9])[1-7][0-9]{{2}}\s[0-9]{{2}}\s{{1,2}}{_CAPITAL}\w{{2,30}}"),
        _any,
    ),
    Rule(  # seven letters and digits are a word like others unless it is said what they are
        PersonalData.DATA_BOX,
        re.compile(
            r"\b(?:datov\w{1,3}\s{1,2}schránk\w{1,3}|ID\s?DS|ISDS)(?:\s{1,2}(?:ID|č\.|je))?[\s:]{0,3}"
            r"((?=[a-z0-9]{0,6}[0-9])[a-z0-9]{7})\b",
            re.IGNORECASE,
        ),
        _any,
    ),
    Rule(PersonalData.ADDRESS, re.compile(r"\bbytem\s{1,2}\w{2,30}", re.IGNORECASE), _any),
)
