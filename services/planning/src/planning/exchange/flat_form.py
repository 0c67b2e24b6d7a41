"""The hierarchy as one table: a row for each node, its number says where it belongs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from planning.exchange.domain import LEVELS, Level
from shared.csv_files import READ_BACK, Delimiter, csv_file

_FIELDS: Final = tuple(dict.fromkeys(field for level in LEVELS.values() for field in level.fields))
COLUMNS: Final = ("level", "id", "number", "above", *_FIELDS)


def table_of_hierarchy(whole: Mapping[str, object]) -> bytes:
    """Return CSV with semicolons, that can be read back."""
    priorities = whole["priorities"]
    rows = _rows(priorities if isinstance(priorities, list) else (), LEVELS["priorities"], "")
    cells = ([_cell(row.get(column)) for column in COLUMNS] for row in rows)
    return csv_file([COLUMNS, *cells], Delimiter.SEMICOLON, escaped=READ_BACK)


def _rows(nodes: Sequence[Mapping[str, object]], level: Level, above: str) -> Iterator[dict[str, object]]:
    for node in nodes:
        own = {name: node.get(name) for name in ("id", "number", *level.fields)}
        yield {"level": level.name, "above": above, **own}
        for members in level.below:
            below = node.get(members, ())
            if isinstance(below, list):
                yield from _rows(below, LEVELS[members], str(node["number"]))


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)
