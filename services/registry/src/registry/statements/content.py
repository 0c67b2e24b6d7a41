"""What a statement says, as the JSON over which its digest is made: nothing is looked up again."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from registry.statements.domain import Draft, Statement
from registry.statements.preconditions import Findings
from shared.canonical import canonical_json, digest, plain

Content = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who signs, when, under which number; `corrects` is the number of the statement that is replaced."""

    number: str
    issued_on: date
    signatory_name: str
    signatory_function: str
    corrects: str | None


def content_of(statement: Statement, draft: Draft, findings: Findings, signed: Signed) -> Content:
    """Return all that was known at issue: the request, the findings unit by unit, the outcome."""
    said = {
        "statement_id": statement.id,
        "kind": statement.kind,
        "applicant": statement.applicant,
        "project_title": statement.project_title,
        "call_code": statement.call_code,
        "requested_amount_czk": statement.requested_amount_czk,
        "received_on": statement.received_on,
        "message_id": statement.message_id,
        "form": statement.form,
        "outcome": draft.outcome,
        "reasons": draft.reasons,
        "conditions": draft.conditions,
        "has_capacity": draft.has_capacity,
        "findings": findings,
        **{name: getattr(signed, name) for name in Signed.__dataclass_fields__},
    }
    return cast(Content, plain(said))


def digest_of(content: Content) -> str:
    return digest(canonical_json(content))
