"""Where code may stand: flat slices that say what they are, the sizes of files, what a name tells."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.architecture.guards.sources import SERVICES, package, slice_modules, sources

LARGEST: Final = 250
LARGEST_MIGRATION: Final = 300
LARGEST_TEST: Final = 400
"""A table of cases may be long; more is split by what it is about."""
VAGUE: Final = re.compile(r"(^|_)(utils?|helpers?|common|manager|misc|base|service|lib)(_|$)")


def folders_in_slices(root: Path) -> Iterator[str]:
    """A slice holds files alone."""
    return (f"{each.name}: a slice has no folders" for each in slice_modules(root) if "/" in each.slice)


def slices_that_explain_nothing(root: Path) -> Iterator[str]:
    """Every slice is a package whose docstring says what it is."""
    for service in SERVICES:
        for folder in sorted(package(root, service).iterdir()):
            if not any(folder.glob("*.py")) or folder.name == "migrations":
                continue
            init = folder / "__init__.py"
            if not init.exists() or ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))) is None:
                yield f"{service}/{folder.name}: no docstring that says what the slice is"


def long_files(root: Path) -> Iterator[str]:
    for folder in ("shared", "services", "deploy", "tests"):
        for path in sorted((root / folder).rglob("*.py")):
            place = path.relative_to(root)
            if any(part.startswith(".") for part in place.parts):
                continue
            most = LARGEST_MIGRATION if "migrations" in place.parts else LARGEST
            most = LARGEST_TEST if folder == "tests" else most
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > most:
                yield f"{place}: {lines} lines, at most {most}"


def vague_names(root: Path) -> Iterator[str]:
    """A module is named after what it is about."""
    for source in sources(root):
        if VAGUE.search(source.module):
            yield f"{source.name}: the name says nothing"


def second_init_files_of_tests(root: Path) -> Iterator[str]:
    """One `tests/__init__.py` only: with a second one pytest would import modules under two names."""
    for path in sorted((root / "tests").rglob("__init__.py")):
        if path.parent != root / "tests":
            yield str(path.relative_to(root))
