"""Write the catalogue of indicators: new ones, and new editions of those that are there."""

from collections.abc import Sequence
from datetime import date

from evaluation.definitions import domain, repository
from evaluation.definitions.bridging import Bridge
from evaluation.definitions.domain import Content, Definition
from evaluation.definitions.formula import codes_in
from evaluation.definitions.refusals import DefinitionCodeTaken, DefinitionUnknown, FormulaNamesUnknown
from shared.errors import expect_version
from shared.transaction import Transaction


async def define_indicator(
    tx: Transaction, code: str, content: Content, *, valid_from: date, reason: str
) -> Definition:
    """Put a new indicator in; raises DefinitionCodeTaken, also where two define a code at once."""
    definition = domain.define(code, content, valid_from=valid_from, reason=reason)
    await _expect_known(tx, content)
    added = await repository.add_missing(tx.session, [definition], actor=tx.actor, now=tx.now)
    if code not in added:
        raise DefinitionCodeTaken(code=code)
    return definition


async def redefine_indicator(  # noqa: PLR0913
    tx: Transaction,
    code: str,
    content: Content,
    *,
    valid_from: date,
    reason: str,
    bridge: Bridge,
    expected: int,
) -> Definition:
    """Add an edition; values that were reported keep theirs. Raises DefinitionUnknown."""
    definition = await repository.lock(tx.session, code)
    if definition is None:
        raise DefinitionUnknown
    expect_version(expected, definition.version)
    after = domain.redefine(definition, content, valid_from=valid_from, reason=reason, bridge=bridge)
    await _expect_known(tx, content)
    await repository.add_edition(tx.session, after, actor=tx.actor, now=tx.now)
    return after


async def seed_definitions(tx: Transaction, defined: Sequence[Definition]) -> None:
    """Put in what is not there yet; what people changed meanwhile stays."""
    await repository.add_missing(tx.session, defined, actor=tx.actor, now=tx.now)


async def _expect_known(tx: Transaction, content: Content) -> None:
    if content.formula is None:
        return
    codes = codes_in(content.formula)
    unknown = codes - await repository.numeric(tx.session, codes)
    if unknown:
        raise FormulaNamesUnknown(pointer="/formula", codes=", ".join(sorted(unknown)))
