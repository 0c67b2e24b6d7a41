"""Random editions whose texts and numbers are as odd as the API lets them be."""

from decimal import Decimal

from hypothesis import strategies as st

from planning.plans.edition import Edition, own_fields, put_together, take_apart
from planning.plans.tree import NodeKind
from planning.workbooks.cells import types_of
from tests.support.editions import editions

FORMULAS = ("=1+1", "+420 777", "-5", "@SUM(A1)", "'quoted", "'=x", "TRUE", "1e5", "1.10", "0012")
LIKE_DAYS = ("30. 6. 2027", "2027-06-30")
ODD = (*FORMULAS, *LIKE_DAYS, "a\nb", "a\r\nb", "a\tb", "  ", "_x0041_", 'č;ř,„x“"', "😀 rodina", "x" * 9_999)
CODES = st.from_regex(r"[A-Z][A-Z0-9.]{0,9}", fullmatch=True)
STORABLE = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = st.one_of(st.sampled_from(ODD), st.text(STORABLE, max_size=30)).map(str.strip)
NUMBERS = st.one_of(
    st.none(),
    st.sampled_from([Decimal("0.1"), Decimal("41.50"), Decimal(10000000000000), Decimal("-0.000001")]),
    st.decimals(-(10**14) + 1, 10**14 - 1, places=6),
)
LONG = frozenset({"description", "causes", "consequences", "target_state", "response"})
MONEY = st.one_of(st.none(), st.decimals(0, 10**12 - 1, places=2))


@st.composite
def odd_editions(draw: st.DrawFn) -> Edition:
    """Draw an edition whose texts and numbers are as odd as the API lets them be."""
    edition = draw(editions())
    loose, order = take_apart(edition)
    for node in loose.values():
        for field, of_type in types_of(node.kind).items():
            if field not in own_fields(node.kind):
                continue
            if of_type is str:
                node.values[field] = _text(draw, node.kind, field)
            elif of_type is tuple:
                node.values[field] = tuple(filter(None, (draw(TEXTS)[:200].strip() for _ in range(2))))
            elif of_type is Decimal and field != "amount_czk":
                node.values[field] = draw(MONEY if field.endswith("_czk") else NUMBERS)
    return put_together(edition, loose, order)


def _text(draw: st.DrawFn, kind: NodeKind, field: str) -> str:
    if field == "area" or (kind is NodeKind.AREA and field == "code"):
        return draw(CODES)
    longest = 50 if "code" in field or "number" in field else 200
    text = draw(TEXTS)[: 10_000 if field in LONG else longest].strip()
    return text or "x" * (field in {"title", "name", "code", "strategy_code"})
