"""The settlement of comments on paper: a table of what people wrote, what became of it and why."""

from collections.abc import Iterator

from documents.papers.blocks import Align, Block, Cell, Column, Heading, Note, Paper, Paragraph, Table
from documents.rendering import typography as cs
from documents.rendering.labels import CHANGES, COMMENT_KINDS, FIELDS, RESULTS, SUBMITTERS
from documents.rendering.plan_blocks import DASH
from documents.rendering.settlement import ChangeMade, Comment, Settlement, Value

KIND = "Vypořádání připomínek"
REMARK = (
    "Texty připomínek byly před zveřejněním zkontrolovány; jména občanů se neuvádějí. "
    "Otisk SHA-256 v zápatí každé strany patří neměnnému znění, z něhož tento dokument vznikl."
)
_COMMENTS = ("připomínka", "připomínky", "připomínek")


def settlement_paper(settlement: Settlement, *, digest: str, parties: tuple[str, ...] = ()) -> Paper:
    return Paper(
        title=settlement.title,
        kind=KIND,
        made_on=settlement.published_on,
        digest=digest,
        digest_label="SHA-256 zveřejněného vypořádání",
        identifier=str(settlement.consultation_id),
        parties=parties,
        facts=(
            ("Připomínky od – do", cs.czech_period(settlement.first_day, settlement.last_day)),
            ("Vypořádání schválil", settlement.approved_by),
            ("Schváleno dne", cs.czech_date(settlement.approved_on)),
            ("Zveřejněno dne", cs.czech_date(settlement.published_on)),
            ("Revize plánu", str(settlement.revision)),
            ("SHA-256 návrhu", settlement.draft_digest or ""),
        ),
        remark=REMARK,
        blocks=tuple(_blocks(settlement)),
        landscape=True,
        title_page=False,
    )


def _blocks(settlement: Settlement) -> Iterator[Block]:
    yield Heading(level=1, text="Jak připomínky dopadly")
    if not settlement.comments:
        yield Paragraph(text="K návrhu nikdo žádnou připomínku nepodal.")
        return
    yield _counts(settlement)
    late = sum(not comment.is_timely for comment in settlement.comments)
    if late:
        yield Note(text=f"Po lhůtě: {cs.counted(late, _COMMENTS)}.")
    yield Heading(level=1, text="Připomínky a jejich vypořádání")
    yield Table(
        columns=(
            Column(title="Č.", width_mm=11, align=Align.RIGHT),
            Column(title="Místo v návrhu", width_mm=36),
            Column(title="Připomínka"),
            Column(title="Výsledek", width_mm=34),
            Column(title="Odůvodnění vypořádání", width_mm=54),
            Column(title="Změna návrhu", width_mm=47),
        ),
        rows=tuple(_row(comment) for comment in settlement.comments),
    )


def _counts(settlement: Settlement) -> Table:
    counts = settlement.counts
    named = (
        ("akceptováno", counts.accepted),
        ("akceptováno částečně", counts.partly),
        ("neakceptováno", counts.rejected),
        ("vzato na vědomí", counts.noted),
        ("vzato zpět", counts.withdrawn),
        ("nevypořádáno (po lhůtě)", counts.unsettled),
    )
    return Table(
        columns=(
            Column(title="Výsledek", width_mm=70),
            Column(title="Počet", width_mm=25, align=Align.RIGHT),
        ),
        rows=tuple((name, cs.czech_number(count)) for name, count in named if count),
        totals=("Celkem", cs.czech_number(len(settlement.comments))),
    )


def _row(comment: Comment) -> tuple[Cell | str, ...]:
    place = f"{comment.node_number} {comment.node_title}".strip() or "celý plán"
    return (
        str(comment.number),
        place,
        Cell(text=_wording(comment), aside=_about(comment)),
        Cell(text=_result(comment), strong=True, aside=_settled(comment)),
        comment.justification or DASH,
        _change(comment.change) if comment.change else DASH,
    )


def _wording(comment: Comment) -> str:
    if comment.is_withdrawn:
        return "Předkladatel vzal připomínku zpět."
    parts = (
        comment.text,
        f"Navržené znění: {comment.proposed_wording}" if comment.proposed_wording else "",
        f"Odůvodnění: {comment.reasons}" if comment.reasons else "",
    )
    return "\n".join(filter(None, parts))


def _about(comment: Comment) -> str:
    who = SUBMITTERS.get(comment.submitter_kind, comment.submitter_kind)
    kind = COMMENT_KINDS.get(comment.kind or "", "")
    late = "" if comment.is_timely else "po lhůtě"
    return ", ".join(filter(None, (who, kind, late)))


def _result(comment: Comment) -> str:
    if comment.is_withdrawn:
        return "vzato zpět"
    said = RESULTS.get(comment.result or "", comment.result or "nevypořádáno")
    return said if comment.same_as is None else f"{said} (viz č. {comment.same_as})"


def _settled(comment: Comment) -> str:
    return ", ".join(filter(None, (comment.settled_by, cs.czech_date(comment.settled_on))))


def _change(change: ChangeMade) -> str:
    place = f"{change.number} {change.title}".strip()
    how = CHANGES.get(change.how, change.how)
    told = [
        f"{FIELDS.get(each.field, each.field)}: {_value(each.before)} → {_value(each.after)}"
        for each in change.fields
    ]
    return "\n".join((f"{place}: {how}" if place else how, *told))


def _value(value: Value) -> str:
    if isinstance(value, list):
        return ", ".join(value) or DASH
    return DASH if value is None or value == "" else str(value)
