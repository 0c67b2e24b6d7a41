"""What has to be read beside every list of similar municipalities, and what makes each of them similar."""

from collections.abc import Sequence
from typing import Final

from registry.peers.domain import Compared, Likeness

CAVEAT_CS: Final = (
    "Podobnost se počítá jen z uvedených ukazatelů. Srovnání s podobnými obcemi je první orientací, "
    "nikoli důkazem účinku: obce, které s Agenturou spolupracují, se od ostatních liší i tím, co zde "
    "měřeno není. Pro hodnocení účinku volte rok před začátkem podpory."
)
CAVEAT_EN: Final = (
    "Similarity is calculated from the features listed alone. A comparison with similar municipalities is "
    "a first orientation, not proof of an effect: those that cooperate with the Agency differ from others in "
    "what is not measured here, too. To judge an effect choose a year before support began."
)


def sentence_cs(compared: Sequence[Compared]) -> str:
    similar = _listed([each.feature.name_cs for each in _of(compared, Likeness.SIMILAR)])
    different = _listed([each.feature.name_cs for each in _of(compared, Likeness.DIFFERENT)])
    return f"Podobné: {similar or 'nic výrazného'}. Odlišné: {different or 'nic výrazného'}."


def sentence_en(compared: Sequence[Compared]) -> str:
    similar = _listed([each.feature.name_en for each in _of(compared, Likeness.SIMILAR)])
    different = _listed([each.feature.name_en for each in _of(compared, Likeness.DIFFERENT)])
    return f"Similar: {similar or 'nothing much'}. Different: {different or 'nothing much'}."


def _of(compared: Sequence[Compared], likeness: Likeness) -> list[Compared]:
    return [each for each in compared if each.likeness is likeness]


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names)
