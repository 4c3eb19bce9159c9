"""The names of all contacts: parsed once each, completed from addresses, as numbers of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
import polars as pl

from notworking.resolve.columns import changed, numbered
from notworking.resolve.names import (
    ALIAS,
    FULL,
    INITIAL,
    MAIL,
    NONE,
    SERVICE,
    SINGLE,
    Name,
    Written,
    parse_name,
    plain_word,
    with_slug,
)
from notworking.resolve.spelling import fold_family, fold_given
from notworking.resolve.tokens import Bools, Ints, Vocabulary, make_vocabulary

_GIVEN_SLOTS, _FAMILY_SLOTS, _OTHER_SLOTS = 4, 3, 5
#: A "family name" that so many differently named people of one address book bear, and nobody in
#: the lists where people write their own names, is a tag; if it is a company, two are enough.
_TAG_BEARERS, _COMPANY_TAG_BEARERS = 10, 2
_PART = re.compile(r"[._\-]+")


@dataclass(frozen=True, slots=True)
class Names:
    """Distinct names as numbers of words, -1 where there is none.

    Attributes:
        vocabulary: The words.
        given: First unit, all units joined, two nicknames.
        family: Up to three family names.
        others: Up to five further family names.
        middle: Letter of the second given name.
        suffix: Number of the suffix, 0 for none.
        kind: Class of the name, as in ``names``.
        alias: Number of the word used instead of a name.
    """

    vocabulary: Vocabulary
    given: Ints
    family: Ints
    others: Ints
    middle: Ints
    suffix: Ints
    kind: Ints
    alias: Ints


def is_named(names: Names) -> Bools:
    """Tell which names have both parts."""
    return np.isin(names.kind, (FULL, INITIAL, MAIL))


@dataclass(frozen=True, slots=True)
class Parsed:
    """The names as read, row by row; most are one given and one family name and nothing else.

    Attributes:
        rows: ``given`` and ``family`` of such a name, empty for the others, with ``owner`` and
            ``is_card`` as they were written.
        others: The other names, by row.
    """

    rows: pl.DataFrame
    others: dict[int, Name]


def parse_all(written: pl.DataFrame) -> Parsed:
    """Parse names given as the columns of ``Written``, and ``owner``.

    Names of two plain words are read a column at a time, the rest one by one.
    """
    has_both = (pl.col("given") != "") & (pl.col("family") != "")
    texts = [pl.when(pl.col(c) != "").then(pl.col(c)) for c in ("full", "given", "family")]
    parts = pl.coalesce(*texts, pl.lit("")).str.splitn(" ", 2)
    words = written.select(
        pl.when(has_both).then("given").otherwise(parts.struct[0]).fill_null(""),
        pl.when(has_both).then("family").otherwise(parts.struct[1]).fill_null("").alias("family"),
    )
    first, last = (changed(column, plain_word) for column in words)
    is_plain = (first != "") & (last != "") & (written["nick"] == "")
    rows = written.select(
        changed(first, fold_given).zip_with(is_plain, pl.Series([""])).alias("given"),
        changed(last, fold_family).zip_with(is_plain, pl.Series([""])).alias("family"),
        "owner",
        "is_card",
    )
    numbered = written.with_row_index("row")
    others = _one_by_one(numbered.filter(~is_plain))
    slugs = rows.with_columns(numbered["row"], numbered["slug"]).filter(is_plain)
    return _set_apart(Parsed(rows, others), _told_by_slugs(slugs.filter(pl.col("slug") != "")))


def _set_apart(parsed: Parsed, names: dict[int, Name]) -> Parsed:
    """Put names in the place of plain ones."""
    if not names:
        return parsed
    rows = np.ones(parsed.rows.height, dtype=bool)
    rows[list(names)] = False
    keep, none = pl.Series(rows), pl.Series([""])
    kept = [parsed.rows[c].zip_with(keep, none) for c in ("given", "family")]
    return Parsed(parsed.rows.with_columns(kept), parsed.others | names)


def _one_by_one(written: pl.DataFrame) -> dict[int, Name]:
    known: dict[Written, Name] = {}
    found: dict[int, Name] = {}
    for row, *fields in written.select("row", *Written._fields).iter_rows():
        one = Written(*fields)
        name = known.get(one)
        if name is None:
            name = known[one] = parse_name(one)
        found[row] = name
    return found


def _told_by_slugs(plain: pl.DataFrame) -> dict[int, Name]:
    """Return the plain names to which the words of a profile address add something."""
    text = pl.col("slug").str.to_lowercase()
    rest = text.str.strip_prefix(pl.concat_str("given", pl.lit("-"), "family"))
    told = plain.filter((rest == text) | rest.str.contains(r"[^\x00-\x7f]|(^|[-_.])[a-z]{3}"))
    found: dict[int, Name] = {}
    for row, given, family, slug in told.select("row", "given", "family", "slug").iter_rows():
        name = Name((given,), (family,), kind=FULL)
        if (fuller := with_slug(name, slug)) != name:
            found[row] = fuller
    return found


def find_tags(parsed: Parsed, companies: Iterable[str]) -> frozenset[tuple[int, str]]:
    """Return what stands for a family name on cards and is a tag ("Anna Acme"), by owner."""
    plain = parsed.rows.filter(pl.col("given") != "")
    is_card, owner = parsed.rows["is_card"].to_list(), parsed.rows["owner"].to_list()
    own = {w for row, name in parsed.others.items() if not is_card[row] for w in name.family}
    own.update(plain.filter(~pl.col("is_card"))["family"].unique().to_list())
    others = [
        (owner[row], name.family[-1], name.given[0])
        for row, name in parsed.others.items()
        if is_card[row] and name.kind == FULL
    ]
    cards = plain.filter("is_card").select("owner", "family", "given")
    bearers = (
        cards.extend(pl.DataFrame(others, schema=cards.schema, orient="row"))
        .filter(~pl.col("family").is_in(sorted(own)))
        .group_by("owner", "family")
        .agg(pl.col("given").n_unique())
        .filter(pl.col("given") >= _COMPANY_TAG_BEARERS)
    )
    firms = frozenset(companies)
    return frozenset(
        (number, family)
        for number, family, given in bearers.iter_rows()
        if given >= _TAG_BEARERS or family in firms
    )


def take_tags(parsed: Parsed, tags: frozenset[tuple[int, str]]) -> tuple[Parsed, dict[int, str]]:
    """Take tags off the names of cards; return the names, and the tags that were taken, by row."""
    if not tags:
        return parsed, {}
    known = pl.DataFrame(
        sorted(tags),
        schema={"owner": parsed.rows["owner"].dtype, "family": pl.String},
        orient="row",
    )
    cards = parsed.rows.with_row_index("row").filter("is_card")
    plain = cards.join(known, on=["owner", "family"], how="semi").select("row", "given", "family")
    names = {row: Name((given,), (tag,), kind=FULL) for row, given, tag in plain.iter_rows()}
    owner, is_card = parsed.rows["owner"], parsed.rows["is_card"]
    names |= {row: name for row, name in parsed.others.items() if is_card[row]}
    bare = {row: without_tag(name, tags, owner[row]) for row, name in names.items()}
    taken = {row: tag for row, (_, tag) in bare.items() if tag}
    return _set_apart(parsed, {row: bare[row][0] for row in taken}), taken


def without_tag(name: Name, tags: frozenset[tuple[int, str]], owner: int) -> tuple[Name, str]:
    """Take a tag off a card's name; return the name and the tag (empty if there is none)."""
    if name.kind != FULL or (owner, name.family[-1]) not in tags:
        return name, ""
    family = name.family[:-1]
    return name._replace(family=family, kind=FULL if family else SINGLE), name.family[-1]


