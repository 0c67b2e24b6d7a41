"""Czech words: their lemmas by the dictionary, their stems where the dictionary does not know them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from threading import Lock, local
from typing import Final

import simplemma
import snowballstemmer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

from documents.extraction.packed import Packed
from shared.names import search_text

LANGUAGES: Final = ("cs", "en")
LONGEST: Final = 120
BEGINNING: Final = 3
UNSTABLE: Final = 2
"""The stemmer may change so many letters at the end of a stem („ruce“ is „ruk“, „číšti“ „číšk“)."""
_NOTHING_SAID: Final = """
    a aby aj ale ani aniž ano asi až bez bude budem budeš budou by byl byla byli bylo byly bych bychom být co
    což či další dle do ho i já jak jako je jeho jej její jejich jen jenž ještě ji jí již jim jimi jiné jsem
    jsi jsme jsou jste k kam kde kdo když ke která které který kterou kteří ku ma mají má mezi mi mu my na nad
    nám nás ne nebo než ni nic nich ním o od ode on ona oni ono pak po pod podle pokud pouze pro proč proto
    protože před přes při s se si sice svá své svůj ta tak také tam tato te tedy ten tento této těm toho tohle
    tom tomto tomu tu ty tyto u už v vám vás ve více však všech vy z za zda zde ze že the of and to in for on
    is are
