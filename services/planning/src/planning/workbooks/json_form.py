"""A plan's content as JSON, and JSON that people send, read without harm."""

import json
from collections.abc import Mapping
from typing import Final

from planning.plans.edition import Edition, content_of
from planning.workbooks.assembly import ROOTS, Assembled
from planning.workbooks.bringing_back import origin
from planning.workbooks.domain import FORM, About
from planning.workbooks.refusals import ContentMalformed, WorkbookWithoutOrigin
from shared.canonical import canonical_json

DEEPEST: Final = 12


def json_of(edition: Edition, about: About) -> bytes:
    """Return canonical JSON: where it was taken from, and the tree."""
    told = {"plan_id": about.plan_id, "revision": about.revision, "version": about.version}
    return canonical_json({"schema": FORM, **told, **content_of(edition)})


def sent_json(content: bytes) -> tuple[About, Assembled]:
    """Read the JSON of a plan's content; raises `ContentMalformed`, `WorkbookWithoutOrigin`."""
    whole = parsed_json(content)
    if whole.get("schema") != FORM:
        raise ContentMalformed(reason=f"schema ≠ {FORM}")
    about = origin(*(str(whole.get(key, "")) for key in ("plan_id", "revision", "version")))
    if about is None:
        raise WorkbookWithoutOrigin
    tree = {name: without_numbers(value, DEEPEST) for name, value in whole.items() if name in ROOTS}
    return about, Assembled(tree={"problems": [], **tree})


def parsed_json(content: bytes) -> Mapping[str, object]:
    """Parse an object; numbers with a point stay as they are written. Raises `ContentMalformed`."""
    try:
        whole = json.loads(content.decode("utf-8-sig"), parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise ContentMalformed(reason=f"JSON, {str(error)[:100]}") from error
    if not isinstance(whole, dict):
        raise ContentMalformed(reason="JSON ≠ {}")
    return whole


def without_numbers(value: object, depth: int) -> object:
    """Leave out the numbers of nodes: they follow from the order."""
    if depth == 0:
        raise ContentMalformed(reason=f"JSON > {DEEPEST}")
    if isinstance(value, list):
        return [without_numbers(each, depth - 1) for each in value]
    if isinstance(value, dict):
        return {name: without_numbers(each, depth - 1) for name, each in value.items() if name != "number"}
    return value
