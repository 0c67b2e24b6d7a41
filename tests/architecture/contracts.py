"""Contracts of imports that follow from the kinds of modules, so that nobody has to list modules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.application import contract_utils

from tests.architecture.guards.sources import RULES, SERVICES, SLICE_FILES, kind_of

MAY_IMPORT: Final[Mapping[str, frozenset[str]]] = {
    "routes": frozenset({"schemas", "use_cases", "repository", RULES}),
    "reactions": frozenset({"use_cases", "repository", RULES}),
    "schemas": frozenset({"schemas", "use_cases", "repository", RULES}),
    "use_cases": frozenset({"use_cases", "repository", RULES}),
    "repository": frozenset({"repository", "tables", RULES}),
    "tables": frozenset({"tables", RULES}),
    RULES: frozenset({RULES}),
}
"""By kind, the kinds that a module may import, of its own slice or of a neighbour's."""
BESIDE: Final = frozenset({"use_cases", "repository", RULES})
"""What stands beside the slices may import these; `app.py` all."""


class Module(NamedTuple):
    name: str
    slice: str
    kind: str


@dataclass(frozen=True)
class Slices:
    """The modules of all slices of all services, as the graph of imports knows them."""

    graph: ImportGraph

    @cached_property
    def modules(self) -> dict[str, Module]:
        inside = [name for service in SERVICES for name in self.graph.find_descendants(service)]
        files = [name for name in inside if name.count(".") == 2 and ".migrations." not in name]
        slices = {name.rpartition(".")[0] for name in files if name.rpartition(".")[2] in SLICE_FILES}
        parts = ((name, *name.rpartition(".")[::2]) for name in files)
        return {name: Module(name, folder, kind_of(stem)) for name, folder, stem in parts if folder in slices}

    def reached(self, module: str) -> Iterator[Module]:
        """Give the modules of slices that a module imports, even through others."""
        upstream = self.graph.find_upstream_modules(module)
        return (self.modules[name] for name in sorted(upstream) if name in self.modules)

    def imported(self, module: str) -> Iterator[Module]:
        direct = self.graph.find_modules_directly_imported_by(module)
        return (self.modules[name] for name in sorted(direct) if name in self.modules)


class Listing(Contract):
    """A contract whose breaches are sentences."""

    def breaches(self, slices: Slices) -> Iterator[str]:
        raise NotImplementedError

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001
        found = list(self.breaches(Slices(graph)))
        return ContractCheck(kept=not found, metadata={"breaches": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for breach in check.metadata["breaches"]:
            output.print_error(breach)


class Kinds(Listing):
    """Who may import whom follows from the kind of a module; nothing higher is reached on a way around."""

    type_name = "kinds"
    ignore_imports = fields.SetField(subfield=fields.ImportExpressionField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001
        contract_utils.remove_ignored_imports_and_report(
            graph=graph,
            ignore_imports=self.ignore_imports,  # type: ignore[arg-type] # as the library's own contracts do
            unmatched_alerting=contract_utils.AlertLevel.ERROR,
        )
        return super().check(graph, verbose)

    def breaches(self, slices: Slices) -> Iterator[str]:
        for module in slices.modules.values():
            for other in slices.imported(module.name):
                if not _may_import(module, other):
                    yield f"{module.name} -> {other.name}"
            for other in slices.reached(module.name):
                if other.kind not in _REACHED[module.kind]:
                    yield f"{module.name} reaches {other.name}"
        for name in _beside(slices):
            for other in slices.imported(name):
                if other.kind not in BESIDE:
                    yield f"{name} -> {other.name}"


class Purity(Listing):
    """Rules reach no database, HTTP or broker, not even through another module."""

    type_name = "purity"
    also = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    forbidden_modules = fields.ListField(subfield=fields.StringField())

    def breaches(self, slices: Slices) -> Iterator[str]:
        forbidden: Sequence[str] = self.forbidden_modules  # type: ignore[assignment]
        rules = [module.name for module in slices.modules.values() if module.kind == RULES]
        for name in [*rules, *self.also]:  # type: ignore[misc]
            for other in sorted(slices.graph.find_upstream_modules(name)):
                if any(other == each or other.startswith(f"{each}.") for each in forbidden):
                    yield f"{name} reaches {other}"


def _may_import(module: Module, other: Module) -> bool:
    """Routes may share what a slice is asked for alike, no further."""
    if module.kind == other.kind == "routes":
        return module.slice == other.slice
    return other.kind in MAY_IMPORT[module.kind]


def _beside(slices: Slices) -> Iterator[str]:
    for service in SERVICES:
        for name in sorted(slices.graph.find_descendants(service) - slices.modules.keys()):
            if name != f"{service}.app" and ".migrations" not in name:
                yield name


def _all_reached() -> dict[str, frozenset[str]]:
    reached = {kind: kinds | {kind} for kind, kinds in MAY_IMPORT.items()}
    for _ in MAY_IMPORT:
        reached = {kind: kinds.union(*(reached[other] for other in kinds)) for kind, kinds in reached.items()}
    return reached


_REACHED: Final = _all_reached()
