"""A question as people type it, and as PostgreSQL reads it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from documents.extraction.analysis import composed, compound_lexeme, is_stop_word, telling_tokens
from documents.extraction.lexicon import (
    BEGINNING,
    asked_bases,
    asked_lexemes,
    folded,
    lexemes_of,
)
from documents.search.beginnings import Beginnings
from documents.search.clauses import Atom, Clause, Joined, Phrase, Word
from documents.search.refusals import NothingToSearch, QuestionTooLong

MOST_WORDS: Final = 20
MOST_PHRASES: Final = 3
SHORTEST_PREFIX: Final = 3
_PIECE: Final = re.compile(r'-?"[^"]*"?|-?[^\s"]+')
_COMPOUND: Final = re.compile(r"[^\W_]+(?:[-/.@–‑][^\W_]+)+")
_OR: Final = frozenset({"OR", "NEBO", "|"})
_QUOTES: Final = str.maketrans(dict.fromkeys("„“”«»‟", '"'))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """A clause with phrases: their pairs, how they stand on a page, and what else would do instead.

    `is_long`: the pairs do not tell whether the words follow one another.
    """

    is_not: bool
    pairs: str
    phrase: str
    is_long: bool
    other: str | None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question that was understood: clauses that all must hold.

    `beginnings`: which words of a text are worth a look; nearly none is, and a look takes a lemma.
    """

    clauses: tuple[Clause, ...]
    beginnings: Beginnings

    @cached_property
    def document_query(self) -> str:
        """Return the `tsquery` for a whole version, where a phrase is its words and no more."""
        said = [clause.query() for clause in self.wanted]
        refused = [f"!{clause.query()}" for clause in self.clauses if clause.is_not and not clause.phrases]
        return " & ".join((*said, *refused))

    @cached_property
    def about_query(self) -> str:
        """Return the `tsquery` for versions that are about all of it."""
        return " & ".join(clause.query("+") for clause in self.wanted)

    @cached_property
    def any_query(self) -> str:
        """Return the `tsquery` for anything of it: ranks come from it."""
        return " | ".join(clause.query() for clause in self.wanted)

    @cached_property
    def on_pages(self) -> tuple[str, ...]:
        """Return a `tsquery` for pages by each clause, and last one for pages that are full of any."""
        full = " | ".join(clause.query("+") for clause in self.wanted)
        return (*(clause.on_page for clause in self.wanted), full)

    @cached_property
    def ordered(self) -> tuple["Ordered", ...]:
        """Return the clauses that hold a phrase."""
        return tuple(_ordered(clause) for clause in self.clauses if clause.phrases)

    def found_in(self, text: str) -> Iterator[tuple[re.Match[str], int]]:
        """Give the words of a text that were asked for, each with which of the asked words it is."""
        for found in self.beginnings.words_in(text):
            word = found.group()
            if self.beginnings[word[:BEGINNING]] and (which := self.which(word)) is not None:
                yield found, which

    def which(self, word: str) -> int | None:
        """Return which of the asked words a word of a text is."""
        if word not in self._known:
            self._known[word] = self._found(word)
        return self._known[word]

    def _found(self, word: str) -> int | None:
        if is_stop_word(word):
            return None
        lexemes = lexemes_of(word)
        for lexeme in lexemes:
            if lexeme in self._by_lexeme:
                return self._by_lexeme[lexeme]
        starts = (number for start, number in self._by_start if lexemes[0].startswith(start))
        return next(starts, None)

    @cached_property
    def _known(self) -> dict[str, int | None]:
        """The words that texts said so far: a page of results says most of them many times."""
        return {}

    @property
    def wanted(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.is_not)

    @cached_property
    def _words(self) -> list[Word]:
        return [word for clause in self.wanted for word in clause.words]

    @cached_property
    def _by_lexeme(self) -> dict[str, int]:
        return {lexeme: number for number, word in enumerate(self._words) for lexeme in word.lexemes}

    @cached_property
    def _by_start(self) -> list[tuple[str, int]]:
        return [(word.starts, number) for number, word in enumerate(self._words) if word.starts is not None]


