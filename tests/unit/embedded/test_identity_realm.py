"""The Keycloak realm, the development identity provider and the verifier speak of the same things."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

import pytest

from embedded.identity.clients import PUBLIC_CLIENTS, SERVICE_SCOPES, clients
from embedded.identity.personas import PERSONAS
from embedded.identity.provider import TOKEN_SECONDS, person_claims
from embedded.identity.sessions import CODE_SECONDS, SESSION_SECONDS
from shared.contracts.base import Role
from tests.support.identity import SECRETS

FILE = Path(__file__).parents[3] / "deploy/keycloak/realm.json"
DEMO = "${POSPOLU_DEMO_USERS:false}"


class ClientJson(TypedDict):
    clientId: str
    enabled: bool | str
    publicClient: bool
    secret: str
    standardFlowEnabled: bool
    implicitFlowEnabled: bool
    directAccessGrantsEnabled: bool
    serviceAccountsEnabled: bool
    redirectUris: list[str]
    attributes: dict[str, str]
    protocolMappers: list["MapperJson"]


class MapperJson(TypedDict):
    protocolMapper: str
    config: dict[str, str]


class UserJson(TypedDict, total=False):
    username: str
    enabled: bool | str
    firstName: str
    lastName: str
    serviceAccountClientId: str
    attributes: dict[str, list[str]]
    realmRoles: list[str]
    credentials: list[dict[str, str | bool]]


class RealmJson(TypedDict):
    realm: str
    accessCodeLifespan: int
    accessTokenLifespan: int
    ssoSessionMaxLifespan: int
    revokeRefreshToken: bool
    refreshTokenMaxReuse: int
    registrationAllowed: bool
    roles: dict[str, list[dict[str, str]]]
    components: dict[str, list[dict[str, dict[str, list[str]]]]]
    clients: list[ClientJson]
    users: list[UserJson]


@pytest.fixture(scope="module")
def realm() -> RealmJson:
    found: RealmJson = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def by_id(realm: RealmJson) -> Mapping[str, ClientJson]:
    return {client["clientId"]: client for client in realm["clients"]}


def users(realm: RealmJson) -> Mapping[str, UserJson]:
    return {user["username"]: user for user in realm["users"]}


def test_its_roles_are_ours(realm: RealmJson) -> None:
    assert [role["name"] for role in realm["roles"]["realm"]] == [role.value for role in Role]


def test_every_client_gets_the_claims_that_we_read(realm: RealmJson) -> None:
    for client in realm["clients"]:
        mapped = {mapper["config"].get("claim.name"): mapper for mapper in client["protocolMappers"]}
        kinds = {mapper["protocolMapper"] for mapper in client["protocolMappers"]}
        assert {*mapped, "sub", "name"} - {None} == set(person_claims(PERSONAS[0]))
        assert "oidc-full-name-mapper" in kinds
        for claim in ("roles", "units"):
            assert mapped[claim]["config"]["multivalued"] == "true"
        for mapper in client["protocolMappers"]:
            assert mapper["config"]["access.token.claim"] == "true"


def test_the_audience_is_ours_in_access_tokens_and_only_there(realm: RealmJson) -> None:
    for client in realm["clients"]:
        (audience,) = (
            mapper["config"]
            for mapper in client["protocolMappers"]
            if mapper["protocolMapper"] == "oidc-audience-mapper"
        )
        assert audience["included.custom.audience"] == "pospolu"
        assert audience["id.token.claim"] == "false"


def test_keycloak_keeps_the_client_scopes_that_put_the_subject_into_tokens(realm: RealmJson) -> None:
    assert "clientScopes" not in realm
    assert all("defaultClientScopes" not in client for client in realm["clients"])


def test_its_clients_are_those_of_the_development_provider(realm: RealmJson) -> None:
    ours = clients(SECRETS)
    assert set(by_id(realm)) == set(ours)
    for name, client in by_id(realm).items():
        assert client["publicClient"] == client["standardFlowEnabled"] == ours[name].is_public
        assert client["serviceAccountsEnabled"] != ours[name].is_public
        assert not client["implicitFlowEnabled"]
        assert not client["directAccessGrantsEnabled"]


def test_public_clients_need_pkce_and_return_to_the_same_paths(realm: RealmJson) -> None:
    for ours in PUBLIC_CLIENTS:
        client = by_id(realm)[ours.id]
        assert client["attributes"]["pkce.code.challenge.method"] == "S256"
        paths = {"/" + uri.removeprefix("http://").partition("/")[2] for uri in client["redirectUris"]}
        assert paths == set(ours.redirect_paths)
        assert not any("*" in uri for uri in client["redirectUris"])


def test_no_secret_stands_in_the_file(realm: RealmJson) -> None:
    for service in SERVICE_SCOPES:
        assert by_id(realm)[service]["secret"] == f"${{{service.upper()}_OIDC_SECRET}}"


def test_whatever_is_for_the_demo_is_disabled_unless_asked_for(realm: RealmJson) -> None:
    assert by_id(realm)["pospolu-demo"]["enabled"] == DEMO
    assert by_id(realm)["integrator"]["enabled"] == "${INTEGRATOR_ENABLED:false}"
    assert by_id(realm)["pospolu-web"]["enabled"] is by_id(realm)["documents"]["enabled"] is True
    with_password = [user for user in realm["users"] if "credentials" in user]
    assert len(with_password) == len(PERSONAS)
    assert {user["enabled"] for user in with_password} == {DEMO}


def test_its_people_are_the_personas(realm: RealmJson) -> None:
    for persona in PERSONAS:
        user = users(realm)[persona.id]
        assert f"{user['firstName']} {user['lastName']}" == persona.name
        assert user["realmRoles"] == [persona.role.value]
        assert user["attributes"]["affiliation"] == [persona.affiliation]
        assert user["attributes"]["units"] == [str(unit) for unit in persona.units]


def test_each_service_acts_as_a_system_and_nobody_else_does(realm: RealmJson) -> None:
    systems = {
        user["serviceAccountClientId"]: user["username"]
        for user in realm["users"]
        if Role.SYSTEM in user["realmRoles"]
    }
    assert systems == {service: f"service-account-{service}" for service in SERVICE_SCOPES}


def test_nobody_can_give_themselves_units_or_an_affiliation(realm: RealmJson) -> None:
    (component,) = realm["components"]["org.keycloak.userprofile.UserProfileProvider"]
    (profile,) = component["config"]["kc.user.profile.config"]
    attributes = {attribute["name"]: attribute for attribute in json.loads(profile)["attributes"]}
    assert "unmanagedAttributePolicy" not in json.loads(profile)
    for name in ("username", "affiliation", "units"):
        assert attributes[name]["permissions"]["edit"] == ["admin"]
    assert attributes["units"]["multivalued"] is True
    assert not realm["registrationAllowed"]


def test_its_lifetimes_are_those_of_the_development_provider(realm: RealmJson) -> None:
    assert realm["accessCodeLifespan"] == CODE_SECONDS
    assert realm["accessTokenLifespan"] == TOKEN_SECONDS
    assert realm["ssoSessionMaxLifespan"] == SESSION_SECONDS
    assert (realm["revokeRefreshToken"], realm["refreshTokenMaxReuse"]) == (True, 0)
