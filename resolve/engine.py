"""All steps in order: normalize, block, compare, cluster. Holds no rule of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from notworking.resolve.block import candidate_pairs
from notworking.resolve.cluster import components, contract, signed
from notworking.resolve.compare import Likeness, compare_names
from notworking.resolve.compete import probabilities
from notworking.resolve.decide import Verdicts, settle
from notworking.resolve.evidence import Scored, tell
from notworking.resolve.flag import flag
from notworking.resolve.frequency import measure
from notworking.resolve.odds import linkedin_profile, score
from notworking.resolve.prepare import Records, prepare
from notworking.resolve.prior import list_priors, pair_prior
from notworking.resolve.shared import find_shared
from notworking.resolve.tokens import DIFFERENT, Bools, Floats, Ints
from notworking.resolve.weights import weight

_LARGEST_COMPLETED = 200


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who is who.

    Attributes:
        clusters: ``contact_id`` and ``cluster``, the smallest contact_id of the group.
        matches: Scored pairs worth keeping, and the user's decisions, with evidence.
        flagged: Groups and pairs to look at: ``contact_ids`` and ``reason``.
        conflicts: Decisions that later ones overrule.
        counts: How many pairs each kind of key made, and how many blocks were over their cap.
    """

    clusters: pl.DataFrame
    matches: pl.DataFrame
    flagged: pl.DataFrame
    conflicts: pl.DataFrame
    counts: dict[str, int]


def resolve(
    contacts: pl.DataFrame,
    points: pl.DataFrame,
    decisions: pl.DataFrame,
    *,
    merge_at: float = 0.90,
    review_at: float = 0.35,
) -> Resolution:
    """Group contacts into people; a pure function of what the frames hold, not of their order.

    Args:
        contacts: One row per contact.
        points: Mail addresses, phone numbers, web addresses and handles of contacts.
        decisions: The user's verdicts on pairs; the later one wins.
        merge_at: Probability from which two contacts are one person.
        review_at: Probability from which the user is asked.
    """
    records = prepare(contacts, points)
    verdicts = settle(decisions, frozenset(records.ids.tolist()))
    scored, counts = _score(records, verdicts)
    signs = signed(scored.probability, _thresholds(scored, merge_at))
    group = _group(scored, signs, verdicts)
    matches = _matches(scored, group, verdicts, review_at)
    clusters = pl.DataFrame({"contact_id": records.ids, "cluster": records.ids[group]})
    flagged = flag(scored, group)
    return Resolution(clusters, matches, flagged, verdicts.conflicts, counts)


def _score(records: Records, verdicts: Verdicts) -> tuple[Scored, dict[str, int]]:
    left, right, counts = candidate_pairs(records)
    decided = np.array(verdicts.same + verdicts.different, dtype=np.int64).reshape(-1, 2)
    if len(decided):
        places = np.searchsorted(records.ids, decided)
        codes = np.concatenate([left, places[:, 0]]) * len(records.ids)
        codes = np.unique(codes + np.concatenate([right, places[:, 1]]))
        left, right = codes // len(records.ids), codes % len(records.ids)
    like = compare_names(records.names, records.name[left], records.name[right])
    shared = find_shared(records, left, right, like)
    prior, share = pair_prior(records, list_priors(records), left, right)
    odds = score(records, measure(records), left, right, like, shared, prior)
    probability, rivals = probabilities(records, left, right, odds.bits, share)
    scored = Scored(records, left, right, like, shared, odds, share, rivals, probability)
    return scored, counts


def _thresholds(scored: Scored, merge_at: float) -> Floats:
    """In a large network a bare name has to be surer (weights.toml, [zone])."""
    is_crowd = scored.records.is_person.sum() > weight("zone", "crowd")
    by_name = max(merge_at, weight("zone", "crowd_merge_at")) if is_crowd else merge_at
    return np.where(scored.odds.by_identifier, merge_at, by_name)


def _group(scored: Scored, signs: Floats, verdicts: Verdicts) -> Ints:
    """Return for each contact the place of the first contact of its group."""
    records = scored.records
    size = len(records.ids)
    same = np.searchsorted(records.ids, np.array(verdicts.same, dtype=np.int64).reshape(-1, 2))
    apart = np.searchsorted(
        records.ids, np.array(verdicts.different, dtype=np.int64).reshape(-1, 2)
    )
    positive = signs > 0
    label = components(
        size,
        np.concatenate([scored.left[positive], same[:, 0]]),
        np.concatenate([scored.right[positive], same[:, 1]]),
    )
    group = label.copy()
    banned = frozenset(map(tuple, apart.tolist()))
    orders = {(a, b): np.inf for a, b in same.tolist()}
    for members, weights in _problems(scored, signs, label, apart):
        within = {pair: np.inf for pair in orders if pair[0] in members}
        bans = frozenset(p for p in banned if p[0] in members and p[1] in members)
        found = contract(members, {**weights, **within}, bans)
        for member, first in found.items():
            group[member] = first
    return group


