"""Money of a project by source: the shares of the call, exact to the haléř."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from evaluation.projects.refusals import SharesDoNotMakeWhole, SourceTwice

HALER: Final = Decimal("0.01")
WHOLE: Final = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who pays which share; the last of the sources takes what rounding leaves."""

    name: str
    share_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Financed:
    name: str
    share_percent: Decimal
    amount_czk: Decimal | None


def expect_whole(sources: Sequence[Source]) -> None:
    """Raise SourceTwice, SharesDoNotMakeWhole; a budget without sources is whole."""
    names = [source.name for source in sources]
    for at, name in enumerate(names):
        if name in names[:at]:
            raise SourceTwice(pointer=f"/sources/{at}/name", name=name)
    total = sum((source.share_percent for source in sources), Decimal(0))
    if sources and total != WHOLE:
        raise SharesDoNotMakeWhole(pointer="/sources", total=format(total.normalize(), "f"))


def financed(total_czk: Decimal | None, sources: Sequence[Source]) -> tuple[Financed, ...]:
    """Split a total by shares, half up to 0.01 CZK; the last source is the total less the others.

    Where rounding up of the others would leave the last source less than nothing, they get less. Without
    a total there are shares alone.
    """
    left = total_czk
    found: list[Financed] = []
    for at, source in enumerate(sources):
        amount = left
        if total_czk is not None and left is not None and at < len(sources) - 1:
            exact = (total_czk * source.share_percent / WHOLE).quantize(HALER, ROUND_HALF_UP)
            amount = min(exact, left)
        if left is not None and amount is not None:
            left -= amount
        found.append(Financed(name=source.name, share_percent=source.share_percent, amount_czk=amount))
    return tuple(found)
