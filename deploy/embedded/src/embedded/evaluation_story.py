"""The steps of the entry evaluation: its report, its review, and the answer of the town."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from embedded.demo_client import NotYet, eventually, expect
from embedded.sample_report import QUESTION, RECOMMENDATION, SECTIONS
from embedded.stage import Found, Stage


@dataclass(slots=True, kw_only=True)
class Evaluation:
    """The entry evaluation that was scheduled when the plan was approved."""

    stage: Stage
    id: str = ""

    def steps(self) -> tuple[Callable[[], str], ...]:
        return (self.write_the_report, self.complete_it, self.answer_the_recommendation)

    def write_the_report(self) -> str:
        query = {"filter[plan]": self.stage.plan_id, "filter[kind]": "entry"}
        self.id = str(self.stage.items("evaluator", "evaluation/evaluations", **query)[0]["id"])
        authors = {"mode": "internal", "organisation": "Agentura", "authors": ["Obec Obrnice"]}
        self._step("evaluator", "beginning", authors)
        for section, text in SECTIONS.items():
            self._step("evaluator", f"report/sections/{section}", {"text": text}, method="PUT")
        self._step("evaluator", "report/questions", [QUESTION], method="PUT")
        due_on = f"{self.stage.now + timedelta(days=60):%Y-%m-%d}"
        proposal = {**RECOMMENDATION, "response_due_on": due_on}
        self._step("evaluator", "report/recommendations", [proposal], method="PUT")
        gaps = self.stage.read("evaluator", f"{self._path}/report")["gaps"]
        expect(isinstance(gaps, list) and gaps, "a report of the first day names no gap")
        assert isinstance(gaps, list)  # noqa: S101 - for the type checker
        return f"the evaluator writes the entry evaluation; the report itself names {len(gaps)} gaps"

    def complete_it(self) -> str:
        self._step("evaluator", "draft")
        own = self.stage.people["evaluator"].send("POST", f"{self._path}/review", {}, version=self._version)
        expect(own.status_code == 409, f"who wrote the draft could review it: {own.status_code}")
        self._step("analyst", "review", {})
        digest = str(self._step("director", "completion")["digest"])
        return f"another one reviews it, the director completes it: frozen, SHA-256 {digest[:16]}…"

    def answer_the_recommendation(self) -> str:
        query = {"filter[plan]": self.stage.plan_id}

        def issued() -> Found:
            found = self.stage.items("coordinator-obrnice", "planning/recommendations", **query)
            if not found:
                raise NotYet("planning has not heard of it")
            return found[0]

        path = f"planning/recommendations/{eventually('the recommendation', issued)['id']}"
        answer = {
            "answer": "accepted",
            "responsible": "Odbor sociálních věcí",
            "due_on": f"{self.stage.now + timedelta(days=365):%Y-%m-%d}",
        }
        self.stage.people["mayor-obrnice"].do("POST", f"{path}/answer", answer, version=1)
        self.stage.places["recommendation, answered"] = (
            f"/api/planning/recommendations?filter%5Bplan%5D={self.stage.plan_id}"
        )
        return "its recommendation comes to the plan, the mayor accepts it; everybody reads the answer"

    @property
    def _path(self) -> str:
        return f"evaluation/evaluation-register/{self.id}"

    @property
    def _version(self) -> int:
        return int(str(self.stage.read("evaluator", self._path)["version"]))

    def _step(self, person: str, step: str, body: object = None, *, method: str = "POST") -> Found:
        return self.stage.decide(person, self._path, step, body, method=method)
