"""How letters look: the frame of each, and the one with the code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from evaluation.mail.domain import Language, Letter

_BREAKS = re.compile(r"[ \t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_REASON = {
    Language.CS: "Tento dopis posílá Pospolu, protože jste si tuto adresu uvedli pro upomínky.",
    Language.EN: "Pospolu sends this letter because you gave this address for reminders.",
}
_SETTINGS = {Language.CS: "Nastavení upomínek", Language.EN: "Settings of reminders"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a list; `address` is where it leads, where there is one."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Closing:
    language: Language
    settings_address: str
    note: str


def letter(
    subject: str,
    opening: str,
    sections: Sequence[Section],
    *,
    language: Language,
    settings_address: str = "",
    note: str = "",
) -> Letter:
    """Return the letter in both forms, `note` above the footer; what people wrote is escaped in the HTML."""
    closing = _Closing(language=language, settings_address=settings_address, note=note)
    return Letter(
        subject=_one_line(subject),
        plain=_plain(opening, sections, closing),
        html=_html(subject, opening, sections, closing),
    )


def _one_line(text: str) -> str:
    """Return the text without breaks; spaces that do not break stay."""
    return _BREAKS.sub(" ", text).strip()


def _plain(opening: str, sections: Sequence[Section], closing: _Closing) -> str:
    blocks = [opening]
    for section in sections:
        lines = [
            f"- {_one_line(line.text)}" + (f"\n  {line.address}" if line.address else "")
            for line in section.lines
        ]
        blocks.append("\n".join([section.heading, *lines]))
    if closing.note:
        blocks.append(closing.note)
    language, address = closing.language, closing.settings_address
    settings = f"\n{_SETTINGS[language]}: {address}" if address else ""
    return "\n\n".join([*blocks, f"-- \n{_REASON[language]}{settings}"]) + "\n"


def _html(title: str, opening: str, sections: Sequence[Section], closing: _Closing) -> str:
    language, address = closing.language, closing.settings_address
    body = [f"<p>{escape(opening)}</p>"]
    for section in sections:
        items = "".join(f"<li>{_linked(line.text, line.address)}</li>" for line in section.lines)
        body.append(f"<h2>{escape(section.heading)}</h2>\n<ul>{items}</ul>")
    if closing.note:
        body.append(f"<p>{escape(closing.note)}</p>")
    settings = f" {_linked(_SETTINGS[language], address)}" if address else ""
    body.append(f"<hr>\n<p><small>{escape(_REASON[language])}{settings}</small></p>")
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    style = "font-family:sans-serif;font-size:16px;line-height:1.5;max-width:40em"
    return (
        f'<!DOCTYPE html>\n<html lang="{language.value}"><head>{head}</head>\n'
        f'<body style="{style}">\n' + "\n".join(body) + "\n</body></html>\n"
    )


def _linked(text: str, address: str) -> str:
    return f'<a href="{escape(address, quote=True)}">{escape(text)}</a>' if address else escape(text)


def code_letter(code: str, *, language: Language) -> Letter:
    """Ask for the proof that the address is read by the one who gave it."""
    if language is Language.CS:
        return letter(
            "Ověření adresy pro upomínky",
            f"Váš ověřovací kód je {code}. Platí 24 hodin. "
            "Pokud jste o upomínky nežádali, dopis zahoďte: bez kódu vám nic dalšího nepošleme.",
            (),
            language=language,
        )
    return letter(
        "Verify your address for reminders",
        f"Your code is {code}. It is valid for 24 hours. "
        "If you did not ask for reminders, throw this letter away: without the code nothing more comes.",
        (),
        language=language,
    )
