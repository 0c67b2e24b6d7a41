"""The steps of the story: each does one thing, checks it and returns the sentence that tells it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from embedded.consultation_story import Consultation
from embedded.demo_client import NotYet, eventually, expect
from embedded.evaluation_story import Evaluation
from embedded.identity.personas import OBRNICE
from embedded.intake_story import Intake
from embedded.publishing_story import Publishing
from embedded.record_story import Record
from embedded.sample_intake import some_ico
from embedded.sample_plan import Json, indicators_of, sample_plan
from embedded.stage import Stage

GOALS, MEASURES, INDICATORS, YEARS = 6, 20, 60, 5
PERIODS_A_YEAR = {"monthly": 12, "quarterly": 4, "half-yearly": 2, "yearly": 1}


@dataclass(slots=True, kw_only=True)
class Story(Stage):
    """From a call to the newsletter; each chapter is told by a module of its own."""

    obligations: int = 0
    content: dict[str, Json] = field(default_factory=dict)
    intake: Intake = field(init=False)

    def __post_init__(self) -> None:
        self.intake = Intake(people=self.people, now=self.now)

    def steps(self) -> tuple[Callable[[], str], ...]:
        return (
            *self._drafting(),
            *Consultation(stage=self).steps(),
            *self._approval(),
            *Evaluation(stage=self).steps(),
            *Publishing(stage=self).steps(),
            *Record(stage=self).steps(),
        )

    def backbone(self) -> tuple[Callable[[], str], ...]:
        """Return the steps of one plan from the call to its first value, and nothing beside them."""
        return (*self._drafting(), *self._approval())

    def _drafting(self) -> tuple[Callable[[], str], ...]:
        return (
            self.register_a_unit,
            self.find_applicants,
            *self.intake.steps(),
            self.draft_the_plan,
            self.write_the_tree,
            self.others_do_not_see_the_draft,
        )

    def _approval(self) -> tuple[Callable[[], str], ...]:
        return (
            self.submit,
            self.return_it,
            self.change_and_resubmit,
            self.approve,
            self.monitoring_appears,
            self.evaluations_appear,
            self.implementation_starts,
            self.document_appears,
            self.deliverable_is_counted,
            self.report_and_approve_a_value,
        )

    @property
    def _first_day(self) -> date:
        return date(self.now.year, 1, 1)

    def register_a_unit(self) -> str:
        name = f"Mikroregion Obrnicko {self.now:%d. %m. %Y %H:%M:%S}"
        ico = some_ico(int(self.now.timestamp()))
        body = {"kind": "municipality-association", "code": ico, "name": name, "valid_from": "2020-01-01"}
        unit = self.people["administrator"].do("POST", "registry/units", body, status=201).json()
        self.unit_id = unit["id"]
        return f"the administrator registers a unit: {name}"

    def find_applicants(self) -> str:
        running = self.people["consultant"].get(
            "registry/cooperations", **{"filter[unit]": str(OBRNICE), "filter[status]": "active"}
        )
        wanted = [self.unit_id, *([] if running.json()["items"] else [str(OBRNICE)])]
        self.intake.applicants.extend(wanted)
        return f"units that do not cooperate with the Agency yet: {len(wanted)}"

    def draft_the_plan(self) -> str:
        self.content = sample_plan(
            goals=GOALS, measures=MEASURES, indicators=INDICATORS, valid_from=self._first_day, years=YEARS
        )
        head = {name: value for name, value in self.content.items() if name != "problems"}
        body = {**head, "unit_ids": [self.unit_id, str(OBRNICE)]}

        def drafted() -> dict[str, object]:
            answer = self.people["consultant"].send("POST", "planning/plans", body)
            if "unit-not-cooperating" in answer.text:
                raise NotYet("planning has not heard of the cooperation")
            expect(
                answer.status_code == 201,
                f"the plan was not drafted: {answer.status_code} {answer.text[:500]}",
            )
            found: dict[str, object] = answer.json()
            return found

        plan = eventually("the copy of the unit in planning", drafted)
        self.plan_id = str(plan["id"])
        return f"the consultant drafts a plan of two units for {YEARS} years"

    def write_the_tree(self) -> str:
        self._decide("coordinator-obrnice", "PUT", "tree", {"problems": self.content["problems"]})
        missing = self._plan("coordinator-obrnice", "/completeness")["missing"]
        expect(missing == [], f"the plan is incomplete: {missing}")
        return f"the coordinator writes {GOALS} goals, {MEASURES} measures, {INDICATORS} indicators: complete"

    def others_do_not_see_the_draft(self) -> str:
        for name in ("coordinator-trmice", "citizen"):
            status = self.people[name].ask(f"planning/plans/{self.plan_id}").status_code
            expect(status == 404, f"{name} got {status} for a draft of another town")
        return "another town's coordinator and a citizen do not see the draft (404)"

    def submit(self) -> str:
        self._decide("coordinator-obrnice", "POST", "submission")
        return "the coordinator submits it"

    def return_it(self) -> str:
        self._decide("mayor-obrnice", "POST", "return", {"reason": "Doplňte vizi o dostupnost lékařů."})
        return "the mayor returns it with a reason"

    def change_and_resubmit(self) -> str:
        vision = f"{self.content['vision']} Obec, ve které má každý svého lékaře."
        self._decide("coordinator-obrnice", "PATCH", "", {"vision": vision})
        self._decide("coordinator-obrnice", "POST", "submission")
        return "the coordinator changes the vision and resubmits it"

    def approve(self) -> str:
        body = {
            "body": "Zastupitelstvo obce Obrnice",
            "approved_on": f"{self.now:%Y-%m-%d}",
            "resolution_number": f"12/{self.now:%Y}",
        }
        for person, unit in (("mayor-obrnice", str(OBRNICE)), ("consultant", self.unit_id)):
            self._decide(person, "POST", "approval", {**body, "unit_id": unit})
        return "the councils of both units approve it"

    def monitoring_appears(self) -> str:
        def progress() -> dict[str, object]:
            answer = self.people["consultant"].ask(f"evaluation/monitoring/{self.plan_id}")
            if answer.status_code == 404:
                raise NotYet("no monitoring")
            expect(answer.status_code == 200, f"monitoring: {answer.status_code} {answer.text[:500]}")
            found: dict[str, object] = answer.json()
            return found

        found = eventually("the monitoring", progress)
        indicators, obligations = found["indicators"], found["obligations"]
        expect(
            isinstance(indicators, list) and len(indicators) == INDICATORS, "an indicator is not monitored"
        )
        kinds = Counter(str(each["periodicity"]) for each in indicators_of(self.content["problems"]))
        wanted = sum(PERIODS_A_YEAR[kind] * YEARS * number for kind, number in kinds.items())
        expect(obligations == {**_nothing(obligations), "open": wanted}, f"not {wanted} open: {obligations}")
        self.obligations = wanted
        return f"monitoring stands by itself: {wanted} values to collect, each with owner and day"

    def evaluations_appear(self) -> str:
        def scheduled() -> list[str]:
            answer = self.people["evaluator"].get("evaluation/evaluations", **{"filter[plan]": self.plan_id})
            kinds = [each["kind"] for each in answer.json()["items"]]
            if not kinds:
                raise NotYet("no evaluations")
            return kinds

        kinds = eventually("the evaluations", scheduled)
        expect(sorted(kinds) == ["entry", "final", "mid-term"], f"evaluations are {kinds}")
        return f"evaluations are scheduled: {', '.join(kinds)}"

    def implementation_starts(self) -> str:
        def status() -> None:
            if (found := self._plan("citizen")["status"]) != "in-implementation":
                raise NotYet(f"the plan is {found}")

        eventually("the implementation", status)
        return "the plan is in implementation, and everybody may read it"

    def document_appears(self) -> str:
        citizen = self.people["citizen"]

        def published() -> dict[str, object]:
            query = {"filter[plan]": self.plan_id, "filter[kind]": "PLAN"}
            items = citizen.get("documents/documents", **query).json()["items"]
            if not items:
                raise NotYet("no document")
            found: dict[str, object] = items[0]
            return found

        document = eventually("the document", published)
        latest = document["latest_version"]
        expect(isinstance(latest, dict), "the document has no version")
        assert isinstance(latest, dict)  # noqa: S101 - for the type checker
        revision = citizen.get(f"planning/plans/{self.plan_id}/revisions/1").content
        expect(latest["source_digest"] == sha256(revision).hexdigest(), "the PDF is of another wording")
        pdf = citizen.get(f"documents/documents/{document['id']}/versions/{latest['number']}/content").content
        expect(pdf.startswith(b"%PDF-"), "the document is no PDF")
        expect(latest["digest"] == sha256(pdf).hexdigest(), "the PDF has another digest than its record")
        self.places["approved plan"] = f"/api/documents/publications/{document['id']}"
        self.places["the same in plain language"] = f"/api/planning/plans/{self.plan_id}/summary"
        return f"a citizen fetches the PDF: {len(pdf) // 1024} kB, SHA-256 {latest['digest'][:16]}… agrees"

    def deliverable_is_counted(self) -> str:
        def counted() -> None:
            query = {"filter[plan]": self.plan_id}
            if not self.people["citizen"].get("evaluation/deliverables", **query).json()["items"]:
                raise NotYet("not counted")

        eventually("the deliverable", counted)
        return "the ledger of deliverables counts it"

    def report_and_approve_a_value(self) -> str:
        query = {"filter[plan]": self.plan_id, "filter[status]": "open", "limit": "1"}
        listed = self.people["coordinator-obrnice"].get("evaluation/obligations", **query).json()["items"][0]
        path = f"evaluation/obligations/{listed['id']}"
        body = {"value": "17.5", "measured_on": f"{self.now:%Y-%m-%d}", "source": "Městský úřad"}
        reported = self.people["coordinator-obrnice"].do(
            "POST", f"{path}/report", body, version=listed["version"]
        )
        version = reported.json()["version"]
        self.people["evaluator"].do("POST", f"{path}/approval", version=version)
        found = self.people["consultant"].get(f"evaluation/monitoring/{self.plan_id}").json()
        values = {each["indicator_id"]: each["value"] for each in found["indicators"]}
        expect(values[listed["indicator_id"]] == "17.5", "the approved value is not in the monitoring")
        return f"the coordinator reports 17.5 for {listed['period']}, the evaluator approves it"

    def _plan(self, person: str, rest: str = "") -> dict[str, object]:
        found: dict[str, object] = self.people[person].get(f"planning/plans/{self.plan_id}{rest}").json()
        return found

    def _decide(self, person: str, method: str, step: str, body: object = None) -> None:
        self.decide(person, f"planning/plans/{self.plan_id}", step, body, method=method)


def _nothing(obligations: object) -> dict[str, int]:
    return dict.fromkeys(obligations, 0) if isinstance(obligations, dict) else {}
