"""What a change of a schema breaks, for those who read the old with the new and the new with the old."""

from collections.abc import Iterator, Mapping
from typing import Final

Json = Mapping[str, object]
NONE: Final[Json] = {}


def resolve(root: Json, node: Json) -> Json:
    """Follow `$ref` to what it names in the document `root`."""
    while isinstance(reference := node.get("$ref"), str):
        found: object = root
        for step in reference.removeprefix("#/").split("/"):
            found = part(found, step)
        node = mapping(found)
    return node


def part(node: object, name: str) -> object:
    return node.get(name) if isinstance(node, Mapping) else None


def mapping(node: object) -> Json:
    return node if isinstance(node, Mapping) else NONE


def names(node: object) -> set[str]:
    return {str(each) for each in node} if isinstance(node, list | tuple) else set()


def shape(root: Json, node: Json) -> str:
    """Return the kind of a value in words: `string`, `string uuid`, `array of string`, `integer or null`."""
    node = resolve(root, node)
    choices = node.get("anyOf") or node.get("oneOf")
    if isinstance(choices, list):
        return " or ".join(sorted(shape(root, mapping(each)) for each in choices))
    if node.get("type") == "array":
        return f"array of {shape(root, mapping(node.get('items')))}"
    return " ".join(str(node[key]) for key in ("type", "format") if key in node) or "anything"


def event_breaks(old: Json, new: Json) -> Iterator[str]:
    """Report what makes a new reader stumble over old events, or an old reader over new ones."""
    yield from _object_breaks((old, old), (new, new), "", frozenset())


def _object_breaks(
    old: tuple[Json, Json], new: tuple[Json, Json], at: str, seen: frozenset[str]
) -> Iterator[str]:
    before, after = resolve(*old), resolve(*new)
    if before.get("title") in seen:
        return
    seen |= {str(before.get("title", at))}
    fields, changed = mapping(before.get("properties")), mapping(after.get("properties"))
    for name in sorted(fields.keys() - changed.keys()):
        yield f"{at}/{name}: removed; old readers need it"
    required = names(after.get("required"))
    for name in sorted(required - names(before.get("required"))):
        yield f"{at}/{name}: required; events told before have none"
    for name in sorted(fields.keys() & changed.keys()):
        pair = ((old[0], mapping(fields[name])), (new[0], mapping(changed[name])))
        yield from _value_breaks(*pair, f"{at}/{name}", seen)
    for name in sorted(names(before.get("required")) & changed.keys() - required):
        yield f"{at}/{name}: no longer always there; old readers need it"


def _value_breaks(
    old: tuple[Json, Json], new: tuple[Json, Json], at: str, seen: frozenset[str]
) -> Iterator[str]:
    was, became = shape(*old), shape(*new)
    if was != became:
        yield f"{at}: {was} became {became}"
        return
    before, after = resolve(*old), resolve(*new)
    if "enum" in before:
        for value in sorted(names(before["enum"]) - names(after.get("enum", before["enum"]))):
            yield f"{at}: the value {value} was removed; events told before have it"
    if before.get("type") == "array":
        items = mapping(before.get("items")), mapping(after.get("items"))
        yield from _value_breaks((old[0], items[0]), (new[0], items[1]), f"{at}/*", seen)
    if "properties" in before:
        yield from _object_breaks((old[0], before), (new[0], after), at, seen)
