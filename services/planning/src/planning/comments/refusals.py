"""The facts that stop a comment, or somebody with it."""

from shared.errors import Invalid, NotFound, RuleBroken, TooMany


class CommentUnknown(NotFound):
    cs = "Taková připomínka tu není."
    en = "There is no such comment."


class NodeNotConsulted(Invalid):
    cs = "Takové místo návrh předložený k připomínkám nemá."
    en = "The draft under consultation has no such place."


class ChannelNotOffered(RuleBroken):
    cs = "Připomínky se v tomto řízení přes web nepodávají; jak je podat, říká jeho vyhlášení."
    en = "This consultation takes no comments on the web; its announcement says how to send them."


class SubmitterRequired(Invalid):
    cs = "V tomto řízení se podává na formuláři: uveďte jméno nebo název a kontakt."
    en = "This consultation takes the form only: give a name and a contact."


class DeliveredInFuture(Invalid):
    cs = "Doručení {delivered_at} leží v budoucnosti nebo příliš daleko v minulosti."
    en = "The delivery on {delivered_at} lies in the future or too far in the past."


class DeliveredBeforeSent(Invalid):
    cs = "Připomínka byla odeslána {sent_on}, doručena být dřív ({delivered_at}) nemohla."
    en = "The comment was sent on {sent_on} and cannot have been delivered before ({delivered_at})."


class CommentWithdrawn(RuleBroken):
    cs = "Připomínka č. {number} byla {withdrawn_on} vzata zpět."
    en = "Comment no. {number} was withdrawn on {withdrawn_on}."


class CommentErased(RuleBroken):
    cs = "Osobní údaje předkladatele připomínky č. {number} jsou vymazané."
    en = "The personal data of the submitter of comment no. {number} are erased."


class SubmitterKeptYet(RuleBroken):
    cs = "Údaje předkladatele se uchovávají po zveřejnění vypořádání (do: {kept_until}); dřív jen na žádost."
    en = "Data of the submitter are kept after the publication (until: {kept_until}); sooner on request."


class MainCommentUnknown(Invalid):
    cs = "Hlavní připomínka v tomto řízení není, nebo byla vzata zpět."
    en = "The main comment is not in this consultation, or was withdrawn."


class DuplicateOfItself(Invalid):
    cs = "Připomínka nemůže být duplicitou sebe samé."
    en = "A comment cannot be a duplicate of itself."


class CommentJoined(RuleBroken):
    cs = "Připomínka č. {number} je už spojená s jinou; duplicity se neřetězí."
    en = "Comment no. {number} is joined with another one; duplicates make no chains."


class DuplicateOfLate(RuleBroken):
    cs = "Připomínka č. {number} je opožděná; včasnou k ní připojit nelze, zůstala by bez vypořádání."
    en = "Comment no. {number} is late; a timely one cannot be joined to it, nobody would have to settle it."


class NotJoined(RuleBroken):
    cs = "Připomínka č. {number} s žádnou jinou spojená není."
    en = "Comment no. {number} is joined with no other one."


class TooManyComments(TooMany):
    cs = (
        "Připomínek přichází příliš mnoho najednou (nejvýše {limit} za hodinu). Zkuste to za {retry_after} s."
    )
    en = "Too many comments come at once (at most {limit} an hour). Try again in {retry_after} s."
