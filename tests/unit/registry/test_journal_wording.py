"""The journal and the story of a unit speak in words."""

import pytest

from registry.applications import steps as applications
from registry.calls import domain as calls
from registry.commission import assessing
from registry.cooperation import domain as cooperation
from registry.descriptions import steps as descriptions
from registry.handovers import domain as handovers
from registry.journal.domain import Subject
from registry.journal.wording import WORDS
from registry.memoranda import steps as memoranda
from registry.statements import domain as statements

MOVES = {
    Subject.CALL: calls.Move,
    Subject.APPLICATION: applications.Move,
    Subject.ASSESSMENT: assessing.Move,
    Subject.MEMORANDUM: memoranda.Move,
    Subject.DESCRIPTION: descriptions.Move,
    Subject.COOPERATION: cooperation.Move,
    Subject.STATEMENT: statements.Move,
    Subject.HANDOVER: handovers.Move,
}


@pytest.mark.parametrize("subject", MOVES)
def test_every_move_has_words(subject: Subject) -> None:
    assert [move.value for move in MOVES[subject] if f"{subject.value}/{move.value}" not in WORDS] == []


def test_every_subject_has_words() -> None:
    assert {key.split("/")[0] for key in WORDS} == {subject.value for subject in Subject}
