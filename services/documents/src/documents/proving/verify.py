"""What is wrong with bundles of the public record, found offline; `auditing` is the command.

A bundle is lines of canonical JSON: its head, the head's signature, the SHA-256 of its acts, the acts.
The head, signed by Ed25519, holds the root over them (RFC 6962) and the digest of the head before.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Keys = Mapping[str, Ed25519PublicKey]
SCHEMA: Final = "pospolu.record/1"
KEYS: Final = "keys.json"
_TEXTS: Final = dict.fromkeys(("day", "key", "root", "schema"), (str,))
HEAD: Final = dict.fromkeys(("number", "first", "count"), (int,)) | _TEXTS | {"previous": (str, type(None))}
SAID: Final[Mapping[str, tuple[str, str]]] = {
    "act-changed": ("znění aktu bylo změněno", "the act was changed"),
    "act-missing": ("akt chybí", "the act is missing"),
    "act-moved": ("akt stojí na jiném místě", "the act stands at another place"),
    "act-added": ("za aktem je řádek, který nebyl podepsán", "after the act is a line that was not signed"),
    "list-damaged": ("seznam otisků neodpovídá hlavičce", "the list of digests is not the head's"),
    "head-damaged": ("hlavička není ta, která byla podepsána", "the head is not the one that was signed"),
    "signature-damaged": ("řádek s podpisem je poškozen", "the line of the signature is damaged"),
    "key-unknown": ("klíč, kterým je podepsáno, neznáme", "the key of the signature is not known"),
    "bundle-missing": ("balíček chybí", "the bundle is missing"),
    "chain-broken": ("nenavazuje na předchozí balíček", "does not follow the bundle before"),
    "stamp-of-another": ("časové razítko patří k jiné hlavičce", "the time-stamp is of another head"),
    "stamp-not-trusted": (
        "časové razítko nevydala autorita, jejíž kořenový certifikát jste dali",
        "the time-stamp is not of an authority whose root certificate you gave",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    code: str
    bundle: str
    position: int | None = None

    def sentence(self, language: str) -> str:
        act = "" if self.position is None else f", {'akt' if language == 'cs' else 'act'} {self.position}"
        return f"{self.bundle}{act}: {SAID[self.code][0 if language == 'cs' else 1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The signed head of a bundle; `line` is what was signed."""

    number: int
    day: str
    first: int
    count: int
    root: str
    previous: str | None
    key: str
    line: bytes


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def is_hex(text: str, length: int) -> bool:
    return len(text) == length and set(text) <= set("0123456789abcdef")


