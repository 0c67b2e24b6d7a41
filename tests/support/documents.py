"""Builders for the documents service: snapshots as planning freezes them, events as it tells them."""

import json
from datetime import date
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TypeAlias
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import TypeAdapter

from shared.contracts.planning import PlanApproved, PlanKind
from shared.contracts.registry import UnitKind, UnitRegistered

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | None"

PLAN_ID = UUID("0199a000-0000-7000-8000-000000000001")
OBRNICE = uuid5(uuid5(NAMESPACE_URL, "urn:pospolu:unit"), "municipality:567337")
MOST = uuid5(uuid5(NAMESPACE_URL, "urn:pospolu:unit"), "municipality:567027")


def _id(number: str) -> str:
    return str(uuid5(PLAN_ID, number))


def an_indicator(number: str = "1.1-I1", **changes: Json) -> dict[str, Json]:
    node: dict[str, Json] = {
        "id": _id(number),
        "number": number,
        "name": "Počet domácností, které získaly nájemní bydlení se smlouvou na dobu delší než 1 rok",
        "unit": "domácnosti",
        "direction": "increase",
        "periodicity": "yearly",
        "owner": "Odbor sociálních věcí",
        "source": "evidence sociálního odboru",
        "baseline": "12",
        "baseline_on": "2025-12-31",
        "target": "40.5",
        "target_on": "2030-12-31",
    }
    return node | changes


def an_activity(number: str = "1.1.1.1", **changes: Json) -> dict[str, Json]:
    node: dict[str, Json] = {
        "id": _id(number),
        "number": number,
        "title": "Výběr a proškolení sociálních pracovníků v terénu",
        "owner": "Vedoucí odboru",
        "due_on": "2026-06-30",
    }
    return node | changes


def a_measure(number: str = "1.1.1", **changes: Json) -> dict[str, Json]:
    node: dict[str, Json] = {
        "id": _id(number),
        "number": number,
        "title": "Zavedení systému prostupného bydlení s podporou sociálního pracovníka",
        "description": "Město vyčlení z vlastního fondu byty a k nim zajistí doprovodnou sociální práci.\n"
        "Podpora trvá nejméně 12 měsíců a je dobrovolná.",
        "owner": "Město Obrnice",
        "partners": ["Úřad práce ČR", "Člověk v tísni, o. p. s."],
        "starts_on": "2026-03-01",
        "ends_on": "2028-12-31",
        "cost_czk": "1250000.00",
        "funding_source": "OPZ+ (výzva 10) a rozpočet města",
        "indicators": [an_indicator(f"{number}-I1")],
        "activities": [an_activity(f"{number}.1"), an_activity(f"{number}.2", owner=None, due_on=None)],
    }
    return node | changes


def a_goal(number: str = "1.1", **changes: Json) -> dict[str, Json]:
    node: dict[str, Json] = {
        "id": _id(number),
        "number": number,
        "title": "Snížit počet domácností v nevyhovujícím bydlení",
        "target_state": "Do konce roku 2030 žije v nevyhovujícím bydlení o třetinu domácností méně.",
        "due_on": "2030-12-31",
        "indicators": [an_indicator(f"{number}-I1"), an_indicator(f"{number}-I2", direction="decrease")],
        "measures": [a_measure(f"{number}.1"), a_measure(f"{number}.2", cost_czk=None)],
    }
    return node | changes


def a_problem(number: str = "1", **changes: Json) -> dict[str, Json]:
    node: dict[str, Json] = {
        "id": _id(number),
        "number": number,
        "area": "BYD",
        "title": "Nedostupnost standardního bydlení pro nízkopříjmové domácnosti",
        "description": "V obci žije přibližně 120 osob v substandardních bytech. Nájemní smlouvy se "
        "uzavírají na dobu 1 až 3 měsíců a o prodloužení rozhoduje vlastník bez pravidel.",
        "causes": "Nedostatek obecních bytů, zadlužení domácností a diskriminace na trhu s bydlením.",
        "consequences": "Časté stěhování dětí mezi školami, zhoršené zdraví, ztráta zaměstnání.",
        "affected_group": "Rodiny s dětmi, senioři s nízkým důchodem",
        "estimated_people": 1120,
        "source": "Vstupní analýza 2025",
        "goals": [a_goal(f"{number}.1"), a_goal(f"{number}.2")],
    }
    return node | changes


