"""The facts that stop a settlement of comments."""

from uuid import UUID

from planning.consultations.domain import LABELS, ConsultationStatus
from shared.errors import Forbidden, Invalid, RuleBroken, Stale


class JustificationMissing(Invalid):
    cs = "Částečné přijetí a zamítnutí se musí odůvodnit."
    en = "Accepting in part and rejecting need a justification."


class AcceptedWithoutChange(Invalid):
    cs = "Přijatá připomínka (i částečně) musí ukázat změnu návrhu; jiná ji mít nemůže."
    en = "A comment accepted, even in part, names its change of the draft; no other has one."


class DraftMovedOn(Stale):
    cs = "Návrh plánu mezitím někdo změnil: máte verzi {expected}, platí verze {current}. Načtěte plán znovu."
    en = (
        "Somebody changed the draft of the plan meanwhile: you have version {expected}, "
        "the current one is {current}. Reload the plan."
    )


class ChangeNotMade(RuleBroken):
    cs = "Uvedené místo se od projednávaného návrhu neliší; nejdřív jej změňte."
    en = "The place named does not differ from the draft that was consulted; change it first."


class SettledInTheFuture(Invalid):
    cs = "Datum vypořádání {settled_on} je v budoucnosti."
    en = "The day of settlement {settled_on} is in the future."


class SettledBeforeItCame(Invalid):
    cs = "Připomínka přišla {delivered_on}; vypořádat ji dřív nelze."
    en = "The comment came on {delivered_on}; it cannot be settled before."


class NothingToReopen(RuleBroken):
    cs = "Připomínka vypořádaná není."
    en = "The comment is not settled."


class SettledWithItsMain(RuleBroken):
    cs = "Připomínka č. {number} je duplicitní, vypořádá se s č. {main}."
    en = "Comment no. {number} is a duplicate; it is settled with no. {main}."


class SettlingBodyUnknown(Invalid):
    cs = "Takový orgán tu není nebo nepatří k územnímu celku plánu."
    en = "There is no such body, or it is not one of the plan's units."


class TimelyCommentsOpen(RuleBroken):
    cs = "Včas podané připomínky čekají na vypořádání: {open} (č. {numbers})."
    en = "Timely comments wait for their settlement: {open} (no. {numbers})."


class ChangesTakenBack(RuleBroken):
    cs = "Změny přijaté podle připomínek č. {numbers} už v návrhu nejsou."
    en = "The changes accepted with comments no. {numbers} are no longer in the draft."


class ConsultationNotOver(RuleBroken):
    """The consultation of what is to be approved is not settled; the facts tell where it stands."""

    cs = "Plán zatím nelze schválit: jeho připomínkové řízení není vypořádané (stav „{state_name}“)."
    en = "The plan cannot be approved yet: its consultation is not settled (“{state_name}”)."

    def __init__(self, *, state: ConsultationStatus, consultation_id: UUID) -> None:
        self._names = LABELS[state]
        super().__init__(state=state.value, consultation_id=consultation_id)

    def title(self, language: str) -> str:
        """Return the sentence with the state as people call it."""
        column = 0 if language == "cs" else 1
        return (self.cs, self.en)[column].format(state_name=self._names[column])


class SettlerCannotApprove(Forbidden):
    cs = "Vypořádání nemůže schválit ten, kdo některou připomínku vypořádal."
    en = "Whoever settled any of the comments cannot approve the settlement."


class SettlementApprovedInFuture(Invalid):
    cs = "Datum schválení vypořádání {approved_on} je v budoucnosti."
    en = "The day of approval of the settlement {approved_on} is in the future."


class SettlementApprovedTooSoon(Invalid):
    cs = "Poslední připomínka byla vypořádána {last}; schválit vypořádání dřív nelze."
    en = "The last comment was settled on {last}; the settlement cannot be approved before."


class DraftConsultedGone(RuleBroken):
    cs = "Projednávala se revize {consulted}, rozpracovaná je {revision}."
    en = "Revision {consulted} was consulted; the one being drafted is {revision}."


class DraftConsultedDiscarded(RuleBroken):
    cs = "Projednávaný návrh byl zahozen; připomínku lze už jen zamítnout, nebo vzít na vědomí."
    en = "The draft consulted was discarded; the comment can only be rejected or noted."


class SettledAlready(RuleBroken):
    cs = "Připomínka č. {number} už vypořádaná je; hromadně se nepřepisuje."
    en = "Comment no. {number} is settled already; it is not overwritten in bulk."
