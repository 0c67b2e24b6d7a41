"""The letter to whom a webhook concerns: it was disabled, why, and how it goes on."""

from typing import Final

from documents.webhooks.domain import DisabledFor, Notice
from shared.mail_letter import Footer, Line, Section, letter
from shared.mail_message import Letter

_WHY: Final = {
    DisabledFor.GONE: (
        "Příjemce odpověděl, že na této adrese už není (410 Gone).",
        "The receiver answered that it is gone from this address (410 Gone).",
    ),
    DisabledFor.FAILING: (
        "Příjemce pět dní žádnou událost nepřijal.",
        "The receiver has accepted no event for five days.",
    ),
}
_CZECH: Final = (
    "Nic se neztratilo: události čekají 90 dnů. Až bude příjemce v pořádku, webhook znovu zapněte "
    "a doručování bude pokračovat tam, kde skončilo."
)
_ENGLISH: Final = (
    "Nothing is lost: events wait for 90 days. Once the receiver is well, activate the webhook again "
    "and delivery goes on where it stopped."
)
_REASON: Final = (
    "Dopis posílá Pospolu na kontakt uvedený u webhooku. / "
    "Pospolu sends this letter to the contact given with the webhook."
)


def notice_letter(notice: Notice, *, public_url: str) -> Letter:
    """Return the letter, in both languages: nobody said which one the contact reads."""
    address = f"{public_url.rstrip('/')}/api/documents/webhooks/{notice.webhook_id}"
    czech, english = _WHY[notice.reason]
    name = notice.description
    return letter(
        f"Webhook „{name}“ byl vypnut / Webhook “{name}” was disabled",
        f"Adresa / Address: {notice.url}",
        [
            Section(
                heading="Webhook byl vypnut",
                paragraphs=(czech, _CZECH),
                lines=(Line(text="Stav a záznam doručení", address=address),),
            ),
            Section(
                heading="The webhook was disabled",
                paragraphs=(english, _ENGLISH),
                lines=(Line(text="Its state and its journal", address=address),),
            ),
        ],
        language="cs",
        footer=Footer(reason=_REASON),
    )
