"""Accounts of mail: whose address it is, how it is proven, and when letters go out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from typing import Final
from uuid import UUID

from shared.errors import NotFound, RuleBroken, TooMany

CODE_DIGITS = 8
CODE_LASTS = timedelta(hours=24)
MOST_TRIES = 5
MOST_CODES_A_DAY = 5
BETWEEN_CODES = timedelta(minutes=1)
LETTERS_KEPT = timedelta(days=90)
RIGHTS_LAST = timedelta(days=90)
"""After so long without a login nobody knows whether the person may still see what they could."""


class Language(StrEnum):
    CS = "cs"
    EN = "en"


class Delivery(StrEnum):
    """How often a person wants letters."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


class LetterKind(StrEnum):
    CODE = "code"
    DIGEST = "digest"


class LetterStatus(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"


class MailAccountNotFound(NotFound):
    cs = "Adresu pro upomínky zatím nemáte."
    en = "You have no address for reminders yet."


class MailAccountExists(RuleBroken):
    cs = "Adresu pro upomínky už máte; změňte ji."
    en = "You have an address for reminders already; change it."


class AddressVerified(RuleBroken):
    cs = "Adresa je už ověřená, kód není třeba."
    en = "The address is verified already, no code is needed."


class CodeNotValid(RuleBroken):
    cs = "Kód už neplatí, nechte si poslat nový."
    en = "The code is no longer valid, ask for a new one."


class CodesSentTooOften(TooMany):
    cs = "Kód jsme vám poslali před chvílí; nejvýš {most} kódů za den."
    en = "We sent you a code a moment ago; at most {most} codes a day."


class LetterNotFound(NotFound):
    cs = "Takový dopis není."
    en = "There is no such letter."


LETTER_STATES: Final = {"waiting": ("čeká na odeslání", "waiting"), "sent": ("odeslán", "sent")}


class LetterNotRefused(RuleBroken):
    words = LETTER_STATES
    cs = "Znovu lze poslat jen odmítnutý dopis; tento je ve stavu „{status}“."
    en = "Only a refused letter can be sent again; this one is “{status}”."


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    address: str
    language: Language
    delivery: Delivery
    quiet_days: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What the login of the person could see at that time; `RIGHTS_LAST` so long it is believed."""

    roles: tuple[str, ...]
    unit_ids: tuple[UUID, ...]
    sees_all: bool
    at: datetime

    def exceed(self, others: "Rights") -> bool:
        """Whether anything could be seen by these that cannot be seen by the others."""
        if others.sees_all:
            return False
        return self.sees_all or not {*self.unit_ids} <= {*others.unit_ids}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom a letter is for."""

    person_id: str
    address: str
    language: Language
    rights_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    person_id: str
    preferences: Preferences
    rights: Rights
    verified_at: datetime | None
    code_digest: str | None
    code_sent_at: datetime
    code_tries: int
    version: int

    @property
    def reader(self) -> Reader:
        return Reader(
            person_id=self.person_id,
            address=self.preferences.address,
            language=self.preferences.language,
            rights_at=self.rights.at,
        )


def digest_of(person_id: str, code: str) -> str:
    return sha256(f"{person_id}:{code}".encode()).hexdigest()


def with_code(account: Account, code: str, *, now: datetime) -> Account:
    """Ask for this code from now on; the address is unproven until it comes back."""
    return replace(
        account,
        verified_at=None,
        code_digest=digest_of(account.person_id, code),
        code_sent_at=now,
        code_tries=0,
    )


def expect_unproven(account: Account) -> None:
    """Raise AddressVerified where no code is waited for."""
    if account.code_digest is None:
        raise AddressVerified


def expect_seldom(codes_of_day: int, last_at: datetime | None, *, now: datetime) -> None:
    """Raise CodesSentTooOften: our letters are no tool to pester an address with."""
    if codes_of_day >= MOST_CODES_A_DAY:
        raise CodesSentTooOften(most=MOST_CODES_A_DAY, retry_after=int(timedelta(days=1).total_seconds()))
    if last_at is not None and now - last_at < BETWEEN_CODES:
        raise CodesSentTooOften(most=MOST_CODES_A_DAY, retry_after=int(BETWEEN_CODES.total_seconds()))


def prove(account: Account, code: str, *, now: datetime) -> Account:
    """Return the account with its address proven, or with one more try counted.

    Raises AddressVerified, CodeNotValid.
    """
    expect_unproven(account)
    if account.code_tries >= MOST_TRIES or now - account.code_sent_at > CODE_LASTS:
        raise CodeNotValid
    if not compare_digest(account.code_digest or "", digest_of(account.person_id, code)):
        return replace(account, code_tries=account.code_tries + 1)
    return replace(account, verified_at=now, code_digest=None, version=account.version + 1)
