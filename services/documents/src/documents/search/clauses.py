"""What a question is made of, and how PostgreSQL reads it."""

from dataclasses import dataclass

from documents.extraction.analysis import pair, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """All lexemes that a word may be found by; `starts` is what a longer word may begin with.

    `bases`: what it is kept by in pairs of words, where it stands in a phrase.
    """

    lexemes: tuple[str, ...]
    starts: str | None = None
    bases: tuple[str, ...] = ()

    def query(self, sign: str = "") -> str:
        parts = [quoted(sign + lexeme) for lexeme in self.lexemes]
        if self.starts is not None:
            parts.append(f"{quoted(sign + self.starts)}:*")
        return f"({' | '.join(parts)})" if len(parts) > 1 else parts[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words one after another; `gaps` are their distances from the one before (a stop word makes 2)."""

    words: tuple[Word, ...]
    gaps: tuple[int, ...]

    def query(self, sign: str = "") -> str:
        """Return what a document must have to hold the phrase: all its words."""
        return f"({' & '.join(word.query(sign) for word in self.words)})"

    @property
    def pairs(self) -> str:
        """Return what a page must have: each two words that follow one another, of a long phrase apart."""
        steps = []
        for first, gap, second in zip(self.words, self.gaps, self.words[1:], strict=False):
            made = (quoted(pair(one, other, gap)) for one in first.bases for other in second.bases)
            steps.append(f"({' | '.join(made)})")
        return f"({' & '.join(steps)})"

    @property
    def in_order(self) -> str:
        """Return what a page must have, where places are those of words."""
        first, *others = self.words
        steps = [f" <{gap}> {word.query()}" for gap, word in zip(self.gaps, others, strict=True)]
        return first.query() + "".join(steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A hyphenated name: as it is, or all its parts."""

    whole: Word
    parts: tuple[Word, ...]

    def query(self, sign: str = "") -> str:
        return f"({self.whole.query(sign)} | ({' & '.join(part.query(sign) for part in self.parts)}))"


Atom = Word | Phrase | Joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One of the alternatives must be there; `is_not`: none may."""

    alternatives: tuple[Atom, ...]
    said: str
    is_not: bool = False

    def query(self, sign: str = "") -> str:
        return f"({' | '.join(atom.query(sign) for atom in self.alternatives)})"

    @property
    def on_page(self) -> str:
        """Return what a page must have, its phrases by their pairs."""
        parts = (atom.pairs if isinstance(atom, Phrase) else atom.query() for atom in self.alternatives)
        return f"({' | '.join(parts)})"

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return tuple(atom for atom in self.alternatives if isinstance(atom, Phrase))

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for atom in self.alternatives for word in _words_of(atom))


def _words_of(atom: Atom) -> tuple[Word, ...]:
    match atom:
        case Word():
            return (atom,)
        case Phrase():
            return atom.words
        case Joined():
            return atom.parts
