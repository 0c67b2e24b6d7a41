"""What stops an assessment: each refusal tells its rule, the status and what is possible."""

from typing import Final

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken
from shared.procedure import StandsInTheWay

_DUTIES: Final = {
    "chair": ("předseda", "the chair"),
    "secretary": ("tajemník", "the secretary"),
    "director": ("ředitel", "the director"),
}


class AssessmentUnknown(NotFound):
    cs = "Takové věcné hodnocení v registru není."
    en = "There is no such assessment."


class NotInThisAssessment(NotFound):
    cs = "Tato přihláška v hodnocení není, nebo ji nehodnotíte."
    en = "The application is not in this assessment, or it is not yours to score."


class CallStillTakesApplications(RuleBroken):
    cs = "Příjem výzvy ještě neskončil (konec {closes_at}); hodnocení se otevírá až po něm."
    en = "The intake of the call has not ended yet ({closes_at}); an assessment is opened after it."


class ApplicationsAwaitFormalCheck(RuleBroken):
    cs = "Formální kontrola ještě neskončila u přihlášek: {numbers}. Všechny se hodnotí v jednom pořadí."
    en = "The formal check is not over for the applications {numbers}. All are ranked together."


class NothingToAssess(RuleBroken):
    cs = "Výzva nemá žádnou formálně správnou přihlášku."
    en = "The call has no formally correct application."


class CallAssessedAlready(RuleBroken):
    cs = "Hodnocení této výzvy už je otevřeno."
    en = "The assessment of this call is open already."


class CommissionIncomplete(RuleBroken):
    cs = "Komise nemá ke dni {on} předsedu, tajemníka nebo žádného člena."
    en = "On {on} the commission has no chair, no secretary or no member."


class QuorumTooHigh(Invalid):
    cs = "Kvórum {quorum} je vyšší než počet členů ({members})."
    en = "The quorum {quorum} is higher than the number of members ({members})."


class NotTheCommissionsOfficer(Forbidden):
    cs = "Toto v hodnocení dělá jen: {names}."
    en = "In the assessment this is done only by: {names}."

    def title(self, language: str) -> str:
        column = 0 if language == "cs" else 1
        names = ", ".join(_DUTIES[duty][column] for duty in str(self.facts["duties"]).split(", "))
        return (self.cs if column == 0 else self.en).format(names=names)


class ApplicationLeftTheEvaluation(RuleBroken):
    cs = "Přihláška {number} už v hodnocení není."
    en = "The application {number} is no longer in the evaluation."


class ConflictWithoutGround(Invalid):
    cs = "Střet zájmů musí mít důvod."
    en = "A conflict of interest needs its ground."


class DeclarationMissing(StandsInTheWay):
    cs = "Nejdřív prohlaste, zda u přihlášky {number} máte střet zájmů."
    en = "First declare whether you have a conflict of interest in the application {number}."


class DeclaredAlready(StandsInTheWay):
    cs = "O přihlášce {number} už jste prohlášení učinil(a); je konečné."
    en = "You have made your declaration on the application {number}; it is final."


class MemberIsRecused(StandsInTheWay):
    cs = "Z hodnocení přihlášky {number} je člen vyloučen; vyloučení je konečné."
    en = "The member is recused from the application {number}; a recusal is final."


class ScoredByWhoChecked(StandsInTheWay):
    cs = "Přihlášku {number} nemůže hodnotit ten, kdo ji formálně kontroloval."
    en = "Who checked the application {number} formally cannot score it."


class MemberIsAbsent(StandsInTheWay):
    cs = "Člen je u přihlášky {number} zapsán jako nehodnotící."
    en = "The member is recorded as not scoring the application {number}."


class ScoreIsSealed(StandsInTheWay):
    cs = "Hodnocení přihlášky {number} je zapečetěné."
    en = "The score of the application {number} is sealed."


class ScoreNotSealed(StandsInTheWay):
    cs = "Hodnocení přihlášky {number} zapečetěné není."
    en = "The score of the application {number} is not sealed."


class ScoreUnfinished(StandsInTheWay):
    cs = "Hodnocení přihlášky {number} není úplné; chybí body nebo důvod: {missing}."
    en = "The score of the application {number} is not complete; points or reasons are missing: {missing}."


class ScoreChangedOnce(StandsInTheWay):
    cs = "Zapečetěné hodnocení lze po odkrytí změnit jen jednou."
    en = "A sealed score can be changed only once after the reveal."


class ScoresAreBlind(StandsInTheWay):
    cs = "Hodnocení se odkryjí, až je zapečetí všichni ({sealed} z {expected})."
    en = "The scores are revealed when all have sealed theirs ({sealed} of {expected})."


class RecusedReadsAfterClosure(Forbidden):
    cs = "Kdo je z přihlášky vyloučen, čte její hodnocení až po uzavření."
    en = "Who is recused from an application reads its scores after the closure only."


class ScoresReadAfterClosure(Forbidden):
    cs = "Do uzavření čtou hodnocení jen nepodjatí členové a tajemník komise."
    en = "Until the closure the scores are read by members without conflict and the secretary alone."


class NotACriterionOfTheCall(Invalid):
    cs = "Výzva nemá kritérium „{criterion}“."
    en = "The call has no criterion “{criterion}”."


class CriterionScoredTwice(Invalid):
    cs = "Kritérium „{criterion}“ je v hodnocení dvakrát."
    en = "The criterion “{criterion}” is scored twice."


class PointsOutsideScale(Invalid):
    cs = "Kritérium „{criterion}“ má 0 až {max_points} bodů."
    en = "The criterion “{criterion}” has 0 to {max_points} points."


class ApplicationTwice(Invalid):
    cs = "Přihláška {application_id} je v tabulce dvakrát."
    en = "The application {application_id} is in the table twice."


class NothingToExcuse(StandsInTheWay):
    cs = "Tato osoba tu nemá žádné nezapečetěné hodnocení: nehodnotí, nebo už vše zapečetila."
    en = "This person has no unsealed score here: not a member of the assessment, or all is sealed."


class MinutesAfterClosure(StandsInTheWay):
    cs = "Zápis a pořadí vznikají uzavřením hodnocení."
    en = "The minutes and the ranked list come with the closure of the assessment."


class AssessmentUnfinished(StandsInTheWay):
    cs = "Nelze uzavřít. Nezapečetěno: {unsealed}. Bez kvóra: {without_quorum}. Neprojednáno: {undiscussed}."
    en = "Not to be closed. Unsealed: {unsealed}. No quorum: {without_quorum}. Undiscussed: {undiscussed}."


class SignedAlready(StandsInTheWay):
    cs = "Zápis jste už podepsal(a), nebo je podpis této funkce připojen."
    en = "You have signed the minutes, or the signature of this duty is there."


class AlreadyAssesses(StandsInTheWay):
    cs = "Tato osoba už v hodnocení je."
    en = "This person takes part already."


class NotSeatedAsMember(StandsInTheWay):
    cs = "Tato osoba dnes v komisi jako člen nesedí."
    en = "This person does not sit in the commission as a member today."
