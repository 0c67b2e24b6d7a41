"""Which addresses may be called for others, and how requests to them are signed."""

import asyncio
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from socket import SOCK_STREAM, AddressFamily
from threading import Event
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from documents.neighbours.addresses import is_allowed, is_public
from documents.neighbours.posting import Poster, signed
from documents.webhooks.domain import (
    DELAYS,
    FAILING_FOR,
    SPREAD,
    Attempt,
    DisabledFor,
    Fault,
    Taken,
    ToSend,
    after_attempt,
    delay_after,
)
from tests.support.webhooks import a_receiver

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
EVENT = UUID("0199a000-0000-7000-8000-00000000000e")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
"""Of the examples of Standard Webhooks."""
PRIVATE = (
    *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1"),
    *("192.0.2.1", "192.168.1.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("168.63.129.16", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1"),
    *("2001:0:1::1", "2001:db8::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "fe80::1%eth0"),
)
PUBLIC = ("8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1")


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_internet_is_refused_in_each_form(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_of_ipv4_is_as_public_inside_one_of_ipv6(address: object) -> None:
    number = int(address)  # type: ignore[call-overload]
    for carrying in (f"::ffff:{address}", str(ip_address((0x64FF9B << 96) | number))):
        assert is_public(ip_address(carrying)) == is_public(ip_address(str(address)))


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.org/", "ftp://example.org/", "https://", "https:///x", "https://localhost/"),
        *("https://user@example.org/", "https://a:b@example.org/", "https://example.org:22/"),
        *("https://example.org:70000/", "https://example.org/#part", "https://10.0.0.1/", "https://[::1]/"),
        *("https://[fe80::1%25eth0]/", "https://exa mple.org/", "https://example.org\\@10.0.0.1/"),
        *("https://příklad.cz/", "https://169.254.169.254/latest", "https://example.org/\n", "x", ""),
        f"https://example.org/{'x' * 2000}",
    ],
)
def test_an_address_of_another_form_is_refused(url: str) -> None:
    assert not is_allowed(url, loopback=False)


def test_a_public_name_with_https_is_allowed_and_the_machine_itself_in_development_alone() -> None:
    for url in ("https://example.org/hook?x=1", "https://example.org:8443/", "https://8.8.8.8/"):
        assert is_allowed(url, loopback=False)
    for url in ("http://127.0.0.1:9000/", "http://localhost/", "http://[::1]:1/"):
        assert is_allowed(url, loopback=True)
        assert not is_allowed(url, loopback=False)
    assert not is_allowed("http://10.0.0.1/", loopback=True)


@pytest.mark.parametrize(
    "url", ["https://0x7f.1/", "https://127.1/", "https://0x7f000001.0/", "https://10.1/"]
)
async def test_a_name_that_leads_inside_is_never_connected_to(url: str) -> None:
    assert is_allowed(url, loopback=False), "its form says nothing"
    attempt = await Poster().post(url, "{}", {}, now=NOW)
    assert (attempt.fault, attempt.status) in {
        (Fault.ADDRESS_REFUSED, None),
        (Fault.NOT_REACHED, None),  # where the resolver knows no numbers of this form
    }


async def test_the_number_that_was_checked_is_called_under_the_name_and_little_is_read() -> None:
    with a_receiver() as receiver:
        receiver.answer = b"x\0" * 10_000
        url = receiver.url.replace("127.0.0.1", "localhost")
        attempt = await Poster(loopback=True).post(url, "{}", {"webhook-id": "1"}, now=NOW)
        assert (attempt.status, attempt.fault, len(attempt.excerpt)) == (200, None, 1000)
        assert "\0" not in attempt.excerpt
        assert receiver.received[0].headers["host"] == urlsplit(url).netloc


async def test_a_name_is_looked_up_once_and_what_it_leads_to_later_is_never_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = ["127.0.0.1", "10.0.0.1", "10.0.0.2"]

    def resolve(_host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(AddressFamily.AF_INET, SOCK_STREAM, 6, "", (answers.pop(0), port))]

    monkeypatch.setattr("documents.neighbours.posting.getaddrinfo", resolve)
    with a_receiver() as receiver:
        url = receiver.url.replace("127.0.0.1", "localhost")
        assert (await Poster(loopback=True).post(url, "{}", {}, now=NOW)).status == 200
        assert answers == ["10.0.0.1", "10.0.0.2"]
        rebound = await Poster(loopback=True).post(url, "{}", {}, now=NOW)
        assert (rebound.fault, len(receiver.received)) == (Fault.ADDRESS_REFUSED, 1)


