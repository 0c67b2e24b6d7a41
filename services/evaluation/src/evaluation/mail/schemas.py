"""JSON of accounts of mail and of letters."""

from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from evaluation.mail.domain import (
    CODE_DIGITS,
    MOST_TRIES,
    Account,
    Delivery,
    Language,
    LetterKind,
    LetterStatus,
    Preferences,
)
from shared.http import ApiModel


def _address(value: str) -> str:
    """Refuse what no header could carry; whether somebody reads it there, the code will tell."""
    try:
        parsed = Address(addr_spec=value)
    except (ValueError, IndexError, MessageError) as error:
        raise PydanticCustomError("mail_address", "This is no e-mail address") from error
    if parsed.addr_spec != value or "." not in parsed.domain:
        raise PydanticCustomError("mail_address", "This is no e-mail address")
    return value


MailAddress = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[!-?A-~]+@[0-9A-Za-z.-]+$"),
    AfterValidator(_address),
]


class MailAccountIn(ApiModel):
    """Where and how letters come; with quiet days none comes at weekends and on public holidays."""

    address: MailAddress = Field(examples=["jana.malinova@obrnice.cz"])
    language: Language = Language.CS
    delivery: Delivery = Delivery.DAILY
    quiet_days: Annotated[bool, Field(strict=True)] = True

    def preferences(self) -> Preferences:
        return Preferences(
            address=self.address,
            language=self.language,
            delivery=self.delivery,
            quiet_days=self.quiet_days,
        )


class MailAccountOut(ApiModel):
    """Without `verified_at` nothing but the code comes to the address.

    `rights_at`: the login that said what you may see; ninety days after it letters ask for another one.
    """

    address: str
    language: Language
    delivery: Delivery
    quiet_days: bool
    verified_at: datetime | None
    rights_at: datetime | None = None
    version: int

    @classmethod
    def of(cls, account: Account) -> "MailAccountOut":
        return cls(
            address=account.preferences.address,
            language=account.preferences.language,
            delivery=account.preferences.delivery,
            quiet_days=account.preferences.quiet_days,
            verified_at=account.verified_at,
            rights_at=account.rights.at,
            version=account.version,
        )


class CodeIn(ApiModel):
    code: Annotated[str, StringConstraints(strip_whitespace=True, pattern=rf"^[0-9]{{{CODE_DIGITS}}}$")]


class VerificationOut(ApiModel):
    """Whether the code was right; where it was not, how many tries are left."""

    verified: bool
    tries_left: int
    version: int

    @classmethod
    def of(cls, account: Account) -> "VerificationOut":
        return cls(
            verified=account.verified_at is not None,
            tries_left=MOST_TRIES - account.code_tries,
            version=account.version,
        )


class LetterState(ApiModel):
    id: UUID
    status: LetterStatus
    version: int


class LetterOut(LetterState):
    """A letter; `last_reply` is what the mail server said last."""

    kind: LetterKind
    address: str
    subject: str
    attempts: int
    next_attempt_at: datetime
    created_at: datetime
    settled_at: datetime | None
    last_reply: str | None


class LetterList(ApiModel):
    items: list[LetterOut]
    next: str | None
