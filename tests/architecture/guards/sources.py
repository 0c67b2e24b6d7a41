"""The Python files of a checkout, read once for all guards: which service, slice and kind each is of."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]
SERVICES: Final = ("registry", "planning", "evaluation", "documents")


@dataclass(frozen=True)
class Source:
    """One module of a service; `slice` is empty for what stands beside the slices."""

    path: Path
    service: str
    slice: str

    @property
    def kind(self) -> str:
        return self.path.stem

    @property
    def name(self) -> str:
        """The place as a guard reports it."""
        return "/".join(part for part in (self.service, self.slice, self.path.name) if part)

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


def package(root: Path, service: str) -> Path:
    return root / "services" / service / "src" / service


def sources(root: Path) -> Iterator[Source]:
    """Give every module of every service but the migrations."""
    for service in SERVICES:
        folder = package(root, service)
        for path in sorted(folder.rglob("*.py")):
            inside = path.relative_to(folder).parts
            if inside[0] != "migrations":
                yield Source(path, service, "/".join(inside[:-1]))


def slice_modules(root: Path) -> Iterator[Source]:
    """Give every module of every slice, without the `__init__.py`."""
    return (source for source in sources(root) if source.slice and source.kind != "__init__")
