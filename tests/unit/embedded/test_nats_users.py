"""What the broker lets each service do."""

from pathlib import Path

import pytest

from embedded.nats_users import SERVICES, publish_subjects, users_file
from shared.contracts.workflow import WORKFLOW

USERS = Path("deploy/nats/users.conf")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_publishes_its_own_events_only(service: str) -> None:
    events = [subject for subject in publish_subjects(service) if not subject.startswith("$JS.")]
    assert events == [f"{service}.>"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_reads_exactly_what_the_workflow_gives_it(service: str) -> None:
    prefix = "$JS.API.CONSUMER.MSG.NEXT."
    may = {
        subject.removeprefix(prefix) for subject in publish_subjects(service) if subject.startswith(prefix)
    }
    assert may == {f"{line.source}.{line.consumer}" for line in WORKFLOW if line.service == service}


def test_the_users_of_the_containers_are_those_of_the_workflow() -> None:
    assert USERS.read_text(encoding="utf-8") == users_file(), "run `make docs`"


def test_no_password_stands_in_the_file_of_the_containers() -> None:
    passwords = [line.split()[1] for line in users_file().splitlines() if line.strip().startswith("password")]
    assert passwords == [f"${service.upper()}_NATS_PASSWORD" for service in SERVICES]
