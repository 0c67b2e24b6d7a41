"""The design part of a plan (návrhová část): what is wrong and where it should come, not how it is done."""

from collections.abc import Iterator

from documents.papers.blocks import Block, Facts, Heading, Note, PageBreak, Paper, Paragraph
from documents.rendering.domain import Measure, Snapshot
from documents.rendering.plan_blocks import head_of_goal, head_of_problem, indicators
from documents.rendering.plan_paper import paper_of, vision_and_chapters

SUBTITLE = "Návrhová část"
REMARK = (
    "Návrhová část obsahuje problémy, cíle, opatření a indikátory. Kdo, kdy a za kolik je provede, stojí "
    "v úplném znění, o kterém rozhodl schvalující orgán; jemu patří i otisk v zápatí."
)


def design_paper(snapshot: Snapshot, *, digest: str) -> Paper:
    return paper_of(
        snapshot, digest=digest, blocks=tuple(_blocks(snapshot)), subtitle=SUBTITLE, remark=REMARK
    )


def _blocks(snapshot: Snapshot) -> Iterator[Block]:
    yield from vision_and_chapters(snapshot)
    if not snapshot.problems:
        yield Note(text="Plán neobsahuje žádný problém.")
    areas = {area.code: area.title for area in snapshot.areas}
    for problem in snapshot.problems:
        yield PageBreak()
        yield from head_of_problem(problem, areas)
        for goal in problem.goals:
            yield from head_of_goal(goal)
            yield from indicators(goal.indicators)
            for measure in goal.measures:
                yield from _measure(measure)


def _measure(measure: Measure) -> Iterator[Block]:
    yield Heading(level=3, text=f"Opatření {measure.number}  {measure.title}")
    yield Paragraph(text=measure.description or "")
    names = "\n".join(f"{one.number} {one.name}" for one in measure.indicators)
    yield Facts(pairs=(("Indikátory", names),))
