"""How values of a plan are written in Czech and English: money, numbers, days, codes, quotations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from planning.plans.difference_words import CODES, KINDS
from planning.plans.tree import NodeKind, Placed
from shared.days import day_text

NBSP: Final = "\N{NO-BREAK SPACE}"
CZECH: Final = str.maketrans(",.-", f"{NBSP},\N{MINUS SIGN}")
MONEY: Final = frozenset({"cost_czk", "amount_czk", "budget_czk"})
COUNTED: Final = frozenset({"estimated_people", "target", "baseline", "probability", "impact"}) | MONEY
"""Fields whose numbers rise and fall; a year does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Tells one difference in one language; `names` are those of territorial units."""

    language: str
    old: Mapping[UUID, Placed]
    new: Mapping[UUID, Placed]
    names: Mapping[UUID, str]

    def say(self, cs: str, en: str, /, **facts: object) -> str:
        return (cs if self.language == "cs" else en).format_map(facts)

    def quoted(self, text: str) -> str:
        return self.say("„{text}“", "“{text}”", text=text)

    def node(self, kind: NodeKind, number: str, title: str) -> str:
        """Return “opatření 1.2.1 „Dluhová poradna“”."""
        called = f"{KINDS[kind].text(self.language)}{NBSP}{number}"
        return f"{called} {self.quoted(title)}" if title else called

    def money(self, amount: Decimal) -> str:
        written = f"{abs(amount):,.2f}".removesuffix(".00")
        if self.language != "cs":
            return f"CZK{NBSP}{written}"
        return f"{written.translate(CZECH)}{NBSP}Kč"

    def number(self, value: Decimal | int) -> str:
        written = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
        if "." in written:
            written = written.rstrip("0").rstrip(".")
        if self.language != "cs":
            return written
        return written.translate(CZECH)

    def amount(self, field: str, value: Decimal | int) -> str:
        """Write money as money, what is counted with its thousands apart, a year as it is."""
        if field in MONEY:
            return self.money(Decimal(value))
        return self.number(value) if field in COUNTED else str(value)

    def value(self, field: str, value: object) -> str:
        """Write a value as people do: money, numbers, days, codes, names of units, texts in quotes."""
        if isinstance(value, StrEnum):
            return CODES[value].text(self.language) if value in CODES else str(value)
        if isinstance(value, Decimal | int):
            return self.amount(field, value)
        if isinstance(value, date):
            return day_text(value, self.language)
        if isinstance(value, tuple):
            return ", ".join(self.value(field, each) for each in value)
        if isinstance(value, UUID):
            return self.names.get(value, str(value))
        return self.quoted(str(value))
