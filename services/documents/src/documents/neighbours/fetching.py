"""Answers of other services: read to a limit, over connections that are verified."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import httpx

TIMEOUT: Final = httpx.Timeout(20, connect=3)


class AnswerTooLong(Exception):  # noqa: N818 - the fact that stopped us
    """The other service sends more than it ever should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`head` knows the status and the headers; `body` is all that came."""

    head: httpx.Response
    body: bytes


@cache
def _trust() -> ssl.SSLContext:
    """Return the certificates that we trust: reading them takes longer than a request."""
    return ssl.create_default_context()


async def fetch(
    method: str, address: str, *, headers: Mapping[str, str], limit: int, json: object = None
) -> Answer:
    """Ask once, outside any transaction; raises `httpx.TransportError`, `AnswerTooLong`."""
    client = httpx.AsyncClient(timeout=TIMEOUT, verify=_trust())
    async with client, client.stream(method, address, headers=dict(headers), json=json) as answer:
        body = bytearray()
        async for chunk in answer.aiter_bytes():
            body += chunk
            if len(body) > limit:
                raise AnswerTooLong(address)
    return Answer(head=answer, body=bytes(body))
