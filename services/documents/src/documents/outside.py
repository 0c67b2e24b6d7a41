"""What of the world outside the database this service works with: the store of files, and planning."""

from functools import cache

from documents.planning import Planning
from documents.store import FileStore
from shared.settings import Settings, load_settings
from shared.tokens import ServiceToken


class NotConfigured(Exception):  # noqa: N818 - the fact that stopped us
    """A setting that this work needs is missing."""


@cache
def store_at(url: str) -> FileStore:
    if not url:
        raise NotConfigured("DOCUMENTS_FILES_URL")
    return FileStore(url)


@cache
def settings() -> Settings:
    return load_settings("documents")


@cache
def planning() -> Planning:
    known = settings()
    if not known.planning_url:
        raise NotConfigured("PLANNING_URL")
    token = ServiceToken(known.oidc_issuer, known.oidc_client_id, known.oidc_client_secret)
    return Planning(known.planning_url, token)
