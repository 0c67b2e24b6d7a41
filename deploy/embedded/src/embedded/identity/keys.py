"""The key that the development identity provider signs with: made once, readable by its owner only."""

import json
import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization, RSAKey

from embedded.failure import CannotRun

FILE_NAME = "identity-key.json"
ALGORITHM = "RS256"


class SigningKey:
    """One RSA key in a file; the verifier of a provider in the same process reads it without HTTP."""

    def __init__(self, key: RSAKey) -> None:
        self.private = key
        self.public = RSAKey.import_key(key.as_dict(private=False))
        self._public_set = KeySet([self.public])

    @property
    def id(self) -> str:
        return str(self.private.kid)

    def jwks(self) -> KeySetSerialization:
        return self._public_set.as_dict(private=False)

    async def current(self) -> KeySet:
        return self._public_set

    async def refreshed(self) -> KeySet:
        return self._public_set


def signing_key(folder: Path) -> SigningKey:
    """Read the key, or make it the first time; raises CannotRun when the file is damaged."""
    path = folder / FILE_NAME
    if not path.exists():
        _make(path)
    try:
        path.chmod(0o600)
        key = RSAKey.import_key(json.loads(path.read_text(encoding="ascii")))
    except (ValueError, JoseError, TypeError) as error:
        raise CannotRun(
            f"{path} does not hold a key of the identity provider; delete it to get a new one."
        ) from error
    if not key.is_private:
        raise CannotRun(f"{path} holds no private key; delete it to get a new one.")
    return SigningKey(key)


def _make(path: Path) -> None:
    """Write a new key whole or not at all; of two who make it at once the first one wins."""
    key = RSAKey.generate_key(2048, {"use": "sig", "alg": ALGORITHM}, auto_kid=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.") as draft:
        json.dump(key.as_dict(private=True), draft)
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):
            os.link(draft.name, path)
