"""JSON of decisions on values whose sources changed."""

from pydantic import Field

from shared.http import ApiModel, Title


class UpholdingIn(ApiModel):
    reason: Title = Field(examples=["Novější údaj zahrnuje i sousední obec, která se oddělila."])
