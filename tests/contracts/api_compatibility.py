"""What a change of an HTTP API breaks for those who call it already."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.contracts.compatibility import Json, mapping, names, resolve, shape

LIMITS_DOWN = ("maxLength", "maximum", "maxItems", "exclusiveMaximum")
LIMITS_UP = ("minLength", "minimum", "minItems", "exclusiveMinimum")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The same place in the old and in the new document; `at` is where."""

    old_root: Json
    new_root: Json
    old: Json
    new: Json
    at: str
    seen: frozenset[str] = frozenset()

    def into(self, *steps: str, at: str = "") -> "Pair":
        """Go down by names of members, following references."""
        old, new = resolve(self.old_root, self.old), resolve(self.new_root, self.new)
        for step in steps:
            old = resolve(self.old_root, mapping(old.get(step)))
            new = resolve(self.new_root, mapping(new.get(step)))
        return replace(self, old=old, new=new, at=f"{self.at}{at}")

    @property
    def shapes(self) -> tuple[set[str], set[str]]:
        """Return the kinds of value before and after."""
        before, after = shape(self.old_root, self.old), shape(self.new_root, self.new)
        return set(before.split(" or ")), set(after.split(" or "))


def api_breaks(old: Json, new: Json) -> Iterator[str]:
    """Report everything that a caller of `old` would stumble over in `new`."""
    paths = Pair(old_root=old, new_root=new, old=old, new=new, at="").into("paths")
    for path in paths.old:
        if path not in paths.new:
            yield f"{path}: removed"
            continue
        here = paths.into(path, at=path)
        for method in here.old:
            if method not in here.new:
                yield f"{method.upper()} {path}: removed"
                continue
            operation = replace(here.into(method), at=f"{method.upper()} {path}")
            yield from _parameters(operation)
            yield from _body(operation)
            yield from _responses(operation)


def _parameters(operation: Pair) -> Iterator[str]:
    old, new = _by_name(operation.old), _by_name(operation.new)
    for name in old.keys() - new.keys():
        yield f"{operation.at} {name}: the parameter was removed, and unknown ones are refused"
    for name, parameter in new.items():
        if parameter.get("required") and not old.get(name, {}).get("required"):
            yield f"{operation.at} {name}: the parameter is required now"
    for name in old.keys() & new.keys():
        place = replace(operation, old=old[name], new=new[name])
        yield from _asked(place.into("schema", at=f" {name}"))


def _by_name(operation: Json) -> dict[str, Json]:
    found = operation.get("parameters", [])
    assert isinstance(found, list)
    return {f"{each['in']} {each['name']}": each for each in found}


def _body(operation: Pair) -> Iterator[str]:
    body = operation.into("requestBody")
    if body.new and not body.old:
        yield f"{operation.at}: a body is needed now"
    for kind in mapping(body.old.get("content")):
        if kind not in mapping(body.new.get("content")):
            yield f"{operation.at}: {kind} is no longer taken"
        else:
            yield from _asked(body.into("content", kind, "schema", at=" body"))


def _responses(operation: Pair) -> Iterator[str]:
    responses = operation.into("responses")
    for status in responses.old:
        if not status.startswith("2"):
            continue
        if status not in responses.new:
            yield f"{operation.at}: no longer answers {status}"
            continue
        answer = responses.into(status)
        for kind in mapping(answer.old.get("content")):
            if kind not in mapping(answer.new.get("content")):
                yield f"{operation.at} {status}: {kind} is no longer given"
            else:
                yield from _told(answer.into("content", kind, "schema", at=f" {status}"))


def _asked(pair: Pair) -> Iterator[str]:
    """What is asked of a caller may only become less."""
    before, after = pair.shapes
    if not before <= after and after != {"anything"}:
        yield f"{pair.at}: {' or '.join(sorted(before))} became {' or '.join(sorted(after))}"
        return
    yield from _narrowed(pair)
    for name, place in _members(pair):
        if name in _fields(pair.old) and name not in _fields(pair.new):
            yield f"{place.at}: removed, and unknown fields are refused"
        if name in names(pair.new.get("required")) - names(pair.old.get("required")):
            yield f"{place.at}: required now"
        if name in _fields(pair.old) and name in _fields(pair.new):
            yield from _asked(place)
    for place in _parts(pair):
        yield from _asked(place)


def _told(pair: Pair) -> Iterator[str]:
    """What a caller is told may only become more."""
    before, after = pair.shapes
    if not after <= before and before != {"anything"}:
        yield f"{pair.at}: {' or '.join(sorted(before))} became {' or '.join(sorted(after))}"
        return
    for name, place in _members(pair):
        if name not in _fields(pair.old):
            continue
        if name not in _fields(pair.new):
            yield f"{place.at}: removed"
        elif name in names(pair.old.get("required")) - names(pair.new.get("required")):
            yield f"{place.at}: no longer always there"
        else:
            yield from _told(place)
    for place in _parts(pair):
        yield from _told(place)


def _narrowed(pair: Pair) -> Iterator[str]:
    if "enum" in pair.new:
        for value in sorted(names(pair.old.get("enum")) - names(pair.new["enum"])):
            yield f"{pair.at}: {value} is no longer taken"
        if "enum" not in pair.old:
            yield f"{pair.at}: only listed values are taken now"
    for limit, tighter in [(n, -1) for n in LIMITS_DOWN] + [(n, 1) for n in LIMITS_UP]:
        was, became = pair.old.get(limit), pair.new.get(limit)
        if isinstance(became, int | float) and (
            not isinstance(was, int | float) or (became - was) * tighter > 0
        ):
            yield f"{pair.at}: {limit} is {became} now, it was {was}"


def _fields(node: Json) -> Json:
    return mapping(node.get("properties"))


def _members(pair: Pair) -> Iterator[tuple[str, Pair]]:
    """Give the fields of both sides; a type that holds itself is entered once."""
    title = str(pair.old.get("title", ""))
    if title in pair.seen and _fields(pair.old):
        return
    for name in sorted(_fields(pair.old).keys() | _fields(pair.new).keys()):
        place = pair.into("properties", name, at=f"/{name}")
        yield name, replace(place, seen=pair.seen | ({title} if title else set()))


def _parts(pair: Pair) -> Iterator[Pair]:
    """Give the items of an array, and the choices of a union where both sides have as many."""
    if "items" in pair.old and "items" in pair.new:
        yield pair.into("items", at="/*")
    for kind in ("anyOf", "oneOf"):
        old, new = pair.old.get(kind), pair.new.get(kind)
        if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
            for before, after in zip(old, new, strict=True):
                yield replace(pair, old=before, new=after).into()
