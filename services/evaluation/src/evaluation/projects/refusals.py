"""The facts that stop a project, or somebody with it."""

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken


class ProjectUnknown(NotFound):
    cs = "Takový projekt tu není."
    en = "There is no such project."


class ProjectNotYours(Forbidden):
    cs = "Projekt vede někdo jiný: vlastní projekt spravuje Agentura nebo koordinátor jeho obce."
    en = "The project is kept by somebody else: the Agency, or the coordinator of its municipality."


class RegistrationNumberMalformed(Invalid):
    cs = "Registrační číslo „{number}“ nemá tvar čísel programu {programme}, například {example}."
    en = "The registration number “{number}” is not of the form of {programme}, for example {example}."


class RegistrationNumberTaken(RuleBroken):
    cs = "Projekt s registračním číslem {number} tu už je."
    en = "There is a project with the registration number {number} already."


class ThresholdInTheFuture(Invalid):
    cs = "Limit podpory může platit nejpozději ode dneška, ne až od {since}."
    en = "The threshold of support may hold from today at the latest, not from {since}."


class ProjectEndsBeforeItStarts(Invalid):
    cs = "Projekt končí {ends_on}, dřív než začíná ({starts_on})."
    en = "The project ends on {ends_on}, before it starts ({starts_on})."


class KeyActivityOutsideTheProject(Invalid):
    cs = "Klíčová aktivita {number} ({starts_on} až {ends_on}) není uvnitř projektu."
    en = "The key activity {number} ({starts_on} to {ends_on}) is not inside the project."


class KeyActivityTwice(Invalid):
    cs = "Klíčová aktivita {number} je uvedena dvakrát."
    en = "The key activity {number} is there twice."


class OutputCodeTwice(Invalid):
    cs = "Kód výstupu {code} je uveden dvakrát."
    en = "The code {code} of an output is there twice."


class TargetOverUnits(Invalid):
    cs = "Výstup {code} má být pro každý celek jeden, ale cíl je {target} a celků je {units}."
    en = "The output {code} is one per unit, but its target is {target} and the units are {units}."


class DocumentTargetsDiffer(Invalid):
    cs = "Výstupy klíčových aktivit dávají dohromady {planned} dokumentů, cíl indikátoru je {target}."
    en = "The outputs of key activities make {planned} documents, the target of the indicator is {target}."


class SourceTwice(Invalid):
    cs = "Zdroj „{name}“ je uveden dvakrát."
    en = "The source “{name}” is there twice."


class SharesDoNotMakeWhole(Invalid):
    cs = "Podíly zdrojů dávají dohromady {total} %, má být 100 %."
    en = "The shares of the sources make {total} %, not 100 %."


class UnitOfProjectUnknown(Invalid):
    cs = "Územní celek {unit_id} neznáme."
    en = "We know no unit {unit_id}."


class OutputHasDocuments(RuleBroken):
    cs = "Výstup {code} už plní dokumenty ({documents}): nelze jej odebrat ani změnit jeho druh."
    en = "Documents ({documents}) fulfil the output {code}: it cannot be removed, nor its kind changed."


class UnitWithDocumentLeftOut(RuleBroken):
    cs = "Územní celek {unit_id} už má v projektu svůj dokument: nelze jej vynechat."
    en = "The unit {unit_id} has its document in the project already: it cannot be left out."


class KeyActivityHasSupport(RuleBroken):
    cs = "V klíčové aktivitě {number} je zapsána podpora účastníků: nelze ji odebrat."
    en = "Support of participants is recorded in the key activity {number}: it cannot be removed."


class SupportUnitInUse(RuleBroken):
    cs = "Podpora v jednotce „{unit}“ je už zapsána: jednotku nelze z projektu vyřadit."
    en = "Support in the unit “{unit}” is recorded already: the project cannot drop the unit."


class AttendanceUnitNotRecognised(Invalid):
    cs = "Docházka se má počítat v jednotce „{unit}“, kterou projekt neuznává."
    en = "Attendance is to be counted in the unit “{unit}”, which the project does not recognise."
