"""The facts that stop a value, or somebody with it."""

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken
from shared.procedure import MoveRefused


class ObligationNotFound(NotFound):
    cs = "Taková povinnost není."
    en = "There is no such obligation."


class ValueNotAwaited(MoveRefused):
    cs = "Hodnota se neočekává: ve stavu „{state_name}“ nelze {move_name}. {possible}"
    en = "No value is awaited: in the state “{state_name}” nobody can {move_name}. {possible}"


class ValueNotSubmitted(MoveRefused):
    cs = "Žádná hodnota nečeká na schválení: ve stavu „{state_name}“ nelze {move_name}. {possible}"
    en = "No value waits for approval: in the state “{state_name}” nobody can {move_name}. {possible}"


class ValueNotApproved(MoveRefused):
    cs = "Opravuje se jen schválená hodnota: ve stavu „{state_name}“ nelze {move_name}. {possible}"
    en = "Only an approved value is corrected: in the state “{state_name}” nobody can {move_name}. {possible}"


class ApproverReportedTheValue(RuleBroken):
    cs = "Hodnotu nemůže schválit ten, kdo ji nahlásil."
    en = "Who reported the value cannot approve it."


class ReporterNotOfThePlan(Forbidden):
    cs = "Hodnotu hlásí jen ten, kdo jedná za některý územní celek plánu."
    en = "Only those who act for a unit of the plan report its values."


class MeasuredInTheFuture(Invalid):
    cs = "Den zjištění {measured_on} teprve přijde, dnes je {today}."
    en = "The day of measurement {measured_on} is yet to come, today is {today}."


class MeasuredBeforeThePeriod(Invalid):
    cs = "Den zjištění {measured_on} je před začátkem období ({starts_on})."
    en = "The day of measurement {measured_on} is before the period begins ({starts_on})."


class PeriodLocked(RuleBroken):
    """The published figures of a period do not move silently; `allowed_moves` go with a reason."""

    cs = "Období do {locked_until} je uzamčeno; hodnota se v něm mění jen s uvedením důvodu pozdní změny."
    en = "Periods until {locked_until} are locked; a value moves there only with a reason for the late edit."


class NumberExpected(Invalid):
    cs = "U tohoto indikátoru se hlásí číslo."
    en = "A number is reported for this indicator."


class WordingExpected(Invalid):
    cs = "Tento indikátor je slovní, hlásí se popis, nikoli číslo."
    en = "This indicator is qualitative: words are reported, not a number."


class LevelUnknown(Invalid):
    """`levels` are those of the scale."""

    cs = "Stupeň {value} na škále není, možné jsou: {levels}."
    en = "The scale has no level {value}; there are: {levels}."


class CountNegative(Invalid):
    cs = "Počet nemůže být záporný ({value})."
    en = "A count cannot be negative ({value})."


class ShareOutOfRange(Invalid):
    cs = "Podíl {value} % není mezi 0 a 100."
    en = "A share of {value} % is not between 0 and 100."


class ValueIsComputed(RuleBroken):
    """`formula` says of what."""

    cs = "Hodnota se počítá vzorcem {formula}; nahlaste výpočet, ne číslo."
    en = "The value is computed by the formula {formula}; report the computation, not a number."


class NothingToCompute(RuleBroken):
    cs = "Tento indikátor se nepočítá vzorcem; nahlaste jeho hodnotu."
    en = "This indicator is not computed by a formula; report its value."


class InputsMissing(RuleBroken):
    """`codes` have no approved value in the plan for that period."""

    cs = "Pro období {period} chybějí v plánu schválené hodnoty indikátorů: {codes}."
    en = "The plan has no approved values for {period} of: {codes}."


class InputsAmbiguous(RuleBroken):
    """`codes` are measured by several indicators of the plan."""

    cs = "V plánu je více indikátorů s kódem: {codes}; není jasné, kterým počítat."
    en = "Several indicators of the plan have the code: {codes}; it is not clear which to count with."


class ComputationHasNoValue(RuleBroken):
    cs = "Vzorec {formula} nemá pro tyto hodnoty výsledek (dělení nulou nebo příliš velké číslo)."
    en = "The formula {formula} has no result for these values (division by zero, or too large)."


class NothingInStatistics(RuleBroken):
    cs = "Tento indikátor se ze statistiky nepřebírá; nahlaste jeho hodnotu."
    en = "This indicator is not taken from statistics; report its value."


class RegistryOutOfReach(RuleBroken):
    cs = "Registr statistik teď neodpovídá. Zkuste to za chvíli, nebo hodnotu nahlaste přímo."
    en = "The registry of statistics does not answer now. Try again later, or report the value directly."


class RegistryMovedOn(RuleBroken):
    cs = "Registr mezitím vydal novější vydání řady {series}; převezměte údaj znovu."
    en = "The registry has published a newer edition of {series} meanwhile; take the figure again."


class FiguresMissing(RuleBroken):
    """`units` of the plan have no figure in that period, or one that is suppressed."""

    cs = "Řada {series} nemá za období {period} údaj pro všechny celky plánu (chybí: {units})."
    en = "The series {series} has no figure for {period} for all units of the plan (missing: {units})."


class FiguresNeverSummed(RuleBroken):
    cs = "Plán má celků {units}; podíly a průměry se přes celky nesčítají, nahlaste hodnotu přímo."
    en = "The plan has {units} units; shares and means are never summed, report the value directly."


class PartUnknown(Invalid):
    """`parts` are those that the dimension has."""

    cs = "Členění „{dimension}“ nemá část „{part}“; má: {parts}."
    en = "The dimension “{dimension}” has no part “{part}”; it has: {parts}."


class PartRepeated(Invalid):
    cs = "Část „{part}“ členění „{dimension}“ je uvedena dvakrát."
    en = "The part “{part}” of the dimension “{dimension}” is given twice."


class PartsDoNotAddUp(Invalid):
    """`total` and `parts_sum` are decimals as text."""

    cs = "Součet částí členění „{dimension}“ je {parts_sum}, hodnota je {total}."
    en = "The parts of the dimension “{dimension}” add up to {parts_sum}, the value is {total}."


class BreakdownMissing(Invalid):
    """Each of `dimensions` is to be broken down, or marked as not broken down."""

    cs = "Chybí členění: {dimensions}. Uveďte části, nebo že se hodnota nečlení."
    en = "The breakdown is missing: {dimensions}. Give the parts, or say that it is not broken down."


class BrokenDownAndNot(Invalid):
    cs = "Členění „{dimension}“ má části, a přitom je označeno jako nečleněné."
    en = "The dimension “{dimension}” has parts and is marked as not broken down."


class NotBrokenDown(Invalid):
    cs = "Slovní ani stupňová hodnota se nečlení."
    en = "Neither words nor levels are broken down."


class CumulativeSeriesFalls(RuleBroken):
    """A cumulative series only grows; `period` and `other` are of the neighbour that does not fit."""

    cs = (
        "Hodnoty jsou kumulativní od začátku a nesmějí klesat: {value} nesedí s hodnotou {other} "
        "za období {period}. Je-li chybná ona, opravte nejdřív ji."
    )
    en = (
        "The values are cumulative and must not fall: {value} does not fit {other} of the period {period}. "
        "If that one is wrong, correct it first."
    )
