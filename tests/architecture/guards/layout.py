"""Where code may stand: the file names of a slice, the sizes of files, what a name tells."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.architecture.guards.sources import ROOT, SERVICES, package, slice_modules, sources

SEVEN: Final = frozenset(
    {"domain", "tables", "repository", "use_cases", "schemas", "routes", "reactions", "__init__"}
)
SPLIT: Final = {
    "registry": {
        "precondition_repository": "what statements stand on in tables of neighbours, apart from statements",
        "precondition_use_cases": "what statements stand on is looked up, apart from decisions on them",
        "registration_use_cases": "requests for statements come in, apart from decisions on them",
        "score_repository": "sheets and scores of members, apart from commissions and assessments",
        "protocol_repository": "the ranked list and the minutes, apart from sheets and scores",
        "score_use_cases": "what members do with their sheets, apart from what officers decide",
        "officer_use_cases": "what the chair and the secretary decide while an assessment is open",
        "opening_use_cases": "how an assessment begins: the applications, the members, the Index",
        "closing_use_cases": "what ends an assessment: the ranked list and the minutes",
        "score_schemas": "the JSON of sheets and scores",
        "result_schemas": "the JSON of what scores come to, apart from how they are given",
        "minutes_routes": "the ranked list and the minutes, apart from what leads to them",
        "score_routes": "the workbench of a member, apart from the officers'",
        "decision_routes": "what officials decide on applications, apart from how they come in",
        "answer_schemas": "the JSON of applications as it is answered",
        "filing_use_cases": "applications come in, apart from decisions on them",
        "area_repository": "the page of a territory: its municipalities over the years",
        "desk_repository": "what waits for one person in all slices, apart from what people carry",
        "load_repository": "caseloads as they are read, apart from decisions on one assignment",
        "election_repository": "elections, apart from the handovers that they lead to",
        "election_use_cases": "elections are kept, apart from decisions on handovers",
        "pack_repository": "what is handed over at elections, read from all neighbours",
        "area_schemas": "the JSON of a territory of municipalities on its page",
        "municipal_schemas": "the JSON of what only a municipality has on its page",
        "outlook_repository": "the page of a municipality: what the newest forecasts say of it",
        "computation_repository": "what a computation reads and writes of a whole country",
        "figure_repository": "which figures are in force, apart from how they are stored and shown",
        "vintage_use_cases": "an edition arrives, whichever file it came in",
        "index_repository": "open data of the Index, apart from that of territory and statistics",
        "methodology_repository": "methodologies, apart from the calls that follow them",
        "methodology_schemas": "the JSON of methodologies and of availability, apart from that of calls",
        "outage_repository": "signs of life and outages, apart from the calls that they prolong",
        "outage_use_cases": "what the process does by itself on time, apart from decisions of people",
        "method_repository": "how methods are stored, their open data, and how other statements read them",
        "territory_repository": "open data of units, memberships, points, cooperation and plans",
        "history_repository": "all states of thousands of units, apart from decisions on one",
        "import_use_cases": "what published files tell of units, apart from decisions of people",
        "unit_schemas": "what a run of forecasts says of one municipality",
        "release_repository": "what a release is made of and keeps, apart from what others read of it",
        "run_repository": "runs of forecasts and their lists, apart from what is said of one municipality",
        "summary_repository": "what the log of activities comes to, apart from its entries",
        "filter_routes": "what lists, sums and files of one log are asked for alike",
        "list_repository": "lists of units by place, band and name, apart from one unit and its locks",
        "map_repository": "the one statement that builds a map, apart from tables",
        "line_repository": "memberships as they are written, apart from how they are read",
        "outcome_schemas": "the JSON of what comes out of a what-if, apart from what is asked",
        "standing_schemas": "the JSON of what an Index stands on, apart from that of its change",
    },
    "planning": {
        "absence_repository": "absences of owners and their deputies, apart from words",
        "alarm_repository": "the one statement that finds measures nobody stands behind",
        "import_routes": "lists of members from files, apart from members one by one",
        "pulse_use_cases": "the pulse of ownership, apart from the words themselves",
        "checking_use_cases": "evidence is checked by what registry tells, apart from what authors do",
        "chain_repository": "chains of approval, apart from the rounds that follow them",
        "deadline_repository": "what time does to rounds of approval, apart from decisions of people",
        "insight_repository": "where approvals wait, apart from lists of them",
        "chain_use_cases": "who sets which chain, apart from decisions on plans",
        "chain_schemas": "the JSON of chains, apart from that of rounds",
        "chain_routes": "chains as data, apart from decisions on plans",
        "attendance_repository": "who is invited and who came, apart from the meetings",
        "list_repository": "what is read of bodies and meetings, apart from how they are written",
        "minutes_routes": "approved minutes, apart from what leads to them",
        "tree_repository": "the statements of the tree: repository.py would be twice as long",
        "tree_schemas": "the JSON of the tree, in and out",
        "draft_repository": "drafts of next revisions, and editions read from their JSON",
        "revision_repository": "how revisions, drafts and steps are read, apart from plans",
        "revision_schemas": "the JSON of drafts and of what changed between revisions",
        "revision_use_cases": "the next revision of a plan in force, apart from the life of a plan",
        "revision_routes": "revisions, drafts, differences and steps, apart from decisions on plans",
        "disposition_use_cases": "comments are decided on, apart from the settlement as a whole",
        "change_schemas": "the JSON of changes and of many outcomes, shown by settlement and publication",
        "node_routes": "one node of a draft, apart from the whole tree",
        "node_schemas": "the JSON of a change of one node",
        "node_use_cases": "one node of a draft is changed, apart from the life of a plan",
        "pattern_schemas": "the JSON of what an entry of the library puts into a plan",
        "part_schemas": "the JSON of what hangs on the tree and on the plan",
        "submitter_routes": "what who comments may do, apart from the officers' work",
    },
    "evaluation": {
        "row_schemas": "the JSON of decisions on many values at once, apart from one",
        "calendar_repository": "the obligations of a calendar, apart from plans and their indicators",
        "threshold_repository": "thresholds of support in time, apart from projects",
        "facts_repository": "what neighbours know of what is evaluated, apart from drafts and frozen reports",
        "edition_routes": "frozen reports as they are read, apart from how they are written",
        "item_repository": "what the lines of a letter say, apart from whose turn it is",
        "notice_repository": "what is told besides awaited values, apart from who is told",
        "indicator_repository": "indicators with their values as a report tells them, apart from other facts",
        "cooperation_repository": "what cooperations put into the calendar, apart from what plans put there",
        "feed_repository": "private calendars, apart from lists of tasks",
        "sending_use_cases": "letters are handed to the mail server, apart from what people set",
        "digest_use_cases": "what waits is written into letters, apart from what is announced",
        "letter_repository": "letters that wait, apart from accounts of mail",
        "recipient_repository": "who is told, apart from what is announced",
        "digest_repository": "whose turn a letter is and what it says, apart from who is told",
        "sum_repository": "what a project comes to on a day, apart from how it was entered",
        "sheet_schemas": "the JSON of raters' sheets, apart from readings and agreements",
        "sum_schemas": "the JSON of what a project comes to",
        "attendance_repository": "attendance as the registry told it, apart from participants",
        "attendance_use_cases": "attendance becomes support by itself, apart from what people enter",
        "checking_use_cases": "values are checked by what the registry tells, apart from what people decide",
        "decision_use_cases": "what people decide on evaluations, apart from what events and time do",
        "list_repository": "how evaluations and programmes are read, apart from how they are written",
        "decision_repository": "what people decide on evaluations, apart from what fills the calendar",
    },
    "documents": {
        "upload_routes": "documents whose file came in pieces, apart from those sent whole",
        "address_routes": "what everybody reads at addresses that last, apart from how it gets there",
        "decision_routes": "what people decide on documents, apart from how they come in and are read",
        "decision_schemas": "the JSON of decisions, apart from that of documents",
        "decision_use_cases": "what people decide on documents, apart from how they come in",
        "list_repository": "what is read of documents and of the record, apart from how they are written",
        "delivery_repository": "letters of an issue, apart from issues",
        "delivery_use_cases": "letters travel and are noted, apart from the issues that they carry",
        "attempt_repository": "who sends what and what became of it, apart from what people decide",
        "noting_repository": "events that are noted to be sent, apart from who wants them",
        "notice_repository": "who is told of a webhook that was disabled, and how secrets are sealed",
        "notice_use_cases": "what time does to webhooks besides sending: notices, sealing",
        "sending_use_cases": "letters are handed to the mail server, apart from what people decide",
        "answering_use_cases": "questions are answered, apart from keeping the index",
        "hit_repository": "what is found and counted, apart from how the index is kept",
        "shown_repository": "what is shown of what was found",
        "removal_repository": "files that nobody names any more, apart from their checks",
        "keeping_repository": "how documents are kept, read from neighbours, apart from rules and disposals",
    },
}
"""Modules of one kind in two files, split by noun, with the reason."""
BESIDE: Final = frozenset({"__init__", "__main__", "app", "tables"})
BESIDE_OF: Final = {
    "registry": {
        "deadline": "deadlines in working days that stop while the other side is at work",
        "decided": "what people send with any decision: its day, digests of documents",
        "geojson": "features by people we do not know, as rows",
        "reader": "the process that parses files of others under hard limits",
        "reading": "tables of published files, CSV or XLSX",
        "receiving": "uploads, streamed to disk",
        "seed": "what a new installation begins with",
        "workbook": "XLSX by people we do not know: guards, then cells",
    },
    "planning": {
        "reader": "the process that reads workbooks people send under hard limits",
        "reading": "workbooks that people send, as sheets",
        "registry": "the client of the registry's open data",
        "seed": "what a new installation begins with",
    },
    "evaluation": {
        "registry": "the client of the registry's open data",
        "seed": "what a new installation begins with",
    },
    "documents": {
        "addresses": "which network addresses may be called for others",
        "allocation": "how the allocator treats the large blocks of files",
        "gathering": "events of all services, read from their feeds",
        "posting": "signed requests to systems of others",
        "answering": "answers made as a whole, with their digest",
        "blocks": "a paper as blocks, before it is PDF or DOCX",
        "apart": "transactions of their own for long work",
        "examiner": "the process that opens files people send under hard limits",
        "examining": "what a file is by its content",
        "keeping": "a file on its way into the store",
        "fetching": "answers of other services, read to a limit",
        "showing": "names of kinds and addresses, for whoever asks",
        "sources": "the client of registry's and evaluation's frozen pages",
        "outside": "the store and planning, opened once for a process",
        "proof": "the proof of one act of the record, made and checked",
        "signing": "the key that signs the record",
        "timestamping": "the client of the time-stamping authority",
        "verify": "the program that checks the record offline, one file",
        "planning": "the client of planning's API",
        "pieces": "the bodies of uploads in pieces, streamed to the store",
        "reader": "the process that reads the text of files under hard limits",
        "word_text": "all the text that a Word document holds, for the process that reads files",
        "reading": "the text of a file in the store",
        "receiving": "uploads, streamed to disk",
        "scanning": "the client of the virus scanner",
        "sealing": "secrets at rest, encrypted by a key of the installation",
        "serving": "downloads with ranges and conditions",
        "store": "files in a folder or in S3",
        "typesetting": "PDF of blocks",
        "word_elements": "pieces of a DOCX",
        "word_package": "styles, properties and the package of a DOCX",
        "wordprocessing": "DOCX of blocks",
    },
}
"""What a service may have beside its slices, with the reason."""
LARGEST: Final = 250
LARGEST_MIGRATION: Final = 300
LARGEST_TEST: Final = 400
"""A table of cases may be long; more is split by what it is about."""
VAGUE: Final = re.compile(r"(^|_)(utils?|helpers?|common|manager|misc|base|service|lib)(_|$)")


def pure_modules(service: str) -> frozenset[str]:
    """Return the pure modules of a service: the lowest layer of its import contract names them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {each["id"]: each for each in settings["tool"]["importlinter"]["contracts"]}
    return frozenset(re.findall(r"\((\w+)\)", contracts[f"{service}-slices"]["layers"][-1]))


