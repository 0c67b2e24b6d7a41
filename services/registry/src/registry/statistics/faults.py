"""What can be wrong with a row of a published file, said in both languages."""

from dataclasses import dataclass
from typing import Final

from registry.imports.domain import RowProblem
from registry.reading import Cell

_LONGEST_VALUE: Final = 80


@dataclass(frozen=True, slots=True)
class Fault:
    """Templates over the facts of the row."""

    cs: str
    en: str

    def at(self, row: int, column: str | None, value: Cell = None, **facts: object) -> RowProblem:
        """Return the problem of one cell; a long value is cut."""
        shown = None if value is None else str(value)[:_LONGEST_VALUE]
        return RowProblem(
            row=row, column=column, value=shown, cs=self.cs.format(**facts), en=self.en.format(**facts)
        )


CODE_MALFORMED: Final = Fault("Kód obce má mít šest číslic.", "The code of a municipality has six digits.")
CHECK_DIGIT_WRONG: Final = Fault(
    "Kód obce neodpovídá kontrolní číslici, poslední číslice má být {expected}.",
    "The code fails its check digit, the last digit should be {expected}.",
)
TWICE: Final = Fault("Tentýž údaj je už na řádku {first}.", "Row {first} has the same already.")
NAME_MISSING: Final = Fault("Název chybí.", "The name is missing.")
STATUS_UNKNOWN: Final = Fault(
    "Neznámý status obce, čekáme jedno z písmen {letters}.",
    "Unknown status of a municipality, we expect one of the letters {letters}.",
)
REGION_UNKNOWN: Final = Fault("Takový kraj v registru není.", "There is no such region in the registry.")
DISTRICT_UNKNOWN: Final = Fault(
    "Takový okres v registru není, nebo patří do jiného kraje.",
    "There is no such district in the registry, or it belongs to another region.",
)
ORP_MALFORMED: Final = Fault("Kód ORP má mít čtyři číslice.", "The code of an ORP has four digits.")
POU_MALFORMED: Final = Fault(
    "Kód POÚ má mít pět číslic a začínat kódem ORP.", "The code of a POÚ is that of its ORP and one digit."
)
PLACED_DIFFERENTLY: Final = Fault(
    "Celek {code} je na řádku {first} zařazen nebo pojmenován jinak.",
    "Row {first} places or names the unit {code} differently.",
)
NOT_A_NUMBER: Final = Fault("Má to být číslo.", "This should be a number.")
NEGATIVE: Final = Fault("Počet nemůže být záporný.", "A count cannot be negative.")
TOO_LARGE: Final = Fault(
    "Počet je větší, než je možné (nejvýš {most}).", "The count is larger than possible ({most} at most)."
)
NOT_WHOLE: Final = Fault("Počet osob má být celé číslo.", "A number of persons is a whole number.")
MORE_THAN_ALL: Final = Fault(
    "Obyvatel ve věku 15–64 je víc než obyvatel starších 15 let.",
    "There are more inhabitants aged 15–64 than aged 15 and over.",
)
SCHOOL_UNCLEAR: Final = Fault(
    "O škole má být ve všech sloupcích číslo, nebo ve všech věta, že obec školu nemá.",
    "All columns about the school hold a number, or all hold the sentence that there is no school.",
)
INDEX_IMPOSSIBLE: Final = Fault(
    "Index má být celé číslo od 0 do 30.", "The Index is a whole number from 0 to 30."
)
CATEGORY_DIFFERS: Final = Fault(
    "Kategorie neodpovídá indexu, má být „{expected}“.",
    "The category does not fit the Index, it should be “{expected}”.",
)
UNIT_UNKNOWN: Final = Fault("Takový celek v registru není.", "There is no such unit in the registry.")
SERIES_UNKNOWN: Final = Fault("Takovou řadu neznáme.", "There is no such series.")
SERIES_OF_ANOTHER_SOURCE: Final = Fault(
    "Řada patří zdroji {source}; přes tento zdroj se neplní.",
    "The series belongs to the source {source} and is not filled through this one.",
)
PERIOD_MALFORMED: Final = Fault(
    "Období se píše jako rok (2023), měsíc (2023-05) nebo jeho první den.",
    "A period is a year (2023), a month (2023-05) or its first day.",
)
AGE_UNKNOWN: Final = Fault("Věkový interval neumíme přečíst.", "The age interval cannot be read.")
KNOWN_OTHERWISE: Final = Fault(
    "V registru je celek veden jinak ({known}); import to nemění.",
    "The registry knows the unit differently ({known}); the import does not change it.",
)
NOT_ALIVE: Final = Fault(
    "Celek v té době neexistoval (od {since} do {until}).",
    "The unit did not exist then (from {since} until {until}).",
)
