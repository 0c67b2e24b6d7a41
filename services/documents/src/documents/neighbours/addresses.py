"""Which network addresses may be called for others: public ones alone, whatever form they come in."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, TypeAlias
from urllib.parse import urlsplit

Address: TypeAlias = IPv4Address | IPv6Address

PORTS: Final = frozenset({443, 8443})
LONGEST: Final = 2000
_OF_CLOUDS: Final = frozenset({IPv4Address("168.63.129.16"), IPv4Address("192.88.99.0")})
"""Public by their numbers: the agent of a cloud's host, the former relay of 6to4."""
_CARRYING: Final = (
    (IPv6Network("::/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)
"""Networks whose addresses carry one of IPv4, and by how many bits it is shifted: NAT64, 6to4."""
_NEVER: Final = (
    IPv6Network("64:ff9b:1::/48"),  # NAT64 of an operator: it leads wherever he says
    IPv6Network("2001::/23"),  # Teredo and other protocols
    IPv6Network("2001:db8::/32"),
    IPv6Network("fec0::/10"),
    IPv6Network("3fff::/20"),
    IPv6Network("5f00::/16"),
)


def is_public(address: Address) -> bool:
    """Whether it is a host of the internet: not ours, not our neighbours', not of the machine itself."""
    if isinstance(address, IPv6Address):
        if address.scope_id is not None or any(address in network for network in _NEVER):
            return False
        inside = _carried(address)
        if inside is not None:
            return is_public(inside)
    if address in _OF_CLOUDS or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return address.is_global


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    for network, shift in _CARRYING:
        if address in network:
            return IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return None


def may_be_called(address: Address, *, loopback: bool) -> bool:
    """`loopback` lets the machine itself in, for development."""
    return is_public(address) or (loopback and address.is_loopback)


def is_allowed(url: str, *, loopback: bool) -> bool:
    """Whether the form of an address is allowed; what its name leads to is looked at when it is called."""
    if (
        not url.isascii()
        or len(url) > LONGEST
        or any(char <= " " or char in '\\"<>^`{|}\x7f' for char in url)
    ):
        return False
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        return False
    if not host or parts.username is not None or parts.password is not None or "#" in url:
        return False
    if loopback and _is_loopback(host):
        return parts.scheme in {"http", "https"}
    is_web = parts.scheme == "https" and (port is None or port in PORTS)
    return is_web and "." in host and _literal_may_be_called(host)


def _is_loopback(host: str) -> bool:
    address = _literal(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def _literal_may_be_called(host: str) -> bool:
    address = _literal(host)
    return address is None or is_public(address)


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
