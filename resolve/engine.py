"""All steps in order: normalize, block, compare, cluster. Holds no rule of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from notworking.resolve.block import Part, find_candidates
from notworking.resolve.cluster import signed
from notworking.resolve.compete import probabilities
from notworking.resolve.decide import Verdicts, settle
from notworking.resolve.elsewhere import elsewhere
from notworking.resolve.evidence import Scored, chosen, tell
from notworking.resolve.flag import flag
from notworking.resolve.frequency import measure
from notworking.resolve.group import group
from notworking.resolve.memory import give_back
from notworking.resolve.odds import Scale, likely
from notworking.resolve.overlap import overlaps
from notworking.resolve.pairs import Compared, Pairs, compare_parts, join_parts
from notworking.resolve.prepare import Records, in_order, prepare
from notworking.resolve.prior import absence, again, list_priors, pair_prior
from notworking.resolve.tally import count_names
from notworking.resolve.tokens import Bools, Floats, Ints
from notworking.resolve.weights import weight

#: Compares candidate pairs, a part at a time.
Compare = Callable[[Records, Iterable[Part]], Iterable[Compared]]


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
    compare: Compare = compare_parts,
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
    # In a large pool the frames are much of the memory: whoever keeps no name for them frees them.
    contacts = in_order(contacts)
    records = prepare(contacts, points)
    del contacts, points
    verdicts = settle(decisions, _decided_people(records, decisions))
    scored, counts = _score(records, verdicts, compare)
    signs = signed(scored.probability, _thresholds(scored, merge_at))
    groups = join(scored.pairs, signs, verdicts)
    flagged = flag(scored.pairs, groups)
    scored = _worth_telling(scored, verdicts)
    del signs
    give_back(len(scored.probability))
    return Resolution(
        pl.DataFrame({"contact_id": records.ids, "cluster": records.ids[groups]}),
        _matches(scored, groups, verdicts, review_at),
        flagged,
        verdicts.conflicts,
        counts,
    )


def _decided_people(records: Records, decisions: pl.DataFrame) -> frozenset[int]:
    """Return the contacts the user decided on that are here and may be people."""
    named = np.concatenate([decisions[name].to_numpy() for name in ("contact_a", "contact_b")])
    return frozenset(np.intersect1d(named, records.ids[records.is_person]).tolist())


def _score(records: Records, verdicts: Verdicts, compare: Compare) -> tuple[Scored, dict[str, int]]:
    found = measure(records)
    tally = count_names(records, found)
    overlap = overlaps(tally)
    shares = list_priors(records, overlap)
    prior = partial(pair_prior, records, shares)
    candidates = find_candidates(records, _codes(records, verdicts.same + verdicts.different))
    compared = compare(records, candidates.parts())
    pairs = join_parts(records, likely(records, compared, found, prior))
    scale = Scale(pairs, found, prior, partial(elsewhere, records, tally, overlap))
    scores = scale.score(pairs)
    alone, twice = partial(absence, records, overlap), partial(again, records, shares)
    probability, rivals = probabilities(pairs, scores.bits, alone, twice)
    return Scored(pairs, scores, rivals, probability, scale), candidates.counts


def _worth_telling(scored: Scored, verdicts: Verdicts) -> Scored:
    """Leave out the pairs that are not worth a row in the matches."""
    is_told = scored.probability >= weight("zone", "keep_at")
    is_told |= _decided(scored.pairs, verdicts.same + verdicts.different)
    return chosen(scored, np.flatnonzero(is_told))


def _thresholds(scored: Scored, merge_at: float) -> Floats:
    """Return the probability from which each pair is merged.

    A bare name has to be surer than other pairs by as much as ``_bare_bits`` says, and surer still
    where the two share no number or address although one person's entries here mostly do.
    A common name alone, or with a town or an employer that many share, is left to the user, and
    so is a name with a common part where the numbers or addresses differ.
    """
    doubted = scored.scores.is_doubted
    more = np.where(doubted, weight("zone", "doubted_bits"), 0.0)
    common = scored.scores.is_common | (scored.scores.is_partly_common & doubted)
    left = common & ~scored.scores.is_dated
    more[left] = weight("zone", "common_name_bits")
    more[scored.scores.by_identifier] = 0.0
    bare = ~(scored.scores.supported | scored.scores.by_identifier | left)
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
    said_same, said_apart = _decided(pairs, verdicts.same), _decided(pairs, verdicts.different)
    by_user = said_same | said_apart
    together = ~by_user & (groups[pairs.left] == groups[pairs.right])
    asked = ~said_apart & (scored.probability >= review_at)
    verdict = np.select([said_same | together, asked], [0, 1], 2)
    decided = np.select([by_user, scored.scores.by_identifier], [0, 1], 2)
    return pl.DataFrame(
        {
            "contact_a": pairs.records.ids[pairs.left],
            "contact_b": pairs.records.ids[pairs.right],
            "score": scored.probability,
            "verdict": pl.Series(["same", "unsure", "different"]).gather(verdict),
            "evidence": tell(scored),
            "decided_by": pl.Series(["user", "rule", "model"]).gather(decided),
        }
    )


def _codes(records: Records, decisions: tuple[tuple[int, int], ...]) -> Ints:
    """Return each of the user's decisions as the place of one contact times their number, plus."""
    places = np.searchsorted(records.ids, np.array(decisions, np.int64).reshape(-1, 2))
    return np.asarray(places[:, 0] * max(len(records.ids), 1) + places[:, 1])


def _decided(pairs: Pairs, decisions: tuple[tuple[int, int], ...]) -> Bools:
    """Tell which pairs are among the user's decisions."""
    size = max(len(pairs.records.ids), 1)
    return np.isin(pairs.left * size + pairs.right, _codes(pairs.records, decisions))
