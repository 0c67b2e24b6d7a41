"""The minutes of an assessment as a paper: the ranked list, who scored, who was recused, who signed."""

from collections.abc import Iterator, Sequence

from documents.papers.blocks import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Heading,
    Lead,
    Paper,
    Paragraph,
    Table,
)
from documents.rendering.typography import NBSP, counted, czech_number
from documents.renditions.minutes_content import (
    BODIES,
    DUTIES,
    OUTCOMES,
    RECUSALS,
    TIES,
    Attendance,
    Line,
    Minutes,
    MinutesPage,
    Missed,
    Recusal,
    Signature,
)
from documents.renditions.wording import DASH, day, nothing, number


def minutes_paper(page: MinutesPage, *, digest: str) -> Paper:
    said = page.content.minutes
    return Paper(
        title=f"Zápis č.{NBSP}{said.number}",
        subtitle="z věcného hodnocení přihlášek ke spolupráci",
        kind="Zápis hodnoticí komise",
        made_on=page.as_of,
        digest=digest,
        identifier=str(said.assessment_id),
        facts=(
            ("Výzva", f"{said.call_code}: {said.call_title}"),
            ("Komise", said.established_by),
            ("Sepsáno dne", day(said.drawn_up_on)),
            ("Zapsal(a)", said.secretary_name),
            ("Otisk zápisu", page.content.digest),
        ),
        title_page=False,
        blocks=tuple(_blocks(said, page.content.signatures)),
    )


def _blocks(said: Minutes, signatures: Sequence[Signature]) -> Iterator[Block]:
    yield Lead(text=_result(said.ranking))
    yield Heading(level=1, text="Pořadí přihlášek")
    yield from _ranking(said)
    yield Heading(level=1, text="Průměrné body podle kritérií")
    yield from _means(said)
    yield Heading(level=1, text="Podle čeho se hodnotilo")
    yield from _rules(said)
    yield Heading(level=1, text="Kdo hodnotil")
    yield from _attendance(said.attendance)
    yield Heading(level=1, text="Vyloučení pro střet zájmů")
    yield from _recusals(said.recusals)
    yield Heading(level=1, text="Co komise projednala")
    yield from _discussions(said.ranking)
    yield Heading(level=1, text="Podpisy")
    yield from _signatures(signatures)


def _result(ranking: Sequence[Line]) -> str:
    counts = {
        code: sum(line.recommendation == code for line in ranking)
        for code in ("recommended", "reserve", "not-recommended")
    }
    heard = counted(len(ranking), ("přihlášku", "přihlášky", "přihlášek"))
    return (
        f"Komise hodnotila {heard}. Doporučeno: {counts['recommended']}, náhradníci: {counts['reserve']}, "
        f"nedoporučeno: {counts['not-recommended']}."
    )


def _ranking(said: Minutes) -> Iterator[Block]:
    if not said.ranking:
        yield nothing("Žádná přihláška nebyla hodnocena.")
    else:
        yield Table(
            columns=(
                Column(title="Pořadí", width_mm=15, align=Align.RIGHT),
                Column(title="Žadatel"),
                Column(title="Body", width_mm=18, align=Align.RIGHT),
                Column(title="Rozptyl", width_mm=24, align=Align.RIGHT),
                Column(title="Index", width_mm=22, align=Align.RIGHT),
                Column(title="Výsledek", width_mm=46),
            ),
            rows=tuple(_place(line) for line in said.ranking),
        )
    if said.withdrawn:
        yield nothing(f"Vzato zpět: {', '.join(said.withdrawn)}.")


def _place(line: Line) -> tuple[Cell | str, ...]:
    index_year = f"rok {line.index_year}" if line.index_year and line.index is not None else ""
    reasons = [TIES[line.tied_by]] if line.tied_by in TIES else []
    reasons += [_missed(each) for each in line.missed]
    outcome = OUTCOMES.get(line.recommendation, line.recommendation)
    return (
        f"{line.rank}.",
        Cell(text=line.unit_name, aside=f"přihláška {line.number}", strong=True),
        number(line.result),
        Cell(text=number(line.spread), aside="nad výstrahou" if line.is_alarmed else ""),
        Cell(text=number(line.index), aside=index_year),
        Cell(text=outcome, aside="; ".join(reasons), strong=line.recommendation == "recommended"),
    )