def complete(name: Name, address: str, families: AbstractSet[str]) -> Name:
    """Fill what is missing in a name by what a mail address spells ("anna.jones@").

    Args:
        name: A name that lacks a part; others are returned as they are.
        address: A personal mail address.
        families: Known family names: a word is only cut in two ("ajones") if one is left.
    """
    parts = [p.rstrip("0123456789") for p in _PART.split(address.split("@", 1)[0].lower())]
    if not all(p.isascii() and p.isalpha() for p in parts):
        return name
    if name.kind in (NONE, ALIAS, SERVICE):
        spelt = len(parts) == 2 and min(map(len, parts)) > 1
        return _spelt(parts[0], parts[1]) if spelt else name
    if not name.given or len(name.given[0]) < 2 or name.kind not in (SINGLE, INITIAL):
        return name
    family = _family_in(parts, name.given[0], families)
    if not family or not family.startswith(name.family[0] if name.family else ""):
        return name
    return name._replace(family=(family,), kind=MAIL)


def _spelt(given: str, family: str) -> Name:
    return Name((fold_given(given),), (fold_family(family),), kind=MAIL)


def _family_in(parts: list[str], given: str, families: AbstractSet[str]) -> str:
    if len(parts) == 2 and given in parts:
        other = parts[1 - parts.index(given)]
        return fold_family(other) if len(other) > 1 else ""
    if len(parts) == 2 and parts[0] == given[0]:
        return fold_family(parts[1])
    if len(parts) == 1:
        for start in (given, given[0]):
            rest = fold_family(parts[0].removeprefix(start))
            if parts[0].startswith(start) and rest in families:
                return rest
    return ""


