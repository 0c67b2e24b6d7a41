"""Search over real documents: Czech words, places, facets, and nothing that the caller may not see."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text

from documents.extraction.domain import TextState
from documents.files.domain import Metadata
from documents.search.schemas import SearchOut
from shared.auth import Actor
from shared.contracts.documents import DocumentKind
from tests.support import zoo_of_texts as zoo
from tests.support.service import ServiceUnderTest
from tests.support.texts import a_text, in_the_index, with_units
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, OBRNICE, TRMICE

PDF = "application/pdf"


async def _asked(
    documents: ServiceUnderTest, q: str | None, actor: Actor | None = None, /, **params: str
) -> SearchOut:
    async with documents.client(actor) as client:
        answer = await client.get("/search", params=params | ({} if q is None else {"q": q}))
    assert answer.status_code == 200, answer.text
    return SearchOut.model_validate_json(answer.content)


async def _titles(
    documents: ServiceUnderTest, q: str | None, actor: Actor | None = None, /, **params: str
) -> list[str]:
    found = await _asked(documents, q, actor, **params)
    return ["".join(piece.text for piece in item.title) for item in found.items]


@pytest.fixture
async def three(documents: ServiceUnderTest) -> ServiceUnderTest:
    """Three public documents with text."""
    await with_units(documents)
    await a_text(
        documents,
        zoo.a_pdf("Úvod", "Město má 12 sociálních bytů a vypořádalo připomínky občanů."),
        title="Analýza města",
        media_type=PDF,
        about=Metadata(reference_number="ASZ-2025/117", dated_on=date(2025, 3, 1)),
    )
    await a_text(
        documents,
        "Exekuce a oddlužení. Dlužníci v exekuci žádají o oddlužení. Exekuce brání bydlení.",
        title="Dluhy v Trmicích",
        kind=DocumentKind.VYZK,
        units=(TRMICE,),
        about=Metadata(dated_on=date(2024, 5, 1)),
    )
    await a_text(
        documents,
        zoo.a_docx("Zákon 499/2004 Sb. o archivnictví.", rows=[["Frýdek-Místek", "bydlení sociální"]]),
        title="Metodika spisové služby",
        kind=DocumentKind.METOD,
        about=Metadata(dated_on=date(2024, 9, 1)),
    )
    await in_the_index(documents)
    return documents


FOUND: tuple[tuple[str, list[str]], ...] = (
    ("sociálních bytech", ["Analýza města"]),
    ("sociální byt", ["Analýza města"]),
    ("pripominky", ["Analýza města"]),
    ("pripominkami", ["Analýza města"]),
    ("exekucím", ["Dluhy v Trmicích"]),
    ("odluz OR oddluž", ["Dluhy v Trmicích"]),
    ("ASZ-2025/117", ["Analýza města"]),
    ("499/2004", ["Metodika spisové služby"]),
    ("Frýdku-Místku", ["Metodika spisové služby"]),
    ('"sociálními byty"', ["Analýza města"]),
    ('"bydlení sociální"', ["Metodika spisové služby"]),
    ('"sociální bydlení"', []),
    ("Trmice exekuce", ["Dluhy v Trmicích"]),
    ("bydlení -exekuce", ["Metodika spisové služby"]),
    ('sociální -"bydlení sociální"', ["Analýza města"]),
    ('"sociální bydlení" OR dluhy', ["Dluhy v Trmicích"]),
    ("metodika", ["Metodika spisové služby"]),
    ("spisov", ["Metodika spisové služby"]),
    ("o'; DROP TABLE \\ :* & ! <-> ()", []),
)


async def test_czech_words_find_what_people_mean(three: ServiceUnderTest) -> None:
    assert [(q, await _titles(three, q)) for q, _ in FOUND] == list(FOUND)


async def test_a_hit_tells_its_page_and_marks_the_words(three: ServiceUnderTest) -> None:
    (hit,) = (await _asked(three, "sociálních bytech")).items
    (place,) = hit.places
    assert place.page == 2
    marked = [piece.text for piece in place.snippet.pieces if piece.is_match]
    assert marked == ["sociálních", "bytů"]
    assert not any(piece.is_match for piece in hit.title)
    assert hit.text_state is TextState.EXTRACTED
    assert [(unit.id, unit.name) for unit in hit.units] == [(OBRNICE, "Obrnice")]
    assert (hit.kind, hit.kind_name) == ("VANAL", "vstupní analýza")
    async with three.client(None, **{"Accept-Language": "en"}) as client:
        in_english = (await client.get("/search", params={"q": "sociálních bytech"})).json()
        assert [each["name"] for each in in_english["facets"]["kinds"]] == ["entry analysis"]
        assert hit.address is not None
        public = await client.get(f"/publications/{hit.address.rpartition('/publications/')[2]}")
        file = await client.get(f"/documents/{str(hit.content).rpartition('/documents/')[2]}")
    assert (public.json()["number"], file.status_code) == (hit.number, 200)


async def test_of_many_pages_those_are_shown_that_say_most(documents: ServiceUnderTest) -> None:
    await with_units(documents)
    pages = [f"Strana {number}. Obec jedná o dopravě." for number in range(70)]
    pages[3] = "Byt je prázdný."
    pages[40] = "Sociální byt má nájemníka."
    pages[60] = "Byty, byt, byt, bytem a bytu."
    pages[65] = "Obecní knihovna má čtenáře a sociální bydlení také."
    await a_text(documents, zoo.a_pdf(*pages), title="Zpráva", media_type=PDF)
    await in_the_index(documents)

    async def places(q: str) -> list[int | None]:
        (hit,) = (await _asked(documents, q)).items
        return [place.page for place in hit.places]

    assert await places("sociální byt ") == [41, 61, 4]
    assert await places("byt ") == [61, 4, 41]
    assert await places('"knihovna má čtenáře" ') == [66]
    assert await places('"knihovna má čtenáře a sociální" ') == [66]
    assert (await _asked(documents, '"čtenáře knihovna" ')).total == 0
    assert (await _asked(documents, '"sociální byt má čtenáře" ')).total == 0


async def test_facets_count_under_all_filters_but_their_own(three: ServiceUnderTest) -> None:
    found = await _asked(three, "bydlení", None, **{"filter[year]": "2024"})
    assert found.total == 2
    narrowed = await _asked(three, None, None, **{"filter[kind]": "METOD"})
    assert narrowed.total == 1
    assert {each.value: each.count for each in narrowed.facets.kinds} == {"VANAL": 1, "VYZK": 1, "METOD": 1}
    assert [(each.value, each.count) for each in narrowed.facets.years] == [(2024, 1)]
    assert {each.name: each.count for each in found.facets.units} == {"Trmice": 1, "Obrnice": 1}
    assert await _titles(three, None, None, **{"filter[area]": "DLU"}) == ["Dluhy v Trmicích"]


async def test_what_a_caller_may_not_see_is_in_no_hit_facet_or_count(documents: ServiceUnderTest) -> None:
    await with_units(documents)
    shared_id = await a_text(documents, "Veřejné znění o bytech", title="Zápis z jednání")
    await a_text(documents, "Koncept o tajemství", title="Zápis", document_id=shared_id, published=False)
    await a_text(
        documents,
        "Tajemství Trmic",
        title="Koncept",
        kind=DocumentKind.KPSS,
        units=(TRMICE,),
        published=False,
    )
    await in_the_index(documents)
    assert (await _asked(documents, "tajemství")).total == 0
    public = await _asked(documents, None)
    assert (public.total, [each.value for each in public.facets.kinds]) == (1, ["VANAL"])
    assert [item.number for item in public.items] == [1]
    assert (await _asked(documents, "bytech")).total == 1
    own = await _asked(documents, "tajemství", COORDINATOR)
    assert [(item.number, item.is_public) for item in own.items] == [(2, False)]
    assert (await _asked(documents, "bytech", COORDINATOR)).total == 0
    assert (await _asked(documents, "bytech", COORDINATOR, versions="all")).total == 1
    theirs = await _asked(documents, "tajemství", COORDINATOR_OF_TRMICE)
    assert [each.value for each in theirs.facets.kinds] == ["KPSS"]
    assert (await _asked(documents, "tajemství", CONSULTANT)).total == 2


async def test_a_title_is_found_before_the_text_and_a_dense_text_before_a_mention(
    documents: ServiceUnderTest,
) -> None:
    await with_units(documents)
    filler = "Obec jedná o rozpočtu a o dopravě v kraji. " * 30
    await a_text(documents, filler + "Bydlení.", title="Rozpočet")
    await a_text(documents, filler + "Bydlení. " * 20, title="Doprava")
    await a_text(documents, filler, title="Bydlení v obci")
    await in_the_index(documents)
    assert await _titles(documents, "bydlení") == ["Bydlení v obci", "Doprava", "Rozpočet"]


async def test_pages_of_hits_follow_one_another_without_gaps(documents: ServiceUnderTest) -> None:
    await with_units(documents)
    for number in range(7):
        await a_text(documents, f"Bydlení {number}", title=f"Zpráva {number}")
    await in_the_index(documents)
    seen: list[UUID] = []
    offset: int | None = 0
    while offset is not None:
        found = await _asked(documents, "bydlení", limit="3", offset=str(offset))
        seen += [item.document_id for item in found.items]
        offset = found.next_offset
    assert len(seen) == len(set(seen)) == found.total == 7


async def test_where_nothing_is_found_the_words_nobody_has_are_told(three: ServiceUnderTest) -> None:
    found = await _asked(three, "exekuce kosmodrom")
    assert (found.total, found.items, found.unmatched) == (0, (), ("kosmodrom",))


async def test_a_question_without_a_word_is_refused(documents: ServiceUnderTest) -> None:
    async with documents.client() as client:
        for q in (
            "a v",
            "-byt",
            '"',
            "x " * 30,
            "„ob a“ „město b“ „c město“ „město obec“ „obec kraj“ „kraj obec“ „a kraj město“",
        ):
            answer = await client.get("/search", params={"q": q})
            assert answer.status_code == 422, q
            assert answer.json()["errors"][0]["pointer"] == "query/q"


async def test_letters_of_which_nothing_is_left_without_accents_are_no_word(three: ServiceUnderTest) -> None:
    async with three.client() as client:
        for question, status in {"\uff9e": 422, '"\uff9e \ufc5e"': 422, "\u037a-\ufe70": 200}.items():
            assert (await client.get("/search", params={"q": question})).status_code == status
        alone = await client.get("/search", params={"q": "byt"})
        with_one = await client.get("/search", params={"q": "\uff9e byt"})
    assert with_one.json()["total"] == alone.json()["total"] > 0


async def test_a_question_costs_two_statements(three: ServiceUnderTest) -> None:
    with three.counted_statements() as statements:
        await _asked(three, "bydlení", limit="50")
    assert len(statements) == 2


async def test_a_document_is_found_by_its_new_facts_and_no_more_by_the_old(
    documents: ServiceUnderTest,
) -> None:
    await with_units(documents)
    first = await a_text(documents, "Starý obsah o drahách", title="Železnice")
    await in_the_index(documents)
    await a_text(documents, "Nový obsah o lodích", title="Plavba", document_id=first)
    await in_the_index(documents)
    assert await _titles(documents, "železnice") == []
    assert await _titles(documents, "drahách") == []
    assert await _titles(documents, "loď") == ["Plavba"]


async def test_a_version_that_cannot_be_indexed_holds_up_no_other(documents: ServiceUnderTest) -> None:
    await with_units(documents)
    await a_text(documents, "Starší text o drahách", title="Dráhy")
    bad = await a_text(documents, "Novější text o lodích", title="Lodě")
    refusal = f"ALTER TABLE search_entry ADD CONSTRAINT refusal CHECK (document_id <> '{bad}')"
    async with documents.transaction() as tx:
        await tx.session.execute(text(refusal))
    try:
        await in_the_index(documents)
        assert [item.document_id for item in (await _asked(documents, "text")).items] != [bad]
        assert (await _asked(documents, "text")).total == 1
    finally:
        async with documents.transaction() as tx:
            await tx.session.execute(text("ALTER TABLE search_entry DROP CONSTRAINT refusal"))
    await in_the_index(documents)
    assert (await _asked(documents, "text")).total == 2
