"""Keys of participants are pseudonyms: what gives a person away is refused."""

from shared.errors import Invalid
from shared.pseudonyms import looks_like


class PersonNotPseudonymous(Invalid):
    """The key itself is not told back: it may be what must not be stored."""

    cs = (
        "Klíč účastníka vypadá jako osobní údaj ({looks_like}). Použijte náhodný klíč o 8–64 znacích "
        "z písmen a číslic."
    )
    en = (
        "The key of the participant looks like personal data ({looks_like}). Use a random key of 8–64 "
        "letters and digits."
    )


def expect_pseudonymous(key: str, *, pointer: str) -> None:
    """Raise PersonNotPseudonymous for what looks like a name, an e-mail, a phone or a birth number."""
    found = looks_like(key)
    if found is not None:
        raise PersonNotPseudonymous(pointer=pointer, looks_like=found)
