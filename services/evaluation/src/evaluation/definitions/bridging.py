"""From one edition of a definition to another: how an old value reads under the new words, if at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from evaluation.definitions.refusals import BridgeIncomplete

PLACES: Final = Decimal("0.000001")


class BridgeKind(StrEnum):
    SAME = "same"  # význam se nemění
    LINEAR = "linear"  # nová = stará × činitel + posun
    NOT_COMPARABLE = "not-comparable"  # nesrovnatelné


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """What a value of the edition before becomes under this one."""

    kind: BridgeKind
    factor: Decimal | None = None
    offset: Decimal | None = None

    def expect_whole(self) -> None:
        """Raise BridgeIncomplete (422)."""
        given = [each is not None for each in (self.factor, self.offset)]
        is_linear = self.kind is BridgeKind.LINEAR
        if not all(each is is_linear for each in given) or self.factor == 0:
            raise BridgeIncomplete(pointer="/bridge")


def bridged(value: Decimal, *, since: int, until: int, bridges: Mapping[int, Bridge]) -> Decimal | None:
    """Return what a value of the edition `since` is under `until`; None where they cannot be compared.

    `bridges` has by each edition the bridge from the one before it. Backwards the rule is turned round.
    """
    for edition in range(since + 1, until + 1):
        crossed = _forward(value, bridges[edition])
        if crossed is None:
            return None
        value = crossed
    for edition in range(since, until, -1):
        crossed = _backward(value, bridges[edition])
        if crossed is None:
            return None
        value = crossed
    return value


def _forward(value: Decimal, bridge: Bridge) -> Decimal | None:
    if bridge.kind is BridgeKind.LINEAR and bridge.factor is not None and bridge.offset is not None:
        return _rounded(value * bridge.factor + bridge.offset)
    return None if bridge.kind is BridgeKind.NOT_COMPARABLE else value


def _backward(value: Decimal, bridge: Bridge) -> Decimal | None:
    if bridge.kind is BridgeKind.LINEAR and bridge.factor and bridge.offset is not None:
        return _rounded((value - bridge.offset) / bridge.factor)
    return None if bridge.kind is BridgeKind.NOT_COMPARABLE else value


def _rounded(value: Decimal) -> Decimal:
    """Round to six places where the digits allow it, without zeros at the end."""
    if abs(value) < Decimal(10) ** 20:
        value = value.quantize(PLACES)
    return Decimal(format(value.normalize(), "f"))
