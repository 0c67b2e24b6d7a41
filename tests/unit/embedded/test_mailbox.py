"""Letters that would have left are kept and shown, whole and harmless."""

from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
from aiosmtplib import send
from starlette.applications import Starlette

from embedded import mailbox as mailbox_module
from embedded.mail_pages import mail_routes
from embedded.mailbox import Mailbox, mail_server
from embedded.process import free_port


def a_letter(
    subject: str = "Potvrďte odběr", to: str = "obcan@example.org", text: str = "Dobrý den."
) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "pospolu@example.org", to, subject
    letter.set_content(text)
    return letter.as_bytes()


async def test_a_letter_handed_over_by_smtp_is_kept_for_tomorrow(tmp_path: Path) -> None:
    port = free_port()
    async with mail_server(Mailbox(tmp_path / "mail"), port):
        for subject in ("Příliš žluťoučký kůň", "druhý"):
            letter = EmailMessage()
            letter["From"], letter["To"], letter["Subject"] = "a@example.org", "b@example.org", subject
            letter.set_content("Text.")
            await send(letter, hostname="127.0.0.1", port=port, start_tls=False)
    reopened = Mailbox(tmp_path / "mail")
    assert [letter.subject for letter in reopened.letters()] == ["druhý", "Příliš žluťoučký kůň"]
    reopened.keep(a_letter("třetí", to="c@example.org"))
    assert [letter.subject for letter in reopened.letters(to="b@example.org")] == [
        "druhý",
        "Příliš žluťoučký kůň",
    ]


def test_the_oldest_letters_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox_module, "KEPT", 3)
    mailbox = Mailbox(tmp_path)
    for number in range(5):
        mailbox.keep(a_letter(f"č. {number}"))
    assert [letter.subject for letter in mailbox.letters()] == ["č. 4", "č. 3", "č. 2"]


def test_a_letter_that_goes_while_others_are_read_or_has_no_date_to_be_read_hides_none(
    tmp_path: Path,
) -> None:
    mailbox = Mailbox(tmp_path)
    mailbox.keep(a_letter("zůstal").replace(b"Subject:", b"Date: kdysi\nSubject:"))
    (tmp_path / "000002.eml").symlink_to(tmp_path / "gone")
    assert [(letter.subject, letter.sent_at) for letter in mailbox.letters()] == [("zůstal", "")]
    assert mailbox.letter("000002") is None


async def test_what_a_letter_says_is_shown_as_text_and_its_addresses_can_be_followed(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path)
    transport = httpx.ASGITransport(app=Starlette(routes=mail_routes(mailbox)))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        assert "Zatím žádný nepřišel." in (await client.get("/mail?lang=cs")).text
        mailbox.keep(a_letter("<script>", text="<b>Potvrďte:</b> http://127.0.0.1/x?a=1&b=2"))
        assert "<script>" not in (await client.get("/mail")).text.partition("<main>")[2]
        shown = (await client.get("/mail/000001")).text
        assert "&lt;b&gt;" in shown
        assert '<a href="http://127.0.0.1/x?a=1&amp;b=2">' in shown
        for name in ("000002", "..%2Fsecrets", "²"):
            assert (await client.get(f"/mail/{name}")).status_code == 404
        found = await client.get("/mail.json", params={"to": "obcan@example.org"})
        assert [letter["subject"] for letter in found.json()] == ["<script>"]
        assert (await client.get("/mail.json", params={"to": "nikdo@example.org"})).json() == []
