"""How many rows of one list are expected in another, before any name is looked at."""

from __future__ import annotations

import numpy as np

from notworking.resolve.block import within_blocks
from notworking.resolve.holdings import PROFILE
from notworking.resolve.overlap import Overlaps
from notworking.resolve.prepare import Records
from notworking.resolve.tokens import Floats, Ints
from notworking.resolve.weights import weight


def list_priors(records: Records, found: Overlaps) -> Floats:
    """Return for every two lists the share of the smaller one expected in the bigger one."""
    owner, platform = records.list_owner, records.list_platform
    same_owner = owner[:, None] == owner[None, :]
    # Names are not always written the same.
    shown = weight("given", "equal") * weight("family", "equal")
    shares = np.maximum(found.one, found.one.T) / shown
    same_platform = same_owner & (platform[:, None] == platform[None, :])
    np.fill_diagonal(same_platform, val=False)
    shares[same_platform] = weight("prior", "same_platform")
    shares[~same_owner] = _pool_shares(records)[~same_owner]
    return shares


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


def pair_prior(records: Records, shares: Floats, left: Ints, right: Ints) -> Floats:
    """Return for each pair the prior odds in bits."""
    a, b = records.list_of[left], records.list_of[right]
    larger = np.maximum(records.list_size[a], records.list_size[b])
    return np.asarray(np.log2(shares[a, b] / np.maximum(larger, 1)))


def absence(records: Records, found: Overlaps, left: Ints, right: Ints) -> Floats:
    """Return the chance that of two people neither stands in the other's list; 1 inside one."""
    a, b = records.list_of[left], records.list_of[right]
    neither = (1.0 - found.one[a, b]) * (1.0 - found.one[b, a])
    return np.where(a == b, 1.0, neither)


def again(records: Records, shares: Floats, left: Ints, right: Ints) -> Floats:
    """Return how many bits more the prior gives two entries of the right contact's list."""
    inside = np.log2(np.diag(shares) / np.maximum(records.list_size, 1))
    return np.asarray(inside[records.list_of[right]] - pair_prior(records, shares, left, right))
