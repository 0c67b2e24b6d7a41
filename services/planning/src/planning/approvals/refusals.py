"""The facts that stop a chain, a round, or somebody with them."""

from collections.abc import Mapping
from typing import Final

from shared.errors import Forbidden, Invalid, NotFound, Refusal, RuleBroken

ROLES: Final[Mapping[str, tuple[str, str]]] = {
    "administrator": ("správce", "administrator"),
    "analyst": ("analytik Agentury", "analyst of the Agency"),
    "commissioner": ("člen komise", "commissioner"),
    "consultant": ("konzultant Agentury", "consultant of the Agency"),
    "coordinator": ("koordinátor", "coordinator"),
    "director": ("ředitel Agentury", "director of the Agency"),
    "evaluator": ("evaluátor Agentury", "evaluator of the Agency"),
    "mayor": ("starosta", "mayor"),
    "partner": ("partner", "partner"),
    "system": ("systém", "system"),
}
_LEAD: Final = ("předsedající nebo vedoucí orgánu se svým účtem", "chair or manager of the body")


class AtStep(Refusal):
    """A refusal about a step or a state, which the facts name in both languages."""

    cs = "V kroku „{label}“ to nelze."
    en = "In the step “{label}” this cannot be done."

    def title(self, language: str) -> str:
        known = {"label_cs": "", "label_en": "", **self.facts}
        return (self.cs if language == "cs" else self.en).format_map(
            {**known, "label": known["label_cs" if language == "cs" else "label_en"]}
        )


class RoundUnknown(NotFound):
    cs = "Takové schvalování neexistuje."
    en = "There is no such round of approval."


class ChainUnknown(NotFound):
    cs = "Takový postup schvalování neexistuje."
    en = "There is no such chain of approval."


class RoundOver(AtStep, RuleBroken):
    cs = "O kroku už rozhodnout nelze: {label}."
    en = "No step can be decided any more: {label}."


class StepNotCouncil(AtStep, RuleBroken):
    cs = "Zastupitelstvo teď rozhodnout nemůže, na řadě je krok „{label}“."
    en = "It is not for the council to decide now; the step is “{label}”."


class PartyDecidedAlready(AtStep, RuleBroken):
    cs = "Za tento územní celek už bylo v kroku „{label}“ rozhodnuto."
    en = "In the step “{label}” it was decided for this unit already."


class PartyToBeNamed(AtStep, Invalid):
    cs = "V kroku „{label}“ rozhoduje více územních celků, uveďte, za který rozhodnutí zapisujete."
    en = "Several units decide in the step “{label}”; say for which of them you record it."


class UnitNotDeciding(AtStep, Invalid):
    cs = "Tento územní celek v kroku „{label}“ nerozhoduje."
    en = "This unit does not decide in the step “{label}”."


class StepNotYours(AtStep, Forbidden):
    cs = "V kroku „{label}“ nerozhodujete. Rozhoduje: {who}."
    en = "The step “{label}” is not yours to decide. It is for: {who}."

    def title(self, language: str) -> str:
        """Return the sentence with those who may."""
        column = 0 if language == "cs" else 1
        roles, lead = self.facts["roles"], self.facts["led"]
        named = [ROLES[role][column] for role in roles] if isinstance(roles, list) else []
        who = ", ".join([*named, *([_LEAD[column]] if lead else [])])
        label = self.facts["label_cs" if column == 0 else "label_en"]
        return (self.cs, self.en)[column].format(label=label, who=who)


class DecidedAnotherStep(Forbidden):
    cs = "V tomto schvalování jste už jedno rozhodnutí zapsali; jeden člověk nerozhoduje dvakrát."
    en = "You recorded a decision of this round already; one person does not decide twice."


class NotYoursToStop(Forbidden):
    cs = "Zveřejnění může v ochranné lhůtě zastavit jen obec, která schvalovala, nebo Agentura."
    en = "In the quiet period only a unit that approved or the Agency can stop the publication."


class DecidedBeforeTheStepBefore(Invalid):
    cs = "Předchozí krok byl rozhodnut {before}, tento nemůže být rozhodnut dříve."
    en = "The step before was decided on {before}; this one cannot have been decided sooner."


class ReferenceMissing(Invalid):
    cs = "Uveďte orgán a číslo usnesení."
    en = "Name the body and the number of its resolution."


class DecisionOfAnotherBody(AtStep, Invalid):
    cs = "Takové usnesení orgán, který v kroku „{label}“ rozhoduje, nepřijal."
    en = "The body that decides in the step “{label}” took no such decision."


class ChainWithoutCouncil(Invalid):
    cs = "Plán musí schválit zastupitelstvo nebo rada; postup bez tohoto kroku není možný."
    en = "A council has to approve a plan; a chain without that step is not possible."


class ChainOutOfOrder(Invalid):
    cs = "Kroky jdou od pracovní skupiny přes partnerství a zastupitelstvo k Agentuře."
    en = "Steps go from the working group over the partnership and the council to the Agency."


class ChainDropsStep(AtStep, Invalid):
    cs = "Postup obce může kroky jen přidat; chybí krok, který má postup pro tento druh plánu: {label}."
    en = "A unit's chain can only add steps; one that the kind of plan has is missing: {label}."


class ChainLessQuiet(Invalid):
    cs = "Ochranná lhůta pro tento druh plánu je {quiet_days} pracovních dnů, obec ji nemůže zkrátit."
    en = "The quiet period of this kind of plan is {quiet_days} working days; a unit cannot shorten it."


class RoleCannotDecide(Invalid):
    words = ROLES
    cs = "Role „{role}“ v kroku této úrovně rozhodovat nemůže."
    en = "The role {role} cannot decide in a step of this level."


class StepWithoutDecider(Invalid):
    cs = "V kroku nemá kdo rozhodnout: chybí role i orgán."
    en = "Nobody can decide the step: it has neither roles nor a body."


class ChainBodyUnknown(Invalid):
    cs = "Územní celek takový orgán ani skupinu nemá."
    en = "The unit has no such body."


class ChainNotYours(Forbidden):
    cs = "Postup schvalování pro tento celek měnit nemůžete."
    en = "This chain of approval is not yours to change."


class ChainBeginsInThePast(Invalid):
    cs = "Postup může platit nejdříve od {earliest}."
    en = "A chain can hold from {earliest} at the earliest."


class ChainEndsBeforeItBegins(Invalid):
    cs = "Postup by skončil {ends_on}, dřív než začne platit ({starts_on})."
    en = "The chain would end on {ends_on}, before it begins ({starts_on})."


class ChainSetAlready(RuleBroken):
    cs = (
        "Od {starts_on} už platí nebo má platit jiný postup. Ten, který ještě neplatí, zrušte; "
        "ten, který už platí, ukončete a nový nechte začít nejdřív den po jeho konci."
    )
    en = (
        "Another chain holds from {starts_on}. Withdraw it while it does not hold yet; "
        "else end it and let the new one begin the day after."
    )


class ChainHoldsAlready(RuleBroken):
    cs = "Postup platí od {starts_on}, zrušit lze jen ten, který ještě neplatí; tento lze ukončit."
    en = "The chain holds since {starts_on}; only one that does not hold yet can be withdrawn."


class ChainEnded(RuleBroken):
    cs = "Postup skončil {ends_on}."
    en = "The chain ended on {ends_on}."


class ChainUnitUnknown(Invalid):
    cs = "Registr nám o tomto územním celku ještě nedal vědět."
    en = "The registry has not told us of the unit yet."
