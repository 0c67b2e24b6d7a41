"""What the first page says, in Czech and English."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "cs": {
        "title": "Pospolu",
        "lead": "Otevřená platforma, na které běží národní program sociálního začleňování: která území "
        "potřebují pomoc a proč, kdo spolupracuje s Agenturou, co se naplánovalo, zda se to děje "
        "a zda to pomohlo.",
        "parts": "Stav částí",
        "part": "část",
        "state": "stav",
        "well": "v pořádku",
        "ill": "neodpovídá",
        "database": "databáze (PostgreSQL)",
        "broker": "zprávy (NATS JetStream)",
        "worker": "zpracování na pozadí",
        "registry": "registry – území a spolupráce",
        "planning": "planning – plány",
        "evaluation": "evaluation – monitoring a evaluace",
        "documents": "documents – dokumenty",
        "apis": "Dokumentace rozhraní (API)",
        "workflow": "Jak na sebe události navazují",
        "workflow-lead": "Schválený plán si sám založí monitoring, evaluace i dokument. Šipka je událost, "
        "pod ní reakce služby, která ji přijme.",
        "table": "Totéž jako tabulka",
        "event": "událost",
        "source": "kdo ji oznamuje",
        "reaction": "kdo co udělá",
        "people": "Ukázkové osoby",
        "people-lead": "Osoby jsou smyšlené, heslo se nezadává; vybírají se na přihlašovací stránce. "
        "Občan účet nepotřebuje.",
        "issuer": "Poskytovatel identit (OpenID Connect):",
        "back": "Zpět na úvod",
        "other": "English",
    },
    "en": {
        "title": "Pospolu",
        "lead": "The open platform on which a national social-inclusion programme is run: which territories "
        "need help and why, who cooperates with the Agency, what was planned, whether it is being done, "
        "and whether it helped.",
        "parts": "State of the parts",
        "part": "part",
        "state": "state",
        "well": "well",
        "ill": "does not answer",
        "database": "database (PostgreSQL)",
        "broker": "broker (NATS JetStream)",
        "worker": "background work",
        "registry": "registry – territories and cooperation",
        "planning": "planning – plans",
        "evaluation": "evaluation – monitoring and evaluations",
        "documents": "documents – documents",
        "apis": "API documentation",
        "workflow": "How events follow each other",
        "workflow-lead": "An approved plan sets up its own monitoring, evaluations and document. An arrow is "
        "an event, below it the reaction of the service that receives it.",
        "table": "The same as a table",
        "event": "event",
        "source": "who tells it",
        "reaction": "who does what",
        "people": "Demo identities",
        "people-lead": "The people are invented, there is no password; one picks them on the sign-in page. "
        "A citizen needs no account.",
        "issuer": "Identity provider (OpenID Connect):",
        "back": "Back to the first page",
        "other": "Čeština",
    },
}
