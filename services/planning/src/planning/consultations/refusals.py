"""The facts that stop a consultation, or somebody with it."""

from planning.plans.refusals import STATES
from shared.errors import Forbidden, Invalid, NotFound, RuleBroken
from shared.procedure import MoveRefused


class ConsultationUnknown(NotFound):
    cs = "Takové připomínkové řízení tu není."
    en = "There is no such consultation."


class ConsultationNotYours(Forbidden):
    cs = "Připomínkové řízení vede územní celek, za který nejednáte."
    en = "The consultation is held by a unit that you do not act for."


class ConsultationDoesNotAllow(MoveRefused):
    cs = "Připomínkové řízení je ve stavu „{state_name}“, nelze: {move_name}. {possible}"
    en = "The consultation is “{state_name}”, this cannot be done: {move_name}. {possible}"
    at_its_end = ("Řízení je skončeno.", "It is over.")


class ConsultationUnderWay(RuleBroken):
    cs = "K tomuto plánu už jedno připomínkové řízení běží nebo se připravuje; nejdřív je vypořádejte."
    en = "A consultation of this plan is under way or in preparation already; settle it first."


class NothingToConsult(RuleBroken):
    words = STATES
    cs = "K připomínkám lze předložit jen rozpracovaný plán; tento je {state}."
    en = "Only a draft that is being worked on can be consulted; this plan is {state}."


class DraftIsEmpty(RuleBroken):
    cs = "Návrh plánu zatím nic neobsahuje, připomínky by se neměly k čemu vztahovat."
    en = "The draft of the plan holds nothing yet that could be commented on."


class ClosesBeforeItOpens(Invalid):
    cs = "Lhůta pro připomínky musí skončit později, než začne ({opens_at})."
    en = "The window for comments closes later than it opens ({opens_at})."


class WindowTooLong(Invalid):
    cs = "Lhůta pro připomínky trvá nejvýše {days} dní."
    en = "The window for comments lasts at most {days} days."


class SettledBeforeClosing(Invalid):
    cs = "Připomínky lze podávat do {last_day}, vypořádat je dřív nelze."
    en = "Comments can be sent until {last_day} and cannot be settled before."


class WindowIsOver(RuleBroken):
    cs = "Lhůta pro připomínky skončila už {closes_at}; nejdřív ji posuňte."
    en = "The window for comments ended on {closes_at} already; move it first."


class WindowOnlyProlonged(Invalid):
    cs = "Vyhlášenou lhůtu lze jen prodloužit; končí {closes_at}."
    en = "A window that was announced can only be prolonged; it ends on {closes_at}."


class CommentsSentAlready(RuleBroken):
    cs = "Zrušit lze jen řízení bez připomínek. Přijatých připomínek: {comments}."
    en = "Only a consultation without comments can be cancelled. Comments received: {comments}."


class FrozenDraftUnknown(NotFound):
    cs = "Návrh ještě nebyl zveřejněn k připomínkám."
    en = "The draft has not been put to consultation yet."
