"""HTTP of my address for reminders, and of the letters that went to it."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from evaluation.mail import letter_repository, repository, use_cases
from evaluation.mail.domain import LetterStatus, MailAccountNotFound
from evaluation.mail.schemas import (
    CodeIn,
    LetterList,
    LetterState,
    MailAccountIn,
    MailAccountOut,
    VerificationOut,
)
from shared.contracts.base import Role
from shared.http import PEOPLE, Caller, ExpectedVersion, Page, Reads, Tx, allow, etag, logged_in, router

EVERYBODY = allow(*PEOPLE)

mail_accounts = router("/mail-accounts", tag="reminders")
letters = router("/letters", tag="reminders")


@mail_accounts.post("", status_code=201, dependencies=[EVERYBODY])
async def open_mail_account(
    tx: Tx, body: MailAccountIn, request: Request, response: Response
) -> MailAccountOut:
    """Give my address; a code comes to it, and nothing else before the code comes back."""
    account = await use_cases.open_account(tx, body.preferences())
    response.headers.update({**etag(account.version), "Location": f"{request.url.path}/mine"})
    return MailAccountOut.of(account)


@mail_accounts.get("/mine", response_model=MailAccountOut, dependencies=[logged_in()])
async def get_my_mail_account(reads: Reads, caller: Caller) -> Response:
    found = await reads.one(repository.MY_ACCOUNT, person=caller.id)
    if found is None:
        raise MailAccountNotFound
    return found


@mail_accounts.put("/mine", dependencies=[EVERYBODY])
async def change_my_mail_account(
    tx: Tx, body: MailAccountIn, expected: ExpectedVersion, response: Response
) -> MailAccountOut:
    """Change how letters come, and take over what this login may see; a new address is proven anew."""
    account = await use_cases.change_account(tx, body.preferences(), expected=expected)
    response.headers.update(etag(account.version))
    return MailAccountOut.of(account)


@mail_accounts.post("/mine/code", dependencies=[EVERYBODY])
async def send_another_code(tx: Tx, expected: ExpectedVersion, response: Response) -> MailAccountOut:
    account = await use_cases.ask_for_code(tx, expected=expected)
    response.headers.update(etag(account.version))
    return MailAccountOut.of(account)


@mail_accounts.post("/mine/verification", dependencies=[EVERYBODY])
async def verify_my_address(tx: Tx, body: CodeIn, response: Response) -> VerificationOut:
    """Bring the code back; after five wrong ones it is void."""
    account = await use_cases.verify_address(tx, body.code)
    response.headers.update(etag(account.version))
    return VerificationOut.of(account)


@letters.get("/mine", response_model=LetterList, dependencies=[logged_in()])
async def list_my_letters(reads: Reads, caller: Caller, page: Page) -> Response:
    """List what was written to me, the newest first: whether it went out, and what the server said."""
    return await reads.page(letter_repository.letters(frozenset({"person"})), page, person=caller.id)


@letters.get("", response_model=LetterList, dependencies=[allow(Role.ADMINISTRATOR)])
async def list_letters(
    reads: Reads,
    page: Page,
    status: Annotated[LetterStatus | None, Query(alias="filter[status]")] = None,
) -> Response:
    """List all letters without their texts, the newest first."""
    asked = {"status": status.value} if status else {}
    return await reads.page(letter_repository.letters(frozenset(asked)), page, **asked)


@letters.post("/{letter_id}/repetition", dependencies=[allow(Role.ADMINISTRATOR)])
async def send_letter_again(
    tx: Tx, letter_id: UUID, expected: ExpectedVersion, response: Response
) -> LetterState:
    """Try a refused letter again, for one after a mailbox was emptied."""
    version = await use_cases.send_again(tx, letter_id, expected=expected)
    response.headers.update(etag(version))
    return LetterState(id=letter_id, status=LetterStatus.WAITING, version=version)
