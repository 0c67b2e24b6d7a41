"""The key that signs the public record (Ed25519)."""

import base64
import binascii
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from documents.proving.verify import key_id


class KeyNotUsable(Exception):  # noqa: N818 - the fact that stopped us
    """What is set as the key of the record is no Ed25519 private key."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key, and how the record calls its public half."""

    _key: Ed25519PrivateKey

    @property
    def public_key(self) -> str:
        """The raw public key in hexadecimal."""
        return self._key.public_key().public_bytes_raw().hex()

    @property
    def key_id(self) -> str:
        return key_id(bytes.fromhex(self.public_key))

    def sign(self, content: str) -> str:
        """Return the signature in hexadecimal; the same content gives the same one."""
        return self._key.sign(content.encode()).hex()


def signer_from(text: str) -> Signer:
    """Read a key: PEM (PKCS 8), or 32 bytes in Base64; raises `KeyNotUsable` without telling the text."""
    try:
        if text.lstrip().startswith("-----BEGIN"):
            key = load_pem_private_key(text.encode(), password=None)
        else:
            key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(text, validate=True))
    except (ValueError, TypeError, UnsupportedAlgorithm, binascii.Error):
        raise KeyNotUsable from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyNotUsable
    return Signer(key)


@cache
def development_signer() -> Signer:
    """Return a key that lives as long as the process."""
    return Signer(Ed25519PrivateKey.generate())
