"""A plan goes out as a file, is worked on, checked, and taken over as one change."""

import asyncio
import json
from decimal import Decimal

import pytest

from planning.reading import read_workbook
from tests.support.hostile import assert_problem
from tests.support.plan_content import a_tree_with_parts
from tests.support.plan_files import check, saved_elsewhere, take_over, taken_out
from tests.support.planning import PlanUnderWay, a_draft, an_approved_plan
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR, COORDINATOR_OF_TRMICE, MAYOR


async def a_written_draft(planning: ServiceUnderTest) -> PlanUnderWay:
    plan = await a_draft(planning)
    assert (await plan.write_tree(a_tree_with_parts())).status_code == 200
    return plan


async def test_every_form_comes_back_unchanged_and_leaves_the_version(planning: ServiceUnderTest) -> None:
    plan = await a_written_draft(planning)
    for query in ("", "?language=en", "?format=csv", "?format=csv&delimiter=comma", "?format=json"):
        answer = await taken_out(plan, query)
        assert answer.status_code == 200, answer.text
        assert answer.headers["etag"] == plan.etag
        checked = await check(plan, answer.content)
        assert checked.status_code == 200, checked.text
        assert (checked.json()["unchanged"], checked.json()["problems"]) == (True, [])
        done = await take_over(plan, answer.content, checked=checked.json()["file_digest"])
        assert (done.status_code, done.headers["etag"]) == (200, answer.headers["etag"])


