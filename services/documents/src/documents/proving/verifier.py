"""The program that checks the record offline as one file, which Python runs: a ZIP of our own modules."""

import io
import zipfile
from functools import cache
from importlib.resources import files
from typing import Final

NAME: Final = "verify.pyz"
MODULES: Final = ("auditing.py", "proof.py", "stamps.py", "verify.py")
_MAIN: Final = "import sys\n\nfrom documents.proving.auditing import main\n\nsys.exit(main())\n"
_MADE: Final = (1980, 1, 1, 0, 0, 0)


@cache
def program() -> bytes:
    """Return the file; nothing in it is compressed, so that an editor shows what it does."""
    out = io.BytesIO(b"#!/usr/bin/env python3\n")
    out.seek(0, io.SEEK_END)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("__main__.py", _MADE), _MAIN)
        for package in ("documents", "documents/proving"):
            archive.writestr(zipfile.ZipInfo(f"{package}/__init__.py", _MADE), "")
        for name in MODULES:
            source = files("documents.proving").joinpath(name).read_bytes()
            archive.writestr(zipfile.ZipInfo(f"documents/proving/{name}", _MADE), source)
    return out.getvalue()