async def test_names_that_never_resolve_hold_up_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Event()

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        if host != "localhost":
            held.wait(20)
        return [(AddressFamily.AF_INET, SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr("documents.neighbours.posting.getaddrinfo", resolve)
    with a_receiver() as receiver:
        poster = Poster(loopback=True)
        slow = (f"https://n{n}.example.org/" for n in range(40))
        stuck = [asyncio.create_task(poster.post(url, "{}", {}, now=NOW)) for url in slow]
        last = poster.post(receiver.url.replace("127.0.0.1", "localhost"), "{}", {}, now=NOW)
        assert (await asyncio.create_task(last)).status == 200
        assert not any(each.done() for each in stuck)
        for each in stuck:
            each.cancel()
        held.set()
        await asyncio.gather(*stuck, return_exceptions=True)


async def test_who_answers_too_late_or_not_at_all_or_without_a_certificate_of_the_name_has_failed() -> None:
    with a_receiver() as receiver:
        receiver.held.clear()
        hasty = Poster(loopback=True, patience=timedelta(milliseconds=50))
        assert (await hasty.post(receiver.url, "{}", {}, now=NOW)).fault is Fault.TIMED_OUT
        receiver.held.set()
        as_tls = receiver.url.replace("http:", "https:")
        assert (await Poster(loopback=True).post(as_tls, "{}", {}, now=NOW)).fault is Fault.NOT_REACHED
    assert (await Poster(loopback=True).post(receiver.url, "{}", {}, now=NOW)).fault is Fault.NOT_REACHED


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120),
        ("Mon, 23 Nov 2026 13:00:00 GMT", 3600),
        ("Mon, 23 Nov 2020 13:00:00 GMT", 0),
        ("soon", None),
    ],
)
async def test_when_to_come_again_is_read_in_both_forms(told: str, seconds: int | None) -> None:
    with a_receiver(503) as receiver:
        receiver.headers["Retry-After"] = told
        attempt = await Poster(loopback=True).post(receiver.url, "{}", {}, now=NOW)
    assert (attempt.status, attempt.retry_after) == (503, seconds)


def test_what_is_signed_is_verified_by_the_library_of_the_standard_with_either_secret() -> None:
    other = "whsec_" + "QUJD" * 8
    now = datetime.now(UTC)
    headers = signed('{"ř":1}', EVENT, secrets=(other, SECRET), now=now)
    assert headers["webhook-id"] == str(EVENT)
    for secret in (other, SECRET):
        Webhook(secret).verify('{"ř":1}', headers)
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify('{"ř":2}', headers)


def test_the_signature_is_that_of_the_standard() -> None:
    at = datetime.fromtimestamp(1614265330, UTC)
    made = Webhook(SECRET).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, '{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def a_taken(**changes: object) -> Taken:
    values = {"version": 1, "attempts": 0, "first_failed_at": None, "sealed_secrets": (), **changes}
    return Taken(id=EVENT, lease=EVENT, url="https://example.org/", position=4, **values)  # type: ignore[arg-type]


def an_attempt(status: int | None = 500, fault: Fault | None = Fault.STATUS, **changes: object) -> Attempt:
    return Attempt(status=status, fault=fault, excerpt="", duration_ms=1, **changes)  # type: ignore[arg-type]


SENT = ToSend(event_id=EVENT, type="planning.plan.closed.v1", body="{}", position=9)


def test_what_was_delivered_moves_on_and_what_failed_stays_first() -> None:
    done = after_attempt(
        a_taken(attempts=3, first_failed_at=NOW), SENT, an_attempt(200, None), now=NOW, spread=0
    )
    assert (done.position, done.attempts, done.first_failed_at, done.due_at) == (9, 0, None, NOW)
    failed = after_attempt(a_taken(), SENT, an_attempt(), now=NOW, spread=0)
    assert (failed.position, failed.attempts, failed.first_failed_at) == (4, 1, NOW)
    assert failed.due_at == NOW + timedelta(seconds=5)


def test_ten_tries_take_more_than_a_day_and_never_come_at_once() -> None:
    waits = [delay_after(n, retry_after=None, spread=0) for n in range(1, 10)]
    assert waits == sorted(waits)
    assert timedelta(days=3) < sum(waits, timedelta()) < FAILING_FOR
    assert delay_after(99, retry_after=None, spread=0) == DELAYS[-1]
    assert delay_after(2, retry_after=None, spread=SPREAD) == timedelta(minutes=6)


@given(st.integers(0, 10**12), st.integers(1, 50), st.integers(0, SPREAD))
def test_what_the_receiver_asks_for_is_respected_up_to_a_day(asked: int, attempts: int, spread: int) -> None:
    delay = delay_after(attempts, retry_after=asked, spread=spread)
    assert delay >= timedelta(seconds=min(asked, 86_400))
    assert delay <= timedelta(days=1) * 1.2


def test_who_is_gone_is_disabled_at_once_and_who_fails_for_days_after_them() -> None:
    gone = after_attempt(a_taken(), SENT, an_attempt(410), now=NOW, spread=0)
    assert gone.disabled is DisabledFor.GONE
    for days, disabled in ((4, None), (5, DisabledFor.FAILING)):
        failing = a_taken(attempts=10, first_failed_at=NOW - timedelta(days=days))
        assert after_attempt(failing, SENT, an_attempt(), now=NOW, spread=0).disabled is disabled
