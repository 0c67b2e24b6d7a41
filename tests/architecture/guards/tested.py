"""What a test may not do: wait by the clock, replace our own code, skip, or prove nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

FOLDERS: Final = ("unit", "integration", "architecture", "contracts")
PROVES: Final = ("assert", "raises", "expect", "eventually", "send", "check")
NAMED: Final = 4
"""A name is a sentence: at least `test`, a subject, a verb and an object."""


def tests_of(root: Path) -> Iterator[tuple[str, ast.Module]]:
    for folder in FOLDERS:
        for path in sorted((root / "tests" / folder).rglob("test_*.py")):
            yield str(path.relative_to(root)), ast.parse(path.read_text(encoding="utf-8"))


def sleeping_tests(root: Path) -> Iterator[str]:
    """Wait for what shall happen, by `eventually`."""
    for place, tree in tests_of(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) == "sleep":
                yield f"{place}:{node.lineno}: sleep"


def mocking_tests(root: Path) -> Iterator[str]:
    """Our own code is never replaced by a mock."""
    for place, tree in tests_of(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom | ast.Import):
                modules = {getattr(node, "module", None), *(alias.name for alias in node.names)}
                if modules & {"unittest.mock", "unittest", "mock", "pytest_mock"}:
                    yield f"{place}:{node.lineno}: a mock"


def proving_nothing(root: Path) -> Iterator[str]:
    """A test asserts something, and never a constant."""
    for place, tree in tests_of(root):
        for test in _functions(tree):
            asserts = [node for node in ast.walk(test) if isinstance(node, ast.Assert)]
            calls = {_name(node.func) for node in ast.walk(test) if isinstance(node, ast.Call)}
            if not asserts and not any(name.startswith(PROVES) for name in calls):
                yield f"{place}: {test.name} asserts nothing"
            if any(isinstance(node.test, ast.Constant) for node in asserts):
                yield f"{place}: {test.name} asserts a constant"


def names_that_say_nothing(root: Path) -> Iterator[str]:
    for place, tree in tests_of(root):
        for test in _functions(tree):
            if len(test.name.split("_")) < NAMED and not _made_by_a_tool(test):
                yield f"{place}: {test.name} is no sentence"


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node


def _made_by_a_tool(test: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Schemathesis names its tests after the operation: ours is only the service."""
    return any(ast.unparse(decorator).startswith("API[") for decorator in test.decorator_list)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
