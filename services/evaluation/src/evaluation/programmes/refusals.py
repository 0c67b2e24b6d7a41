"""The facts that stop a document from fulfilling an output."""

from shared.errors import Invalid, NotFound, RuleBroken


class DocumentNotPublished(NotFound):
    cs = "Takový zveřejněný dokument neznáme."
    en = "We know of no such published document."


class OutputUnknown(Invalid):
    cs = "Projekt takový výstup nemá."
    en = "The project has no such output."


class AssignmentUnknown(NotFound):
    cs = "Dokument v projektu k žádnému výstupu přiřazen není."
    en = "The document is assigned to no output of the project."


class DocumentAssignedAlready(RuleBroken):
    cs = "Dokument už jeden výstup plní. Nejdřív přiřazení zrušte: dokument se počítá jen jednou."
    en = "The document fulfils an output already. Remove that assignment first: a document counts once."


class UnitHasItsDocument(RuleBroken):
    cs = "Výstup {output} má být pro každý územní celek jeden a tento celek jej už má."
    en = "The output {output} is one per unit, and this unit has it already."


class DocumentOfAnotherKind(Invalid):
    cs = "Dokument je zveřejněn jako výstup druhu „{kind}“, tento výstup je druhu „{expected_kind}“."
    en = "The document is published as an output of kind “{kind}”, this output is “{expected_kind}”."


class UnitOfOutputMissing(Invalid):
    cs = "Výstup {output} má být pro každý územní celek jeden: uveďte, za který celek dokument je."
    en = "The output {output} is one per unit: say which unit the document is of."


class UnitOutsideTheProject(Invalid):
    cs = "Územní celek do projektu nepatří."
    en = "The unit is not in the project."


class DocumentOfAnotherUnit(Invalid):
    cs = "Dokument je o jiném územním celku."
    en = "The document is about another unit."


class ApprovalHalfTold(Invalid):
    cs = "Schválení má orgán i den: uveďte obojí, nebo nic."
    en = "An approval has a body and a day: tell both or neither."


class ApprovedInTheFuture(Invalid):
    cs = "Den schválení {approved_on} teprve přijde."
    en = "The day of approval {approved_on} is yet to come."
