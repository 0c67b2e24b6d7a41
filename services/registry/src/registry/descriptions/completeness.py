"""What a description still lacks: everything at once, each with its place and a sentence."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from registry.descriptions.content import EXTREMES, BaselineItem, Content
from shared.errors import Finding

TEXTS: Final = {
    "methodology": ("verze metodiky", "the version of the methodology"),
    "focus": ("obsahové zaměření", "the focus"),
    "responsibilities": ("odpovědnosti", "the responsibilities"),
    "unit_activities": ("činnosti územního celku", "the activities of the unit"),
    "agency_activities": ("činnosti Agentury", "the activities of the Agency"),
    "outputs": ("popis výstupů etapy", "the outputs of the phase"),
    "evaluation": ("způsob vyhodnocování", "how it is evaluated"),
    "revision": ("způsob revize", "how it is revised"),
    "starts_on": ("první den spolupráce", "the first day"),
    "ends_on": ("poslední den spolupráce", "the last day"),
    "areas": ("tematické oblasti", "the thematic areas"),
}
"""What must be filled in (domain 3.4, row 7)."""


def findings(content: Content, baseline: Sequence[BaselineItem], on: date) -> list[Finding]:
    """Return all that is missing or wrong on the day; nothing where the description is complete."""
    return [
        *_empty(content),
        *_areas_without(content, baseline),
        *_results(content),
        *(found for at, item in enumerate(baseline) for found in _of_item(f"/baseline/{at}", item, on)),
    ]


def _missing(pointer: str, cs: str, en: str) -> Finding:
    return Finding(pointer=pointer, code="missing", cs=f"Chybí {cs}.", en=f"Missing: {en}.")


def _empty(content: Content) -> Iterator[Finding]:
    for name, (cs, en) in TEXTS.items():
        if not getattr(content, name):
            yield _missing(f"/{name}", cs, en)


def _areas_without(content: Content, baseline: Sequence[BaselineItem]) -> Iterator[Finding]:
    promised = {result.area for result in content.results}
    measured = {item.area for item in baseline}
    for at, area in enumerate(content.areas):
        if area not in promised:
            yield Finding(
                pointer=f"/areas/{at}",
                code="area-without-result",
                cs=f"Oblast {area} nemá žádný sjednaný výsledek.",
                en=f"The area {area} has no agreed result.",
            )
        if area not in measured:
            yield Finding(
                pointer=f"/areas/{at}",
                code="area-without-baseline",
                cs=f"Oblast {area} nemá ve výchozím stavu žádné kritérium kvality.",
                en=f"The area {area} has no quality criterion in the baseline.",
            )


def _results(content: Content) -> Iterator[Finding]:
    for at, result in enumerate(content.results):
        pointer = f"/results/{at}"
        if not result.text:
            yield _missing(f"{pointer}/text", "znění výsledku", "the text of the result")
        if not result.target:
            yield _missing(f"{pointer}/target", "měřitelný cíl výsledku", "the measurable target")
        if result.due_on is None:
            yield _missing(f"{pointer}/due_on", "termín výsledku", "the day until when")
        elif not (content.starts_on or date.min) <= result.due_on <= (content.ends_on or date.max):
            yield Finding(
                pointer=f"{pointer}/due_on",
                code="due-outside-the-cooperation",
                cs="Termín výsledku je mimo dobu spolupráce.",
                en="The result is due outside the time of the cooperation.",
            )


def _of_item(pointer: str, item: BaselineItem, on: date) -> Iterator[Finding]:
    if item.level is None:
        if not item.not_assessed_reason:
            reason = ("důvod, proč kritérium nebylo hodnoceno", "why the criterion was not assessed")
            yield _missing(f"{pointer}/not_assessed_reason", *reason)
        return
    if item.level in EXTREMES and not item.justification:
        level = (f"zdůvodnění krajní úrovně {item.level}", f"the justification of the level {item.level}")
        yield _missing(f"{pointer}/justification", *level)
    if not item.assessor:
        yield _missing(f"{pointer}/assessor", "hodnotitel (úřad nebo funkce)", "the assessor (an office)")
    if item.assessed_on is None:
        yield _missing(f"{pointer}/assessed_on", "den hodnocení", "the day of assessment")
    elif item.assessed_on > on:
        yield Finding(
            pointer=f"{pointer}/assessed_on",
            code="assessed-in-the-future",
            cs="Den hodnocení ještě nenastal.",
            en="The day of assessment has not come yet.",
        )
