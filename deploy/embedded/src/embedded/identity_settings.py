"""What the development identity provider has to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from embedded.failure import CannotRun

DEVELOPMENT = "development"
INTEGRATOR_SECRET = "only-for-development"  # noqa: S105 - as public as the personas, who have no password


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentitySettings:
    """`folder` keeps the signing key; `client_secrets` holds those of `documents` and `integrator`."""

    environment: str
    issuer: str
    folder: Path
    audience: str = "pospolu"
    client_secrets: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "IdentitySettings":
        """Read the names that the services read too; raises CannotRun when one is missing."""
        missing = [name for name in ("OIDC_ISSUER", "POSPOLU_DATA") if not environ.get(name)]
        if missing:
            raise CannotRun(f"The identity provider needs {' and '.join(missing)} in the environment.")
        return cls(
            environment=environ.get("POSPOLU_ENVIRONMENT", "production"),
            issuer=environ["OIDC_ISSUER"],
            folder=Path(environ["POSPOLU_DATA"]),
            audience=environ.get("OIDC_AUDIENCE", "pospolu"),
            client_secrets={
                "documents": environ.get("DOCUMENTS_OIDC_CLIENT_SECRET", ""),
                "integrator": environ.get("INTEGRATOR_OIDC_CLIENT_SECRET", INTEGRATOR_SECRET),
            },
        )

    def refuse_outside_development(self) -> None:
        """Raise CannotRun: this provider asks nobody for a password."""
        if self.environment != DEVELOPMENT:
            raise CannotRun(
                "The built-in identity provider lets anybody in without a password and starts only with "
                f"POSPOLU_ENVIRONMENT=development (it is {self.environment!r}); "
                "set OIDC_ISSUER to a real OIDC provider instead."
            )
