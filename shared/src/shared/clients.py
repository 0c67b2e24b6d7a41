"""Who sends from the web without an account: a key instead of an address."""

import ipaddress
from hashlib import blake2b
from typing import Final

_IPV6_SITE: Final = 64


def client_key(address: str, salt: str) -> str:
    """Return what stands for a client: a hash of its address with a salt that does not last.

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
