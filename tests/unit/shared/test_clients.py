"""Clients without an account are told apart by a key, never by their address."""

from shared.clients import client_key


def test_a_client_is_its_address_and_in_ipv6_its_site() -> None:
    assert client_key("2001:db8::1", "sůl") == client_key("2001:db8::ffff", "sůl")
    assert client_key("2001:db8:0:1::1", "sůl") != client_key("2001:db8::1", "sůl")
    assert client_key("192.0.2.1", "sůl") != client_key("192.0.2.2", "sůl")
    assert client_key("192.0.2.1", "sůl") != client_key("192.0.2.1", "jiná")
    assert client_key("", "sůl") == client_key("", "sůl")


def test_ipv4_written_as_ipv6_is_the_same_client_and_no_other() -> None:
    assert client_key("::ffff:192.0.2.1", "sůl") == client_key("192.0.2.1", "sůl")
    assert client_key("::ffff:192.0.2.1", "sůl") != client_key("::ffff:198.51.100.7", "sůl")