def _ordered(clause: Clause) -> Ordered:
    others = [atom.query() for atom in clause.alternatives if atom not in clause.phrases]
    return Ordered(
        is_not=clause.is_not,
        pairs=" | ".join(phrase.pairs for phrase in clause.phrases),
        phrase=" | ".join(f"({phrase.in_order})" for phrase in clause.phrases),
        is_long=any(len(phrase.words) > 2 for phrase in clause.phrases),
        other=" | ".join(others) or None,
    )


def understood(question: str) -> Asked:
    """Read a question: words, "phrases", -refused, OR; the last word may be unfinished.

    Raises `NothingToSearch`, `QuestionTooLong`.
    """
    pieces = _PIECE.findall(composed(question).translate(_QUOTES))
    unfinished = not question[-1:].isspace()
    clauses: list[Clause] = []
    joins = False
    for place, piece in enumerate(pieces):
        if piece in _OR:
            joins = bool(clauses)
            continue
        is_last = unfinished and place == len(pieces) - 1
        atoms = _atoms(piece.removeprefix("-"), is_last=is_last)
        is_not = piece.startswith("-") and len(piece) > 1
        if joins and atoms and not is_not and not clauses[-1].is_not:
            before = clauses.pop()
            clauses.append(Clause(alternatives=(*before.alternatives, *atoms), said=f"{before.said} {piece}"))
        else:
            clauses.extend(Clause(alternatives=(atom,), said=piece, is_not=is_not) for atom in atoms)
        joins = False
    _expect_searchable(clauses)
    wanted = (word for clause in clauses if not clause.is_not for word in clause.words)
    return Asked(clauses=tuple(clauses), beginnings=Beginnings(wanted))


def _expect_searchable(clauses: Sequence[Clause]) -> None:
    if all(clause.is_not for clause in clauses):
        raise NothingToSearch(pointer="query/q")
    words = sum(len(clause.words) for clause in clauses)
    phrases = sum(len(clause.phrases) for clause in clauses)
    if words > MOST_WORDS or phrases > MOST_PHRASES:
        raise QuestionTooLong(pointer="query/q", words=MOST_WORDS, phrases=MOST_PHRASES)


def _atoms(piece: str, *, is_last: bool) -> list[Atom]:
    if piece.startswith('"'):
        return _phrase(piece.strip('"'))
    atoms: list[Atom] = []
    end = 0
    compounds = list(_COMPOUND.finditer(piece))
    for found in compounds:
        atoms.extend(_plain_words(piece[end : found.start()]))
        atoms.append(_joined(found.group(), may_go_on=is_last and found.end() == len(piece)))
        end = found.end()
    rest = _plain_words(piece[end:])
    if rest and is_last and len(rest[-1].lexemes[0]) >= SHORTEST_PREFIX and piece[-1:].isalnum():
        rest[-1] = Word(lexemes=rest[-1].lexemes, starts=rest[-1].lexemes[0])
    return [*atoms, *rest]


def _plain_words(text: str) -> list[Word]:
    return [Word(lexemes=asked_lexemes(token.word)) for token in telling_tokens(text)]


def _joined(compound: str, *, may_go_on: bool) -> Atom:
    """Return a number of a law or of a file as it is, a hyphenated name as it is or by its parts."""
    lexeme = compound_lexeme(compound)
    whole = Word(lexemes=(lexeme,), starts=lexeme if may_go_on else None)
    parts = tuple(_plain_words(compound))
    is_number = any(letter.isdigit() for letter in folded(compound))
    return whole if is_number or not parts else Joined(whole=whole, parts=parts)


def _phrase(text: str) -> list[Atom]:
    said = telling_tokens(text)
    if not said:
        return []
    words = tuple(Word(lexemes=asked_lexemes(token.word), bases=asked_bases(token.word)) for token in said)
    if len(words) == 1:
        return [words[0]]
    gaps = tuple(after.place - before.place for before, after in pairwise(said))
    return [Phrase(words=words, gaps=gaps)]
