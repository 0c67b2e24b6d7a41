"""Keys that are chance pass, whatever people write does not."""

from base64 import urlsafe_b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.pseudonyms import looks_like


@pytest.mark.parametrize(
    "key",
    ["karolina-novakova-svobodova-1974", "Jan-Nepomuk-Novotny_Praha-Zizkov", "novakova", "jan-novak-75"],
)
def test_a_name_is_no_key_however_long(key: str) -> None:
    assert looks_like(key) == "jméno / name"


@given(st.uuids(), st.binary(min_size=32, max_size=32))
def test_uuids_and_digests_in_hexadecimal_are_keys(uuid: object, digest: bytes) -> None:
    assert looks_like(str(uuid)) is None
    assert looks_like(f"p{digest.hex()}"[:64]) is None or digest.hex().isalpha()


def test_digests_in_base64_are_keys() -> None:
    refused = [
        key
        for number in range(5_000)
        if looks_like(key := urlsafe_b64encode(sha256(str(number).encode()).digest()).decode().rstrip("="))
    ]
    assert len(refused) < 10, "a digest without a digit is rare"
