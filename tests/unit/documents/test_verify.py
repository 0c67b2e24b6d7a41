"""The public record checked offline: whoever changed a byte, an order or a bundle is caught by name."""

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.proving import verify
from documents.proving.proof import path_of, proves, root_by
from documents.proving.signing import Signer
from documents.proving.verifier import NAME, program
from documents.proving.verify import KEYS, check_files, fingerprint_of, root_of
from documents.record.bundle import proof_of
from tests.support.record import SIGNER, a_chain, a_folder, an_act

CHAIN = a_chain(3, 1, 4)
FOLDER = a_folder(CHAIN)
NAMES = sorted(name for name in FOLDER if name != KEYS)


def faults(files: dict[str, bytes]) -> list[tuple[str, str, int | None]]:
    return [(fault.code, fault.bundle, fault.position) for fault in check_files(files)[1]]


def test_a_whole_record_has_no_fault() -> None:
    heads, found = check_files(FOLDER)
    assert found == []
    assert [(head.number, head.first, head.count) for head in heads] == [(1, 1, 3), (2, 4, 1), (3, 5, 4)]
    assert heads[-1].previous == hashlib.sha256(heads[-2].line).hexdigest()


@settings(max_examples=400)
@given(data=st.data())
def test_one_flipped_byte_is_found_and_names_the_act_that_it_lies_in(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    content = bytearray(FOLDER[name])
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    found = faults(FOLDER | {name: bytes(content)})
    assert found, f"byte {place} of {name} may be anything"
    assert all(bundle in {name, str(int(name[:6])), str(int(name[:6]) + 1)} for _, bundle, _ in found)
    line = FOLDER[name][:place].count(b"\n")
    if line >= 3:
        first = CHAIN[NAMES.index(name)][0].first
        assert {position for _, _, position in found} <= {first + line - 3, first + line - 2}
        assert first + line - 3 in {position for _, _, position in found}


@pytest.mark.parametrize(("line", "position"), [(3, 5), (4, 6), (6, 8)])
def test_an_act_left_out_is_named(line: int, position: int) -> None:
    lines = FOLDER[NAMES[2]].splitlines(keepends=True)
    del lines[line]
    assert faults(FOLDER | {NAMES[2]: b"".join(lines)}) == [("act-missing", NAMES[2], position)]


def test_acts_in_another_order_are_named() -> None:
    lines = FOLDER[NAMES[0]].splitlines(keepends=True)
    lines[3], lines[5] = lines[5], lines[3]
    found = faults(FOLDER | {NAMES[0]: b"".join(lines)})
    assert {code for code, _, _ in found} == {"act-moved"}
    assert {position for _, _, position in found} & {1, 3}


def test_an_act_put_in_is_named_by_the_one_before_it() -> None:
    added = FOLDER[NAMES[0]] + an_act(9).body.encode() + b"\n"
    assert faults(FOLDER | {NAMES[0]: added}) == [("act-added", NAMES[0], 3)]


def test_a_bundle_left_out_is_named() -> None:
    assert faults({name: FOLDER[name] for name in FOLDER if name != NAMES[1]}) == [
        ("bundle-missing", "2", None)
    ]


def test_a_head_that_anybody_made_up_is_named_and_counts_nothing_forever() -> None:
    head = json.loads(CHAIN[2][0].head)
    lines = FOLDER[NAMES[2]].split(b"\n")
    found = {}
    changes: dict[str, object] = {"key": [], "root": None, "number": 10**15}
    for name, value in changes.items():
        made_up = b"\n".join([verify.canonical(head | {name: value}), *lines[1:]])
        found[name] = faults(FOLDER | {NAMES[2]: made_up})
        assert ("head-damaged", NAMES[2], None) in found[name]
    assert ("bundle-missing", f"3-{10**15 - 1}", None) in found["number"]


def test_a_bundle_of_another_chain_is_named() -> None:
    other = a_chain(2, 2, 4)
    assert ("chain-broken", "3", None) in faults(FOLDER | {NAMES[2]: other[2][1]})


def test_a_record_signed_by_somebody_else_is_not_ours() -> None:
    theirs = Signer(Ed25519PrivateKey.generate())
    forged = a_folder(a_chain(3, signer=theirs), theirs)
    assert check_files(forged)[1] == []
    ((code),) = {fault.code for fault in check_files(forged, [SIGNER.public_key])[1]}
    assert code == "key-unknown"


def test_bundles_of_a_key_of_the_past_stay_good() -> None:
    new = Signer(Ed25519PrivateKey.generate())
    (first, content), *_ = a_chain(3)
    assert check_files(a_folder([(first, content)], new, SIGNER))[1] == []


def test_the_stamp_of_another_bundle_is_named() -> None:
    digest = bytes.fromhex(CHAIN[0][0].head_digest)
    good = FOLDER | {"000001.tsr": b"0" + digest + b"0"}
    assert faults(good) == []
    assert faults(good | {"000002.tsr": b"0" + digest + b"0"}) == [("stamp-of-another", NAMES[1], None)]


@given(st.integers(1, 40), st.data())
def test_a_path_leads_from_every_leaf_to_the_root_and_from_no_other(count: int, data: st.DataObject) -> None:
    digests = [hashlib.sha256(bytes([index])).hexdigest() for index in range(count)]
    index = data.draw(st.integers(0, count - 1))
    path = path_of(index, digests)
    assert root_by(path, digests[index], index=index, count=count) == root_of(digests)
    assert root_by(path, "00" * 32, index=index, count=count) != root_of(digests)


def test_the_tree_is_that_of_rfc_6962() -> None:
    def leaf(digest: str) -> bytes:
        return hashlib.sha256(b"\0" + bytes.fromhex(digest)).digest()

    def node(left: bytes, right: bytes) -> bytes:
        return hashlib.sha256(b"\1" + left + right).digest()

    a, b, c, d, e = (leaf(f"{n:064x}") for n in range(5))
    assert root_of([]) == hashlib.sha256().hexdigest()
    assert root_of([f"{n:064x}" for n in range(5)]) == node(node(node(a, b), node(c, d)), e).hex()


def test_a_proof_holds_for_its_act_alone() -> None:
    bundle = CHAIN[2][0]
    acts = [an_act(position, day=bundle.day) for position in range(5, 9)]
    digests = [act.digest for act in acts]
    signed = {"head": bundle.head, "signature": bundle.signature, "public_key": SIGNER.public_key}
    proof = proof_of(acts[1], digests, first=5, **signed)
    assert proves(proof)
    assert proves(proof, [SIGNER.public_key])
    assert not proves(proof, ["00" * 32])
    assert not proves(b"{}")
    said = json.loads(proof)
    for change in (
        {"act": acts[2].body},
        {"index": 2},
        {"path": said["path"][:-1]},
        {"head": CHAIN[0][0].head},
        {"index": 5},
        {"index": -3},
        {"index": float("inf")},
        {"index": True},
        {"path": "00" * 32},
        {"path": [1]},
        {"act": None},
        {"public_key": "00"},
        {"public_key": "zz"},
        {"signature": 5},
    ):
        assert not proves(json.dumps(said | change).encode()), change


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file that an auditor downloads."""
    place = tmp_path_factory.mktemp("downloaded") / NAME
    place.write_bytes(program())
    return place


def run(verifier: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(verifier), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_is_handed_out_needs_one_library_alone(verifier: Path) -> None:
    with zipfile.ZipFile(verifier) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".py")}
    imported = {
        (name, module.partition(".")[0])
        for name, content in texts.items()
        for module in re.findall(r"^(?:from|import) ([\w.]+)", content, re.MULTILINE)
    }
    foreign = {each for each in imported if each[1] not in {*sys.stdlib_module_names, "documents"}}
    assert {module for name, module in foreign if "stamps" not in name} == {"cryptography"}
    asked = {part for text in texts.values() for part in re.findall(r"from documents\.proving\.(\w+)", text)}
    assert asked <= {Path(name).stem for name in texts}


def test_the_program_alone_tells_a_good_record_from_a_bad_one(verifier: Path, tmp_path: Path) -> None:
    archive = tmp_path / "record.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for name, content in FOLDER.items():
            out.writestr(f"record/{name}", content)
    good = run(verifier, archive, "--key", SIGNER.public_key, "--strict")
    end = CHAIN[2][0].head_digest
    assert (good.returncode, good.stdout) == (0, f"1-3 v pořádku: {end}\nčasová razítka: žádná\n")
    for name, content in FOLDER.items():
        (tmp_path / name).write_bytes(content.replace(b"planning.plan.closed", b"planning.plan.opened"))
    bad = run(verifier, tmp_path)
    assert bad.returncode == 1
    assert f"1-3 porušeno: {end}" in bad.stdout
    assert "000001.ndjson, akt 2: znění aktu bylo změněno" in bad.stdout
    assert "000001.ndjson, act 2: the act was changed" in run(verifier, tmp_path, "--language", "en").stdout
    assert run(verifier, tmp_path / "nothing").returncode == 2
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / KEYS).write_bytes(FOLDER[KEYS])
    empty = run(verifier, tmp_path / "empty", "--language", "en", "--key", SIGNER.public_key)
    assert (empty.returncode, empty.stdout) == (1, "no bundle\ntime-stamps: none\n")


def test_a_key_that_nobody_compared_is_told_loudly_and_another_fingerprint_proves_nothing(
    verifier: Path, tmp_path: Path
) -> None:
    for name, content in FOLDER.items():
        (tmp_path / name).write_bytes(content)
    alone = run(verifier, tmp_path, "--language", "en")
    assert alone.returncode == 0
    assert "1-3 consistent in itself, the key was not compared" in alone.stdout
    assert "WARNING: the signatures were checked by the key that lies beside" in alone.stdout
    print_of = fingerprint_of(SIGNER.public_key)
    assert f"--fingerprint {print_of}" in alone.stdout
    assert run(verifier, tmp_path, "--strict").returncode == 3
    spaced = ":".join(re.findall("..", print_of.upper()))
    compared = run(verifier, tmp_path, "--fingerprint", spaced, "--strict")
    assert (compared.returncode, "v pořádku" in compared.stdout, "POZOR" in compared.stdout) == (
        0,
        True,
        False,
    )
    other = run(verifier, tmp_path, "--fingerprint", "00" * 32)
    assert (other.returncode, "žádný klíč u dat nemá otisk" in other.stdout) == (1, True)
    assert run(verifier, tmp_path, "--key", Signer(Ed25519PrivateKey.generate()).public_key).returncode == 1


def test_a_single_proof_is_checked_by_the_same_file(verifier: Path, tmp_path: Path) -> None:
    bundle = CHAIN[0][0]
    acts = [an_act(position, day=bundle.day) for position in range(1, 4)]
    signed = {"head": bundle.head, "signature": bundle.signature, "public_key": SIGNER.public_key}
    proof = proof_of(acts[1], [act.digest for act in acts], first=1, **signed)
    place = tmp_path / "act-2.proof.json"
    place.write_bytes(proof)
    proven = run(verifier, place, "--key", SIGNER.public_key, "--strict")
    assert (proven.returncode, proven.stdout.splitlines()) == (
        0,
        [acts[1].body, "akt je v podepsaném balíčku 1 ze dne 2026-03-12"],
    )
    assert run(verifier, place, "--fingerprint", fingerprint_of(SIGNER.public_key)).returncode == 0
    assert "POZOR" in run(verifier, place).stdout
    for arguments in (("--key", "00" * 32), ("--fingerprint", "00" * 32)):
        assert run(verifier, place, *arguments).returncode == 1
    place.write_bytes(proof.replace(b"2026", b"2027"))
    changed = run(verifier, place)
    assert (changed.returncode, "NIC NEDOKAZUJE" in changed.stdout) == (1, True)
    place.write_bytes(b"[]")
    assert run(verifier, place).returncode == 2


def test_time_stamps_that_were_not_checked_are_said_so(verifier: Path, tmp_path: Path) -> None:
    for name, content in FOLDER.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "000001.tsr").write_bytes(bytes.fromhex(CHAIN[0][0].head_digest))
    alone = run(verifier, tmp_path, "--key", SIGNER.public_key)
    assert (alone.returncode, "časová razítka: 1, podpisy NEOVĚŘENY" in alone.stdout) == (0, True)
    assert run(verifier, tmp_path, "--key", SIGNER.public_key, "--strict").returncode == 3


def test_an_archive_that_cannot_be_read_is_no_bad_record(verifier: Path, tmp_path: Path) -> None:
    archive = tmp_path / "record.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(NAMES[0], FOLDER[NAMES[0]])
    whole = archive.read_bytes()
    start = whole.index(NAMES[0].encode()) + len(NAMES[0])
    archive.write_bytes(whole[:start] + b"\xff" * 20 + whole[start + 20 :])
    assert run(verifier, archive).returncode == 2
    said = whole.rindex(b"PK\x01\x02") + 24
    archive.write_bytes(whole[:said] + b"\xfe\xff\xff\xff" + whole[said + 4 :])
    refused = run(verifier, archive)
    assert (refused.returncode, "holds more than" in refused.stderr) == (2, True)