def canonical(value: object) -> bytes:
    """Return the one JSON of texts, integers, lists and objects (RFC 8785)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def root_of(digests: Sequence[str]) -> str:
    """Return the Merkle tree hash (RFC 6962, 2.1) whose leaves are the digests, in hexadecimal."""
    return tree_of([leaf_of(digest) for digest in digests]).hex()


def leaf_of(digest: str) -> bytes:
    return hashlib.sha256(b"\0" + bytes.fromhex(digest)).digest()


def node_of(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def tree_of(leaves: Sequence[bytes]) -> bytes:
    if len(leaves) <= 1:
        return leaves[0] if leaves else hashlib.sha256().digest()
    middle = middle_of(len(leaves))
    return node_of(tree_of(leaves[:middle]), tree_of(leaves[middle:]))


def middle_of(count: int) -> int:
    """Return the largest power of two below a count of two or more."""
    return 1 << (count - 1).bit_length() - 1


def read_head(line: bytes) -> Head:
    """Read a head; raises `ValueError` unless it is one."""
    said = json.loads(line)
    fits = isinstance(said, dict) and said.keys() == HEAD.keys()
    if not fits or any(type(said[name]) not in HEAD[name] for name in HEAD) or said.pop("schema") != SCHEMA:
        raise ValueError("no head of a bundle")
    return Head(line=line, **said)


def keys_of(public_keys: Iterable[str]) -> Keys:
    """Read public keys (hexadecimal) and return them by their ids."""
    return {key_id(raw): Ed25519PublicKey.from_public_bytes(raw) for raw in map(bytes.fromhex, public_keys)}


def key_id(public_key: bytes) -> str:
    return sha256(public_key)[:16]


def fingerprint_of(public_key: str) -> str:
    """Return the SHA-256 of a raw public key, both in hexadecimal; the id of the key is its beginning."""
    return sha256(bytes.fromhex(public_key))


def public_keys_of(files: Mapping[str, bytes]) -> list[str]:
    """Return the keys that lie beside the bundles; raises `LookupError`, `TypeError`, `ValueError`."""
    return [str(each["public_key"]) for each in json.loads(files[KEYS])["keys"]]


def signed_by(line: bytes, signature: str, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(bytes.fromhex(signature), line)
    except (InvalidSignature, ValueError):
        return False
    return True


def check_bundle(name: str, content: bytes, keys: Keys) -> tuple[Head | None, list[Fault]]:
    """Return the head where there is a readable one, and what is wrong with the bundle."""
    lines = content.split(b"\n")
    try:
        head = read_head(lines[0])
    except (ValueError, RecursionError):
        return None, [Fault(code="head-damaged", bundle=name)]
    signed, listed, *acts = (*lines[1:], b"", b"") if len(lines) < 3 else lines[1:]
    return head, [*_signature_faults(name, head, signed, keys), *_act_faults(name, head, listed, acts)]


def _signature_faults(name: str, head: Head, line: bytes, keys: Keys) -> Iterator[Fault]:
    try:
        signature = str(json.loads(line)["signature"])
    except (ValueError, KeyError, TypeError, RecursionError):
        signature = ""
    if line != canonical({"signature": signature}) or not is_hex(signature, 128):
        yield Fault(code="signature-damaged", bundle=name)
    elif head.key not in keys:
        yield Fault(code="key-unknown", bundle=name)
    elif not signed_by(head.line, signature, keys[head.key]):
        yield Fault(code="head-damaged", bundle=name)


def _act_faults(name: str, head: Head, listed: bytes, acts: list[bytes]) -> Iterator[Fault]:
    acts = acts[:-1] if acts and acts[-1] == b"" else acts
    digests = _digests(listed)
    places = {digest: head.first + index for index, digest in enumerate(digests or ())}
    found = [_digest_of(line, places) for line in acts]
    if digests is None or root_of(digests) != head.root:
        yield Fault(code="list-damaged", bundle=name)
        digests = found if digests is None or root_of(found) == head.root else digests
    for code, index in _differences(digests, found):
        yield Fault(code=code, bundle=name, position=head.first + index)


def _digests(line: bytes) -> list[str] | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    whole = isinstance(said, list) and all(isinstance(each, str) and is_hex(each, 64) for each in said)
    return said if whole and canonical(said) == line else None


def _digest_of(line: bytes, places: Mapping[str, int]) -> str:
    """Return the digest of an act; one that is not disclosed is there by its digest alone."""
    sealed = line.rpartition(b'"sealed":"')[2][:64].decode(errors="replace")
    return sealed if line == canonical({"position": places.get(sealed), "sealed": sealed}) else sha256(line)


def _differences(expected: list[str], found: list[str]) -> Iterator[tuple[str, int]]:
    present, known = set(found), set(expected)
    steps = SequenceMatcher(None, expected, found, autojunk=False).get_opcodes()
    for _, start, end, first, last in (step for step in steps if step[0] != "equal"):
        changed = end - start <= last - first
        for index in range(start, end):
            code = "act-moved" if expected[index] in present else "act-changed" if changed else "act-missing"
            yield code, index
        if end == start and not known.intersection(found[first:last]):
            yield "act-added", max(start - 1, 0)


def check_files(files: Mapping[str, bytes], trusted: Sequence[str] = ()) -> tuple[list[Head], list[Fault]]:
    """Check all bundles and their chain; `trusted` public keys (hexadecimal) are the only ones, if given.

    Raises `LookupError`, `TypeError` or `ValueError` where there are no keys to check against.
    """
    keys = keys_of(trusted or public_keys_of(files))
    heads, faults = [], []
    for name in sorted(name for name in files if name.endswith(".ndjson")):
        head, found = check_bundle(name, files[name], keys)
        faults += found
        if head is not None:
            heads.append(head)
            stamp = files.get(name.removesuffix(".ndjson") + ".tsr", head.line)
            if stamp != head.line and bytes.fromhex(sha256(head.line)) not in stamp:
                faults.append(Fault(code="stamp-of-another", bundle=name))
    heads.sort(key=lambda head: head.number)
    return heads, [*faults, *_chain_faults(heads)]


def _chain_faults(heads: Sequence[Head]) -> Iterator[Fault]:
    for before, head in pairwise(heads):
        if head.number > before.number + 1:
            missing = sorted({before.number + 1, head.number - 1})
            yield Fault(code="bundle-missing", bundle="-".join(map(str, missing)))
        follows = (head.previous, head.first) == (sha256(before.line), before.first + before.count)
        if head.number <= before.number + 1 and not follows:
            yield Fault(code="chain-broken", bundle=str(head.number))
