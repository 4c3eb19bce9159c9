"""What the page shows and in which order: chapters, titles, pictures, what to do when empty.

An analysis that is named nowhere here still gets its place: a table under "More questions".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from notworking.report.answers import Answer
from notworking.report.charts import bars, changes, dials, flows, lists, network, shares, time
from notworking.report.markup import Markup
from notworking.report.people import People

Draw = Callable[[Answer, People], Markup | None]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the page.

    Attributes:
        key: Anchor of the chapter.
        views: Analyses in it, in order.
    """

    key: str
    title: str
    views: tuple[str, ...]


CHAPTERS = (
    Chapter(
        "close", "The dozen", ("the_dozen", "rings", "ring_moves", "social_signature", "trust")
    ),
    Chapter("slipping", "Slipping away", ("drift", "worth_waking", "birthdays")),
    Chapter("changed", "What changed", ("news", "tie_changes", "grew")),
    Chapter(
        "owing", "Owing and waiting", ("owed", "waiting_for", "thanks_owed", "introducer_loop")
    ),
    Chapter(
        "tending",
        "Adding or tending",
        ("cultivation", "face_time_by_month", "face_time", "good_hours"),
    ),
    Chapter(
        "collecting", "Collecting cards", ("card_bursts", "notworking_index", "event_follow_up")
    ),
    Chapter(
        "giving",
        "Give and take",
        (
            *("giver_taker", "giver_taker_people", "favours", "only_when_needed", "how_i_ask"),
            *("instead_of_no", "broadcast"),
        ),
    ),
    Chapter(
        "bridging",
        "Bridges and groups",
        (
            *("circles", "bridges", "door_openers", "introductions_to_make"),
            *("clique_or_bridge", "group_voices"),
        ),
    ),
    Chapter("coming", "Who comes to you", ("reverse_networking", "known_for")),
    Chapter("alike", "Diversity", ("diversity", "seniority")),
    Chapter("leaning", "Reliance", ("reliance", "leverage", "readiness", "step_back")),
    Chapter("benefits", "Six benefits", ("six_benefits", "audit_round", "energy", "outcomes")),
    Chapter("help", "Who can help", ("who_knows", "warm_paths", "who_could_help")),
    Chapter(
        "sight",
        "What the data could not see",
        ("visibility", "export_days", "chances_kept", "chances_by_band"),
    ),
    Chapter("owners", "Several owners", ("who_knows_best", "only_bridge", "overlap")),
)
MORE = Chapter("more", "More questions", ())
#: Shown elsewhere: the rings and the search hold every tie; empty answers say what to do.
ELSEWHERE = frozenset({"ties", "empty_states"})
#: Tables that are searched, and so stand open.
OPEN = frozenset({"warm_paths", "who_could_help", "who_knows"})
#: Tables that are shown on request only: favours are no score, and a round asks by itself.
FOLDED = frozenset({"audit_round", "favours", "giver_taker_people", "past_ties"})

PICTURES: dict[str, Draw] = {
    "birthdays": lists.birthdays,
    "broadcast": bars.broadcast,
    "bridges": network.bridges,
    "card_bursts": time.bursts,
    "chances_by_band": shares.chances,
    "chances_kept": shares.kept,
    "circles": network.islands,
    "clique_or_bridge": shares.clique,
    "cultivation": time.cultivation,
    "diversity": shares.diversity,
    "door_openers": flows.doors,
    "drift": lists.drift,
    "energy": bars.energy,
    "event_follow_up": shares.events,
    "export_days": changes.exports,
    "face_time": lists.together,
    "face_time_by_month": time.face_time,
    "giver_taker": dials.balance,
    "good_hours": lists.hours,
    "grew": changes.rising,
    "group_voices": shares.voices,
    "how_i_ask": bars.asking,
    "instead_of_no": bars.declines,
    "introducer_loop": lists.loops,
    "introductions_to_make": lists.meetings,
    "known_for": bars.known_for,
    "leverage": network.fans,
    "news": changes.news,
    "notworking_index": shares.index,
    "only_when_needed": bars.reopenings,
    "outcomes": flows.outcomes,
    "owed": lists.todo,
    "readiness": dials.readiness,
    "reliance": shares.reliance,
    "reverse_networking": time.reverse,
    "ring_moves": lists.moves,
    "rings": shares.sizes,
    "seniority": shares.stair,
    "six_benefits": dials.petals,
    "social_signature": shares.signature,
    "step_back": flows.step_back,
    "thanks_owed": lists.todo,
    "the_dozen": lists.dozen,
    "tie_changes": changes.slopes,
    "trust": lists.trust,
    "visibility": time.visibility,
    "waiting_for": lists.waiting,
    "warm_paths": flows.ways,
    "who_could_help": network.helpers,
    "worth_waking": lists.waking,
}

#: What to do about an empty answer, where the database does not say it itself.
EMPTY = "Import an export that holds messages: LinkedIn, Facebook, Messenger, mail or a phone."
