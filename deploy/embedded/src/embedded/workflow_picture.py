"""The workflow as a picture (SVG, made from WORKFLOW) and as a table for those who do not see it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from embedded.nats_users import SERVICES
from shared.contracts.workflow import WORKFLOW, On

COLUMN: Final = 260
ROW: Final = 40
TOP: Final = 70
LEFT: Final = 130


def _x(service: str) -> int:
    return LEFT + SERVICES.index(service) * COLUMN


def _heads(bottom: int) -> str:
    return "".join(
        f'<line class="life" x1="{_x(service)}" y1="44" x2="{_x(service)}" y2="{bottom}"/>'
        f'<rect x="{_x(service) - 70}" y="10" width="140" height="34" rx="6"/>'
        f'<text x="{_x(service)}" y="32">{service}</text>'
        for service in SERVICES
    )


def _arrow(line: On, y: int) -> str:
    begin, end = _x(line.source), _x(line.service)
    tip = end - 8 if end > begin else end + 8
    middle = (begin + end) // 2
    name = escape(line.event.__name__)
    reaction = escape(f"{line.slice}.{line.reaction}")
    anchor, place = ("start", end + 8) if end > begin else ("end", end - 8)
    if end == _x(SERVICES[-1]):
        anchor, place = "start", end + 8
    return (
        f'<line class="arrow" x1="{begin}" y1="{y}" x2="{tip}" y2="{y}" marker-end="url(#tip)"/>'
        f'<text class="event" x="{middle}" y="{y - 6}">{name}</text>'
        f'<text class="reaction" x="{place}" y="{y + 14}" text-anchor="{anchor}">{reaction}</text>'
    )


def picture(label: str, workflow: Sequence[On] = WORKFLOW) -> str:
    """Return an SVG: a life line for each service, an arrow for each reaction, from top to bottom."""
    bottom = TOP + ROW * len(workflow)
    width = _x(SERVICES[-1]) + 250
    arrows = "".join(_arrow(line, TOP + ROW * place) for place, line in enumerate(workflow))
    return (
        f'<svg role="img" aria-label="{escape(label)}" viewBox="0 0 {width} {bottom}" '
        f'xmlns="http://www.w3.org/2000/svg"><defs><marker id="tip" viewBox="0 0 8 8" refX="4" refY="4" '
        f'markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>'
        f"{_heads(bottom)}{arrows}</svg>"
    )


def table(titles: Mapping[str, str], workflow: Sequence[On] = WORKFLOW) -> str:
    """Return the same as rows: event, who tells it, who does what."""
    head = "".join(f'<th scope="col">{escape(titles[name])}</th>' for name in ("event", "source", "reaction"))
    rows = "".join(
        f'<tr><th scope="row">{line.event.__name__}</th><td>{line.source}</td>'
        f"<td>{line.service}: {line.slice}.{line.reaction}</td></tr>"
        for line in workflow
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
