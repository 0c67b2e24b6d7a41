"""`make token AS=mayor-obrnice`: sign in as one of the demo's people, and print the access token."""

import argparse
import os
import sys

import httpx

from embedded.demo_client import sign_in
from embedded.identity.personas import BY_ID


def main() -> None:
    parser = argparse.ArgumentParser(prog="embedded.token", description=__doc__)
    parser.add_argument("persona", choices=sorted(BY_ID))
    port = os.environ.get("POSPOLU_PORT", "8000")
    parser.add_argument("--issuer", default=f"http://127.0.0.1:{port}/identity")
    options = parser.parse_args()
    try:
        with httpx.Client(timeout=10, trust_env=False) as http:
            print(sign_in(http, options.issuer, options.persona))
    except httpx.HTTPError as reason:
        sys.exit(f"no token from {options.issuer}: {reason}; is `make run` running?")


if __name__ == "__main__":
    main()
