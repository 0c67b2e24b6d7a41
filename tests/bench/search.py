"""50,000 pages of Czech: how fast they are read, indexed and found, beside the bare statements."""

import asyncio
import itertools
import os
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID, uuid5

import asyncpg
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from documents.app import SERVICE
from documents.extraction.analysis import (
    ANALYSER,
    Metadata,
    file_lexeme,
    indexed,
    metadata_vector,
    quoted,
    vector_of,
)
from documents.extraction.domain import READER
from documents.search.asking import understood
from documents.search.themes import areas_of
from documents.texts.reading import read_apart
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, milliseconds, row, table
from tests.support.documents import unit_registered
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import ServiceUnderTest, a_service
from tests.support.tokens import CONSULTANT, OBRNICE, TRMICE
from tests.support.zoo_of_texts import a_pdf

PAGES: Final = int(os.environ.get("BENCH_PAGES", "50000"))
PAGES_OF_A_DOCUMENT: Final = 20
DIFFERENT_PAGES: Final = 2_000
WORDS_OF_A_PAGE: Final = 300
ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "400"))
KINDS: Final = ("VANAL", "VYZK", "METOD", "KPSS", "PSZ", "EVAL")
FIELD: Final = (
    *("sociální", "bydlení", "byt", "obec", "rodina", "škola", "dluh", "exekuce", "práce", "služba"),
    *("zaměstnanost", "vzdělávání", "domácnost", "nájemník", "opatření", "cíl", "připomínka", "kriminalita"),
    *("poradenství", "lokalita", "sociálních", "bytech", "obcí", "dětí", "žáků", "služeb", "domácností"),
)
"""Words that our documents are full of; they stand among the most common ones."""
CLASSES: Final = {
    "frequent": ("exekuce", "sociální bydlení", "byt", "pripominky", "nájemník", "škol", "sociálních bytech"),
    "two words": ("Obrnice bydlení", "dluhy rodiny", "zaměstnanost lokalita", "kriminalita mládeže"),
    "phrase": ('"sociální bydlení"', '"domácností obcí"', '"sociálních služeb obcí"'),
    "not, or": ("bydlení -exekuce", "škola -knihovna", "exekuce OR dluh", "požár nebo vlak"),
    "unfinished": ("poraden", "kost", "zahr"),
    "usual": ("mlýn", "zahrada", "řeka", "kostel", "lékař", "sestra", "požár", "vlak", "hřiště", "knihovna"),
    "rare": ("oddlužení", "ubytovna", "stěhování", "terénní práce", "asistent pedagoga", "komunitní centrum"),
    "held by none": ("ASZ-2025/117", "499/2004", "romský", "strážník", "protidluhové poradenství"),
    "filters": ("", "?kind=VYZK", "?unit=", "?year=2024", "exekuce?kind=METOD", "byt?area=BYD"),
}
"""After `?` a filter with its value; a unit is Obrnice."""
QUESTIONS: Final = tuple(itertools.chain(*CLASSES.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    text: str
    words: str


def bench() -> None:
    heading(f"Search in {PAGES:,} pages, {PAGES // PAGES_OF_A_DOCUMENT:,} documents")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        _reading(folder)
        postgres = stack.enter_context(a_durable_postgres(folder))
        nats = start_nats(folder / "nats")
        stack.callback(nats.stop)
        asyncio.run(_bench(postgres, nats, folder))


def _reading(folder: Path) -> None:
    path = folder / "a.pdf"
    path.write_bytes(a_pdf(*itertools.islice(_texts(), 200)))
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        read = read_apart(str(path), "application/pdf")
        taken.append(time.perf_counter() - began)
    seconds = sorted(taken)[2]
    print(f"{len(read.pages)} pages of a PDF read apart in {seconds * 1000:.0f} ms", flush=True)


async def _bench(postgres: PostgresServer, nats: NatsServer, folder: Path) -> None:
    async with a_service(SERVICE, postgres, nats, FILES_URL=(folder / "files").as_uri()) as service:
        await service.hear(unit_registered(OBRNICE), unit_registered(TRMICE, name="Trmice"))
        await fill(service)
        for at_once in (1, 8):
            print(f"\n{at_once} at once, {ROUNDS} questions of {len(QUESTIONS)} kinds", flush=True)
            table("", "p50", "p95", "p99", "a second")
            await _measure("GET /search, everybody", service, at_once)
            await _measure("GET /search, the Agency", service, at_once, agency=True)
            await _floor(service, at_once, FLOOR, "floor: the index alone, count")
            await _floor(service, at_once, PEER, "peer: pages ranked by PostgreSQL, 20 of a page")
        await _by_class(service)
        await _each(service)


FLOOR: Final = "SELECT count(*) FROM versions_that_say($1::text::tsquery)"
PEER: Final = """
SELECT digest, number, ts_rank(words, $1::text::tsquery) AS rank, count(*) OVER ()
FROM text_page WHERE words @@ $1::text::tsquery ORDER BY rank DESC LIMIT 20
"""


async def fill(service: ServiceUnderTest) -> None:
    connection = await asyncpg.connect(service.resources.settings.database_url)
    began = time.perf_counter()
    pages = [Page(text=text, words=vector_of(text)) for text in itertools.islice(_texts(), DIFFERENT_PAGES)]
    spent = time.perf_counter() - began
    print(f"{DIFFERENT_PAGES / spent:,.0f} pages a second analysed for places", flush=True)
    analysed, began = 0.0, time.perf_counter()
    for first in range(0, PAGES // PAGES_OF_A_DOCUMENT, 250):
        numbers = range(first, min(first + 250, PAGES // PAGES_OF_A_DOCUMENT))
        analysed += await _copy(connection, numbers, pages)
    spent = time.perf_counter() - began
    print(f"{PAGES / analysed:,.0f} pages a second analysed for documents, {PAGES / spent:,.0f} with COPY")
    began = time.perf_counter()
    await connection.execute("VACUUM ANALYZE")
    print(f"VACUUM ANALYZE {time.perf_counter() - began:.0f} s", flush=True)
    table("relation", "MiB")
    for name in ("text_page", "search_entry"):
        whole = await connection.fetchval("SELECT pg_table_size($1::regclass)", name)
        index = await connection.fetchval("SELECT pg_relation_size($1::regclass)", f"ix_{name}_words")
        row(name, f"{whole / 2**20:.0f}")
        row(f"{name}, index of words", f"{index / 2**20:.0f}")
    await connection.close()


async def _copy(connection: asyncpg.Connection, numbers: range, pages: Sequence[Page]) -> float:
    """Copy documents with all that belongs to them; return the seconds that the analysis took."""
    chance = random.Random(numbers.start)  # noqa: S311 - the same documents each time
    now = datetime(2026, 1, 1, tzinfo=UTC)
    documents, versions, extractions, texts, entries = [], [], [], [], []
    analysed = 0.0
    for number in numbers:
        document_id = uuid5(OBRNICE, str(number))
        digest = sha256(document_id.bytes).hexdigest()
        kind, unit = KINDS[number % len(KINDS)], OBRNICE if number % 3 else TRMICE
        title = " ".join(chance.choices(FIELD, k=2)).capitalize()
        public = number % 5 != 0
        own = [pages[chance.randrange(len(pages))] for _ in range(PAGES_OF_A_DOCUMENT)]
        began = time.perf_counter()
        about = Metadata(titles=(title,), others=(kind, "Obrnice" if number % 3 else "Trmice"))
        entry = indexed(about, {place: page.text for place, page in enumerate(own, 1)})
        analysed += time.perf_counter() - began
        documents.append(_document(document_id, kind, title, unit, now, number, public=public))
        published = now if public else None
        versions.append((document_id, 1, digest, 9, "text/plain", "a.txt", now, "bench", published))
        extractions.append((digest, 9, "text/plain", "a.txt", "extracted", 1, READER, True, False, 20, now))
        of_file = quoted(file_lexeme(digest))
        texts += [(digest, place, page.text, f"{page.words} {of_file}") for place, page in enumerate(own, 1)]
        areas = [area.value for area in areas_of(entry.about)]
        stamps = (areas, 1, 1, now, ANALYSER)
        entries.append((document_id, 1, entry.vector, metadata_vector(about), *stamps))
    for name, columns, records in (
        ("document", DOCUMENT, documents),
        ("document_version", VERSION, versions),
        ("extraction", EXTRACTION, extractions),
    ):
        await connection.copy_records_to_table(name, records=records, columns=columns)
    await connection.executemany(
        "INSERT INTO text_page (digest, number, text, words) VALUES ($1, $2, $3, $4::text::tsvector)", texts
    )
    await connection.executemany(
        "INSERT INTO search_entry (document_id, number, words, title_words, areas, document_version,"
        " units_version, read_at, analyser)"
        " VALUES ($1, $2, $3::text::tsvector, $4::text::tsvector, $5, $6, $7, $8, $9)",
        entries,
    )
    return analysed


DOCUMENT: Final = (
    *("id", "kind", "title", "title_folded", "title_key", "unit_ids", "state", "origin", "version", "latest"),
    *("public_number", "dated_on", "language", "accessibility", "created_at"),
)
VERSION: Final = (
    *("document_id", "number", "digest", "size_bytes", "media_type", "file_name", "created_at", "created_by"),
    "published_at",
)
EXTRACTION: Final = (
    *(
        "digest",
        "size_bytes",
        "media_type",
        "file_name",
        "state",
        "attempts",
        "reader",
        "has_pages",
        "is_cut",
    ),
    *("page_count", "read_at"),
)


def _document(
    document_id: UUID, kind: str, title: str, unit: UUID, now: datetime, number: int, *, public: bool
) -> tuple[object, ...]:
    state = "published" if public else "draft"
    day = date(2026, 1, 1) - timedelta(days=number)
    return (
        *(document_id, kind, title, title.lower(), title.lower(), [unit], state, "uploaded", 1, 1),
        *(1 if public else None, day, "cs", "unverified", now),
    )


def _texts() -> Iterator[str]:
    """Give pages of words as the language spreads them: the n-th most common word comes 1/n times."""
    chance = random.Random(80)  # noqa: S311 - the same pages each time
    forms = sorted(form for form in DefaultDictionaryFactory().get_dictionary("cs") if form.isalpha())
    chance.shuffle(forms)
    words = [*FIELD, *forms[:40_000]]
    weights = list(itertools.accumulate(1 / (rank + 20) for rank in range(len(words))))
    while True:
        said = chance.choices(words, cum_weights=weights, k=WORDS_OF_A_PAGE)
        lines = (" ".join(said[first : first + 15]) for first in range(0, len(said), 15))
        yield ".\n".join(lines)


def _params(question: str) -> dict[str, str]:
    words, _, narrowed = question.partition("?")
    name, _, value = narrowed.partition("=")
    filters = {f"filter[{name}]": value or str(OBRNICE)} if name else {}
    return filters | ({"q": words} if words else {})


async def _measure(name: str, service: ServiceUnderTest, at_once: int, *, agency: bool = False) -> None:
    async with service.client(CONSULTANT if agency else None) as client:

        async def ask(question: str) -> None:
            answer = await client.get("/search", params=_params(question))
            assert answer.status_code == 200, answer.text

        for question in QUESTIONS:
            await ask(question)
        await _run(name, at_once, ask)


async def _floor(service: ServiceUnderTest, at_once: int, statement: str, name: str) -> None:
    pool = service.resources.pool
    words = {question: question.partition("?")[0] or "obec" for question in QUESTIONS}
    queries = {question: understood(words[question]).document_query for question in QUESTIONS}

    async def ask(question: str) -> None:
        await pool.fetch(statement, queries[question])

    await _run(name, at_once, ask)


async def _run(name: str, at_once: int, ask: Callable[[str], Awaitable[None]]) -> None:
    waiting = itertools.islice(itertools.cycle(QUESTIONS), ROUNDS)
    taken: list[float] = []

    async def one() -> None:
        for question in waiting:
            began = time.perf_counter()
            await ask(question)
            taken.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(at_once)))
    spent = time.perf_counter() - began
    row(name, *milliseconds(taken), f"{len(taken) / spent:,.0f}")


async def _by_class(service: ServiceUnderTest) -> None:
    print("\nBy class of question, one at once", flush=True)
    table("", "p50", "p95", "p99")
    async with service.client() as client:
        for name, questions in CLASSES.items():
            taken = []
            for question in itertools.islice(itertools.cycle(questions), max(ROUNDS // 10, len(questions))):
                began = time.perf_counter()
                await client.get("/search", params=_params(question))
                taken.append(time.perf_counter() - began)
            row(name, *milliseconds(taken))


async def _each(service: ServiceUnderTest) -> None:
    """Print what the dearest questions cost, with how much they find."""
    taken: dict[str, tuple[float, int]] = {}
    async with service.client() as client:
        for question in QUESTIONS:
            times = []
            for _ in range(5):
                began = time.perf_counter()
                answer = await client.get("/search", params=_params(question))
                times.append(time.perf_counter() - began)
            taken[question] = (sorted(times)[2], answer.json()["total"])
    print("\nThe dearest questions", flush=True)
    table("question", "ms", "found")
    for question, (seconds, total) in sorted(taken.items(), key=lambda each: -each[1][0])[:8]:
        row(question, f"{seconds * 1000:.1f}", f"{total:,}")
