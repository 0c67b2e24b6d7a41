"""What does not answer is shown as such, and soon."""

import time

from embedded.front_texts import TEXTS
from embedded.parts import PATIENCE_SECONDS, states
from embedded.process import free_port


async def test_parts_that_do_not_answer_are_not_well() -> None:
    nowhere = f"127.0.0.1:{free_port()}"
    environ = {
        "POSPOLU_WORKER_PORT": nowhere.rpartition(":")[2],
        "REGISTRY_DATABASE_URL": f"postgresql://registry:x@{nowhere}/registry",
        "NATS_MONITOR_URL": f"http://{nowhere}",
    }
    began = time.monotonic()
    found = await states(f"http://{nowhere}", environ)
    assert found.keys() == {
        "database",
        "broker",
        "worker",
        "registry",
        "planning",
        "evaluation",
        "documents",
    }
    assert not any(found.values())
    assert time.monotonic() - began < PATIENCE_SECONDS + 5


def test_every_part_has_a_name_in_both_languages() -> None:
    for texts in TEXTS.values():
        assert {"database", "broker", "worker", "registry", "planning"} <= texts.keys()
