"""What stops whoever follows a recommendation."""

from typing import Final

from shared.errors import Invalid, NotFound, RuleBroken

STATES: Final = {
    "overdue": ("bez odpovědi po termínu", "overdue"),
    "late": ("přijato, slíbený den minul", "late"),
    "open": ("čeká na odpověď", "open"),
    "answered": ("zodpovězeno", "answered"),
    "reported": ("hlášeno jako splněné", "reported as fulfilled"),
    "closed": ("uzavřeno", "closed"),
}
"""What people call the states of a recommendation, in Czech and in English."""


class RecommendationUnknown(NotFound):
    cs = "Takové doporučení tu není."
    en = "There is no such recommendation."


class FollowedUpInFuture(Invalid):
    cs = "Den zjištění {followed_up_on} teprve přijde."
    en = "The day of the follow-up {followed_up_on} is yet to come."


class FollowedUpBeforeIssued(Invalid):
    cs = "Doporučení bylo vydáno {issued_on}, dřív nelze zjistit, jak dopadlo."
    en = "The recommendation was issued on {issued_on}; what became of it cannot be known before."


class NotAnsweredYet(RuleBroken):
    words = STATES
    cs = "Doporučení je ve stavu „{state}“ a na odpověď má adresát čas do {due_on}; sledujte je potom."
    en = "The recommendation is {state}; its addressee has until {due_on} to answer. Follow it up then."


class AnsweredInPlanning(RuleBroken):
    words = STATES
    cs = "Na doporučení k plánu odpovídá obec v plánování; doporučení je ve stavu „{state}“."
    en = "A recommendation on a plan is answered by its owner in planning; it is {state}."
