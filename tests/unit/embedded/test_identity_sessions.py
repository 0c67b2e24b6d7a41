"""Codes work once, refresh tokens change at each use."""

import pytest

from embedded.identity import sessions as identity_sessions
from embedded.identity.requests import OAuthRefused
from embedded.identity.sessions import Login, Sessions, challenge_of
from tests.support.identity import Clock

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"


def a_login(session: str = "session") -> Login:
    return Login(
        id=session,
        client_id="pospolu-web",
        persona_id="analyst",
        scope=frozenset({"openid"}),
        nonce=None,
        at=0,
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    return Sessions(clock)


def issue(sessions: Sessions, login: Login | None = None) -> str:
    return sessions.issue_code(
        login or a_login(), redirect_uri="http://127.0.0.1/", challenge=challenge_of(VERIFIER)
    )


def redeem(sessions: Sessions, code: str, **changed: str) -> Login:
    asked = {"client_id": "pospolu-web", "redirect_uri": "http://127.0.0.1/", "verifier": VERIFIER, **changed}
    return sessions.redeem_code(
        code,
        client_id=asked["client_id"],
        redirect_uri=asked["redirect_uri"],
        verifier=asked["verifier"],
    )


def test_the_challenge_is_that_of_the_standards_example() -> None:
    assert challenge_of(VERIFIER) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_a_code_gives_its_login_once(sessions: Sessions) -> None:
    code = issue(sessions)
    assert redeem(sessions, code) == a_login()
    with pytest.raises(OAuthRefused, match="used before"):
        redeem(sessions, code)


def test_a_code_lives_sixty_seconds(sessions: Sessions, clock: Clock) -> None:
    timely, late = issue(sessions), issue(sessions)
    clock.seconds += 59
    assert redeem(sessions, timely) == a_login()
    clock.seconds += 1
    with pytest.raises(OAuthRefused, match="expired"):
        redeem(sessions, late)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"redirect_uri": "http://127.0.0.1/callback"}, "redirect_uri differs"),
        ({"verifier": VERIFIER[:-1] + "X"}, "does not fit"),
        ({"verifier": VERIFIER[:-1]}, "43 to 128"),
        ({"verifier": "ž" * 43}, "43 to 128"),
        ({"verifier": "a" * 129}, "43 to 128"),
    ],
)
def test_a_code_is_spent_by_a_request_that_does_not_fit(
    sessions: Sessions, changed: dict[str, str], why: str
) -> None:
    code = issue(sessions)
    with pytest.raises(OAuthRefused, match=why):
        redeem(sessions, code, **changed)
    with pytest.raises(OAuthRefused, match="used before"):
        redeem(sessions, code)


def test_another_application_cannot_even_spend_the_code(sessions: Sessions) -> None:
    code = issue(sessions)
    with pytest.raises(OAuthRefused, match="unknown"):
        redeem(sessions, code, client_id="pospolu-demo")
    assert redeem(sessions, code) == a_login()


def test_a_replayed_code_ends_the_session_it_began(sessions: Sessions) -> None:
    code = issue(sessions)
    token = sessions.begin(redeem(sessions, code))
    with pytest.raises(OAuthRefused, match="used before"):
        redeem(sessions, code)
    with pytest.raises(OAuthRefused, match="ended"):
        sessions.login_of(token, client_id="pospolu-web")


def test_a_refresh_token_is_replaced_at_each_use(sessions: Sessions) -> None:
    first = sessions.begin(a_login())
    second = sessions.renew(sessions.login_of(first, client_id="pospolu-web"))
    assert first != second
    assert sessions.login_of(second, client_id="pospolu-web") == a_login()


def test_an_old_refresh_token_ends_the_session(sessions: Sessions) -> None:
    first = sessions.begin(a_login())
    second = sessions.renew(sessions.login_of(first, client_id="pospolu-web"))
    with pytest.raises(OAuthRefused, match="used before"):
        sessions.login_of(first, client_id="pospolu-web")
    with pytest.raises(OAuthRefused, match="ended"):
        sessions.login_of(second, client_id="pospolu-web")


def test_renewal_does_not_prolong_the_eight_hours(sessions: Sessions, clock: Clock) -> None:
    token = sessions.begin(a_login())
    clock.seconds += 7 * 3_600
    token = sessions.renew(sessions.login_of(token, client_id="pospolu-web"))
    clock.seconds += 3_600
    with pytest.raises(OAuthRefused, match="expired"):
        sessions.login_of(token, client_id="pospolu-web")


def test_another_application_cannot_use_a_refresh_token(sessions: Sessions) -> None:
    token = sessions.begin(a_login())
    with pytest.raises(OAuthRefused, match="unknown"):
        sessions.login_of(token, client_id="pospolu-demo")
    assert sessions.login_of(token, client_id="pospolu-web") == a_login()


@pytest.mark.parametrize("token", ["", ".", "session", "session.", "session.x", "ž"])
def test_a_made_up_refresh_token_is_refused(sessions: Sessions, token: str) -> None:
    sessions.begin(a_login())
    with pytest.raises(OAuthRefused):
        sessions.login_of(token, client_id="pospolu-web")


def test_the_oldest_codes_and_sessions_make_room(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity_sessions, "MOST_CODES", 2)
    monkeypatch.setattr(identity_sessions, "MOST_SESSIONS", 2)
    codes = [issue(sessions, a_login(f"session-{number}")) for number in range(3)]
    with pytest.raises(OAuthRefused, match="unknown"):
        redeem(sessions, codes[0])
    tokens = [sessions.begin(redeem(sessions, code)) for code in codes[1:]]
    tokens.append(sessions.begin(a_login("session-9")))
    with pytest.raises(OAuthRefused, match="unknown"):
        sessions.login_of(tokens[0], client_id="pospolu-web")
    assert sessions.login_of(tokens[2], client_id="pospolu-web").id == "session-9"
