"""A day of 10,000 acts of the public record: signed, checked and proven, beside hashing each line once."""

import hashlib
from collections.abc import Callable
from time import perf_counter

from documents.proving.verify import check_files
from documents.record.bundle import bundle_of, file_of, proof_of
from tests.bench.figures import heading, row, table
from tests.support.record import FIRST_DAY, SIGNER, a_folder, an_act

ACTS = 10_000


def bench() -> None:
    acts = [an_act(position) for position in range(1, ACTS + 1)]
    bundle = bundle_of(FIRST_DAY, acts, None, SIGNER)
    content = file_of(bundle.head, bundle.signature, acts)
    files = a_folder([(bundle, content)])
    digests = [act.digest for act in acts]
    said = {"head": bundle.head, "signature": bundle.signature, "public_key": SIGNER.public_key}
    floor = _ms(lambda: [hashlib.sha256(line).digest() for line in content.split(b"\n")])
    heading(f"{ACTS} acts of one day, {len(content) / 1e6:.1f} MB")
    table("what", "ms", "times the floor")
    for name, work in (
        ("hash of each line (floor)", lambda: [hashlib.sha256(line) for line in content.split(b"\n")]),
        ("sign the day and write its file", lambda: bundle_of(FIRST_DAY, acts, None, SIGNER)),
        ("check the file offline", lambda: check_files(files)),
        ("prove one act", lambda: proof_of(acts[ACTS // 2], digests, first=1, **said)),
    ):
        spent = _ms(work)
        row(name, f"{spent:.0f}", f"{spent / floor:.1f}")


def _ms(work: Callable[[], object]) -> float:
    """Return the best of three, in milliseconds."""
    spent = []
    for _ in range(3):
        started = perf_counter()
        work()
        spent.append(1000 * (perf_counter() - started))
    return min(spent)
