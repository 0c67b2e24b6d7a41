"""What a call lacks before it can be announced: all of it at once, each with its place."""

from collections.abc import Iterator
from datetime import date

from registry.calls.domain import Call
from registry.calls.methodology import Methodology
from shared.days import day_text
from shared.errors import Finding


def missing(call: Call, methodology: Methodology, *, on: date) -> tuple[Finding, ...]:
    """Return everything that stops the call from being announced on the day."""
    return (
        *_missing_texts(call),
        *_wrong_days(call, methodology, on=on),
        *_missing_for_applicants(call),
        *_missing_for_the_commission(call),
    )


def _missing_texts(call: Call) -> Iterator[Finding]:
    if not call.text:
        yield _finding("/text", "text-missing", "Chybí text výzvy.", "The text of the call is missing.")
    if not call.contact:
        yield _finding("/contact", "contact-missing", "Chybí kontakt.", "The contact is missing.")


def _wrong_days(call: Call, methodology: Methodology, *, on: date) -> Iterator[Finding]:
    if call.opens_on is None:
        yield _finding("/opens_on", "opening-missing", "Chybí začátek příjmu.", "The first day is missing.")
    elif call.opens_on < on:
        opens = {language: day_text(call.opens_on, language) for language in ("cs", "en")}
        yield _finding(
            "/opens_on",
            "opens-before-announced",
            f"Příjem začíná {opens['cs']}, dříve než je výzva vyhlášena ({day_text(on, 'cs')}).",
            f"The intake begins on {opens['en']}, before the announcement ({day_text(on, 'en')}).",
        )
    if call.closes_on is None:
        yield _finding("/closes_on", "closing-missing", "Chybí konec příjmu.", "The last day is missing.")
    elif call.opens_on is not None and call.closes_on < call.opens_on:
        yield _finding(
            "/closes_on",
            "closes-before-it-opens",
            "Příjem končí dříve, než začne.",
            "The intake ends before it begins.",
        )
    if not methodology.is_valid_on(on):
        yield _finding(
            "/methodology",
            "methodology-not-valid",
            f"Metodika {methodology.code} dne {day_text(on, 'cs')} neplatí.",
            f"The methodology {methodology.code} is not valid on {day_text(on, 'en')}.",
        )


def _missing_for_applicants(call: Call) -> Iterator[Finding]:
    if not call.eligible_kinds:
        yield _finding(
            "/eligible_kinds", "nobody-eligible", "Není určeno, kdo může žádat.", "Nobody may apply."
        )
    if not call.areas:
        yield _finding("/areas", "areas-missing", "Chybí tematické oblasti.", "Thematic areas are missing.")
    if not call.form.get("title"):
        yield _finding(
            "/form/title", "form-title-missing", "Formulář nemá název („title“).", "The form has no title."
        )
    if not call.form.get("properties"):
        yield _finding(
            "/form/properties",
            "form-empty",
            "Formulář nemá žádnou otázku („properties“).",
            "The form asks nothing (“properties”).",
        )


def _missing_for_the_commission(call: Call) -> Iterator[Finding]:
    if not call.criteria:
        yield _finding("/criteria", "criteria-missing", "Chybí kritéria hodnocení.", "Criteria are missing.")
    elif call.minimum_points is not None and call.minimum_points > call.highest_points:
        yield _finding(
            "/minimum_points",
            "minimum-unreachable",
            f"Nejlepší přihláška má {call.highest_points} b., minimum je {call.minimum_points} b.",
            f"The best application has {call.highest_points} points, the minimum is {call.minimum_points}.",
        )


def _finding(pointer: str, code: str, cs: str, en: str) -> Finding:
    return Finding(pointer=pointer, code=code, cs=cs, en=en)
