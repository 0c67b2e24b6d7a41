"""Check the public record offline: a folder or a ZIP of bundles, or the proof of one act.

Needs `cryptography`; with `rfc3161-client` and `--roots` it checks the signatures of time-stamps too.
"""

import argparse
import json
import sys
import zipfile
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from documents.proving.proof import proves
from documents.proving.verify import Fault, Head, check_files, fingerprint_of, public_keys_of, sha256

LARGEST: Final = 2**31
WHOLE, BROKEN, UNREADABLE, NOT_ALL_CHECKED = 0, 1, 2, 3
_WARNING_CS: Final = (
    "POZOR: podpisy jsou ověřeny jen klíčem, který leží u dat. Kdo by podvrhl data, podvrhl by i jej. "
    "Porovnejte otisk s tím, který Agentura zveřejňuje jinde (úřední deska, web), a zadejte jej: "
    "--fingerprint {fingerprint}"
)
_WARNING_EN: Final = (
    "WARNING: the signatures were checked by the key that lies beside the data alone. Whoever forged the "
    "data would forge it too. Compare the fingerprint with the one that the Agency publishes elsewhere "
    "(official board, web site), and give it: --fingerprint {fingerprint}"
)
SAID: Final[Mapping[str, tuple[str, str]]] = {
    "whole": ("v pořádku", "whole"),
    "consistent": (
        "souhlasí mezi sebou, klíč nikdo neporovnal",
        "consistent in itself, the key was not compared",
    ),
    "broken": ("porušeno", "broken"),
    "no-bundle": ("žádný balíček", "no bundle"),
    "proven": (
        "akt je v podepsaném balíčku {number} ze dne {day}",
        "the act is in the signed bundle {number} of {day}",
    ),
    "not-proven": ("NIC NEDOKAZUJE", "NO PROOF"),
    "warning": (_WARNING_CS, _WARNING_EN),
    "other-key": (
        "POZOR: žádný klíč u dat nemá otisk, který jste zadali",
        "WARNING: no key beside the data has the fingerprint that you gave",
    ),
    "no-stamps": ("časová razítka: žádná", "time-stamps: none"),
    "stamps-unchecked": (
        "časová razítka: {count}, podpisy NEOVĚŘENY: zadejte kořenový certifikát autority (--roots)",
        "time-stamps: {count}, signatures NOT CHECKED: give the root certificate of the authority (--roots)",
    ),
    "stamps-need-library": (
        "časová razítka: {count}, podpisy NEOVĚŘENY: chybí knihovna rfc3161-client",
        "time-stamps: {count}, signatures NOT CHECKED: the library rfc3161-client is missing",
    ),
    "stamps-checked": (
        "časová razítka: {count} ověřeno, balíčků bez razítka: {without}",
        "time-stamps: {count} checked, bundles without one: {without}",
    ),
}


def read_files(place: Path) -> dict[str, bytes]:
    """Return the files of a folder or a ZIP by their names."""
    if place.is_dir():
        return {path.name: path.read_bytes() for path in sorted(place.iterdir()) if path.is_file()}
    with zipfile.ZipFile(place) as archive:
        if sum(member.file_size for member in archive.infolist()) > LARGEST:
            raise ValueError("the archive holds more than 2 GiB")
        return {Path(name).name: archive.read(name) for name in archive.namelist()}


