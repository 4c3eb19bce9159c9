"""One name as written, to its comparable parts; does not decide whose name it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from notworking.resolve.spelling import (
    fold_family,
    fold_given,
    has_family_first,
    is_unspaced_script,
    repair,
    to_ascii,
)
from notworking.resolve.words import mapping, words

FULL, INITIAL, SINGLE, ALIAS, SERVICE, MAIL, NONE = range(7)

_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?")
_QUOTED = re.compile("[\"“”„«»]([^\"“”„«»]{2,})[\"“”„«»]|(?<!\\S)['‘]([^'’]{2,})['’](?!\\S)")
_BORN = re.compile(
    r"^(?:nee|born|geb|geborene|maiden|formerly|ex|aka|nata|ur|z domu)\b\.?\s*", re.I
)
_DOTTED = re.compile(r"\b(?:[A-Za-z]{1,3}\.){2,}(?:[A-Za-z]{1,3}\b)?")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_SUFFIXES = {
    "jr": "jr",
    "junior": "jr",
    "jnr": "jr",
    "sr": "sr",
    "senior": "sr",
    "snr": "sr",
    "ii": "ii",
    "iii": "iii",
    "iv": "iv",
}
_DOUBLE_PREFIXES = frozenset({"mc", "mac", "o", "fitz"})


class Name(NamedTuple):
    """The comparable parts of one name.

    Attributes:
        given: Given names, the first unit first; hyphenated ones joined.
        family: Family names as borne now; both of a double name.
        others: Further family names: maiden and former ones, middle words, words of a slug.
        nick: Other given names: the nickname field, the part in quotes.
        suffix: ``jr``, ``sr``, ``ii`` ... or empty.
        kind: One of the constants above.
        alias: The word used instead of a name ("mom"), empty if there is a name.
    """

    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    nick: tuple[str, ...] = ()
    suffix: str = ""
    kind: int = NONE
    alias: str = ""


class Written(NamedTuple):
    """A name as a source wrote it.

    Attributes:
        full: The name as displayed.
        given: The given name where the source has it apart.
        family: The family name where the source has it apart.
        nick: The nickname field.
        slug: The last part of a profile address; keeps former family names.
        is_card: Whether people write such names for themselves ("Bob plumber", "Mom").
    """

    full: str = ""
    given: str = ""
    family: str = ""
    nick: str = ""
    slug: str = ""
    is_card: bool = False


@dataclass(slots=True)
class _Draft:
    given: list[str]
    family: list[str]
    aside: list[str]
    nick: list[str]
    suffix: str = ""


def parse_name(written: Written) -> Name:
    """Return the comparable parts of a name."""
    name = _parse(written)
    return with_slug(name, written.slug) if written.slug else name


def plain_word(word: str) -> str:
    """Return a word in Latin letters if it can only be a name; empty for any other.

    Two such words are a given and a family name, and need no further reading.
    """
    latin = to_ascii(word)
    is_plain = latin.isalpha() and len(latin) > 1 and (word.isascii() or word == repair(word))
    lower = latin.lower()
    return lower if is_plain and lower not in _meaningful() else ""


@cache
def _meaningful() -> frozenset[str]:
    lists = (
        "titles",
        "credentials",
        "credentials_short",
        "particles",
        "services",
        "aliases",
        "kin",
    )
    found = frozenset(_SUFFIXES) | _DOUBLE_PREFIXES | frozenset(mapping("korean_families"))
    return found.union(*(words(name) for name in lists))


def _parse(written: Written) -> Name:
    full, given, family = written.full, written.given, written.family
    draft = _from_parts(given, family) if given and family else _from_full(full or given or family)
    if written.nick:
        draft.nick += [w.lower() for w in _WORD.findall(to_ascii(written.nick))]
    return _settle_card(draft) if written.is_card else _settle(draft)


def _from_parts(given: str, family: str) -> _Draft:
    first, last = _Draft([], [], [], []), _Draft([], [], [], [])
    first.given = _tokens(_take_asides(to_ascii(given), first, to_nick=True), first)
    last.family = _tokens(_take_asides(to_ascii(family), last, to_nick=False), last)
    if not given.isascii() and has_family_first(family + given.replace(" ", "")):
        first.given = ["".join(first.given)]
    return _Draft(
        first.given,
        last.family,
        first.aside + last.aside,
        first.nick + last.nick,
        last.suffix or first.suffix,
    )


def _from_full(full: str) -> _Draft:
    draft = _Draft([], [], [], [])
    bare = full.strip()
    if is_unspaced_script(bare):
        return _from_signs(bare)
    text = _take_asides(to_ascii(bare), draft, to_nick=False)
    parts = [_tokens(part, draft, after_comma=i > 0) for i, part in enumerate(text.split(","))]
    parts = [part for part in parts if part]
    if len(parts) > 1:
        draft.given, draft.family = parts[1], parts[0]
    elif parts:
        draft.given, draft.family = _split_order(parts[0])
    return draft


def _from_signs(signs: str) -> _Draft:
    if not has_family_first(signs):
        return _Draft(_one_word(signs), [], [], [])
    size = 2 if len(signs) > 2 and signs[:2] in words("chinese_double_families") else 1
    return _Draft(_one_word(signs[size:]), _one_word(signs[:size]), [], [])


def _one_word(signs: str) -> list[str]:
    joined = "".join(_WORD.findall(to_ascii(signs))).replace("-", "").lower()
    return [joined] if joined else []


def _take_asides(text: str, draft: _Draft, *, to_nick: bool) -> str:
    """Move what stands in quotes to the nicknames, in brackets to the names aside."""

    def quoted(found: re.Match[str]) -> str:
        draft.nick += [w.lower() for w in _WORD.findall(found[1] or found[2])]
        return " "

    def bracketed(found: re.Match[str]) -> str:
        inner = _BORN.sub("", found[1].strip())
        tokens = _tokens(inner, draft)
        is_nick = to_nick or text[found.end() :].strip(" ,.") != ""
        (draft.nick if is_nick else draft.aside).extend(tokens if len(tokens) <= 2 else [])
        return " "

    if '"' in text or "'" in text:
        text = _QUOTED.sub(quoted, text)
    if "(" in text or "[" in text or "{" in text:
        text = _BRACKETS.sub(bracketed, text)
    return text


def _tokens(text: str, draft: _Draft, *, after_comma: bool = False) -> list[str]:
    """Return the words of a part of a name, without credentials; sets the suffix."""
    if "." in text:
        text = _DOTTED.sub(_undot, text)
    found = _WORD.findall(text.replace("/", " "))
    is_shouted = text.isupper()
    kept: list[str] = []
    for place, word in enumerate(found):
        lower = word.lower()
        plain = lower.replace("-", "")
        if plain not in _meaningful():
            kept.append(lower)
            continue
        if len(found) > 1 and place == 0 and not after_comma and plain in words("titles"):
            continue
        if (place > 0 or after_comma) and plain in words("credentials"):
            continue
        if lower in _SUFFIXES and (place > 0 or after_comma):
            draft.suffix = _SUFFIXES[lower]
            continue
        is_capitals = place > 1 and len(word) > 1 and word.isupper() and not is_shouted
        if (after_comma or is_capitals) and plain in words("credentials_short"):
            continue
        kept.append(lower)
    return kept


def _undot(found: re.Match[str]) -> str:
    plain = found[0].replace(".", "")
    known = plain.lower() in words("credentials") or plain.lower() in words("credentials_short")
    return plain if known and len(plain) > 1 else found[0]


def _split_order(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Split words in reading order: the last is the family name, with its particles."""
    if len(tokens) < 2:
        return tokens, []
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1] in words("particles"):
        start -= 1
    return tokens[:start], tokens[start:]


