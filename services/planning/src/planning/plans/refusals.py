"""The facts that stop a plan, or somebody with it."""

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken


class PlanUnknown(NotFound):
    cs = "Takový plán neexistuje."
    en = "There is no such plan."


class PlanNotEditable(RuleBroken):
    cs = "Plán je ve stavu „{status}“, měnit lze jen návrh nebo vrácený plán."
    en = "The plan is {status}; only a draft or a returned plan can be changed."


class PlanNotSubmitted(RuleBroken):
    cs = "Plán není předložen ke schválení, je ve stavu „{status}“."
    en = "The plan is not submitted, it is {status}."


class PlanNotApproved(RuleBroken):
    cs = "Ukončit lze jen schválený plán, tento je ve stavu „{status}“."
    en = "Only an approved plan can be closed, this one is {status}."


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
    cs = "Územní celek nemá s Agenturou platnou spolupráci, plán pro něj zatím nelze založit."
    en = "The unit has no cooperation with the Agency in force, so no plan can be drafted for it yet."


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
    cs = "Novou revizi lze založit jen k platnému plánu, tento je ve stavu „{status}“."
    en = "A new revision can be begun only for a plan in force, this one is {status}."


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
