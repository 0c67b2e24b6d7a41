"""Builders for explanations: the method of 2020, references of 2023, standings of known municipalities."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from uuid import UUID

from hypothesis import strategies as st

from registry.exclusion.frame import Way
from registry.exclusion.method import Bounds, Indicator, Method
from registry.exclusion.scoring import Ratio
from registry.explanation.standing import Basis, Donor, Evidence, Municipality, Standing
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.exclusion import a_method

CODES = ("EXE", "PNB", "PNZ", "UOZ", "PO")
STATE = {
    "EXE": Ratio(621305, 9172797),
    "PNB": Ratio(2983963, 9172797),
    "PNZ": Ratio(768931, 9172797),
    "UOZ": Ratio(126228, 6935475),
    "PO": Ratio(3157, 106501),
}
REGIONS = {
    "CZ020": {
        "EXE": Ratio(66563, 1199677),
        "PNB": Ratio(268349, 1199677),
        "PNZ": Ratio(63513, 1199677),
        "UOZ": Ratio(13568, 927230),
        "PO": Ratio(384, 14897),
    },
    "CZ032": {
        "EXE": Ratio(35011, 519348),
        "PNB": Ratio(103408, 519348),
        "PNZ": Ratio(27497, 519348),
        "UOZ": Ratio(4709, 393322),
        "PO": Ratio(240, 5944),
    },
    "CZ042": {
        "EXE": Ratio(90080, 685520),
        "PNB": Ratio(331594, 685520),
        "PNZ": Ratio(129257, 685520),
        "UOZ": Ratio(16963, 518141),
        "PO": Ratio(549, 8754),
    },
    "CZ080": {
        "EXE": Ratio(85477, 1010146),
        "PNB": Ratio(585733, 1010146),
        "PNZ": Ratio(173261, 1010146),
        "UOZ": Ratio(22323, 757202),
        "PO": Ratio(474, 11698),
    },
}
"""Sums of 2023 in the parts of the indicators: benefits in twelfths of an average month."""

Figures = Mapping[str, Ratio | None]
OBRNICE = {
    "EXE": Ratio(750, 1585),
    "PNB": Ratio(2348, 1585),
    "PNZ": Ratio(1695, 1585),
    "UOZ": Ratio(140, 1343),
    "PO": Ratio(6, 18),
}
KOSMONOSY = {
    "EXE": Ratio(200, 4460),
    "PNB": Ratio(393, 4460),
    "PNZ": Ratio(90, 4460),
    "UOZ": Ratio(31, 3494),
    "PO": Ratio(0, 45),
}
PSARY = {
    "EXE": Ratio(100, 3409),
    "PNB": Ratio(434, 3409),
    "PNZ": Ratio(52, 3409),
    "UOZ": Ratio(23, 2749),
    "PO": Ratio(0, 39),
}
TIS_U_BLATNA: Figures = {
    "EXE": Ratio(10, 87),
    "PNB": Ratio(11, 87),
    "PNZ": Ratio(0, 87),
    "UOZ": Ratio(0, 58),
    "PO": None,
}
RUSIN: Figures = {
    "EXE": Ratio(23, 124),
    "PNB": Ratio(85, 124),
    "PNZ": Ratio(10, 124),
    "UOZ": Ratio(2, 94),
    "PO": None,
}


def bounds(first: str, second: str) -> Bounds:
    return Bounds(first=Fraction(first), second=Fraction(second))


_METHOD = a_method()


def the_method(code: str = "ISV-2020", **changes: object) -> Method:
    return replace(_METHOD, code=code, **changes)  # type: ignore[arg-type]


def a_municipality(code: str = "567337", name: str = "Obrnice") -> Municipality:
    return Municipality(id=unit_id(UnitKind.MUNICIPALITY, code), code=code, name=name)


def a_donor(code: str = "567027", name: str = "Most") -> Donor:
    return Donor(municipality=a_municipality(code, name), distance_m=None)


def evidence(code: str, ratio: Ratio, *, region: str = "CZ042", state: Ratio | None = None) -> Evidence:
    return Evidence(ratio=ratio, state=state or STATE[code], region=REGIONS[region][code])


def own(code: str, ratio: Ratio, *, method: Method | None = None, region: str = "CZ042") -> Basis:
    found = evidence(code, ratio, region=region)
    return a_basis(found, code=code, method=method or the_method())


def a_basis(found: Evidence, *, code: str, method: Method, way: Way = Way.OWN) -> Basis:
    indicator = next(each for each in method.indicators if each.code == code)
    points = found.sub_scores(method, indicator).points
    return Basis(way=way, evidence=found, donor=None, points=points)


def lent(
    ratio: Ratio,
    *,
    donor: Donor | None = None,
    method: Method | None = None,
    region: str = "CZ042",
    way: Way = Way.NEAREST,
) -> Basis:
    """Return what an indicator stands on that is taken over from a donor."""
    found = evidence("PO", ratio, region=region)
    basis = a_basis(found, code="PO", method=method or the_method(), way=way)
    return replace(basis, donor=donor or a_donor())


def remainder(points: int) -> Basis:
    return Basis(way=Way.PUBLISHED, evidence=None, donor=None, points=points)


UNKNOWN = Basis(way=Way.UNKNOWN, evidence=None, donor=None, points=None)


def a_standing(
    figures: Figures | None = None,
    *,
    school: Basis | None = None,
    year: int = 2023,
    region: str = "CZ042",
    method: Method | None = None,
    municipality: Municipality | None = None,
) -> Standing:
    """Return the standing from own figures; `school` is what PO stands on where it is not an own one."""
    method = method or the_method()
    bases = []
    for code, ratio in (figures or OBRNICE).items():
        if code == "PO" and school is not None:
            bases.append(school)
        else:
            bases.append(UNKNOWN if ratio is None else own(code, ratio, method=method, region=region))
    points = [basis.points for basis in bases]
    known = [each for each in points if each is not None]
    return Standing(
        municipality=municipality or a_municipality(),
        year=year,
        method=method,
        computation_id=year,
        region_id=unit_id(UnitKind.REGION, region),
        population_15_plus=1585,
        bases=tuple(bases),
        index=sum(known) if len(known) == len(points) else None,
    )


ratios = st.builds(Ratio, st.integers(0, 400), st.integers(0, 300))
sums = st.builds(Ratio, st.integers(0, 10_000), st.integers(0, 10_000))
evidences = st.builds(Evidence, ratio=ratios, state=sums, region=sums)
ids = st.sampled_from([UUID(int=1), UUID(int=2)])
_fractions = st.fractions(0, 60, max_denominator=8)


@st.composite
def some_bounds(draw: st.DrawFn) -> Bounds:
    first, second = sorted([draw(_fractions), draw(_fractions)])
    return Bounds(first=first, second=second)


@st.composite
def indicators(draw: st.DrawFn, code: str) -> Indicator:
    """Any bounds, any parts; now and then the same code counts something else."""
    return replace(
        next(each for each in _METHOD.indicators if each.code == code),
        parts=draw(st.sampled_from([1, 4, 12])),
        numerator=draw(st.sampled_from([code, code, code, f"{code}-NEW"])),
        absolute=draw(some_bounds()),
        share=draw(some_bounds()),
        quotient=draw(some_bounds()),
    )


@st.composite
def methods(draw: st.DrawFn) -> Method:
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=2, unique=True))
    weight = draw(st.fractions(0, 1, max_denominator=4))
    return the_method(
        draw(st.sampled_from(["A", "B"])),
        indicators=tuple(draw(indicators(code)) for code in codes),
        state_weight=weight,
        region_weight=1 - weight,
    )


@st.composite
def standings(draw: st.DrawFn, method: Method | None = None) -> Standing:
    """A standing by any method: own figures, a donor's, or what remained of the published Index."""
    method = method or draw(methods())
    bases = [_any_basis(draw, method, indicator) for indicator in method.indicators]
    return Standing(
        municipality=a_municipality(),
        year=2023,
        method=method,
        computation_id=1,
        region_id=UUID(int=3),
        population_15_plus=None,
        bases=tuple(bases),
        index=sum(basis.points or 0 for basis in bases),
    )


def _any_basis(draw: st.DrawFn, method: Method, indicator: Indicator) -> Basis:
    ways = [Way.OWN, Way.NEAREST, Way.PUBLISHED] if indicator.inheritable else [Way.OWN]
    way = draw(st.sampled_from(ways))
    if way is Way.PUBLISHED:
        return remainder(draw(st.integers(0, 6)))
    basis = a_basis(draw(evidences), code=indicator.code, method=method, way=way)
    if way is Way.OWN:
        return basis
    donor = Donor(municipality=replace(a_municipality(), id=draw(ids)), distance_m=None)
    return replace(basis, donor=donor)
