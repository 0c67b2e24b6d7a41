"""PDF from a template and data: tagged, for archiving, the same bytes for the same input."""

from datetime import UTC, date, datetime, time
from functools import cache

import typst


class NothingTypeset(Exception):  # noqa: N818 - the fact that stopped us
    """The typesetter gave no file."""


@cache
def _fonts() -> typst.Fonts:
    """Only the fonts inside the library: those of the machine would change the bytes."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def typeset(template: bytes, *, made_on: date, **inputs: str) -> bytes:
    """Set one document as PDF/A-2a and PDF/UA-1; takes long, so call it in a thread (it frees the GIL)."""
    made = typst.compile(
        template,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(made_on, time(), UTC),
    )
    if not isinstance(made, bytes):
        raise NothingTypeset
    return made
