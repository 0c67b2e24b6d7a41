"""`docs/workflow.md` is the workflow, and of today."""

from pathlib import Path

from embedded.workflow_page import page
from shared.contracts.workflow import WORKFLOW


def test_the_page_in_docs_is_of_today() -> None:
    assert Path("docs/workflow.md").read_text(encoding="utf-8") == page(), "run `make docs`"


def test_another_workflow_gives_another_page() -> None:
    assert page(WORKFLOW[1:]) != page()


def test_the_page_names_every_reaction_and_why_its_event_is_told() -> None:
    text = page()
    assert text.count("->>") == len(WORKFLOW)
    for line in WORKFLOW:
        assert f"`{line.slice}.{line.reaction}` | `{line.consumer}`" in text
        assert f"| `{line.event.type}` | " in text
    assert "|  |" not in text