async def test_a_changed_workbook_is_checked_then_taken_over_as_one_change(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_written_draft(planning)
    sheets = await read_workbook((await taken_out(plan)).content)
    sheets["Opatření"][1][4] = "=Nový název"
    sheets["Rizika"].append([None, None, None, "Další riziko", Decimal(2), Decimal(5)])
    content = saved_elsewhere(sheets, as_text=False)
    before = (await plan.get()).json()
    checked = (await check(plan, content)).json()
    assert (await plan.get()).json() == before
    assert [each["title"] for each in checked["difference"]["added"]] == ["Další riziko"]
    assert checked["missing"] == []
    assert "„=Nový název“" in json.dumps(checked["sentences"], ensure_ascii=False)
    other = await take_over(plan, content, checked="0" * 64)
    assert_problem(other, 409, code="checked-another-file")
    first, second = await asyncio.gather(take_over(plan, content, etag=plan.etag), take_over(plan, content))
    assert sorted([first.status_code, second.status_code]) == [200, 412]
    after = (await plan.get()).json()
    assert after["problems"][0]["goals"][0]["measures"][0]["title"] == "=Nový název"
    assert after["version"] == before["version"] + 1
    assert after["problems"][0]["id"] == before["problems"][0]["id"]


async def test_a_stale_file_and_one_of_another_plan_are_told_apart(planning: ServiceUnderTest) -> None:
    plan, other = await a_written_draft(planning), await a_written_draft(planning)
    taken = (await taken_out(plan)).content
    assert_problem(await check(other, taken), 422, code="workbook-of-another-plan")
    await plan.write_tree(a_tree_with_parts())
    stale = await check(plan, taken)
    assert_problem(stale, 409, code="workbook-outdated")
    assert "verze 2; plán je nyní v revizi 1, verze 3" in stale.json()["title"]


async def test_nothing_is_written_while_any_cell_is_wrong(planning: ServiceUnderTest) -> None:
    plan = await a_written_draft(planning)
    sheets = await read_workbook((await taken_out(plan)).content)
    sheets["Opatření"][1][4] = "Změna"
    sheets["Cíle"][1][6] = "jindy"
    content = saved_elsewhere(sheets, as_text=True)
    told = (await check(plan, content)).json()
    assert [(each["sheet"], each["cell"], each["code"]) for each in told["problems"]] == [
        ("Cíle", "G2", "day-expected")
    ]
    assert told["difference"] is None
    refused = await take_over(plan, content)
    assert_problem(refused, 422, code="workbook-has-problems")
    assert refused.json()["errors"][0]["pointer"] == "/Cíle/G2"
    assert "Změna" not in json.dumps((await plan.get()).json(), ensure_ascii=False)


async def test_what_is_wrong_is_told_sheet_by_sheet_and_row_by_row(planning: ServiceUnderTest) -> None:
    plan = await a_written_draft(planning)
    sheets = await read_workbook((await taken_out(plan)).content)
    assert sheets["Plán"][6][1] == "1.\xa01.\xa02026"
    sheets["Cíle"].append(["", "", "9", "2", "Cíl odnikud", "", ""])
    sheets["Problémy"][1][9] = "asi sto"
    sheets["Problémy"][1][2] = "první"
    found = (await check(plan, saved_elsewhere(sheets, as_text=True))).json()["problems"]
    places = [(each["sheet"], each["cell"]) for each in found]
    assert places == [("Problémy", "C2"), ("Problémy", "J2"), ("Cíle", f"C{len(sheets['Cíle'])}")]


@pytest.mark.parametrize(
    ("content", "czech"),
    [
        (b" ", "Soubor není platný: je prázdný."),
        (b"a;b\0\n", "Soubor není platný: není to text (obsahuje znak NUL)."),
        (b"PK\x03\x04x", "Soubor není platný sešit XLSX, nebo je poškozený (není to archiv ZIP)."),
    ],
)
async def test_a_file_that_is_none_is_refused_in_words(
    planning: ServiceUnderTest, content: bytes, czech: str
) -> None:
    plan = await a_written_draft(planning)
    assert (await check(plan, content)).json()["title"] == czech


async def test_files_that_are_none_are_refused(planning: ServiceUnderTest) -> None:
    plan = await a_written_draft(planning)
    taken = json.loads((await taken_out(plan, "?format=json")).content)
    stranger = {**taken, "problems": [{**taken["problems"][0], "id": taken["plan_id"]}]}
    found = (await check(plan, json.dumps(stranger).encode())).json()["problems"]
    assert [(each["pointer"], each["code"]) for each in found] == [("/problems/0/id", "id-unknown")]
    deep = b'{"schema":"pospolu.plan-content/1","problems":' + b"[" * 100_000
    for content, code in (
        (b" ", "content-malformed"),
        (b"{", "content-malformed"),
        (deep, "content-malformed"),
        (b"a;b\r\n1;2\r\n", "workbook-without-origin"),
        (b"PK\x03\x04nothing", "workbook-not-readable"),
        (b"\xff\x00\xfe", "content-malformed"),
    ):
        assert_problem(await check(plan, content), 422, code=code)
    assert (await check(plan, b"x" * (4 * 2**20 + 1))).status_code == 413


async def test_who_may_take_out_what(planning: ServiceUnderTest) -> None:
    draft = await a_written_draft(planning)
    assert (await taken_out(draft, actor=None)).status_code == 404
    assert (await taken_out(draft, actor=COORDINATOR_OF_TRMICE)).status_code == 404
    plan = await an_approved_plan(planning, tree=a_tree_with_parts())
    frozen = await taken_out(plan, "?format=json&of=1", actor=None)
    now = await taken_out(plan, "?format=json", actor=None)
    assert frozen.json()["problems"] == now.json()["problems"]
    assert_problem(await taken_out(plan, "?of=2"), 404, code="revision-unknown")
    assert_problem(await taken_out(plan, "?of=draft"), 404, code="draft-unknown")
    assert_problem(await check(plan, now.content), 409, code="plan-not-editable")
    assert (await check(plan, now.content, actor=MAYOR)).status_code == 403
    assert (await check(plan, now.content, actor=COORDINATOR_OF_TRMICE)).status_code == 403
    await plan.post("revisions", COORDINATOR, reason="Další rok")
    assert (await taken_out(plan, "?format=json&of=draft", actor=None)).status_code == 404
    drafted = await taken_out(plan, "?format=json")
    assert drafted.json()["revision"] == 2
    assert (await check(plan, drafted.content)).json()["unchanged"] is True
    assert_problem(await check(plan, frozen.content), 409, code="workbook-outdated")
