"""Announce the values that are awaited, and note for whom; people say what they want to be told of."""

from datetime import timedelta
from uuid import UUID

from evaluation.mail import letter_repository
from evaluation.mail import repository as accounts
from evaluation.mail.use_cases import my_account
from evaluation.monitoring.domain import PlanNotMonitored
from evaluation.reminders import recipient_repository, repository
from evaluation.reminders.domain import (
    MOST_SUBSCRIPTIONS,
    NEVER_CHANGED,
    Subject,
    SubscribedAlready,
    SubscriptionNotFound,
    TooManySubscriptions,
    UnitNotYours,
    escalates_on,
)
from shared.errors import expect_version
from shared.transaction import Transaction

ANNOUNCED_BEFORE = timedelta(days=14)


async def announce_obligations(tx: Transaction) -> None:
    """Tell once of each value that is due within two weeks, and once of each that is overdue.

    What is still not there ten working days after it was found overdue is told once more, to those who
    answer for the plan.
    """
    today = tx.today
    await repository.plan_for_these_days(tx)
    await repository.tell_escalated(tx)
    await repository.tell_overdue(tx, escalates_on=escalates_on(today))
    await repository.tell_due(tx, until=today + ANNOUNCED_BEFORE)
    await recipient_repository.note_due_today(tx.session, today=today, now=tx.now)


async def subscribe(tx: Transaction, subject: Subject) -> UUID:
    """Return the id of the subscription.

    Raises MailAccountNotFound, PlanNotMonitored, UnitNotYours, TooManySubscriptions, SubscribedAlready.
    """
    account = await my_account(tx)
    await expect_seen(tx, subject)
    if await recipient_repository.count_subscriptions(tx.session, account.person_id) >= MOST_SUBSCRIPTIONS:
        raise TooManySubscriptions(most=MOST_SUBSCRIPTIONS)
    subscription_id = tx.new_id()
    made = await recipient_repository.insert_subscription(
        tx.session, subscription_id, account.person_id, subject, now=tx.now
    )
    if not made:
        raise SubscribedAlready
    return subscription_id


async def expect_seen(tx: Transaction, subject: Subject) -> None:
    """Raise PlanNotMonitored or UnitNotYours; an office is only ever told of in plans that one sees."""
    actor = tx.actor
    if subject.unit_id is not None and not actor.may_see([subject.unit_id]):
        raise UnitNotYours
    if subject.plan_id is not None and not await recipient_repository.is_plan_seen(
        tx.session, subject.plan_id, sees_all=actor.is_agency, unit_ids=sorted(actor.units)
    ):
        raise PlanNotMonitored


async def unsubscribe(tx: Transaction, subscription_id: UUID, *, expected: int) -> None:
    expect_version(expected, NEVER_CHANGED)
    if not await recipient_repository.delete_subscription(tx.session, subscription_id, tx.actor.id):
        raise SubscriptionNotFound


async def close_account(tx: Transaction, *, expected: int) -> None:
    """Forget the address, the subscriptions and what waits; letters that went out keep no texts."""
    account = await my_account(tx)
    expect_version(expected, account.version)
    await recipient_repository.forget_person(tx.session, account.person_id)
    await letter_repository.drop_waiting(tx.session, account.person_id, now=tx.now)
    await letter_repository.forget_address(tx.session, account.person_id)
    await accounts.delete_account(tx.session, account.person_id)