def a_snapshot(**changes: Json) -> dict[str, Json]:
    node: dict[str, Json] = {
        "schema": "pospolu.plan/1",
        "plan_id": str(PLAN_ID),
        "revision": 1,
        "kind": "PSZ",
        "title": "Plán sociálního začleňování obce Obrnice 2026–2030",
        "vision": "Obrnice jsou obcí, ve které každý bydlí důstojně.\n"
        "Příležitosti nezávisí na adrese ani původu.",
        "valid_from": "2026-01-01",
        "valid_until": "2030-12-31",
        "units": [{"id": str(OBRNICE), "kind": "municipality", "code": "567337", "name": "Obrnice"}],
        "approval": {
            "body": "Zastupitelstvo obce Obrnice",
            "approved_on": "2026-03-12",
            "resolution_number": "12/2026",
        },
        "problems": [a_problem()],
    }
    return node | changes


def a_big_snapshot(*, problems: int = 13, title: str = "Plán sociálního začleňování") -> dict[str, Json]:
    """299 nodes: each problem has itself, 2 goals, 4 measures, 8 activities and 8 indicators."""
    areas = ("BYD", "DLU", "ZAM", "BEZ", "ZDR", "VZD")
    return a_snapshot(
        title=title,
        problems=[a_problem(str(n + 1), area=areas[n % len(areas)]) for n in range(problems)],
    )


def a_summary(**changes: Json) -> dict[str, Json]:
    """As planning says it in plain language."""
    node: dict[str, Json] = {
        "plan_id": str(PLAN_ID),
        "revision": 1,
        "language": "cs",
        "title": "Plán sociálního začleňování obce Obrnice 2026–2030",
        "sections": [
            {
                "heading": "O čem je tento plán",
                "sentences": ["Plán je pro: Obrnice.", "Platí od 1. 1. 2026 do 31. 12. 2030, tedy 5 let."],
            },
            {
                "heading": "Kolik to bude stát a kdo to zaplatí",
                "sentences": ["Vše dohromady stojí 2,5 mil. Kč."],
            },
        ],
        "readability": {
            "sentences": 3,
            "words": 21,
            "words_per_sentence": "7.0",
            "letters_per_word": "4.1",
            "lix": "21.3",
        },
    }
    return node | changes


def a_difference(**changes: Json) -> dict[str, Json]:
    """As planning tells what changed between two revisions."""
    node: dict[str, Json] = {
        "schema": "pospolu.plan-diff/1",
        "plan_id": str(PLAN_ID),
        "from": 1,
        "to": 2,
        "head": [{"field": "valid_until", "before": "2029-12-31", "after": "2030-12-31"}],
        "added": [
            {
                "id": _id("1.2.1"),
                "kind": "measure",
                "number": "1.2.1",
                "title": "Dluhová poradna",
                "parent_id": _id("1.2"),
                "position": 1,
                "values": {"title": "Dluhová poradna", "cost_czk": "480000.00", "partners": ["Charita"]},
            }
        ],
        "removed": [
            {"id": _id("2"), "kind": "problem", "number": "2", "title": "Zrušený problém", "parent_id": None}
        ],
        "moved": [],
        "changed": [
            {
                "id": _id("1.1.1"),
                "kind": "measure",
                "number": "1.1.1",
                "number_before": "1.1.2",
                "title": "Prostupné bydlení",
                "changes": [
                    {
                        "field": "description",
                        "before": "Město zřídí dva byty.",
                        "after": "Město zřídí tři byty.",
                    }
                ],
            }
        ],
        "total": {
            "funding_source": None,
            "before": "1250000.00",
            "after": "1730000.00",
            "delta": "480000.00",
        },
        "costs": [{"funding_source": "OPZ+", "before": "0.00", "after": "480000.00", "delta": "480000.00"}],
        "budget": [],
        "targets": [],
    }
    return node | changes


