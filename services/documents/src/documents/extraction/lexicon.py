"""Czech words: their lemmas by the dictionary, their stems where the dictionary does not know them."""

from collections import defaultdict
from functools import cache, lru_cache
from typing import Final

import simplemma
import snowballstemmer
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from shared.names import search_text

LANGUAGES: Final = ("cs", "en")
LONGEST: Final = 120
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
_LEMMAS: Final = simplemma.Lemmatizer()
_STEMS: Final = snowballstemmer.stemmer("czech")


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """Return a word in lower case without accents; some letters unfold to many."""
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
        found.extend(_lemmas_by_stem().get(_stem_of(word), ()))
    if form == word.lower():
        found.extend(_lemmas_without_accents(form))
    return tuple(dict.fromkeys(found))


def _lemma_of(word: str) -> str | None:
    """Return the lemma, None where no dictionary knows the word."""
    for each in dict.fromkeys((word, word.lower())):
        if simplemma.is_known(each, LANGUAGES):
            return _LEMMAS.lemmatize(each, LANGUAGES).lower()
    return None


def _stem_of(word: str) -> str:
    stem: str = _STEMS.stemWord(word.lower())
    return stem


def _lemmas_without_accents(form: str) -> tuple[str, ...]:
    """Return the lemmas of what was typed without accents; a word that nobody knows goes by its stem."""
    known = _forms_without_accents().get(form)
    if known is not None:
        return tuple(sorted({folded(lemma) for lemma in known}))
    return () if simplemma.is_known(form, LANGUAGES) else _lemmas_by_stem().get(_stem_of(form), ())


@cache
def _forms_without_accents() -> dict[str, tuple[str, ...]]:
    """Return bare form → lemmas of the accented words that look like it; half a second of work, 50 MiB."""
    found: dict[str, tuple[str, ...]] = {}
    for form, lemma in DefaultDictionaryFactory().get_dictionary("cs").items():
        lower = form.lower()
        bare = lower.translate(_BARE)
        if bare != lower:
            known = found.get(bare, ())
            found[bare] = known if lemma in known else (*known, lemma)
    return found


@cache
def _lemmas_by_stem() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for lemma in sorted(set(DefaultDictionaryFactory().get_dictionary("cs").values())):
        found[_stem_of(lemma)].append(folded(lemma))
    return {stem: tuple(lemmas) for stem, lemmas in found.items()}
