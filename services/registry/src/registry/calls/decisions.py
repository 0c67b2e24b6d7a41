"""What is decided about a call: drafted, announced once it is complete, prolonged or cancelled in public."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from uuid import UUID

from registry.calls.domain import (
    PROCEDURE,
    Call,
    CallIncomplete,
    Content,
    IntakeIsOver,
    Move,
    NotAnExtension,
    Status,
)
from registry.calls.window import ONE_MINUTE, Extension, ExtensionCause, Outage, Window, start_of
from shared.contracts.intake import CallAnnounced, CallExtended
from shared.days import end_of
from shared.errors import Finding


def drafted(content: Content, *, id_: UUID, version: int) -> Call:
    """Return the draft with the instants of its intake, whole days in Prague."""
    given = {field.name: getattr(content, field.name) for field in fields(Content)}
    return Call(
        **given,
        id=id_,
        version=version,
        status=Status.DRAFT,
        opens_at=start_of(content.opens_on) if content.opens_on else None,
        closes_at=end_of(content.closes_on).astimezone(UTC) if content.closes_on else None,
    )


def edit(call: Call, content: Content) -> Call:
    PROCEDURE.after(call.status, Move.EDIT)
    return drafted(content, id_=call.id, version=call.version + 1)


def announce(call: Call, findings: tuple[Finding, ...], *, on: date) -> tuple[Call, CallAnnounced]:
    """Announce the call; `findings` are what `readiness.missing` found. Raises CallIncomplete with them."""
    status = PROCEDURE.after(call.status, Move.ANNOUNCE)
    window = call.window
    if findings or window is None or call.opens_on is None:
        raise CallIncomplete(PROCEDURE.facts(call.status), findings=findings)
    announced = replace(call, status=status, announced_on=on, version=call.version + 1)
    return announced, CallAnnounced(
        version=announced.version,
        call_id=call.id,
        code=call.code,
        title=call.title,
        announced_on=on,
        opens_on=call.opens_on,
        closes_at=window.closes_at,
        eligible_kinds=tuple(sorted(call.eligible_kinds)),
        areas=tuple(sorted(call.areas)),
    )


def extend(call: Call, closes_on: date, *, on: date, now: datetime) -> Call:
    """Let the intake last until the end of a later day.

    Raises IntakeIsOver once it has ended by `on`, and where a decision of the past would open again today
    what has ended since.
    """
    status = PROCEDURE.after(call.status, Move.EXTEND)
    closes_at = Window.of_days(closes_on, closes_on).closes_at
    if call.closes_at is not None and (
        min(now, end_of(on)) > call.closes_at or call.closes_at < now <= closes_at
    ):
        raise IntakeIsOver(PROCEDURE.facts(call.status), code=call.code, closes_at=call.closes_at)
    if call.closes_at is not None and closes_at <= call.closes_at:
        raise NotAnExtension(pointer="/closes_on", closes_on=call.closes_on)
    return replace(call, status=status, closes_on=closes_on, closes_at=closes_at, version=call.version + 1)


def prolong(call: Call, outage: Outage) -> tuple[Call, int]:
    """Give back what an outage took away; return the call and the minutes. The call is announced."""
    window = call.window
    if window is None:
        raise ValueError("an announced call has a window")
    lost = window.lost_in(outage)
    longer = window.prolonged(lost)
    prolonged = replace(call, closes_at=longer.closes_at, closes_on=longer.last_day, version=call.version + 1)
    return prolonged, lost // ONE_MINUTE


def extension(
    before: Call, after: Call, *, id_: UUID, outage: Outage | None, on: date, reason: tuple[str, str]
) -> Extension:
    """Return what is shown to everybody of a longer intake; `outage` is None where people decided."""
    if before.closes_at is None or after.closes_at is None:
        raise ValueError("an announced call has an end")
    return Extension(
        id=id_,
        version=after.version,
        cause=ExtensionCause.DECISION if outage is None else ExtensionCause.OUTAGE,
        outage_id=None if outage is None else outage.id,
        decided_on=on,
        previous_closes_at=before.closes_at,
        new_closes_at=after.closes_at,
        reason_cs=reason[0],
        reason_en=reason[1],
    )


def told(call_id: UUID, extension: Extension) -> CallExtended:
    return CallExtended(
        version=extension.version,
        call_id=call_id,
        closes_at=extension.new_closes_at,
        reason_cs=extension.reason_cs,
        reason_en=extension.reason_en,
    )


def cancel(call: Call, *, on: date, reason_cs: str, reason_en: str) -> Call:
    return replace(
        call,
        status=PROCEDURE.after(call.status, Move.CANCEL),
        cancelled_on=on,
        cancellation_cs=reason_cs,
        cancellation_en=reason_en,
        version=call.version + 1,
    )
