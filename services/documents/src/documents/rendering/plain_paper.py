"""A plan in plain language: short sentences, each on its own line, in big type."""

from collections.abc import Iterator

from documents.papers.blocks import Block, Heading, Language, Note, Paper, Paragraph, says_kind
from documents.rendering import typography as cs
from documents.rendering.domain import Snapshot, Summary
from documents.rendering.labels import PLAN_KINDS

_WORDS = {
    Language.CS: (
        "Srozumitelné shrnutí",
        "Toto je krátké shrnutí. Platí úplné znění plánu.\nPlán schválil: {body}, {day}.",
        "Čtivost: průměrný počet slov ve větě {words}, LIX {lix} (pod 40 snadné čtení).",
    ),
    Language.EN: (
        "Plain-language summary",
        "This is a short summary. The full wording of the plan counts.\nApproved by: {body}, {day}.",
        "Readability: {words} words in a sentence, LIX {lix} (below 40 is easy).",
    ),
}


def plain_paper(snapshot: Snapshot, summary: Summary, *, digest: str) -> Paper:
    """Return the sentences of planning's summary; its digest is that of the plan it is about."""
    language = Language(summary.language)
    kind, remark, _ = _WORDS[language]
    approval = snapshot.approval
    of_plan = PLAN_KINDS[snapshot.kind]
    is_told = language is not Language.CS or says_kind(snapshot.title, of_plan)
    return Paper(
        title=snapshot.title,
        kind=kind,
        subtitle="" if is_told else of_plan,
        language=language,
        made_on=approval.approved_on,
        digest=digest,
        digest_label="SHA-256 schváleného znění" if language is Language.CS else "SHA-256 of the plan",
        identifier=str(snapshot.plan_id),
        parties=tuple(unit.name for unit in snapshot.units),
        remark=remark.format(body=approval.body, day=cs.day_text(approval.approved_on, language)),
        blocks=tuple(_blocks(summary, language)),
        title_page=False,
        large_type=True,
    )


def _blocks(summary: Summary, language: Language) -> Iterator[Block]:
    for section in summary.sections:
        yield Heading(level=1, text=section.heading)
        yield Paragraph(text="\n".join(section.sentences))
    words, lix = (
        cs.number_text(value, language)
        for value in (summary.readability.words_per_sentence, summary.readability.lix)
    )
    yield Note(text=_WORDS[language][2].format(words=words, lix=lix))
