"""Settings from the environment; they refuse unsafe defaults outside development."""

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

_WEAK_PASSWORDS = frozenset({"", "postgres", "password", "secret", "changeme", "admin"})


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(BaseModel):
    """What one service needs to know of the place where it runs.

    `X` is read from `<SERVICE>_X`, else from `X`; `X_FILE` names a file that holds the value.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    pospolu_environment: Environment = Environment.PRODUCTION
    database_url: str = Field(pattern=r"^postgresql://")
    database_pool_size: int = Field(default=10, ge=2, le=100)
    nats_url: str = Field(pattern=r"^(nats|tls)://")
    nats_monitor_url: str = Field(pattern=r"^https?://")
    nats_replicas: int = Field(default=1, ge=1, le=5)
    oidc_issuer: str = Field(pattern=r"^https?://")
    oidc_discovery_url: str = ""
    oidc_audience: str = "pospolu"
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    planning_url: str = ""
    registry_url: str = ""
    evaluation_url: str = ""
    files_url: str = ""
    clamav_url: str = Field(default="", pattern=r"^$|^tcp://[^/]+:\d+$|^unix:///.+$")
    smtp_url: str = Field(default="", pattern=r"^$|^(smtp|smtps|smtp-plain)://")
    mail_from: str = Field(default="", pattern=r"^$|^[^\r\n]*@[^\s@]+$")
    public_url: str = Field(default="", pattern=r"^$|^https?://")
    record_key: str = Field(default="", repr=False)
    tsa_url: str = Field(default="", pattern=r"^$|^https?://")
    tsa_roots: str = ""
    webhooks_loopback: bool = False
    webhooks_key: str = Field(default="", repr=False)
    log_level: str = "INFO"
    max_body_bytes: int = Field(default=4 * 1024 * 1024, ge=1024)

    @property
    def is_production(self) -> bool:
        return self.pospolu_environment is Environment.PRODUCTION

    @model_validator(mode="after")
    def _expect_a_sender(self) -> Self:
        if self.smtp_url and not self.mail_from:
            raise ValueError("SMTP_URL needs MAIL_FROM: a letter has a sender")
        return self

    @model_validator(mode="after")
    def _refuse_unsafe_defaults(self) -> Self:
        if self.is_production:
            unsafe = list(_unsafe(self))
            if unsafe:
                raise ValueError("unsafe outside development: " + "; ".join(unsafe))
        return self


def _unsafe(settings: Settings) -> list[str]:
    found = []
    if (urlsplit(settings.database_url).password or "") in _WEAK_PASSWORDS:
        found.append("DATABASE_URL has no password or a common one")
    if (urlsplit(settings.nats_url).password or "") in _WEAK_PASSWORDS:
        found.append("NATS_URL has no password or a common one")
    if not settings.oidc_issuer.startswith("https://"):
        found.append("OIDC_ISSUER is not https")
    if settings.smtp_url.startswith("smtp-plain://") and urlsplit(settings.smtp_url).password:
        found.append("SMTP_URL sends its password without TLS")
    if settings.webhooks_loopback:
        found.append("WEBHOOKS_LOOPBACK lets webhooks call this machine")
    return found


def load_settings(service: str, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings of one service; raises `pydantic.ValidationError` naming what is wrong."""
    found = {name: _look_up(name.upper(), service.upper(), environ) for name in Settings.model_fields}
    return Settings.model_validate({name: value for name, value in found.items() if value is not None})


def _look_up(name: str, service: str, environ: Mapping[str, str]) -> str | None:
    for key in (f"{service}_{name}", name):
        if key in environ:
            return environ[key]
        if f"{key}_FILE" in environ:
            return Path(environ[f"{key}_FILE"]).read_text(encoding="utf-8").strip()
    return None
