"""What is wrong with a value, in Czech: pydantic speaks English only."""

import re
from collections.abc import Mapping
from typing import Any, Final

_MEMBER = re.compile(r"<\w+\.\w+: ('[^']*')>")

CZECH: Final[Mapping[str, str]] = {
    "missing": "Povinný údaj chybí.",
    "extra_forbidden": "Takový údaj zde neznáme.",
    "json_invalid": "Tělo požadavku není platný JSON.",
    "string_type": "Má to být text.",
    "string_unicode": "Text obsahuje znaky, které do Unicode nepatří.",
    "string_too_short": "Text je příliš krátký; nejmenší počet znaků: {min_length}.",
    "string_too_long": "Text je příliš dlouhý; nejvyšší počet znaků: {max_length}.",
    "string_pattern_mismatch": "Text nemá požadovaný tvar.",
    "int_type": "Má to být celé číslo.",
    "int_parsing": "Má to být celé číslo.",
    "int_from_float": "Má to být celé číslo.",
    "int_parsing_size": "Číslo je příliš velké.",
    "digits": "Číslo v adrese se píše jen číslicemi.",
    "decimal": "Desetinné číslo má číslice a nejvýše jednu tečku.",
    "decimal_type": "Má to být desetinné číslo.",
    "decimal_parsing": "Má to být desetinné číslo.",
    "decimal_max_digits": "Číslo má příliš mnoho číslic, nejvýše {max_digits}.",
    "decimal_whole_digits": "Číslo má před desetinnou tečkou příliš mnoho číslic, nejvýše {whole_digits}.",
    "decimal_max_places": "Číslo má příliš mnoho desetinných míst, nejvýše {decimal_places}.",
    "greater_than_equal": "Hodnota má být nejméně {ge}.",
    "less_than_equal": "Hodnota má být nejvýše {le}.",
    "greater_than": "Hodnota má být větší než {gt}.",
    "less_than": "Hodnota má být menší než {lt}.",
    "finite_number": "Má to být konečné číslo.",
    "day": "Datum se píše jako RRRR-MM-DD.",
    "date_from_datetime_parsing": "Takové datum neexistuje; píše se jako RRRR-MM-DD.",
    "date_parsing": "Takové datum neexistuje; píše se jako RRRR-MM-DD.",
    "date_type": "Datum se píše jako RRRR-MM-DD.",
    "instant": "Datum a čas se píší jako RRRR-MM-DDThh:mm:ss+hh:mm.",
    "datetime_parsing": "Takové datum nebo čas neexistuje; píše se RRRR-MM-DDThh:mm:ss+hh:mm.",
    "datetime_from_date_parsing": "Takové datum nebo čas neexistuje; píše se RRRR-MM-DDThh:mm:ss+hh:mm.",
    "timezone_aware": "U času chybí posun od UTC, například +01:00.",
    "uuid_type": "Má to být identifikátor UUID.",
    "uuid_parsing": "Má to být identifikátor UUID.",
    "enum": "Hodnota má být jedna z těchto: {expected}.",
    "literal_error": "Hodnota má být jedna z těchto: {expected}.",
    "too_short": "Text nebo seznam je příliš krátký; nejmenší délka: {min_length}.",
    "too_long": "Text nebo seznam je příliš dlouhý; největší délka: {max_length}.",
    "tuple_type": "Má to být seznam.",
    "list_type": "Má to být seznam.",
    "frozen_set_type": "Má to být seznam.",
    "model_attributes_type": "Má to být objekt JSON; pošlete jej s Content-Type: application/json.",
    "set_type": "Má to být seznam.",
    "dict_type": "Má to být objekt JSON.",
    "bool_parsing": "Má to být true nebo false.",
    "bool_type": "Má to být true nebo false.",
    "value_error": "Hodnota není přípustná.",
}


def phrase(found: Mapping[str, Any], language: str) -> str:
    """Return the sentence for one error of pydantic; English where there is no Czech one yet."""
    czech = CZECH.get(found["type"])
    english = _MEMBER.sub(r"\1", str(found["msg"]))
    if language != "cs" or czech is None:
        return english
    facts = {name: _in_czech(fact) for name, fact in (found.get("ctx") or {}).items()}
    try:
        return czech.format_map(facts)
    except KeyError:  # the error came without its facts
        return english


def _in_czech(fact: object) -> object:
    """Return the values that are possible as one writes them, not as Python calls them."""
    return _MEMBER.sub(r"\1", fact).replace(" or '", " nebo '") if isinstance(fact, str) else fact