def canonical(snapshot: Json) -> bytes:
    """As planning writes it: sorted keys, no spaces, UTF-8."""
    return json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(body: bytes) -> str:
    return sha256(body).hexdigest()


def plan_approved(body: bytes, **changes: object) -> PlanApproved:
    """Tell that the snapshot in `body` was approved."""
    said = json.loads(body)
    facts: dict[str, object] = {
        "version": 4,
        "plan_id": UUID(said["plan_id"]),
        "revision": said["revision"],
        "kind": PlanKind(said["kind"]),
        "title": said["title"],
        "unit_ids": tuple(UUID(unit["id"]) for unit in said["units"]),
        "valid_from": date.fromisoformat(said["valid_from"]),
        "valid_until": date.fromisoformat(said["valid_until"]),
        "body": said["approval"]["body"],
        "approved_on": date.fromisoformat(said["approval"]["approved_on"]),
        "resolution_number": said["approval"]["resolution_number"],
        "digest": digest_of(body),
        "indicators": (),
    } | changes
    return TypeAdapter(PlanApproved).validate_python(facts)


def unit_registered(unit_id: UUID = OBRNICE, **changes: object) -> UnitRegistered:
    facts: dict[str, object] = {
        "version": 1,
        "unit_id": unit_id,
        "kind": UnitKind.MUNICIPALITY,
        "code": "567337",
        "name": "Obrnice",
        "parent_id": None,
        "valid_from": date(1850, 1, 1),
        "valid_until": None,
    } | changes
    return TypeAdapter(UnitRegistered).validate_python(facts)


class PlanningStandIn:
    """An HTTP server that gives tokens as the identity provider and snapshots as planning."""

    def __init__(self) -> None:
        self.snapshots: dict[str, bytes] = {}
        self.fetched: list[str] = []
        self.token = "for-documents"
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def serve(self, body: bytes) -> None:
        """Serve a revision with its summary, or a published settlement."""
        said = json.loads(body)
        if "consultation_id" in said:
            self.snapshots[f"/api/planning/consultations/{said['consultation_id']}/publication"] = body
            return
        plan = f"/api/planning/plans/{said['plan_id']}"
        self.snapshots[f"{plan}/revisions/{said['revision']}"] = body
        since = said["revision"] - 1
        changes = a_difference(**{"plan_id": said["plan_id"], "from": since, "to": since + 1})
        self.snapshots[f"{plan}/difference?from={since}&to={since + 1}"] = canonical(changes)
        for language in ("cs", "en"):
            summary = a_summary(plan_id=said["plan_id"], revision=said["revision"], language=language)
            self.snapshots[f"{plan}/summary?of={said['revision']}&in={language}"] = canonical(summary)

    def serve_report(self, evaluation_id: UUID, edition: int) -> str:
        """Serve a frozen report as evaluation would, and return its digest."""
        body = canonical({"form": 1})
        self.snapshots[f"/api/evaluation/evaluation-register/{evaluation_id}/reports/{edition}"] = body
        return digest_of(body)

    def serve_agreements(self) -> None:
        """Freeze whatever is asked for as registry would; nobody can read the page."""
        self.snapshots["/api/registry/frozen-pages"] = canonical({"form": 1})

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer_to(self, path: str, authorization: str | None, language: str) -> tuple[int, bytes]:
        if path == "/.well-known/openid-configuration":
            places = {"jwks_uri": f"{self.origin}/jwks", "token_endpoint": f"{self.origin}/token"}
            return 200, json.dumps({"issuer": self.origin, **places}).encode()
        if path == "/token":
            return 200, json.dumps({"access_token": self.token, "expires_in": 60}).encode()
        if authorization != f"Bearer {self.token}":
            return 401, b""
        self.fetched.append(path)
        asked = f"{path}&in={language}" if "/summary" in path else path
        return (200, self.snapshots[asked]) if asked in self.snapshots else (404, b"")

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("content-length", 0)))
                status, body = stand_in.answer_to(
                    self.path, self.headers.get("authorization"), self.headers.get("accept-language", "")
                )
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815 - the library names it

            def log_message(self, *_: object) -> None:
                return

        return Handler
