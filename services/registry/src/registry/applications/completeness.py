"""What an application lacks before it can be submitted: everything at once, each with its place."""

from collections.abc import Iterator
from datetime import date

from registry.applications.content import Covers, Resolution
from registry.applications.domain import Application
from registry.applications.forms import findings_in
from registry.calls.domain import Call
from shared.days import day_text
from shared.errors import Finding


def lacks_of(application: Application, call: Call, *, on: date) -> list[Finding]:
    """Return everything that stands against submitting on the day; empty where nothing does."""
    return [
        *findings_in(application.form, call.form),
        *_areas(application),
        *_contact(application),
        *_attachments(application, call),
        *_resolution(application.resolution, on),
    ]


def _areas(application: Application) -> Iterator[Finding]:
    if not application.areas:
        yield Finding(
            pointer="/areas",
            code="areas-missing",
            cs="Vyberte alespoň jednu tematickou oblast.",
            en="Choose one thematic area at least.",
        )


def _contact(application: Application) -> Iterator[Finding]:
    if application.contact is None:
        yield Finding(
            pointer="/contact",
            code="contact-missing",
            cs="Uveďte kontaktní osobu.",
            en="Give the person to contact.",
        )


def _attachments(application: Application, call: Call) -> Iterator[Finding]:
    given = {each.kind for each in application.attachments}
    for kind in call.attachments:
        if kind.required and kind.code not in given:
            yield Finding(
                pointer="/attachments",
                code="attachment-missing",
                cs=f"Chybí příloha „{kind.name_cs}“ ({kind.code}).",
                en=f"The attachment “{kind.name_en}” ({kind.code}) is missing.",
            )


def _resolution(resolution: Resolution | None, on: date) -> Iterator[Finding]:
    if resolution is None:
        yield Finding(
            pointer="/resolution",
            code="resolution-missing",
            cs="Chybí usnesení, kterým bylo podání přihlášky schváleno.",
            en="The resolution that approves the filing is missing.",
        )
        return
    if Covers.FILING not in resolution.covers:
        yield Finding(
            pointer="/resolution/covers",
            code="resolution-does-not-cover-filing",
            cs="Usnesení neschvaluje podání přihlášky.",
            en="The resolution does not approve the filing of the application.",
        )
    if resolution.adopted_on > on:
        yield Finding(
            pointer="/resolution/adopted_on",
            code="resolution-adopted-later",
            cs=f"Usnesení bylo přijato až po podání ({day_text(resolution.adopted_on, 'cs')}).",
            en=f"The resolution was adopted after the submission ({day_text(resolution.adopted_on, 'en')}).",
        )
