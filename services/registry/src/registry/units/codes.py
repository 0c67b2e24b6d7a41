"""Identifiers of the field: their patterns and check digits, and the id that follows from a code."""

import re
from collections.abc import Mapping
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5

from shared.contracts.registry import UnitKind
from shared.errors import Invalid

NAMESPACE = uuid5(NAMESPACE_URL, "urn:pospolu:unit")

ASSOCIATIONS = frozenset(
    {UnitKind.MUNICIPALITY_ASSOCIATION, UnitKind.LOCAL_ACTION_GROUP, UnitKind.OTHER_ASSOCIATION}
)
"""Kinds without a territorial code: their IČO is their code."""

SHAPES: Mapping[UnitKind, str] = {
    UnitKind.STATE: "CZ",
    UnitKind.REGION: "CZ0[1-8][0-9]",
    UnitKind.DISTRICT: "CZ0[1-8][0-9][0-9A-Z]",
    UnitKind.ORP: "[0-9]{4}",
    UnitKind.POU: "[0-9]{5}",
    UnitKind.MUNICIPALITY: "[0-9]{6}",
    UnitKind.CITY_PART: "[0-9]{6}",
    UnitKind.MUNICIPALITY_PART: "[0-9]{1,6}",
    **dict.fromkeys(ASSOCIATIONS, "[0-9]{8}"),
}
_WITH_CHECK_DIGIT = frozenset({UnitKind.MUNICIPALITY, UnitKind.CITY_PART}) | ASSOCIATIONS
_DIGITS = re.compile(r"\[0-9\]\{(?P<least>\d)(?:,(?P<most>\d))?\}")
_REGION_NUMBER = "[0-9]{4}"
_REGION_RUIAN_CODE = "[0-9]{2,3}"
_ANY_NUMBER = "[0-9]{1,9}"
_DATA_BOX = "[a-z0-9]{7}"


class MunicipalityStatus(StrEnum):
    """What a municipality is called by law (128/2000 Sb., 131/2000 Sb., 222/1999 Sb.)."""

    MUNICIPALITY = "municipality"  # obec
    TOWN = "town"  # město
    MARKET_TOWN = "market-town"  # městys
    STATUTORY_CITY = "statutory-city"  # statutární město
    CAPITAL_CITY = "capital-city"  # hlavní město Praha
    MILITARY_AREA = "military-area"  # vojenský újezd


STATUS_BY_LETTER: Mapping[str, MunicipalityStatus] = {
    "O": MunicipalityStatus.MUNICIPALITY,
    "M": MunicipalityStatus.TOWN,
    "T": MunicipalityStatus.MARKET_TOWN,
    "S": MunicipalityStatus.STATUTORY_CITY,
    "H": MunicipalityStatus.CAPITAL_CITY,
    "U": MunicipalityStatus.MILITARY_AREA,
}
"""The letters of the ministry's Index workbook."""


class CodeMalformed(Invalid):
    cs = "„{code}“ není kód v předepsaném tvaru: {shape}."
    en = "“{code}” is not a code of the expected shape: {shape}."

    def title(self, language: str) -> str:
        in_words = _in_words(str(self.facts["shape"]), language)
        return (self.cs if language == "cs" else self.en).format(code=self.facts["code"], shape=in_words)


class CheckDigitWrong(Invalid):
    cs = "Kód „{code}“ neodpovídá kontrolní číslici: poslední číslice má být {expected}."
    en = "The code “{code}” fails its check digit: the last digit should be {expected}."


class CodeMissing(Invalid):
    cs = "Územní celek tohoto druhu musí mít kód ve tvaru {shape}."
    en = "A unit of this kind must have a code of the shape {shape}."


def _in_words(shape: str, language: str) -> str:
    """Say a pattern of digits in words; any other stays as it is."""
    found = _DIGITS.fullmatch(shape)
    if found is None:
        return shape
    least, most = found.group("least"), found.group("most")
    if language == "cs":
        few = most is None and int(least) in range(2, 5)
        return f"{least} až {most} číslic" if most else f"{least} číslic{'e' if few else ''}"
    return f"{least} to {most} digits" if most else f"{least} digits"


def check_digit(digits: str) -> int:
    """Return the check digit that belongs after `digits`.

    Weights n … 2 (n = length with the check digit), 11 less the sum modulo 11, modulo 10. The same rule
    holds for codes of municipalities, numbers of regions and IČO; padding with zeros does not change it.
    """
    total = sum(int(digit) * weight for weight, digit in enumerate(reversed(digits), start=2))
    return (11 - total % 11) % 10


def unit_id(kind: UnitKind, code: str) -> UUID:
    """Return the id that a unit of that kind and official code has in every installation."""
    return uuid5(NAMESPACE, f"{kind.value}:{code}")


def checked_code(kind: UnitKind, code: str | None) -> str | None:
    """Return the official code in its normal form.

    Raises CodeMissing, CodeMalformed, CheckDigitWrong. Only an association without legal personality
    (`other-association`) may have none.
    """
    if code is None:
        if kind is UnitKind.OTHER_ASSOCIATION:
            return None
        raise CodeMissing(pointer="/code", shape=SHAPES[kind])
    if kind in ASSOCIATIONS:
        return checked_ico(code, pointer="/code")
    _expect_shape(code, SHAPES[kind], "/code")
    if kind in _WITH_CHECK_DIGIT:
        _expect_check_digit(code, "/code")
    return code


def checked_ico(ico: str, *, pointer: str = "/ico") -> str:
    """Return an IČO as 8 digits: spaces dropped, zeros padded on the left."""
    bare = "".join(ico.split())
    _expect_shape(bare, "[0-9]{1,8}", pointer)
    padded = bare.zfill(8)
    _expect_check_digit(padded, pointer)
    return padded


def checked_data_box(data_box: str) -> str:
    """Return the id of an ISDS data box in lower case; only its shape can be checked offline."""
    lower = data_box.lower()
    _expect_shape(lower, _DATA_BOX, "/data_box")
    return lower


def checked_csu_code(kind: UnitKind, code: str) -> str:
    """Return the code of the unit in the code lists of the statistical office (ČSÚ)."""
    if kind is not UnitKind.REGION:
        return _expect_shape(code, _ANY_NUMBER, "/csu_code")
    _expect_shape(code, _REGION_NUMBER, "/csu_code")
    return _expect_check_digit(code, "/csu_code")


def checked_ruian_code(kind: UnitKind, code: str) -> str:
    """Return the code of the unit in the register of territorial identification (RÚIAN)."""
    if kind is not UnitKind.REGION:
        return _expect_shape(code, _ANY_NUMBER, "/ruian_code")
    _expect_shape(code, _REGION_RUIAN_CODE, "/ruian_code")
    return _expect_check_digit(code, "/ruian_code")


def _expect_shape(code: str, shape: str, pointer: str) -> str:
    if re.fullmatch(shape, code) is None:
        raise CodeMalformed(pointer=pointer, code=code, shape=shape)
    return code


def _expect_check_digit(code: str, pointer: str) -> str:
    expected = check_digit(code[:-1])
    if int(code[-1]) != expected:
        raise CheckDigitWrong(pointer=pointer, code=code, expected=expected)
    return code
