"""What is wrong with a value, in Czech: pydantic speaks English only."""

from collections.abc import Mapping
from typing import Any, Final

CZECH: Final[Mapping[str, str]] = {
    "missing": "Povinný údaj chybí.",
    "extra_forbidden": "Takový údaj zde neznáme.",
    "json_invalid": "Tělo požadavku není platný JSON.",
    "string_type": "Má to být text.",
    "string_too_short": "Text je příliš krátký; nejmenší počet znaků: {min_length}.",
    "string_too_long": "Text je příliš dlouhý; nejvyšší počet znaků: {max_length}.",
    "string_pattern_mismatch": "Text nemá požadovaný tvar.",
    "int_type": "Má to být celé číslo.",
    "int_parsing": "Má to být celé číslo.",
    "digits": "Číslo v adrese se píše jen číslicemi.",
    "decimal": "Desetinné číslo má číslice a nejvýše jednu tečku.",
    "decimal_type": "Má to být desetinné číslo.",
    "decimal_parsing": "Má to být desetinné číslo.",
    "decimal_max_digits": "Číslo má příliš mnoho číslic, nejvýše {max_digits}.",
    "decimal_max_places": "Číslo má příliš mnoho desetinných míst, nejvýše {decimal_places}.",
    "greater_than_equal": "Hodnota má být nejméně {ge}.",
    "less_than_equal": "Hodnota má být nejvýše {le}.",
    "day": "Datum se píše jako RRRR-MM-DD.",
    "date_from_datetime_parsing": "Takové datum neexistuje; píše se jako RRRR-MM-DD.",
    "date_parsing": "Takové datum neexistuje; píše se jako RRRR-MM-DD.",
    "uuid_type": "Má to být identifikátor UUID.",
    "uuid_parsing": "Má to být identifikátor UUID.",
    "enum": "Hodnota má být jedna z těchto: {expected}.",
    "too_short": "Text nebo seznam je příliš krátký; nejmenší délka: {min_length}.",
    "too_long": "Text nebo seznam je příliš dlouhý; největší délka: {max_length}.",
    "tuple_type": "Má to být seznam.",
    "list_type": "Má to být seznam.",
    "frozen_set_type": "Má to být seznam.",
    "model_attributes_type": "Má to být objekt JSON; pošlete jej s Content-Type: application/json.",
    "bool_type": "Má to být true nebo false.",
    "value_error": "Hodnota není přípustná.",
}


def phrase(found: Mapping[str, Any], language: str) -> str:
    """Return the sentence for one error of pydantic; English where there is no Czech one yet."""
    czech = CZECH.get(found["type"])
    if language != "cs" or czech is None:
        return str(found["msg"])
    try:
        return czech.format_map(found.get("ctx") or {})
    except KeyError:  # the error came without its facts
        return str(found["msg"])
