"""Files by people we do not trust, each made on the spot."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
TYPES = "[Content_Types].xml"
_WORD = "wordprocessingml.document.main+xml"
_MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"


def a_zip(members: Mapping[str, bytes], *, level: int = 6) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def a_docx(**members: bytes) -> bytes:
    types = f'<Types><Override ContentType="application/{_WORD}"/></Types>'.encode()
    return a_zip({TYPES: types, "word/document.xml": b"<document/>", **members})


def a_docm() -> bytes:
    types = f'<Types><Override ContentType="{_MACRO_WORD}"/></Types>'.encode()
    return a_zip({TYPES: types, "word/vbaProject.bin": b"\xd0\xcf"})


def a_bomb() -> bytes:
    """Give some 1.2 MB that unpack to 1.2 GiB."""
    zeros = bytes(64 * 1024 * 1024)
    return a_zip({f"{number}.txt": zeros for number in range(19)}, level=1)


def a_lying_zip() -> bytes:
    """Say in the headers that a member is smaller than it is."""
    content = bytearray(a_zip({"a.txt": bytes(1_000_000)}))
    place = content.find(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, 10)
    return bytes(content)


def an_encrypted_zip() -> bytes:
    content = bytearray(a_zip({"tajne.txt": b"tajne"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(signature) + flags] |= 1
    return bytes(content)


def a_linking_zip() -> bytes:
    made = io.BytesIO()
    link = zipfile.ZipInfo("odkaz")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return made.getvalue()


def a_pdf_that_is_a_zip() -> bytes:
    return PDF + a_zip({"skryte.txt": b"skryte"})


def an_encrypted_office() -> bytes:
    return (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    )


def an_encrypted_pdf() -> bytes:
    """Give a PDF whose key nobody can compute without its password (standard handler, revision 2)."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        b"<</Filter/Standard/V 1/R 2/P -44/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>",
    ]
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj" % number + content + b"endobj\n"
    start = len(made)
    made += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[<" + b"33" * 16 + b"><" + b"33" * 16 + b">]>>\n"
    return bytes(made + b"startxref\n%d\n%%%%EOF\n" % start)


PROGRAM = b"MZ\x90\x00" + bytes(200)
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script><p>text</p></body></html>" * 3
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>' * 3

REFUSED: Mapping[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing": ("prazdny.pdf", lambda: b"", "file-empty"),
    "a program": ("faktura.pdf", lambda: PROGRAM, "program-refused"),
    "a script by its ending": ("faktura.vbs", lambda: b"MsgBox 1\n" * 20, "program-refused"),
    "a bomb": ("data.zip", a_bomb, "archive-too-large"),
    "a path": ("data.zip", lambda: a_zip({"../../etc/cron.d/x": b"x"}), "archive-unsafe"),
    "a drive": ("data.zip", lambda: a_zip({"C:\\x.txt": b"x"}), "archive-unsafe"),
    "a link": ("data.zip", a_linking_zip, "archive-unsafe"),
    "an archive in an archive": (
        "data.zip",
        lambda: a_zip({"v.zip": a_zip({"a.txt": b"a"})}),
        "archive-unsafe",
    ),
    "a program in an archive": ("data.zip", lambda: a_zip({"x.exe": b"MZ"}), "archive-unsafe"),
    "a program in an archive that says it is a document": (
        "data.zip",
        lambda: a_zip({"mimetype": b"application/x-odd", "x.exe": b"MZ"}),
        "archive-unsafe",
    ),
    "a lying archive": ("data.zip", a_lying_zip, "archive-not-readable"),
    "half an archive": ("data.zip", lambda: a_zip({"a.txt": b"a"})[:-30], "archive-not-readable"),
    "an encrypted archive": ("data.zip", an_encrypted_zip, "file-encrypted"),
    "an encrypted office document": ("plan.docx", an_encrypted_office, "file-encrypted"),
    "an encrypted PDF": ("plan.pdf", an_encrypted_pdf, "file-encrypted"),
    "a PDF that is a ZIP": ("plan.pdf", a_pdf_that_is_a_zip, "file-is-two-things"),
}
"""By what it is: the name, the bytes, and the refusal."""

NOTED: Mapping[str, tuple[str, Callable[[], bytes], str, list[str]]] = {
    "HTML named PDF": ("zapis.pdf", lambda: HTML, "text/html", ["wrong-extension", "active-content"]),
    "SVG with a script": ("logo.svg", lambda: SVG, "image/svg+xml", ["active-content"]),
    "macros": (
        "rozpocet.docm",
        a_docm,
        "application/vnd.ms-word.document.macroenabled.12",
        ["macros"],
    ),
    "macros under another name": (
        "rozpocet.docx",
        a_docm,
        "application/vnd.ms-word.document.macroenabled.12",
        ["macros", "wrong-extension"],
    ),
    "a broken PDF": ("zapis.pdf", lambda: b"%PDF-1.7 nic", "application/pdf", ["unreadable"]),
    "a ZIP that says it is a PDF": (
        "plan.pdf",
        lambda: a_zip({"mimetype": b"application/pdf", "a.txt": b"a"}),
        "application/zip",
        ["wrong-extension"],
    ),
    "a ZIP that writes a header": (
        "plan.odt",
        lambda: a_zip({"mimetype": b"application/x-a\r\nSet-Cookie: a=b", "a.txt": b"a"}),
        "application/zip",
        ["wrong-extension"],
    ),
    "a document": (
        "plan.docx",
        a_docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [],
    ),
    "a path in the name": ("../../etc/passwd", lambda: b"root:x:0:0\n", "text/plain", []),
    "a short table": ("data.csv", lambda: b"a;b\n", "text/csv", []),
    "noise": ("data.bin", lambda: bytes(range(256)) * 8, "application/octet-stream", ["unknown-type"]),
}
"""By what it is: the name, the bytes, the type that it is kept as, and what is noted."""
