"""Why something with a communication plan or its output is refused."""

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken

_STATES = {
    "planned": ("naplánováno", "planned"),
    "done": ("splněno", "done"),
    "cancelled": ("zrušeno", "cancelled"),
}


class CommunicationPlanUnknown(NotFound):
    cs = "Takový komunikační plán není."
    en = "There is no such communication plan."


class CommunicationOutputUnknown(NotFound):
    cs = "Takový komunikační výstup není."
    en = "There is no such communication output."


class CommunicationRuleUnknown(NotFound):
    cs = "Takové pravidlo není."
    en = "There is no such rule."


class CommunicationUnitNotYours(Forbidden):
    cs = "Komunikaci můžete plánovat jen celkům, ke kterým patříte."
    en = "You may plan communication only of units that you belong to."


class CommunicationUnitUnknown(Invalid):
    cs = "Územní celek {unit_id} neznáme."
    en = "We know no unit {unit_id}."


class PlanEndsBeforeItBegins(Invalid):
    cs = "Plán by skončil dřív, než začne."
    en = "The plan would end before it begins."


class CommunicationPlanOfNothing(Invalid):
    cs = "Komunikační plán patří ke spolupráci, k plánu nebo k projektu."
    en = "A communication plan belongs to a cooperation, a plan or a project."


class CommunicationPlanClosed(RuleBroken):
    cs = "Komunikační plán byl uzavřen {closed_on}."
    en = "The communication plan was closed on {closed_on}."


class OutputNotPlanned(RuleBroken):
    words = _STATES
    cs = "Výstup je ve stavu „{state}“, rozhodnout lze jen o naplánovaném."
    en = "The output is {state}, only a planned one can be decided on."


class ProofMissing(Invalid):
    cs = "Doložte výstup odkazem nebo dokumentem."
    en = "Prove the output by a link or by a document."


class ProofCountedAlready(RuleBroken):
    cs = "Tímto odkazem nebo dokumentem je už doložen jiný výstup téhož druhu; započítat se dá jednou."
    en = "Another output of the kind is proven by this link or document already; it counts once."


class ProofDocumentUnknown(Invalid):
    cs = "Takový dokument není."
    en = "There is no such document."


class DoneInFuture(Invalid):
    cs = "Den {done_on} teprve přijde."
    en = "The day {done_on} is still to come."
