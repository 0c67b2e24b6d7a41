"""HTTP of frozen pages: who may read a page may freeze it, and reads it under its digest ever after."""

import json
from dataclasses import fields
from datetime import date
from typing import Final
from uuid import UUID

from fastapi import Request, Response

from registry.commission import protocol_repository
from registry.commission.refusals import MinutesAfterClosure
from registry.commission.use_cases import read
from registry.descriptions import repository as descriptions
from registry.descriptions.content import LEVELS
from registry.descriptions.domain import Description
from registry.descriptions.refusals import DescriptionUnknown
from registry.descriptions.schemas import DescriptionOut
from registry.frozen_pages import repository
from registry.frozen_pages.domain import (
    PUBLIC,
    Audience,
    DescriptionNotAgreed,
    FrozenPageUnknown,
    Gathered,
    MemorandumNotConcluded,
    MinutesForCommission,
    PageKind,
    Reader,
)
from registry.frozen_pages.schemas import FreezeIn, FrozenPageOut
from registry.memoranda import repository as memoranda
from registry.memoranda.content import AGENCY_PARTIES
from registry.memoranda.domain import Edition
from registry.memoranda.refusals import MemorandumUnknown
from registry.memoranda.schemas import MemorandumOut
from registry.profiles import use_cases as profiles
from registry.profiles.domain import Wanted
from registry.profiles.schemas import ProfileOut
from registry.statements.refusals import StatementUnknown
from shared.contracts.base import Role
from shared.frozen import freeze
from shared.http import AGENCY, Caller, Digest, Reads, Row, Tx, logged_in, public, router

frozen_pages = router("/frozen-pages", tag="frozen pages")
JSON: Final = "application/json"

_MEMORANDUM: Final = frozenset(each.name for each in fields(Edition))
_MOVING: Final = {"version", "needs_reconclusion", "allowed_moves"}
"""What says how a memorandum stands today, not what was concluded."""
_OF_MEMORANDUM: Final = ("id", "edition", "unit_party", "concluded_on", "in_force_until", "digest")
_COMMISSION: Final = AGENCY | {Role.COMMISSIONER}


@frozen_pages.post("", status_code=201, response_model=FrozenPageOut, dependencies=[logged_in()])
async def freeze_page(tx: Tx, reads: Reads, caller: Caller, body: FreezeIn, request: Request) -> Response:
    """Freeze what the page shows today and answer it byte by byte; the same content is the same page."""
    match body.kind:
        case PageKind.UNIT_PROFILE:
            found = await _profile(tx, reads, body.subject_id)
        case PageKind.MINUTES:
            found = await _minutes(tx, caller, body.subject_id)
        case PageKind.MEMORANDUM:
            found = await _memorandum(tx, reads, caller, body.subject_id)
        case PageKind.DESCRIPTION:
            found = await _described(tx, reads, caller, body.subject_id)
        case PageKind.STATEMENT:
            found = await _statement(reads, caller, body.subject_id)
    page = freeze(body.kind, body.subject_id, as_of=found.as_of, content=found.content)
    await repository.keep(tx, page, found.reader)
    headers = {"Location": f"{request.url.path}/{page.digest}", "ETag": f'"{page.digest}"'}
    return Response(page.body, 201, media_type=JSON, headers=headers)


@frozen_pages.get("/{digest}", response_model=FrozenPageOut, dependencies=[public()])
async def get_frozen_page(reads: Reads, caller: Caller, digest: Digest) -> Response:
    """Get a page byte by byte as it was frozen."""
    commission = caller.has_any(_COMMISSION)
    row = await reads.row(repository.PAGE, digest=digest, commission=commission, **caller.sees())
    if row is None:
        raise FrozenPageUnknown
    return Response(row["body"], media_type=JSON, headers={"ETag": f'"{digest}"'})


async def _profile(tx: Tx, reads: Reads, unit_id: UUID) -> Gathered:
    found = await profiles.profile_of(reads, Wanted(unit_id=unit_id, year=None, shown_on=tx.today))
    content = ProfileOut.of(found).model_dump(mode="json")
    return Gathered(as_of=tx.today, content=content, reader=PUBLIC)


