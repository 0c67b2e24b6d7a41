"""What of the world outside the database this service works with, opened once for a process."""

from functools import cache

import structlog

from documents.neighbours.gathering import Feeds
from documents.neighbours.planning import Planning
from documents.neighbours.posting import Poster
from documents.neighbours.sources import Sources
from documents.proving.sealing import Sealer, sealer_from
from documents.proving.signing import Signer, development_signer, signer_from
from documents.proving.timestamping import TimeStampAuthority, authority_at
from documents.storage.allocation import give_large_blocks_back
from documents.storage.store import FileStore
from shared.settings import Settings
from shared.tokens import ServiceToken

log = structlog.get_logger()


class NotConfigured(Exception):  # noqa: N818 - the fact that stopped us
    """A setting that this work needs is missing."""


@cache
def store_at(url: str) -> FileStore:
    if not url:
        raise NotConfigured("DOCUMENTS_FILES_URL")
    give_large_blocks_back()
    return FileStore(url)


@cache
def planning_of(settings: Settings) -> Planning:
    if not settings.planning_url:
        raise NotConfigured("PLANNING_URL")
    return Planning(settings.planning_url, _token(settings))


@cache
def sources_of(settings: Settings) -> Sources:
    if not settings.registry_url:
        raise NotConfigured("REGISTRY_URL")
    if not settings.evaluation_url:
        raise NotConfigured("EVALUATION_URL")
    return Sources(settings.registry_url, settings.evaluation_url, _token(settings))


def _token(settings: Settings) -> ServiceToken:
    return ServiceToken(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
        discovery_url=settings.oidc_discovery_url or None,
    )


def note(what: str, **facts: object) -> None:
    """Log what an operator wants to know of work that no person asked for."""
    log.warning(what, **facts)


def signer_of(settings: Settings) -> Signer:
    """Return what signs the public record; raises `KeyNotUsable`, `NotConfigured`."""
    if settings.record_key:
        return signer_from(settings.record_key)
    if settings.is_production:
        raise NotConfigured("RECORD_KEY")
    return development_signer()


@cache
def sealer_of(settings: Settings) -> Sealer:
    """Return what seals the secrets of webhooks; raises `NotConfigured` where no key is set at all."""
    texts = [*settings.webhooks_key.split(), settings.record_key]
    if not settings.is_production:
        texts.append("development")
    texts = [text for text in texts if text]
    if not texts:
        raise NotConfigured("WEBHOOKS_KEY")
    return sealer_from(texts)


def tsa_of(settings: Settings) -> TimeStampAuthority | None:
    """Return None where no authority is set: bundles stay without a time-stamp."""
    return authority_at(settings.tsa_url, settings.tsa_roots) if settings.tsa_url else None


@cache
def feeds_of(settings: Settings) -> Feeds:
    """Return the feeds of the neighbours whose addresses are set."""
    addresses = {
        "registry": settings.registry_url,
        "planning": settings.planning_url,
        "evaluation": settings.evaluation_url,
    }
    return Feeds(addresses, _token(settings))


@cache
def poster_of(settings: Settings) -> Poster:
    return Poster(loopback=settings.webhooks_loopback)
