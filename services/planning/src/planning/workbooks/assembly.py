"""Lines put together into the JSON of a tree, each part with the place that it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from planning.plans.edition import branches_of
from planning.plans.tree import ATTACHED, NodeKind, Placed
from planning.workbooks.bringing_back import order_of
from planning.workbooks.cells import Unreadable, parsed, says_the_same
from planning.workbooks.domain import ABOVE, ID, Cell, CellProblem, Line, Place, Sent, problem
from planning.workbooks.headings import parents_of
from planning.workbooks.taking_out import written_node
from shared.canonical import plain

Json = dict[str, object]
Path = tuple[str | int, ...]
ROOTS: Final = {"problems": NodeKind.PROBLEM, **ATTACHED}


@dataclass(slots=True, kw_only=True)
class Assembled:
    """`lines` are the rows by the path of their node in the tree."""

    tree: Json
    lines: dict[Path, Line] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Return the cell that a part of the tree comes from; its pointer where no row is known."""
        for length in range(len(path), 0, -1):
            if line := self.lines.get(path[:length]):
                rest = path[length:]
                return line.place(str(rest[0]) if rest else ID)
        return Place(pointer="".join(f"/{part}" for part in path))


@dataclass(slots=True, kw_only=True)
class Known:
    """What the plan holds now: nodes as they are drafted, kinds of all that may be sent with their ids."""

    nodes: Mapping[UUID, Placed]
    kinds: Mapping[UUID, NodeKind]
    areas: Mapping[str, str]
    language: str


def assemble(sent: Sent, known: Known) -> Assembled:
    """Put the tree together. What is wrong with places is told; values that cannot be read too."""
    problems = list(sent.problems)
    lines = [line for line in sent.lines if not line.is_cleared]
    ids = _ids(lines, known, problems)
    order = {id(line): order_of(line, problems) for line in lines}
    below: dict[int | None, list[Line]] = {}
    for line, parent in _parents(lines, problems):
        below.setdefault(parent, []).append(line)
    for members in below.values():
        members.sort(key=lambda line: order[id(line)])
    whole = Assembled(tree={}, problems=problems)

    def built(line: Line, path: Path) -> Json:
        whole.lines[path] = line
        node = _node(line, ids.get(id(line)), known, problems)
        hanging = below.get(id(line), [])
        for name, kind in branches_of(line.kind).items():
            members = [each for each in hanging if each.kind is kind]
            node[name] = [built(each, (*path, name, place)) for place, each in enumerate(members)]
        return node

    for name, kind in ROOTS.items():
        members = [each for each in below.get(None, []) if each.kind is kind]
        whole.tree[name] = [built(each, (name, place)) for place, each in enumerate(members)]
    return whole


def _ids(lines: list[Line], known: Known, problems: list[CellProblem]) -> dict[int, UUID]:
    """Return the ids of the rows that have one which the plan knows, each once."""
    found: dict[int, UUID] = {}
    seen: dict[UUID, Line] = {}
    for line in lines:
        if not line.id:
            continue
        try:
            node_id = UUID(line.id)
        except ValueError:
            problems.append(problem(line.place(ID), "id-unknown"))
            continue
        if known.kinds.get(node_id) is not line.kind:
            problems.append(problem(line.place(ID), "id-unknown"))
        elif node_id in seen:
            problems.append(problem(line.place(ID), "id-twice", seen[node_id].row))
        else:
            seen[node_id] = line
            found[id(line)] = node_id
    return found


def _parents(lines: list[Line], problems: list[CellProblem]) -> list[tuple[Line, int | None]]:
    """Return each row with the row that it belongs under; one whose place is not clear is left out."""
    called: dict[tuple[NodeKind, str], list[Line]] = {}
    for line in lines:
        called.setdefault((line.kind, line.label), []).append(line)
    placed: list[tuple[Line, int | None]] = []
    for line in lines:
        above = parents_of(line.kind)
        if not above:
            placed.append((line, None))
            continue
        if not line.above:
            problems.append(problem(line.place(ABOVE), "parent-missing"))
            continue
        found = [each for kind in sorted(above) for each in called.get((kind, line.above), ())]
        if len(found) == 1:
            placed.append((line, id(found[0])))
        else:
            code = "parent-ambiguous" if found else "parent-unknown"
            problems.append(problem(line.place(ABOVE), code, line.above))
    return placed


def _node(line: Line, node_id: UUID | None, known: Known, problems: list[CellProblem]) -> Json:
    now = known.nodes.get(node_id) if node_id is not None else None
    said: Mapping[str, Cell] = {}
    if now is not None:
        said = written_node(now, language=known.language, areas=known.areas)
    node: Json = {} if node_id is None else {"id": str(node_id)}
    if now is not None:
        unsent = (name for name in said if name not in line.cells)
        node |= {name: plain(getattr(now.node, name)) for name in unsent}
    for name, cell in line.cells.items():
        if now is not None and (
            says_the_same(cell, said[name]) or _says_in_another_language(line, name, cell, now)
        ):
            node[name] = plain(getattr(now.node, name))
            continue
        try:
            value = parsed(line.kind, name, cell)
        except Unreadable as unreadable:
            problems.append(problem(line.place(name), unreadable.code, unreadable.shown))
            continue
        if value is not None:
            node[name] = value
    return node


def _says_in_another_language(line: Line, name: str, cell: Cell, now: Placed) -> bool:
    """Whether a chosen word is the present one, as the other language has it."""
    try:
        return parsed(line.kind, name, cell) == plain(getattr(now.node, name))
    except Unreadable:
        return False
