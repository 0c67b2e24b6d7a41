"""Who wants which news, how they said so, and when their data go."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from documents.subscribers.refusals import LinkNotValid
from shared.contracts.registry import ThematicArea

CONFIRMED_WITHIN: Final = timedelta(days=7)
"""A sign-up that nobody confirmed is deleted after so long: its address may be anybody's."""
BETWEEN_LETTERS: Final = timedelta(minutes=10)
MOST_LETTERS_A_DAY: Final = 3
ENDED_KEPT: Final = timedelta(days=30)
"""So long the address of who left is kept, for an answer to a complaint; the record of consent stays."""


class NewsLanguage(StrEnum):
    CS = "cs"
    EN = "en"


class Theme(StrEnum):
    """What news are about."""

    COOPERATION = "cooperation"  # spolupráce obcí s Agenturou, výzvy
    PLANS = "plans"  # plány a jejich plnění
    CONSULTATIONS = "consultations"  # veřejné připomínkování
    EVALUATIONS = "evaluations"  # evaluace, výzkumy, data
    METHODOLOGY = "methodology"  # metodiky, příklady praxe
    EVENTS = "events"  # setkání, konference, vzdělávání


class SubscriberStatus(StrEnum):
    PENDING = "pending"  # čeká na potvrzení
    ACTIVE = "active"  # odebírá
    UNSUBSCRIBED = "unsubscribed"  # odhlášen
    SUSPENDED = "suspended"  # adresa nepřijímá


class ConsentFact(StrEnum):
    """What happened to a consent, in its record."""

    ASKED = "asked"  # vyplnil formulář
    CONFIRMED = "confirmed"  # potvrdil odkazem
    CHANGED = "changed"  # změnil výběr
    WITHDRAWN = "withdrawn"  # odhlásil se
    SUSPENDED = "suspended"  # adresa odmítla dopis
    ERASED = "erased"  # údaje smazány


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A fact of the record: `wording` are the words as they stood in the form."""

    fact: ConsentFact
    at: datetime
    form: str
    wording: str


class LetterToSubscriber(StrEnum):
    CONFIRMATION = "confirmation"  # potvrďte odběr
    REMINDER = "reminder"  # odběr už máte


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """What news one wants, or whom an issue is for; an empty set is everything."""

    unit_ids: tuple[UUID, ...] = ()
    areas: tuple[ThematicArea, ...] = ()
    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """What came in a form: `form` says which, `wording` what the person agreed to."""

    address: str
    language: NewsLanguage
    segment: Segment
    form: str
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """`secret` stands in the links of every letter, `confirmation` in the one that asks."""

    id: UUID
    status: SubscriberStatus
    address: str
    language: NewsLanguage
    segment: Segment
    secret: str
    confirmation: str | None
    asked_at: datetime
    created_at: datetime
    letter: LetterToSubscriber | None = None
    letter_next_at: datetime | None = None
    letter_attempts: int = 0
    letters_on: date | None = None
    letters_of_day: int = 0
    last_letter_at: datetime | None = None
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 1


WORDINGS: Final = {
    NewsLanguage.CS: (
        "Souhlasím, aby mi Agentura pro sociální začleňování posílala zpravodaj na tuto e-mailovou adresu. "
        "Souhlas mohu kdykoli odvolat odkazem v každém dopise; adresa se nikomu nepředává a otevírání "
        "dopisů se nesleduje."
    ),
    NewsLanguage.EN: (
        "I agree that the Agency for Social Inclusion sends me the newsletter to this e-mail address. "
        "I can withdraw at any time by the link in every letter; the address is passed to nobody, and "
        "nobody watches whether letters are opened."
    ),
}
"""What a person agrees to; the record keeps the words as they stood."""


def key_of(address: str) -> str:
    """Return what two spellings of one address have in common."""
    return address.strip().casefold()


def may_write(subscriber: Subscriber, *, now: datetime, today: date) -> bool:
    """Whether another letter may go to who signs up again and again: our form is no tool to pester with."""
    if subscriber.last_letter_at is not None and now - subscriber.last_letter_at < BETWEEN_LETTERS:
        return False
    return subscriber.letters_on != today or subscriber.letters_of_day < MOST_LETTERS_A_DAY


def with_letter(
    subscriber: Subscriber, letter: LetterToSubscriber, *, now: datetime, today: date
) -> Subscriber:
    """Let a letter wait for the mail server."""
    before = subscriber.letters_of_day if subscriber.letters_on == today else 0
    return replace(
        subscriber,
        letter=letter,
        letter_next_at=now,
        letter_attempts=0,
        letters_on=today,
        letters_of_day=before + 1,
        last_letter_at=now,
    )


def asked_again(
    known: Subscriber, sign_up: SignUp, *, confirmation: str, now: datetime, today: date
) -> Subscriber:
    """Return what becomes of a known address that signs up again.

    Who is subscribed already keeps what they chose: a stranger may have filled the form in. Nothing but
    the letter changes, and only its reader can follow the links in it.
    """
    if not may_write(known, now=now, today=today):
        return known
    if known.status is SubscriberStatus.ACTIVE:
        return with_letter(known, LetterToSubscriber.REMINDER, now=now, today=today)
    renewed = replace(
        known,
        status=SubscriberStatus.PENDING,
        address=sign_up.address,
        language=sign_up.language,
        segment=sign_up.segment,
        confirmation=confirmation,
        asked_at=now,
        ended_at=None,
        version=known.version + 1,
    )
    return with_letter(renewed, LetterToSubscriber.CONFIRMATION, now=now, today=today)


def confirmed(subscriber: Subscriber, *, now: datetime) -> Subscriber:
    """Begin to send; who confirmed before stays as they are. Raises LinkNotValid."""
    if subscriber.status is SubscriberStatus.ACTIVE:
        return subscriber
    if subscriber.status is not SubscriberStatus.PENDING or now - subscriber.asked_at > CONFIRMED_WITHIN:
        raise LinkNotValid
    return replace(
        subscriber,
        status=SubscriberStatus.ACTIVE,
        confirmed_at=now,
        letter=None,
        letter_next_at=None,
        version=subscriber.version + 1,
    )


def ended(subscriber: Subscriber, status: SubscriberStatus, *, now: datetime) -> Subscriber:
    """Send nothing more; what is over already stays as it is."""
    if subscriber.status in {SubscriberStatus.UNSUBSCRIBED, status}:
        return subscriber
    return replace(
        subscriber,
        status=status,
        ended_at=now,
        letter=None,
        letter_next_at=None,
        version=subscriber.version + 1,
    )


def message_id_of(subscriber: Subscriber) -> UUID:
    """Return the name of the letter that waits: the same at each attempt."""
    return uuid5(subscriber.id, f"{subscriber.letter}:{subscriber.last_letter_at}")
