"""`requirements.lock` and the manifests agree, and the lock names nobody's hosts."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

LOCK = Path("requirements.lock").read_text(encoding="utf-8")
MANIFESTS = sorted(
    [
        *Path().glob("services/*/pyproject.toml"),
        *map(Path, ("pyproject.toml", "shared/pyproject.toml", "deploy/embedded/pyproject.toml")),
    ]
)


def _locked(text: str = LOCK) -> dict[str, list[tuple[Version, Requirement]]]:
    """A universal lock may hold a name several times, each under its own marker."""
    found: dict[str, list[tuple[Version, Requirement]]] = {}
    for line in re.findall(r"^([a-z0-9].*?)\s*\\?$", text, flags=re.MULTILINE):
        requirement = Requirement(line)
        (specifier,) = requirement.specifier
        found.setdefault(canonicalize_name(requirement.name), []).append(
            (Version(specifier.version), requirement)
        )
    return found


def _wanted(manifest: Path) -> list[Requirement]:
    content = tomllib.loads(manifest.read_text(encoding="utf-8"))
    groups = [*content.get("dependency-groups", {}).values(), content["project"].get("dependencies", [])]
    wanted = [Requirement(each) for group in groups for each in group]
    return [each for each in wanted if not each.name.startswith("pospolu-")]


def _missing(wanted: list[Requirement], locked: dict[str, list[tuple[Version, Requirement]]]) -> list[str]:
    return [
        str(each)
        for each in wanted
        if not any(version in each.specifier for version, _ in locked.get(canonicalize_name(each.name), []))
    ]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=str)
def test_the_lock_satisfies_the_manifest(manifest: Path) -> None:
    assert _missing(_wanted(manifest), _locked()) == [], "run `make lock`"


def test_a_requirement_that_is_not_locked_is_found() -> None:
    wanted = [Requirement("alembic>=999"), Requirement("not-there")]
    assert _missing(wanted, _locked()) == ["alembic>=999", "not-there"]


def test_every_locked_package_has_a_hash() -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", LOCK.strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("trace", ["http", "file:", "--index", "--extra-index", "--find-links", "-e "])
def test_the_lock_names_no_place_to_download_from(trace: str) -> None:
    assert not re.search(rf"(^|[\s@]){re.escape(trace)}(://|\b|/)", LOCK, flags=re.MULTILINE)
