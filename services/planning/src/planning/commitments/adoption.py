"""How far a plan is adopted: how many measures somebody stands behind, and how fresh those words are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from uuid import UUID

from planning.commitments.domain import Commitment, Party, Side, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """`share_percent` (None without measures) and `median_days` since owners' last words have one decimal.

    A measure without an owner counts among measures, and in no state.
    """

    measures: int
    owned: int
    unowned: int
    share_percent: Decimal | None
    states: Mapping[Standing, int]
    median_days: Decimal | None
    oldest_word_on: date | None


def adoption_of(
    measures: tuple[UUID, ...],
    standings: Mapping[Party, Standing],
    words: Mapping[Party, Commitment],
    *,
    today: date,
) -> Adoption:
    owners = {party: held for party, held in standings.items() if party.side is Side.OWNER}
    said = sorted(words[party].decided_on for party in owners if party in words)
    owned = sum(1 for held in owners.values() if held is Standing.ACCEPTED)
    counted = Counter(owners.values())
    return Adoption(
        measures=len(measures),
        owned=owned,
        unowned=len(measures) - len(owners),
        share_percent=_share(owned, len(measures)),
        states={state: counted[state] for state in Standing},
        median_days=_tenths(Decimal(str(median((today - day).days for day in said)))) if said else None,
        oldest_word_on=said[0] if said else None,
    )


def _share(part: int, whole: int) -> Decimal | None:
    if whole == 0:
        return None
    return _tenths(Decimal(100 * part) / whole)


def _tenths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
