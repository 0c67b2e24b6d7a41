"""Figures and how they are printed: medians and ratios of one run, never a verdict."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value at or above which `1 - share` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * len(ordered) + 0.5) - 1)]


def heading(text: str) -> None:
    print(f"\n## {text}", flush=True)


def row(name: str, *cells: str) -> None:
    print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def table(*columns: str) -> None:
    row(columns[0], *columns[1:])
    print("|" + "---|" * len(columns), flush=True)


def milliseconds(seconds: Sequence[float]) -> tuple[str, str, str]:
    """Return p50, p95 and p99 as text."""
    return tuple(
        f"{value * 1000:.1f}"
        for value in (  # type: ignore[return-value]
            median(seconds),
            percentile(seconds, 0.95),
            percentile(seconds, 0.99),
        )
    )


def machine() -> str:
    now = datetime.now(UTC)
    return (
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {now:%Y-%m-%d %H:%M} UTC"
    )
