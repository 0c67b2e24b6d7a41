"""Exit 0 when what runs in this container, the API or the worker, says that it is ready."""  # noqa: INP001 - a program, not a package

import os
import sys
from http.client import HTTPConnection, HTTPException

PLACES = ((8000, f"/api/{os.environ['POSPOLU_SERVICE']}/health/ready"), (8001, "/health/ready"))


def is_ready(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if any(is_ready(port, path) for port, path in PLACES) else 1)
