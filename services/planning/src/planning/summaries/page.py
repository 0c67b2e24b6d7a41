"""A summary as plain text and as a page of HTML."""

from html import escape

from planning.summaries.domain import Summary
from planning.summaries.readability import Readability


def body_of(summary: Summary) -> str:
    """Return the sentences without headings: what the readability is of."""
    return "\n".join(" ".join(section.sentences) for section in summary.sections)


def text_of_summary(summary: Summary, measured: Readability, language: str) -> str:
    blocks = ["\n".join((section.heading, " ".join(section.sentences))) for section in summary.sections]
    return "\n\n".join((summary.title, *blocks, _note(measured, language))) + "\n"


def html_of_summary(summary: Summary, measured: Readability, language: str) -> str:
    """Return a page without scripts and styles; all texts are escaped."""
    title = escape(summary.title)
    parts = [
        f"<section><h2>{escape(section.heading)}</h2><p>{escape(' '.join(section.sentences))}</p></section>"
        for section in summary.sections
    ]
    note = escape(_note(measured, language))
    phone = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    head = f'<head><meta charset="utf-8">{phone}<title>{title}</title></head>'
    return (
        f'<!doctype html>\n<html lang="{language}">{head}\n'
        f"<body><main><h1>{title}</h1>\n{chr(10).join(parts)}\n<footer><p>{note}</p></footer></main></body></html>\n"
    )


def _note(measured: Readability, language: str) -> str:
    averages = f"{measured.words_per_sentence}", f"{measured.letters_per_word}", f"{measured.lix}"
    if language != "cs":
        words, letters, lix = averages
        return f"Readability: {words} words in a sentence, {letters} letters in a word, LIX {lix}."
    words, letters, lix = (each.replace(".", ",") for each in averages)
    return f"Čtivost: {words} slova ve větě, {letters} písmene ve slově, LIX {lix}."
