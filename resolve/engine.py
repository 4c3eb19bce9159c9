"""All steps in order: normalize, block, compare, cluster. Holds no rule of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from notworking.resolve.block import candidate_pairs
from notworking.resolve.cluster import signed
from notworking.resolve.columns import distinct
from notworking.resolve.compete import probabilities
from notworking.resolve.decide import Verdicts, settle
from notworking.resolve.elsewhere import elsewhere
from notworking.resolve.evidence import Scored, tell
from notworking.resolve.flag import flag
from notworking.resolve.frequency import measure
from notworking.resolve.group import group
from notworking.resolve.odds import TERMS, drop_unlikely, score
from notworking.resolve.overlap import overlaps
from notworking.resolve.pairs import Pairs, make_pairs
from notworking.resolve.prepare import Records, prepare
from notworking.resolve.prior import absence, again, list_priors, pair_prior
from notworking.resolve.tally import count_names
from notworking.resolve.tokens import Bools, Floats, Ints
from notworking.resolve.weights import weight

#: From so many compared pairs on, those whose names speak against them are not scored in full.
_MANY_PAIRS = 1_000_000


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
    compare: Callable[[Records, Ints, Ints, Ints], Pairs] = make_pairs,
    join: Callable[[Pairs, Floats, Verdicts], Ints] = group,
) -> Resolution:
    """Group contacts into people; a pure function of what the frames hold, not of their order.

    Args:
        contacts: One row per contact.
        points: Mail addresses, phone numbers, web addresses and handles of contacts.
        decisions: The user's verdicts on pairs; the later one wins.
        merge_at: Probability from which two contacts are one person.
        review_at: Probability from which the user is asked.
        compare: What compares the candidate pairs: elsewhere than here, if they are very many.
        join: What makes groups of scored pairs, likewise.
    """
    records = prepare(contacts, points)
    verdicts = settle(decisions, frozenset(records.ids[records.is_person].tolist()))
    scored, counts = _score(records, verdicts, compare)
    signs = signed(scored.probability, _thresholds(scored, merge_at))
    groups = join(scored.pairs, signs, verdicts)
    return Resolution(
        pl.DataFrame({"contact_id": records.ids, "cluster": records.ids[groups]}),
        _matches(scored, groups, verdicts, review_at),
        flag(scored.pairs, groups),
        verdicts.conflicts,
        counts,
    )


def _score(
    records: Records,
    verdicts: Verdicts,
    compare: Callable[[Records, Ints, Ints, Ints], Pairs],
) -> tuple[Scored, dict[str, int]]:
    pairs, counts = _compared(records, verdicts, compare)
    found = measure(records)
    tally = count_names(records, found)
    overlap = overlaps(tally)
    shares = list_priors(records, overlap)
    if len(pairs.left) > _MANY_PAIRS:
        asked = _decided(pairs, verdicts.same + verdicts.different)
        prior = pair_prior(records, shares, pairs.left, pairs.right)
        pairs = drop_unlikely(pairs, found, prior, asked)
    prior = pair_prior(records, shares, pairs.left, pairs.right)
    beside = elsewhere(records, tally, overlap, pairs.left, pairs.right)
    odds = score(pairs, found, prior, beside)
    alone = absence(records, overlap, pairs.left, pairs.right)
    twice = again(records, shares, prior, pairs.left, pairs.right)
    probability, rivals = probabilities(pairs, odds.bits, alone, twice)
    return Scored(pairs, odds, rivals, probability), counts


def _compared(
    records: Records,
    verdicts: Verdicts,
    compare: Callable[[Records, Ints, Ints, Ints], Pairs],
) -> tuple[Pairs, dict[str, int]]:
    left, right, counts = candidate_pairs(records)
    left, right, wanted = _with_decided(records, left, right, verdicts)
    return compare(records, left, right, wanted), counts


def _with_decided(
    records: Records, left: Ints, right: Ints, verdicts: Verdicts
) -> tuple[Ints, Ints, Ints]:
    """Add the pairs the user decided on, so that their scores can be shown; return their places."""
    decided = np.array(verdicts.same + verdicts.different, dtype=np.int64).reshape(-1, 2)
    if not len(decided):
        return left, right, np.empty(0, dtype=np.int64)
    places = np.searchsorted(records.ids, decided)
    size = max(len(records.ids), 1)
    more = places[:, 0] * size + places[:, 1]
    codes = distinct(np.concatenate([left * size + right, more]))
    return codes // size, codes % size, np.searchsorted(codes, more)


def _thresholds(scored: Scored, merge_at: float) -> Floats:
    """Return the probability from which each pair is merged.

    A bare name has to be surer than other pairs by as much as ``_bare_bits`` says, and surer still
    where the two share no number or address although one person's entries here mostly do.
    A common name alone, or with a town or an employer that many share, is left to the user, and
    so is a name with a common part where the numbers or addresses differ.
    """
    doubted = scored.odds.terms[TERMS.index("no_common")] <= weight("zone", "doubt")
    more = np.where(doubted, weight("zone", "doubted_bits"), 0.0)
    dated = scored.odds.terms[TERMS.index("dates")] > 0
    common = scored.odds.is_common | (scored.odds.is_partly_common & doubted)
    left = common & ~dated
    more[left] = weight("zone", "common_name_bits")
    more[scored.odds.by_identifier] = 0.0
    bare = ~(scored.odds.supported | scored.odds.by_identifier | left)
    bits = _bare_bits(scored, bare, more)
    # That others need less is no reason to doubt these less.
    more[bare] += np.where(doubted, max(bits, 0.0), bits)[bare]
    return _raised(merge_at, more)


def _raised(probability: float, bits: Floats) -> Floats:
    """Return a probability raised by so many bits of log-odds."""
    odds = probability / (1 - probability) * np.exp2(bits)
    return np.asarray(odds / (1 + odds))


def _bare_bits(scored: Scored, bare: Bools, more: Floats) -> float:
    """Return how many bits more are asked of pairs with nothing but a name.

    As many as keep the share of all merges that is expected to be wrong within what is allowed
    among so many people: the more there are, the less a name alone can promise. Counted at one
    fixed probability, so that a more cautious user never gets more merges.
    """
    usual = weight("zone", "wrong_at")
    surely = ~bare & (scored.probability >= _raised(usual, more))
    wrong = 1.0 - np.sort(scored.probability[bare & (more == 0.0)])[::-1]
    people = max(int(scored.pairs.records.is_person.sum()), 1)
    size = people / weight("zone", "few_names")
    growth = weight("zone", "wrong_growth_few" if size < 1.0 else "wrong_growth")
    allowed = min(weight("zone", "wrong_few") * size**growth, weight("zone", "wrong_most"))
    merged = int(surely.sum()) + 1 + np.arange(len(wrong))
    expected = float((1.0 - scored.probability[surely]).sum()) + np.cumsum(wrong)
    within = np.flatnonzero(expected <= allowed * merged)
    least, most = weight("zone", "bare_least_bits"), weight("zone", "bare_most_bits")
    if not len(within):
        return most
    last = max(float(wrong[within[-1]]), 1e-9)
    bits = np.log2((1.0 - last) / last) - np.log2(usual / (1.0 - usual))
    return float(np.clip(bits, least, most))


def _matches(scored: Scored, groups: Ints, verdicts: Verdicts, review_at: float) -> pl.DataFrame:
    pairs = scored.pairs
    a, b = pairs.records.ids[pairs.left], pairs.records.ids[pairs.right]
    said_same, said_apart = _decided(pairs, verdicts.same), _decided(pairs, verdicts.different)
    by_user = said_same | said_apart
    rows = np.flatnonzero((scored.probability >= weight("zone", "keep_at")) | by_user)
    together = groups[pairs.left[rows]] == groups[pairs.right[rows]]
    asked = np.where(scored.probability[rows] >= review_at, "unsure", "different")
    machine = np.where(scored.odds.by_identifier[rows], "rule", "model")
    said = np.where(said_same[rows], "same", "different")
    verdict = np.where(by_user[rows], said, np.where(together, "same", asked))
    return pl.DataFrame(
        {
            "contact_a": a[rows],
            "contact_b": b[rows],
            "score": scored.probability[rows],
            "verdict": pl.Series(verdict.tolist(), dtype=pl.String),
            "evidence": tell(scored, rows),
            "decided_by": pl.Series(
                np.where(by_user[rows], "user", machine).tolist(), dtype=pl.String
            ),
        }
    )


def _decided(pairs: Pairs, decisions: tuple[tuple[int, int], ...]) -> Bools:
    """Tell which pairs are among the user's decisions."""
    places = np.searchsorted(pairs.records.ids, np.array(decisions, np.int64).reshape(-1, 2))
    size = max(len(pairs.records.ids), 1)
    return np.isin(pairs.left * size + pairs.right, places[:, 0] * size + places[:, 1])
