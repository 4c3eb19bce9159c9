"""How many rows of one list are expected in another, before any name is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from notworking.resolve.block import within_blocks
from notworking.resolve.frequency import Frequencies, family_share, given_share, lift
from notworking.resolve.holdings import PROFILE
from notworking.resolve.names import FULL
from notworking.resolve.prepare import Records
from notworking.resolve.tokens import Floats, Ints
from notworking.resolve.weights import weight


def list_priors(records: Records, found: Frequencies) -> Floats:
    """Return for every two lists the share of the smaller one expected in the bigger one."""
    size = len(records.list_size)
    owner, platform = records.list_owner, records.list_platform
    same_owner = owner[:, None] == owner[None, :]
    shares = np.full((size, size), weight("prior", "two_lists"))
    _estimate(records, found, shares)
    same_platform = same_owner & (platform[:, None] == platform[None, :])
    shares[same_platform] = weight("prior", "same_platform")
    np.fill_diagonal(shares, weight("prior", "open_list"))
    shares[~same_owner] = _pool_shares(records)[~same_owner]
    return shares


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often each full name stands in one list; ``name`` ascends.

    Attributes:
        name: Number of the name.
        count: How often it stands there.
        chance: The chance that a stranger has it.
    """

    name: Ints
    count: Ints
    chance: Floats


def _estimate(records: Records, found: Frequencies, shares: Floats) -> None:
    """Count equal full names above what chance gives; writes into ``shares``."""
    counts = _names_by_list(records, found)
    of_owner: dict[int, list[int]] = {}
    for number in sorted(counts):
        of_owner.setdefault(int(records.list_owner[number]), []).append(number)
    for lists in of_owner.values():
        for a, b in combinations(lists, 2):
            shares[a, b] = shares[b, a] = _share(counts[a], counts[b])


def _names_by_list(records: Records, found: Frequencies) -> dict[int, _Counts]:
    full = np.flatnonzero(records.is_person & (records.names.kind[records.name] == FULL))
    name = records.name[full]
    words = len(records.names.vocabulary.words)
    key = records.names.given[name, 0] * words + records.names.family[name, 0]
    known, number = np.unique(key, return_inverse=True)
    chance = _chance(found, known // max(words, 1), known % max(words, 1))
    size = max(len(full), 1)
    codes, count = np.unique(records.list_of[full] * size + number, return_counts=True)
    lists, starts = np.unique(codes // size, return_index=True)
    ends = np.append(starts, len(codes))[1:]
    return {
        one: _Counts(codes[start:end] % size, count[start:end], chance[codes[start:end] % size])
        for one, start, end in zip(lists.tolist(), starts.tolist(), ends.tolist(), strict=True)
    }


def _chance(found: Frequencies, given: Ints, family: Ints) -> Floats:
    """Return the chance that a stranger has a name, one bearer of it left out."""
    one = np.ones(len(given), dtype=np.int64)
    apart = given_share(found, given, one) * family_share(found, family, one)
    return apart * lift(found, given, family) + weight("rarity", "namesake")


def _share(left: _Counts, right: _Counts) -> float:
    """Return the share of the smaller of two lists that stands in the bigger one by its names.

    Only names are counted of which hardly a stranger is expected in the bigger list: among the
    others chance is most of what is seen, and a small error about it outweighs all there is.
    """
    smaller, bigger = sorted((left, right), key=lambda one: int(one.count.sum()))
    strangers = smaller.chance * float(bigger.count.sum())
    rare = strangers < weight("prior", "rare_below")
    _, x, y = np.intersect1d(smaller.name, bigger.name, assume_unique=True, return_indices=True)
    seen = np.zeros(len(smaller.name))
    seen[x] = bigger.count[y]
    shown = weight("given", "equal") * weight("family", "equal")
    equal = float((smaller.count * (seen - strangers))[rare].sum()) / shown
    pseudo = weight("prior", "pseudo_rows")
    share = (equal + weight("prior", "two_lists") * pseudo) / (smaller.count[rare].sum() + pseudo)
    return float(np.clip(share, weight("prior", "least"), weight("prior", "most")))


def _pool_shares(records: Records) -> Floats:
    """Return for lists of two owners half of what equal profile addresses show of the owners.

    Whom both know may stand in any list of theirs, also in those that tell no profile.
    """
    held, owner = records.holdings, records.list_owner
    size = int(owner.max(initial=0)) + 1
    profiles = held.kind == PROFILE
    of_owner = owner[records.list_of[held.record[profiles]]]
    rows = np.unique(held.identifier[profiles] * size + of_owner)
    one, other, _ = within_blocks(rows % size, rows // size, size)
    shared = np.bincount(one * size + other, minlength=size * size).reshape(size, size)
    told = np.bincount(rows % size, minlength=size)
    # Of all pairs of rows of the two owners, so many are one person.
    dense = (shared + shared.T) / np.maximum(told[:, None] * told[None, :], 1)
    larger = np.maximum(records.list_size[:, None], records.list_size[None, :])
    shares = weight("prior", "pool_share") * dense[owner[:, None], owner[None, :]] * larger
    return np.asarray(np.clip(shares, weight("prior", "pool_least"), weight("prior", "most")))


def pair_prior(records: Records, shares: Floats, left: Ints, right: Ints) -> tuple[Floats, Floats]:
    """Return for each pair the prior odds in bits, and the share of its lists (0 inside one)."""
    a, b = records.list_of[left], records.list_of[right]
    share = shares[a, b]
    bits = np.log2(share / np.maximum(np.maximum(records.list_size[a], records.list_size[b]), 1))
    in_competition = (a != b) & (records.list_owner[a] == records.list_owner[b])
    return bits, np.where(in_competition, share, 0.0)
