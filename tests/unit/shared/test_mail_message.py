"""What travels to many: headers that programs read, texts that people read, one encoding for all."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mail import Outcome, Post, PostDown, judged
from shared.mail_message import Bulk, Letter, circular

SENDER = "Agentura pro sociální začleňování <zpravodaj@pospolu.test>"
MARK = "m4rk_" * 6
KEY = "a-_B" * 8
URL = f"https://pospolu.test/api/documents/newsletter/unsubscription?key={MARK}"
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.sampled_from("\n\n =.žŘ–„“"))


def travelling(letter: Letter, key: str = KEY) -> bytes:
    bulk = Bulk(unsubscribe_url=URL, list_id="newsletter.pospolu.test")
    at = datetime(2027, 4, 1, 12, tzinfo=UTC)
    ready = circular(letter, bulk, mark=MARK, sender=SENDER, created_at=at)
    return ready.bytes_for(UUID(int=7), address="jana@obec.test", key=key)


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def _unfolded(part: Message) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode().replace("\r\n", "\n")


def test_programs_of_mail_find_the_address_of_unsubscription_as_it_is() -> None:
    head = travelling(Letter(subject="Zpravodaj – jaro", plain="a", html="b")).partition(b"\r\n\r\n")[0]
    lines = head.decode("ascii").split("\r\n")
    assert f"List-Unsubscribe: <{URL.replace(MARK, KEY)}>" in lines, "no encoded words, one line"
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert "To: jana@obec.test" in lines
    assert f"Message-ID: <{UUID(int=7)}@pospolu.test>" in lines
    names = [line.partition(":")[0] for line in lines if not line.startswith(" ")]
    assert len(names) == len(set(names)), "each header stands once"


@given(TEXTS, TEXTS, st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=200))
def test_everybody_reads_what_was_written_around_their_own_key(before: str, after: str, title: str) -> None:
    subject = " ".join(title.split()) or "x"
    content = travelling(
        Letter(subject=subject, plain=f"{before}{MARK}{after}\n", html=f"<p>{MARK}</p>{after}\n")
    )
    letter = read(content)
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert _unfolded(plain) == f"{before}{KEY}{after}\n"
    assert _unfolded(html) == f"<p>{KEY}</p>{after}\n"
    assert letter["Subject"] == subject
    body = content.partition(b"\r\n\r\n")[2].split(b"\r\n")
    assert max(map(len, body)) <= 76
    assert not [line for line in body if b"\n" in line or b"\r" in line]


@pytest.mark.parametrize("odd", ["jana@obec.test\r\nBcc: x@y.test", "@", "ž@obec.test", "a b@obec.test"])
def test_no_header_takes_what_would_begin_another(odd: str) -> None:
    bulk = Bulk(unsubscribe_url=URL, list_id="n.pospolu.test")
    letter = Letter(subject="a", plain="a", html="b")
    ready = circular(letter, bulk, mark=MARK, sender=SENDER, created_at=datetime(2027, 4, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match="header"):
        ready.bytes_for(UUID(int=7), address=odd, key=KEY)
    with pytest.raises(ValueError, match="header"):
        ready.bytes_for(UUID(int=7), address="jana@obec.test", key=odd)


@pytest.mark.parametrize(
    ("code", "text", "outcome", "of_address"),
    [
        (550, "5.1.1 <jana@obec.test>: no such user", Outcome.REFUSED, True),
        (550, "unknown user", Outcome.REFUSED, True),
        (553, "5.1.3 bad address", Outcome.REFUSED, True),
        (550, "5.2.1 mailbox disabled", Outcome.REFUSED, True),
        (552, "5.2.2 mailbox full", Outcome.REFUSED, False),
        (552, "too much", Outcome.REFUSED, False),
        (553, "5.1.8 bad sender", Outcome.REFUSED, False),
        (554, "5.7.1 <jana@obec.test>: Relay access denied", Outcome.PUT_OFF, False),
        (550, "5.7.1 blocked because of your reputation", Outcome.PUT_OFF, False),
        (550, "relay not permitted", Outcome.PUT_OFF, False),
        (530, "5.7.0 Authentication required", Outcome.PUT_OFF, False),
        (530, "log in first", Outcome.PUT_OFF, False),
        (450, "4.2.1 try later", Outcome.PUT_OFF, False),
    ],
)
def test_an_address_is_to_blame_only_where_the_server_says_so(
    code: int, text: str, outcome: Outcome, *, of_address: bool
) -> None:
    reply = judged(code, text, at_recipient=True)
    assert (reply.outcome, reply.of_address) == (outcome, of_address)


def test_a_letter_that_is_refused_for_what_it_says_blames_no_address() -> None:
    reply = judged(550, "5.1.1 no such user", at_recipient=False)
    assert (reply.outcome, reply.of_address) == (Outcome.REFUSED, False)


@pytest.mark.parametrize(
    "sender", ["Agentura info@pospolu.test", "pošta@pospolu.test", "Jan <a b@pospolu.test>"]
)
async def test_a_sender_that_no_server_reads_is_our_fault_and_no_readers(sender: str) -> None:
    post = Post(scheme="smtp-plain", host="127.0.0.1", port=1, username=None, password=None, sender=sender)
    with pytest.raises(PostDown, match="MAIL_FROM"):
        async with post.line():
            pass
