"""HTTP, the same in every service: one shape of errors, versions, lists, logins and answers."""

from shared.auth import AGENCY, PEOPLE
from shared.http.conditional import ExpectedVersion, etag
from shared.http.files import Csv, Xlsx
from shared.http.identity import Caller, allow, logged_in, public
from shared.http.language import language_of
from shared.http.routes import Tx, router
from shared.http.schemas import ApiModel, LongText, Reason, Reasons, ShortText, Storable, Title
from shared.http.today import today
from shared.paging import Page, PageRequest
from shared.reads import Query, Reads, Row
from shared.scalars import Count, Day, DecimalText, Digest, Flag, InDigits, Instant, IsoDay

__all__ = [
    "AGENCY",
    "PEOPLE",
    "ApiModel",
    "Caller",
    "Count",
    "Csv",
    "Day",
    "DecimalText",
    "Digest",
    "ExpectedVersion",
    "Flag",
    "InDigits",
    "Instant",
    "IsoDay",
    "LongText",
    "Page",
    "PageRequest",
    "Query",
    "Reads",
    "Reason",
    "Reasons",
    "Row",
    "ShortText",
    "Storable",
    "Title",
    "Tx",
    "Xlsx",
    "allow",
    "etag",
    "language_of",
    "logged_in",
    "public",
    "router",
    "today",
]
