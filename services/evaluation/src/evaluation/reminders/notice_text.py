"""A thing of a letter in one sentence: a value, an evaluation, a recommendation, a reading, a notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from evaluation.evaluations.kinds import KINDS
from evaluation.mail.domain import Language
from evaluation.reminders.domain import Stage
from shared.contracts.reports import EvaluationType
from shared.days import day_text

MOST_WORDS: Final = 140
"""Characters of a recommendation in a letter; the whole is where the line leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A thing to be told; `number` and `label` are of a recommendation, a measure or a step of approval.

    `plan_title` is the name of the unit where there is no plan; `plan_id` where a notice leads.
    """

    stage: Stage
    subject_id: UUID
    plan_title: str
    due_on: date
    indicator: str = ""
    period: str = ""
    owner: str = ""
    type: EvaluationType | None = None
    number: str = ""
    label: str = ""
    plan_id: UUID | None = None


_OF_STAGE: Final[Mapping[Stage, tuple[str, str]]] = {
    Stage.RECOMMENDATION_ISSUED: (
        "{title}: doporučení {number} „{label}“ čeká na odpověď do {day} ({owner})",
        "{title}: recommendation {number} “{label}” awaits an answer by {day} ({owner})",
    ),
    Stage.ANSWER_OVERDUE: (
        "{title}: doporučení {number} „{label}“ zůstalo bez odpovědi, termín byl {day} ({owner})",
        "{title}: recommendation {number} “{label}” was not answered by {day} ({owner})",
    ),
    Stage.READING_DUE: (
        "{title}: hodnocení kritérií kvality, termín {day}",
        "{title}: reading of the quality criteria, due {day}",
    ),
    Stage.APPROVAL_OVERDUE: (
        "{title}: krok schvalování „{label}“ nebyl rozhodnut do {day}",
        "{title}: the step of approval “{label}” was not decided by {day}",
    ),
    Stage.OWNER_LAPSED: (
        "{title}: za opatřením {number} nikdo nestojí (v plánu je {owner})",
        "{title}: nobody stands behind measure {number} (the plan names {owner})",
    ),
}
_PATHS: Final[Mapping[Stage, str]] = {
    Stage.RECOMMENDATION_ISSUED: "recommendations/{item.subject_id}",
    Stage.ANSWER_OVERDUE: "recommendations/{item.subject_id}",
    Stage.READING_DUE: "criteria-sets/{item.subject_id}",
    Stage.APPROVAL_OVERDUE: "plans/{item.plan_id}/approval",
    Stage.OWNER_LAPSED: "plans/{item.plan_id}/commitments",
    Stage.EVALUATION_DUE: "evaluations/{item.subject_id}",
}


def sentence_of(item: Item, language: Language) -> str:
    """Return the sentence; days as the language writes them."""
    day = day_text(item.due_on, language)
    column = 0 if language is Language.CS else 1
    if item.stage in _OF_STAGE:
        return _OF_STAGE[item.stage][column].format(
            title=item.plan_title,
            number=item.number,
            label=_short(item.label),
            owner=item.owner or ("neuvedeno", "not named")[column],
            day=day,
        )
    due = (f"termín {day}", f"due {day}")[column]
    if item.type is not None:
        kind = KINDS[item.type]
        name = (kind.cs, kind.en)[column]
        return f"{item.plan_title}: {name}, {due}" if item.plan_title else f"{name}, {due}"
    return f"{item.plan_title}: {item.indicator}, {item.period}, {due} ({item.owner})"


def path_of(item: Item) -> str:
    """Return where the line leads in the application."""
    return _PATHS.get(item.stage, "obligations/{item.subject_id}").format(item=item)


def _short(text: str) -> str:
    return text if len(text) <= MOST_WORDS else f"{text[: MOST_WORDS - 1].rstrip()}…"
