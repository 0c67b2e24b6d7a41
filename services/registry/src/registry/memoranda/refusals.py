"""Why a decision on a memorandum is refused."""

from shared.errors import Forbidden, Invalid, NotFound
from shared.procedure import MoveRefused, StandsInTheWay


class MemorandumUnknown(NotFound):
    cs = "Takové memorandum v registru není."
    en = "There is no such memorandum."


class MemorandumUnitUnknown(Invalid):
    cs = "Územní celek v registru není."
    en = "The unit is not in the registry."


class MemorandumDoesNotAllow(MoveRefused):
    cs = "Memorandum je ve stavu „{state_name}“, a tak nelze: {move_name}. {possible}"
    en = "The memorandum is “{state_name}”, so this cannot be done: {move_name}. {possible}"


class MemorandumInTheMaking(StandsInTheWay):
    cs = "Celek už má rozpracované znění memoranda č. {edition}; nejprve je dokončete, nebo zahoďte."
    en = "Edition {edition} of the unit's memorandum is in the making; finish or discard it first."


class ReasonDoesNotFit(Invalid):
    cs = "Důvod „{reason}“ neodpovídá tomu, co celek už uzavřel; přichází v úvahu: {fitting}."
    en = "The reason “{reason}” does not fit what the unit has concluded; possible: {fitting}."


class MemorandumHasNoText(StandsInTheWay):
    cs = "Chybí text memoranda: odkaz na dokument s otiskem."
    en = "The text of the memorandum is missing: a reference to a document with its digest."


class ResolutionMissing(Invalid):
    cs = "Uveďte usnesení zastupitelstva: usnesení v přihlášce memorandum nepokrývá, nebo přihláška není."
    en = "State the resolution: that of the application does not cover the memorandum, or there is none."


class ResolutionAdoptedLater(StandsInTheWay):
    cs = "Usnesení bylo přijato {adopted_on}, tedy až po dni schválení {on}."
    en = "The resolution was adopted on {adopted_on}, after the day of approval {on}."


class MemorandumApplicationUnknown(Invalid):
    cs = "Taková přihláška tohoto celku v registru není."
    en = "There is no such application of this unit."


class ApplicationNotApproved(StandsInTheWay):
    cs = "Přihláška není schválená (je ve stavu „{application_status}“), memorandum k ní uzavřít nelze."
    en = "The application is not approved (it is {application_status}): no memorandum can follow from it."


class PartyDoesNotExistThen(StandsInTheWay):
    cs = "{party} dne {signed_on} není smluvní stranou za Agenturu."
    en = "On {signed_on} {party} is not the party that concludes for the Agency."


class PartyHasSigned(StandsInTheWay):
    cs = "Za tuto stranu je podepsáno už od {signed_on}."
    en = "This side signed on {signed_on} already."


class SamePersonSigns(StandsInTheWay):
    cs = "Za obě strany nemůže podepsat ani podpis zapsat táž osoba ({name})."
    en = "The same person ({name}) can neither sign nor record the signature for both parties."


class OtherSideSigns(Forbidden):
    cs = (
        "Za tuto stranu nepodepisujete: za celek podepisuje starosta (nebo to zapíše konzultant), "
        "za Agenturu ředitel."
    )
    en = (
        "You do not sign for this side: for the unit the mayor does (or a consultant writes it down), "
        "for the Agency the director."
    )


class OtherSideTerminates(Forbidden):
    cs = "Celek ukončuje memorandum jen za sebe; za Agenturu nebo dohodou je ukončuje Agentura."
    en = "A unit terminates for itself alone; for the Agency or by agreement the Agency does."


class DescriptionAgreedLater(StandsInTheWay):
    cs = "O memorandum se ještě {agreed_on} opřel sjednaný popis spolupráce; ukončit je už {on} nelze."
    en = "A description was agreed on under it on {agreed_on}: it cannot have been terminated on {on}."


class ConcludedNoLaterThanTheLast(StandsInTheWay):
    cs = "Nové znění musí být uzavřeno po dni {held_until}, kdy ještě platí předchozí; podepsáno je {on}."
    en = "A new edition must be concluded after {held_until}, until when the last holds; it is signed {on}."


class MemorandumUnitDoesNotExistThen(StandsInTheWay):
    cs = "Územní celek dne {on} neexistuje."
    en = "The unit does not exist on {on}."
