"""Idempotency-Key: a POST that is sent again is answered again, and done once."""

import hashlib
import json
import re
from datetime import timedelta

from fastapi import Request
from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from starlette.responses import Response

from shared.database import IDEMPOTENCY
from shared.errors import Invalid
from shared.transaction import Transaction

KEPT = timedelta(hours=24)
BODY_DIGEST = "pospolu.body_digest"
"""Where in the scope a route that streams the body itself puts the digest of its bytes."""
_KEY = re.compile(r"^[\x21-\x7e]{1,200}$")
_HEADERS = ("location", "content-location", "etag", "content-type", "content-language")


class IdempotencyKeyMalformed(Invalid):
    cs = "Idempotency-Key má mít 1 až 200 tisknutelných znaků ASCII bez mezer."
    en = "Idempotency-Key takes 1 to 200 printable ASCII characters without spaces."


class IdempotencyKeyReused(Invalid):
    cs = "Tento Idempotency-Key jste už použili pro jiný požadavek."
    en = "You have used this Idempotency-Key for another request."


class Repeated(Exception):  # noqa: N818
    """The request was answered before; `answer` is that answer."""

    def __init__(self, answer: Response) -> None:
        super().__init__("repeated")
        self.answer = answer


async def refuse_or_repeat(tx: Transaction, request: Request) -> None:
    """Raise `Repeated` where the key is known, `IdempotencyKeyReused` where its request was another.

    A second request with the key waits here for the first one's commit.
    """
    key = _key_of(request)
    if key is None:
        return
    lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
    await tx.session.execute(lock, {"name": f"{tx.actor.id}\n{key}"})
    kept = (
        await tx.session.execute(
            select(IDEMPOTENCY).where(
                IDEMPOTENCY.c.actor == tx.actor.id,
                IDEMPOTENCY.c.key == key,
                IDEMPOTENCY.c.created_at > tx.now - KEPT,
            )
        )
    ).one_or_none()
    if kept is None:
        return
    if kept.request_digest != await _digest(request):
        raise IdempotencyKeyReused
    headers = {**json.loads(kept.headers), "Idempotency-Replayed": "true"}
    raise Repeated(Response(kept.body, kept.status, headers=headers))


async def keep_answer(tx: Transaction, request: Request, response: Response) -> None:
    key = _key_of(request)
    if key is None:
        return
    values = {
        "actor": tx.actor.id,
        "key": key,
        "request_digest": await _digest(request),
        "status": response.status_code,
        "headers": json.dumps({n: response.headers[n] for n in _HEADERS if n in response.headers}),
        "body": bytes(response.body),
        "created_at": tx.now,
    }
    statement = insert(IDEMPOTENCY).values(values)
    await tx.session.execute(statement.on_conflict_do_update(index_elements=["actor", "key"], set_=values))


def _key_of(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is None or request.method != "POST":
        return None
    if not _KEY.match(key):
        raise IdempotencyKeyMalformed
    return key


async def _digest(request: Request) -> str:
    """Return what the request asked for; a form with a file counts by its length, its bytes went by."""
    content = await _content(request)
    asked = f"{request.url.path}?{request.url.query}\n{request.headers.get('if-match', '')}\n".encode()
    return hashlib.sha256(asked + content).hexdigest()


async def _content(request: Request) -> bytes:
    if BODY_DIGEST in request.scope:
        return str(request.scope[BODY_DIGEST]).encode()
    if request.headers.get("content-type", "").startswith("multipart/"):
        return request.headers.get("content-length", "").encode()
    return await request.body()
