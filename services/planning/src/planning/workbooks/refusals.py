"""The facts that stop a file from becoming the content of a plan."""

from collections.abc import Mapping
from typing import ClassVar

from shared.errors import Invalid, RuleBroken


class WorkbookOutdated(RuleBroken):
    cs = (
        "Soubor vychází z revize {its_revision}, verze {its_version}; plán je nyní v revizi {revision}, "
        "verze {version}. Stáhněte si jej znovu a změny do něj přeneste."
    )
    en = (
        "The file was taken from revision {its_revision}, version {its_version}; the plan now stands at "
        "revision {revision}, version {version}. Take it out again and carry your changes over."
    )


class WorkbookOfAnotherPlan(Invalid):
    cs = "Soubor patří k jinému plánu ({its_plan})."
    en = "The file belongs to another plan ({its_plan})."


class WorkbookHasProblems(Invalid):
    cs = "Soubor nelze převzít, chyb v buňkách: {count}. Nic se nezměnilo."
    en = "The file cannot be taken over, problems in cells: {count}. Nothing has changed."


class WorkbookWithoutOrigin(Invalid):
    cs = "V souboru není, ze kterého plánu a verze vychází. Začněte z toho, který si tu stáhnete."
    en = "The file does not say which plan and version it was taken from. Start from one taken out here."


class CheckedAnotherFile(RuleBroken):
    cs = "Zkontrolován byl jiný soubor ({checked}), poslali jste {sent}. Nechte zkontrolovat tento."
    en = "Another file was checked ({checked}), you have sent {sent}. Have this one checked."


class ContentMalformed(Invalid):
    words: ClassVar[Mapping[str, tuple[str, str]]] = {
        "0 B": ("je prázdný", "it is empty"),
        "NUL": ("není to text (obsahuje znak NUL)", "it is no text (there is a NUL in it)"),
        "UTF-8, Windows-1250": (
            "text není v kódování UTF-8 ani Windows-1250",
            "its text is neither UTF-8 nor Windows-1250",
        ),
        "CSV": ("tabulka nemá žádný řádek", "the table has no row"),
        "JSON ≠ {}": ("čekáme jeden objekt JSON", "one JSON object is expected"),
        "XML: DOCTYPE, UTF-8?": (
            "XML smí být jen v UTF-8 a bez deklarací DOCTYPE a ENTITY",
            "XML is taken in UTF-8 alone, without DOCTYPE and ENTITY",
        ),
    }
    cs = "Soubor není platný: {reason}."
    en = "The file is not valid: {reason}."
