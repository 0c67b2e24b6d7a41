"""HEAD: what GET would answer, without the body."""

from tests.support.service import ServiceUnderTest


async def test_head_tells_what_get_would_answer_without_the_body(planning: ServiceUnderTest) -> None:
    async with planning.client() as http:
        asked = await http.head("/plans")
        read = await http.get("/plans")

    assert asked.status_code == read.status_code == 200
    assert asked.headers["content-length"] == str(len(read.content))
    assert asked.content == b""


async def test_head_of_what_is_not_there_is_not_found(planning: ServiceUnderTest) -> None:
    async with planning.client() as http:
        assert (await http.head("/nothing")).status_code == 404
