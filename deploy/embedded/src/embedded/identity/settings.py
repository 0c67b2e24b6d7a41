"""What the development identity provider has to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from embedded.failure import CannotRun

DEVELOPMENT = "development"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentitySettings:
    """`folder` keeps the signing key; `client_secrets` holds those of `documents` and `integrator`."""

    environment: str
    issuer: str
    folder: Path
    audience: str = "pospolu"
    client_secrets: Mapping[str, str] = field(default_factory=dict)

    def refuse_outside_development(self) -> None:
        """Raise CannotRun: this provider asks nobody for a password."""
        if self.environment != DEVELOPMENT:
            raise CannotRun(
                "The built-in identity provider lets anybody in without a password and starts only with "
                f"POSPOLU_ENVIRONMENT=development (it is {self.environment!r}); "
                "set OIDC_ISSUER to a real OIDC provider instead."
            )