def _missed(missed: Missed) -> str:
    where = "celkem" if missed.criterion is None else f"kritérium {missed.criterion}"
    return f"{where}: {czech_number(missed.reached)}, nejméně je třeba {czech_number(missed.needed)}"


def _means(said: Minutes) -> Iterator[Block]:
    if not said.ranking or not said.criteria:
        yield nothing("Není co průměrovat.")
        return
    yield Table(
        columns=(
            Column(title="Žadatel"),
            *(Column(title=each.code, width_mm=18, align=Align.RIGHT) for each in said.criteria),
            Column(title="Hodnocení", width_mm=22, align=Align.RIGHT),
        ),
        rows=tuple(
            (
                line.unit_name,
                *(number(line.means.get(each.code)) for each in said.criteria),
                str(line.scores),
            )
            for line in said.ranking
        ),
        caption="Průměry platných hodnocení; poslední sloupec je jejich počet.",
    )


def _rules(said: Minutes) -> Iterator[Block]:
    yield Table(
        columns=(
            Column(title="Kritérium", width_mm=22),
            Column(title="Název"),
            Column(title="Váha", width_mm=18, align=Align.RIGHT),
            Column(title="Bodů", width_mm=18, align=Align.RIGHT),
            Column(title="Nejméně", width_mm=20, align=Align.RIGHT),
        ),
        rows=tuple(
            (each.code, each.name_cs, number(each.weight), f"0–{each.max_points}", number(each.min_points))
            for each in said.criteria
        ),
    )
    capacity = "neomezena" if said.capacity is None else str(said.capacity)
    yield Facts(
        pairs=(
            ("Kvórum", f"{said.quorum} hodnocení každé přihlášky"),
            ("Nejnižší počet bodů", number(said.minimum_points)),
            ("Výstraha", f"rozptyl nad {number(said.spread_alarm)} bodu"),
            ("Kapacita", capacity),
            (
                "Rovnost bodů",
                "rozhoduje Index (vyšší napřed), pak dřívější přijetí, pak číslo přihlášky",
            ),
        )
    )


def _attendance(attendance: Sequence[Attendance]) -> Iterator[Block]:
    present = [each for each in attendance if each.scored]
    absent = [each for each in attendance if not each.scored]
    if present:
        yield Table(
            columns=(
                Column(title="Jméno", width_mm=42),
                Column(title="Vyslal(a)"),
                Column(title="Funkce", width_mm=36),
                Column(title="Hodnocení", width_mm=22, align=Align.RIGHT),
            ),
            rows=tuple(
                (
                    Cell(text=each.person_name, aside=_absences(each)),
                    BODIES.get(each.body, each.body),
                    DUTIES.get(each.duty, each.duty),
                    str(each.scored),
                )
                for each in present
            ),
        )
    else:
        yield nothing("Nikdo nehodnotil.")
    if absent:
        names = ", ".join(f"{each.person_name} ({BODIES.get(each.body, each.body)})" for each in absent)
        yield nothing(f"Nehodnotili: {names}.")


def _absences(each: Attendance) -> str:
    return "; ".join(f"{number_}: {reason or 'bez udání důvodu'}" for number_, reason in each.absences)


def _recusals(recusals: Sequence[Recusal]) -> Iterator[Block]:
    if not recusals:
        yield nothing("Nikdo nebyl pro střet zájmů vyloučen.")
        return
    yield Bullets(
        items=tuple(
            f"{each.person_name} ({BODIES.get(each.body, each.body)}), přihláška {each.number}: "
            f"{RECUSALS.get(each.recusal, each.recusal)}{f' – {each.ground}' if each.ground else ''}"
            for each in recusals
        )
    )


def _discussions(ranking: Sequence[Line]) -> Iterator[Block]:
    discussed = [line for line in ranking if line.discussion]
    if not discussed:
        yield nothing("Zvláštní projednání žádné přihlášky se nevedlo.")
    for line in discussed:
        yield Heading(level=2, text=f"{line.unit_name} ({line.number})")
        yield Paragraph(text=line.discussion or DASH)


def _signatures(signatures: Sequence[Signature]) -> Iterator[Block]:
    if not signatures:
        yield nothing("Zápis zatím nikdo nepodepsal.")
        return
    yield Facts(
        pairs=tuple(
            (
                DUTIES.get(each.duty, each.duty).capitalize(),
                f"{each.person_name}, podepsáno dne {day(each.signed_on)}",
            )
            for each in signatures
        )
    )