def _problems(
    scored: Scored, signs: Floats, label: Ints, apart: Ints
) -> list[tuple[dict[int, None], dict[tuple[int, int], float]]]:
    """Return the components that need a decision, with the weights of all pairs inside."""
    sizes = np.bincount(label, minlength=len(label))
    needs = sizes > 2
    both_apart = label[apart[:, 0]][label[apart[:, 0]] == label[apart[:, 1]]]
    needs[both_apart] = True
    members: dict[int, dict[int, None]] = {}
    for place in np.flatnonzero(needs[label]).tolist():
        members.setdefault(int(label[place]), {})[place] = None
    weights: dict[int, dict[tuple[int, int], float]] = {root: {} for root in members}
    inside = np.flatnonzero((label[scored.left] == label[scored.right]) & needs[label[scored.left]])
    for a, b, value in zip(
        scored.left[inside].tolist(),
        scored.right[inside].tolist(),
        signs[inside].tolist(),
        strict=True,
    ):
        weights[int(label[a])][(a, b)] = value
    for a, b, value in _unseen(scored.records, members, weights):
        weights[int(label[a])][(a, b)] = value
    return [(members[root], weights[root]) for root in sorted(members)]


def _unseen(
    records: Records,
    members: dict[int, dict[int, None]],
    weights: dict[int, dict[tuple[int, int], float]],
) -> list[tuple[int, int, float]]:
    """Weigh the pairs of a component that share no key: only what speaks against them counts."""
    pairs = [
        (a, b)
        for root, places in members.items()
        if len(places) <= _LARGEST_COMPLETED
        for a in places
        for b in places
        if a < b and (a, b) not in weights[root]
    ]
    if not pairs:
        return []
    left, right = np.array(pairs, dtype=np.int64).T
    against = contradiction(records, left, right)
    hits = np.flatnonzero(against < 0)
    return [(int(left[i]), int(right[i]), float(against[i])) for i in hits]


def contradiction(records: Records, left: Ints, right: Ints) -> Floats:
    """Return the bits that speak against pairs, without any prior; 0 where nothing does."""
    like = compare_names(records.names, records.name[left], records.name[right])
    bits = np.zeros(len(left))
    for table, level in (("given", like.given), ("family", like.family)):
        different = weight(table, "different")
        bits[level == DIFFERENT] += np.log2(different / (1 - different))
    known = (records.day[left] >= 0) & (records.day[right] >= 0)
    bits[known & (records.day[left] != records.day[right])] += weight("field", "birthday_different")
    same = records.list_of[left] == records.list_of[right]
    same &= records.list_is_clean[records.list_of[left]]
    profile = linkedin_profile(records)
    two = (profile[left] >= 0) & (profile[right] >= 0) & (profile[left] != profile[right])
    bits[same] = np.minimum(bits[same], weight("limit", "two_friends"))
    bits[two] = np.minimum(bits[two], weight("limit", "two_profiles"))
    return bits


def _matches(scored: Scored, group: Ints, verdicts: Verdicts, review_at: float) -> pl.DataFrame:
    records = scored.records
    decided = {(a, b): "same" for a, b in verdicts.same}
    decided.update({(a, b): "different" for a, b in verdicts.different})
    a, b = records.ids[scored.left], records.ids[scored.right]
    by_user = np.zeros(len(a), dtype=bool)
    if decided:
        by_user = np.array([pair in decided for pair in zip(a.tolist(), b.tolist(), strict=True)])
    rows = np.flatnonzero((scored.probability >= weight("zone", "keep_at")) | by_user)
    together = group[scored.left[rows]] == group[scored.right[rows]]
    verdict = np.where(scored.probability[rows] >= review_at, "unsure", "different")
    verdict = np.where(together, "same", verdict).tolist()
    carried = np.where(scored.odds.by_identifier[rows], "rule", "model").tolist()
    for place in np.flatnonzero(by_user[rows]).tolist():
        verdict[place] = decided[(int(a[rows[place]]), int(b[rows[place]]))]
        carried[place] = "user"
    return pl.DataFrame(
        {
            "contact_a": a[rows],
            "contact_b": b[rows],
            "score": scored.probability[rows],
            "verdict": pl.Series(verdict, dtype=pl.String),
            "evidence": pl.Series(tell(scored, rows), dtype=pl.String),
            "decided_by": pl.Series(carried, dtype=pl.String),
        }
    )
