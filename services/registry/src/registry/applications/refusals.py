"""Why something cannot be done with an application."""

from collections.abc import Sequence

from registry.applications.content import CHECKS, Check
from registry.applications.steps import PROCEDURE, Status
from shared.errors import Finding, Forbidden, Invalid, NotFound, RuleBroken
from shared.procedure import StandsInTheWay


class RefusedAsItStands(StandsInTheWay):
    """A rule about an application; every such refusal tells where it stands and what is possible."""

    def __init__(
        self, status: Status, *, rule: str, findings: Sequence[Finding] = (), **facts: object
    ) -> None:
        super().__init__(PROCEDURE.facts(status), findings=findings, rule=rule, **facts)


class ApplicationUnknown(NotFound):
    cs = "Taková přihláška není."
    en = "There is no such application."


class CallOfApplicationUnknown(Invalid):
    cs = "Taková výzva není, nebo dosud nebyla vyhlášena."
    en = "There is no such call, or it has not been announced yet."


class CallIsOver(RuleBroken):
    cs = "Do výzvy {call_code} už nelze přihlášku založit: příjem skončil, nebo byla zrušena."
    en = "No application can be begun in the call {call_code}: the intake is over, or it was cancelled."


class ApplyingUnitUnknown(Invalid):
    cs = "Územní celek v registru není."
    en = "The unit is not in the registry."


class ApplicantDoesNotExist(RuleBroken):
    cs = "Územní celek ke dni {day} neexistuje (platí od {unit_from} do {unit_until})."
    en = "The unit does not exist on {day} (it is valid from {unit_from} until {unit_until})."


class ApplicantNotEligible(RuleBroken):
    cs = "Výzva {call_code} není určena žadatelům druhu {kind}; přípustné druhy: {eligible_kinds}."
    en = "The call {call_code} is not for applicants of the kind {kind}; eligible: {eligible_kinds}."


class ApplicationAlreadyLives(RefusedAsItStands):
    cs = "V této výzvě už územní celek přihlášku má."
    en = "The unit has an application in this call already."


class AreaNotOfTheCall(Invalid):
    cs = "Tematická oblast {area} do výzvy nepatří; přípustné: {allowed}."
    en = "The area {area} is not of the call; allowed: {allowed}."


class AttachmentNotOfTheCall(Invalid):
    cs = "Výzva nezná přílohu druhu „{kind}“; přípustné: {allowed}."
    en = "The call knows no attachment of the kind “{kind}”; allowed: {allowed}."


class FormDoesNotFit(Invalid):
    cs = "Údaje neodpovídají formuláři výzvy."
    en = "The data do not fit the form of the call."


class ApplicationCannotBeEdited(RefusedAsItStands):
    cs = "Přihlášku lze měnit, jen dokud je rozpracovaná nebo vrácená k doplnění."
    en = "An application can be changed only while it is a draft or returned for completion."


class ApplicationIsIncomplete(RefusedAsItStands):
    cs = "Přihláška není úplná, zbývá vyřešit: {missing}. Nic se neztratilo."
    en = "The application is not complete, left to solve: {missing}. Nothing was lost."


class OnlyTheAgencyWritesDownReceipts(Forbidden):
    cs = "Doručení jinou cestou zapisuje jen Agentura; ostatní podávají okamžikem odeslání."
    en = "Only the Agency writes down what was delivered otherwise; others submit at the instant of sending."


class ReceivedInTheFuture(Invalid):
    cs = "Okamžik doručení {received_at} ještě nenastal."
    en = "The instant of receipt {received_at} has not come yet."


class ReceivedOutsideTheIntake(RefusedAsItStands):
    cs = "Výzva {call_code} přijímá přihlášky od {opens_at} do {closes_at}; doručeno {received_at}."
    en = "The call {call_code} takes applications from {opens_at} until {closes_at}; received {received_at}."


class CallIsAssessed(RefusedAsItStands):
    cs = "Přihlášky výzvy {call_code} už hodnotí komise; další zapsat nelze, ani kdyby byla doručena včas."
    en = "The commission assesses the call {call_code} already; no other application can be written down."


class CompletionIsLate(RefusedAsItStands):
    cs = "Doplnění mělo přijít do {due_on} včetně."
    en = "The completion was due by the end of {due_on}."


class CheckedByWhoSubmitted(RefusedAsItStands):
    cs = "Formální kontrolu nemůže dělat ten, kdo přihlášku podal nebo zapsal její doručení."
    en = "Who submitted the application or wrote its receipt down cannot check it."


class DecidedByWhoCheckedOrScored(RefusedAsItStands):
    cs = "Nemůže rozhodnout ten, kdo přihlášku podal, kontroloval nebo hodnotil, ani kdo je vyloučen."
    en = "Who submitted, checked or scored the application, or was recused from it, cannot decide on it."


class ChecklistFails(RefusedAsItStands):
    cs = "Formální kontrola nevyšla, nesplněno: {names}. Přihlášku vraťte k doplnění, nebo ji zamítněte."
    en = "The formal check fails, not met: {names}. Return the application for completion, or reject it."

    def title(self, language: str) -> str:
        column = 0 if language == "cs" else 1
        names = ", ".join(CHECKS[Check(item)][column] for item in str(self.facts["failed"]).split(", "))
        return (self.cs if column == 0 else self.en).format(names=names)


class CapacityIsExhausted(RefusedAsItStands):
    cs = "Kapacita výzvy ({capacity}) je vyčerpána. Uveďte důvod jejího překročení."
    en = "The capacity of the call ({capacity}) is exhausted. Give the reason for exceeding it."


class EvaluationEndsOtherwise(Invalid):
    cs = "Tímto krokem hodnocení nekončí: {move}."
    en = "An evaluation does not end with this move: {move}."
