"""A package for records management: BagIt (RFC 8493) with metadata in XML beside each version's files.

The names of elements follow the national standard for records systems where they are known (inferred:
its schema was not at hand), in a namespace of our own; the receiving system maps them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from documents.boards.syndication import clean
from documents.filing.domain import Packed, PackedFile
from shared.canonical import digest

NAMESPACE: Final = "urn:pospolu:filing:1"
TRIGGERS: Final = {
    "filed": "založení dokumentu",
    "last-version": "poslední verze dokumentu",
    "published": "zveřejnění dokumentu",
    "withdrawn": "stažení dokumentu",
}
DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of the archive: made here, or a file of the store by its digest."""

    path: str
    content: bytes | None = None
    file: PackedFile | None = None

    @property
    def digest(self) -> str:
        return self.file.digest if self.file else digest(self.content or b"")

    @property
    def size_bytes(self) -> int:
        return self.file.size_bytes if self.file else len(self.content or b"")


def payload_of(packed: Sequence[Packed]) -> list[Member]:
    """Return the content, in the order in which it is packed."""
    return [member for place, one in enumerate(packed, 1) for member in _members(place, one)]


def manifest_of(members: Sequence[Member]) -> bytes:
    """Return the digests of members, a line each."""
    return "".join(f"{member.digest}  {_encoded(member.path)}\n" for member in members).encode()


def package_of(packed: Sequence[Packed], *, identifier: str, made_on: date) -> list[Member]:
    """Return all members of the archive; the same input gives the same bytes."""
    payload = payload_of(packed)
    octets = sum(member.size_bytes for member in payload)
    info = (
        "Source-Organization: Agentura pro sociální začleňování\n"
        f"External-Identifier: {identifier}\n"
        f"Bagging-Date: {made_on.isoformat()}\n"
        f"Payload-Oxum: {octets}.{len(payload)}\n"
    )
    tags = [
        Member(path="bagit.txt", content=DECLARATION),
        Member(path="bag-info.txt", content=info.encode()),
        Member(path="manifest-sha256.txt", content=manifest_of(payload)),
    ]
    return [*tags, Member(path="tagmanifest-sha256.txt", content=manifest_of(tags)), *payload]


def _members(place: int, packed: Packed) -> Iterator[Member]:
    folder = f"data/{place:04}-{packed.document_id}-{packed.number}"
    names = [f"{index:02}-{file.file_name}" for index, file in enumerate(packed.files, 1)]
    yield Member(path=f"{folder}/metadata.xml", content=metadata_of(packed, names))
    for name, file in zip(names, packed.files, strict=True):
        yield Member(path=f"{folder}/{name}", file=file)


def _encoded(path: str) -> str:
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def metadata_of(packed: Packed, names: Sequence[str]) -> bytes:
    """Return the metadata of a version as XML."""
    root = Element("Dokument", {"xmlns": NAMESPACE, "ID": f"urn:uuid:{packed.document_id}"})
    known = SubElement(root, "EvidencniUdaje")
    identity = SubElement(known, "Identifikace")
    _text(identity, "Identifikator", f"{packed.document_id}/{packed.number}", zdroj="Pospolu")
    _text(identity, "CisloJednaci", packed.reference_number)
    _text(identity, "SpisovaZnacka", packed.file_mark)
    described = SubElement(known, "Popis")
    _text(described, "Nazev", packed.title)
    _text(described, "Druh", packed.kind_name, kod=packed.kind)
    _text(described, "Verze", packed.label or str(packed.number), poradi=str(packed.number))
    _text(described, "Jazyk", packed.language)
    for unit in packed.units:
        _text(described, "UzemniCelek", unit.name, **({"kod": unit.code} if unit.code else {}))
    _add_origin(known, packed)
    _add_disposal(known, packed)
    parts = SubElement(root, "Komponenty")
    for name, file in zip(names, packed.files, strict=True):
        attributes = {"format": file.media_type, "velikost": str(file.size_bytes)}
        part = SubElement(parts, "Komponenta", attributes)
        _text(part, "NazevSouboru", name)
        _text(part, "HashSouboru", file.digest, algoritmus="SHA-256")
    indent(root)
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n").encode()


def _add_origin(known: Element, packed: Packed) -> None:
    origin = SubElement(known, "Puvod")
    _text(origin, "DatumVytvoreni", packed.dated_on.isoformat())
    _text(origin, "Autor", packed.author)
    _text(origin, "Schvalil", packed.approved_by)
    _text(origin, "DatumSchvaleni", packed.approved_on.isoformat() if packed.approved_on else None)
    _text(origin, "DatumPodpisu", packed.signed_on.isoformat() if packed.signed_on else None)
    _text(origin, "DatumZverejneni", packed.published_on.isoformat())


def _add_disposal(known: Element, packed: Packed) -> None:
    if packed.mark is None:
        return
    regime = SubElement(SubElement(known, "Vyrazovani"), "SkartacniRezim")
    _text(regime, "SkartacniZnak", packed.mark)
    _text(regime, "SkartacniLhuta", str(packed.years))
    _text(regime, "SpousteciUdalost", TRIGGERS.get(packed.trigger or "", packed.trigger))


def _text(parent: Element, name: str, text: str | None, **attributes: str) -> None:
    """Add an element unless there is nothing to say."""
    if text:
        SubElement(parent, name, attributes).text = clean(text)
