"""The bundle of a day: its head, which is signed, and the file that anybody can check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from documents.proving.proof import path_of
from documents.proving.verify import SCHEMA, canonical, root_of, sha256
from documents.record.domain import Act


class Signs(Protocol):
    """Whoever has the key."""

    @property
    def key_id(self) -> str: ...

    def sign(self, content: str) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The last bundle of the chain."""

    number: int
    head_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A signed day; `digest` and `size_bytes` are those of its file."""

    number: int
    day: date
    first: int
    count: int
    head: str
    head_digest: str
    key_id: str
    signature: str
    digest: str
    size_bytes: int


def bundle_of(day: date, acts: Sequence[Act], previous: Previous | None, signer: Signs) -> Bundle:
    """Sign the day."""
    number = previous.number + 1 if previous else 1
    head = _head_of(number, day, acts, previous.head_digest if previous else None, key_id=signer.key_id)
    signature = signer.sign(head)
    content = file_of(head, signature, acts)
    return Bundle(
        number=number,
        day=day,
        first=acts[0].position,
        count=len(acts),
        head=head,
        head_digest=sha256(head.encode()),
        key_id=signer.key_id,
        signature=signature,
        digest=sha256(content),
        size_bytes=len(content),
    )


def _head_of(number: int, day: date, acts: Sequence[Act], previous: str | None, *, key_id: str) -> str:
    head = {
        "count": len(acts),
        "day": day.isoformat(),
        "first": acts[0].position,
        "key": key_id,
        "number": number,
        "previous": previous,
        "root": root_of([act.digest for act in acts]),
        "schema": SCHEMA,
    }
    return canonical(head).decode()


def file_of(head: str, signature: str, acts: Sequence[Act]) -> bytes:
    """Return the bundle's file, the same bytes whenever it is made."""
    lines = [
        head.encode(),
        canonical({"signature": signature}),
        canonical([act.digest for act in acts]),
        *map(_line, acts),
    ]
    return b"\n".join(lines) + b"\n"


def _line(act: Act) -> bytes:
    if act.disclosed:
        return act.body.encode()
    return canonical({"position": act.position, "sealed": act.digest})


def proof_of(
    act: Act, digests: Sequence[str], *, first: int, head: str, signature: str, public_key: str
) -> bytes:
    """Return the proof that the act is in the bundle of these digests; `proof` checks it."""
    index = act.position - first
    proof = {
        "act": act.body,
        "head": head,
        "index": index,
        "path": path_of(index, digests),
        "public_key": public_key,
        "signature": signature,
    }
    return canonical(proof)
