"""Writes `docs/workflow.md` from WORKFLOW: `python -m embedded.workflow_page`."""

from collections.abc import Sequence
from inspect import getdoc
from typing import Final

from embedded.nats_users import SERVICES
from shared.contracts.workflow import WORKFLOW, On

HEAD: Final = """\
# The workflow

Generated from `shared/src/shared/contracts/workflow.py` by `make docs`. What one service tells, another
does by itself; a test proves that the services do exactly this.

"""


def _diagram(workflow: Sequence[On]) -> str:
    people = [f"    participant {service}" for service in SERVICES]
    arrows = [
        f"    {line.source}->>{line.service}: {line.event.__name__} → {line.slice}.{line.reaction}"
        for line in workflow
    ]
    return "\n".join(["```mermaid", "sequenceDiagram", *people, *arrows, "```"])


def _table(workflow: Sequence[On]) -> str:
    head = "| event | told by | what then happens | durable consumer |\n|---|---|---|---|"
    rows = [
        f"| `{line.event.__name__}` | {line.source} | {line.service}: `{line.slice}.{line.reaction}` "
        f"| `{line.consumer}` |"
        for line in workflow
    ]
    return "\n".join([head, *rows])


def _events(workflow: Sequence[On]) -> str:
    """Give each event once, with the first paragraph of its docstring: why it is told."""
    events = dict.fromkeys(line.event for line in workflow)
    rows = [f"| `{event.__name__}` | `{event.type}` | {_why(getdoc(event) or '')} |" for event in events]
    return "\n".join(["| event | type and subject | why |\n|---|---|---|", *rows])


def _why(text: str) -> str:
    return " ".join(text.partition("\n\n")[0].split())


def page(workflow: Sequence[On] = WORKFLOW) -> str:
    parts = [_diagram(workflow), "## Reactions", _table(workflow), "## Events", _events(workflow)]
    return HEAD + "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    print(page(), end="")
