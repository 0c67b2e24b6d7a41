"""Which tokens make an actor, and which are refused."""

import base64
import hmac
import json
import time
from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws, jwt
from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey

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
    return {"iss": ISSUER, "aud": AUDIENCE, "sub": "jana", "iat": now, "exp": now + 600, **changed}


def without(name: str) -> dict[str, object]:
    return {key: value for key, value in claims().items() if key != name}


def encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


async def test_a_token_becomes_the_actor_it_was_issued_for() -> None:
    assert await a_verifier().actor(token_of(COORDINATOR)) == COORDINATOR


@pytest.mark.parametrize(
    "key",
    [
        RSAKey.generate_key(2048, {"alg": "RS256"}, auto_kid=True),
        ECKey.generate_key("P-256", {"alg": "ES256"}, auto_kid=True),
        OKPKey.generate_key("Ed25519", {"alg": "EdDSA"}, auto_kid=True),
        OKPKey.generate_key("Ed25519", {"alg": "Ed25519"}, auto_kid=True),
    ],
    ids=lambda key: str(key.alg),
)
@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
async def test_every_signature_of_the_allow_list_is_accepted(key: Key) -> None:
    verifier = Verifier(ISSUER, AUDIENCE, FixedKeys(key))
    assert (await verifier.actor(sign(claims(), key=key))).id == "jana"


@pytest.mark.parametrize(
    "key",
    [
        RSAKey.generate_key(2048, {"alg": "RS512"}, auto_kid=True),
        RSAKey.generate_key(2048, {"alg": "PS256"}, auto_kid=True),
        ECKey.generate_key("P-384", {"alg": "ES384"}, auto_kid=True),
        OctKey.generate_key(256, {"alg": "HS256"}, auto_kid=True),
    ],
    ids=lambda key: str(key.alg),
)
async def test_a_good_signature_outside_the_allow_list_is_refused(key: Key) -> None:
    verifier = Verifier(ISSUER, AUDIENCE, FixedKeys(key))
    with pytest.raises(TokenInvalid):
        await verifier.actor(sign(claims(), key=key))


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", ""])
async def test_an_unsigned_token_is_refused(algorithm: str) -> None:
    token = f"{encoded({'alg': algorithm, 'typ': 'JWT'})}.{encoded(claims())}."
    with pytest.raises(TokenInvalid):
        await a_verifier().actor(token)


@pytest.mark.parametrize("form", ["pem", "der"])
async def test_a_public_key_is_no_shared_secret(form: str) -> None:
    rsa = RSAKey.generate_key(2048, {"alg": "RS256"}, auto_kid=True)
    secret = rsa.as_pem() if form == "pem" else rsa.as_der()
    signed = f"{encoded({'alg': 'HS256', 'kid': rsa.kid})}.{encoded(claims())}"
    signature = base64.urlsafe_b64encode(hmac.digest(secret, signed.encode(), "sha256")).rstrip(b"=")
    token = f"{signed}.{signature.decode()}"
    with pytest.raises(TokenInvalid):
        await Verifier(ISSUER, AUDIENCE, FixedKeys(rsa)).actor(token)


async def test_a_key_inside_the_token_is_not_trusted() -> None:
    own = ECKey.generate_key("P-256", {"alg": "ES256"}, auto_kid=True)
    header = {"alg": "ES256", "kid": KEY.kid, "jwk": own.as_dict(private=False)}
    with pytest.raises(TokenInvalid):
        await a_verifier().actor(jwt.encode(header, claims(), own))


async def test_a_key_that_calls_itself_ours_is_refused() -> None:
    impostor = ECKey.generate_key("P-256", {"alg": "ES256", "kid": str(KEY.kid)})
    with pytest.raises(TokenInvalid):
        await a_verifier().actor(sign(claims(), key=impostor))


