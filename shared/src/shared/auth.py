"""Who asks: an OIDC bearer token becomes an `Actor`."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from joserfc import jwt
from joserfc.errors import (
    ExpiredTokenError,
    InvalidKeyIdError,
    JoseError,
    UnsupportedAlgorithmError,
    UnsupportedHeaderError,
)
from joserfc.jwa import JWSAlgModel
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry
from joserfc.registry import Header
from pydantic import BaseModel, ConfigDict, StringConstraints

from shared.contracts.base import Role
from shared.errors import Unauthenticated
from shared.tokens import Clock, IdentityProviderDown, IssuerKeys, Keys, ServiceToken

__all__ = [
    "ANONYMOUS",
    "Actor",
    "IdentityProviderDown",
    "IssuerKeys",
    "ServiceToken",
    "TokenExpired",
    "TokenInvalid",
    "TokenMissing",
    "Verifier",
    "bearer_token",
]

ALGORITHMS = frozenset({"RS256", "ES256", "EdDSA", "Ed25519"})
TOKEN_TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})
AGENCY = frozenset({Role.ADMINISTRATOR, Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR, Role.DIRECTOR})
PEOPLE = frozenset(Role) - {Role.SYSTEM}
LEEWAY_SECONDS = 30
REMEMBERED_SECONDS = 300
REMEMBERED_TOKENS = 10_000
LONGEST_TOKEN = 16_384
KNOWN_ROLES = {role.value: role for role in Role}

ClaimText = Annotated[str, StringConstraints(max_length=255, pattern=r"^[^\x00-\x1f\x7f]*$")]
UnitText = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]


class TokenMissing(Unauthenticated):
    cs = "Chybí přihlášení: pošlete hlavičku „Authorization: Bearer …“."
    en = "Not signed in: send the header “Authorization: Bearer …”."


class TokenInvalid(Unauthenticated):
    cs = "Přihlašovací token není platný."
    en = "The access token is not valid."


class TokenExpired(Unauthenticated):
    cs = "Platnost přihlášení vypršela."
    en = "The access token has expired."


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person or a system that acts, for whom (affiliation), as what (roles) and where (units)."""

    id: str
    affiliation: str
    roles: frozenset[Role]
    units: frozenset[UUID]
    name: str = ""

    @classmethod
    def system(cls, name: str) -> "Actor":
        """Give the actor of work that no person asked for: a reaction, a clock, a seed."""
        return cls(
            id=f"system:{name}",
            affiliation="Pospolu",
            roles=frozenset({Role.SYSTEM}),
            units=frozenset(),
            name=name,
        )

    @property
    def is_agency(self) -> bool:
        """Whether the actor belongs to the Agency, which sees everything."""
        return not AGENCY.isdisjoint(self.roles)

    @property
    def is_anonymous(self) -> bool:
        return self == ANONYMOUS

    def has_any(self, roles: Iterable[Role]) -> bool:
        return not self.roles.isdisjoint(roles)

    def sees(self) -> dict[str, object]:
        """Return what a query with the filter of permission asks of its reader."""
        return {"agency": self.is_agency, "units": list(self.units)}

    def may_see(self, unit_ids: Iterable[UUID]) -> bool:
        """Whether drafts and data of any of the units may be known to the actor."""
        return self.is_agency or not self.units.isdisjoint(unit_ids)


ANONYMOUS = Actor(id="anonymous", affiliation="", roles=frozenset(), units=frozenset())


def bearer_token(authorization: str | None) -> str:
    """Take the token out of an `Authorization` header.

    Raises TokenMissing where there is no header or another scheme than Bearer.
    """
    scheme, _, token = (authorization or "").strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise TokenMissing
    return token.strip()


class _AllowedAlgorithms(JWSRegistry):
    """The allow-list of signatures, and a header that cannot change how the payload is read.

    joserfc takes an empty allow-list for its own defaults, warns at each EdDSA token and honours
    `b64`, which a JWT must not use (RFC 7797, section 7).
    """

    max_header_length = 2_048

    def __init__(self) -> None:
        super().__init__(strict_check_header=False)

    def check_header(self, header: Header) -> None:
        if header.keys() & {"b64", "crit"}:
            raise UnsupportedHeaderError("b64 and crit have no place in our tokens")
        super().check_header(header)
        if header.get("typ", "JWT").lower() not in TOKEN_TYPES:
            raise UnsupportedHeaderError("not an access token")

    def get_alg(self, name: str) -> JWSAlgModel:
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError(name)
        return self.algorithms[name]


class _Claims(BaseModel):
    """What our tokens carry; a claim of another shape makes the whole token invalid."""

    model_config = ConfigDict(frozen=True, strict=True)

    exp: int | float
    sub: ClaimText
    name: ClaimText = ""
    affiliation: ClaimText = ""
    roles: list[str] = []
    units: list[UnitText] = []

    def actor(self) -> Actor:
        return Actor(
            id=self.sub,
            affiliation=self.affiliation,
            roles=frozenset(KNOWN_ROLES[role] for role in self.roles if role in KNOWN_ROLES),
            units=frozenset(map(UUID, self.units)),
            name=self.name,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remembered:
    actor: Actor
    until: float


class Verifier:
    """Verifies access tokens of one issuer for one audience.

    A verified token is remembered by its hash for at most five minutes: that costs 1 µs where the
    signature costs 50 to 100, and a withdrawn key still stops working soon.
    """

    def __init__(self, issuer: str, audience: str, keys: Keys, *, clock: Clock = time.time) -> None:
        self._keys = keys
        self._clock = clock
        self._registry = _AllowedAlgorithms()
        self._rules = JWTClaimsRegistry(
            now=lambda: int(clock()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        self._remembered: dict[bytes, _Remembered] = {}

    async def actor(self, token: str) -> Actor:
        """Raise TokenInvalid or TokenExpired unless the token is one for us."""
        if len(token) > LONGEST_TOKEN or not token.isascii():
            raise TokenInvalid
        digest = sha256(token.encode()).digest()
        known = self._remembered.get(digest)
        if known is None or self._clock() >= known.until:
            known = await self._verify(token)
            self._remember(digest, known)
        return known.actor

    def _remember(self, digest: bytes, known: _Remembered) -> None:
        self._remembered.pop(digest, None)
        if len(self._remembered) >= REMEMBERED_TOKENS:
            del self._remembered[next(iter(self._remembered))]
        self._remembered[digest] = known

    async def _verify(self, token: str) -> _Remembered:
        try:
            decoded = await self._decode(token)
            self._rules.validate(decoded.claims)
            claims = _Claims.model_validate(decoded.claims)
        except ExpiredTokenError:
            raise TokenExpired from None
        except (JoseError, ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
            raise TokenInvalid from error
        until = min(claims.exp + LEEWAY_SECONDS, self._clock() + REMEMBERED_SECONDS)
        return _Remembered(actor=claims.actor(), until=until)

    async def _decode(self, token: str) -> jwt.Token:
        keys = await self._keys.current()
        try:
            return jwt.decode(token, keys, registry=self._registry)
        except InvalidKeyIdError:
            newer = await self._keys.refreshed()
            if newer is keys:
                raise
            return jwt.decode(token, newer, registry=self._registry)
