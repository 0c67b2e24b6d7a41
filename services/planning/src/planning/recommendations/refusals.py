"""What stops an answer to a recommendation, or the next revision without one."""

from collections.abc import Mapping
from typing import ClassVar

from shared.errors import Invalid, NotFound, RuleBroken


class RecommendationUnknown(NotFound):
    cs = "Takové doporučení tu není."
    en = "There is no such recommendation."


class RecommendationsUnanswered(RuleBroken):
    cs = "Další revizi nelze schválit, bez odpovědi zbývají doporučení: {unanswered} ({numbers})."
    en = "The next revision cannot be approved, recommendations without an answer: {unanswered} ({numbers})."


class ReplyWithoutReasons(Invalid):
    cs = "Odmítnutí i částečné přijetí doporučení potřebuje důvody."
    en = "To reject a recommendation, or to accept it in part, takes reasons."


class ReplyWithoutPromise(Invalid):
    cs = "Kdo doporučení přijímá, řekne, který úřad či organizace je splní a do kdy."
    en = "Who accepts a recommendation says which office will fulfil it, and until when."


class RejectionPromises(Invalid):
    cs = "Odmítnuté doporučení nikdo neplní: bez termínu, úřadu i míst v plánu."
    en = "Nobody fulfils a rejected recommendation: no day, no office, no places in the plan."


class PromisedBeforeIssued(Invalid):
    cs = "Doporučení bylo vydáno {issued_on}, splnit ho dříve nelze."
    en = "The recommendation was issued on {issued_on} and cannot be fulfilled before."


class PlaceNotInPlan(Invalid):
    cs = "Uzel {node_id} v platném plánu ani v návrhu jeho další revize není."
    en = "The node {node_id} is neither in the plan in force nor in the draft of its next revision."


class NothingToFulfil(RuleBroken):
    words: ClassVar[Mapping[str, tuple[str, str]]] = {
        "overdue": ("bez odpovědi po termínu", "overdue for its answer"),
        "open": ("zatím bez odpovědi", "not answered yet"),
        "rejected": ("odmítnuté", "rejected"),
    }
    cs = "Splnění se hlásí jen u přijatého doporučení; toto je {state}. Nejdřív ho přijměte."
    en = "Only an accepted recommendation is reported as fulfilled; this one is {state}. Accept it first."


class FulfilledAlready(RuleBroken):
    cs = "Doporučení je splněno od {fulfilled_on}, odpověď se už nemění."
    en = "The recommendation is fulfilled since {fulfilled_on}; its answer does not change any more."


class FulfilledInFuture(Invalid):
    cs = "Den splnění {fulfilled_on} je v budoucnosti."
    en = "The day of fulfilment {fulfilled_on} is in the future."
