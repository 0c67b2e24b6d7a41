"""What stops whoever follows a recommendation."""

from shared.errors import Invalid, NotFound, RuleBroken


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
    cs = "Doporučení je ve stavu „{state}“ a na odpověď má adresát čas do {due_on}; sledujte je potom."
    en = "The recommendation is {state}; its addressee has until {due_on} to answer. Follow it up then."


class AnsweredInPlanning(RuleBroken):
    cs = "Na doporučení k plánu odpovídá obec v plánování; doporučení je ve stavu „{state}“."
    en = "A recommendation on a plan is answered by its owner in planning; it is {state}."
