"""What kinds of indicators there are, how their values add up, and by what they are broken down."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a value is: it decides what may be done with it."""

    COUNT = "count"  # počet
    SHARE = "share"  # podíl
    RATIO = "ratio"  # poměr, průměr, bodová hodnota
    MONEY = "money"  # částka
    ORDINAL = "ordinal"  # stupeň na škále
    QUALITATIVE = "qualitative"  # slovní


SUMMABLE: Final = frozenset({Kind.COUNT, Kind.MONEY})
"""Only these are added over places or parts; a sum of shares means nothing."""


class Accumulation(StrEnum):
    """What the values of successive periods are to each other."""

    STATE = "state"  # stav ke dni
    CUMULATIVE = "cumulative"  # kumulativně od začátku
    INCREMENTAL = "incremental"  # přírůstek za období


class ValueSource(StrEnum):
    DIRECT = "direct"  # přímé hlášení
    TABLE = "table"  # převzato ze statistiky
    FORMULA = "formula"  # výpočet


class Dimension(StrEnum):
    SEX = "sex"  # pohlaví
    AGE = "age"  # věk
    STATUS = "status"  # postavení na trhu práce


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a breakdown, as the European Social Fund asks for it."""

    code: str
    cs: str
    en: str


PARTS: Final[dict[Dimension, tuple[Part, ...]]] = {
    Dimension.SEX: (
        Part(code="women", cs="ženy", en="women"),
        Part(code="men", cs="muži", en="men"),
        Part(code="other", cs="jiné nebo neuvedeno", en="other or not stated"),
    ),
    Dimension.AGE: (
        Part(code="0-14", cs="0–14 let", en="0–14"),
        Part(code="15-24", cs="15–24 let", en="15–24"),
        Part(code="25-54", cs="25–54 let", en="25–54"),
        Part(code="55-plus", cs="55 a více let", en="55 and over"),
        Part(code="unknown", cs="věk nezjištěn", en="age unknown"),
    ),
    Dimension.STATUS: (
        Part(code="unemployed", cs="nezaměstnaní", en="unemployed"),
        Part(code="long-term-unemployed", cs="dlouhodobě nezaměstnaní", en="long-term unemployed"),
        Part(code="inactive", cs="neaktivní", en="inactive"),
        Part(code="employed", cs="zaměstnaní", en="employed"),
        Part(code="unknown", cs="postavení nezjištěno", en="status unknown"),
    ),
}
CODES: Final = {dimension: frozenset(part.code for part in parts) for dimension, parts in PARTS.items()}
