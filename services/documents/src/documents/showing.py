"""Names of kinds in the caller's language, addresses at the host that the caller knows."""

import json
from functools import cache

from fastapi import Request, Response

from documents.answering import base_of
from documents.files.kinds import KINDS
from documents.publications.citation import PREFIX
from shared.http import language_of


def shown_to(request: Request) -> dict[str, object]:
    """Return the parameters of queries that give names of kinds and addresses of documents and files."""
    public_url: str = request.app.state.resources.settings.public_url
    return {
        "kind_names": _kind_names(language_of(request)),
        "addresses": f"{public_url.rstrip('/')}{PREFIX}",
        "contents": f"{base_of(request)}/documents",
    }


def in_language(answer: Response) -> Response:
    """Tell caches that another language is another answer."""
    answer.headers["Vary"] = "Accept-Language"
    return answer


@cache
def _kind_names(language: str) -> str:
    return json.dumps({kind.value: getattr(rule, language) for kind, rule in KINDS.items()})
