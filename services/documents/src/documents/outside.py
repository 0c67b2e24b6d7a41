"""What of the world outside the database this service works with: the store of files, and planning."""

from functools import cache

from documents.planning import Planning
from documents.store import FileStore
from shared.settings import Settings
from shared.tokens import ServiceToken


class NotConfigured(Exception):  # noqa: N818 - the fact that stopped us
    """A setting that this work needs is missing."""


@cache
def store_at(url: str) -> FileStore:
    if not url:
        raise NotConfigured("DOCUMENTS_FILES_URL")
    return FileStore(url)


@cache
def planning_of(settings: Settings) -> Planning:
    if not settings.planning_url:
        raise NotConfigured("PLANNING_URL")
    token = ServiceToken(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
        discovery_url=settings.oidc_discovery_url or None,
    )
    return Planning(settings.planning_url, token)
