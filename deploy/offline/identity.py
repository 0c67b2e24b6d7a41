"""Serve the development identity provider under /identity, as the gateway expects it."""  # noqa: INP001 - a program, not a package

import asyncio
import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount

from embedded.identity.app import identity_app
from embedded.identity.settings import IdentitySettings
from shared.logs import configure_logs
from shared.service import serve

PORT = 8080


def application() -> Starlette:
    settings = IdentitySettings(
        environment=os.environ["POSPOLU_ENVIRONMENT"],
        issuer=os.environ["OIDC_ISSUER"],
        folder=Path(os.environ["IDENTITY_FOLDER"]),
        client_secrets={"documents": os.environ["DOCUMENTS_OIDC_SECRET"]},
    )
    return Starlette(routes=[Mount("/identity", identity_app(settings))])


if __name__ == "__main__":
    configure_logs("INFO", service="identity")
    asyncio.run(serve(application(), PORT))
