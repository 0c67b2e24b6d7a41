"""Codes that work once, and sessions whose refresh token changes at each use; in memory only."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe

from embedded.identity.requests import OAuthRefused

CODE_SECONDS = 60
SESSION_SECONDS = 8 * 3_600
MOST_CODES = 10_000
MOST_SESSIONS = 10_000

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Who signed in where, and for what; `id` names the session (claim `sid`)."""

    id: str
    client_id: str
    persona_id: str
    scope: frozenset[str]
    nonce: str | None
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Code:
    login: Login
    redirect_uri: str
    challenge: str
    until: float
    used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Session:
    login: Login
    token: str
    until: float


def _refused(why: str) -> OAuthRefused:
    return OAuthRefused("invalid_grant", why)


def challenge_of(verifier: str) -> str:
    """Give the S256 challenge of a code verifier (RFC 7636, 4.2)."""
    return urlsafe_b64encode(sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode("ascii")


class Sessions:
    """All codes and sessions of the provider."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._codes: dict[str, _Code] = {}
        self._sessions: dict[str, _Session] = {}

    def issue_code(self, login: Login, *, redirect_uri: str, challenge: str) -> str:
        _make_room(self._codes, MOST_CODES)
        code = token_urlsafe(32)
        until = self._clock() + CODE_SECONDS
        self._codes[code] = _Code(login=login, redirect_uri=redirect_uri, challenge=challenge, until=until)
        return code

    def redeem_code(self, code: str, *, client_id: str, redirect_uri: str, verifier: str) -> Login:
        """Take the code out of use, whether it fits or not; used twice, it ends the session it began."""
        known = self._codes.get(code)
        if known is None or known.login.client_id != client_id:
            raise _refused("the code is unknown")
        if known.used:
            self.end(known.login.id)
            raise _refused("the code was used before")
        self._codes[code] = replace(known, used=True)
        if self._clock() >= known.until:
            raise _refused("the code has expired")
        if redirect_uri != known.redirect_uri:
            raise _refused("redirect_uri differs from the one of the authorization request")
        if not re.fullmatch(r"[A-Za-z0-9._~-]{43,128}", verifier, re.ASCII):
            raise _refused("code_verifier is not 43 to 128 unreserved characters")
        if not compare_digest(challenge_of(verifier), known.challenge):
            raise _refused("code_verifier does not fit the challenge")
        return known.login

    def begin(self, login: Login) -> str:
        """Begin a session and give its first refresh token."""
        _make_room(self._sessions, MOST_SESSIONS)
        return self._renew(login, until=self._clock() + SESSION_SECONDS)

    def login_of(self, token: str, *, client_id: str) -> Login:
        """Give the login of a refresh token; an old one may be stolen and ends the session."""
        session_id = token.partition(".")[0]
        session = self._sessions.get(session_id)
        if session is None or session.login.client_id != client_id:
            raise _refused("the session is unknown or was ended")
        if not compare_digest(session.token.encode(), token.encode()):
            self.end(session_id)
            raise _refused("the refresh token was used before; the session is ended")
        if self._clock() >= session.until:
            self.end(session_id)
            raise _refused("the session has expired")
        return session.login

    def renew(self, login: Login) -> str:
        """Give the next refresh token of a session that goes on, and forget the present one."""
        return self._renew(login, until=self._sessions[login.id].until)

    def end(self, session_id: str) -> None:
        self._sessions.pop(session_id, None)

    def _renew(self, login: Login, *, until: float) -> str:
        token = f"{login.id}.{token_urlsafe(32)}"
        self._sessions[login.id] = _Session(login=login, token=token, until=until)
        return token


def _make_room(kept: dict[str, _Code] | dict[str, _Session], most: int) -> None:
    while len(kept) >= most:
        del kept[next(iter(kept))]
