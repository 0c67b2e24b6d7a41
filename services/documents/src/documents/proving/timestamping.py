"""The client of a time-stamping authority (RFC 3161)."""

import hashlib
import ssl
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

import httpx
from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

TIMEOUT: Final = httpx.Timeout(20, connect=5)
LARGEST: Final = 64 * 1024
GRANTED: Final = frozenset({0, 1})
HEADERS: Final = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}


class StampRefused(Exception):  # noqa: N818 - the fact that stopped us
    """The authority is away, said no, or answered with what is no stamp of ours."""


@dataclass(frozen=True)
class TimeStampAuthority:
    """An authority by its address; its stamps are verified where its root certificates are known."""

    url: str
    roots: tuple[Certificate, ...] = ()

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    async def stamp(self, content: bytes) -> tuple[bytes, datetime]:
        """Return the answer for these bytes and the time in it; raises `StampRefused`.

        The authority learns their SHA-256 alone.
        """
        request = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).build()
        body = await self._ask(request.as_bytes())
        try:
            answer = decode_timestamp_response(body)
            self._check(answer, request, content)
        except (ValueError, VerificationError) as error:
            raise StampRefused(str(error)) from error
        return body, answer.tst_info.gen_time

    async def _ask(self, query: bytes) -> bytes:
        try:
            client = httpx.AsyncClient(timeout=TIMEOUT, verify=self._trust)
            async with client, client.stream("POST", self.url, content=query, headers=HEADERS) as answer:
                answer.raise_for_status()
                body = bytearray()
                async for chunk in answer.aiter_bytes():
                    body += chunk
                    if len(body) > LARGEST:
                        raise StampRefused("the answer is too large")
        except httpx.HTTPError as error:
            raise StampRefused(repr(error)) from error
        return bytes(body)

    def _check(self, answer: TimeStampResponse, request: TimeStampRequest, content: bytes) -> None:
        """Raise `StampRefused` or `VerificationError` unless this is the stamp that was asked for."""
        if answer.status not in GRANTED:
            raise StampRefused(f"status {answer.status}: {'; '.join(answer.status_string)}")
        told = answer.tst_info
        if told.message_imprint.message != hashlib.sha256(content).digest() or told.nonce != request.nonce:
            raise StampRefused("the stamp is of something else")
        if self.roots:
            builder = VerifierBuilder.from_request(request)
            for root in self.roots:
                builder = builder.add_root_certificate(root)
            builder.build().verify_message(answer, content)


def authority_at(url: str, roots: str) -> TimeStampAuthority:
    """Return the authority; `roots` are certificates in PEM, or nothing. Raises ValueError."""
    known = load_pem_x509_certificates(roots.encode()) if roots else []
    return TimeStampAuthority(url=url, roots=tuple(known))
