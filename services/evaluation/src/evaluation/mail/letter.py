"""How letters of reminders look: why they come, and the one with the code."""

from collections.abc import Sequence

from evaluation.mail.domain import Language
from shared import mail_letter
from shared.mail_letter import Footer, Line, Section
from shared.mail_message import Letter

_REASON = {
    Language.CS: "Tento dopis posílá Pospolu, protože jste si tuto adresu uvedli pro upomínky.",
    Language.EN: "Pospolu sends this letter because you gave this address for reminders.",
}
_SETTINGS = {Language.CS: "Nastavení upomínek", Language.EN: "Settings of reminders"}


def letter(
    subject: str,
    opening: str,
    sections: Sequence[Section],
    *,
    language: Language,
    settings_address: str = "",
    note: str = "",
) -> Letter:
    """Return the letter in both forms, `note` above the footer."""
    settings = Line(text=_SETTINGS[language], address=settings_address)
    footer = Footer(reason=_REASON[language], links=(settings,) if settings_address else ())
    return mail_letter.letter(subject, opening, sections, language=language.value, footer=footer, note=note)


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
