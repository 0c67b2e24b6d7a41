"""The facts that stop a link of evidence."""

from collections.abc import Mapping
from typing import ClassVar, Final

from planning.plans.refusals import STATES
from shared.errors import Invalid, NotFound, RuleBroken


class EvidenceUnknown(NotFound):
    cs = "Takový podklad tu není."
    en = "There is no such evidence."


class ProblemUnknown(Invalid):
    cs = "Takový problém v plánu není; podklad lze připojit jen k problému."
    en = "The plan has no such problem; evidence is linked to problems alone."


_MEASURES: Final[Mapping[str, tuple[str, str]]] = {
    "figure": ("údaj statistiky", "a figure"),
    "index": ("body Indexu", "points of the Index"),
    "band": ("pásmo Indexu", "the band of the Index"),
    "component": ("složka Indexu", "a component of the Index"),
    "analysis": ("analýza", "an analysis"),
}


class CitationLacks(Invalid):
    words = _MEASURES
    cs = "Podklad „{measure}“ potřebuje pole „{field}“."
    en = "Evidence that is {measure} needs the field “{field}”."


class CitationUnfit(Invalid):
    words = _MEASURES
    cs = "Pole „{field}“ do podkladu „{measure}“ nepatří."
    en = "The field “{field}” has no place in evidence that is {measure}."


class AnalysisWithoutPlace(Invalid):
    cs = "Uveďte buď adresu analýzy („url“), nebo dokument („document_id“), ne obojí."
    en = "Say where the analysis is: by its address (“url”) or a document (“document_id”), not both."


class CitedInFuture(Invalid):
    cs = "Údaj za období od {period} ještě nemůže být."
    en = "There cannot be a figure of the period from {period} yet."


class BoundsCrossed(Invalid):
    cs = "Dolní mez {at_least} je vyšší než horní mez {at_most}."
    en = "The lower bound {at_least} is above the upper one {at_most}."


class ClaimFailsAlready(Invalid):
    cs = "Tvrzení neplatí ani pro citovanou hodnotu {value}."
    en = "The claim does not hold even for the cited value {value}."


class CitedUnitUnknown(Invalid):
    cs = "Územní celek registr ještě neoznámil, nebo neexistuje."
    en = "The registry has not told of the unit, or there is none."


class EvidenceRemoved(RuleBroken):
    cs = "Podklad byl {removed_on} odebrán."
    en = "The evidence was removed on {removed_on}."


class RegistryMovedOn(RuleBroken):
    cs = "Registr mezitím vydal nové údaje. Odešlete to znovu."
    en = "The registry has published new figures meanwhile. Send it again."


class RegistryOutOfReach(RuleBroken):
    cs = "Registr teď neodpovídá. Zkuste to za chvíli znovu."
    en = "The registry does not answer now. Try again in a moment."


class NothingToCheck(RuleBroken):
    cs = "Analýzu nemá registr jak ověřit."
    en = "An analysis is nothing that the registry could check."


class NothingToAnswer(RuleBroken):
    words: ClassVar[Mapping[str, tuple[str, str]]] = {
        "fresh": ("aktuální", "fresh"),
        "newer": ("potvrzený novějším vydáním", "confirmed by a newer edition"),
        "withdrawn": ("vyřazený z registru", "no longer in the registry"),
        "unknown": ("zatím neověřený", "not checked yet"),
    }
    cs = "Potvrzovat tvrzení je třeba, jen když novější údaj říká něco jiného; tento podklad je {state}."
    en = "A claim is upheld only where a newer figure says otherwise; this evidence is {state}."


class EvidenceUnderVote(RuleBroken):
    words = STATES
    cs = "Podklady lze měnit, jen dokud se o plánu nerozhoduje a není ukončený; tento je {state}."
    en = "Evidence can be changed while nobody decides on the plan and it is not closed; this one is {state}."


class EvidenceCrowded(RuleBroken):
    cs = "U plánu je už {limit} podkladů, víc jich být nemůže."
    en = "The plan has {limit} links of evidence already, the most that there may be."
