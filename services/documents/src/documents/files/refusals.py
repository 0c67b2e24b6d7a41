"""Why something with a document is refused."""

from typing import Final

from shared.errors import Forbidden, Gone, Invalid, NotFound, RuleBroken
from shared.personal_data import NAMES
from shared.procedure import StandsInTheWay

_PERSONAL: Final = {kind.value: names for kind, names in NAMES.items()}


class DocumentUnknown(NotFound):
    cs = "Dokument neexistuje."
    en = "There is no such document."


class VersionUnknown(NotFound):
    cs = "Dokument nemá tuto verzi."
    en = "The document has no such version."


class VersionWithdrawn(Gone):
    cs = "Tato verze byla stažena; proč a čím je nahrazena, stojí na adrese {address}."
    en = "This version was withdrawn; why, and what replaces it, is told at {address}."


class VersionDisposed(Gone):
    cs = "Tato verze byla vyřazena, zůstal o ní jen záznam."
    en = "This version was disposed of; only the record of it is left."


class UnitUnknown(Invalid):
    cs = "Územní celek {unit_id} neznáme."
    en = "We know no unit {unit_id}."


class UnitNotYours(Forbidden):
    cs = "Dokument můžete založit jen k celku, ke kterému patříte."
    en = "You may file a document only with a unit that you belong to."


class DocumentIsRendered(RuleBroken):
    cs = (
        "Tento dokument skládá platforma ze svých dat: verze se k němu nenahrávají "
        "a název, druh a území se nemění."
    )
    en = (
        "The platform makes this document of its own data: no versions are uploaded to it, "
        "and its title, kind and units are not changed."
    )


class RevisionDiffers(RuleBroken):
    cs = "Revize {revision} už byla zveřejněna podle jiného znění."
    en = "Revision {revision} was already published from another wording."


class VersionNotLatest(StandsInTheWay):
    cs = "Rozhodnout lze jen o poslední verzi {latest}, vy rozhodujete o verzi {number}."
    en = "Only the latest version {latest} can be decided on, you decide on version {number}."


class DocumentDiscarded(StandsInTheWay):
    cs = "Dokument je vyřazen, nic se na něm už nemění."
    en = "The document is discarded, nothing of it changes any more."


class ApprovedByAuthor(StandsInTheWay):
    cs = "Verzi {number} jste vložili vy, schválení musí zapsat někdo jiný."
    en = "You filed version {number}, somebody else must note its approval."


class DecidedInFuture(Invalid):
    cs = "Den {day} teprve přijde."
    en = "The day {day} is still to come."


class SignedBeforeApproved(Invalid):
    cs = "Dokument byl schválen {approved_on}, nemohl být podepsán {signed_on}."
    en = "The document was approved on {approved_on}, it cannot have been signed on {signed_on}."


class KindIsDecidedOn(StandsInTheWay):
    cs = "Druh dokumentu lze změnit, jen dokud je koncept nebo k připomínkám a nebyl zveřejněn."
    en = "The kind can be changed only in a draft or while it is open to comments, and never once published."


class PersonalDataSaid(Invalid):
    cs = "Údaje o zveřejněném dokumentu vidí hned každý; tento vypadá jako osobní ({kind})."
    en = "What is said of a public document is seen by everybody at once; this looks personal ({kind})."
    words = _PERSONAL


class ExceptionUnexplained(Invalid):
    cs = "Napište, proč dokument nemusí být přístupný."
    en = "Say why the document need not be accessible."


class NothingPublic(StandsInTheWay):
    cs = "Verze {number} není zveřejněná."
    en = "Version {number} is not public."
