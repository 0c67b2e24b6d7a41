"""What is decided of figures of a protected source when they arrive, and what stays decided."""

import asyncio

from registry.disclosure import use_cases
from registry.memberships.use_cases import MembershipTold, set_memberships
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.disclosure import (
    TOWNS,
    brought,
    hidden_of,
    released_figures,
    some_towns,
    sums_of,
    town,
)
from tests.support.geography import FIRST_DAY, an_association
from tests.support.service import ServiceUnderTest

POU = unit_id(UnitKind.POU, "42091")
ASSOCIATION = unit_id(UnitKind.MUNICIPALITY_ASSOCIATION, "14117223")


async def together(service: ServiceUnderTest, group: object, *numbers: int) -> None:
    async with service.transaction() as tx:
        told = [MembershipTold(town(number), group, FIRST_DAY) for number in numbers]  # type: ignore[arg-type]
        await set_memberships(tx, told, source="test")


def counts(*values: float | None) -> dict[str, int | float | None]:
    return dict(zip(TOWNS, values, strict=False))


async def test_a_small_count_is_hidden_with_another_where_their_sum_is_shown(
    registry: ServiceUnderTest,
) -> None:
    await some_towns(registry)
    await together(registry, POU, 0, 1, 2)
    vintage = await released_figures(registry, counts(3, 40, 90))
    hidden = await hidden_of(registry)
    assert hidden == {
        (vintage, town(0)): ("below", "primary"),
        (vintage, town(1)): ("hidden", "complementary"),
    }
    assert POU in await sums_of(registry)


async def test_without_sums_only_the_small_counts_are_hidden(registry: ServiceUnderTest) -> None:
    await some_towns(registry)
    vintage = await released_figures(registry, counts(3, 0, 90))
    assert await hidden_of(registry) == {(vintage, town(0)): ("below", "primary")}


async def test_zero_and_what_is_not_small_hide_nothing(registry: ServiceUnderTest) -> None:
    await some_towns(registry)
    await together(registry, POU, 0, 1, 2)
    await released_figures(registry, counts(0, 5, 90))
    assert await hidden_of(registry) == {}


async def test_a_sum_with_a_member_that_tells_nothing_is_not_released(registry: ServiceUnderTest) -> None:
    await some_towns(registry)
    await together(registry, POU, 0, 1, 2)
    await released_figures(registry, counts(3, None, 90))
    assert POU not in await sums_of(registry)


async def test_an_association_that_differs_by_one_small_town_is_not_shown_beside_its_place(
    registry: ServiceUnderTest,
) -> None:
    await some_towns(registry, an_association())
    await together(registry, POU, 0, 1, 2, 3)
    await together(registry, ASSOCIATION, 0, 1, 2)
    vintage = await released_figures(registry, counts(20, 30, 40, 2))
    hidden = await hidden_of(registry)
    assert (vintage, town(3)) in hidden
    assert {(vintage, POU), (vintage, ASSOCIATION), (vintage, town(0)), (vintage, town(1))} & hidden.keys()


async def test_decided_once_is_decided_for_good(registry: ServiceUnderTest) -> None:
    await some_towns(registry)
    await together(registry, POU, 0, 1, 2)
    vintage = await released_figures(registry, counts(3, 40, 90))
    before = await hidden_of(registry)
    async with registry.transaction() as tx:
        assert await use_cases.protect_vintage(tx, vintage) == 0
    assert await hidden_of(registry) == before


async def test_two_workers_decide_once(registry: ServiceUnderTest) -> None:
    await some_towns(registry)
    await together(registry, POU, 0, 1, 2)
    vintage = await brought(registry, counts(3, 40, 90))

    async def worker() -> int:
        async with registry.transaction() as tx:
            return await use_cases.protect_vintage(tx, vintage)

    assert sum(await asyncio.gather(worker(), worker())) in {0, 2}
    assert len(await hidden_of(registry)) == 2


async def test_a_new_association_is_decided_beside_what_was_published(registry: ServiceUnderTest) -> None:
    await some_towns(registry, an_association())
    await together(registry, POU, 0, 1, 2)
    vintage = await released_figures(registry, counts(20, 30, 2))
    hidden = await hidden_of(registry)
    shown = next(number for number in (0, 1) if (vintage, town(number)) not in hidden)
    await together(registry, ASSOCIATION, shown, 2)
    async with registry.transaction() as tx:
        await use_cases.protect_vintage(tx, vintage)
    assert (vintage, ASSOCIATION) in await hidden_of(registry)


async def test_a_later_vintage_keeps_hidden_what_the_earlier_one_hid(registry: ServiceUnderTest) -> None:
    await some_towns(registry)
    await together(registry, POU, 0, 1, 2)
    first = await released_figures(registry, counts(3, 40, 90))
    second = await released_figures(registry, {**counts(3, 40, 91), TOWNS[5]: 8})
    hidden = await hidden_of(registry)
    assert {unit for vintage, unit in hidden if vintage == first} <= {
        unit for vintage, unit in hidden if vintage == second
    }


async def test_shares_are_hidden_where_they_are_small_and_never_added_up(registry: ServiceUnderTest) -> None:
    await some_towns(registry)
    await together(registry, POU, 0, 1, 2)
    vintage = await released_figures(registry, counts(3.5, 40, 90))
    assert await hidden_of(registry) == {(vintage, town(0)): ("below", "primary")}
    assert await sums_of(registry) == set()
