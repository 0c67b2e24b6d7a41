"""How a list is asked for: a page, and filters of known names only."""

from pydantic import Field

from shared.http import ApiModel, PageRequest


class ListRequest(ApiModel):
    """Base of the filters of a list; a name that it does not know is refused."""

    limit: int = Field(default=50, ge=1, le=200, description="Rows on a page")
    cursor: str | None = Field(default=None, max_length=2000, description="`next` of the page before")

    @property
    def page(self) -> PageRequest:
        return PageRequest(limit=self.limit, cursor=self.cursor)

    def filters(self) -> dict[str, object]:
        """Return the filters that were given."""
        return self.model_dump(exclude={"limit", "cursor"}, exclude_none=True)
