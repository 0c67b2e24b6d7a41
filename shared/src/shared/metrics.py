"""What operators watch: requests, the outbox, consumers and dead letters, in Prometheus's format."""

import asyncpg
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from shared.broker import consumers_of

WAITING = """
SELECT count(*) AS depth,
       coalesce(extract(epoch FROM now() - min(recorded_at)), 0)::float8 AS age
FROM outbox WHERE published_at IS NULL
"""
BROKER_SECONDS = 2
DEAD = "SELECT consumer, count(*) AS letters FROM dead_letter GROUP BY consumer"


class Metrics:
    """One registry for each service, so that four of them can share a process."""

    def __init__(self, service: str) -> None:
        self._service = service
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "http_requests", "Requests answered", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "http_request_seconds", "Time to the answer's end", ["method", "route"], registry=self.registry
        )
        self._depth = Gauge("outbox_depth", "Events decided and not yet published", registry=self.registry)
        self._age = Gauge(
            "outbox_oldest_seconds", "Age of the oldest event that waits", registry=self.registry
        )
        self._dead = Gauge(
            "dead_letters", "Events that could not be handled", ["consumer"], registry=self.registry
        )
        self._broker = Gauge("broker_up", "Whether the broker answers", registry=self.registry)
        self._lag = Gauge("consumer_lag", "Events not yet handled", ["consumer"], registry=self.registry)

    async def render(self, pool: asyncpg.Pool, js: JetStreamContext | None = None) -> bytes:
        """Measure and return the text; the lag of consumers only where there is a broker connection."""
        row = await pool.fetchrow(WAITING)
        self._depth.set(row["depth"])
        self._age.set(row["age"])
        for name in consumers_of(self._service):
            self._dead.labels(name).set(0)
        for dead in await pool.fetch(DEAD):
            self._dead.labels(dead["consumer"]).set(dead["letters"])
        if js is not None:
            try:
                await self._measure_lag(js)
            except (NatsError, OSError, TimeoutError):
                self._broker.set(0)
            else:
                self._broker.set(1)
        return generate_latest(self.registry)

    async def _measure_lag(self, js: JetStreamContext) -> None:
        for name, lines in consumers_of(self._service).items():
            info = await js.consumer_info(lines[0].source, name, timeout=BROKER_SECONDS)
            self._lag.labels(name).set((info.num_pending or 0) + (info.num_ack_pending or 0))
