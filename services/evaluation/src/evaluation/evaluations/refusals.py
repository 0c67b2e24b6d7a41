"""The facts that stop an evaluation, or somebody with it."""

from collections.abc import Mapping
from typing import Final

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken
from shared.procedure import MoveRefused

STATES: Final[Mapping[str, tuple[str, str]]] = {
    "planned": ("plánována", "planned"),
    "begun": ("zahájena", "begun"),
    "drafted": ("návrh zprávy", "drafted"),
    "reviewed": ("posouzena", "reviewed"),
    "completed": ("dokončena", "completed"),
    "cancelled": ("zrušena", "cancelled"),
}
"""What people call the states of an evaluation, in Czech and in English."""


class EvaluationNotFound(NotFound):
    cs = "Taková evaluace není."
    en = "There is no such evaluation."


class EvaluationDoesNotAllow(MoveRefused):
    cs = "Evaluace je ve stavu „{state_name}“, nelze: {move_name}. {possible}"
    en = "The evaluation is “{state_name}”, this cannot be done: {move_name}. {possible}"


class SubjectMissing(Invalid):
    cs = "Tento druh evaluace potřebuje údaj „{needed}“: {kind}."
    en = "Evaluations of this type need “{needed}”: {kind}."


class SubjectNotFitting(Invalid):
    cs = "Evaluace plánu bere územní celky z plánu; další se neuvádějí."
    en = "An evaluation of a plan takes its units from the plan; no others are given."


class PlanNotEvaluated(Invalid):
    cs = "Plán {plan_id} tu není: schválený plán ještě nebyl oznámen."
    en = "The plan {plan_id} is not known here: its approval has not been told."


class DueInThePast(Invalid):
    cs = "Termín {due_on} už minul, dnes je {today}."
    en = "The day {due_on} is past already, today is {today}."


class EvaluatedByTheAgency(Invalid):
    cs = "Externí evaluaci dělá jiná organizace než Agentura: uveďte externího hodnotitele a smlouvu."
    en = "An external evaluation is made by others than the Agency: name the evaluator and the contract."


class ContractMissing(Invalid):
    cs = "U externího hodnotitele uveďte smlouvu nebo objednávku."
    en = "Name the contract or the order of an external evaluator."


class AuthorsMissing(Invalid):
    cs = "Uveďte, kdo plán psal: bez toho nelze posoudit nezávislost hodnotitele."
    en = "Say who wrote the plan: the independence of the evaluator cannot be judged without it."


class EvaluatorWroteThePlan(RuleBroken):
    words = STATES
    cs = "„{organisation}“ plán psala, nemůže ho hodnotit. Evaluace je ve stavu „{state}“, určete jiného."
    en = "“{organisation}” wrote the plan and cannot evaluate it. The evaluation is {state}; name another."


class EvaluatorCarriesThePlan(RuleBroken):
    words = STATES
    cs = (
        "„{organisation}“ nese ukazatele plánu ({numbers}), nemůže ho hodnotit. "
        "Evaluace je ve stavu „{state}“, určete jiného."
    )
    en = (
        "“{organisation}” owns indicators of the plan ({numbers}) and cannot evaluate it. "
        "The evaluation is {state}; name another."
    )


class EvaluatorOfTheUnit(Forbidden):
    cs = "Kdo jedná za hodnocený územní celek, nemůže ho hodnotit."
    en = "Those who act for a unit cannot evaluate it."


class EvaluatorReportedValues(Forbidden):
    cs = "Kdo hlásil hodnoty ukazatelů tohoto plánu, nemůže ho hodnotit."
    en = "Those who reported values of the plan's indicators cannot evaluate it."


class AuthorReviewsTheReport(RuleBroken):
    words = STATES
    cs = "Zprávu posuzuje někdo jiný, než kdo ji zpracoval. Evaluace je ve stavu „{state}“."
    en = "A report is reviewed by somebody else than its author. The evaluation is {state}."


class ReportedAlready(RuleBroken):
    words = STATES
    cs = "Evaluace už má zprávu (vydání {edition}), zrušit ji nelze. Je ve stavu „{state}“, opravte zprávu."
    en = "The evaluation has a report (edition {edition}) and cannot be cancelled. It is {state}; correct it."


class QuestionFromThePast(Invalid):
    cs = "Nové znění otázky platí nejdřív od {since}; rozdělané zprávy se ptají podle dosavadního."
    en = (
        "A new wording is in force from {since} on at the earliest; reports under way ask by the present one."
    )
