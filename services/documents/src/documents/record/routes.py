"""HTTP of the public record: everything that proves it is for everybody."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field

from documents.proving import verifier
from documents.proving.verify import fingerprint_of, sha256
from documents.record import list_repository, use_cases
from documents.record.domain import OFFICIAL, ActUnknown, BundleUnknown, NotStamped
from documents.record.schemas import (
    ActDecided,
    ActList,
    ActOut,
    ActTypeList,
    ActTypeOut,
    BundleList,
    BundleOut,
    KeyList,
    KeyOut,
    RecordOut,
    WithholdingIn,
)
from shared.contracts.base import Role
from shared.http import (
    Caller,
    Day,
    ExpectedVersion,
    InDigits,
    Page,
    Reads,
    Storable,
    Tx,
    allow,
    etag,
    public,
    router,
)

record = router("/record", tag="public record")

Position = Annotated[int, Field(ge=1, le=9_999_999_999), InDigits]
Number = Annotated[int, Field(ge=1, le=2_000_000_000), InDigits]
_WITHHOLD: Final = allow(Role.ADMINISTRATOR)
_UNCHANGING: Final = "public, max-age=31536000, immutable"
_FILE: Final[dict[int | str, dict[str, object]]] = {200: {"description": "The file"}}


@record.get("", response_model=RecordOut, dependencies=[public()])
async def get_record(reads: Reads) -> Response | None:
    """Tell how many acts there are, and how far they are signed and time-stamped."""
    return await reads.one(list_repository.SUMMARY)


@record.get("/types", dependencies=[public()])
async def list_act_types() -> ActTypeList:
    return ActTypeList(
        items=tuple(
            ActTypeOut(type=name, cs=said.cs, en=said.en, disclosed=said.disclosed)
            for name, said in OFFICIAL.items()
        )
    )


@record.get("/acts", response_model=ActList, dependencies=[public()])
async def list_acts(  # noqa: PLR0913 - each is a parameter of the address
    reads: Reads,
    page: Page,
    caller: Caller,
    *,
    kind: Annotated[str | None, Query(alias="filter[type]", max_length=80), Storable] = None,
    subject: Annotated[UUID | None, Query(alias="filter[subject]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    day: Annotated[Day | None, Query(alias="filter[day]", description="Received on this day")] = None,
) -> Response:
    """List acts, the latest first."""
    given = {"type": kind, "subject": subject, "unit": unit, "day": day}
    query = list_repository.acts(*(name for name, value in given.items() if value is not None))
    return await reads.page(query, page, **given, agency=caller.is_agency)


@record.get("/acts/{position}", response_model=ActOut, dependencies=[public()])
async def get_act(reads: Reads, caller: Caller, position: Position) -> Response:
    found = await reads.one(list_repository.ACT, position=position, agency=caller.is_agency)
    if found is None:
        raise ActUnknown
    return found


@record.post("/acts/{position}/withholding", dependencies=[_WITHHOLD])
async def withhold_act(
    position: Position, tx: Tx, expected: ExpectedVersion, body: WithholdingIn, response: Response
) -> ActDecided:
    """Show the digest of an act alone from now on, where it turned out to hold what must not be public.

    The chain, the signatures and the proofs that somebody has stay good; the Agency still reads it.
    """
    version = await use_cases.withhold(tx, position, expected, reason=body.reason)
    response.headers.update(etag(version))
    return ActDecided(position=position, version=version)


@record.post("/acts/{position}/disclosure", dependencies=[_WITHHOLD])
async def disclose_act(
    position: Position, tx: Tx, expected: ExpectedVersion, response: Response
) -> ActDecided:
    """Show again what was withheld by mistake."""
    version = await use_cases.disclose(tx, position, expected)
    response.headers.update(etag(version))
    return ActDecided(position=position, version=version)


@record.get("/acts/{position}/proof", response_class=Response, dependencies=[public()], responses=_FILE)
async def get_proof(tx: Tx, caller: Caller, position: Position) -> Response:
    """Give the proof that the act is in a signed bundle; the verifier checks it offline."""
    proof = await use_cases.prove(tx, position, whole=caller.is_agency)
    headers = {"Content-Disposition": f'attachment; filename="act-{position}.proof.json"'}
    return Response(proof, media_type="application/json", headers=headers)


@record.get("/bundles", response_model=BundleList, dependencies=[public()])
async def list_bundles(reads: Reads, page: Page) -> Response:
    """List bundles, the latest first."""
    return await reads.page(list_repository.BUNDLES, page)


@record.get("/bundles/{number}", response_model=BundleOut, dependencies=[public()])
async def get_bundle(reads: Reads, number: Number) -> Response:
    found = await reads.one(list_repository.BUNDLE, number=number)
    if found is None:
        raise BundleUnknown
    return found


@record.get("/bundles/{number}/content", response_class=Response, dependencies=[public()], responses=_FILE)
async def get_bundle_content(request: Request, tx: Tx, number: Number) -> Response:
    """Give the bundle's file: head, signature, digests, acts, a line each.

    The same bytes each time, unless an act was withheld: then its digest stands in its place.
    """
    content = await use_cases.bundle_file(tx, number)
    headers = {
        "ETag": f'"{sha256(content)}"',
        "Cache-Control": "public, no-cache",
        "Content-Disposition": f'attachment; filename="{number:06}.ndjson"',
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/x-ndjson", headers=headers)


@record.get("/bundles/{number}/stamp", response_class=Response, dependencies=[public()], responses=_FILE)
async def get_stamp(reads: Reads, number: Number) -> Response:
    """Give the answer of the time-stamping authority (RFC 3161): `openssl ts -verify` reads it."""
    row = await reads.row(list_repository.STAMP, number=number)
    if row is None:
        raise BundleUnknown
    if row["stamp"] is None:
        raise NotStamped(number=number)
    headers = {
        "Cache-Control": _UNCHANGING,
        "Content-Disposition": f'attachment; filename="{number:06}.tsr"',
    }
    return Response(row["stamp"], media_type="application/timestamp-reply", headers=headers)


@record.get("/keys", dependencies=[public()])
async def list_keys(reads: Reads) -> KeyList:
    """List the public keys, those of the past too: save the answer as `keys.json` beside the bundles."""
    rows = await reads.rows(list_repository.KEYS)
    return KeyList(keys=tuple(KeyOut(**row, fingerprint=fingerprint_of(row["public_key"])) for row in rows))


@record.get("/verifier", response_class=Response, dependencies=[public()], responses=_FILE)
async def get_verifier() -> Response:
    """Give the program that checks the record and single proofs offline: one file that Python runs."""
    headers = {"Content-Disposition": f'attachment; filename="{verifier.NAME}"'}
    return Response(verifier.program(), media_type="application/zip", headers=headers)
