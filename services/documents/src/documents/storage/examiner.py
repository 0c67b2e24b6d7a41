"""The process that opens files people send: `python -m documents.storage.examiner {…}`, then JSON."""

import json
import re
import stat
import sys
import zipfile
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, NamedTuple

from documents.inspection.domain import Trait
from documents.inspection.filetypes import BY_ENDING, OLE, PDF, PROGRAMS, UNKNOWN, UNSIGNED, ZIP, ending_of
from shared.archives import Refused
from shared.confined import OUT_OF_MEMORY, confine

BLOCK: Final = 256 * 1024
MOST_MEMBERS: Final = 5_000
LARGEST_UNPACKED: Final = 1024 * 1024 * 1024
ARCHIVES: Final = frozenset({"zip", "7z", "rar", "gz", "tgz", "bz2", "xz", "tar", "zst", "cab", "arj", "lzh"})
END_OF_ZIP: Final = b"PK\x05\x06"
TYPES: Final = "[Content_Types].xml"
LARGEST_TYPES: Final = 4 * 1024 * 1024
SURE: Final = 0.5
PASSWORD: Final = 4
"""What pdfium answers for a file that opens with a password only."""
_TOLD: Final = re.compile(r"application/(?:vnd\.oasis\.opendocument\.[a-z-]{1,40}|epub\+zip)", re.ASCII)
"""What an archive may say of itself: an open document or a book, nothing else."""
_MAIN_PARTS: Final = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"ms-word.document.macroEnabled.main+xml", "docm"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"ms-excel.sheet.macroEnabled.main+xml", "xlsm"),
    (b"presentationml.presentation.main+xml", "pptx"),
    (b"ms-powerpoint.presentation.macroEnabled.main+xml", "pptm"),
)


class Asked(NamedTuple):
    """What is to be opened, as what, and with how much memory and time."""

    path: str
    media_type: str
    memory_bytes: int
    cpu_seconds: int


class Found(NamedTuple):
    media_type: str
    traits: tuple[Trait, ...]


def main(asked: Asked) -> None:
    """Print what the file is, or why it is refused."""
    confine(memory_bytes=asked.memory_bytes, cpu_seconds=asked.cpu_seconds)
    try:
        found = {ZIP: _zip, OLE: _ole, PDF: _pdf, UNSIGNED: _sniffed}[asked.media_type](Path(asked.path))
        _print({"media_type": found.media_type, "traits": [trait.value for trait in found.traits]})
    except Refused as refused:
        _print({"refused": refused.name, "facts": refused.facts})
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - whatever breaks a parser is the file's fault
        _print({"refused": "ArchiveNotReadable", "facts": {"reason": repr(error)[:200]}})


def _zip(path: Path) -> Found:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise Refused("ArchiveTooLarge", limit=f"≤ {MOST_MEMBERS}")
        if any(member.flag_bits & 1 for member in members):
            raise Refused("FileEncrypted")
        for member in members:
            _expect_inside(member)
        _inflate(archive, members)
        names = [member.filename for member in members]
        kind = _kind_of(archive, names)
        if kind == ZIP:
            _expect_harmless(names)
        macros = any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names)
        inside = kind != ZIP and any("/embeddings/" in name for name in names)
        traits = {Trait.MACROS: macros, Trait.EMBEDDED_FILES: inside}
        return Found(kind, tuple(trait for trait, here in traits.items() if here))


def _expect_inside(member: zipfile.ZipInfo) -> None:
    name = member.orig_filename.replace("\\", "/")
    leads_out = name.startswith("/") or ".." in PurePosixPath(name).parts or name[1:2] == ":"
    if leads_out or "\0" in name or stat.S_ISLNK(member.external_attr >> 16):
        raise Refused("ArchiveUnsafe", member=_shown(member.filename))


def _expect_harmless(names: list[str]) -> None:
    for name in names:
        if ending_of(name) in ARCHIVES | PROGRAMS:
            raise Refused("ArchiveUnsafe", member=_shown(name))


def _inflate(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Unpack each member once, for real, and count: what a header says of its size may be a lie."""
    left = LARGEST_UNPACKED
    for member in members:
        with archive.open(member) as content:
            while block := content.read(BLOCK):
                left -= len(block)
                if left < 0:
                    raise Refused("ArchiveTooLarge", limit=f"≤ {LARGEST_UNPACKED // 2**20} MiB")


def _kind_of(archive: zipfile.ZipFile, names: list[str]) -> str:
    if names[:1] == ["mimetype"]:
        told = archive.read("mimetype")[:200].decode("ascii", "replace").strip()
        if "META-INF/manifest.xml" in names and b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
            raise Refused("FileEncrypted")
        return told if _TOLD.fullmatch(told) else ZIP
    if TYPES in names:
        types = _part(archive, TYPES)
        for part, ending in _MAIN_PARTS:
            if part in types:
                return BY_ENDING[ending]
    return ZIP


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as content:
        return content.read(LARGEST_TYPES)


def _ole(path: Path) -> Found:
    encrypted = "EncryptedPackage".encode("utf-16-le")
    macros = "_VBA_PROJECT".encode("utf-16-le")
    with path.open("rb") as file:
        seen = _contains(file, (encrypted, macros))
    if encrypted in seen:
        raise Refused("FileEncrypted")
    return Found(OLE, (Trait.MACROS,) if macros in seen else ())


def _contains(file: BinaryIO, sought: tuple[bytes, ...]) -> set[bytes]:
    found, tail, longest = set[bytes](), b"", max(map(len, sought))
    while block := file.read(BLOCK):
        here = tail + block
        found.update(each for each in sought if each in here)
        tail = here[-longest:]
    return found


def _pdf(path: Path) -> Found:
    import pypdfium2
    from pypdfium2 import raw

    _expect_no_zip(path)
    with path.open("rb") as file:
        try:
            document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == PASSWORD:
                raise Refused("FileEncrypted") from error
            return Found(PDF, (Trait.UNREADABLE,))
        traits = {
            Trait.ENCRYPTED: raw.FPDF_GetSecurityHandlerRevision(document) >= 0,
            Trait.ACTIVE_CONTENT: raw.FPDFDoc_GetJavaScriptActionCount(document) > 0,
            Trait.EMBEDDED_FILES: document.count_attachments() > 0,
        }
        document.close()
    return Found(PDF, tuple(trait for trait, here in traits.items() if here))


def _sniffed(path: Path) -> Found:
    """Return the sniffer's word where it is sure; it is loaded here alone, it takes 60 MiB."""
    from magika import Magika

    result = Magika().identify_path(path)
    is_sure = result.ok and result.score >= SURE and result.output.mime_type != UNKNOWN
    return Found(str(result.output.mime_type) if is_sure else UNSIGNED, ())


def _expect_no_zip(path: Path) -> None:
    """Raise where the file ends as a ZIP does: another program would unpack what this one shows."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 66_000))
        tail = file.read()
    place = tail.rfind(END_OF_ZIP)
    if place >= 0 and place + 22 + int.from_bytes(tail[place + 20 : place + 22], "little") == len(tail):
        raise Refused("FileIsTwoThings", found="PDF", other="ZIP")


def _shown(name: str) -> str:
    return name.replace("\0", "")[:80].encode("utf-8", "replace").decode()


def _print(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Asked(**json.loads(sys.argv[1])))
