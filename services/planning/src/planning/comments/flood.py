"""How much one client, and everybody together, may send on the web; nothing here writes."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from math import ceil
from typing import Final

from planning.comments.refusals import TooManyComments

WINDOW: Final = timedelta(hours=1)
_IPV6_SITE: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Comments in an hour."""

    of_client: int
    of_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What came in the last hour; the instants are those of the oldest comment counted."""

    of_client: int
    oldest_of_client_at: datetime | None
    of_all: int
    oldest_at: datetime | None


def client_key(address: str, salt: str) -> str:
    """Return what stands for a client: a hash of its address, with the salt of the consultation.

    An IPv6 client counts as its /64, of which it may take any address.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        place = address
    else:
        if found.version == 6:
            found = found.ipv4_mapped or found  # a socket of both versions writes IPv4 as ::ffff:192.0.2.1
        site = f"{found}/{_IPV6_SITE}" if found.version == 6 else f"{found}/32"
        place = str(ipaddress.ip_network(site, strict=False))
    return blake2b(place.encode(errors="replace"), key=salt.encode(), digest_size=16).hexdigest()


def expect_room(arrived: Arrived, limits: Limits, *, now: datetime) -> None:
    """Raise TooManyComments with the seconds after which the oldest comment counts no more."""
    if arrived.of_client >= limits.of_client:
        raise TooManyComments(retry_after=_seconds(arrived.oldest_of_client_at, now), limit=limits.of_client)
    if arrived.of_all >= limits.of_all:
        raise TooManyComments(retry_after=_seconds(arrived.oldest_at, now), limit=limits.of_all)


def _seconds(oldest_at: datetime | None, now: datetime) -> int:
    left = (oldest_at or now) + WINDOW - now
    return max(1, ceil(left.total_seconds()))
