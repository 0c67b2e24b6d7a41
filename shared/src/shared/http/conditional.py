"""Conditional requests (RFC 9110): nobody overwrites what he has not seen."""

import re
from typing import Annotated

from fastapi import Depends, Header
from starlette.exceptions import HTTPException

from shared.errors import Invalid

_TAG = re.compile(r'^"(\d{1,18})"$')


class TagNotOurs(Invalid):
    cs = "Hlavička If-Match nemá tvar, který vydáváme: verze v uvozovkách."
    en = "If-Match is not of the form that we issue: a version in double quotes."


async def expected_version(
    if_match: Annotated[str | None, Header(description='Version decided on, for example `"3"`')] = None,
) -> int:
    if if_match is None:
        raise HTTPException(428)
    found = _TAG.match(if_match)
    if found is None:
        raise TagNotOurs
    return int(found[1])


ExpectedVersion = Annotated[int, Depends(expected_version)]
"""The version in If-Match; 428 without it. The use case compares it under its lock."""


def etag(version: int) -> dict[str, str]:
    return {"ETag": f'"{version}"'}
