"""Why a decision on a statement is refused."""

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken
from shared.procedure import MoveRefused, StandsInTheWay


class StatementUnknown(NotFound):
    cs = "Takové vyjádření ani potvrzení v registru není."
    en = "There is no such statement or confirmation."


class StatementMoveRefused(MoveRefused):
    cs = "Vyjádření je ve stavu „{state_name}“ a nelze: {move_name}. {possible}"
    en = "The statement is “{state_name}” and this cannot be done: {move_name}. {possible}"


class MessageRegisteredAlready(RuleBroken):
    cs = "Datová zpráva {message_id} už je zapsána u žádosti {first_id} (přijata {first_received_on})."
    en = "Data box message {message_id} is registered with {first_id} already (received {first_received_on})."


class MessagesAreReadByTheAgency(Forbidden):
    cs = "Číslo datové zprávy zapisuje Agentura; žádost podaná přímo zde je nemá."
    en = "The Agency writes down messages of the data box; a request filed here has none."


class SenderIsTheAgency(Invalid):
    cs = "{data_box} je schránka Agentury; uveďte schránku žadatele."
    en = "{data_box} is the data box of the Agency; give that of the applicant."


class CoveredUnitsUnknown(Invalid):
    cs = "Tyto územní celky v registru nejsou: {unknown}."
    en = "These units are not in the registry: {unknown}."


class CoveredUnitsRepeated(Invalid):
    cs = "Každý územní celek uveďte jednou."
    en = "Name each unit once."


class NotIssuedYet(StandsInTheWay):
    cs = "Vyjádření zatím nebylo vydáno, nahradit ani stáhnout je jako vydané nelze."
    en = "The statement has not been issued: it cannot be replaced or fetched as issued."


class ReplacedAlready(StandsInTheWay):
    cs = "Toto vyjádření už nahrazuje jiné: {successor_id}."
    en = "Another statement replaces this one already: {successor_id}."


class ReplacesAnotherKind(Invalid):
    cs = "Oprava musí být téhož druhu jako opravované vyjádření ({kind})."
    en = "A correction is of the same kind as what it corrects ({kind})."


class ReasonsMissing(Invalid):
    cs = "Nedoporučující vyjádření musí mít odůvodnění."
    en = "An unfavourable statement gives its reasons."


class ConditionsMissing(Invalid):
    cs = "U výsledku s podmínkou uveďte alespoň jednu podmínku."
    en = "A favourable statement with a condition names at least one."


class ConditionsWithoutSuchOutcome(Invalid):
    cs = "Podmínky patří jen k výsledku „doporučující s podmínkou“."
    en = "Conditions belong to the outcome “favourable with a condition” alone."


class CapacityNotAsked(Invalid):
    cs = "Kapacita Agentury se uvádí jen u potvrzení o spolupráci MAP."
    en = "The Agency's capacity is stated with confirmations for MAP only."


class PreconditionsUnmet(StandsInTheWay):
    cs = "Kladně se vyjádřit nelze, nesplněné předpoklady: {unmet_count}."
    en = "A favourable outcome is not possible, preconditions unmet: {unmet_count}."


class SignedByItsDrafter(StandsInTheWay):
    cs = "Vyjádření nemůže podepsat ten, kdo je navrhl."
    en = "Who drafted the statement cannot sign it."
