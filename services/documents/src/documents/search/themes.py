"""Which thematic areas a text is about, by the words that it is full of."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Final

from documents.extraction.lexicon import lexemes_of
from shared.contracts.registry import ThematicArea

WORDS: Final[Mapping[ThematicArea, tuple[str, ...]]] = {
    ThematicArea.BYD: ("bydlení", "byt", "nájem", "nájemné", "nájemník", "ubytovna", "bytový", "noclehárna"),
    ThematicArea.DLU: ("dluh", "exekuce", "oddlužení", "insolvence", "zadluženost", "dlužník", "dluhový"),
    ThematicArea.ZAM: ("zaměstnanost", "nezaměstnanost", "zaměstnání", "zaměstnavatel", "nezaměstnaný"),
    ThematicArea.BEZ: ("bezpečnost", "kriminalita", "policie", "přestupek", "strážník", "kriminální"),
    ThematicArea.ZDR: ("zdraví", "zdravotní", "lékař", "závislost", "zdravotnictví", "nemoc"),
    ThematicArea.VZD: ("vzdělávání", "škola", "žák", "školní", "vzdělání", "předškolní", "učitel"),
    ThematicArea.SLU: ("služba", "poradenství", "terénní", "komunitní"),
    ThematicArea.ROD: ("rodina", "mládež", "násilí", "diskriminace", "ohrožený", "rodič"),
}
"""Lemmas; one that a text is full of, or that its title has, is enough."""


def areas_of(about: AbstractSet[str]) -> tuple[ThematicArea, ...]:
    return tuple(area for area, lexemes in _lexemes().items() if not lexemes.isdisjoint(about))


@cache
def _lexemes() -> dict[ThematicArea, frozenset[str]]:
    return {area: frozenset(lexemes_of(word)[-1] for word in words) for area, words in WORDS.items()}
