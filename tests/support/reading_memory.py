"""`python -m tests.support.reading_memory FILE`: what became of reading it, and the memory that it took."""

import asyncio
import resource
import sys
from pathlib import Path

from registry.reading import read_table
from shared.errors import Invalid

KIBIBYTE = 1024


def main() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        outcome = str(len(asyncio.run(read_table(Path(sys.argv[1]))).rows))
    except Invalid as refused:
        outcome = type(refused).__name__
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(outcome, (ours + child) * KIBIBYTE)


if __name__ == "__main__":
    main()
