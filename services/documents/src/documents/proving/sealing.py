"""Secrets at rest: encrypted by a key of the installation, each bound to what it belongs to."""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_FORM: Final = "sealed1"
_PURPOSE: Final = b"pospolu/documents/webhook-secrets/1"
_NONCE_BYTES: Final = 12


class SecretNotReadable(Exception):  # noqa: N818 - the fact that stopped us
    """The key that sealed it is not set here any more, or it was changed."""


@dataclass(frozen=True, slots=True)
class Sealer:
    """Keys by their ids, the first of which seals; all of them open (AES-256-GCM)."""

    _keys: dict[str, bytes] = field(repr=False)

    @property
    def prefix(self) -> str:
        """What everything begins with that the present key sealed."""
        return f"{_FORM}.{next(iter(self._keys))}."

    def seal(self, secret: str, *, of: UUID) -> str:
        """Return the secret so that it opens for this owner alone."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        key = next(iter(self._keys.values()))
        content = nonce + AESGCM(key).encrypt(nonce, secret.encode(), of.bytes)
        return self.prefix + base64.urlsafe_b64encode(content).decode()

    def open(self, sealed: str, *, of: UUID) -> str:
        """Return the secret, also one that still stands in clear; raises `SecretNotReadable`."""
        if not sealed.startswith(f"{_FORM}."):
            return sealed
        try:
            _, key_id, text = sealed.split(".")
            content = base64.urlsafe_b64decode(text)
            opened = AESGCM(self._keys[key_id]).decrypt(
                content[:_NONCE_BYTES], content[_NONCE_BYTES:], of.bytes
            )
        except (ValueError, KeyError, InvalidTag):
            raise SecretNotReadable(str(of)) from None
        return opened.decode()

    def opens(self, sealed: str, *, of: UUID) -> bool:
        """Whether any of the keys opens it."""
        try:
            self.open(sealed, of=of)
        except SecretNotReadable:
            return False
        return True


def sealer_from(texts: Sequence[str]) -> Sealer:
    """Return what seals by keys derived (HKDF, RFC 5869) of long random texts, the present one first."""
    keys = [_derived(text) for text in texts]
    return Sealer({hashlib.sha256(b"id" + key).hexdigest()[:8]: key for key in keys})


def _derived(text: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(text.strip().encode())
