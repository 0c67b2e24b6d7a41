"""`make demo`: the story of a plan, played over HTTP as its people would."""

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

import httpx

from embedded.demo_client import Person, StepFailed, sign_in
from embedded.story import Story

PEOPLE = (
    "administrator",
    "consultant",
    "coordinator-obrnice",
    "mayor-obrnice",
    "coordinator-trmice",
    "evaluator",
    "analyst",
    "director",
    "commissioner-mpsv",
    "commissioner-sms",
)


def play(base: str, issuer: str, say: Callable[[str], None] = print) -> dict[str, str]:
    """Tell each step with the time it took and return what to open next.

    Raises StepFailed at the first step that does not hold.
    """
    with httpx.Client(timeout=30, trust_env=False) as http:
        began = time.perf_counter()
        tokens = {name: sign_in(http, issuer, name) for name in PEOPLE}
        say(f"{_milliseconds(began)}  {len(PEOPLE)} people sign in (authorization code with PKCE)")
        people = {
            name: Person(http=http, base=base, name=name, token=token) for name, token in tokens.items()
        }
        people["citizen"] = Person(http=http, base=base, name="citizen")
        story = Story(people=people, now=datetime.now(UTC))
        for step in story.steps():
            step_began = time.perf_counter()
            outcome = step()
            say(f"{_milliseconds(step_began)}  {outcome}")
        return {what: f"{base}{place}" for what, place in story.places.items()}


def _milliseconds(began: float) -> str:
    return f"{(time.perf_counter() - began) * 1000:8.0f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(prog="embedded.demo", description=__doc__)
    port = os.environ.get("POSPOLU_PORT", "8000")
    parser.add_argument("--base", default=os.environ.get("POSPOLU_URL", f"http://127.0.0.1:{port}"))
    parser.add_argument("--issuer", default=os.environ.get("OIDC_ISSUER"), help="default: <base>/identity")
    options = parser.parse_args()
    base = options.base.rstrip("/")
    began = time.perf_counter()
    try:
        places = play(base, options.issuer or f"{base}/identity")
    except StepFailed as reason:
        sys.exit(f"failed: {reason}")
    except httpx.ConnectError:
        sys.exit(f"failed: nothing answers at {base}; start it with `make run`.")
    except httpx.HTTPError as reason:
        sys.exit(f"failed: {type(reason).__name__}: {reason}")
    print(f"the story ended well in {time.perf_counter() - began:.1f} s\n\nOpen next:")
    for what, place in places.items():
        print(f"  {what:<30} {place}")


if __name__ == "__main__":
    main()
