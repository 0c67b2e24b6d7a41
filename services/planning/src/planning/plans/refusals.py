"""The facts that stop a plan, or somebody with it."""

from collections.abc import Mapping
from typing import Final

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken
from shared.procedure import Standing

STATES: Final[Mapping[str, tuple[str, str]]] = {
    "draft": ("návrh", "a draft"),
    "submitted": ("předložený ke schválení", "submitted for approval"),
    "returned": ("vrácený k přepracování", "returned to its authors"),
    "approved": ("schválený", "approved"),
    "in-implementation": ("v realizaci", "in implementation"),
    "closed": ("ukončený", "closed"),
}
_MOVES: Final[Mapping[str, tuple[str, ...]]] = {
    "draft": ("change", "submission"),
    "submitted": ("return", "approval"),
    "returned": ("change", "submission"),
    "approved": ("revisions", "closure"),
    "in-implementation": ("revisions", "closure"),
    "closed": (),
}


def standing(status: str) -> Standing:
    """Return where a plan, or the draft of its next revision, stands and what is possible there."""
    return Standing(state=str(status), allowed_moves=list(_MOVES[status]))


class PlanUnknown(NotFound):
    cs = "Takový plán neexistuje."
    en = "There is no such plan."


class PlanNotEditable(RuleBroken):
    words = STATES
    cs = "Měnit a předkládat lze jen návrh nebo vrácený plán; tento je {state}."
    en = "Only a draft or a returned plan can be changed or submitted; this one is {state}."


class PlanNotSubmitted(RuleBroken):
    words = STATES
    cs = "O plánu se teď nerozhoduje: není předložený ke schválení, je {state}."
    en = "There is nothing to decide now: the plan is not submitted, it is {state}."


class PlanNotApproved(RuleBroken):
    words = STATES
    cs = "Ukončit lze jen plán, který platí; tento je {state}."
    en = "Only a plan in force can be closed; this one is {state}."


class PlanIncomplete(RuleBroken):
    cs = "Plán není úplný, schválit jej zatím nelze. Chybí: {missing}."
    en = "The plan is not complete and cannot be approved yet. Missing: {missing}."


class SubmitterCannotApprove(Forbidden):
    cs = "Schválení nemůže zapsat ten, kdo plán předložil."
    en = "Whoever submitted the plan cannot record its approval."


class UnitNotYours(Forbidden):
    cs = "Plán se týká územního celku, za který nejednáte."
    en = "The plan is of a unit that you do not act for."


class NodeUnknown(Invalid):
    cs = "Uzel {node_id} v tomto plánu není nebo je jiného druhu; nové uzly posílejte bez id."
    en = "The node {node_id} is not in this plan or is of another kind; send new nodes without an id."


class NodeTwice(Invalid):
    cs = "Uzel {node_id} je v plánu dvakrát."
    en = "The node {node_id} stands in the plan twice."


class UnitNotCooperating(RuleBroken):
    cs = "S Agenturou nyní nespolupracuje: {units}. Plán lze založit, až spolupráce začne platit."
    en = "No cooperation with the Agency is in force for: {units}. A plan can be drafted once it is."


class ValidityMalformed(Invalid):
    cs = "Platnost plánu musí končit po svém začátku a trvat nejvýše {years} let."
    en = "A plan's validity ends after it begins and lasts at most {years} years."


class ApprovedInFuture(Invalid):
    cs = "Datum schválení {approved_on} je v budoucnosti."
    en = "The date of approval {approved_on} is in the future."


class ClosedBeforeValid(Invalid):
    cs = "Plán platí od {valid_from}, nelze jej ukončit dříve."
    en = "The plan is valid from {valid_from} and cannot be closed before."


class UnitNotHeardOf(RuleBroken):
    cs = "Registr nám o územním celku ještě nedal vědět. Zkuste to za chvíli znovu."
    en = "The registry has not told us of the unit yet. Try again in a moment."


class PlanNotInForce(RuleBroken):
    words = STATES
    cs = "Novou revizi lze založit jen k platnému plánu; tento je {state}."
    en = "A new revision can be begun only for a plan in force; this one is {state}."


class AmendmentUnderWay(RuleBroken):
    cs = "Revize {revision} se už připravuje; dokončete ji, nebo ji zahoďte."
    en = "Revision {revision} is being drafted already; finish it or discard it."


class NothingToDiscard(RuleBroken):
    cs = "Plán nemá rozpracovanou revizi, kterou by šlo zahodit."
    en = "The plan has no draft of a revision that could be discarded."


class NothingAmended(RuleBroken):
    cs = "Nová revize se od platné v ničem neliší."
    en = "The new revision differs in nothing from the one in force."


class ApprovedBeforeTheLast(Invalid):
    cs = "Platná revize byla schválena {last}, nová nemůže být schválena dříve."
    en = "The revision in force was approved on {last}; the new one cannot have been approved before."


class RevisionUnknown(NotFound):
    cs = "Plán takovou revizi nemá."
    en = "The plan has no such revision."


class DraftUnknown(NotFound):
    cs = "Plán nemá rozpracovanou revizi."
    en = "The plan has no draft of a revision."


class NotYetInForce(NotFound):
    cs = "Dne {day} žádná revize plánu neplatila."
    en = "No revision of the plan was in force on {day}."
