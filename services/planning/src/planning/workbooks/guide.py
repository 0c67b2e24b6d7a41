"""What the first sheet of a workbook says: where it was taken from, and how to work with it."""

from collections.abc import Mapping
from typing import Final

from planning.plans.difference_words import Word

TOLD: Final[Mapping[str, Word]] = {
    "form": Word(cs="Formát", en="Form"),
    "plan_id": Word(cs="ID plánu", en="ID of the plan"),
    "revision": Word(cs="Revize", en="Revision"),
    "version": Word(cs="Verze", en="Version"),
    "title": Word(cs="Název plánu", en="Title of the plan"),
    "kind": Word(cs="Druh plánu", en="Kind of plan"),
    "valid_from": Word(cs="Platí od", en="Valid from"),
    "valid_until": Word(cs="Platí do", en="Valid until"),
}
GUIDE: Final = (
    Word(cs="Jak s tímto sešitem pracovat", en="How to work with this workbook"),
    Word(
        cs="1. Měňte jen buňky v řádcích pod záhlavím. Listy, záhlaví a skrytý sloupec ID nechte, jak jsou.",
        en="1. Change cells below the headings only. Leave sheets, headings and the hidden column ID alone.",
    ),
    Word(
        cs="2. Nový řádek pište pod poslední. Do sloupce Číslo napište libovolné označení (třeba 1.3); "
        "řádky, které pod něj patří, je uvedou ve sloupci Patří pod číslo.",
        en="2. Write a new row below the last one. Give it any Number you like (1.3, say); rows that "
        "belong under it name that number.",
    ),
    Word(
        cs="3. Řádek zrušíte tak, že vymažete všechny jeho buňky. Zrušte i řádky, které pod něj patří.",
        en="3. To remove a row, clear all its cells. Remove the rows that belong under it too.",
    ),
    Word(
        cs="4. Pořadí se řídí sloupcem Pořadí; mezi 2 a 3 se vejde 2,5. Čísla plán přečísluje sám.",
        en="4. The Order column decides on the order; 2.5 fits between 2 and 3. The plan renumbers itself.",
    ),
    Word(
        cs="5. Více partnerů nebo manažerů pište každého na nový řádek buňky, nebo je oddělte středníkem.",
        en="5. Write several partners or managers each on a new line of the cell, or with semicolons.",
    ),
    Word(
        cs="6. Místo vzorců vložte hodnoty. Hlavičku plánu (název, vizi, platnost) změníte v aplikaci.",
        en="6. Paste values instead of formulas. The head of the plan is changed in the application.",
    ),
    Word(
        cs="7. Sešit nahrajte zpět: nejdřív uvidíte, co se změní, teprve pak změnu potvrdíte. Změní-li "
        "mezitím plán někdo jiný, stáhněte si sešit znovu.",
        en="7. Send the workbook back: first you see what will change, then you confirm. If somebody "
        "changes the plan meanwhile, take the workbook out again.",
    ),
)
