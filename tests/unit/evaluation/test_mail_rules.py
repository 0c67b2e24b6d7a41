"""When letters are tried again, when they go out, and how an address is proven."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError

from evaluation.mail.domain import (
    Account,
    AddressVerified,
    CodeNotValid,
    Delivery,
    Language,
    Preferences,
    Rights,
    prove,
    with_code,
)
from evaluation.reminders.domain import escalates_on, posting_at
from evaluation.tasks.domain import TaskKind, kinds_of
from shared.contracts.base import Role
from shared.mail import post_of
from shared.mail_message import is_given_up, next_attempt_at
from shared.settings import Settings, load_settings

NOW = datetime(2027, 4, 1, 12, tzinfo=UTC)


def an_account() -> Account:
    account = Account(
        person_id="jana.malinova",
        preferences=Preferences(
            address="jana@obrnice.test", language=Language.CS, delivery=Delivery.DAILY, quiet_days=True
        ),
        rights=Rights(roles=(), unit_ids=(), sees_all=False, at=NOW),
        verified_at=None,
        code_digest="",
        code_sent_at=NOW,
        code_tries=0,
        version=1,
    )
    return with_code(account, "12345678", now=NOW)


def some_settings(**environ: str) -> Settings:
    return load_settings(
        "evaluation",
        {
            "POSPOLU_ENVIRONMENT": "development",
            "DATABASE_URL": "postgresql://evaluation:x@localhost/evaluation",
            "NATS_URL": "nats://localhost",
            "NATS_MONITOR_URL": "http://localhost",
            "OIDC_ISSUER": "https://identity.test",
            **environ,
        },
    )


def test_a_letter_is_tried_soon_then_seldom_and_given_up_after_three_days() -> None:
    waits = [(next_attempt_at(attempts, now=NOW) - NOW) for attempts in range(1, 7)]
    assert waits == [timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 240)]
    assert not is_given_up(NOW - timedelta(days=2, hours=23), now=NOW)
    assert is_given_up(NOW - timedelta(days=3), now=NOW)


def test_a_code_proves_an_address_for_a_day_in_five_tries_and_once() -> None:
    account = an_account()
    proven = prove(account, "12345678", now=NOW + timedelta(hours=24))
    assert (proven.verified_at is None, proven.code_digest) == (False, None)
    with pytest.raises(AddressVerified):
        prove(proven, "12345678", now=NOW)
    with pytest.raises(CodeNotValid):
        prove(account, "12345678", now=NOW + timedelta(hours=24, seconds=1))
    for _ in range(5):
        account = prove(account, "12345679", now=NOW)
        assert account.verified_at is None
    with pytest.raises(CodeNotValid):
        prove(account, "12345678", now=NOW)


def test_nobody_is_written_to_at_night_in_prague() -> None:
    at = {hour: posting_at(datetime(2027, 7, 1, hour, tzinfo=UTC)) for hour in (3, 4, 17, 18, 22)}
    assert [hour for hour, posting in at.items() if posting] == [4, 17]  # UTC + 2 in summer
    posting = posting_at(datetime(2027, 3, 29, 12, tzinfo=UTC))  # Easter Monday
    assert posting is not None
    assert (posting.is_working_day, posting.since) == (False, date(2027, 3, 29))


def test_ten_working_days_pass_before_an_escalation_easter_not_counted() -> None:
    assert escalates_on(date(2027, 3, 24)) == date(2027, 4, 9)


def test_tasks_follow_from_what_the_roles_may_decide() -> None:
    assert kinds_of(frozenset({Role.MAYOR})) == frozenset()
    assert kinds_of(frozenset({Role.PARTNER, Role.EVALUATOR})) == frozenset(TaskKind)


def test_the_mail_server_is_read_from_one_address() -> None:
    assert post_of(some_settings()) is None
    settings = some_settings(
        SMTP_URL="smtps://upominky%40pospolu.cz:h%2Fs@mail.test:4650", MAIL_FROM="Pospolu <u@pospolu.cz>"
    )
    post = post_of(settings)
    assert post is not None
    assert (post.scheme, post.host, post.port) == ("smtps", "mail.test", 4650)
    assert (post.username, post.password) == ("upominky@pospolu.cz", "h/s")


@pytest.mark.parametrize(
    ("environ", "reason"),
    [
        ({"SMTP_URL": "smtp://mail.test"}, "MAIL_FROM"),
        ({"SMTP_URL": "http://mail.test", "MAIL_FROM": "u@pospolu.cz"}, "smtp_url"),
        ({"SMTP_URL": "smtp://mail.test", "MAIL_FROM": "u@pospolu.cz\nBcc: x@y.cz"}, "mail_from"),
        (
            {
                "POSPOLU_ENVIRONMENT": "production",
                "SMTP_URL": "smtp-plain://u:tajemstvi@mail.test",
                "MAIL_FROM": "u@pospolu.cz",
            },
            "SMTP_URL sends its password without TLS",
        ),
    ],
)
def test_unsafe_settings_of_mail_are_refused(environ: dict[str, str], reason: str) -> None:
    with pytest.raises(ValidationError) as raised:
        some_settings(**environ)
    assert reason in str(raised.value)
    assert "tajemstvi" not in str(raised.value)
