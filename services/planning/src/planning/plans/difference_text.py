"""The difference of two editions as sentences that a council can read, grouped by problem."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from planning.plans.difference import Added, Change, Changed, Cost, Difference, Moved, Removed
from planning.plans.difference_teller import COUNTED, NBSP, Teller
from planning.plans.difference_words import CODES, FIELDS, KINDS, KINDS_OF_MANY, UNDER, Word
from planning.plans.edition import Edition, placed_nodes, title_of
from planning.plans.tree import NodeKind, Placed

LONGEST_QUOTED: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Sentences on one problem, or on the plan as a whole."""

    heading: str
    sentences: tuple[str, ...]


def groups_of(
    change: Difference, before: Edition, after: Edition, *, language: str, names: Mapping[UUID, str]
) -> list[Group]:
    """Return the sentences: the plan itself, each problem in its order, those that are gone, the sums."""
    teller = Teller(language=language, old=placed_nodes(before), new=placed_nodes(after), names=names)
    whole = teller.say("Plán jako celek", "The plan as a whole")
    found: dict[str, list[str]] = {whole: [_sentence(_changed_field(teller, each)) for each in change.head]}
    for problem in after.problems:
        found[_heading(teller, teller.new[problem.id])] = []
    for root, sentence in _told(teller, change):
        heading = _heading(teller, root) if root.kind is NodeKind.PROBLEM else whole
        found.setdefault(heading, []).append(_sentence(sentence))
    found[teller.say("Součty", "Sums")] = [_sentence(each) for each in _sums(teller, change)]
    return [
        Group(heading=heading, sentences=tuple(sentences))
        for heading, sentences in found.items()
        if sentences
    ]


def text_of(groups: Iterable[Group], *, title: str, nothing: str) -> str:
    """Return plain text: a heading, then a line for each sentence."""
    blocks = [
        "\n".join((group.heading, *(f"– {sentence}" for sentence in group.sentences))) for group in groups
    ]
    return "\n\n".join((title, *(blocks or [nothing]))) + "\n"


def _told(teller: Teller, change: Difference) -> Iterator[tuple[Placed, str]]:
    """Yield each sentence with the problem (or the attached node) that it belongs under."""
    added = {each.id for each in change.added}
    removed = {each.id for each in change.removed}
    for each in change.added:
        if each.parent_id not in added:
            yield _root(teller.new, each.id), _added(teller, each, change.added)
    for gone in change.removed:
        if gone.parent_id not in removed:
            root = _root(teller.old, gone.id)
            yield teller.new.get(root.node.id, root), _removed(teller, gone, change.removed)
    for moved in change.moved:
        yield _root(teller.new, moved.id), _moved(teller, moved)
    for changed in change.changed:
        yield _root(teller.new, changed.id), _changed(teller, changed)


def _root(nodes: Mapping[UUID, Placed], node_id: UUID) -> Placed:
    placed = nodes[node_id]
    while placed.parent_id is not None:
        placed = nodes[placed.parent_id]
    return placed


def _heading(teller: Teller, problem: Placed) -> str:
    return _capital(teller.node(NodeKind.PROBLEM, problem.number, title_of(problem.node)))


def _added(teller: Teller, each: Added, added: Iterable[Added]) -> str:
    called = teller.node(each.kind, each.number, each.title)
    with_it = _with_it(teller, each.id, added)
    return teller.say(
        "přidává se {called}{with_it}", "added: {called}{with_it}", called=called, with_it=with_it
    )


def _removed(teller: Teller, each: Removed, removed: Iterable[Removed]) -> str:
    called = teller.node(each.kind, each.number, each.title)
    with_it = _with_it(teller, each.id, removed)
    return teller.say(
        "vypouští se {called}{with_it}", "removed: {called}{with_it}", called=called, with_it=with_it
    )


def _with_it(teller: Teller, node_id: UUID, others: Iterable[Added | Removed]) -> str:
    """Return “ (opatření: 2, indikátory: 3)” for what comes or goes with a node."""
    inside = {node_id}
    counts: dict[NodeKind, int] = {}
    for each in others:
        if each.parent_id in inside:
            inside.add(each.id)
            counts[each.kind] = counts.get(each.kind, 0) + 1
    parts = [f"{KINDS_OF_MANY[kind].text(teller.language)}: {count}" for kind, count in counts.items()]
    return f" ({', '.join(parts)})" if parts else ""


