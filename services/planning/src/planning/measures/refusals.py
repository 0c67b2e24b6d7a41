"""What stops a word on the state of a measure."""

from planning.plans.refusals import STATES
from shared.errors import Forbidden, Invalid, RuleBroken


class PlanNotCarriedOut(RuleBroken):
    words = STATES
    cs = "Stav opatření se hlásí u plánu, který platí; tento je {state}."
    en = "The state of a measure is told of a plan in force; this one is {state}."


class MeasureNotYours(Forbidden):
    cs = "Stav opatření hlásí jeho vlastník („{owner}“), jeho zástupce nebo koordinátor."
    en = "The state is told by the owner of the measure (“{owner}”), its deputy or the coordinator."


class MeasureWithoutOwner(Forbidden):
    cs = "Opatření nemá v plánu vlastníka; jeho stav hlásí koordinátor."
    en = "The plan names no owner of the measure; its state is told by the coordinator."


class StateInFuture(Invalid):
    cs = "Stav ke dni {state_on} leží v budoucnosti; dnes je {today}."
    en = "The state of {state_on} lies in the future; today is {today}."


class StateBeforeTheLast(Invalid):
    cs = "Stav ke dni {state_on} je starší než poslední, který je ke dni {last}."
    en = "The state of {state_on} is older than the last one, which is of {last}."


class StateWithoutReason(Invalid):
    cs = "Zpožděné nebo opuštěné opatření potřebuje vysvětlení."
    en = "A measure that is delayed or abandoned needs an explanation."
