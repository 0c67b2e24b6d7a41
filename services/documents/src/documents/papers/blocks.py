"""A paper as blocks in the order of reading: what it says, not how; PDF and DOCX are made of it alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class Language(StrEnum):
    CS = "cs"
    EN = "en"


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


class ChartKind(StrEnum):
    BARS = "bars"
    LINES = "lines"


class Change(StrEnum):
    """What happened to a piece of text between two wordings."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of text that was kept, inserted or deleted."""

    text: str
    change: Change = Change.KEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 1 to 4; each is a bookmark, levels 1 and 2 are in the contents."""

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A text; an end of line in it begins a new paragraph."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead(Paragraph):
    """The sentence that who has a minute should read: larger, set apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Paragraph):
    """A remark in small type: a source, a reservation, what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text with the changes from an older wording marked."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Labels with texts beside them; a pair without a text is left out."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; `width_mm` is None for one that takes what is left."""

    title: str
    width_mm: int | None = None
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A text of a table with a remark below it in small type."""

    text: str
    aside: str = ""
    strong: bool = False


CellText: TypeAlias = Cell | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose header repeats on each page; `totals` is its last row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[CellText, ...], ...]
    caption: str = ""
    totals: tuple[CellText, ...] = ()

    def __post_init__(self) -> None:
        """Raise `ValueError` where a row has another number of cells than there are columns."""
        for row in (*self.rows, *((self.totals,) if self.totals else ())):
            if len(row) != len(self.columns):
                raise ValueError(f"{len(row)} cells in {len(self.columns)} columns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The values of a chart by its labels; None is a gap, never a zero; what is only planned is dashed."""

    name: str
    values: tuple[Decimal | None, ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars or lines over labels; `alt` says in words what the picture shows.

    The values follow as a table unless they stand elsewhere.
    """

    kind: ChartKind
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    caption: str = ""
    unit: str = ""
    with_values: bool = True

    def __post_init__(self) -> None:
        """Raise `ValueError` where a series has another number of values than there are labels."""
        for one in self.series:
            if len(one.values) != len(self.labels):
                raise ValueError(f"{len(one.values)} values under {len(self.labels)} labels")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """What follows begins a new page."""


Block: TypeAlias = Heading | Paragraph | Lead | Note | Marked | Facts | Bullets | Table | Chart | PageBreak


def says_kind(title: str, kind: str) -> bool:
    """Whether a title begins with the kind of what it names: nobody reads that twice."""
    return title.casefold().startswith(kind.casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document to be set.

    `kind` is what sort of document it is, in words; `parties` whose it is; `facts` stand on its first page.
    `digest` is the SHA-256 of what it was made of, printed on every page after its label; `identifier` is
    of the thing that it is about; `remark` is on the first page in small type. `title_page` gives it a page
    for the title and contents, otherwise the text begins right under the title. `large_type` is for easy
    reading, `landscape` for wide tables.
    """

    title: str
    kind: str
    made_on: date
    digest: str
    blocks: Sequence[Block]
    subtitle: str = ""
    language: Language = Language.CS
    parties: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    digest_label: str = ""
    identifier: str = ""
    remark: str = ""
    title_page: bool = True
    large_type: bool = False
    landscape: bool = False

    @property
    def kind_beside_title(self) -> str:
        return "" if says_kind(self.title, self.kind) else self.kind
