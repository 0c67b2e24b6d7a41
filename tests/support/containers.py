"""What docker-compose.yml and the Dockerfile must keep to: each rule gives the sentences it finds broken."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

ROOT: Final = Path(__file__).parents[2]
SERVICES: Final = ("registry", "planning", "evaluation", "documents")
SECRET: Final = re.compile(r"PASSWORD|SECRET|_DATABASE_URL|_NATS_URL")
REQUIRED_VARIABLE: Final = re.compile(r"\$\{[A-Z_]+(:\?[^}]*|:-)\}")


class Container(BaseModel):
    """One entry under `services`; `depends_on` and `networks` may be lists or mappings."""

    model_config = ConfigDict(frozen=True)

    image: str
    command: list[str] = []
    environment: dict[str, str] = {}
    ports: list[str] = []
    networks: list[str] | dict[str, dict[str, list[str]] | None] = []
    volumes: list[str] = []
    depends_on: list[str] | dict[str, dict[str, str]] = []
    read_only: bool = False
    cap_drop: list[str] = []
    restart: str = ""
    healthcheck: dict[str, object] = {}
    build: dict[str, object] = {}


class Network(BaseModel):
    internal: bool = False


class Compose(BaseModel):
    services: dict[str, Container]
    networks: dict[str, Network | None]
    volumes: dict[str, None]
    version: str | None = Field(default=None, description="obsolete: compose v2 warns about it")


Rule = Callable[[Compose], Iterable[str]]


def read_compose(text: str | None = None) -> Compose:
    whole = text if text is not None else (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    return Compose.model_validate(yaml.safe_load(whole))


def each_service_has_an_api_a_worker_and_a_migration(compose: Compose) -> Iterable[str]:
    for service in SERVICES:
        for role, command in (("api", []), ("worker", ["worker"]), ("migrate", ["migrate"])):
            found = compose.services.get(f"{service}-{role}")
            if found is None:
                yield f"{service} has no {role}"
            elif found.command != command:
                yield f"{service}-{role} runs {found.command}"
            elif found.image != f"pospolu-{service}:${{POSPOLU_VERSION:-latest}}":
                yield f"{service}-{role} runs the image {found.image}"
            elif found.build.get("args") != ({"SERVICE": service} if role == "migrate" else None):
                yield f"{service}-{role} builds {found.build.get('args')}"


def each_service_knows_its_own_database_and_broker_user_only(compose: Compose) -> Iterable[str]:
    for name, found in compose.services.items():
        owner = name.partition("-")[0]
        if owner not in SERVICES:
            continue
        url = f"postgresql://{owner}:${{{owner.upper()}_DATABASE_PASSWORD:?}}@postgres:5432/{owner}"
        if found.environment.get(f"{owner.upper()}_DATABASE_URL") != url:
            yield f"{name} has another database than {owner}"
        user = f"nats://{owner}:${{{owner.upper()}_NATS_PASSWORD:?}}@nats:4222"
        if found.environment.get(f"{owner.upper()}_NATS_URL") != user:
            yield f"{name} has another broker user than {owner}"
        for other in SERVICES:
            if other != owner and f"{other.upper()}_" in _secrets_of(found):
                yield f"{name} knows a secret of {other}"


def _secrets_of(container: Container) -> str:
    return " ".join(value for name, value in container.environment.items() if SECRET.search(name))


def only_the_gateway_publishes_a_port(compose: Compose) -> Iterable[str]:
    for name, found in compose.services.items():
        if bool(found.ports) != (name == "gateway"):
            yield f"{name} publishes {found.ports}"


def no_secret_is_written_down(compose: Compose) -> Iterable[str]:
    for name, found in compose.services.items():
        for variable, value in found.environment.items():
            if SECRET.search(variable) and not REQUIRED_VARIABLE.search(value):
                yield f"{name} has {variable} written down"


def the_servers_of_data_are_on_networks_without_a_way_out(compose: Compose) -> Iterable[str]:
    for name in ("postgres", "nats", "store"):
        for network in compose.services[name].networks:
            declared = compose.networks[network]
            if declared is None or not declared.internal:
                yield f"{name} is on {network}, which is not internal"


def what_holds_data_holds_it_in_a_named_volume(compose: Compose) -> Iterable[str]:
    for name in ("postgres", "nats", "store"):
        sources = {volume.partition(":")[0] for volume in compose.services[name].volumes}
        if sources.isdisjoint(compose.volumes):
            yield f"{name} has no named volume"


def every_container_is_hardened_and_comes_back(compose: Compose) -> Iterable[str]:
    for name, found in compose.services.items():
        once = name.endswith("-migrate") or name == "store-settings"
        if found.cap_drop != ["ALL"]:
            yield f"{name} keeps capabilities"
        if not found.read_only and name != "keycloak":
            yield f"{name} may write to its file system"
        if found.restart != ("no" if once else "unless-stopped"):
            yield f"{name} restarts {found.restart}"


def who_needs_the_tables_waits_for_the_migration(compose: Compose) -> Iterable[str]:
    for service in SERVICES:
        for role in ("api", "worker"):
            waits = compose.services[f"{service}-{role}"].depends_on
            needed = {"condition": "service_completed_successfully"}
            if not isinstance(waits, Mapping) or waits.get(f"{service}-migrate") != needed:
                yield f"{service}-{role} does not wait for its migration"


RULES: Final[tuple[Rule, ...]] = (
    each_service_has_an_api_a_worker_and_a_migration,
    each_service_knows_its_own_database_and_broker_user_only,
    only_the_gateway_publishes_a_port,
    no_secret_is_written_down,
    the_servers_of_data_are_on_networks_without_a_way_out,
    what_holds_data_holds_it_in_a_named_volume,
    every_container_is_hardened_and_comes_back,
    who_needs_the_tables_waits_for_the_migration,
)


def copied_sources(dockerfile: str) -> list[str]:
    """Return what the Dockerfile takes out of the build context, in order."""
    lines = re.findall(r"^COPY (?!--from)(.+)$", dockerfile, re.MULTILINE)
    return [source for line in lines for source in line.split()[:-1]]
