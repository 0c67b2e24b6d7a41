"""The facts that stop a consultation, or somebody with it."""

from collections.abc import Mapping

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken


class ConsultationUnknown(NotFound):
    cs = "Takové připomínkové řízení tu není."
    en = "There is no such consultation."


class ConsultationNotYours(Forbidden):
    cs = "Připomínkové řízení vede územní celek, za který nejednáte."
    en = "The consultation is held by a unit that you do not act for."


class ConsultationDoesNotAllow(RuleBroken):
    """A move that the present state does not know; the facts tell what is possible."""

    cs = "Připomínkové řízení je ve stavu „{state_name}“, nelze: {move_name}. {possible}"
    en = "The consultation is “{state_name}”, this cannot be done: {move_name}. {possible}"

    def __init__(
        self, names: Mapping[str, tuple[str, str]], *, state: str, move: str, allowed_moves: list[str]
    ) -> None:
        self._names = names
        super().__init__(state=state, move=move, allowed_moves=allowed_moves)

    def title(self, language: str) -> str:
        """Return the sentence with states and moves as people call them."""
        column = 0 if language == "cs" else 1
        moves: object = self.facts["allowed_moves"]
        listed = ", ".join(self._names[move][column] for move in moves) if isinstance(moves, list) else ""
        possible = ("Možné je: {}.", "Possible: {}.")[column].format(listed)
        closed = ("Řízení je skončeno.", "It is over.")[column]
        return (self.cs, self.en)[column].format(
            state_name=self._names[str(self.facts["state"])][column],
            move_name=self._names[str(self.facts["move"])][column],
            possible=possible if listed else closed,
        )


class ConsultationUnderWay(RuleBroken):
    cs = "K tomuto plánu už jedno připomínkové řízení běží nebo se připravuje; nejdřív je vypořádejte."
    en = "A consultation of this plan is under way or in preparation already; settle it first."


class NothingToConsult(RuleBroken):
    cs = "Připomínkovat lze jen rozpracovaný plán, tento je ve stavu „{status}“."
    en = "Only a draft that is being worked on can be consulted; this plan is {status}."


class DraftIsEmpty(RuleBroken):
    cs = "Návrh plánu zatím nic neobsahuje, připomínky by se neměly k čemu vztahovat."
    en = "The draft of the plan holds nothing yet that could be commented on."


class ClosesBeforeItOpens(Invalid):
    cs = "Lhůta pro připomínky končí {closes_at}, dřív než začíná ({opens_at})."
    en = "The window for comments closes on {closes_at}, before it opens ({opens_at})."


class WindowTooLong(Invalid):
    cs = "Lhůta pro připomínky trvá nejvýše {days} dní."
    en = "The window for comments lasts at most {days} days."


class SettledBeforeClosing(Invalid):
    cs = "Připomínky lze podávat do {last_day}, vypořádat je dřív nelze."
    en = "Comments can be sent until {last_day} and cannot be settled before."


class WindowIsOver(RuleBroken):
    cs = "Lhůta pro připomínky skončila už {closes_at}; nejdřív ji posuňte."
    en = "The window for comments ended on {closes_at} already; move it first."


class WindowOnlyProlonged(Invalid):
    cs = "Vyhlášenou lhůtu lze jen prodloužit; končí {closes_at}."
    en = "A window that was announced can only be prolonged; it ends on {closes_at}."


class CommentsSentAlready(RuleBroken):
    cs = "Zrušit lze jen řízení bez připomínek. Přijatých připomínek: {comments}."
    en = "Only a consultation without comments can be cancelled. Comments received: {comments}."


class FrozenDraftUnknown(NotFound):
    cs = "Návrh ještě nebyl zveřejněn k připomínkám."
    en = "The draft has not been put to consultation yet."
