"""The containers keep the services apart: images, databases, broker users, networks."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support.containers import ROOT, RULES, SERVICES, Rule, copied_sources, read_compose

COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
GATEWAY = ROOT / "deploy" / "gateway"

SPOILED = {
    "each_service_has_an_api_a_worker_and_a_migration": ("{SERVICE: planning}", "{SERVICE: registry}"),
    "each_service_knows_its_own_database_and_broker_user_only": (":5432/planning", ":5432/registry"),
    "only_the_gateway_publishes_a_port": (
        "    networks: [events]\n",
        '    networks: [events]\n    ports: ["4222:4222"]\n',
    ),
    "no_secret_is_written_down": ("POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}", "POSTGRES_PASSWORD: letmein"),
    "the_servers_of_data_are_on_networks_without_a_way_out": ("  events:\n    internal: true", "  events:"),
    "what_holds_data_holds_it_in_a_named_volume": ("- nats:/data", "- ./nats:/data"),
    "every_container_is_hardened_and_comes_back": ("  cap_drop: [ALL]\n", ""),
    "who_needs_the_tables_waits_for_the_migration": (
        "planning-migrate: {condition: service_completed_successfully}",
        "planning-migrate: {condition: service_started}",
    ),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_compose_file_keeps_the_rule(rule: Rule) -> None:
    assert list(rule(read_compose())) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_each_rule_goes_red_on_a_spoiled_compose_file(rule: Rule) -> None:
    good, bad = SPOILED[rule.__name__]
    assert good in COMPOSE
    assert list(rule(read_compose(COMPOSE.replace(good, bad)))) != []


def test_the_compose_file_names_no_version_which_compose_v2_refuses() -> None:
    assert read_compose().version is None


def test_every_variable_of_the_compose_file_is_explained_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    required = set(re.findall(r"\$\{([A-Z_]+):\?", COMPOSE))
    assert required
    assert required <= named


def test_the_example_holds_no_secret() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    secrets = re.findall(r"^[A-Z_]*(?:PASSWORD|SECRET)[A-Z_]*=(.*)$", example, re.MULTILINE)
    assert len(secrets) >= 10
    assert set(secrets) == {""}


def test_make_env_gives_every_secret_a_value_of_its_own(tmp_path: Path) -> None:
    target = tmp_path / "made.env"
    subprocess.run(["sh", ROOT / "deploy" / "make-env.sh", target], check=True, capture_output=True)
    secrets = re.findall(r"^[A-Z_]*(?:PASSWORD|SECRET)[A-Z_]*=(.*)$", target.read_text(), re.MULTILINE)
    assert len(set(secrets)) == len(secrets)
    assert all(re.fullmatch(r"p[0-9a-f]{48}", secret) for secret in secrets)
    assert target.stat().st_mode & 0o077 == 0


def test_make_env_never_writes_over_secrets_in_use(tmp_path: Path) -> None:
    target = tmp_path / "made.env"
    target.write_text("POSTGRES_PASSWORD=in-use\n")
    done = subprocess.run(["sh", ROOT / "deploy" / "make-env.sh", target], check=False, capture_output=True)
    assert done.returncode == 1
    assert target.read_text() == "POSTGRES_PASSWORD=in-use\n"


def test_an_image_takes_in_shared_and_one_service_only() -> None:
    folders = [source for source in copied_sources(DOCKERFILE) if source.startswith(("shared/", "services"))]
    assert folders == [
        "shared/pyproject.toml",
        "services/${SERVICE}/pyproject.toml",
        "shared/src/shared",
        "services/${SERVICE}/src/${SERVICE}",
    ]


def test_what_an_image_takes_in_is_not_kept_out_of_the_build_context() -> None:
    kept = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    assert kept
    for source in copied_sources(DOCKERFILE):
        assert any(source == path or source.startswith(f"{path}/") for path in kept), source


def test_the_final_image_runs_as_nobody_of_importance_and_has_a_health_check() -> None:
    final = DOCKERFILE.split("\nFROM ")[-1]
    assert re.findall(r"^USER (.+)$", final, re.MULTILINE) == ["10001:10001"]
    assert re.search(r"^HEALTHCHECK .*healthcheck\.py", final, re.MULTILINE)
    assert "--require-hashes" in DOCKERFILE.split("\nFROM ")[1]


def test_every_service_has_a_database_a_broker_user_and_a_place_behind_the_gateway() -> None:
    databases = (ROOT / "deploy" / "postgres" / "create-databases.sh").read_text(encoding="utf-8")
    broker = (ROOT / "deploy" / "nats" / "users.conf").read_text(encoding="utf-8")
    gateway = (GATEWAY / "nginx.conf").read_text(encoding="utf-8")
    for service in SERVICES:
        assert f'create {service} "${{{service.upper()}_DATABASE_PASSWORD:?}}"' in databases
        assert f"user: {service}\n" in broker
        assert re.search(rf"location ~ \^/api/\S*\b{service}\b", gateway)


def test_the_gateway_changes_no_etag_and_shows_no_metrics() -> None:
    gateway = (GATEWAY / "nginx.conf").read_text(encoding="utf-8")
    assert not re.search(r"^\s*gzip on", gateway, re.MULTILINE)
    assert re.search(r"/metrics\(/\|\$\) \{\s*return 404;", gateway)


def test_the_proof_beside_the_compose_file_is_readable_and_publishes_nothing() -> None:
    text = (ROOT / "deploy" / "offline" / "docker-compose.proof.yml").read_text(encoding="utf-8")
    assert all("ports" not in service for service in yaml.safe_load(text)["services"].values())


@pytest.mark.parametrize("service", SERVICES)
def test_what_an_image_installs_is_what_shared_and_its_service_name_themselves(service: str) -> None:
    program = [sys.executable, "deploy/requirements_of.py", "shared", f"services/{service}"]
    done = subprocess.run(program, cwd=ROOT, check=True, capture_output=True, text=True)
    named = done.stdout.splitlines()
    assert any(line.startswith("sqlalchemy") for line in named)
    assert not any(line.startswith("pospolu-") for line in named)
    assert any(line.startswith("typst") for line in named) == (service == "documents")
