"""How letters look, in plain text and in HTML that a screen reader walks through by headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from shared.mail_message import Letter

_BREAKS = re.compile(r"[ \t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_STYLE = "font-family:sans-serif;font-size:16px;line-height:1.5;max-width:40em"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a list; `address` is where it leads, where there is one; `note` stands below it."""

    text: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, paragraphs and a list below it."""

    heading: str
    lines: tuple[Line, ...] = ()
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """Why the letter came, and where that can be changed."""

    reason: str
    links: tuple[Line, ...] = ()


def letter(
    subject: str,
    opening: str | Sequence[str],
    sections: Sequence[Section],
    *,
    language: str,
    footer: Footer,
    note: str = "",
) -> Letter:
    """Return the letter in both forms, `note` above the footer; what people wrote is escaped in the HTML."""
    openings = (opening,) if isinstance(opening, str) else tuple(opening)
    return Letter(
        subject=one_line(subject),
        plain=_plain(openings, sections, footer, note),
        html=_html(subject, (openings, sections), footer, language=language, note=note),
    )


def one_line(text: str) -> str:
    """Return the text without breaks; spaces that do not break stay."""
    return _BREAKS.sub(" ", text).strip()


def _plain(opening: Sequence[str], sections: Sequence[Section], footer: Footer, note: str) -> str:
    blocks = list(opening)
    for section in sections:
        head = "\n\n".join([section.heading, *section.paragraphs])
        blocks.append("\n".join([head, *(_plain_line(line) for line in section.lines)]))
    if note:
        blocks.append(note)
    links = "".join(f"\n{line.text}: {line.address}" for line in footer.links)
    return "\n\n".join([*blocks, f"-- \n{footer.reason}{links}"]) + "\n"


def _plain_line(line: Line) -> str:
    below = (one_line(line.note), line.address)
    return f"- {one_line(line.text)}" + "".join(f"\n  {each}" for each in below if each)


def page(
    title: str,
    opening: Sequence[str],
    sections: Sequence[Section],
    *,
    language: str,
    footer: Footer,
    note: str = "",
) -> str:
    """Return the same as a page of the web: landmarks, one first heading, any width; `note` below it."""
    below = f"\n<p>{escape(note)}</p>" if note else ""
    body = "\n".join(_blocks(opening, sections))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title></head>\n'
        f'<body style="{_STYLE}">\n<main>\n<h1>{escape(title)}</h1>{below}\n{body}\n</main>\n'
        f"<footer><p><small>{_footer(footer)}</small></p></footer>\n</body></html>\n"
    )


def _html(
    title: str,
    body: tuple[Sequence[str], Sequence[Section]],
    footer: Footer,
    *,
    language: str,
    note: str,
) -> str:
    blocks = _blocks(*body)
    if note:
        blocks.append(f"<p>{escape(note)}</p>")
    blocks.append(f"<hr>\n<p><small>{_footer(footer)}</small></p>")
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head>{head}</head>\n'
        f'<body style="{_STYLE}">\n' + "\n".join(blocks) + "\n</body></html>\n"
    )


def _blocks(opening: Sequence[str], sections: Sequence[Section]) -> list[str]:
    blocks = [_paragraph(each) for each in opening]
    for section in sections:
        texts = "".join(f"\n{_paragraph(each)}" for each in section.paragraphs)
        items = "".join(_html_line(line) for line in section.lines)
        listed = f"\n<ul>{items}</ul>" if section.lines or not section.paragraphs else ""
        blocks.append(f"<h2>{escape(section.heading)}</h2>{texts}{listed}")
    return blocks


def _paragraph(text: str) -> str:
    """Return a paragraph whose lines stay lines, as in the plain text."""
    return "<p>{}</p>".format("<br>\n".join(escape(text).split("\n")))


def _footer(footer: Footer) -> str:
    return escape(footer.reason) + "".join(f" {_linked(line.text, line.address)}" for line in footer.links)


def _html_line(line: Line) -> str:
    note = f"<br>{escape(line.note)}" if line.note else ""
    return f"<li>{_linked(line.text, line.address)}{note}</li>"


def _linked(text: str, address: str) -> str:
    return f'<a href="{escape(address, quote=True)}">{escape(text)}</a>' if address else escape(text)
