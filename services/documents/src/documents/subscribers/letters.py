"""The letter that asks for a confirmation, and the one to who signs up again; the links in both."""

from typing import Final
from urllib.parse import quote

from documents.subscribers.domain import LetterToSubscriber, NewsLanguage, Subscriber
from shared.mail_letter import Footer, Line, Section, letter
from shared.mail_message import Letter

PREFIX: Final = "/api/documents/newsletter"
_REASON: Final = {
    NewsLanguage.CS: (
        "Dopis posílá Pospolu, protože někdo tuto adresu zadal do formuláře zpravodaje. "
        "Pokud jste to nebyli vy, zahoďte jej: bez potvrzení vám nic dalšího nepošleme."
    ),
    NewsLanguage.EN: (
        "Pospolu sends this letter because somebody entered this address for the newsletter. "
        "If it was not you, throw it away: without a confirmation nothing more comes."
    ),
}

_REASON_TO_SUBSCRIBED: Final = {
    NewsLanguage.CS: (
        "Dopis posílá Pospolu, protože někdo tuto adresu zadal do formuláře zpravodaje. "
        "Pokud jste to nebyli vy, zahoďte jej."
    ),
    NewsLanguage.EN: (
        "Pospolu sends this letter because somebody entered this address for the newsletter. "
        "If it was not you, throw it away."
    ),
}


def confirmation_url(public_url: str, confirmation: str) -> str:
    return f"{public_url.rstrip('/')}{PREFIX}/confirmation?key={quote(confirmation)}"


def unsubscription_url(public_url: str, secret: str) -> str:
    return f"{public_url.rstrip('/')}{PREFIX}/unsubscription?key={quote(secret)}"


def letter_to(subscriber: Subscriber, *, public_url: str) -> Letter:
    """Return the letter that waits for the subscriber."""
    if subscriber.letter is LetterToSubscriber.REMINDER or subscriber.confirmation is None:
        return _reminder(subscriber, public_url)
    return _confirmation(subscriber, confirmation_url(public_url, subscriber.confirmation))


def _confirmation(subscriber: Subscriber, address: str) -> Letter:
    footer = Footer(reason=_REASON[subscriber.language])
    if subscriber.language is NewsLanguage.CS:
        link = Line(text="Potvrdit odběr zpravodaje", address=address)
        return letter(
            "Potvrďte odběr zpravodaje",
            "Přejete si dostávat zpravodaj Agentury pro sociální začleňování na tuto adresu? "
            "Potvrďte to do 7 dnů odkazem.",
            [Section(heading="Potvrzení", lines=(link,))],
            language="cs",
            footer=footer,
        )
    link = Line(text="Confirm the newsletter", address=address)
    return letter(
        "Confirm that you want the newsletter",
        "Do you wish to get the newsletter of the Agency for Social Inclusion at this address? "
        "Confirm it within 7 days by the link.",
        [Section(heading="Confirmation", lines=(link,))],
        language="en",
        footer=footer,
    )


def _reminder(subscriber: Subscriber, public_url: str) -> Letter:
    footer = Footer(reason=_REASON_TO_SUBSCRIBED[subscriber.language])
    address = unsubscription_url(public_url, subscriber.secret)
    if subscriber.language is NewsLanguage.CS:
        return letter(
            "Zpravodaj už odebíráte",
            "Někdo tuto adresu znovu zadal do formuláře zpravodaje. Odběr trvá beze změny.",
            [Section(heading="Odběr", lines=(Line(text="Odhlásit odběr", address=address),))],
            language="cs",
            footer=footer,
        )
    return letter(
        "You get the newsletter already",
        "Somebody entered this address for the newsletter again. Nothing has changed.",
        [Section(heading="Subscription", lines=(Line(text="Unsubscribe", address=address),))],
        language="en",
        footer=footer,
    )
