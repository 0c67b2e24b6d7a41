"""The facts that stop support from being recorded, or somebody with it."""

from shared.errors import Invalid, NotFound, RuleBroken
from shared.procedure import MoveRefused


class ParticipantUnknown(NotFound):
    cs = "Takového účastníka projekt nemá."
    en = "The project has no such participant."


class EntryUnknown(Invalid):
    cs = "Takový zápis podpory účastník nemá."
    en = "The participant has no such entry of support."


class KeyNotPseudonymous(Invalid):
    """The key itself is not told back: it may be what must not be stored."""

    cs = "Klíč účastníka není náhodný: použijte 8–64 písmen a číslic, z nichž osobu nikdo nepozná."
    en = "The key of the participant is not random: use 8–64 letters and digits that give nobody away."


class ParticipantRegistered(RuleBroken):
    cs = "Účastník s tímto klíčem je v projektu už zapsán: počítá se jednou."
    en = "A participant with this key is in the project already: a person counts once."


class KeyWasErased(RuleBroken):
    cs = "Údaje účastníka s tímto klíčem byly v projektu vymazány a znovu se nezapisují."
    en = "What was kept under this key in the project was erased and is not recorded again."


class ParticipantDoesNotAllow(MoveRefused):
    cs = "Účastník je ve stavu „{state_name}“ a nelze: {move_name}. {possible}"
    en = "The participant is “{state_name}” and this cannot be done: {move_name}. {possible}"


class SupportInTheFuture(Invalid):
    cs = "Den podpory {supported_on} teprve přijde."
    en = "The day of support {supported_on} is yet to come."


class SupportOutsideTheProject(Invalid):
    cs = "Den podpory {supported_on} není v době projektu ({starts_on} až {ends_on})."
    en = "The day of support {supported_on} is outside the project ({starts_on} to {ends_on})."


class SupportAfterWithdrawal(RuleBroken):
    cs = "Účastník z projektu {withdrawn_on} odešel: podpora z {supported_on} je až po tom dni."
    en = (
        "The participant left the project on {withdrawn_on}: the support of {supported_on} is after that day."
    )


class UnitNotRecognised(Invalid):
    cs = "Projekt podporu v jednotce „{unit}“ neuznává."
    en = "The project does not recognise support in the unit “{unit}”."


class MoreThanOneEntryHolds(Invalid):
    cs = "Jeden zápis v jednotce „{unit}“ má nejvýš {most}, uvedeno je {amount}."
    en = "One entry in the unit “{unit}” holds {most} at most, {amount} were given."


class MoreThanTheDayHas(RuleBroken):
    cs = "Podpora jedné osoby dne {supported_on} by dala dohromady více než 24 hodin."
    en = "The support of one person on {supported_on} would make more than 24 hours."


class KeyActivityUnknown(Invalid):
    cs = "Projekt takovou klíčovou aktivitu nemá, nebo v ten den neběžela."
    en = "The project has no such key activity, or it did not run on that day."


class CorrectionOfACorrection(Invalid):
    cs = "Opravuje se původní zápis, ne jeho oprava."
    en = "Correct the entry itself, not its correction."


class CorrectedByTheRegistry(RuleBroken):
    cs = "Zápis vznikl z docházky: opravte činnost v záznamu činností, oprava přijde sama."
    en = "The entry came of attendance: correct the activity in its log, and the correction follows."


class NothingToCorrect(RuleBroken):
    cs = "Zápis už po dřívějších opravách dává {amount}."
    en = "After earlier corrections the entry gives {amount} already."


class WithdrawalInTheFuture(Invalid):
    cs = "Den odchodu {withdrawn_on} teprve přijde."
    en = "The day of withdrawal {withdrawn_on} is yet to come."


class SupportedSince(RuleBroken):
    cs = "Účastník má zapsanou podporu ještě {supported_on}: nejdřív ji opravte, nebo uveďte pozdější den."
    en = "The participant has support as late as {supported_on}: correct it first, or give a later day."


class SameRegistration(Invalid):
    cs = "Registraci nelze sloučit se sebou samou."
    en = "A registration cannot be merged with itself."


class PersonMergedAlready(RuleBroken):
    cs = "Jedna z registrací už s jinou sloučena je. Slučujte s tou, pod kterou se hodiny sčítají."
    en = "One of the registrations is merged already. Merge with the one under which hours are summed."
