"""`make bench`: every figure beside its floor or peer of the same run."""

import sys

from shared.logs import configure_logs
from tests.bench import (
    approval,
    comments,
    cooperations,
    dashboard,
    desks,
    files,
    forecasts,
    index,
    newsletter,
    planning,
    profile,
    quality,
    reads,
    record,
    reminders,
    rendering,
    search,
    throughput,
    workbook,
)
from tests.bench.figures import machine

PARTS = {
    "approval": approval.bench,
    "throughput": throughput.bench,
    "reads": reads.bench,
    "index": index.bench,
    "forecasts": forecasts.bench,
    "profile": profile.bench,
    "cooperations": cooperations.bench,
    "desks": desks.bench,
    "planning": planning.bench,
    "workbook": workbook.bench,
    "comments": comments.bench,
    "reminders": reminders.bench,
    "newsletter": newsletter.bench,
    "rendering": rendering.bench,
    "quality": quality.bench,
    "dashboard": dashboard.bench,
    "files": files.bench,
    "record": record.bench,
    "search": search.bench,
}


def main() -> None:
    configure_logs("WARNING", process="bench")
    print(f"# Measured on {machine()}", flush=True)
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
