"""What the chapters of the story share: who plays, what they made so far, and how they ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from embedded.demo_client import Person

Found: TypeAlias = dict[str, object]


@dataclass(slots=True, kw_only=True)
class Stage:
    """`places` are the addresses worth opening when the story has ended, by what stands there."""

    people: Mapping[str, Person]
    now: datetime
    unit_id: str = ""
    plan_id: str = ""
    report_id: str = ""
    places: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return self.people["citizen"].base

    @property
    def today(self) -> str:
        return f"{self.now:%Y-%m-%d}"

    @property
    def citizens_address(self) -> str:
        """Give an address of its own to each story: whoever is subscribed is not asked again."""
        return f"obcan-{self.now:%m%d%H%M%S}@example.org"

    def read(self, person: str, path: str, **query: str) -> Found:
        found: Found = self.people[person].get(path, **query).json()
        return found

    def items(self, person: str, path: str, **query: str) -> list[Found]:
        found: list[Found] = self.people[person].get(path, **query).json()["items"]
        return found

    def create(self, person: str, path: str, body: object) -> Found:
        made: Found = self.people[person].do("POST", path, body, status=201).json()
        return made

    def decide(
        self, person: str, of: str, step: str, body: object = None, *, method: str = "POST", status: int = 200
    ) -> Found:
        """Read the version of `of`, then take a step on it."""
        version = int(self.people[person].get(of).headers["ETag"].strip('"'))
        path = f"{of}/{step}" if step else of
        done: Found = self.people[person].do(method, path, body, version=version, status=status).json()
        return done