def _settle(draft: _Draft) -> Name:
    given = [fold_given(w.replace("-", "")) for w in _without_particles(draft.given)]
    family = _families(draft.family)
    aside = _families(draft.aside)
    middle = [fold_family(w) for w in given[1:] if len(w) > 1]
    # "Kim Min-jun": what stands last and has a hyphen may be the given name.
    hyphened = [fold_given(w.replace("-", "")) for w in draft.family if "-" in w]
    return Name(
        tuple(given),
        tuple(family[:3]),
        tuple(
            dict.fromkeys(w for w in [*aside, *middle, *hyphened, *family[3:]] if w not in family)
        ),
        tuple(dict.fromkeys(fold_given(w.replace("-", "")) for w in draft.nick if len(w) > 1)),
        draft.suffix,
        _kind(given, family),
    )


def _settle_card(draft: _Draft) -> Name:
    """Settle a name from an address book, where trades and kinship words stand in for names."""
    every = [*draft.given, *draft.family]
    services, aliases, kin = words("services"), words("aliases"), words("kin")
    left = [w for w in every if w not in services]
    if not left:
        return Name(kind=SERVICE if every else NONE, alias=" ".join(sorted(every)))
    if all(w in aliases for w in left):
        return Name(kind=ALIAS, alias=left[0])
    if len(left) > 1 and left[0] in kin:
        left = left[1:]
    if len(left) == len(every):
        return _settle(draft)
    given = [w for w in draft.given if w in left]
    family = [w for w in draft.family if w in left]
    if not given:
        given, family = family[:1], family[1:]
    if not family and len(given) > 1:
        given, family = _split_order(given)
    return _settle(_Draft(given, family, draft.aside, draft.nick, draft.suffix))


def _kind(given: list[str], family: list[str]) -> int:
    if not given and not family:
        return NONE
    if not given or not family:
        return SINGLE
    return INITIAL if len(given[0]) == 1 or len(family[0]) == 1 else FULL


def _without_particles(tokens: list[str]) -> list[str]:
    kept = [t for i, t in enumerate(tokens) if i == 0 or t not in words("particles")]
    return kept or tokens


def _families(tokens: list[str]) -> list[str]:
    """Return the single family names: particles out, hyphens open, Mc and O' joined."""
    if not tokens:
        return []
    joined: list[str] = []
    for token in tokens:
        if joined and joined[-1] in _DOUBLE_PREFIXES:
            joined[-1] += token
        else:
            joined.append(token)
    opened = [part for token in joined for part in token.split("-") if part]
    kept = [t for t in opened if t not in words("particles")] or opened
    korean = mapping("korean_families")
    return list(dict.fromkeys(fold_family(korean.get(t, t)) for t in kept))


@cache
def _no_names() -> frozenset[str]:
    """Return the words of profile addresses that are no names."""
    return words("credentials") | words("credentials_short") | words("particles")


def with_slug(name: Name, slug: str) -> Name:
    """Add the words of a profile address that are not in the name: slugs keep maiden names."""
    if name.kind not in (FULL, INITIAL):
        return name
    text = (slug if slug.isascii() else to_ascii(slug)).lower()
    parts = text.replace("_", "-").replace(".", "-").split("-")
    found = [w for w in parts if len(w) > 2 and w.isalpha()]
    if len(found) < 2 or all(w in name.given or w in name.family for w in found):
        return name
    skip = {*name.given, *name.family, *name.others, *name.nick, "".join(name.given)}
    added = [w for w in found if w not in skip and w not in _no_names()]
    folded = [fold_family(w) for w in added]
    added = [w for w in folded if w not in skip and w not in _no_names()]
    return name._replace(others=(*name.others, *added))
