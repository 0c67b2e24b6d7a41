"""The facts that stop a link of evidence."""

from shared.errors import Invalid, NotFound, RuleBroken


class EvidenceUnknown(NotFound):
    cs = "Takový podklad tu není."
    en = "There is no such evidence."


class ProblemUnknown(Invalid):
    cs = "Takový problém v plánu není; podklad lze připojit jen k problému."
    en = "The plan has no such problem; evidence is linked to problems alone."


class CitationUnfit(Invalid):
    cs = "Pole „{field}“ u podkladu druhu „{measure}“ chybí, nebo do něj nepatří."
    en = "The field “{field}” is missing in evidence of the kind “{measure}”, or has no place in it."


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
    cs = "Podklad je ve stavu „{state}“; potvrzovat je co jen ve stavu „{allowed_state}“."
    en = "The evidence is {state}; there is something to uphold only when it is {allowed_state}."


class EvidenceUnderVote(RuleBroken):
    cs = "Plán je ve stavu „{status}“; podklady lze měnit, až když se o něm nerozhoduje a není ukončen."
    en = "The plan is {status}; evidence can be changed while nobody decides on it and it is not closed."


class EvidenceCrowded(RuleBroken):
    cs = "U plánu je už {limit} podkladů, víc jich být nemůže."
    en = "The plan has {limit} links of evidence already, the most that there may be."
