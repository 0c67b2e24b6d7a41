"""The facts that stop an entry of the library, or somebody with it."""

from typing import Final

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken
from shared.procedure import MoveRefused


class EntryUnknown(NotFound):
    cs = "Taková položka v knihovně není."
    en = "There is no such entry in the library."


class EntryMoveRefused(MoveRefused):
    cs = "Položka knihovny je ve stavu „{state_name}“, nelze: {move_name}. {possible}"
    en = "The entry is {state_name}; this cannot be done: {move_name}. {possible}"


class EntryNotYours(Forbidden):
    cs = "Položka patří územnímu celku, za který nejednáte, nebo knihovně Agentury."
    en = "The entry belongs to a unit that you do not act for, or to the Agency."


class AuthorCannotVerify(Forbidden):
    cs = "Položku neověřuje ten, kdo ji napsal nebo naposledy změnil."
    en = "An entry is not verified by whoever wrote it or changed it last."


class ReviewNotAhead(Invalid):
    cs = "Den příštího přezkumu {review_on} musí být v budoucnosti, nejdéle za {years} let."
    en = "The day of the next review, {review_on}, lies ahead and at most {years} years away."


NEEDED: Final = {
    "results": ("výsledky v číslech", "results in numbers"),
    "conditions": ("podmínky, za kterých funguje", "conditions under which it works"),
    "contact_office": ("kontaktní místo", "the contact office"),
    "evidence": ("doklady", "evidence"),
}
"""What a practice says before it can be judged."""


class PracticeIncomplete(RuleBroken):
    """`lacking` are the fields that are empty."""

    cs = "Praxi zatím nelze navrhnout, chybí: {lacking}."
    en = "The practice cannot be proposed yet, it lacks: {lacking}."

    def __init__(self, *, lacking: list[str]) -> None:
        super().__init__(lacking=lacking)

    def title(self, language: str) -> str:
        column = 0 if language == "cs" else 1
        names = self.facts["lacking"]
        words = [NEEDED[name][column] for name in names] if isinstance(names, list) else []
        return (self.cs if column == 0 else self.en).format(lacking=", ".join(words))


class PracticeEndsBeforeItBegins(Invalid):
    cs = "Praxe skončila {worked_until}, dřív než začala ({worked_from})."
    en = "The practice ended on {worked_until}, before it began ({worked_from})."


class PracticeInFuture(Invalid):
    cs = "Praxe má začít až {worked_from}; ověřit lze jen to, co se už osvědčilo."
    en = "The practice begins only on {worked_from}; what is to be verified has worked already."


class PracticeKeepsItsKind(Invalid):
    cs = "Praxe vznikla z opatření plánu, jiným druhem položky se stát nemůže."
    en = "A practice comes from a measure of a plan and cannot become an entry of another kind."


class PracticeWithoutItsRecord(Invalid):
    cs = "U praxe se uvádí, kde a jak se osvědčila; u šablony se to neuvádí."
    en = "A practice says where and how it worked; a template does not."


class MeasureNotApproved(Invalid):
    cs = "Schválený plán takové opatření nemá."
    en = "No approved plan has such a measure."


class UnitOfPracticeUnclear(Invalid):
    cs = "Plán patří více územním celkům; uveďte jeden z nich, za který jednáte."
    en = "The plan belongs to several units; name one of them that you act for."


class SuccessorUnderWay(RuleBroken):
    cs = "Nové vydání této položky se už připravuje."
    en = "The next edition of this entry is being prepared already."


class MeasureProposedAlready(RuleBroken):
    cs = "Z tohoto opatření už položka knihovny je ({entry_id})."
    en = "There is an entry from this measure in the library already ({entry_id})."
