"""The signing key is made once, kept secret and never half written; the provider runs in development only."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from embedded.failure import CannotRun
from embedded.identity.app import identity_app
from embedded.identity.keys import FILE_NAME, signing_key
from tests.support.identity import identity_settings


def test_the_key_stays_the_same_from_run_to_run(tmp_path: Path) -> None:
    assert signing_key(tmp_path / "new" / "folder").jwks() == signing_key(tmp_path / "new" / "folder").jwks()


def test_only_its_owner_may_read_the_key(tmp_path: Path) -> None:
    signing_key(tmp_path)
    path = tmp_path / FILE_NAME
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    signing_key(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_published_key_has_no_private_part(tmp_path: Path) -> None:
    (published,) = signing_key(tmp_path).jwks()["keys"]
    assert set(published) == {"kty", "kid", "use", "alg", "n", "e"}


def test_several_who_make_the_key_at_once_end_with_the_same_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: signing_key(tmp_path).id, range(4)))
    assert len(set(made)) == 1
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"kty": "RSA"}', '{"kty":"oct","k":"AAAA"}'])
def test_a_damaged_key_is_one_clear_sentence_and_is_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content)
    with pytest.raises(CannotRun, match="delete it to get a new one"):
        signing_key(tmp_path)
    assert (tmp_path / FILE_NAME).read_text() == content


def test_a_public_key_cannot_sign(tmp_path: Path) -> None:
    (published,) = signing_key(tmp_path).jwks()["keys"]
    (tmp_path / FILE_NAME).write_text(json.dumps(published))
    with pytest.raises(CannotRun, match="no private key"):
        signing_key(tmp_path)


@pytest.mark.parametrize("environment", ["production", "", "Development", "test"])
def test_the_provider_refuses_to_start_outside_development(tmp_path: Path, environment: str) -> None:
    with pytest.raises(CannotRun, match="without a password and starts only with"):
        identity_app(identity_settings(tmp_path, environment=environment))
    assert not list(tmp_path.iterdir())
