"""The form of a call: a JSON Schema that is one, is closed in itself, and stays small when it is followed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from jsonschema import Draft202012Validator
from pydantic_core import SchemaError, SchemaValidator

from shared.canonical import canonical_json
from shared.errors import Finding, Invalid

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
DEEPEST: Final = 24
LONGEST: Final = 65_536
LARGEST_NUMBER: Final = 2**53
DEEPEST_FOLLOWED: Final = 3 * DEEPEST
MOST_PARTS: Final = 5_000
"""Parts of the form once every reference is followed: a validator may walk through all of them."""
MOST_FINDINGS: Final = 20
_OF_ITS_OWN: Final = re.compile(r"#/\$defs/([A-Za-z0-9_-]{1,60})")
_ELSEWHERE: Final = ("$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary")
_META: Final = Draft202012Validator(Draft202012Validator.META_SCHEMA)
FORMATS: Final = frozenset(Draft202012Validator.FORMAT_CHECKER.checkers) - {"regex"}
"""What answers are checked for; a pattern that an applicant writes could break the check itself."""
Form = dict[str, object]


class FormInvalid(Invalid):
    cs = "Formulář není použitelné schéma JSON Schema 2020-12."
    en = "The form is not a usable schema of JSON Schema 2020-12."


def expect_form(form: Form) -> None:
    """Raise FormInvalid with what is wrong, and where. An empty form is one that is yet to be made."""
    if not form:
        return
    for step in (_shape, _schema, _texts, _references):
        findings = tuple(islice(step(form), MOST_FINDINGS))
        if findings:
            raise FormInvalid(findings=findings)


def _shape(form: Form) -> Iterator[Finding]:
    """Look at the JSON itself: later steps walk through it without fear."""
    found = False
    for finding in _parts_of_shape(form, "/form", depth=0):
        found = True
        yield finding
    if form.get("type") != "object":
        yield _finding(
            "/form/type", "Nahoře musí být „type“: „object“.", "The top has to be of type “object”."
        )
    if form.get("$schema", DIALECT) != DIALECT:
        yield _finding("/form/$schema", f"Zná se jen {DIALECT}.", f"Only {DIALECT} is known.")
    if not found and len(canonical_json(form)) > LONGEST:
        yield _finding("/form", f"Delší než {LONGEST} bajtů.", f"Longer than {LONGEST} bytes.")


def _parts_of_shape(part: object, pointer: str, *, depth: int) -> Iterator[Finding]:
    if depth > DEEPEST:
        yield _finding(pointer, f"Hlouběji než {DEEPEST} úrovní.", f"Deeper than {DEEPEST} levels.")
        return
    match part:
        case None | bool():
            return
        case str():
            if not _is_storable(part):
                yield _finding(pointer, "Znak NUL nebo půlka znaku.", "A NUL or half of a character.")
        case int():
            if abs(part) > LARGEST_NUMBER:
                yield _finding(pointer, "Příliš velké číslo.", "Too large a number.")
        case dict() | list():
            for key, value in _members(part):
                if not _is_storable(key):
                    yield _finding(
                        pointer,
                        "Název má znak NUL nebo půlku znaku.",
                        "A name has a NUL or half of a character.",
                    )
                else:
                    yield from _parts_of_shape(value, f"{pointer}/{_escaped(key)}", depth=depth + 1)
        case _:
            yield _finding(
                pointer,
                "Desetinné číslo: taková hodnota je tu text, omezte jej pomocí „pattern“.",
                "A decimal: such values are text here, bound them by “pattern”.",
            )


def _schema(form: Form) -> Iterator[Finding]:
    """Check against the schema of schemas, and that nothing leads out of the form."""
    for error in _META.iter_errors(form):
        pointer = "".join(f"/{_escaped(str(step))}" for step in ("form", *error.absolute_path))
        yield _finding(pointer, f"Není schéma: {error.message[:300]}", f"Not a schema: {error.message[:300]}")
    for pointer, part in _objects(form, "/form"):
        for keyword in _ELSEWHERE:
            if isinstance(part.get(keyword), str | dict):
                yield _finding(
                    f"{pointer}/{keyword}",
                    f"„{keyword}“ tu není dovoleno.",
                    f"“{keyword}” is not allowed here.",
                )


@lru_cache(maxsize=256)
def engine_of(pattern: str) -> SchemaValidator | None:
    """Return what matches the pattern in linear time; None where it looks around or refers back."""
    try:
        return SchemaValidator({"type": "str", "pattern": pattern})
    except SchemaError:
        return None


def _texts(form: Form) -> Iterator[Finding]:
    """Check what texts have to look like: a pattern or a format that is not known would bind nobody."""
    for pointer, part in _objects(form, "/form"):
        pattern, named, by_pattern = (part.get(name) for name in ("pattern", "format", "patternProperties"))
        if isinstance(pattern, str):
            yield from _pattern(pattern, f"{pointer}/pattern")
        for name, _ in _members(by_pattern):
            yield from _pattern(name, f"{pointer}/patternProperties/{_escaped(name)}")
        if isinstance(named, str) and named not in FORMATS:
            known = ", ".join(sorted(FORMATS))
            yield _finding(
                f"{pointer}/format", f"Neznámý formát; známé: {known}.", f"Unknown format; known: {known}."
            )


def _pattern(pattern: str, pointer: str) -> Iterator[Finding]:
    if engine_of(pattern) is None or not _is_expression(pattern):
        yield _finding(
            pointer,
            "Výraz nelze použít: nerozhlíží se kolem a neodkazuje zpět.",
            "Not a usable pattern: it may neither look around nor refer back.",
        )


def _is_expression(pattern: str) -> bool:
    """Whether `re` knows it too: the library matches some keywords by it."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _references(form: Form) -> Iterator[Finding]:
    definitions = form.get("$defs", {})
    known = definitions if isinstance(definitions, dict) else {}
    wrong = False
    for pointer, part in _objects(form, "/form"):
        target = part.get("$ref")
        if isinstance(target, str) and _target(target) not in known:
            wrong = True
            yield _finding(
                f"{pointer}/$ref",
                "Odkaz nevede na „#/$defs/…“ tohoto formuláře.",
                "The reference leads to no “#/$defs/…” of this form.",
            )
    if not wrong:
        whole = _extent(form, known, sizes={}, depth=0)
        if whole.parts > MOST_PARTS or whole.depth > DEEPEST_FOLLOWED:
            yield _finding(
                "/form/$defs",
                f"Odkazy vedou v kruhu, příliš hluboko, nebo k více než {MOST_PARTS} částem.",
                f"The references go in a circle, too deep, or to over {MOST_PARTS} parts.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Extent:
    """How many parts, and how deep, with each reference followed."""

    parts: int
    depth: int


_ENDLESS: Final = _Extent(parts=MOST_PARTS + 1, depth=DEEPEST_FOLLOWED + 1)


def _extent(part: object, known: Mapping[str, object], *, sizes: dict[str, _Extent], depth: int) -> _Extent:
    """Measure each definition once; going deeper than allowed, as in a circle, is endless."""
    if depth > DEEPEST_FOLLOWED:
        return _ENDLESS
    inner = [_extent(value, known, sizes=sizes, depth=depth + 1) for _, value in _members(part)]
    target = part.get("$ref") if isinstance(part, dict) else None
    name = _target(target) if isinstance(target, str) else None
    if name is not None:
        if name not in sizes:
            sizes[name] = _extent(known[name], known, sizes=sizes, depth=depth + 1)
        inner.append(sizes[name])
    return _Extent(
        parts=min(1 + sum(each.parts for each in inner), MOST_PARTS + 1),
        depth=1 + max((each.depth for each in inner), default=0),
    )


def _target(reference: str) -> str | None:
    found = _OF_ITS_OWN.fullmatch(reference)
    return found[1] if found else None


def _objects(part: object, pointer: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    if isinstance(part, dict):
        yield pointer, part
    for key, value in _members(part):
        yield from _objects(value, f"{pointer}/{_escaped(key)}")


def _members(part: object) -> Iterator[tuple[str, object]]:
    if isinstance(part, dict):
        yield from part.items()
    elif isinstance(part, list):
        yield from ((str(at), value) for at, value in enumerate(part))


def _is_storable(text: str) -> bool:
    """Whether PostgreSQL can keep it: no NUL, no lone surrogate."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _finding(pointer: str, cs: str, en: str) -> Finding:
    return Finding(pointer=pointer, code="form-invalid", cs=cs, en=en)
