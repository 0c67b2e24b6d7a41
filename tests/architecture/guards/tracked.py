"""What may not stand in any file of the repository: traces of the machine that it was written on."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

TRACES: Final = {
    "a machine's path": re.compile(r"(?<![\w.$}*~-])/(work|root|Users|mnt|home/[a-z]\w*)/[\w.]"),
    "an index line": re.compile(
        r"^\s*(--)?(extra-)?(index-url|find-links|trusted-host)\b|^\[\[tool\.uv\.index\]\]", re.MULTILINE
    ),
    "a package registry's host": re.compile(
        r"\b(pypi\.org|pythonhosted\.org|registry\.npmjs\.org|registry-1\.docker\.io|proxy\.golang\.org)\b"
    ),
    "an internal host": re.compile(r"https?://[\w.-]+\.(internal|local|lan|corp|intranet)\b"),
    "a key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s*\n[A-Za-z0-9+/]{40}"),
    "a conflict": re.compile(r"^(<{7}|>{7}) ", re.MULTILINE),
}


def tracked_files(root: Path) -> list[Path]:
    """Return what git knows; in an unpacked archive, which has no git, every file."""
    done = subprocess.run(
        ["git", "-C", root, "ls-files", "-z", "--cached"], capture_output=True, check=False, text=True
    )
    names = done.stdout.split("\0")[:-1] if done.returncode == 0 else []
    found = [root / name for name in names] or [
        path for path in root.rglob("*") if not any(part.startswith(".") for part in path.parts)
    ]
    return [path for path in found if path.is_file()]


def traces(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for what, pattern in TRACES.items():
            if found := pattern.search(text):
                line = text.count("\n", 0, found.start()) + 1
                yield f"{path.name}:{line}: {what}: {found[0].strip()}"
