"""`python -m embedded run`: everything on this machine; the other commands are its children."""

import argparse
import asyncio
import os
import sys
from pathlib import Path

from embedded.failure import CannotRun


def main() -> None:
    parser = argparse.ArgumentParser(prog="embedded", description=__doc__)
    parser.add_argument("command", choices=["run", "prepare", "worker", "api"])
    parser.add_argument("--port", type=int, default=int(os.environ.get("POSPOLU_PORT", "8000")))
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("POSPOLU_DATA", ".data")))
    options = parser.parse_args()
    try:
        _obey(options.command, options.port, options.data)
    except CannotRun as reason:
        sys.exit(f"error: {reason}")
    except OSError as reason:
        if options.command != "run":
            raise
        from embedded.home import explain

        sys.exit(f"error: {explain(reason, options.data)}")


def _obey(command: str, port: int, data: Path) -> None:
    if command == "run":
        from embedded.home import Home
        from embedded.run import Run, check_port
        from embedded.supervisor import Supervisor

        check_port(port)
        run = Run(home=Home(data), port=port)
        asyncio.run(Supervisor().run(run.start))
        print("stopped, the data stay in", run.home.folder)
        return
    from embedded import applications

    commands = {
        "prepare": applications.run_preparation,
        "worker": applications.run_worker,
        "api": applications.run_api,
    }
    if sys.stdin.readline():  # the runner opens the gate; it says nothing when it is gone
        commands[command]()


if __name__ == "__main__":
    main()
