"""What is done with the Index: enact a method, compute and publish years, choose a donor."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from registry.exclusion import computation_repository as computations
from registry.exclusion import method_repository
from registry.exclusion.computation_repository import Publication
from registry.exclusion.definition import digest_of
from registry.exclusion.domain import (
    DonorUnknown,
    HeirUnknown,
    MethodAlreadyEnacted,
    MethodUnknown,
    NothingToCompute,
)
from registry.exclusion.intake import Choice, Figures, Territory, inputs_of
from registry.exclusion.mass import compute
from registry.exclusion.method import Method
from registry.exclusion.method_repository import StoredMethod
from registry.exclusion.records import Computed, computed
from shared.contracts.registry import BandCount, IndexPublished
from shared.transaction import Transaction

EDITION: Final = uuid5(NAMESPACE_URL, "urn:pospolu:index-edition")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """What computing brought: the years published anew, and how many came out as they were."""

    published: Sequence[IndexPublished]
    unchanged: int
    computed: Sequence[Computed]

    def in_force(self, year: int) -> Computed | None:
        """Return the year by the method in force: the latest first year, of several the one enacted first."""
        of_year = [each for each in self.computed if each.inputs.year == year]
        return max(of_year, key=lambda each: each.method.first_year, default=None)


async def enact_method(tx: Transaction, method: Method) -> bool:
    """Store a method for good; the same again does nothing. Raises MethodAlreadyEnacted for another rule."""
    if await method_repository.add_method(tx.session, method, by=tx.actor.id, at=tx.now):
        return True
    stored = await method_repository.methods(tx.session, [method.code])
    if stored[0].digest != digest_of(method):
        raise MethodAlreadyEnacted(pointer="/code", method=method.code)
    return False


async def recompute_all(
    tx: Transaction, *, methods: Collection[str] | None = None, years: Collection[int] | None = None
) -> Recomputed:
    """Compute the years from the figures, points and donors in force, and publish what differs.

    All methods and all years that have figures, unless named. Of two at once the second sees what the
    first published and adds nothing. Raises MethodUnknown.
    """
    await computations.wait_for_others(tx.session)
    stored = await method_repository.methods(tx.session, methods)
    missing = set(methods or ()) - {each.method.code for each in stored}
    if missing:
        raise MethodUnknown(method=min(missing))
    territory = await computations.territory(tx.session)
    of_all = [each.method for each in stored]
    figures = await computations.figures(tx.session, of_all, years, territory=territory)
    choices = await computations.choices(tx.session)
    found = await asyncio.to_thread(_computed, stored, figures, territory, choices)
    return await _publish(tx, found, {year: of_year.vintages for year, of_year in figures.items()})


async def recompute_asked(
    tx: Transaction, *, methods: Collection[str] | None, years: Collection[int] | None
) -> Recomputed:
    """Compute what somebody asked for; raises NothingToCompute where there are no figures."""
    done = await recompute_all(tx, methods=methods, years=years)
    if not done.published and not done.unchanged:
        raise NothingToCompute
    return done


async def choose_donor(tx: Transaction, choice: Choice, *, reason: str) -> Recomputed:
    """Set from whom a municipality takes its points over from a year on, and publish what follows.

    Raises HeirUnknown, DonorUnknown.
    """
    await computations.wait_for_others(tx.session)
    asked = {choice.unit_id, *([choice.donor_id] if choice.donor_id else [])}
    known = await computations.municipalities_among(tx.session, asked)
    if choice.unit_id not in known:
        raise HeirUnknown(pointer="/unit_id")
    if choice.donor_id is not None and (choice.donor_id not in known or choice.donor_id == choice.unit_id):
        raise DonorUnknown(pointer="/donor_id")
    await computations.choose(tx.session, choice, reason=reason, by=tx.actor.id, at=tx.now)
    return await recompute_all(tx)


def edition_id(method: str, year: int) -> UUID:
    """Return the id that the Index of a year by a method has in every installation."""
    return uuid5(EDITION, f"{method}:{year}")


def _computed(
    stored: Sequence[StoredMethod],
    figures: Mapping[int, Figures],
    territory: Territory,
    choices: Sequence[Choice],
) -> list[Computed]:
    """Compute every year by every method that applies to it; pure, so that it can run in a thread."""
    found: list[Computed] = []
    for year, of_year in sorted(figures.items()):
        for each in stored:
            if each.method.applies_to(year):
                inputs = inputs_of(each.method, year, figures=of_year, territory=territory, choices=choices)
                if inputs.unit_ids:
                    results = compute(each.method, inputs)
                    found.append(computed(each.method, each.digest, inputs, results))
    return found


async def _publish(
    tx: Transaction, found: Sequence[Computed], vintages: Mapping[int, Mapping[str, Sequence[int]]]
) -> Recomputed:
    """Store what is new; what was computed from the same inputs before is published again."""
    known = await computations.publications(tx.session)
    latest: dict[tuple[str, int], Publication] = {}
    for each in sorted(known.values(), key=lambda each: each.version):
        latest[each.method, each.year] = each
    new: list[tuple[Computed, int]] = []
    events: list[IndexPublished] = []
    for one in found:
        method, year = one.method.code, one.inputs.year
        before = latest.get((method, year))
        if before is not None and before.inputs_digest == one.inputs_digest:
            continue
        version = before.version + 1 if before else 1
        again = known.get((method, year, one.inputs_digest))
        if again is None:
            new.append((one, version))
        else:
            await computations.publish_again(tx.session, again.id, version=version, at=tx.now)
        events.append(_told(one, version))
    if new:
        await computations.publish(tx.session, new, vintages, at=tx.now)
    for event in events:
        tx.emit(event)
    return Recomputed(published=events, unchanged=len(found) - len(events), computed=found)


def _told(one: Computed, version: int) -> IndexPublished:
    return IndexPublished(
        edition_id=edition_id(one.method.code, one.inputs.year),
        version=version,
        method=one.method.code,
        year=one.inputs.year,
        municipalities=len(one.inputs.unit_ids),
        bands=tuple(BandCount(band=band, municipalities=count) for band, count in one.bands.items()),
        digest=one.results_digest,
    )