def stray_files(root: Path) -> Iterator[str]:
    """A slice holds the seven files, listed splits, and its pure modules; nothing else."""
    for source in slice_modules(root):
        allowed = SEVEN | pure_modules(source.service) | SPLIT.get(source.service, {}).keys()
        if source.kind not in allowed:
            yield f"{source.name}: not one of the seven files, nor a listed module"
        if "/" in source.slice:
            yield f"{source.name}: a slice has no folders"
    for source in sources(root):
        if not source.slice and source.kind not in BESIDE | BESIDE_OF.get(source.service, {}).keys():
            yield f"{source.name}: not listed among what stands beside the slices"


def slices_that_explain_nothing(root: Path) -> Iterator[str]:
    """Every slice is a package whose docstring says what it is."""
    for service in SERVICES:
        for folder in sorted(package(root, service).iterdir()):
            if not any(folder.glob("*.py")) or folder.name == "migrations":
                continue
            init = folder / "__init__.py"
            if not init.exists() or ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))) is None:
                yield f"{service}/{folder.name}: no docstring that says what the slice is"


def long_files(root: Path) -> Iterator[str]:
    for folder in ("shared", "services", "deploy", "tests"):
        for path in sorted((root / folder).rglob("*.py")):
            place = path.relative_to(root)
            if any(part.startswith(".") for part in place.parts):
                continue
            most = LARGEST_MIGRATION if "migrations" in place.parts else LARGEST
            most = LARGEST_TEST if folder == "tests" else most
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > most:
                yield f"{place}: {lines} lines, at most {most}"


def vague_names(root: Path) -> Iterator[str]:
    """A module is named after what it is about."""
    for source in sources(root):
        if VAGUE.search(source.kind):
            yield f"{source.name}: the name says nothing"


def second_init_files_of_tests(root: Path) -> Iterator[str]:
    """One `tests/__init__.py` only: with a second one pytest would import modules under two names."""
    for path in sorted((root / "tests").rglob("__init__.py")):
        if path.parent != root / "tests":
            yield str(path.relative_to(root))
