"""The first page: what this is, how its parts are, and where to go on."""

from collections.abc import Awaitable, Callable, Mapping
from html import escape
from importlib.resources import files
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from embedded.front_texts import TEXTS
from embedded.identity.personas import PERSONAS
from embedded.nats_users import SERVICES
from embedded.parts import states
from embedded.workflow_picture import picture, table
from shared.http.language import language_of

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Vary": "Accept-Language",
}
FEED: Final = "/api/documents/feeds/documents.rss"
PUBLIC: Final = {
    "public-plans": "/api/planning/plans",
    "public-consultations": "/api/planning/consultations?filter%5Bstatus%5D=open",
    "public-documents": "/api/documents/documents",
    "public-search": f"/api/documents/search?q={quote('sociálních bytech')}",
    "public-boards": "/api/documents/boards",
    "public-feeds": FEED,
    "public-catalogue": "/api/documents/catalogue.jsonld",
    "public-record": "/api/documents/record/acts",
}
"""What anybody may read, by the name of its text."""


def front_routes(base: str) -> list[BaseRoute]:
    """Return the routes beside `/api` and `/identity`; `base` is where we ourselves answer."""

    async def first(request: Request) -> Response:
        language = language_asked(request)
        return page(language, "/", _first(TEXTS[language], language, base, await states(base)))

    async def status(_: Request) -> Response:
        return JSONResponse(await states(base), headers={"Cache-Control": "no-store"})

    async def workflow(request: Request) -> Response:
        language = language_asked(request)
        return page(language, "/workflow", _workflow(TEXTS[language], language))

    return [
        Route("/", first),
        Route("/status", status),
        Route("/workflow", workflow),
        Route("/front.css", _file("front.css", "text/css")),
        Route("/front.js", _file("front.js", "text/javascript")),
    ]


def _file(name: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    content = files("embedded").joinpath(name).read_bytes()

    async def serve(_: Request) -> Response:
        return Response(content, media_type=media_type, headers={"Cache-Control": "no-cache"})

    return serve


def language_asked(request: Request) -> str:
    asked = request.query_params.get("lang", "")
    return asked if asked in TEXTS else language_of(request)


def _first(texts: Mapping[str, str], language: str, base: str, found: Mapping[str, bool]) -> str:
    apis = "".join(
        f'<li><a href="/api/{service}/docs">{escape(texts[service])}</a></li>' for service in SERVICES
    )
    public = "".join(
        f'<li><a href="{escape(address)}">{texts[name]}</a></li>' for name, address in PUBLIC.items()
    )
    people = "".join(
        f"<li><strong>{escape(person.name)}</strong> <code>{escape(person.id)}</code> – "
        f"{escape(person.affiliation)}. {escape(person.cs if language == 'cs' else person.en)}</li>"
        for person in PERSONAS
    )
    issuer = f"{base}/identity/.well-known/openid-configuration"
    return f"""<h1>{texts["title"]}</h1><p>{texts["lead"]}</p>
<section aria-labelledby="public"><h2 id="public">{texts["public"]}</h2><p>{texts["public-lead"]}</p>
<ul>{public}</ul></section>
<section aria-labelledby="parts"><h2 id="parts">{texts["parts"]}</h2>
<table><thead><tr><th scope="col">{texts["part"]}</th><th scope="col">{texts["state"]}</th></tr></thead>
<tbody id="states" aria-live="polite" data-well="{texts["well"]}" data-ill="{texts["ill"]}">
{"".join(_state(texts, part, well=well) for part, well in found.items())}</tbody></table></section>
<section aria-labelledby="apis"><h2 id="apis">{texts["apis"]}</h2><ul>{apis}</ul></section>
<p><a href="/workflow?lang={language}">{texts["workflow"]}</a> ·
<a href="/mail?lang={language}">{texts["mail"]}</a></p>
<section aria-labelledby="people"><h2 id="people">{texts["people"]}</h2><p>{texts["people-lead"]}</p>
<ul>{people}</ul><p>{texts["issuer"]} <a href="{issuer}">{issuer}</a></p></section>"""


def _state(texts: Mapping[str, str], part: str, *, well: bool) -> str:
    word = "well" if well else "ill"
    return (
        f'<tr id="part-{part}" class="{word}"><th scope="row">{escape(texts[part])}</th>'
        f"<td>{texts[word]}</td></tr>"
    )


def _workflow(texts: Mapping[str, str], language: str) -> str:
    return f"""<p><a href="/?lang={language}">{texts["back"]}</a></p>
<h1>{texts["workflow"]}</h1><p>{texts["workflow-lead"]}</p>
<div class="picture" tabindex="0" role="group" aria-label="{texts["workflow"]}">
{picture(texts["workflow"])}</div>
<h2>{texts["table"]}</h2>{table(texts)}"""


def page(language: str, path: str, body: str) -> Response:
    other = "en" if language == "cs" else "cs"
    html = f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>Pospolu</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/front.css"><link rel="icon" href="data:,">
<link rel="alternate" type="application/rss+xml" href="{FEED}">
<script src="/front.js" defer></script></head><body>
<header>
<a href="{path}?lang={other}" lang="{other}" hreflang="{other}">{TEXTS[language]["other"]}</a></header>
<main>{body}</main></body></html>
"""
    return HTMLResponse(html, headers={**HEADERS, "Content-Language": language})
