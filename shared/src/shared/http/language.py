"""Czech or English, as the caller asks by Accept-Language; Czech where nothing is said."""

from starlette.requests import Request


def language_of(request: Request) -> str:
    """Return `cs` or `en`: the one with the higher quality, Czech when they are equal."""
    quality = {"cs": 0.0, "en": 0.0}
    for part in request.headers.get("accept-language", "").split(",")[:20]:
        tag, _, weight = part.partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language in quality:
            quality[language] = max(quality[language], _weight(weight))
    return "en" if quality["en"] > quality["cs"] else "cs"


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
