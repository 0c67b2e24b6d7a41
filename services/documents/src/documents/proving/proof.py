"""The proof of one act: that it is in a bundle of the public record, and that the bundle was signed.

The verifier of the record checks one offline: `documents.proving.auditing`.
"""

import json
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from documents.proving.verify import (
    key_id,
    leaf_of,
    middle_of,
    node_of,
    read_head,
    sha256,
    signed_by,
    tree_of,
)


def path_of(index: int, digests: Sequence[str]) -> list[str]:
    """Return the neighbours on the way from a leaf to the root (RFC 6962, 2.1.1)."""
    return [node.hex() for node in _path(index, [leaf_of(digest) for digest in digests])]


def root_by(path: Sequence[str], digest: str, *, index: int, count: int) -> str:
    """Return the root that a leaf and its path lead to; raises `ValueError` where the path does not fit."""
    node, last = leaf_of(digest), count - 1
    for neighbour in path:
        if last == 0:
            raise ValueError("the path is too long")
        if index % 2 or index == last:
            node = node_of(bytes.fromhex(neighbour), node)
            while index and not index % 2:
                index, last = index // 2, last // 2
        else:
            node = node_of(node, bytes.fromhex(neighbour))
        index, last = index // 2, last // 2
    if last:
        raise ValueError("the path is too short")
    return node.hex()


def _path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    if len(leaves) <= 1:
        return []
    middle = middle_of(len(leaves))
    if index < middle:
        return [*_path(index, leaves[:middle]), tree_of(leaves[middle:])]
    return [*_path(index - middle, leaves[middle:]), tree_of(leaves[:middle])]


def proves(content: bytes, trusted: Sequence[str] = ()) -> bool:
    """Tell whether the act is in the bundle and the bundle was signed; `trusted` are keys in hexadecimal."""
    try:
        proof = json.loads(content)
        raw = bytes.fromhex(proof["public_key"])
        key = Ed25519PublicKey.from_public_bytes(raw)
        head = read_head(proof["head"].encode())
        root = _root_of(proof, count=head.count)
        signature = str(proof["signature"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    known = key_id(raw) == head.key and (not trusted or raw.hex() in trusted)
    return known and signed_by(head.line, signature, key) and root == head.root


def _root_of(proof: dict[str, object], *, count: int) -> str:
    """Return the root that the act of a proof leads to; raises `ValueError`, `KeyError`, `TypeError`."""
    act, index, path = proof["act"], proof["index"], proof["path"]
    if not isinstance(act, str) or not isinstance(path, list) or type(index) is not int:
        raise TypeError("no proof")
    if not 0 <= index < count:
        raise ValueError("the bundle has no act there")
    return root_by(path, sha256(act.encode()), index=index, count=count)
