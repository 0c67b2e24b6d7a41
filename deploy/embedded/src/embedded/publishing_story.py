"""The steps from a finished report to the public: released by two, on the board, found, counted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from embedded.demo_client import NotYet, eventually, expect
from embedded.identity.personas import OBRNICE
from embedded.sample_report import sample_project
from embedded.stage import Found, Stage

BOARD = {
    "code": "obrnice",
    "unit_id": str(OBRNICE),
    "title": "Úřední deska obce Obrnice",
    "operator": "Obec Obrnice",
    "operator_ico": "00266086",
}
WORDS = "sociálních bytech"
SLOW_SECONDS = 90
"""Papers are made, texts read and indexed by the clock of the worker, each within some seconds."""


@dataclass(slots=True, kw_only=True)
class Publishing:
    """`outputs` are those of the project, by code."""

    stage: Stage
    project: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    request: str = ""

    def steps(self) -> tuple[Callable[[], str], ...]:
        return (
            self.enter_the_project,
            self.ask_for_release,
            self.release,
            self.hang_it_on_the_board,
            self.count_the_outputs,
            self.find_it,
        )

    def enter_the_project(self) -> str:
        number = f"CZ.03.02.02/00/22_004/{int(self.stage.now.timestamp()) % 10_000_000:07d}"
        first, last = date(self.stage.now.year, 1, 1), date(self.stage.now.year + 2, 12, 31)
        entered = self.stage.create("analyst", "evaluation/projects", sample_project(number, first, last))
        self.project = f"evaluation/projects/{entered['id']}"
        activities = self.stage.read("analyst", self.project)["key_activities"]
        assert isinstance(activities, list)  # noqa: S101 - for the type checker
        self.outputs = {each["code"]: each["id"] for activity in activities for each in activity["outputs"]}
        return "the analyst enters the project that pays for it: 6 documents are promised"

    def ask_for_release(self) -> str:
        def drafted() -> Found:
            query = {"filter[unit]": self.stage.unit_id, "filter[kind]": "EVAL"}
            found = self.stage.items("evaluator", "documents/documents", **query)
            if not found:
                raise NotYet("the report has no paper")
            return found[0]

        report = eventually("the paper of the report", drafted, seconds=SLOW_SECONDS)
        self.stage.report_id = str(report["id"])
        units = report["units"]
        assert isinstance(units, list)  # noqa: S101 - for the type checker
        said = {
            **{name: report[name] for name in ("title", "kind", "author", "output_kind")},
            "unit_ids": [each["id"] for each in units],
            "plan_id": self.stage.plan_id,
            "holds_personal_data": False,
            "accessibility": "verified",
        }
        self.stage.decide("evaluator", self._report, "description", said, method="PUT")
        asked = self.stage.decide("evaluator", self._report, "release-requests", {"number": 1}, status=201)
        self.request = f"documents/release-requests/{asked['id']}"
        return "its paper is there, PDF and DOCX; the evaluator asks for its release"

    def release(self) -> str:
        def checked() -> Found:
            found = self.stage.read("director", self.request)
            if found["state"] == "checking":
                raise NotYet("its text is being read")
            return found

        request = eventually("the check for personal data", checked, seconds=SLOW_SECONDS)
        expect(
            request["found"] == [], f"something in the report looks like personal data: {request['found']}"
        )
        own = self.stage.people["evaluator"].send("POST", f"{self.request}/release", version=2)
        expect(own.status_code in {403, 409}, f"who asked could release: {own.status_code}")
        self.stage.decide("director", self.request, "release")
        self.stage.places["evaluation report"] = f"/api/documents/publications/{self.stage.report_id}"
        return "its text was searched for personal data, nothing is found: the director releases it"

    def hang_it_on_the_board(self) -> str:
        board = self._board()
        posting = {"document_id": self.stage.report_id, "number": 1}
        self.stage.create("coordinator-obrnice", f"documents/boards/{board}/postings", posting)
        hanging = f"documents/boards/{BOARD['code']}/board.jsonld"
        shown = self.stage.people["citizen"].get(hanging).text
        feed = self.stage.people["citizen"].get("documents/feeds/documents.rss").text
        for place in (shown, feed):
            expect(self.stage.report_id in place, "the report is not where the public looks")
        self.stage.places["official board"] = f"/api/{hanging}"
        self.stage.places["feed of publications"] = "/api/documents/feeds/documents.rss"
        return "it hangs on the official board of Obrnice, and readers of the feed have it"

    def count_the_outputs(self) -> str:
        query = {"filter[plan]": self.stage.plan_id, "filter[kind]": "PLAN"}
        plan = str(self.stage.items("citizen", "documents/documents", **query)[0]["id"])
        wanted = (
            (plan, "KA01-1", "Zastupitelstvo obce Obrnice"),
            (self.stage.report_id, "KA02-1", "Ředitel"),
        )
        for document, output, body in wanted:
            self._assign(document, output, body)
        outputs = self.stage.read("citizen", f"{self.project}/progress")["outputs"]
        assert isinstance(outputs, dict)  # noqa: S101 - for the type checker
        expect(outputs["actual"] == 2, f"the project counts {outputs}")
        self.stage.places["outputs of the project"] = f"/api/{self.project}/progress"
        return f"the project counts plan and report: {outputs['actual']} of {outputs['target']} documents"

    def find_it(self) -> str:
        def hits() -> list[Found]:
            query = {"q": WORDS, "filter[unit]": self.stage.unit_id}
            found = self.stage.items("citizen", "documents/search", **query)
            if self.stage.report_id not in {str(each["document_id"]) for each in found}:
                raise NotYet("the report is not indexed")
            return found

        found = eventually("the report among the hits", hits, seconds=SLOW_SECONDS)
        self.stage.places["what is found"] = f"/api/documents/search?q={quote(WORDS)}"
        return f"a citizen searches “{WORDS}”; found: {len(found)}, the report among them"

    @property
    def _report(self) -> str:
        return f"documents/documents/{self.stage.report_id}"

    def _board(self) -> str:
        boards = self.stage.items("citizen", "documents/boards")
        known = [str(each["id"]) for each in boards if each["code"] == BOARD["code"]]
        return known[0] if known else str(self.stage.create("administrator", "documents/boards", BOARD)["id"])

    def _assign(self, document: str, output: str, approved_by: str) -> None:
        """Ask until the ledger has heard of the publication, which comes by an event."""
        body = {
            "document_id": document,
            "output_id": self.outputs[output],
            "approved_by": approved_by,
            "approved_on": self.stage.today,
        }

        def assigned() -> None:
            answer = self.stage.people["analyst"].send("POST", f"{self.project}/documents", body)
            if answer.status_code in {404, 409}:
                raise NotYet(answer.text[:200])
            expect(answer.status_code == 201, f"not assigned: {answer.status_code} {answer.text[:500]}")

        eventually("the publication in the ledger", assigned)
