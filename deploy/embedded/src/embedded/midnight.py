"""Midnight at noon: lets the public record of today be signed now, so that its verifier can be tried."""

from datetime import UTC, datetime, time, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from documents.outside import signer_of
from documents.proving.signing import Signer
from documents.proving.verify import fingerprint_of
from documents.record.use_cases import enter_own_acts, sign_days
from shared.auth import Actor
from shared.database import create_engine
from shared.days import PRAGUE
from shared.ids import uuid7
from shared.settings import load_settings
from shared.transaction import transaction


def midnight_route() -> BaseRoute:
    """Return `POST /midnight`, of which only the run on one machine knows."""

    async def strike(_: Request) -> Response:
        signer = signer_of(load_settings("documents"))
        answer = {"signed": await sign_today(signer), "fingerprint": fingerprint_of(signer.public_key)}
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})

    return Route("/midnight", strike, methods=["POST"])


async def sign_today(signer: Signer) -> list[int]:
    """Sign what was entered until now and return the new bundles; a day is signed once.

    Acts that come later on the same day are entered for tomorrow, as the record does after every signing.
    """
    engine = create_engine(load_settings("documents"))
    try:
        actor = Actor.system("midnight")
        async with transaction(engine, actor=actor, correlation_id=str(uuid7())) as tx:
            await enter_own_acts(tx)
            tx.now = datetime.combine(tx.today + timedelta(days=1), time(), PRAGUE).astimezone(UTC)
            return [bundle.number for bundle in await sign_days(tx, signer)]
    finally:
        await engine.dispose()
