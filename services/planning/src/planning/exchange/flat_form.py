"""The hierarchy as one table: a row for each node, its number says where it belongs."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Final

from planning.exchange.domain import LEVELS, Level

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")
_FIELDS: Final = tuple(dict.fromkeys(field for level in LEVELS.values() for field in level.fields))
COLUMNS: Final = ("level", "id", "number", "above", *_FIELDS)


def table_of_hierarchy(whole: Mapping[str, object]) -> bytes:
    """Return UTF-8 with a byte-order mark and semicolons; what would begin a formula has an apostrophe."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    priorities = whole["priorities"]
    for row in _rows(priorities if isinstance(priorities, list) else (), LEVELS["priorities"], ""):
        writer.writerow(_cell(row.get(column)) for column in COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def _rows(nodes: Sequence[Mapping[str, object]], level: Level, above: str) -> Iterator[dict[str, object]]:
    for node in nodes:
        own = {name: node.get(name) for name in ("id", "number", *level.fields)}
        yield {"level": level.name, "above": above, **own}
        for members in level.below:
            below = node.get(members, ())
            if isinstance(below, list):
                yield from _rows(below, LEVELS[members], str(node["number"]))


def _cell(value: object) -> str:
    text = (
        "; ".join(map(str, value)) if isinstance(value, list | tuple) else str("" if value is None else value)
    )
    return f"'{text}" if text.startswith(_FORMULA) else text
