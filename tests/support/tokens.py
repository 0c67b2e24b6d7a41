"""An issuer inside the test: tokens like the real ones, and the verifier that trusts them."""

import time
from collections.abc import Collection
from uuid import NAMESPACE_URL, UUID, uuid5

from joserfc import jwt
from joserfc.jwk import ECKey, Key, KeySet

from shared.auth import Actor, Verifier
from shared.contracts.base import Role

ISSUER = "https://identity.test"
AUDIENCE = "pospolu"
KEY = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)

_UNITS = uuid5(NAMESPACE_URL, "urn:pospolu:unit")
OBRNICE = uuid5(_UNITS, "municipality:567337")
TRMICE = uuid5(_UNITS, "municipality:553697")


class FixedKeys:
    """The keys of an issuer that never rotates them."""

    def __init__(self, *keys: Key) -> None:
        self._keys = KeySet(list(keys))

    async def current(self) -> KeySet:
        return self._keys

    async def refreshed(self) -> KeySet:
        return self._keys


def a_verifier() -> Verifier:
    return Verifier(ISSUER, AUDIENCE, FixedKeys(KEY))


def an_actor(
    *roles: Role,
    units: Collection[UUID] = (),
    affiliation: str = "Obec Obrnice",
    sub: str = "jana.malinova",
    name: str = "Jana Malinová",
) -> Actor:
    return Actor(id=sub, affiliation=affiliation, roles=frozenset(roles), units=frozenset(units), name=name)


def a_token(
    *,
    role: Role | Collection[Role] = Role.CONSULTANT,
    units: Collection[UUID] = (),
    affiliation: str = "Agentura pro sociální začleňování",
    sub: str = "petr.konzultant",
    name: str = "Petr Konzultant",
    expires_in: int = 600,
    issuer: str = ISSUER,
    audience: str = AUDIENCE,
    key: Key = KEY,
) -> str:
    roles = [role] if isinstance(role, Role) else role
    now = int(time.time())
    claims: dict[str, object] = {
        "iss": issuer,
        "aud": audience,
        "iat": min(now, now + expires_in),
        "exp": now + expires_in,
        "sub": sub,
        "name": name,
        "affiliation": affiliation,
        "roles": sorted(roles),
        "units": sorted(str(unit) for unit in units),
    }
    return sign(claims, key=key)


def sign(claims: dict[str, object], *, key: Key = KEY, **header: object) -> str:
    return jwt.encode({"alg": key.alg, "kid": key.kid, **header}, claims, key, algorithms=[str(key.alg)])


def token_of(actor: Actor, *, expires_in: int = 600, issuer: str = ISSUER) -> str:
    return a_token(
        role=actor.roles,
        units=actor.units,
        affiliation=actor.affiliation,
        sub=actor.id,
        name=actor.name,
        expires_in=expires_in,
        issuer=issuer,
    )


def headers_of(actor: Actor) -> dict[str, str]:
    """Give the headers that a signed-in client of the API sends."""
    return {"Authorization": f"Bearer {token_of(actor)}"}


_AGENCY = "Agentura pro sociální začleňování"
ADMINISTRATOR = an_actor(Role.ADMINISTRATOR, affiliation=_AGENCY, sub="administrator", name="Alena Správná")
CONSULTANT = an_actor(Role.CONSULTANT, affiliation=_AGENCY, sub="consultant", name="Petr Konzultant")
ANALYST = an_actor(Role.ANALYST, affiliation=_AGENCY, sub="analyst", name="Anna Datová")
EVALUATOR = an_actor(Role.EVALUATOR, affiliation=_AGENCY, sub="evaluator", name="Eva Hodnotná")
COORDINATOR = an_actor(Role.COORDINATOR, units=[OBRNICE], sub="coordinator-obrnice", name="Jana Malinová")
MAYOR = an_actor(Role.MAYOR, units=[OBRNICE], sub="mayor-obrnice", name="Karel Starosta")
PARTNER = an_actor(Role.PARTNER, units=[OBRNICE], affiliation="Společně, z. s.", sub="partner-obrnice")
COORDINATOR_OF_TRMICE = an_actor(
    Role.COORDINATOR,
    units=[TRMICE],
    affiliation="Město Trmice",
    sub="coordinator-trmice",
    name="Ivo Sousedský",
)
COMMISSIONER = an_actor(
    Role.COMMISSIONER,
    affiliation="Ministerstvo práce a sociálních věcí",
    sub="commissioner",
    name="Věra Bodová",
)
DIRECTOR = an_actor(Role.DIRECTOR, affiliation=_AGENCY, sub="director", name="Daniel Rozhodný")
SYSTEM = an_actor(Role.SYSTEM, affiliation="Integrace", sub="integrator", name="Integrátor")
BY_ROLE = {
    Role.ADMINISTRATOR: ADMINISTRATOR,
    Role.CONSULTANT: CONSULTANT,
    Role.ANALYST: ANALYST,
    Role.EVALUATOR: EVALUATOR,
    Role.COORDINATOR: COORDINATOR,
    Role.MAYOR: MAYOR,
    Role.PARTNER: PARTNER,
    Role.COMMISSIONER: COMMISSIONER,
    Role.DIRECTOR: DIRECTOR,
    Role.SYSTEM: SYSTEM,
}
