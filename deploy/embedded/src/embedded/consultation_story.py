"""The steps in which the public speaks: a draft put before it, comments, their settlement."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from embedded.demo_client import NotYet, eventually, expect
from embedded.stage import Found, Stage

WINDOW_SECONDS = 4
"""In earnest three weeks: comments of the story come within it, the council's word after it."""


@dataclass(slots=True, kw_only=True)
class Consultation:
    """One consultation of the draft."""

    stage: Stage
    id: str = ""
    receipt: str = ""

    def steps(self) -> tuple[Callable[[], str], ...]:
        return (self.ask_the_public, self.settle, self.approve_the_settlement, self.publish_the_settlement)

    def ask_the_public(self) -> str:
        now = datetime.now(self.stage.now.tzinfo)
        body = {
            "plan_id": self.stage.plan_id,
            "title": f"Připomínky k návrhu plánu sociálního začleňování {now.year}–{now.year + 4}",
            "opens_at": (now - timedelta(days=21)).isoformat(),
            "closes_at": (now + timedelta(seconds=WINDOW_SECONDS)).isoformat(),
            "contact": "Odbor sociálních věcí, Mírová 70, Obrnice",
        }
        made = self.stage.create("coordinator-obrnice", "planning/consultations", body)
        self.id = str(made["id"])
        self.stage.decide("coordinator-obrnice", self._path, "opening")
        self._comment()
        self._subscribe()
        return "the draft is put before the public; 3 comments: from a phone, of a provider, by post"

    def settle(self) -> str:
        coordinator, plan = "coordinator-obrnice", f"planning/plans/{self.stage.plan_id}"
        version = int(str(self.stage.read(coordinator, plan)["version"]))
        change = {"values": {"owner": "Odbor správy majetku obce"}, "plan_version": version}
        decided: list[Found] = [
            {"result": "accepted", "change": change},
            {"result": "rejected", "justification": "Poradnu už v obci provozuje charita."},
            {"result": "noted", "justification": "Děkujeme."},
        ]
        for number, disposition in enumerate(decided, 1):
            body = {**disposition, "settled_on": self.stage.today}
            path = f"{self._path}/comments/{number}/disposition"
            self.stage.people[coordinator].do("PUT", path, body, version=0)
        return "the coordinator settles them; the accepted one changes its measure in the same step"

    def approve_the_settlement(self) -> str:
        def closed() -> None:
            status = self.stage.read("citizen", self._path)["status"]
            if status != "closed":
                raise NotYet(f"the consultation is {status}")

        eventually("the end of the window", closed)
        body = {"body": "Manažerský tým", "approved_on": self.stage.today}
        self.stage.decide("mayor-obrnice", self._path, "settlement", body)
        return "the window closes, the mayor notes that the management team approved the settlement"

    def publish_the_settlement(self) -> str:
        coordinator = self.stage.people["coordinator-obrnice"]
        texts = f"{self._path}/comments/2/release"
        found = coordinator.get(texts).json()["texts"]["text"]
        expect(found["found"], "no rule found the telephone in a comment")
        coordinator.do("PUT", texts, {"text": found["suggested"]}, version=0)
        self.stage.decide("coordinator-obrnice", self._path, "releases", {"numbers": [1, 3]})
        self.stage.decide("mayor-obrnice", self._path, "publication")
        published = self.stage.read("citizen", f"{self._path}/publication")
        expect("777 123" not in str(published), "a telephone was published")
        expect(self._own_comment()["number"] == 1, "the receipt shows another comment")
        self.stage.places["comments and answers"] = f"/api/{self._path}/publication"
        return "a telephone in a comment is blackened, the mayor publishes; the receipt shows each its answer"

    @property
    def _path(self) -> str:
        return f"planning/consultations/{self.id}"

    def _comment(self) -> None:
        citizen, comments = self.stage.people["citizen"], f"{self._path}/comments"
        sent = citizen.do("POST", comments, self._of_a_citizen(), status=201).json()
        self.receipt = str(sent["receipt"])
        of_a_provider = {
            "text": "V obci chybí dluhová poradna. Zavolejte mi na 777 123 456.",
            "submitter_kind": "ngo",
        }
        citizen.do("POST", comments, of_a_provider, status=201)
        by_post = {
            "text": "Plán vítáme a nabízíme součinnost.",
            "submitter_kind": "municipality",
            "channel": "post",
            "delivered_at": (datetime.now(self.stage.now.tzinfo) - timedelta(days=5)).isoformat(),
        }
        self.stage.create("coordinator-obrnice", f"{self._path}/entries", by_post)

    def _own_comment(self) -> Found:
        address = f"{self.stage.base}/api/{self._path}/comments/1"
        answer = self.stage.people["citizen"].http.get(address, headers={"Comment-Receipt": self.receipt})
        expect(answer.status_code == 200, f"the receipt shows nothing: {answer.status_code}")
        found: Found = answer.json()
        return found

    def _of_a_citizen(self) -> dict[str, object]:
        plan = self.stage.people["consultant"].get(f"planning/plans/{self.stage.plan_id}").json()
        measure = plan["problems"][0]["goals"][0]["measures"][0]
        text = "U sociálních bytů chybí, kdo je bude po opravě spravovat."
        return {"text": text, "node_id": measure["id"], "reasons": "Po minulé opravě to nikdo nevěděl."}

    def _subscribe(self) -> None:
        """Ask for the newsletter beside the comment; the letter with the link takes a moment."""
        body = {"address": self.stage.citizens_address, "consent": True, "form": "stránka připomínek"}
        self.stage.people["citizen"].do("POST", "documents/newsletter/subscriptions", body, status=202)
