"""The Python files of a checkout, read once for all guards: which service, slice and kind each is of."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]
SERVICES: Final = ("registry", "planning", "evaluation", "documents")
WHOLE_KINDS: Final = frozenset({"tables", "reactions"})
SPLIT_KINDS: Final = frozenset({"routes", "schemas", "use_cases", "repository"})
"""What outgrows one file is split by noun: `list_repository` is a repository."""
SLICE_FILES: Final = WHOLE_KINDS | SPLIT_KINDS | {"domain"}
RULES: Final = "rules"
"""The kind of `domain` and of every other module of a slice: pure."""


def kind_of(module: str) -> str:
    """Return the kind of a module of a slice: the last word of its name, or else `RULES`."""
    if module in WHOLE_KINDS:
        return module
    return next((kind for kind in SPLIT_KINDS if f"_{module}".endswith(f"_{kind}")), RULES)


@dataclass(frozen=True)
class Source:
    """One module of a service; `slice` is empty for what stands beside the slices, in a folder or not."""

    path: Path
    service: str
    slice: str

    @property
    def module(self) -> str:
        return self.path.stem

    @property
    def kind(self) -> str:
        return kind_of(self.module)

    @property
    def name(self) -> str:
        """The place as a guard reports it."""
        parts = self.path.parts
        return "/".join(parts[len(parts) - parts[::-1].index(self.service) - 1 :])

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


def package(root: Path, service: str) -> Path:
    return root / "services" / service / "src" / service


def sources(root: Path) -> Iterator[Source]:
    """Give every module of every service but the migrations; a folder with a file of a slice is one."""
    for service in SERVICES:
        folder = package(root, service)
        for path in sorted(folder.rglob("*.py")):
            inside = path.relative_to(folder).parts
            if inside[0] != "migrations":
                is_slice = any((folder / inside[0] / f"{file}.py").exists() for file in SLICE_FILES)
                yield Source(path, service, "/".join(inside[:-1]) if is_slice else "")


def slice_modules(root: Path) -> Iterator[Source]:
    """Give every module of every slice, without the `__init__.py`."""
    return (source for source in sources(root) if source.slice and source.module != "__init__")
