"""Feeds of published documents: RSS 2.0 and Atom (RFC 4287), with ids that never change."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

ATOM: Final = "http://www.w3.org/2005/Atom"
EMPTY: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without entries was changed."""
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
register_namespace("atom", ATOM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A published version of a document."""

    document_id: UUID
    number: int
    title: str
    kind: str
    label: str | None
    media_type: str
    size_bytes: int
    published_at: datetime

    @property
    def id(self) -> str:
        return uuid5(self.document_id, f"version-{self.number}").urn

    @property
    def heading(self) -> str:
        return f"{self.title} ({self.label})" if self.label else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """`address` is the feed's own, `base` that of this service."""

    title: str
    address: str
    base: str
    entries: Sequence[Entry]

    @property
    def updated_at(self) -> datetime:
        return max((entry.published_at for entry in self.entries), default=EMPTY)


def rss_of(feed: Feed) -> bytes:
    root = Element("rss", version="2.0")
    channel = SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", f"{feed.base}/documents")
    _text(channel, "description", feed.title)
    _text(channel, "language", "cs")
    _text(channel, "lastBuildDate", format_datetime(feed.updated_at, usegmt=True))
    itself = {"href": feed.address, "rel": "self", "type": "application/rss+xml"}
    SubElement(channel, f"{{{ATOM}}}link", itself)
    for entry in feed.entries:
        item = SubElement(channel, "item")
        _text(item, "title", entry.heading)
        _text(item, "link", _page(feed, entry))
        _text(item, "category", entry.kind)
        _text(item, "guid", entry.id, isPermaLink="false")
        _text(item, "pubDate", format_datetime(entry.published_at.astimezone(UTC), usegmt=True))
        file = {"url": _file(feed, entry), "length": str(entry.size_bytes), "type": entry.media_type}
        SubElement(item, "enclosure", file)
    return _written(root)


def atom_of(feed: Feed) -> bytes:
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "cs"})
    _text(root, "title", feed.title)
    _text(root, "id", feed.address)
    _text(root, "updated", _instant(feed.updated_at))
    _text(SubElement(root, "author"), "name", "Agentura pro sociální začleňování")
    SubElement(root, "link", href=feed.address, rel="self", type="application/atom+xml")
    for entry in feed.entries:
        one = SubElement(root, "entry")
        _text(one, "title", entry.heading)
        _text(one, "id", entry.id)
        _text(one, "updated", _instant(entry.published_at))
        _text(one, "published", _instant(entry.published_at))
        _text(one, "summary", entry.kind)
        SubElement(one, "category", term=entry.kind)
        SubElement(one, "link", href=_page(feed, entry), rel="alternate")
        file = {"href": _file(feed, entry), "length": str(entry.size_bytes), "type": entry.media_type}
        SubElement(one, "link", {"rel": "enclosure", **file})
    return _written(root)


def _page(feed: Feed, entry: Entry) -> str:
    """Return the address that lasts: a browser gets the file there, or why it was withdrawn."""
    return f"{feed.base}/publications/{entry.document_id}/versions/{entry.number}"


def _file(feed: Feed, entry: Entry) -> str:
    return f"{feed.base}/documents/{entry.document_id}/versions/{entry.number}/content"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = clean(text)


def clean(text: str) -> str:
    """Leave out the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def _written(root: Element) -> bytes:
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode")).encode()
