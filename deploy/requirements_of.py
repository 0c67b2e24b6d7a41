"""Print the third-party requirements that the given project folders name themselves."""  # noqa: INP001 - a program, not a package

import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path


def third_party(projects: Sequence[Path]) -> Iterator[str]:
    for project in projects:
        manifest = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
        for requirement in manifest["project"]["dependencies"]:
            if not requirement.startswith("pospolu-"):
                yield requirement


if __name__ == "__main__":
    found = set(third_party([Path(argument) for argument in sys.argv[1:]]))
    sys.stdout.writelines(f"{requirement}\n" for requirement in sorted(found))
