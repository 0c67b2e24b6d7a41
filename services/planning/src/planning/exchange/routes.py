"""HTTP of the exchange with catalogues of strategies: out as XML, JSON or CSV, in as XML or JSON."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import Field

from planning.exchange.domain import HEAD, Mode, exchanged, tree_of
from planning.exchange.flat_form import table_of_hierarchy
from planning.exchange.xml_form import parsed_xml, xml_of
from planning.plans.edition import content_of
from planning.workbooks import use_cases
from planning.workbooks.assembly import Assembled
from planning.workbooks.json_form import parsed_json
from planning.workbooks.schemas import CheckOut, Judged, judge
from planning.workbooks.use_cases import Base
from shared.canonical import canonical_json, plain
from shared.contracts.base import Role
from shared.http import ExpectedVersion, Tx, allow, etag, language_of, public, router

exchange = router("/plans", tag="plans")
AUTHORS: Final = allow(Role.COORDINATOR, Role.CONSULTANT)
_FILE: Final = {"schema": {"type": "string", "format": "binary"}}
_RAW: Final[dict[str, object]] = {
    "requestBody": {
        "required": True,
        "description": "XML or JSON of the exchange, without any envelope; what it is shows in it",
        "content": {"application/xml": _FILE, "application/json": _FILE},
    }
}


class ExchangeForm(StrEnum):
    XML = "xml"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchy:
    """What was sent, and how it is to be put into the draft."""

    whole: Mapping[str, object]
    digest: str
    language: str
    area: str | None
    mode: Mode


async def received_hierarchy(
    request: Request,
    area: Annotated[
        Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9.]{0,9}$")] | None,
        Query(description="The thematic area of priorities that name none"),
    ] = None,
    mode: Annotated[Mode, Query(description="After what the draft has, or in its place")] = Mode.APPEND,
) -> Hierarchy:
    """Read the hierarchy before a connection is taken."""
    content = await request.body()
    is_xml = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    whole = parsed_xml(content) if is_xml else parsed_json(content)
    digest = hashlib.sha256(content).hexdigest()
    return Hierarchy(whole=whole, digest=digest, language=language_of(request), area=area, mode=mode)


Received = Annotated[Hierarchy, Depends(received_hierarchy)]


@exchange.get(
    "/{plan_id}/hierarchy",
    response_class=Response,
    dependencies=[public()],
    responses={200: {"content": {"application/xml": _FILE, "application/json": {}, "text/csv": _FILE}}},
)
async def give_hierarchy(
    tx: Tx,
    plan_id: UUID,
    form: Annotated[ExchangeForm, Query(alias="format")] = ExchangeForm.XML,
    of: Annotated[
        Annotated[str, Field(pattern=r"^(draft|[1-9][0-9]{0,8})$")] | None,
        Query(
            description="`draft` or a revision; by default what the caller works on, else what is in force"
        ),
    ] = None,
) -> Response:
    """Give the hierarchy: priorities, specific goals, measures, activities, with all that hangs on them."""
    taken = await use_cases.take_out(tx, plan_id, of=of)
    whole = exchanged(
        _object(content_of(taken.edition)),
        _object({name: getattr(taken.edition, name) for name in HEAD}),
        _object(taken.about),
    )
    if form is ExchangeForm.XML:
        body, media = xml_of(whole), "application/xml"
    elif form is ExchangeForm.CSV:
        body, media = table_of_hierarchy(whole), "text/csv; charset=utf-8"
    else:
        body, media = canonical_json(whole), "application/json"
    name = f"strategy-{plan_id}-{taken.about.revision}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Vary": "Authorization"}
    return Response(body, media_type=media, headers={**headers, **etag(taken.about.version)})


def _object(value: object) -> dict[str, object]:
    told = plain(value)
    assert isinstance(told, dict)  # noqa: S101 - a dataclass or a mapping becomes an object
    return told


@exchange.post("/{plan_id}/hierarchy/check", dependencies=[AUTHORS], openapi_extra=_RAW)
async def check_hierarchy(sent: Received, tx: Tx, plan_id: UUID) -> CheckOut:
    """Tell what the hierarchy would change in the draft. Nothing is written."""
    base = await use_cases.base_of(tx, plan_id)
    return CheckOut.of(_judged(tx, base, sent), base.plan, file_digest=sent.digest, language=sent.language)


@exchange.put("/{plan_id}/hierarchy", dependencies=[AUTHORS], openapi_extra=_RAW)
async def take_hierarchy_over(
    sent: Received, tx: Tx, plan_id: UUID, expected: ExpectedVersion, response: Response
) -> CheckOut:
    """Put the hierarchy into the draft; with any problem nothing is written."""
    base = await use_cases.base_of(tx, plan_id, expected=expected)
    judged = _judged(tx, base, sent)
    plan = await use_cases.take_over(tx, base, judged.accepted())
    response.headers.update(etag(plan.version))
    return CheckOut.of(judged, plan, file_digest=sent.digest, language=sent.language)


def _judged(tx: Tx, base: Base, sent: Hierarchy) -> Judged:
    tree = tree_of(sent.whole, area=sent.area, mode=sent.mode, now=_object(content_of(base.edition)))
    return judge(base, Assembled(tree=tree), new_id=tx.new_id, language=sent.language)
