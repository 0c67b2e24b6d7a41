"""The story of a plan through four services, each a process of its own, whatever dies on the way."""

from datetime import UTC, datetime

import pytest

from embedded.story import Story
from tests.support.platform import Platform


def a_story(platform: Platform) -> Story:
    return Story(people=platform.people(), now=datetime.now(UTC))


def test_the_story_ends_well(platform: Platform) -> None:
    for step in a_story(platform).steps():
        step()


@pytest.mark.parametrize("role", ["worker", "api"])
def test_the_story_ends_well_when_processes_are_killed_between_steps(platform: Platform, role: str) -> None:
    """Each step finds another process freshly killed; a dead API is begun again before its next request."""
    services = ["registry", "planning", "evaluation", "documents"]
    for place, step in enumerate(a_story(platform).backbone()):
        name = f"{services[place % 4]}-{role}"
        platform.kill(name)
        platform.begin(name)
        if role == "api":
            platform.await_ready(name)
        step()


def test_the_story_ends_well_when_the_broker_is_away_for_ten_seconds(platform: Platform) -> None:
    import time

    story = a_story(platform)
    for step in story.backbone():
        if step == story.approve:
            platform.stop_broker()
            step()
            time.sleep(10)
            platform.start_broker()
        else:
            step()
