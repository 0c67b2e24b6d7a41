"""Answers made as a whole: with their digest as ETag, open to pages of others."""

import hashlib
import json

from fastapi import Request, Response
from fastapi.responses import JSONResponse


class JsonLd(JSONResponse):
    """JSON with readable Czech, made of what is already a document."""

    media_type = "application/ld+json"

    def render(self, content: object) -> bytes:
        return json.dumps(content, ensure_ascii=False, indent=2).encode()


class CsvSchema(JsonLd):
    media_type = "application/csvm+json"


def conditional(request: Request, answer: Response) -> Response:
    """Return the answer with its digest as ETag; 304 where the caller has it."""
    headers = {
        "ETag": f'"{hashlib.sha256(bytes(answer.body)).hexdigest()}"',
        "Cache-Control": "public, no-cache",
        "Access-Control-Allow-Origin": "*",
    }
    if headers["ETag"] in {tag.strip() for tag in request.headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers=headers)
    answer.headers.update(headers)
    return answer


def base_of(request: Request) -> str:
    """Return the address of this service as the caller knows it, the prefix of a gateway included."""
    address = request.url
    return f"{address.scheme}://{address.netloc}{request.scope.get('root_path', '')}"
