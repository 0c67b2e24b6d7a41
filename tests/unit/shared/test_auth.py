"""Which tokens make an actor, and which are refused."""

import json
import time
from collections.abc import Callable
from uuid import UUID

import pytest
from joserfc import jws
from joserfc.jwk import ECKey

from shared.auth import (
    ANONYMOUS,
    REMEMBERED_TOKENS,
    Actor,
    TokenExpired,
    TokenInvalid,
    TokenMissing,
    Verifier,
    bearer_token,
)
from shared.contracts.base import Role
from tests.support.tokens import (
    AUDIENCE,
    CONSULTANT,
    COORDINATOR,
    ISSUER,
    KEY,
    OBRNICE,
    TRMICE,
    FixedKeys,
    a_token,
    a_verifier,
    an_actor,
    sign,
    token_of,
)


def claims(**changed: object) -> dict[str, object]:
    now = int(time.time())
    return {"iss": ISSUER, "aud": AUDIENCE, "sub": "jana", "iat": now, "exp": now + 86_400, **changed}


def without(name: str) -> dict[str, object]:
    return {key: value for key, value in claims().items() if key != name}


async def test_a_token_becomes_the_actor_it_was_issued_for() -> None:
    assert await a_verifier().actor(token_of(COORDINATOR)) == COORDINATOR


@pytest.mark.parametrize(
    "wrong",
    [
        claims(iss="https://other.test"),
        claims(iss=ISSUER + "/"),
        claims(aud="pospolu-web"),
        claims(aud=["other", "another"]),
        claims(aud=[]),
        claims(nbf=int(time.time()) + 86_400),
        claims(iat=int(time.time()) + 86_400),
        claims(exp="tomorrow"),
        claims(exp=True),
        claims(sub=""),
        claims(sub=7),
        claims(sub="x" * 256),
        claims(sub="jana\x00"),
        claims(name="Jana\nMalinová"),
        claims(name="\ud800"),
        claims(affiliation=["Obec Obrnice"]),
        claims(roles="administrator"),
        claims(roles=[["administrator"]]),
        claims(roles={"administrator": True}),
        claims(units=["567337"]),
        claims(units=[f"urn:uuid:{OBRNICE}"]),
        claims(units=[OBRNICE.hex]),
        claims(units=[7]),
        claims(units=str(OBRNICE)),
        without("iss"),
        without("aud"),
        without("exp"),
        without("sub"),
    ],
)
async def test_a_token_with_a_wrong_claim_is_refused(wrong: dict[str, object]) -> None:
    payload = json.dumps(wrong)
    token = jws.serialize_compact({"alg": "ES256", "kid": KEY.kid}, payload, KEY, algorithms=["ES256"])
    with pytest.raises(TokenInvalid):
        await a_verifier().actor(token)


async def test_one_audience_of_several_is_enough() -> None:
    assert (await a_verifier().actor(sign(claims(aud=["account", AUDIENCE])))).id == "jana"


async def test_a_role_unknown_to_us_is_ignored() -> None:
    actor = await a_verifier().actor(sign(claims(roles=["offline_access", "mayor", "MAYOR"])))
    assert actor.roles == {Role.MAYOR}


async def test_a_token_without_roles_and_units_gives_an_actor_who_may_nothing() -> None:
    actor = await a_verifier().actor(sign(claims()))
    assert (actor.roles, actor.units, actor.name) == (frozenset(), frozenset(), "")


async def test_a_token_is_expired_thirty_seconds_after_its_end() -> None:
    assert (await a_verifier().actor(a_token(expires_in=-25))).roles == {Role.CONSULTANT}
    with pytest.raises(TokenExpired):
        await a_verifier().actor(a_token(expires_in=-31))


@pytest.fixture
def clock() -> list[float]:
    return [time.time()]


def read(clock: list[float]) -> Callable[[], float]:
    return lambda: clock[0]


async def test_a_remembered_token_expires_too(clock: list[float]) -> None:
    verifier = Verifier(ISSUER, AUDIENCE, FixedKeys(KEY), clock=read(clock))
    token = a_token(expires_in=60)
    assert (await verifier.actor(token)).is_agency
    clock[0] += 85
    assert (await verifier.actor(token)).is_agency
    clock[0] += 10
    with pytest.raises(TokenExpired):
        await verifier.actor(token)


async def test_a_remembered_token_does_not_outlive_a_withdrawn_key_by_more_than_five_minutes(
    clock: list[float],
) -> None:
    keys = FixedKeys(KEY)
    verifier = Verifier(ISSUER, AUDIENCE, keys, clock=read(clock))
    token = a_token(expires_in=3_600)
    await verifier.actor(token)
    keys.__init__(ECKey.generate_key("P-256", {"alg": "ES256"}, auto_kid=True))  # type: ignore[misc]
    clock[0] += 301
    with pytest.raises(TokenInvalid):
        await verifier.actor(token)


async def test_a_changed_signature_is_not_taken_for_a_remembered_token() -> None:
    verifier = a_verifier()
    token = a_token()
    await verifier.actor(token)
    head, body, signature = token.split(".")
    with pytest.raises(TokenInvalid):
        await verifier.actor(f"{head}.{body}.{signature[::-1]}")


async def test_only_so_many_tokens_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert REMEMBERED_TOKENS == 10_000
    monkeypatch.setattr("shared.auth.REMEMBERED_TOKENS", 3)
    verifier = a_verifier()
    for number in range(5):
        await verifier.actor(a_token(sub=f"person-{number}"))
    assert len(verifier._remembered) == 3


def test_the_token_is_taken_out_of_the_header_whatever_the_case_of_the_scheme() -> None:
    assert bearer_token("bEaReR  abc ") == "abc"


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "abc"])
def test_without_a_bearer_token_nobody_is_signed_in(header: str | None) -> None:
    with pytest.raises(TokenMissing):
        bearer_token(header)


def test_the_agency_may_see_every_unit() -> None:
    assert CONSULTANT.may_see([TRMICE])
    assert CONSULTANT.may_see([])


def test_a_town_may_see_what_concerns_one_of_its_units() -> None:
    assert COORDINATOR.may_see([TRMICE, OBRNICE])
    assert not COORDINATOR.may_see([TRMICE])
    assert not COORDINATOR.may_see([])


@pytest.mark.parametrize("role", Role)
def test_only_five_roles_belong_to_the_agency(role: Role) -> None:
    agency = {Role.ADMINISTRATOR, Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR, Role.DIRECTOR}
    assert an_actor(role).is_agency == (role in agency)


def test_nobody_is_anonymous_but_the_anonymous() -> None:
    assert ANONYMOUS.is_anonymous
    assert not COORDINATOR.is_anonymous
    assert not ANONYMOUS.may_see([UUID(int=1)])


def test_a_system_acts_under_a_name_of_its_own() -> None:
    actor = Actor.system("evaluation")
    assert actor.id == "system:evaluation"
    assert actor.roles == {Role.SYSTEM}
    assert not actor.is_agency
    assert actor.has_any([Role.SYSTEM, Role.MAYOR])
