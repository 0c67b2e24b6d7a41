"""The steps from a call to a cooperation: the second call of 2023, entered with the days of then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from embedded.demo_client import Person, expect
from embedded.identity.personas import BY_ID
from embedded.sample_intake import sample_application, sample_call, sample_description

MEMBERS = {"commissioner-mpsv": ("MPSV", "chair"), "commissioner-sms": ("SMS_CR", "member")}
POINTS = {"commissioner-mpsv": (8, 7), "commissioner-sms": (9, 6)}
CHECKED = ("complete", "eligible", "in_time", "resolution_valid", "signed")


@dataclass(slots=True, kw_only=True)
class Intake:
    """`applicants` are the units that want to cooperate; what the steps learn stands below."""

    people: Mapping[str, Person]
    now: datetime
    applicants: list[str] = field(default_factory=list)
    call_id: str = ""
    assessment_id: str = ""
    applications: dict[str, str] = field(default_factory=dict)

    def steps(self) -> tuple[Callable[[], str], ...]:
        return (
            self.announce_a_call,
            self.write_down_applications,
            self.check_them,
            self.open_the_assessment,
            self.score_blind,
            self.close_the_assessment,
            self.accept,
            self.conclude_memoranda,
            self.describe_cooperation,
            self.assign_the_consultant,
        )

    def announce_a_call(self) -> str:
        body = sample_call(code=f"KPSV21-D{self.now:%m%d%H%M%S}")
        call = self._create("administrator", "calls", body)
        self.call_id = str(call["id"])
        self._decide("director", f"calls/{self.call_id}/announcement", {"on": "2023-02-27"})
        return "the director announces a call, intake 20 March to 6 April 2023"

    def write_down_applications(self) -> str:
        for unit_id in self.applicants:
            body = {"call_id": self.call_id, "unit_id": unit_id, "content": sample_application()}
            application = self._create("consultant", "applications", body)
            self.applications[unit_id] = str(application["id"])
            receipt = {
                "received_at": "2023-04-03T10:15:00+02:00",
                "message_id": f"{1_200_000_000 + self._seconds}",
            }
            self._decide("consultant", f"applications/{application['id']}/submission", receipt)
        return f"the consultant writes down what came by data box ({len(self.applicants)}): complete, in time"

    def check_them(self) -> str:
        checklist = {item: {"is_met": True} for item in CHECKED}
        for id_ in self.applications.values():
            path = f"applications/{id_}/formal-check"
            refused = self._send("consultant", path, {"checklist": checklist, "on": "2023-04-12"})
            expect(refused == 409, f"who submitted could check: {refused}")
            self._decide("analyst", path, {"checklist": checklist, "on": "2023-04-12"})
        return "the analyst finds them formally correct; who submitted them may not (409)"

    def open_the_assessment(self) -> str:
        established = "rozhodnutí ministra č. 25/2021 ze dne 19. 10. 2021"
        body = {"established_by": established, "starts_on": "2021-10-19"}
        commission = f"commissions/{self._create('administrator', 'commissions', body)['id']}"
        seats = {**MEMBERS, "consultant": ("MMR", "secretary")}
        for person, (nominated_by, duty) in seats.items():
            seat = {
                "person": person,
                "person_name": BY_ID[person].name,
                "starts_on": "2021-10-19",
                "body": nominated_by,
                "duty": duty,
            }
            self._decide("administrator", f"{commission}/seats", seat, status=201)
        opened = {"call_id": self.call_id, "commission_id": commission.partition("/")[2], "on": "2023-04-24"}
        self.assessment_id = str(self._create("consultant", "assessments", opened)["id"])
        return "the commission gets the applications; bodies nominate, the Agency keeps the minutes"

    def score_blind(self) -> str:
        first, second = MEMBERS
        self._score(first)
        some = next(iter(self.applications.values()))
        peeked = self.people[second].ask(
            f"registry/assessments/{self.assessment_id}/applications/{some}/scores"
        )
        expect(peeked.status_code in {403, 404, 409}, f"a member could peek: {peeked.status_code}")
        self._score(second)
        seen = self.people[second].get(
            f"registry/assessments/{self.assessment_id}/applications/{some}/scores"
        )
        expect(seen.json(), "scores are not revealed when all have sealed")
        return "members declare no conflict and score blind; nobody reads a score before all have sealed"

    def close_the_assessment(self) -> str:
        path = f"assessments/{self.assessment_id}"
        self._decide("consultant", f"{path}/closure", {"on": "2023-05-04"})
        minutes = self.people["consultant"].get(f"registry/{path}/minutes").json()
        return f"the secretary closes it: ranked list and minutes, SHA-256 {minutes['digest'][:16]}…"

    def accept(self) -> str:
        for id_ in self.applications.values():
            body = {"reasons": "Komise doporučila, kapacita stačí.", "on": "2023-05-15"}
            self._decide("director", f"applications/{id_}/approval", body)
        decided = self.people["citizen"].get(
            "registry/applications/decisions", **{"filter[call]": self.call_id}
        )
        expect(len(decided.json()["items"]) == len(self.applications), "decisions are not published")
        return "the director accepts them with reasons, which everybody may read"

    def conclude_memoranda(self) -> str:
        for unit_id, application_id in self.applications.items():
            text = {"document_id": application_id, "file_name": "memorandum.pdf", "digest": "9f86d081" * 8}
            body = {"unit_id": unit_id, "application_id": application_id, "document": text}
            path = f"memoranda/{self._create('consultant', 'memoranda', body)['id']}"
            self._decide("consultant", f"{path}/approval", {"on": "2023-06-14"})
            signed = {"side": "unit", "name": "Karel Dušek", "function": "starosta", "on": "2023-06-28"}
            self._decide("consultant", f"{path}/signatures", signed)
            signed = {"side": "agency", "name": "Daniel Jelínek", "function": "ředitel", "on": "2023-06-28"}
            concluded = self._decide("director", f"{path}/signatures", signed)
            expect(concluded["status"] == "concluded", f"the memorandum is {concluded['status']}")
        return "memoranda are signed by both parties and concluded"

    def describe_cooperation(self) -> str:
        first, last = date(self.now.year, 1, 1), date(self.now.year + 4, 12, 31)
        for unit_id in self.applicants:
            begun = self._create("consultant", "cooperations", {"unit_id": unit_id, "regime": "KPSV21"})
            expect(begun["status"] == "preparation", f"the cooperation is {begun['status']}")
            text = sample_description(first, last)
            body = {"cooperation_id": begun["id"], "domain": "social-inclusion", **text}
            path = f"descriptions/{self._create('consultant', 'descriptions', body)['id']}"
            self._decide("consultant", f"{path}/proposal", {})
            consent = {"side": "unit", "name": "Karel Dušek", "function": "starosta"}
            self._decide("consultant", f"{path}/agreements", consent)
            consent = {"side": "agency", "name": "Daniel Jelínek", "function": "ředitel"}
            self._decide("director", f"{path}/agreements", consent)
            status = self._read(f"cooperations/{begun['id']}")["status"]
            expect(status == "active", f"the cooperation is {status}")
        return "descriptions of cooperation are agreed, their baseline is locked: the units cooperate"

    def assign_the_consultant(self) -> str:
        consultant = self.people["consultant"]
        for unit_id in self.applicants:
            body = {
                "unit_id": unit_id,
                "person": consultant.subject,
                "person_name": BY_ID["consultant"].name,
                "duty": "local-consultant",
                "starts_on": f"{self.now:%Y-%m-%d}",
                "over_capacity_reason": "ukázka",
            }
            self._create("administrator", "assignments", body)
        desk = consultant.get("registry/caseloads/mine", limit="200").text
        expect(all(unit_id in desk for unit_id in self.applicants), "the consultant does not see them")
        return "the administrator gives them to their local consultant, who finds them on the desk"

    @property
    def _seconds(self) -> int:
        return int(self.now.timestamp()) % 10_000_000

    def _score(self, name: str) -> None:
        path = f"registry/assessments/{self.assessment_id}"
        person = self.people[name]

        def own_sheets() -> list[dict[str, object]]:
            sheets: list[dict[str, object]] = person.get(f"{path}/worklist").json()["items"]
            return [{key: sheet[key] for key in ("application_id", "version")} for sheet in sheets]

        declared = [{**sheet, "declaration": "none"} for sheet in own_sheets()]
        person.do("POST", f"{path}/declarations", {"declarations": declared})
        marks = [
            {"criterion": criterion, "points": points, "reason": "Doloženo v přihlášce."}
            for criterion, points in zip(("K1", "K2"), POINTS[name], strict=True)
        ]
        person.do("PUT", f"{path}/scores", {"scores": [{**sheet, "marks": marks} for sheet in own_sheets()]})
        sealed = person.do("POST", f"{path}/scores/sealing", {"scores": own_sheets()}).json()["rows"]
        expect(all(row["outcome"] == "done" for row in sealed), f"not sealed: {sealed}")

    def _read(self, path: str) -> dict[str, object]:
        found: dict[str, object] = self.people["consultant"].get(f"registry/{path}").json()
        return found

    def _create(self, person: str, path: str, body: Mapping[str, object]) -> dict[str, object]:
        made: dict[str, object] = self.people[person].do("POST", f"registry/{path}", body, status=201).json()
        return made

    def _version(self, path: str) -> int:
        return int(str(self._read("/".join(path.split("/")[:2]))["version"]))

    def _send(self, person: str, path: str, body: Mapping[str, object]) -> int:
        return (
            self.people[person]
            .send("POST", f"registry/{path}", body, version=self._version(path))
            .status_code
        )

    def _decide(
        self, person: str, path: str, body: Mapping[str, object], *, status: int = 200
    ) -> dict[str, object]:
        version = self._version(path)
        done = self.people[person].do("POST", f"registry/{path}", body, version=version, status=status)
        decided: dict[str, object] = done.json()
        return decided
