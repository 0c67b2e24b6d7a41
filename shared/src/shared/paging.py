"""Lists by keyset: which part is asked for, and the cursor that leads to the next one."""

import base64
import binascii
import json
from collections.abc import Sequence
from functools import cached_property
from typing import Annotated

from fastapi import Depends
from fastapi import Query as QueryParameter
from pydantic import BaseModel, ConfigDict, Field

from shared.errors import Invalid
from shared.scalars import InDigits


class CursorNotOurs(Invalid):
    cs = "Tento kurzor stránkování jsme nevydali."
    en = "We did not issue this cursor."


class PageRequest(BaseModel):
    """Which part of a list: `limit` rows after `cursor`."""

    model_config = ConfigDict(frozen=True)

    limit: int
    cursor: str | None

    @cached_property
    def after(self) -> list[str]:
        """Return the keys of the last row that the caller has; raises `CursorNotOurs`."""
        if self.cursor is None:
            return []
        try:
            keys = json.loads(base64.urlsafe_b64decode(self.cursor.encode()))
        except (binascii.Error, ValueError, RecursionError) as error:
            raise CursorNotOurs from error
        if not isinstance(keys, list) or not all(isinstance(key, str) and "\0" not in key for key in keys):
            raise CursorNotOurs
        return keys


async def _page_request(
    limit: Annotated[int, Field(ge=1, le=200), InDigits, QueryParameter(description="Rows on a page")] = 50,
    cursor: Annotated[
        str | None, QueryParameter(max_length=2000, description="`next` of the page before")
    ] = None,
) -> PageRequest:
    return PageRequest(limit=limit, cursor=cursor)


Page = Annotated[PageRequest, Depends(_page_request)]


def cursor_of(keys: Sequence[object]) -> str:
    """Return the cursor after the row with these keys."""
    return base64.urlsafe_b64encode(json.dumps(list(keys)).encode()).decode()
