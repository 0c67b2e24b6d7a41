"""The last steps: the acts of the story in the signed public record, and the newsletter that tells of it."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from embedded.demo_client import NotYet, eventually, expect
from embedded.sample_report import sample_issue
from embedded.stage import Found, Stage

SLOW_SECONDS = 90
_KEY = re.compile(r"confirmation\?key=([A-Za-z0-9_-]+)")


@dataclass(slots=True, kw_only=True)
class Record:
    """`issue` is the address of the newsletter's issue."""

    stage: Stage
    issue: str = ""

    def steps(self) -> tuple[Callable[[], str], ...]:
        return (
            self.find_the_acts,
            self.verify_the_record,
            self.write_the_newsletter,
            self.read_the_newsletter,
        )

    def find_the_acts(self) -> str:
        query = {"filter[subject]": self.stage.plan_id}

        def entered() -> str:
            found = self.stage.items("citizen", "documents/record/acts", **query)
            if not found:
                raise NotYet("the approval is not entered")
            return str(found[0]["digest"])

        digest = eventually("the approval in the record", entered, seconds=SLOW_SECONDS)
        acts = self.stage.read("citizen", "documents/record")["acts"]
        self.stage.places["record of official acts"] = "/api/documents/record/acts"
        return f"the public record holds {acts} acts, the approval among them: SHA-256 {digest[:16]}…"

    def verify_the_record(self) -> str:
        struck = self._midnight()
        if struck is None:
            return "what was entered today is signed after midnight"
        with TemporaryDirectory() as name:
            self._download(Path(name))
            trusted = ("--fingerprint", str(struck["fingerprint"]))
            command = [sys.executable, "verify.pyz", ".", "--language", "en", *trusted]
            checked = subprocess.run(command, cwd=name, capture_output=True, text=True, check=False)
        expect(checked.returncode == 0, f"the verifier says: {checked.stdout}{checked.stderr}")
        self.stage.places["days that are signed"] = "/api/documents/record/bundles"
        verdict = checked.stdout.partition(":")[0]
        signed = "today is signed as at midnight" if struck["signed"] else "today was signed before"
        return f"{signed}; a citizen checks all signed days offline: {verdict}"

    def write_the_newsletter(self) -> str:
        issues = "documents/newsletter-issues"
        made = self.stage.create("consultant", issues, sample_issue(self.stage.report_id))
        self.issue = f"{issues}/{made['id']}"
        self.stage.decide("consultant", self.issue, "submission")
        confirmed = self._confirm()
        self.stage.decide("director", self.issue, "approval", {})
        readers = "those who confirmed by the link in their letter" if confirmed else "nobody yet"
        return f"the consultant writes a newsletter, the director lets it out; readers: {readers}"

    def read_the_newsletter(self) -> str:
        if self._letters() is None:
            return "there is no mail server: its letters wait"

        def came() -> str:
            found = self._letters() or []
            if len(found) < 2:
                raise NotYet("the letter has not come")
            return str(found[0]["subject"])

        subject = eventually("the newsletter", came, seconds=SLOW_SECONDS)
        expect(self.stage.items("citizen", "documents/newsletter/archive"), "the archive is empty")
        self.stage.places["letters that came"] = "/mail"
        return f"the citizen gets it once: “{subject}”"

    def _midnight(self) -> Found | None:
        """Return None where midnight comes by itself: what is fetched from elsewhere is not run here."""
        if urlsplit(self.stage.base).hostname not in {"127.0.0.1", "localhost"}:
            return None
        answer = self.stage.people["citizen"].http.post(f"{self.stage.base}/midnight")
        if answer.status_code == 404:
            return None
        expect(answer.status_code == 200, f"midnight: {answer.status_code} {answer.text[:300]}")
        found: Found = answer.json()
        return found

    def _download(self, folder: Path) -> None:
        """Fetch what the verifier needs, as the recipe says."""
        citizen, record = self.stage.people["citizen"], "documents/record"
        (folder / "verify.pyz").write_bytes(citizen.get(f"{record}/verifier").content)
        (folder / "keys.json").write_bytes(citizen.get(f"{record}/keys").content)
        for day in self.stage.items("citizen", f"{record}/bundles", limit="200"):
            number = int(str(day["number"]))
            content = citizen.get(f"{record}/bundles/{number}/content").content
            (folder / f"{number:06d}.ndjson").write_bytes(content)

    def _confirm(self) -> bool:
        """Follow the link of the letter; returns False where no mailbox shows letters."""
        if self._letters() is None:
            return False

        def key() -> str:
            found = [_KEY.search(str(letter["text"])) for letter in self._letters() or []]
            keys = [match[1] for match in found if match]
            if not keys:
                raise NotYet("the letter has not come")
            return keys[0]

        asked = eventually("the letter with the link", key, seconds=SLOW_SECONDS)
        citizen = self.stage.people["citizen"]
        citizen.do("POST", f"documents/newsletter/confirmation?key={asked}")
        return True

    def _letters(self) -> list[Found] | None:
        """Return the citizen's letters, the newest first; None where nobody shows any."""
        query = {"to": self.stage.citizens_address}
        answer = self.stage.people["citizen"].http.get(f"{self.stage.base}/mail.json", params=query)
        found: list[Found] | None = answer.json() if answer.status_code == 200 else None
        return found