def _moved(teller: Teller, each: Moved) -> str:
    called = teller.node(each.kind, each.number, each.title)
    if each.parent_id == each.parent_before or each.parent_id is None:
        return teller.say(
            "{called} (dosud {old}) mění pořadí", "{called} (so far {old}) changes its place",
            called=called, old=each.number_before,
        )  # fmt: skip
    above = teller.new[each.parent_id]
    title = teller.quoted(title_of(above.node))
    return teller.say(
        "{called} (dosud {old}) se přesouvá pod {cs}{nbsp}{number} {title}",
        "{called} (so far {old}) moves under {en}{nbsp}{number} {title}",
        called=called, old=each.number_before, nbsp=NBSP, number=above.number, title=title,
        cs=UNDER.get(above.kind, str(above.kind)), en=KINDS[above.kind].en,
    )  # fmt: skip


def _changed(teller: Teller, each: Changed) -> str:
    changes = "; ".join(_changed_field(teller, change) for change in each.changes)
    return f"{teller.node(each.kind, each.number, each.title)}: {changes}"


def _changed_field(teller: Teller, change: Change) -> str:
    word = FIELDS.get(change.field) or Word(cs=change.field, en=change.field)
    label = word.text(teller.language)
    old, new = (teller.value(change.field, value) for value in (change.before, change.after))
    if _is_empty(change.before):
        shown = f": {new}" if len(new) <= LONGEST_QUOTED else ""
        verb = "doplňují" if word.plural else "doplňuje"
        cs, en = "{label} se {verb}{shown}", "{label} is filled in{shown}"
        return teller.say(cs, en, label=label, verb=verb, shown=shown)
    if _is_empty(change.after):
        shown = f" ({teller.say('dosud', 'so far')} {old})" if len(old) <= LONGEST_QUOTED else ""
        return teller.say(
            "{label} se vypouští{shown}", "{label} is left out{shown}", label=label, shown=shown
        )
    if max(len(old), len(new)) > LONGEST_QUOTED:
        return teller.say("{label} se mění", "{label} changes", label=label)
    if change.field in COUNTED and change.before != change.after:
        return _rises(teller, change, old, new)
    cs, en = "{label} se mění z{nbsp}{old} na {new}", "{label} changes from {old} to {new}"
    return teller.say(cs, en, label=label, nbsp=NBSP, old=old, new=new)


def _rises(teller: Teller, change: Change, old: str, new: str) -> str:
    word = FIELDS[change.field]
    rises = change.after > change.before  # type: ignore[operator]
    verb = ("zvyšuj" if rises else "snižuj") + ("í" if word.plural else "e")
    return teller.say(
        "{label} se {verb} z{nbsp}{old} na {new}", "{label} {en} from {old} to {new}",
        label=word.text(teller.language), verb=verb, en="rises" if rises else "falls",
        nbsp=NBSP, old=old, new=new,
    )  # fmt: skip


def _sums(teller: Teller, change: Difference) -> Iterator[str]:
    if change.total.delta:
        yield _sum(teller, teller.say("náklady opatření celkem", "the cost of all measures"), change.total)
    for cost in change.costs:
        name = cost.funding_source or teller.say("bez uvedeného zdroje", "no source given")
        yield _sum(teller, teller.say("z toho {name}", "of it {name}", name=name), cost)
    for cost in change.budget:
        code = CODES.get(cost.funding_source or "", Word(cs="jiné", en="other")).text(teller.language)
        yield _sum(teller, teller.say("rozpočet, {name}", "the budget, {name}", name=code), cost)


def _sum(teller: Teller, label: str, cost: Cost) -> str:
    sign = "+" if cost.delta > 0 else "\N{MINUS SIGN}"
    return teller.say(
        "{label}: z{nbsp}{old} na {new} ({sign}{delta})", "{label}: from {old} to {new} ({sign}{delta})",
        label=label, nbsp=NBSP, old=teller.money(cost.before), new=teller.money(cost.after),
        sign=sign, delta=teller.money(cost.delta),
    )  # fmt: skip


def _is_empty(value: object) -> bool:
    return value in (None, "", ())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    return f"{_capital(text)}."
