"""Why a decision on a description of cooperation is refused."""

from shared.errors import Forbidden, Invalid, NotFound
from shared.procedure import MoveRefused, StandsInTheWay


class DescriptionUnknown(NotFound):
    cs = "Takový popis spolupráce v registru není."
    en = "There is no such description of cooperation."


class NoEditionToCompare(NotFound):
    cs = "Znění, s nímž by se dalo porovnat, není."
    en = "There is no edition to compare with."


class DescribedCooperationUnknown(Invalid):
    cs = "Taková spolupráce v registru není."
    en = "There is no such cooperation."


class DescribedCooperationIsOver(StandsInTheWay):
    cs = "Spolupráce je u konce, nový popis k ní sjednat nelze."
    en = "The cooperation is over: no description can be agreed on any more."


class DescriptionDoesNotAllow(MoveRefused):
    cs = "Popis spolupráce je ve stavu „{state_name}“, a tak nelze: {move_name}. {possible}"
    en = "The description is “{state_name}”, so this cannot be done: {move_name}. {possible}"


class DescriptionInTheMaking(StandsInTheWay):
    cs = "V této oblasti spolupráce už je rozpracované znění č. {edition}; dokončete je, nebo zahoďte."
    en = "Edition {edition} of this description is in the making; finish or discard it first."


class DescriptionExists(StandsInTheWay):
    cs = "Popis spolupráce už byl sjednán (znění č. {edition}); mění se novým zněním."
    en = "The description was agreed already (edition {edition}); a new edition changes it."


class AreaOutsideDomain(Invalid):
    cs = "Oblast {area} do tohoto popisu nepatří; přípustné jsou {allowed}."
    en = "The area {area} has no place in this description; allowed: {allowed}."


class AreaNamedTwice(Invalid):
    cs = "Oblast {area} je uvedena dvakrát."
    en = "The area {area} is named twice."


class AreaNotDescribed(Invalid):
    cs = "Oblast {area} není mezi oblastmi tohoto popisu."
    en = "The area {area} is not among those of this description."


class CriterionNamedTwice(Invalid):
    cs = "Kritérium {criterion} oblasti {area} je uvedeno dvakrát."
    en = "The criterion {criterion} of the area {area} is named twice."


class DescriptionEndsBeforeItStarts(Invalid):
    cs = "Konec {ends_on} předchází začátku {starts_on}."
    en = "The end {ends_on} comes before the start {starts_on}."


class BaselineIsLocked(StandsInTheWay):
    cs = "Výchozí stav oblasti {area} byl sjednán dříve a zůstává beze změny (kritérium {criterion})."
    en = "The baseline of the area {area} was agreed before and stays as it is (criterion {criterion})."


class DescriptionIsIncomplete(StandsInTheWay):
    cs = "Popis spolupráce není úplný; chybějících nebo chybných údajů: {count}."
    en = "The description is not complete; data missing or wrong: {count}."


class MemorandumNotInForce(StandsInTheWay):
    cs = "Dne {on} nemá celek platné memorandum, popis spolupráce sjednat nelze."
    en = "On {on} the unit has no memorandum in force: no description can be agreed on."


class SideHasAgreed(StandsInTheWay):
    cs = "Tato strana souhlasila už {agreed_on}."
    en = "This side agreed on {agreed_on} already."


class SamePersonAgrees(StandsInTheWay):
    cs = "Za obě strany nemůže souhlasit ani souhlas zapsat táž osoba ({name})."
    en = "The same person ({name}) can neither agree nor record the agreement of both parties."


class AuthorAgreesAlone(StandsInTheWay):
    cs = "Za Agenturu nesouhlasí ten, kdo popis sám napsal."
    en = "Who wrote the description alone does not agree to it for the Agency."


class OtherSideAgrees(Forbidden):
    cs = "Za tuto stranu nesouhlasíte: za celek souhlasí starosta, za Agenturu ředitel nebo konzultant."
    en = "You do not agree for this side: the mayor does for the unit, the director or a consultant else."


class AgreedAfterItsEnd(StandsInTheWay):
    cs = "Popis platí do {ends_on}, sjednat jej až {on} nelze."
    en = "The description lasts until {ends_on}: it cannot be agreed on only on {on}."


class AgreedNoLaterThanTheLast(StandsInTheWay):
    cs = "Nové znění by platilo od {starts_on}, předchozí však tehdy ještě nemůže skončit (do {held_until})."
    en = "The new edition would hold from {starts_on}, when the last cannot end yet (until {held_until})."


class EndsOutsideItsTime(StandsInTheWay):
    cs = "Popis platí od {in_force_from} do {in_force_until}, ukončit jej k {on} nelze."
    en = "The description holds from {in_force_from} until {in_force_until}: it cannot be ended on {on}."
