"""What the mailbox shows: every letter that would have left, for people and for the demo."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from html import escape
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from embedded.front import language_asked, page
from embedded.front_texts import TEXTS
from embedded.mailbox import Letter, Mailbox
from shared.days import PRAGUE, day_text

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
_UNKEPT: Final = {"Cache-Control": "no-store"}


def mail_routes(mailbox: Mailbox) -> list[BaseRoute]:
    async def listed(request: Request) -> Response:
        language = language_asked(request)
        letters = await run_in_threadpool(mailbox.letters)
        return page(language, "/mail", _list(TEXTS[language], language, letters))

    async def as_data(request: Request) -> Response:
        to = request.query_params.get("to", "")
        letters = await run_in_threadpool(lambda: mailbox.letters(to=to))
        return JSONResponse([asdict(letter) for letter in letters], headers=_UNKEPT)

    async def one(request: Request) -> Response:
        language = language_asked(request)
        letter = await run_in_threadpool(mailbox.letter, request.path_params["name"])
        if letter is None:
            return PlainTextResponse(TEXTS[language]["no-letter"], status_code=404, headers=_UNKEPT)
        return page(language, f"/mail/{letter.name}", _one(TEXTS[language], language, letter))

    return [Route("/mail", listed), Route("/mail.json", as_data), Route("/mail/{name}", one)]


def _list(texts: Mapping[str, str], language: str, letters: Sequence[Letter]) -> str:
    rows = "".join(
        f'<tr><th scope="row"><a href="/mail/{letter.name}?lang={language}">{escape(letter.subject)}</a></th>'
        f"<td>{escape(', '.join(letter.to))}</td><td>{_moment(letter.sent_at, language)}</td></tr>"
        for letter in letters
    )
    head = "".join(f'<th scope="col">{texts[name]}</th>' for name in ("subject", "to", "sent"))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"""<p><a href="/?lang={language}">{texts["back"]}</a></p>
<h1>{texts["mail"]}</h1><p>{texts["mail-lead"]}</p>
{table if letters else f"<p>{texts['no-letters']}</p>"}"""


def _one(texts: Mapping[str, str], language: str, letter: Letter) -> str:
    return f"""<p><a href="/mail?lang={language}">{texts["mail"]}</a></p>
<h1>{escape(letter.subject)}</h1><p>{escape(", ".join(letter.to))} · {_moment(letter.sent_at, language)}</p>
<div class="letter">{_linked(letter.text)}</div>"""


def _moment(sent_at: str, language: str) -> str:
    if not sent_at:
        return ""
    sent = datetime.fromisoformat(sent_at).astimezone(PRAGUE)
    return f"{day_text(sent.date(), language)} {sent:%H:%M}"


def _linked(text: str) -> str:
    """Return the text as HTML in which addresses can be followed."""
    return _ADDRESS.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', escape(text))
