"""Whether two names of companies mean the same one.

Names are compared as sequences of words without legal forms, and by the list of aliases; never by
parts of words, so that "Meta" is not found in "Metallbau". Looking them up is done in ``ways``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from notworking.seek import lists
from notworking.seek.lists import Phrase
from notworking.seek.wording import plain_words

#: S.p.A., Z.o.o.: the dots of an abbreviation part no words.
_ABBREVIATION = re.compile(r"(?<!\w)(?:\w\.\s?){2,}\w?(?!\w)")
#: How alike names must be to be taken for a misspelling, and to be named as near; 0 to 100.
_MISSPELT = 88
_NEAR = 60
_LEAST_LETTERS = 3


@lru_cache(maxsize=65536)
def name_words(name: str) -> Phrase:
    """Return the words of a company's name that tell it from others; empty for no company."""
    joined = _ABBREVIATION.sub(lambda m: re.sub(r"[.\s]", "", m[0]) + " ", name)
    words = plain_words(joined.replace("'", "").replace("’", ""))
    if tuple(words) in lists.no_companies():
        return ()
    kept = tuple(word for word in words if word not in lists.legal_forms())
    return kept or tuple(words)


def names_of(name: str, extras: lists.Extras) -> list[Phrase]:
    """Return the names a company goes by, the given one first."""
    own = name_words(name)
    found = [own] if own else []
    for group in lists.aliases(extras):
        phrases = [name_words(member) for member in group]
        if own in phrases:
            found += [phrase for phrase in phrases if phrase and phrase not in found]
    return found


def likeness(company: str, names: Iterable[Phrase]) -> str | None:
    """Return how a company's name relates to what was asked for.

    Returns:
        ``same``; ``longer`` where the name asked for stands in it as whole words; None otherwise.
    """
    words = name_words(company)
    asked = list(names)
    if words in asked:
        return "same"
    # A short alias ("X") stands in too many names to mean one of them.
    telling = asked[:1] + [name for name in asked[1:] if len(name) > 1]
    long = (name for name in telling if len("".join(name)) >= _LEAST_LETTERS)
    return "longer" if any(_stands_in(name, words) for name in long) else None


def _stands_in(name: Phrase, words: Phrase) -> bool:
    last = len(words) - len(name)
    return any(words[at : at + len(name)] == name for at in range(last + 1)) if name else False


def nearest(name: str, companies: Iterable[str]) -> list[tuple[str, float]]:
    """Return the names most like a name, with how alike they are (0 to 100), the nearest first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 (needed only where nothing was found)

    wanted = " ".join(name_words(name))
    spelled = {company: " ".join(name_words(company)) for company in companies}
    known = {company: words for company, words in spelled.items() if words}
    hits = process.extract(wanted, known, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None)
    ranked = sorted(hits, key=lambda hit: (-hit[1], hit[2]))
    distinct = {known[company]: (company, score) for _, score, company in reversed(ranked)}
    return sorted(distinct.values(), key=lambda hit: (-hit[1], hit[0]))


def is_misspelling(score: float) -> bool:
    """Tell whether a name so alike is taken for the one that was meant."""
    return score >= _MISSPELT
