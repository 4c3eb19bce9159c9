"""How many rows of one list are expected in another, before any name is looked at."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from notworking.resolve.block import within_blocks
from notworking.resolve.holdings import PROFILE
from notworking.resolve.prepare import Records
from notworking.resolve.tally import Tally
from notworking.resolve.tokens import Floats, Ints
from notworking.resolve.weights import weight


def list_priors(records: Records, tally: Tally) -> Floats:
    """Return for every two lists the share of the smaller one expected in the bigger one."""
    size = len(records.list_size)
    owner, platform = records.list_owner, records.list_platform
    same_owner = owner[:, None] == owner[None, :]
    shares = np.full((size, size), weight("prior", "two_lists"))
    _estimate(tally, shares)
    same_platform = same_owner & (platform[:, None] == platform[None, :])
    shares[same_platform] = weight("prior", "same_platform")
    np.fill_diagonal(shares, weight("prior", "open_list"))
    shares[~same_owner] = _pool_shares(records)[~same_owner]
    return shares


def _estimate(tally: Tally, shares: Floats) -> None:
    """Count equal full names above what chance gives; writes into ``shares``.

    Only names are counted of which hardly a stranger is expected in the bigger list: among the
    others chance is most of what is seen, and a small error about it outweighs all there is.
    """
    for place, known in enumerate(tally.lists):
        lists = known[known >= 0]
        rows = slice(tally.starts[place], tally.starts[place + 1])
        count = tally.count[rows, : len(lists)].astype(np.float64)
        strangers = tally.chance[rows, None] * tally.size[lists]
        rare = strangers < weight("prior", "rare_below")
        equal = count.T @ np.where(rare, count - strangers, 0.0)
        counted = count.T @ rare
        for a, b in combinations(range(len(lists)), 2):
            one, other = (a, b) if tally.size[lists[a]] <= tally.size[lists[b]] else (b, a)
            share = _share(equal[one, other], counted[one, other])
            shares[lists[a], lists[b]] = shares[lists[b], lists[a]] = share


def _share(equal: float, counted: float) -> float:
    """Return the share behind so many equal names; names are not always written the same."""
    shown = weight("given", "equal") * weight("family", "equal")
    pseudo = weight("prior", "pseudo_rows")
    share = (equal / shown + weight("prior", "two_lists") * pseudo) / (counted + pseudo)
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