@pytest.mark.parametrize("header", [{"b64": False, "crit": ["b64"]}, {"b64": True}, {"crit": ["alg"]}])
async def test_a_header_that_changes_how_the_token_is_read_is_refused(header: dict[str, object]) -> None:
    token = jws.serialize_compact(
        {"alg": "ES256", "kid": KEY.kid, **header}, json.dumps(claims()), KEY, algorithms=["ES256"]
    )
    with pytest.raises(TokenInvalid):
        await a_verifier().actor(token)


@pytest.mark.parametrize("kind", ["logout+jwt", "secevent+jwt", "dpop+jwt", "JOSE"])
async def test_a_token_of_another_kind_is_no_access_token(kind: str) -> None:
    with pytest.raises(TokenInvalid):
        await a_verifier().actor(sign(claims(), typ=kind))


@pytest.mark.parametrize("kind", ["JWT", "at+jwt", "AT+JWT", "application/at+jwt"])
async def test_the_kinds_of_an_access_token_are_accepted(kind: str) -> None:
    assert (await a_verifier().actor(sign(claims(), typ=kind))).id == "jana"


@pytest.mark.parametrize(
    "wrong",
    [
        claims(iss="https://other.test"),
        claims(iss=ISSUER + "/"),
        claims(aud="pospolu-web"),
        claims(aud=["other", "another"]),
        claims(aud=[]),
        claims(nbf=int(time.time()) + 120),
        claims(iat=int(time.time()) + 120),
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


@pytest.mark.parametrize("payload", ["[]", "7", '"x"', "", "{", '{"exp": NaN}', "[" * 9_000, '{"exp":1e999}'])
async def test_a_signed_payload_that_is_no_set_of_claims_is_refused(payload: str) -> None:
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


@given(
    st.text(max_size=200) | st.from_regex(r"[A-Za-z0-9_-]{0,80}\.[A-Za-z0-9_-]{0,80}\.[A-Za-z0-9_-]{0,80}")
)
async def test_any_text_is_refused_as_a_token_and_nothing_else_happens(text: str) -> None:
    with pytest.raises(TokenInvalid):
        await a_verifier().actor(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.just("ES256"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
header_names = st.sampled_from(["alg", "kid", "typ", "crit", "b64", "x5c", "jku", "cty", "jwk", "other"])


@given(st.dictionaries(header_names, json_values) | json_values)
async def test_any_header_is_refused_and_nothing_else_happens(header: object) -> None:
    with pytest.raises(TokenInvalid):
        await a_verifier().actor(f"{encoded(header)}.{encoded(claims())}.AAAA")


@given(
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(["exp", "iat", "nbf", "roles", "units", "name"], json_values)
    )
)
async def test_signed_claims_of_any_shape_make_an_actor_or_are_refused(changed: dict[str, object]) -> None:
    payload = json.dumps(claims(**changed))
    token = jws.serialize_compact({"alg": "ES256", "kid": KEY.kid}, payload, KEY, algorithms=["ES256"])
    try:
        actor = await a_verifier().actor(token)
    except (TokenInvalid, TokenExpired):
        return
    assert actor.id == "jana"


async def test_a_token_nested_too_deeply_is_refused() -> None:
    header = base64.urlsafe_b64encode(b"[" * 1_500).rstrip(b"=").decode()
    with pytest.raises(TokenInvalid):
        await a_verifier().actor(f"{header}.{encoded(claims())}.AAAA")


async def test_an_endless_token_is_refused_unread() -> None:
    with pytest.raises(TokenInvalid):
        await a_verifier().actor(sign(claims(units=[str(OBRNICE)] * 600)))


async def test_a_text_that_cannot_be_encoded_is_refused_as_a_token() -> None:
    with pytest.raises(TokenInvalid):
        await a_verifier().actor("\ud800")


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
def test_only_four_roles_belong_to_the_agency(role: Role) -> None:
    agency = {Role.ADMINISTRATOR, Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR}
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
