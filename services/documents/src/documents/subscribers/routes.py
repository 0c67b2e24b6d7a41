"""HTTP of subscribers: forms and links for everybody, the list of addresses for administrators."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import HTMLResponse

from documents.subscribers import pages, repository, use_cases
from documents.subscribers.domain import WORDINGS, NewsLanguage, SubscriberStatus, key_of
from documents.subscribers.pages import page
from documents.subscribers.refusals import LinkNotValid
from documents.subscribers.schemas import (
    ConsentOut,
    ConsentRecord,
    ConsentWording,
    Key,
    MailAddress,
    MySubscription,
    MySubscriptionIn,
    SubscriberCount,
    SubscriberCounts,
    SubscriberList,
    SubscriptionAsked,
    SubscriptionIn,
)
from shared.contracts.base import Role
from shared.http import (
    AGENCY,
    ExpectedVersion,
    Page,
    Reads,
    Tx,
    allow,
    etag,
    language_of,
    public,
    router,
)

newsletter = router("/newsletter", tag="newsletter")
subscribers = router("/newsletter-subscribers", tag="newsletter")
_ADMINISTRATOR: Final = allow(Role.ADMINISTRATOR)
_NEXT: Final = {
    "cs": "Na zadanou adresu jsme poslali dopis. Odběr potvrďte odkazem v něm.",
    "en": "We sent a letter to the address. Confirm by the link in it.",
}
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
}
KeyAsked = Annotated[Key, Query(alias="key", description="From the link in a letter")]


@newsletter.get("/consent", dependencies=[public()])
async def get_consent_wording(request: Request, response: Response) -> ConsentWording:
    """Give the words that a form must show; they are kept with each consent."""
    language = NewsLanguage(language_of(request))
    response.headers.update({"Vary": "Accept-Language", "Content-Language": language.value})
    return ConsentWording(language=language, wording=WORDINGS[language])


@newsletter.post("/subscriptions", status_code=202, dependencies=[public()])
async def sign_up_for_newsletter(tx: Tx, body: SubscriptionIn, request: Request) -> SubscriptionAsked:
    """Ask for the newsletter; the answer does not tell whether the address is known."""
    client = request.client.host if request.client else ""
    await use_cases.sign_up(tx, body.sign_up(), client_address=client)
    return SubscriptionAsked(next_step=_NEXT[language_of(request)])


@newsletter.get("/confirmation", response_class=HTMLResponse, response_model=None, dependencies=[public()])
async def show_confirmation(request: Request, _key: KeyAsked) -> Response:
    """Give a page with one button: programs that look links up must not confirm."""
    return _page(pages.ASK_CONFIRMATION, language_of(request))


@newsletter.post(
    "/confirmation",
    response_class=HTMLResponse,
    response_model=None,
    dependencies=[public()],
    responses={404: {"description": "A page: the link is too old", "content": {"text/html": {}}}},
)
async def confirm_subscription(tx: Tx, request: Request, key: KeyAsked) -> Response:
    """Begin to send; a person whose link is too old reads a page that says so."""
    try:
        subscriber = await use_cases.confirm(tx, key)
    except LinkNotValid:
        return _page(pages.LINK_NOT_VALID, language_of(request), status=404)
    return _page(pages.CONFIRMED, subscriber.language.value)


@newsletter.get("/unsubscription", response_class=HTMLResponse, response_model=None, dependencies=[public()])
async def show_unsubscription(request: Request, _key: KeyAsked) -> Response:
    """Give a page with one button; a program of mail posts to the same address at once (RFC 8058)."""
    return _page(pages.ASK_UNSUBSCRIPTION, language_of(request))


@newsletter.post("/unsubscription", response_class=HTMLResponse, response_model=None, dependencies=[public()])
async def unsubscribe(tx: Tx, request: Request, key: KeyAsked) -> Response:
    """End it by one click (RFC 8058); the answer is the same to a link that nobody has any more."""
    language = await use_cases.unsubscribe(tx, key)
    return _page(pages.UNSUBSCRIBED, language.value if language else language_of(request))


def _page(words: dict[str, pages.Words], language: str, *, status: int = 200) -> Response:
    headers = {**_HEADERS, "Content-Language": language}
    return HTMLResponse(page(words[language], language=language), status, headers=headers)


@newsletter.get("/subscription", response_model=MySubscription, dependencies=[public()])
async def get_my_subscription(reads: Reads, key: KeyAsked) -> Response:
    """Tell what I get, by the key in my letters."""
    found = await reads.one(repository.MINE, secret=key)
    if found is None:
        raise LinkNotValid
    found.headers["Cache-Control"] = "no-store"
    return found


@newsletter.put("/subscription", dependencies=[public()])
async def change_my_subscription(
    tx: Tx, key: KeyAsked, body: MySubscriptionIn, expected: ExpectedVersion, response: Response
) -> MySubscription:
    changed = await use_cases.change_mine(tx, key, body.segment(), language=body.language, expected=expected)
    response.headers.update(etag(changed.version))
    return MySubscription.of(changed)


@newsletter.delete("/subscription", status_code=204, dependencies=[public()])
async def erase_my_subscription(tx: Tx, key: KeyAsked, expected: ExpectedVersion) -> None:
    """Forget my address at once; that somebody agreed and left stays in the record, without it."""
    await use_cases.erase_mine(tx, key, expected=expected)


@subscribers.get("", response_model=SubscriberList, dependencies=[_ADMINISTRATOR])
async def list_subscribers(
    reads: Reads,
    page: Page,
    status: Annotated[SubscriberStatus | None, Query(alias="filter[status]")] = None,
    address: Annotated[MailAddress | None, Query(alias="filter[address]")] = None,
) -> Response:
    """List subscribers with their addresses: to answer who asks what we know of them."""
    given = {"status": status and status.value, "address": address and key_of(address)}
    asked = {name: value for name, value in given.items() if value is not None}
    found = await reads.page(repository.subscribers(*asked), page, **asked)
    found.headers["Cache-Control"] = "no-store"
    return found


@subscribers.get("/counts", dependencies=[allow(*AGENCY)])
async def count_subscribers(reads: Reads) -> SubscriberCounts:
    rows = await reads.rows(repository.COUNTS)
    return SubscriberCounts(counts=tuple(SubscriberCount(**dict(row)) for row in rows))


@subscribers.get("/{subscriber_id}/consents", dependencies=[_ADMINISTRATOR])
async def show_consents(tx: Tx, subscriber_id: UUID, response: Response) -> ConsentRecord:
    """Give what proves that this subscriber agreed: to the person who asks, to the authority that audits."""
    facts = await use_cases.show_consents(tx, subscriber_id)
    response.headers["Cache-Control"] = "no-store"
    return ConsentRecord(
        subscriber_id=subscriber_id, facts=tuple(ConsentOut.model_validate(each) for each in facts)
    )


@subscribers.delete("/{subscriber_id}", status_code=204, dependencies=[_ADMINISTRATOR])
async def erase_subscriber(tx: Tx, subscriber_id: UUID, expected: ExpectedVersion) -> None:
    """Forget who asked for it by another way than the link."""
    await use_cases.erase_subscriber(tx, subscriber_id, expected=expected)
