"""Formulas over codes of indicators: sums, differences, products and quotients in decimals, nothing else."""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Final

from evaluation.definitions.refusals import FormulaUnreadable

LONGEST: Final = 300
DEEPEST: Final = 20
PLACES: Final = Decimal("0.000001")
LARGEST: Final = Decimal(10) ** 14
_NUMBER: Final = re.compile(r"\d{1,12}(\.\d{1,6})?", re.ASCII)
_SIGNS: Final = re.compile(r"[A-Z0-9_+*/(). -]+", re.ASCII)
_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]*", re.ASCII)
_OPERATIONS: Final[dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class FormulaHasNoValue(Exception):  # noqa: N818 - the fact that stopped us
    """A division by zero, or a result beyond what a value can be."""


def codes_in(formula: str) -> frozenset[str]:
    """Return the codes that the formula counts with; raises FormulaUnreadable (422)."""
    tree = _parsed(formula)
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


def value_of(formula: str, values: Mapping[str, Decimal]) -> Decimal:
    """Return the value, rounded to six places; `values` has every code of the formula.

    Raises FormulaHasNoValue.
    """
    try:
        found = _value(_parsed(formula), formula, values).quantize(PLACES)
    except (DivisionByZero, InvalidOperation, Overflow) as error:
        raise FormulaHasNoValue from error
    if abs(found) >= LARGEST:
        raise FormulaHasNoValue
    return Decimal(format(found.normalize(), "f"))


def _parsed(formula: str) -> ast.expr:
    if len(formula) > LONGEST or not _SIGNS.fullmatch(formula):
        raise FormulaUnreadable(part=formula[:40], pointer="/formula")
    try:
        tree = ast.parse(formula.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaUnreadable(part=formula[:40], pointer="/formula") from error
    _expect_known(tree, formula.strip(), depth=0)
    return tree


def _expect_known(node: ast.expr, formula: str, *, depth: int) -> None:
    written = ast.get_source_segment(formula, node) or ""
    match node:
        case _ if depth > DEEPEST:
            pass
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
            _expect_known(left, formula, depth=depth + 1)
            _expect_known(right, formula, depth=depth + 1)
            return
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            _expect_known(operand, formula, depth=depth + 1)
            return
        case ast.Constant() if _NUMBER.fullmatch(written):
            return
        case ast.Name(id=code) if code == written and _CODE.fullmatch(code):
            return
    raise FormulaUnreadable(part=written[:40], pointer="/formula")


def _value(node: ast.expr, formula: str, values: Mapping[str, Decimal]) -> Decimal:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            one, other = _value(left, formula, values), _value(right, formula, values)
            return _OPERATIONS[type(op)](one, other)
        case ast.UnaryOp(operand=operand):
            return -_value(operand, formula, values)
        case ast.Name(id=code):
            return values[code]
        case _:
            return Decimal(ast.get_source_segment(formula.strip(), node) or "")
