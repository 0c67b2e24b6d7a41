"""A checkout made for one test: a few files, among them the one that breaks a rule."""

from pathlib import Path
from textwrap import dedent


def a_checkout(folder: Path, **files: str) -> Path:
    """Write files: `planning__plans__domain="…"` is that module, `shared__clock` one of shared."""
    for place, text in files.items():
        service, *inside = place.split("__")
        root = folder / service / "src" / service if service == "shared" else _package(folder, service)
        path = root.joinpath(*inside).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return folder


def _package(folder: Path, service: str) -> Path:
    return folder / "services" / service / "src" / service