class Audit:
    """What was asked, and the sentences that answer it."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self._language = 0 if asked.language == "cs" else 1
        self._keys: list[str] = [key.lower() for key in asked.key]
        self._fingerprints = {_plain(each) for each in asked.fingerprint}
        self._roots: Path | None = asked.roots
        self._strict: bool = asked.strict
        self._is_all_checked = True

    def of(self, place: Path) -> int:
        if place.is_file() and not zipfile.is_zipfile(place):
            return self._proof(place.read_bytes())
        return self._record(read_files(place))

    def _record(self, files: Mapping[str, bytes]) -> int:
        beside = public_keys_of(files) if not self._keys else []
        trusted = self._trusted(beside)
        if trusted is None:
            return BROKEN
        heads, faults = check_files(files, trusted)
        stamps, broken = self._stamps(files)
        faults += broken
        for each in faults:
            self._write(each.sentence("en" if self._language else "cs"))
        self._write(self._verdict(heads, faults))
        self._write(stamps)
        if not (self._keys or self._fingerprints):
            self._warn(beside)
        return BROKEN if faults or not heads else self._concluded()

    def _proof(self, content: bytes) -> int:
        said = json.loads(content)
        beside = [str(said["public_key"])]
        trusted = self._trusted(beside)
        if trusted is None or not proves(content, trusted):
            self._say("not-proven")
            return BROKEN
        head = json.loads(said["head"])
        self._write(said["act"])
        self._say("proven", number=head["number"], day=head["day"])
        if not (self._keys or self._fingerprints):
            self._warn(beside)
        return self._concluded()

    def _trusted(self, beside: Sequence[str]) -> list[str] | None:
        """Return the keys that count, none: those beside the data; None where no key has the fingerprint."""
        named = [key for key in beside if fingerprint_of(key) in self._fingerprints]
        if self._fingerprints and not named and not self._keys:
            self._say("other-key")
            return None
        return [*self._keys, *named]

    def _verdict(self, heads: Sequence[Head], faults: Sequence[Fault]) -> str:
        if not heads:
            return self._text("no-bundle")
        good = "whole" if self._keys or self._fingerprints else "consistent"
        word = self._text("broken" if faults else good)
        return f"{heads[0].number}-{heads[-1].number} {word}: {sha256(heads[-1].line)}"

    def _stamps(self, files: Mapping[str, bytes]) -> tuple[str, list[Fault]]:
        bundles = [name for name in files if name.endswith(".ndjson")]
        stamped = [name for name in bundles if name.removesuffix(".ndjson") + ".tsr" in files]
        if not stamped:
            return self._text("no-stamps"), []
        found: list[Fault] = []
        what = "stamps-checked" if self._roots else "stamps-unchecked"
        if self._roots:
            try:
                stamps = import_module("documents.proving.stamps")
                found = stamps.stamp_faults(files, stamped, self._roots.read_bytes())
            except ModuleNotFoundError:
                what = "stamps-need-library"
        self._is_all_checked &= what == "stamps-checked"
        count, without = len(stamped) - len(found), len(bundles) - len(stamped)
        return self._text(what, count=count, without=without), found

    def _warn(self, beside: Sequence[str]) -> None:
        self._is_all_checked = False
        for key in beside:
            self._say("warning", fingerprint=fingerprint_of(key))

    def _concluded(self) -> int:
        return WHOLE if self._is_all_checked or not self._strict else NOT_ALL_CHECKED

    def _say(self, what: str, **facts: object) -> None:
        self._write(self._text(what, **facts))

    def _text(self, what: str, **facts: object) -> str:
        return SAID[what][self._language].format(**facts)

    def _write(self, sentence: str) -> None:
        sys.stdout.write(f"{sentence}\n")


def _plain(fingerprint: str) -> str:
    return "".join(fingerprint.split()).replace(":", "").lower()


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="verify", description=__doc__)
    parser.add_argument("place", type=Path)
    parser.add_argument("--key", action="append", default=[], help="a public key to trust, in hexadecimal")
    parser.add_argument(
        "--fingerprint", action="append", default=[], help="the SHA-256 of a public key to trust"
    )
    parser.add_argument("--roots", type=Path, help="root certificates of time-stamping authorities, PEM")
    parser.add_argument("--strict", action="store_true", help="exit with 3 where something was not checked")
    parser.add_argument("--language", choices=("cs", "en"), default="cs")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is found; return 0: whole, 1: broken, 2: not readable, 3: not all checked (`--strict`)."""
    asked = _asked(arguments)
    try:
        return Audit(asked).of(asked.place)
    except Exception as error:  # noqa: BLE001 - nobody knows what a hostile archive breaks
        sys.stderr.write(f"{error!r}\n")
        return UNREADABLE


if __name__ == "__main__":
    sys.exit(main())