"""
STOP_WORDS: Final = frozenset(_NOTHING_SAID.split())
"""Words that say nothing of what a text is about; compared with their accents, „být“ is no „byt“."""
_BARE: Final = str.maketrans("áčďéěíňóřšťúůýž", "acdeeinorstuuyz")
_LEMMAS: Final = simplemma.Lemmatizer(lemmatization_strategy=DefaultStrategy(low_memory=True))
"""Read from a packed stream, 8 µs a word: as dictionaries both languages took 70 MiB in every process."""
_MAKING: Final = Lock()


class _Stems(local):
    """A stemmer for each thread: it keeps the word that it works on in itself."""

    def __init__(self) -> None:
        self.stemmer = snowballstemmer.stemmer("czech")


_STEMS: Final = _Stems()


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """Return a word in lower case without accents; some letters unfold to many."""
    return _folded(word)


def _folded(word: str) -> str:
    return search_text(word).replace(" ", "")[:LONGEST]


@lru_cache(maxsize=200_000)
def lexemes_of(word: str) -> tuple[str, ...]:
    """Return what a word of a text is found by: its folded form, then its lemma or `~` and its stem."""
    form = folded(word)
    if not word.isalpha():
        return (form,)
    lemma = _lemma_of(word)
    other = f"~{folded(_stem_of(word))}" if lemma is None else folded(lemma)
    return (form,) if other == form else (form, other)


def asked_lexemes(word: str) -> tuple[str, ...]:
    """Return all that a word may be found by when somebody asks for it, with or without accents."""
    form = folded(word)
    if not word.isalpha():
        return (form,)
    lemma = _lemma_of(word)
    found = [form, f"~{folded(_stem_of(lemma or word))}"]
    if lemma is not None:
        found.append(folded(lemma))
    elif form != word.lower():
        found.extend(_lemmas_by_stem().get(_stem_of(word)))
    if form == word.lower():
        found.extend(_lemmas_without_accents(form))
    return tuple(dict.fromkeys(found))


def bases_of(word: str) -> tuple[str, ...]:
    """Return what a word is kept by in pairs: its lemma; form and stem where no dictionary knows it."""
    lexemes = lexemes_of(word)
    return lexemes if lexemes[-1].startswith("~") else lexemes[-1:]


def asked_bases(word: str) -> tuple[str, ...]:
    """Return the bases of all words that the asked one finds."""
    found = list(asked_lexemes(word))
    if word.isalpha():
        found.extend(folded(lemma) for lemma in _forms_without_accents().get(folded(word)))
        lemmas = (_lemma_of(each) for each in (word.lower(), word.capitalize()))
        found.extend(folded(lemma) for lemma in lemmas if lemma is not None)
    return tuple(dict.fromkeys(found))


def beginnings_of(lexeme: str) -> frozenset[str]:
    """Return how words begin that are found by a lexeme: up to three bare letters.

    Most begin as the lexeme does; a few do otherwise („žene“ is „hnát“).
    """
    stem = lexeme.removeprefix("~")
    sure = BEGINNING if stem == lexeme else min(BEGINNING, max(len(stem) - UNSTABLE, 1))
    return frozenset((stem[:sure], *_other_beginnings().get(lexeme)))


def spellings_of(letters: Iterable[str]) -> str:
    """Return all letters of Latin writing that are one of these without accents and case."""
    return "".join(_spellings().get(letter, letter + letter.upper()) for letter in sorted(letters))


@cache
def _spellings() -> dict[str, str]:
    found: defaultdict[str, str] = defaultdict(str)
    for letter in map(chr, (*range(0x30, 0x250), *range(0x1E00, 0x1F00))):
        if letter.isalnum():
            found[_folded(letter)] += letter
    return dict(found)


def load() -> None:
    """Have the dictionaries in memory before somebody asks: they take some seconds."""
    lexemes_of("slovo")
    _forms_without_accents()
    _lemmas_by_stem()
    _other_beginnings()


def _lemma_of(word: str) -> str | None:
    """Return the lemma, None where no dictionary knows the word."""
    for each in dict.fromkeys((word, word.lower())):
        if simplemma.is_known(each, LANGUAGES, low_memory=True):
            return _LEMMAS.lemmatize(each, LANGUAGES).lower()
    return None


def _stem_of(word: str) -> str:
    stem: str = _STEMS.stemmer.stemWord(word.lower())
    return stem


def _lemmas_without_accents(form: str) -> tuple[str, ...]:
    """Return the lemmas of what was typed without accents; a word that nobody knows goes by its stem."""
    known = _forms_without_accents().get(form)
    if known:
        return tuple(sorted({folded(lemma) for lemma in known}))
    is_known = simplemma.is_known(form, LANGUAGES, low_memory=True)
    return () if is_known else _lemmas_by_stem().get(_stem_of(form))


def _forms_without_accents() -> Packed:
    """Return bare form → lemmas of the accented words that look like it."""
    return _tables()[0]


def _lemmas_by_stem() -> Packed:
    return _tables()[1]


def _other_beginnings() -> Packed:
    """Return lemma → how those of its forms begin that begin otherwise than it does."""
    return _tables()[2]


def _tables() -> tuple[Packed, Packed, Packed]:
    """Wait for the thread that makes them where one does: two would take twice the time and memory."""
    with _MAKING:
        return _made()


@cache
def _made() -> tuple[Packed, Packed, Packed]:
    """Return all from one reading of the dictionaries: some four seconds of work, 12 MiB."""
    lemmas: set[str] = set()
    others: set[tuple[str, str]] = set()

    def without_accents() -> Iterator[tuple[str, str]]:
        for form, lemma in _words("cs", others):
            lemmas.add(lemma)
            lower = form.lower()
            bare = lower.translate(_BARE)
            if bare != lower:
                yield bare, lemma

    forms = Packed(without_accents())
    for _ in _words("en", others):
        pass
    return forms, Packed((_stem_of(lemma), _folded(lemma)) for lemma in lemmas), Packed(others)


def _words(language: str, others: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Give forms with their lemmas, and keep in `others` the lemmas of which a form begins otherwise."""
    for form, lemma in LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(language).items():
        if form[:BEGINNING] != lemma[:BEGINNING] and _bare_start(form) != _bare_start(lemma):
            others.add((_folded(lemma), _folded(form)[:BEGINNING]))
        yield form, lemma


def _bare_start(word: str) -> str:
    return word[:BEGINNING].lower().translate(_BARE)