def complete_all(parsed: Parsed, addresses: Iterable[tuple[int, str]]) -> None:
    """Fill what is missing in names by what the mail addresses of their rows spell."""
    families = set(parsed.rows["family"].unique().to_list()) - {""}
    families.update(w for n in parsed.others.values() if n.kind == FULL for w in n.family)
    for row, address in addresses:
        name = parsed.others.get(row)
        if name is not None:
            parsed.others[row] = complete(name, address, families)


def as_numbers(parsed: Parsed) -> tuple[Ints, Names]:
    """Return the number of each row's name, and the distinct names as numbers of words.

    The same names give the same numbers, whatever order they come in.
    """
    parsed = _plain_again(parsed)
    others = sorted(set(parsed.others.values()))
    vocabulary = make_vocabulary(_words(parsed))
    known = pl.Series(vocabulary.words, dtype=pl.String)
    places = pl.Series(np.arange(len(known)))
    given, family = (
        parsed.rows[c].replace_strict(known, places, default=-1, return_dtype=pl.Int64).to_numpy()
        for c in ("given", "family")
    )
    size = max(len(known), 1)
    is_plain = given >= 0
    codes, number = np.unique((given * size + family)[is_plain], return_inverse=True)
    name_of = np.empty(len(given), dtype=np.int64)
    name_of[is_plain] = number
    numbers = {name: len(codes) + place for place, name in enumerate(others)}
    name_of[list(parsed.others)] = [numbers[name] for name in parsed.others.values()]
    return name_of, _as_columns(vocabulary, codes // size, codes % size, others)


def _plain_again(parsed: Parsed) -> Parsed:
    """Put names that turned out to be plain ("Anna Smith, PhD") among the plain ones."""
    plain = {
        row: name
        for row, name in parsed.others.items()
        if name == Name(name.given[:1], name.family[:1], kind=FULL)
    }
    if not plain:
        return parsed
    given = parsed.rows["given"].clone().scatter(list(plain), [n.given[0] for n in plain.values()])
    family = parsed.rows["family"].clone()
    columns = [given, family.scatter(list(plain), [n.family[0] for n in plain.values()])]
    others = {row: name for row, name in parsed.others.items() if row not in plain}
    return Parsed(parsed.rows.with_columns(columns), others)


def _words(parsed: Parsed) -> set[str]:
    words: set[str] = set()
    for column in ("given", "family"):
        words.update(parsed.rows[column].unique().to_list())
    for name in set(parsed.others.values()):
        words.update(name.given, name.family, name.others, name.nick, ("".join(name.given),))
    return words - {""}


def _as_columns(vocabulary: Vocabulary, first: Ints, last: Ints, others: list[Name]) -> Names:
    """Write the plain names (by the numbers of their words), then the others."""
    number = {word: place for place, word in enumerate(vocabulary.words)} if others else {}
    start, size = len(first), len(first) + len(others)
    given, family, further = (
        np.full((size, slots), -1, dtype=np.int64)
        for slots in (_GIVEN_SLOTS, _FAMILY_SLOTS, _OTHER_SLOTS)
    )
    given[:start, 0], family[:start, 0] = first, last
    _fill(given[start:], [_given_words(name) for name in others], number)
    _fill(family[start:], [name.family for name in others], number)
    _fill(further[start:], [name.others[:_OTHER_SLOTS] for name in others], number)
    middle, kind = np.full(size, -1, dtype=np.int64), np.full(size, FULL, dtype=np.int64)
    middle[start:] = [ord(n.given[1][0]) if len(n.given) > 1 else -1 for n in others]
    kind[start:] = [name.kind for name in others]
    words = ([name.suffix for name in others], [name.alias for name in others])
    suffix, alias = (
        numbered(pl.Series([""] * start + column, dtype=pl.String))[0] for column in words
    )
    return Names(vocabulary, given, family, further, middle, suffix + 1, kind, alias)


def _given_words(name: Name) -> tuple[str, ...]:
    """Return what stands in the slots for given names; empty where there is none."""
    joined = "".join(name.given) if len(name.given) > 1 else ""
    return (name.given[0] if name.given else "", joined, *name.nick[:2])


def _fill(column: Ints, lists: list[tuple[str, ...]], number: dict[str, int]) -> None:
    """Write the numbers of each row's words into its slots."""
    cells = [
        (row, slot, number[word])
        for row, words in enumerate(lists)
        for slot, word in enumerate(words)
        if word
    ]
    row, slot, value = np.array(cells, dtype=np.int64).reshape(-1, 3).T
    column[row, slot] = value
