"""What people send with a decision, the same for whatever is decided."""

from typing import Annotated

from pydantic import Field

from shared.http import Day

DecisionDay = Annotated[
    Day | None,
    Field(description="The day when it took effect, today if left out; the Agency may write down a past one"),
]
