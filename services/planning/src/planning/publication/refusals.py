"""The facts that stop a publication of a settlement."""

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken


class NotARedaction(Invalid):
    cs = "Text lze jen začernit: vynechané části nahraďte značkou „[…]“, ostatní musí zůstat doslova."
    en = "The text can only be redacted: put “[…]” for what is left out, the rest stays word for word."


class PersonalDataLeft(RuleBroken):
    cs = (
        "V textu je něco, co vypadá jako osobní údaj ({found}×). Začerněte to, nebo napište, proč smí zůstat."
    )
    en = "Something in the text looks like personal data ({found}×). Redact it, or say why it may stay."


class CommentsNotReleased(RuleBroken):
    cs = "Na kontrolu osobních údajů čekají připomínky: {waiting} (č. {numbers})."
    en = "Comments wait for their check for personal data: {waiting} (no. {numbers})."


class CheckedByYou(Forbidden):
    cs = "Zveřejnit vypořádání nemůže ten, kdo texty kontroloval; je k tomu potřeba druhá osoba."
    en = "Whoever checked the texts cannot publish the settlement; it takes a second person."


class ReleasedAlready(RuleBroken):
    cs = "Připomínka č. {number} už zkontrolovaná je."
    en = "Comment no. {number} is checked already."


class SettlementNotPublished(NotFound):
    cs = "Vypořádání tohoto připomínkového řízení není zveřejněno."
    en = "The settlement of this consultation is not published."
