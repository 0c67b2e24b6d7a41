"""The data folder: what it refuses, and that it never loses anything."""

import errno
import json
import shutil
from pathlib import Path

import pytest

from documents.proving.signing import signer_from
from embedded import home as home_module
from embedded.failure import CannotRun
from embedded.home import Home, explain


def test_a_second_run_on_the_same_folder_is_refused_and_names_the_first(tmp_path: Path) -> None:
    first = Home(tmp_path)
    with pytest.raises(CannotRun, match=r"Another run \(process \d+\) uses"):
        Home(tmp_path)
    assert first.logs.is_dir()


def test_secrets_are_made_once_and_only_the_owner_may_read_them(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.secrets() == home.secrets()
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_the_key_of_the_record_is_made_once_and_only_the_owner_may_read_it(tmp_path: Path) -> None:
    key = Home(tmp_path).record_key()
    first = key.read_text()
    assert signer_from(first).key_id
    assert key.stat().st_mode & 0o777 == 0o600
    (tmp_path / "lock").unlink()
    assert Home(tmp_path).record_key().read_text() == first


def test_every_secret_is_another(tmp_path: Path) -> None:
    Home(tmp_path).secrets()
    content = json.loads((tmp_path / "secrets.json").read_text())
    values = [
        content["admin"],
        *(value for group in content.values() if isinstance(group, dict) for value in group.values()),
    ]
    assert len(values) == len(set(values)) == 11


def test_a_folder_of_another_layout_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "version").write_text("0\n")
    with pytest.raises(CannotRun, match="layout 0, this program writes layout 1"):
        Home(tmp_path)
    assert (tmp_path / "version").read_text() == "0\n"


def test_data_of_another_postgresql_are_refused_and_left_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "postgres-9").mkdir()
    (tmp_path / "postgres-9" / "PG_VERSION").write_text("9\n")
    with pytest.raises(CannotRun, match=r"were made by PostgreSQL 9, but this machine has PostgreSQL \d+"):
        Home(tmp_path).postgres()
    assert (tmp_path / "postgres-9" / "PG_VERSION").read_text() == "9\n"


def test_lost_secrets_of_an_existing_database_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "postgres-15").mkdir()
    with pytest.raises(CannotRun, match="passwords of the database are gone"):
        Home(tmp_path).secrets()
    assert not (tmp_path / "secrets.json").exists()


def test_an_unfinished_database_folder_is_not_taken_for_data(tmp_path: Path) -> None:
    (tmp_path / "postgres-9.new").mkdir()
    programs, folder = Home(tmp_path).postgres()
    assert folder.name == f"postgres-{programs.major}" != "postgres-9"


def test_a_full_disk_is_named_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_module, "MINIMUM_FREE_BYTES", shutil.disk_usage(tmp_path).total * 2)
    with pytest.raises(CannotRun, match="is full"):
        Home(tmp_path)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "disk of /data is full"),
        (errno.EACCES, "cannot be written"),
        (errno.EIO, "cannot be used"),
    ],
)
def test_what_the_system_refused_is_said_in_one_sentence(number: int, said: str) -> None:
    sentence = explain(OSError(number, "reason", "/data/x"), Path("/data"))
    assert said in sentence
    assert "\n" not in sentence


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    with pytest.raises(CannotRun, match="cannot be used"):
        Home(tmp_path / "data")
    assert (tmp_path / "data").read_text() == "mine"


def test_only_the_owner_may_look_into_the_folders(tmp_path: Path) -> None:
    home = Home(tmp_path / "data")
    assert [path.stat().st_mode & 0o777 for path in (home.folder, home.files, home.logs)] == [0o700] * 3