async def _minutes(tx: Tx, caller: Caller, assessment_id: UUID) -> Gathered:
    """Give the minutes with the signatures that they have by now; as of the last of them."""
    if not caller.has_any(_COMMISSION):
        raise MinutesForCommission
    assessment = await read(tx, assessment_id)
    found = await protocol_repository.protocol(tx.session, assessment_id)
    if found is None:
        raise MinutesAfterClosure(rule="read-after-closure", standing=assessment.facts)
    drawn_up_on = date.fromisoformat(str(found.content["drawn_up_on"]))
    return Gathered(
        as_of=max((drawn_up_on, *(each.signed_on for each in found.signatures))),
        content={"digest": found.digest, "minutes": found.content, "signatures": found.signatures},
        reader=Reader(audience=Audience.COMMISSION),
    )


async def _memorandum(tx: Tx, reads: Reads, caller: Caller, memorandum_id: UUID) -> Gathered:
    """Give a concluded memorandum with the descriptions agreed under it; as of the last of them."""
    row = await reads.row(memoranda.ONE, id=memorandum_id, day=tx.today, **caller.sees())
    if row is None:
        raise MemorandumUnknown
    edition = memoranda.edition_of({name: value for name, value in row.items() if name in _MEMORANDUM})
    if edition.concluded_on is None:
        raise MemorandumNotConcluded(edition.facts)
    agreed = await reads.rows(repository.DESCRIPTIONS, memorandum_id=memorandum_id)
    shown = MemorandumOut.of(edition).model_dump(mode="json", exclude=_MOVING)
    return Gathered(
        as_of=max((edition.concluded_on, *(each["agreed_on"] for each in agreed))),
        content={
            "memorandum": shown,
            "agency_party": _agency_party(edition),
            "descriptions": [_description(each) for each in agreed],
        },
        reader=PUBLIC,
    )


async def _described(tx: Tx, reads: Reads, caller: Caller, description_id: UUID) -> Gathered:
    """Give what both sides agreed on, its cooperation and the team; as of the last of its phases begun.

    It names people of the Agency: kept, it is for the unit and the Agency.
    """
    row = await reads.row(descriptions.ONE, id=description_id, **caller.sees())
    if row is None:
        raise DescriptionUnknown
    described = descriptions.description_of(dict(row))
    if described.agreed_on is None:
        raise DescriptionNotAgreed(described.facts)
    under = await reads.row(memoranda.ONE, id=described.memorandum_id, day=tx.today, **caller.sees())
    if under is None:
        raise MemorandumUnknown
    edition = memoranda.edition_of({name: value for name, value in under.items() if name in _MEMORANDUM})
    phases = await reads.rows(repository.PHASES, id=described.cooperation_id)
    as_of = max((described.agreed_on, *(day for each in phases if (day := each["from_on"]) <= tx.today)))
    around = await _around(reads, described, as_of)
    return Gathered(
        as_of=as_of,
        content={
            "description": DescriptionOut.of(described).model_dump(mode="json", exclude=_MOVING),
            "memorandum": {name: getattr(edition, name) for name in _OF_MEMORANDUM},
            "agency_party": _agency_party(edition),
            "phases": [dict(each) for each in phases],
            **around,
        },
        reader=Reader(audience=Audience.UNITS, unit_ids=(described.unit_id,)),
    )


async def _around(reads: Reads, described: Description, day: date) -> dict[str, object]:
    """Give the cooperation, who of the Agency looks after the unit on the day, and the scale of levels."""
    cooperation = await reads.row(repository.COOPERATION, id=described.cooperation_id)
    team = await reads.rows(repository.TEAM, unit_id=described.unit_id, day=day)
    return {
        "cooperation": dict(cooperation or {}),
        "team": [dict(each) for each in team],
        "levels": [{"level": level, "cs": cs, "en": en} for level, (cs, en) in LEVELS.items()],
    }


def _agency_party(edition: Edition) -> dict[str, object]:
    agency = AGENCY_PARTIES[edition.agency_party]
    return {"name": agency.name, "ico": agency.ico}


async def _statement(reads: Reads, caller: Caller, statement_id: UUID) -> Gathered:
    row = await reads.row(repository.STATEMENT, id=statement_id, **caller.sees())
    if row is None:
        raise StatementUnknown
    return Gathered(
        as_of=row["issued_on"],
        content={"digest": row["digest"], "statement": json.loads(row["content"])},
        reader=Reader(audience=Audience.UNITS, unit_ids=tuple(row["unit_ids"])),
    )


def _description(row: Row) -> dict[str, object]:
    return {**row, "content": json.loads(row["content"])}
