"""What people send with a decision, the same for whatever is decided."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.http import Day, Storable

DecisionDay = Annotated[
    Day | None,
    Field(description="The day when it took effect, today if left out; the Agency may write down a past one"),
]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$"), Storable]
"""SHA-256 of a document that is kept elsewhere."""
