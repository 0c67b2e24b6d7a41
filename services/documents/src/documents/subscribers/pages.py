"""The pages behind links in letters: one button each; a program that looks links up presses none."""

from dataclasses import dataclass
from html import escape
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    title: str
    text: str
    button: str = ""


ASK_CONFIRMATION: Final = {
    "cs": Words(
        title="Odběr zpravodaje",
        text="Tlačítkem potvrdíte, že chcete zpravodaj dostávat.",
        button="Potvrdit odběr",
    ),
    "en": Words(
        title="Newsletter",
        text="Press the button to confirm that you want the newsletter.",
        button="Confirm",
    ),
}
CONFIRMED: Final = {
    "cs": Words(title="Odběr je potvrzen", text="Zpravodaj vám budeme posílat. Odhlásit se lze kdykoli."),
    "en": Words(title="Confirmed", text="We shall send you the newsletter. You can leave at any time."),
}
ASK_UNSUBSCRIPTION: Final = {
    "cs": Words(
        title="Odhlášení zpravodaje",
        text="Tlačítkem odběr ukončíte. Nic dalšího už nepřijde.",
        button="Odhlásit odběr",
    ),
    "en": Words(
        title="Leave the newsletter",
        text="Press the button to leave. Nothing more will come.",
        button="Unsubscribe",
    ),
}
UNSUBSCRIBED: Final = {
    "cs": Words(title="Odběr je ukončen", text="Zpravodaj vám už posílat nebudeme."),
    "en": Words(title="You have left", text="We shall send you no more issues."),
}

LINK_NOT_VALID: Final = {
    "cs": Words(
        title="Odkaz už neplatí",
        text="Odběr jím potvrdit nelze: platí 7 dnů a jen poslední z dopisů. Přihlaste se k odběru znovu.",
    ),
    "en": Words(
        title="The link is no longer valid",
        text="It is good for 7 days, and only the last of the letters counts. Sign up again.",
    ),
}


def page(words: Words, *, language: str) -> str:
    """Return a page without scripts, pictures or anything of others; the form posts to its own address."""
    form = f'<form method="post"><button>{escape(words.button)}</button></form>' if words.button else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<title>{escape(words.title)}</title></head>\n<body><main><h1>{escape(words.title)}</h1>"
        f"<p>{escape(words.text)}</p>{form}</main></body></html>\n"
    )
