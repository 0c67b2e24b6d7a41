"""The JSON of a summary."""

from uuid import UUID

from planning.summaries.domain import Summary
from planning.summaries.readability import Readability
from shared.http import ApiModel, DecimalText


class SectionOut(ApiModel):
    heading: str
    sentences: tuple[str, ...]


class ReadabilityOut(ApiModel):
    """Averages to one decimal place; `lix` after Björnsson (1968), below 40 easy, above 60 hard."""

    sentences: int
    words: int
    words_per_sentence: DecimalText
    letters_per_word: DecimalText
    lix: DecimalText


class SummaryOut(ApiModel):
    plan_id: UUID
    revision: int
    language: str
    title: str
    sections: tuple[SectionOut, ...]
    readability: ReadabilityOut

    @classmethod
    def of(
        cls, summary: Summary, measured: Readability, *, plan_id: UUID, revision: int, language: str
    ) -> "SummaryOut":
        return cls(
            plan_id=plan_id,
            revision=revision,
            language=language,
            title=summary.title,
            sections=tuple(
                SectionOut(heading=each.heading, sentences=each.sentences) for each in summary.sections
            ),
            readability=ReadabilityOut.model_validate(measured),
        )
