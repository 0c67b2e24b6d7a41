"""Settings come from the environment, and refuse what is unsafe outside development."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from shared.settings import Environment, Settings, load_settings

SAFE = {
    "DATABASE_URL": "postgresql://planning:correct-horse@database/planning",
    "NATS_URL": "nats://planning:battery-staple@broker:4222",
    "NATS_MONITOR_URL": "http://broker:8222",
    "OIDC_ISSUER": "https://identity.example",
}


def load(**changes: str) -> Settings:
    return load_settings("planning", {**SAFE, **changes})


def test_production_is_where_nothing_else_is_said() -> None:
    assert load().pospolu_environment is Environment.PRODUCTION
    assert load().is_production
    assert not load(POSPOLU_ENVIRONMENT="development").is_production


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://planning@database/planning"),
        ("DATABASE_URL", "postgresql://planning:postgres@database/planning"),
        ("DATABASE_URL", "postgresql://planning:secret@database/planning"),
        ("NATS_URL", "nats://broker:4222"),
        ("NATS_URL", "nats://planning:changeme@broker:4222"),
        ("OIDC_ISSUER", "http://identity.example"),
    ],
)
def test_what_is_unsafe_is_refused_in_production_and_taken_in_development(name: str, value: str) -> None:
    with pytest.raises(ValidationError, match=name):
        load(**{name: value})
    assert load(**{name: value, "POSPOLU_ENVIRONMENT": "development"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://planning@database"),
        ("NATS_URL", "http://broker"),
        ("NATS_MONITOR_URL", "broker:8222"),
        ("OIDC_ISSUER", "identity.example"),
        ("DATABASE_POOL_SIZE", "1"),
        ("DATABASE_POOL_SIZE", "many"),
        ("NATS_REPLICAS", "0"),
        ("MAX_BODY_BYTES", "10"),
        ("POSPOLU_ENVIRONMENT", "Development"),
        ("POSPOLU_ENVIRONMENT", ""),
    ],
)
def test_a_setting_of_another_form_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ValidationError, match=name.lower()):
        load(**{"POSPOLU_ENVIRONMENT": "development", name: value})


@pytest.mark.parametrize("missing", SAFE)
def test_a_setting_without_a_default_must_be_there(missing: str) -> None:
    environ = {name: value for name, value in SAFE.items() if name != missing}
    with pytest.raises(ValidationError, match=missing.lower()):
        load_settings("planning", environ)


def test_a_setting_of_the_service_comes_before_the_common_one() -> None:
    own = "postgresql://planning:its-own@database/planning"
    assert load(PLANNING_DATABASE_URL=own).database_url == own
    assert load(REGISTRY_DATABASE_URL=own).database_url == SAFE["DATABASE_URL"]


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from-a-file\n", encoding="utf-8")
    assert load(OIDC_CLIENT_SECRET_FILE=str(secret)).oidc_client_secret == "from-a-file"
    assert load(PLANNING_OIDC_CLIENT_SECRET_FILE=str(secret)).oidc_client_secret == "from-a-file"
    assert load(OIDC_CLIENT_SECRET_FILE=str(secret), OIDC_CLIENT_SECRET="given").oidc_client_secret == "given"


def test_a_refusal_shows_no_secret() -> None:
    with pytest.raises(ValidationError) as raised:
        load(DATABASE_URL="postgresql://planning:postgres@database/planning", OIDC_CLIENT_SECRET="hush-hush")
    assert "hush-hush" not in str(raised.value)
    assert "planning:postgres" not in str(raised.value)
