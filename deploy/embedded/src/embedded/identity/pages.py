"""The pages of the development identity provider: Czech and English, without JavaScript."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from typing import Literal
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse

from embedded.identity.personas import PERSONAS, Persona
from embedded.identity.requests import NO_STORE
from shared.contracts.base import Role

Language = Literal["cs", "en"]

STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 44rem; margin: 0 auto; padding: 1rem }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem }
ul { list-style: none; padding: 0; display: grid; gap: .5rem }
button { font: inherit; width: 100%; text-align: start; padding: .75rem 1rem; cursor: pointer;
  color: inherit; background: transparent; border: 2px solid #6b7280; border-radius: .5rem }
button:hover { border-color: #2563eb }
:focus-visible { outline: 3px solid #2563eb; outline-offset: 2px }
button strong, button span { display: block }
.quiet { margin-top: 1rem }
"""
STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()

TEXTS: Mapping[Language, Mapping[str, str]] = {
    "cs": {
        "title": "Za koho se přihlásit?",
        "lead": "Aplikace {client} chce vědět, kdo jste. Toto je ukázkové prostředí: "
        "osoby jsou smyšlené a heslo se nezadává.",
        "people": "Osoby",
        "citizen": "Občan účet nepotřebuje: veřejnou část vidí i bez přihlášení.",
        "cancel": "Pokračovat bez přihlášení",
        "problem": "Přihlášení nelze dokončit",
        "problem-lead": "Aplikace, ze které přicházíte, poslala požadavek, kterému nelze vyhovět. "
        "Vraťte se do ní a zkuste to znovu. Pro vývojáře:",
        "out": "Jste odhlášeni",
        "out-lead": "Toto okno můžete zavřít.",
        "other": "English",
    },
    "en": {
        "title": "Who do you want to be?",
        "lead": "The application {client} asks who you are. This is a demo: "
        "the people are invented and there is no password.",
        "people": "People",
        "citizen": "A citizen needs no account: the public part is open without signing in.",
        "cancel": "Go on without signing in",
        "problem": "Signing in cannot be finished",
        "problem-lead": "The application that sent you here asked for something we cannot do. "
        "Go back to it and try again. For developers:",
        "out": "You are signed out",
        "out-lead": "You may close this window.",
        "other": "Čeština",
    },
}
ROLES: Mapping[Role, tuple[str, str]] = {
    Role.ADMINISTRATOR: ("správa systému", "administrator"),
    Role.CONSULTANT: ("lokální konzultant", "local consultant"),
    Role.ANALYST: ("analytik", "analyst"),
    Role.EVALUATOR: ("evaluace", "evaluator"),
    Role.COORDINATOR: ("koordinace v obci", "municipal coordinator"),
    Role.MAYOR: ("vedení obce", "mayor"),
    Role.PARTNER: ("partner", "partner"),
    Role.COMMISSIONER: ("člen hodnoticí komise", "member of the commission"),
    Role.DIRECTOR: ("ředitel", "director"),
}


def page_language(request: Request, ui_locales: str = "") -> Language:
    """Choose by `ui_locales`, else by Accept-Language; Czech when neither names cs or en."""
    wishes = f"{ui_locales.replace(' ', ',')},{request.headers.get('accept-language', '')}"
    for wish in wishes.split(","):
        tag = wish.partition(";")[0].partition("-")[0].strip().lower()
        if tag in {"cs", "en"}:
            return "cs" if tag == "cs" else "en"
    return "cs"


def persona_page(issuer: str, client: str, parameters: Mapping[str, str], language: Language) -> HTMLResponse:
    texts = TEXTS[language]
    carried = {name: value for name, value in parameters.items() if name != "persona"}
    other = "en" if language == "cs" else "cs"
    switch = f"{issuer}/authorize?{urlencode({**carried, 'ui_locales': other})}"
    body = f"""
<header><p>Pospolu</p>
<p><a href="{escape(switch)}" lang="{other}" hreflang="{other}">{texts["other"]}</a></p></header>
<main>
<h1>{texts["title"]}</h1>
<p>{escape(texts["lead"].format(client=client))}</p>
<form method="post" action="{escape(issuer)}/authorize">
{_hidden({**carried, "ui_locales": language})}
<h2 id="people">{texts["people"]}</h2>
<ul aria-labelledby="people">
{"".join(_button(persona, language) for persona in PERSONAS)}
</ul>
<p>{texts["citizen"]}</p>
<button class="quiet" name="persona" value="nobody">{texts["cancel"]}</button>
</form>
</main>"""
    return _page(texts["title"], body, language, form_target=_origin(parameters["redirect_uri"]))


def problem_page(description: str, language: Language, *, status: int = 400) -> HTMLResponse:
    texts = TEXTS[language]
    body = f"""<main><h1>{texts["problem"]}</h1>
<p>{texts["problem-lead"]}</p><p lang="en"><code>{escape(description)}</code></p></main>"""
    return _page(texts["problem"], body, language, status=status)


def signed_out_page(language: Language) -> HTMLResponse:
    texts = TEXTS[language]
    return _page(texts["out"], f"<main><h1>{texts['out']}</h1><p>{texts['out-lead']}</p></main>", language)


def _button(persona: Persona, language: Language) -> str:
    role = ROLES[persona.role][0 if language == "cs" else 1]
    text = persona.cs if language == "cs" else persona.en
    return f"""<li><button name="persona" value="{escape(persona.id)}">
<strong>{escape(persona.name)} – {role}</strong>
<span>{escape(persona.affiliation)}</span> <span>{escape(text)}</span></button></li>
"""


def _hidden(values: Mapping[str, str]) -> str:
    return "\n".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in values.items()
    )


def _origin(uri: str) -> str:
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}"


def _page(
    title: str, body: str, language: Language, *, status: int = 200, form_target: str = ""
) -> HTMLResponse:
    """Give a page that runs no script; browsers apply form-action to the redirect after the form too."""
    policy = (
        f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action 'self' {form_target}".rstrip()
    )
    html = f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Pospolu</title>
<style>{STYLE}</style>
</head>
<body>{body}
</body>
</html>
"""
    headers = {**NO_STORE, "Content-Security-Policy": policy, "Content-Language": language}
    return HTMLResponse(html, status_code=status, headers=headers)
