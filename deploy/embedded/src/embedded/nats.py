"""A NATS JetStream server in a folder of ours, with a user for each service."""

import signal
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from embedded.nats_users import users_block
from embedded.process import Process, free_port
from embedded.programs import find_nats

CONFIGURATION = """\
server_name: pospolu
host: 127.0.0.1
port: {port}
http: "127.0.0.1:{monitor_port}"
max_payload: 8MB
jetstream {{
  store_dir: "{store}"
  sync_interval: always
}}
{users}"""


@dataclass(slots=True, kw_only=True)
class Nats:
    """`passwords` by service; without any, everybody may do everything (tests)."""

    folder: Path
    logs: Path
    passwords: Mapping[str, str] = field(default_factory=dict)
    program: Path = field(default_factory=find_nats)
    port: int = field(default_factory=free_port)
    monitor_port: int = field(default_factory=free_port)
    process: Process | None = None

    def url(self, user: str | None = None) -> str:
        login = f"{user}:{quote(self.passwords[user], safe='')}@" if user else ""
        return f"nats://{login}127.0.0.1:{self.port}"

    @property
    def monitor_url(self) -> str:
        return f"http://127.0.0.1:{self.monitor_port}"

    def launch(self) -> Process:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        secrets = {service: f'"{password}"' for service, password in self.passwords.items()}
        text = CONFIGURATION.format(
            port=self.port,
            monitor_port=self.monitor_port,
            store=self.folder,
            users=users_block(secrets) if secrets else "",
        )
        path = self.folder / "nats.conf"
        path.touch(mode=0o600)
        path.write_text(text)
        command = [str(self.program), "--config", str(path)]
        log = self.logs / "nats.log"
        self.process = Process("NATS", command, log=log)
        return self.process

    def ready(self) -> bool:
        """Say yes when our server greets: the log says ready, and the port answers with INFO."""
        if self.process is None or "Server is ready" not in self.process.tail(40):
            return False
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                return connection.recv(4) == b"INFO"
        except OSError:
            return False

    def start(self) -> None:
        process = self.launch()
        process.wait(self.ready)

    def stop(self) -> None:
        if self.process is not None:
            self.process.stop(signal.SIGTERM)
