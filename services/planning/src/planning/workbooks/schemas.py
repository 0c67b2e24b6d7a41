"""The JSON of checked files: what they would change, what is wrong with them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Self
from uuid import UUID

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from planning.plans.completeness import missing
from planning.plans.difference import as_content
from planning.plans.difference_text import Group, groups_of
from planning.plans.domain import Plan
from planning.plans.part_schemas import NewId
from planning.plans.revision_schemas import DifferenceOut
from planning.plans.tree import SentTree
from planning.plans.tree_schemas import TreeIn
from planning.workbooks.assembly import Assembled, Path
from planning.workbooks.domain import CellProblem, problem
from planning.workbooks.headings import in_order
from planning.workbooks.refusals import WorkbookHasProblems
from planning.workbooks.use_cases import Accepted, Base, changed
from shared.errors import Finding
from shared.http import ApiModel

MOST_TOLD: Final = 200
_MISSING: Final = frozenset({"missing", "string_too_short"})
_OUT_OF_RANGE: Final = frozenset(
    {
        "greater_than_equal",
        "less_than_equal",
        "decimal_max_digits",
        "decimal_max_places",
        "decimal_whole_digits",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A file beside the draft: with problems there is no change."""

    problems: list[CellProblem]
    change: Accepted | None = None
    groups: list[Group] = field(default_factory=list)
    missing: list[Finding] = field(default_factory=list)

    def accepted(self) -> Accepted:
        """Return the change; raises `WorkbookHasProblems`, which names the cells."""
        if self.change is None:
            raise WorkbookHasProblems(
                count=len(self.problems), findings=[each.finding() for each in self.problems[:MOST_TOLD]]
            )
        return self.change


_SIGNS: Final = {
    "ge": "≥ ",
    "le": "≤ ",
    "max_digits": "< 10^",
    "whole_digits": "< 10^",
    "decimal_places": "10^−",
}


class CellProblemOut(ApiModel):
    """`cell` is as spreadsheets name it; JSON has a `pointer` instead."""

    sheet: str
    cell: str
    pointer: str
    code: str
    detail: str


class SentencesOut(ApiModel):
    heading: str
    sentences: tuple[str, ...]


class LackingOut(ApiModel):
    pointer: str
    code: str
    detail: str


class CheckOut(ApiModel):
    """What a file would change in the draft (or did, when it was taken over).

    `missing` is what would still stand in the way of an approval.

    `difference` is null while there are problems, of which the first 200 are told; `file_digest`
    confirms this very file later.
    """

    plan_id: UUID
    revision: int
    version: int
    file_digest: str
    unchanged: bool
    problem_count: int
    problems: tuple[CellProblemOut, ...]
    difference: DifferenceOut | None
    sentences: tuple[SentencesOut, ...]
    missing: tuple[LackingOut, ...]

    @classmethod
    def of(cls, judged: Judged, plan: Plan, *, file_digest: str, language: str) -> Self:
        difference = None
        if judged.change is not None:
            told = {"plan_id": str(plan.id), "from": plan.revision, "to": "draft"}
            difference = DifferenceOut.model_validate(as_content(judged.change.difference, **told))
        return cls(
            plan_id=plan.id,
            revision=plan.working.revision,
            version=plan.version,
            file_digest=file_digest,
            unchanged=judged.change is not None and judged.change.difference.is_empty,
            problem_count=len(judged.problems),
            problems=tuple(_problem(each, language) for each in judged.problems[:MOST_TOLD]),
            difference=difference,
            sentences=tuple(
                SentencesOut(heading=group.heading, sentences=group.sentences) for group in judged.groups
            ),
            missing=tuple(
                LackingOut(pointer=f.pointer, code=f.code, detail=f.cs if language == "cs" else f.en)
                for f in judged.missing[:MOST_TOLD]
            ),
        )


def _problem(each: CellProblem, language: str) -> CellProblemOut:
    place = each.place
    return CellProblemOut(
        sheet=place.sheet,
        cell=place.cell,
        pointer=place.pointer,
        code=each.code,
        detail=each.cs if language == "cs" else each.en,
    )


def judge(base: Base, whole: Assembled, *, new_id: NewId, language: str) -> Judged:
    """Validate the tree as the API would, and compare it with the draft."""
    try:
        tree = TreeIn.model_validate_json(json.dumps(whole.tree))
    except ValidationError as error:
        found = error.errors(include_url=False)
        return Judged(problems=in_order([*whole.problems, *_told(found, whole)]))
    sent, named = tree.content(new_id), tree.named_ids()
    problems = [*whole.problems, *_strangers(sent, named, base, whole)]
    if problems:
        return Judged(problems=in_order(problems))
    change = changed(base, sent, named)
    groups = groups_of(change.difference, base.edition, change.edition, language=language, names={})
    edition = change.edition
    lacking = missing(
        base.plan.kind,
        edition.problems,
        valid_from=edition.valid_from,
        valid_until=edition.valid_until,
        attached=edition.attached,
    )
    return Judged(problems=[], change=change, groups=groups, missing=lacking)


def _strangers(sent: SentTree, named: frozenset[UUID], base: Base, whole: Assembled) -> Iterator[CellProblem]:
    """Tell of ids that the plan does not know, and of ids that stand twice."""
    paths = dict(_paths(whole.tree, ()))
    seen: set[UUID] = set()
    for placed in sent.walk():
        node_id = placed.node.id
        if node_id in seen or (node_id in named and base.kinds.get(node_id) is not placed.kind):
            code = "id-twice" if node_id in seen else "id-unknown"
            yield problem(whole.place((*paths.get(str(node_id), ()), "id")), code, node_id)
        seen.add(node_id)


def _paths(value: object, path: Path) -> Iterator[tuple[str, Path]]:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"].lower(), path
        for name, each in value.items():
            yield from _paths(each, (*path, name))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _paths(each, (*path, place))


def _told(errors: list[ErrorDetails], whole: Assembled) -> Iterator[CellProblem]:
    taken = {(each.place.sheet, each.place.cell) for each in whole.problems if each.place.row}
    for error in errors:
        path = error["loc"]
        if error["type"] == "registration_number":
            path = (*path, "registration_number")
        place = whole.place(path)
        if place.row and (place.sheet, place.cell) in taken:
            continue
        yield problem(place, *_code(error))


def _code(error: ErrorDetails) -> tuple[str, object]:
    kind = error["type"]
    facts: Mapping[str, object] = error.get("ctx", {})
    if kind in _MISSING:
        return "value-missing", ""
    if kind == "string_too_long":
        return "value-too-long", facts.get("max_length", "")
    if kind == "too_long":
        return "too-many-rows", facts.get("max_length", "")
    if kind in _OUT_OF_RANGE:
        return "value-out-of-range", _limit(facts)
    if kind == "value_error":
        return "text-not-storable", ""
    return "value-malformed", error["input"] if isinstance(error["input"], str) else kind


def _limit(facts: Mapping[str, object]) -> str:
    return ", ".join(f"{_SIGNS.get(name, '')}{value}" for name, value in facts.items())
