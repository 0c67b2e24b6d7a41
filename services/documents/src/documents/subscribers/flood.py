"""How many forms one client, and everybody together, may send in an hour; nothing here writes."""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from typing import Final

from documents.subscribers.refusals import TooManySignUps

WINDOW: Final = timedelta(hours=1)
_IPV6_SITE: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Forms in an hour."""

    of_client: int
    of_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What came in the last hour."""

    of_client: int
    of_all: int


def client_key(address: str, salt: str) -> str:
    """Return what stands for a client: a hash of its address with the salt of the day.

    An IPv6 client counts as its /64, of which it may take any address.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        place = address
    else:
        if found.version == 6:
            found = found.ipv4_mapped or found
        site = f"{found}/{_IPV6_SITE}" if found.version == 6 else f"{found}/32"
        place = str(ipaddress.ip_network(site, strict=False))
    return blake2b(place.encode(errors="replace"), key=salt.encode(), digest_size=16).hexdigest()


def expect_room(arrived: Arrived, limits: Limits) -> None:
    """Raise TooManySignUps with an hour to wait."""
    wait = int(WINDOW.total_seconds())
    if arrived.of_client >= limits.of_client:
        raise TooManySignUps(retry_after=wait, limit=limits.of_client)
    if arrived.of_all >= limits.of_all:
        raise TooManySignUps(retry_after=wait, limit=limits.of_all)
