"""Acts of the public record, bundles of them as the service makes them, and a key."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from documents.proving.signing import Signer
from documents.proving.verify import KEYS, canonical
from documents.record.bundle import Bundle, Previous, bundle_of, file_of
from documents.record.domain import Act, act_of
from shared.contracts.base import Event
from shared.contracts.evaluation import RecommendationIssued
from shared.contracts.planning import PlanClosed
from tests.contracts.examples import EXAMPLES

FIRST_DAY: Final = date(2026, 3, 12)
SIGNER: Final = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OFFICIAL_EVENTS: Final = (EXAMPLES[PlanClosed], EXAMPLES[RecommendationIssued])
"""One that everybody reads, and one that is sealed."""


def an_act(position: int, *, event: Event | None = None, day: date = FIRST_DAY) -> Act:
    return act_of(
        event or OFFICIAL_EVENTS[position % 2],
        uuid5(UUID(int=0), str(position)),
        position=position,
        received_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        received_on=day,
    )


def a_chain(*counts: int, signer: Signer = SIGNER) -> list[tuple[Bundle, bytes]]:
    """Return bundles with so many acts each, on days that follow each other, and their files."""
    made: list[tuple[Bundle, bytes]] = []
    position = 1
    for place, count in enumerate(counts):
        day = FIRST_DAY + timedelta(days=place)
        acts = [an_act(position + index, day=day) for index in range(count)]
        last = made[-1][0] if made else None
        previous = Previous(number=last.number, head_digest=last.head_digest) if last else None
        bundle = bundle_of(day, acts, previous, signer)
        made.append((bundle, file_of(bundle.head, bundle.signature, acts)))
        position += count
    return made


def a_folder(chain: Sequence[tuple[Bundle, bytes]], *signers: Signer) -> dict[str, bytes]:
    """Return the files that an auditor has: bundles and keys."""
    keys = [{"id": each.key_id, "public_key": each.public_key} for each in signers or (SIGNER,)]
    return {f"{bundle.number:06}.ndjson": content for bundle, content in chain} | {
        KEYS: canonical({"keys": keys})
    }
