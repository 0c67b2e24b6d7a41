"""Headers of tus 1.0.0."""

from base64 import b64encode
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.uploads.domain import UploadHeaderNotReadable, checksum_of, metadata_of

KEYS = st.from_regex(r"[a-z_]{1,20}", fullmatch=True)
VALUES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_what_a_client_tells_is_read_back(pairs: dict[str, str]) -> None:
    header = ", ".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in pairs.items())
    assert metadata_of(header) == pairs


@given(st.text(max_size=80))
def test_any_header_is_read_or_refused(header: str) -> None:
    found: object = ()
    for read in (metadata_of, checksum_of):
        with suppress(UploadHeaderNotReadable):
            found = read(header)
        assert found is not None


def test_a_key_without_a_value_is_one() -> None:
    assert metadata_of("is_confidential,filename YQ==") == {"is_confidential": "", "filename": "a"}
    assert metadata_of(None) == {}


@pytest.mark.parametrize("header", ["md4 YQ==", "sha1", "sha1 ?", "sha1 YQ", ""])
def test_a_checksum_that_we_cannot_compare_is_refused(header: str) -> None:
    with pytest.raises(UploadHeaderNotReadable):
        checksum_of(header)
