"""What was filled in against the form of the call: JSON Schema 2020-12 with its conditions.

Nothing that an applicant sends makes the check slow: sizes are bounded first, and patterns are matched
by an engine whose time grows with the text alone (`re` may need the age of the universe).
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from referencing import Registry
from referencing.exceptions import Unresolvable

from registry.applications.content import Form
from registry.applications.form_sentences import findings_of
from registry.calls.questionnaire import engine_of
from shared.errors import Finding, Invalid

MOST_BYTES: Final = 256 * 1024
DEEPEST: Final = 12
MOST_VALUES: Final = 5_000
MOST_ITEMS: Final = 500
LONGEST_TEXT: Final = 20_000
LONGEST_NAME: Final = 100
LARGEST_NUMBER: Final = 10**15
MOST_FINDINGS: Final = 300
FAULTS_OF_A_DRAFT: Final = frozenset(
    {"type", "additionalProperties", "propertyNames", "maxLength", "maxItems", "maxProperties"}
)
"""What filling in the rest would not heal; everything else may still be missing in a draft."""


class FormIsTooLarge(Invalid):
    cs = "Formulář je zde příliš velký nebo příliš hluboký; mez je {most}."
    en = "The form is too large or too deep here; the limit is {most}."


class DecimalIsNotText(Invalid):
    cs = 'Desetinné číslo zapište jako text, například "2.5".'
    en = 'Write a decimal as text, for example "2.5".'


class TextIsNotStorable(Invalid):
    cs = "Text obsahuje znak, který nelze uložit (NUL nebo polovinu náhradního páru)."
    en = "The text has a character that cannot be stored (NUL or half of a surrogate pair)."


def tamed(form: Mapping[str, object]) -> Form:
    """Return the form with whole numbers as such; raises FormIsTooLarge and what cannot be kept."""
    kept = _tamed(form, "/form", 0)
    if len(json.dumps(kept, ensure_ascii=False).encode()) > MOST_BYTES:
        raise FormIsTooLarge(pointer="/form", what="bytes", most=MOST_BYTES)
    if _count(kept) > MOST_VALUES:
        raise FormIsTooLarge(pointer="/form", what="values", most=MOST_VALUES)
    if not isinstance(kept, dict):
        raise TypeError("a form is an object")
    return kept


def findings_in(form: Form, schema: Mapping[str, object]) -> list[Finding]:
    """Return everything that is wrong or missing, in the order of places."""
    return _findings(_errors(form, schema), schema)


def faults_in_draft(form: Form, schema: Mapping[str, object]) -> list[Finding]:
    """Return what is wrong even in a form that is not filled in yet."""
    faults = (error for error in _errors(form, schema) if error.validator in FAULTS_OF_A_DRAFT)
    return _findings(faults, schema)


def _tamed(value: object, pointer: str, depth: int) -> object:
    if depth > DEEPEST:
        raise FormIsTooLarge(pointer=pointer, what="levels", most=DEEPEST)
    match value:
        case str():
            return _text(value, pointer, LONGEST_TEXT)
        case dict():
            return {
                _text(name, pointer, LONGEST_NAME): _tamed(each, f"{pointer}/{_step(name)}", depth + 1)
                for name, each in value.items()
            }
        case list():
            if len(value) > MOST_ITEMS:
                raise FormIsTooLarge(pointer=pointer, what="items", most=MOST_ITEMS)
            return [_tamed(each, f"{pointer}/{at}", depth + 1) for at, each in enumerate(value)]
        case None | bool():
            return value
    return _number(Decimal(str(value)), pointer)


def _number(value: Decimal, pointer: str) -> int:
    if not value.is_finite() or abs(value) > LARGEST_NUMBER:
        raise FormIsTooLarge(pointer=pointer, what="number", most=LARGEST_NUMBER)
    if value != int(value):
        raise DecimalIsNotText(pointer=pointer)
    return int(value)


def _text(value: str, pointer: str, longest: int) -> str:
    if len(value) > longest:
        raise FormIsTooLarge(pointer=pointer, what="characters", most=longest)
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise TextIsNotStorable(pointer=pointer)
    return value


def _step(name: str) -> str:
    """Return the step of a JSON Pointer, whatever half of a surrogate pair the name may hold."""
    shown = name[:LONGEST_NAME].encode(errors="replace").decode()
    return shown.replace("~", "~0").replace("/", "~1")


def _count(value: object) -> int:
    match value:
        case dict():
            return 1 + sum(map(_count, value.values()))
        case list():
            return 1 + sum(map(_count, value))
    return 1


def _errors(form: Form, schema: Mapping[str, object]) -> Iterator[ValidationError]:
    validator = _Validator(schema, registry=Registry(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    try:
        yield from islice(validator.iter_errors(form), MOST_FINDINGS)
    except (Unresolvable, RecursionError):
        yield ValidationError("the schema leads nowhere", validator="$ref")


def _findings(errors: Iterator[ValidationError], schema: Mapping[str, object]) -> list[Finding]:
    found = {(each.pointer, each.code): each for error in errors for each in findings_of(error, schema)}
    return [found[key] for key in sorted(found)]


def _matches(pattern: str, text: str) -> bool:
    """Whether the pattern is found in the text; one that the engine does not know binds nobody."""
    engine = engine_of(pattern)
    return engine is None or engine.isinstance_python(text)


def _properties(
    validator: Draft202012Validator, properties: Mapping[str, object], instance: object, _schema: object
) -> Iterator[ValidationError]:
    """Say of a value that must not be there where it stands; the library names its parent."""
    members = instance if isinstance(instance, dict) else {}
    for name, schema in properties.items():
        if name in members and schema is False:
            yield ValidationError("not allowed", path=[name])
        elif name in members:
            yield from validator.descend(members[name], schema, path=name, schema_path=name)


def _pattern(
    _validator: object, pattern: str, instance: object, _schema: object
) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not _matches(pattern, instance):
        yield ValidationError("does not match")


def _pattern_properties(
    validator: Draft202012Validator, patterns: Mapping[str, object], instance: object, _schema: object
) -> Iterator[ValidationError]:
    members = instance if isinstance(instance, dict) else {}
    for pattern, schema in patterns.items():
        for name, value in members.items():
            if _matches(pattern, name):
                yield from validator.descend(value, schema, path=name, schema_path=pattern)


def _additional_properties(
    validator: Draft202012Validator,
    additional: object,
    instance: object,
    schema: Mapping[str, Mapping[str, object]],
) -> Iterator[ValidationError]:
    if not isinstance(instance, dict) or additional is True:
        return
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    for name, value in instance.items():
        if name in known or any(_matches(pattern, name) for pattern in patterns):
            continue
        if additional is False:
            yield ValidationError("not known", path=[name])
        else:
            yield from validator.descend(value, additional, path=name)


_Validator: Final = extend(
    Draft202012Validator,
    {
        "properties": _properties,
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
    },
)
