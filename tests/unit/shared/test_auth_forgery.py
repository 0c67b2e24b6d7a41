"""Forged, twisted and broken tokens are refused, and nothing else happens."""

import base64
import hmac
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws, jwt
from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey

from shared.auth import (
    TokenExpired,
    TokenInvalid,
    Verifier,
)
from tests.support.tokens import (
    AUDIENCE,
    ISSUER,
    KEY,
    OBRNICE,
    FixedKeys,
    a_verifier,
    sign,
)


def claims(**changed: object) -> dict[str, object]:
    now = int(time.time())
    return {"iss": ISSUER, "aud": AUDIENCE, "sub": "jana", "iat": now, "exp": now + 600, **changed}


def encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


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


@pytest.mark.parametrize("payload", ["[]", "7", '"x"', "", "{", '{"exp": NaN}', "[" * 9_000, '{"exp":1e999}'])
async def test_a_signed_payload_that_is_no_set_of_claims_is_refused(payload: str) -> None:
    token = jws.serialize_compact({"alg": "ES256", "kid": KEY.kid}, payload, KEY, algorithms=["ES256"])
    with pytest.raises(TokenInvalid):
        await a_verifier().actor(token)


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
