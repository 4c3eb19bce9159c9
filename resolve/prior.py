"""How many rows of one list are expected in another, before any name is looked at."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from notworking.resolve.block import within_blocks
from notworking.resolve.holdings import PROFILE
from notworking.resolve.names import FULL
from notworking.resolve.prepare import Records
from notworking.resolve.tokens import Bools, Floats, Ints
from notworking.resolve.weights import weight

_LEAST_ROWS = 200


def list_priors(records: Records) -> Floats:
    """Return for every two lists the share of the smaller one expected in the bigger one."""
    size = len(records.list_size)
    owner, platform = records.list_owner, records.list_platform
    same_owner = owner[:, None] == owner[None, :]
    shares = np.full((size, size), weight("prior", "two_lists"))
    _estimate(records, shares, same_owner)
    same_platform = same_owner & (platform[:, None] == platform[None, :])
    shares[same_platform] = weight("prior", "same_platform")
    np.fill_diagonal(shares, weight("prior", "open_list"))
    shares[~same_owner] = _pool_shares(records)[~same_owner]
    return shares


def _estimate(records: Records, shares: Floats, same_owner: Bools) -> None:
    """Count equal full names above what chance gives; writes into ``shares``.

    Chance is measured where two rows are two people: inside the clean lists.
    """
    full = np.flatnonzero(records.is_person & (records.names.kind[records.name] == FULL))
    name = records.name[full]
    size = len(records.names.vocabulary.words)
    key = records.names.given[name, 0] * size + records.names.family[name, 0]
    _, number = np.unique(key, return_inverse=True)
    lists = np.unique(records.list_of[full])
    counts = {
        int(a): np.bincount(number[records.list_of[full] == a], minlength=len(name)) for a in lists
    }
    namesakes = _namesakes(records, counts)
    for (a, of_a), (b, of_b) in combinations(counts.items(), 2):
        if same_owner[a, b]:
            shares[a, b] = shares[b, a] = _share(of_a, of_b, namesakes)


def _namesakes(records: Records, counts: dict[int, Ints]) -> float:
    """Return the chance that two different people here have one full name."""
    clean = [c for a, c in counts.items() if records.list_is_clean[a] and c.sum() >= _LEAST_ROWS]
    pairs = sum(float(c.sum()) * (c.sum() - 1) for c in clean)
    equal = sum(float((c * (c - 1)).sum()) for c in clean)
    return float((equal + 1.0) / (pairs + 1e5))


def _share(left: Ints, right: Ints, namesakes: float) -> float:
    smaller = float(min(left.sum(), right.sum()))
    shown = weight("given", "equal") * weight("family", "equal")
    chance = float(left.sum()) * float(right.sum()) * namesakes
    found = (float((left * right).sum()) - chance) / shown
    pseudo = weight("prior", "pseudo_rows")
    share = (found + weight("prior", "two_lists") * pseudo) / (smaller + pseudo)
    return float(np.clip(share, weight("prior", "least"), weight("prior", "most")))


def _pool_shares(records: Records) -> Floats:
    """Return for lists of two owners half of what their equal profile addresses show."""
    held, size = records.holdings, len(records.list_size)
    profiles = held.kind == PROFILE
    rows = np.unique(held.identifier[profiles] * size + records.list_of[held.record[profiles]])
    identifier, of_list = rows // max(size, 1), rows % max(size, 1)
    one, other, _ = within_blocks(of_list, identifier, size)
    shared = np.bincount(one * size + other, minlength=size * size).reshape(size, size)
    with_profile = np.bincount(of_list, minlength=size)
    smaller = np.maximum(np.minimum(with_profile[:, None], with_profile[None, :]), 1)
    shares = weight("prior", "pool_share") * (shared + shared.T) / smaller
    return np.asarray(np.clip(shares, weight("prior", "pool_least"), weight("prior", "most")))


def pair_prior(records: Records, shares: Floats, left: Ints, right: Ints) -> tuple[Floats, Floats]:
    """Return for each pair the prior odds in bits, and the share of its lists (0 inside one)."""
    a, b = records.list_of[left], records.list_of[right]
    share = shares[a, b]
    bits = np.log2(share / np.maximum(np.maximum(records.list_size[a], records.list_size[b]), 1))
    in_competition = (a != b) & (records.list_owner[a] == records.list_owner[b])
    return bits, np.where(in_competition, share, 0.0)
