"""What a form says when a keyword of JSON Schema is not met, in Czech and in English."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from jsonschema.exceptions import ValidationError

from shared.errors import Finding

_SENTENCES: Final[Mapping[str, tuple[str, str, str]]] = {
    "type": ("type", "Sem patří jiný druh údaje: {value}.", "Another type of value belongs here: {value}."),
    "enum": ("enum", "Vyberte jednu z možností: {value}.", "Choose one of: {value}."),
    "const": ("const", "Zde může být jen: {value}.", "Only this can stand here: {value}."),
    "minLength": (
        "min-length",
        "Text je kratší, než má být. Nejmenší počet znaků: {value}.",
        "The text is shorter than it should be. Characters at least: {value}.",
    ),
    "maxLength": (
        "max-length",
        "Text je delší, než může být. Největší počet znaků: {value}.",
        "The text is longer than it may be. Characters at most: {value}.",
    ),
    "pattern": ("pattern", "Text nemá požadovaný tvar.", "The text does not have the form asked for."),
    "format": ("format", "Text nemá tvar: {value}.", "The text is not of the form: {value}."),
    "minimum": ("minimum", "Nejnižší možná hodnota: {value}.", "Lowest value possible: {value}."),
    "maximum": ("maximum", "Nejvyšší možná hodnota: {value}.", "Highest value possible: {value}."),
    "exclusiveMinimum": (
        "exclusive-minimum",
        "Hodnota musí být vyšší než {value}.",
        "The value must be above {value}.",
    ),
    "exclusiveMaximum": (
        "exclusive-maximum",
        "Hodnota musí být nižší než {value}.",
        "The value must be below {value}.",
    ),
    "multipleOf": (
        "multiple-of",
        "Hodnota musí být násobkem čísla {value}.",
        "The value must be a multiple of {value}.",
    ),
    "minItems": ("min-items", "Nejmenší počet položek: {value}.", "Items at least: {value}."),
    "maxItems": ("max-items", "Největší počet položek: {value}.", "Items at most: {value}."),
    "uniqueItems": ("unique-items", "Položky se nesmějí opakovat.", "Items must not repeat."),
    "contains": (
        "contains",
        "Mezi položkami není dost těch, které výzva žádá.",
        "Among the items there are not enough of those that the call asks for.",
    ),
    "minProperties": (
        "min-properties",
        "Nejmenší počet vyplněných údajů: {value}.",
        "Values filled in at least: {value}.",
    ),
    "maxProperties": (
        "max-properties",
        "Největší počet vyplněných údajů: {value}.",
        "Values filled in at most: {value}.",
    ),
    "anyOf": (
        "any-of",
        "Údaj neodpovídá žádné z přípustných možností.",
        "The value fits none of the possibilities allowed.",
    ),
    "oneOf": (
        "one-of",
        "Údaj musí odpovídat právě jedné z přípustných možností.",
        "The value must fit exactly one of the possibilities allowed.",
    ),
    "not": ("not", "Tato hodnota není přípustná.", "This value is not allowed."),
    "$ref": (
        "form-of-the-call-broken",
        "Formulář výzvy odkazuje sám na sebe, nebo na část, která v něm není. Obraťte se na Agenturu.",
        "The form of the call refers to itself, or to a part that it does not have. Ask the Agency.",
    ),
}
_UNKNOWN: Final = (
    "additional-properties",
    "Formulář takový údaj nezná.",
    "The form knows no such value.",
)
_OTHERWISE: Final = ("not-allowed", "Tento údaj zde nemá být.", "This value does not belong here.")
_UNKNOWN_BY: Final = frozenset(
    {"additionalProperties", "unevaluatedProperties", "unevaluatedItems", "propertyNames"}
)
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "string": ("text", "text"),
    "integer": ("celé číslo", "whole number"),
    "number": ("číslo", "number"),
    "boolean": ("ano, nebo ne", "yes or no"),
    "array": ("seznam", "list"),
    "object": ("skupina údajů", "group of values"),
    "null": ("prázdná hodnota", "nothing"),
    "date": ("den jako RRRR-MM-DD", "a day as YYYY-MM-DD"),
    "date-time": ("okamžik podle ISO 8601", "an instant of ISO 8601"),
    "time": ("čas podle ISO 8601", "a time of ISO 8601"),
    "email": ("e-mailová adresa", "e-mail address"),
    "idn-email": ("e-mailová adresa", "e-mail address"),
    "uri": ("webová adresa", "web address"),
    "iri": ("webová adresa", "web address"),
}


def findings_of(error: ValidationError, form: Mapping[str, object]) -> Iterator[Finding]:
    """Give the findings of one error: a sentence each, where the missing or the wrong value stands.

    `form` is the whole schema: it knows titles that a condition does not repeat.
    """
    place = "/form" + "".join(f"/{_step(step)}" for step in error.absolute_path)
    keyword = str(error.validator)
    titles = {**_titles(_part(form, error.absolute_path)), **_titles(error.schema)}
    if keyword == "required":
        yield from _missing(error, error.validator_value, place, titles)
    elif keyword == "dependentRequired":
        for given, needed in error.validator_value.items():
            if given in error.instance:
                yield from _missing(error, needed, place, titles)
    else:
        code, cs, en = _UNKNOWN if keyword in _UNKNOWN_BY else _SENTENCES.get(keyword, _OTHERWISE)
        value = error.validator_value
        yield Finding(
            pointer=place, code=code, cs=cs.format(value=_said(value, 0)), en=en.format(value=_said(value, 1))
        )


def _missing(
    error: ValidationError, needed: list[str], place: str, titles: Mapping[str, str]
) -> Iterator[Finding]:
    for name in needed:
        if name not in error.instance:
            title = titles.get(name, name)
            yield Finding(
                pointer=f"{place}/{_step(name)}",
                code="required",
                cs=f"Chybí povinný údaj „{title}“.",
                en=f"“{title}” is required and missing.",
            )


def _part(form: object, path: Iterable[str | int]) -> object:
    """Return the part of the schema for a place, by properties and items alone; None where it hides."""
    part: object = form
    for step in path:
        inner = (
            part.get("items" if isinstance(step, int) else "properties") if isinstance(part, dict) else None
        )
        part = inner.get(step) if isinstance(inner, dict) and isinstance(step, str) else inner
    return part


def _titles(part: object) -> dict[str, str]:
    properties = part.get("properties") if isinstance(part, dict) else None
    known = properties.items() if isinstance(properties, dict) else ()
    return {name: str(each["title"]) for name, each in known if isinstance(each, dict) and "title" in each}


def _said(value: object, column: int) -> str:
    if isinstance(value, list):
        return ", ".join(_said(each, column) for each in value)
    if isinstance(value, bool):
        return (("ne", "no"), ("ano", "yes"))[value][column]
    return _WORDS.get(str(value), (str(value), str(value)))[column]


def _step(step: object) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")
