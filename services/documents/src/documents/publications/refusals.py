"""Why something is not let out to the public."""

from shared.errors import Invalid, NotFound, RuleBroken
from shared.procedure import MoveRefused, StandsInTheWay


class ReleaseMoveRefused(MoveRefused):
    at_its_end = ("Žádost je vyřízena.", "The request is settled.")


class ReleaseRequestUnknown(NotFound):
    cs = "Žádost o zveřejnění neexistuje."
    en = "There is no such request for release."


class PublicationUnknown(NotFound):
    cs = "Na této adrese nebylo nic zveřejněno."
    en = "Nothing has been published at this address."


class KindIsInternal(RuleBroken):
    cs = "Dokumenty druhu {kind} se nezveřejňují."
    en = "Documents of the kind {kind} are not published."


class PersonalDataNotSaid(StandsInTheWay):
    cs = "Nejprve v popisu dokumentu uveďte, zda obsahuje osobní údaje."
    en = "First say in the description whether the document holds personal data."


class PersonalDataInside(StandsInTheWay):
    cs = "Dokument obsahuje osobní údaje. Vložte verzi bez nich."
    en = "The document holds personal data. Add a version without them."


class AccessibilityUnknown(StandsInTheWay):
    cs = "Ověřte přístupnost dokumentu, nebo napište, proč má výjimku (zákon č. 99/2019 Sb.)."
    en = "Verify the accessibility of the document, or say why it has an exception (act 99/2019 Sb.)."


class ReleaseRequested(StandsInTheWay):
    cs = "O zveřejnění verze {number} už někdo požádal."
    en = "Somebody has already asked for the release of version {number}."


class FindingUnknown(Invalid):
    cs = "Nález č. {position} žádost nemá."
    en = "The request has no finding {position}."


class WholeFileUnread(Invalid):
    cs = "Nález č. {position}: „přečteno člověkem“ patří právě k tomu, co stroj nepřečetl."
    en = "Finding {position}: “read by eye” goes with what the machine did not read, and with that alone."


class FileUnscanned(Invalid):
    cs = "Nález č. {position}: „známý původ“ patří právě k tomu, co antivirová kontrola nepřečetla."
    en = "Finding {position}: “trusted source” goes with what the virus scan could not read, and that alone."


class ScannedSinceCheck(StandsInTheWay):
    cs = "Antivirová kontrola soubor nedokázala přečíst a žádost to neříká; vraťte ji a podejte znovu."
    en = "The virus scan could not read the file and the request does not say so; refuse it and ask again."


class ReleasedByRequester(StandsInTheWay):
    cs = "Zveřejnit musí někdo jiný, než kdo o to žádá a kdo verzi vložil."
    en = "Somebody else must release it than who asks for it and who filed the version."


class SettledByRequester(StandsInTheWay):
    cs = "Nálezy musí posoudit někdo jiný, než kdo o zveřejnění žádá a kdo verzi vložil."
    en = "Somebody else must settle the findings than who asks for the release and who filed the version."


class DescribedSinceCheck(StandsInTheWay):
    cs = "Údaje o dokumentu se od kontroly změnily ({field}), vraťte žádost a podejte ji znovu."
    en = "What is said of the document has changed since the check ({field}); refuse it and ask again."


class FindingsNotSettled(StandsInTheWay):
    cs = "Zbývá posoudit nálezy: {waiting}. Má-li některý údaj zmizet, žádost vraťte a vložte verzi bez něj."
    en = "Findings that still wait: {waiting}. Where something must go, refuse it and add a version without."


class FileNotReceived(RuleBroken):
    cs = "O souboru této verze nevíme, zda je v pořádku; zveřejnit jej zatím nelze."
    en = "Nothing is known of the file of this version; it cannot be released yet."
