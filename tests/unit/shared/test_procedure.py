"""A procedure knows where each move leads and says what else is possible."""

from enum import StrEnum

import pytest

from shared.procedure import MoveRefused, Procedure


class Light(StrEnum):
    RED = "red"
    GREEN = "green"
    DARK = "dark"


class Turn(StrEnum):
    GO = "go"
    STOP = "stop"
    LOOK = "look"


class LightDoesNotTurn(MoveRefused):
    pass


LIGHTS: Procedure[Light, Turn] = Procedure(
    moves={
        Turn.GO: (frozenset({Light.RED}), Light.GREEN),
        Turn.STOP: (frozenset({Light.GREEN, Light.RED}), Light.RED),
        Turn.LOOK: (frozenset({Light.GREEN}), None),
    },
    labels={
        Light.RED: ("červená", "red"),
        Light.GREEN: ("zelená", "green"),
        Light.DARK: ("zhasnuto", "dark"),
        Turn.GO: ("pustit", "to let go"),
        Turn.STOP: ("zastavit", "to stop"),
        Turn.LOOK: ("podívat se", "to look"),
    },
    refusal=LightDoesNotTurn,
)


def test_a_move_leads_from_its_states_to_its_target() -> None:
    assert LIGHTS.after(Light.RED, Turn.GO) is Light.GREEN


def test_a_move_without_a_target_leaves_all_as_it_is() -> None:
    assert LIGHTS.after(Light.GREEN, Turn.LOOK) is Light.GREEN


def test_a_refused_move_names_the_rule_the_state_and_what_is_possible() -> None:
    with pytest.raises(LightDoesNotTurn) as refused:
        LIGHTS.after(Light.GREEN, Turn.GO)
    assert refused.value.facts == {
        "move": "go",
        "rule": "go-only-from-red",
        "state": "green",
        "allowed_moves": ["stop", "look"],
    }
    assert refused.value.title("cs") == "Ve stavu „zelená“ nelze: pustit. Možné je: zastavit, podívat se."
    assert refused.value.title("en").endswith(
        "“green” this cannot be done: to let go. Possible: to stop, to look."
    )


def test_where_nothing_is_possible_the_matter_is_closed() -> None:
    with pytest.raises(LightDoesNotTurn) as refused:
        LIGHTS.after(Light.DARK, Turn.STOP)
    assert refused.value.title("cs") == "Ve stavu „zhasnuto“ nelze: zastavit. Tím je věc uzavřena."
    assert refused.value.facts["rule"] == "stop-only-from-green-or-red"
