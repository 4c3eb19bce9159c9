"""Finding hints: own words only, word borders, exceptions, one hit of a kind, words as written."""

from __future__ import annotations

import sys

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.hints import FOUND_SCHEMA, KINDS, LANGUAGES, find
from notworking.hints.lists import DATE, WordListError, lines, parse
from notworking.hints.own_words import LONGEST, own_words


def hits(text: str, lang: str = "en") -> dict[str, str]:
    """Return the words found in one message, by kind."""
    found = find(pl.DataFrame({"event_id": [7], "text": [text]}))
    rows = found.filter((pl.col("lang") == lang) | pl.col("lang").is_null()).to_dicts()
    return {row["kind"]: row["words"] for row in rows}


def own(text: str) -> str:
    return str(own_words(pl.DataFrame({"text": [text]}))["text"].item())


def test_matched_words_are_kept_as_written() -> None:
    found = hits("THANKS a lot! I’ll  send it. Could you, please, help?")
    assert found == {"thanks": "THANKS", "promise": "I’ll  send", "ask": "Could you, please, help"}


def test_case_accents_and_apostrophes_do_not_count() -> None:
    assert hits("felicitations a toi", "fr") == {"congratulate": "felicitations"}
    assert hits("FÉLICITATIONS", "fr") == {"congratulate": "FÉLICITATIONS"}
    decomposed = "Fe\u0301licitations"
    assert hits(decomposed, "fr") == {"congratulate": decomposed}
    assert hits("I'll send it") == hits("I'll send it") | {"promise": "I'll send"}
    assert hits("I`ll send it")["promise"] == "I`ll send"
    assert hits("grosses Ehrenwort", "de") == {"promise": "grosses Ehrenwort"}


@pytest.mark.parametrize("text", ["thankless", "unthanks", "a thanksgiving dinner"])
def test_a_phrase_begins_and_ends_at_word_borders(text: str) -> None:
    assert hits(text) == {}


def test_no_phrase_reaches_over_the_end_of_a_sentence() -> None:
    assert "ask" not in hits("I wish I could. You send too much.")
    assert hits("Darf ich dir. Wir wollen dich vorstellen", "de") == {}


def test_words_between_the_parts_of_a_phrase_are_few() -> None:
    assert "intro" in hits("Darf ich dir meine Kollegin vorstellen?", "de")
    assert hits("Darf ich dir " + "sehr " * 6 + "vorstellen", "de") == {}


def test_a_kind_is_found_once_in_a_message_and_the_first_is_kept() -> None:
    found = find(pl.DataFrame({"event_id": [1], "text": ["Thank you. Thanks again, thx."]}))
    assert found.filter(pl.col("lang") == "en")["words"].to_list() == ["Thank you"]


def test_an_exception_takes_only_the_hit_that_it_overlaps() -> None:
    assert hits("Thanks to the rain") == {}
    assert hits("Thanks to the rain I am late. Thank you for waiting!") == {"thanks": "Thank you"}


@pytest.mark.parametrize(
    "text",
    [
        "It rained.\n> thanks\n  > could you help me",
        "It rained.\n\nOn Tue, 3 Mar 2020, Bo Sample wrote:\nthanks",
        "It rained.\n\nOn Tue, 3 Mar 2020 at 10:00,\nBo Sample <bo@example.com> wrote:\nthanks",
        "It rained.\r\n\r\nAm 3. März 2020 schrieb Bo Sample <bo@example.com>:\r\nthanks",
        "It rained.\n---------- Forwarded message ----------\nthanks",
        "It rained.\n-----Original Message-----\nthanks",
        "It rained.\nFrom: Bo Sample\nSent: Monday\nthanks",
        "It rained.\n-- \nthanks, Ada",
        "It rained.\nSent from my phone, thanks",
    ],
)
def test_quotes_forwards_and_signatures_are_not_the_sender_s_words(text: str) -> None:
    assert hits(text) == {}
    assert own(text).strip() == "It rained."


def test_a_pasted_document_is_read_up_to_a_limit() -> None:
    assert hits("x " * (LONGEST // 2) + "thanks") == {}
    assert hits("x " * (LONGEST // 2 - 10) + "thanks") == {"thanks": "thanks"}


def test_a_link_is_told_with_its_host_and_no_language() -> None:
    found = find(pl.DataFrame({"event_id": [1], "text": ["look: https://Example.com/a?b=secret"]}))
    assert found.select("lang", "kind", "words").rows() == [(None, "link", "example.com")]


def test_marks_say_what_else_the_message_holds() -> None:
    text = "Could you send Bo Sample the 3 files by Friday?"
    (row,) = find(pl.DataFrame({"event_id": [1], "text": [text]})).to_dicts()
    assert row["marks"] == ["question", "number", "date", "name"]
    assert find(pl.DataFrame({"event_id": [1], "text": ["could you help"]}))["marks"].to_list() == [
        []
    ]


def test_equal_texts_of_several_events_are_all_told() -> None:
    frame = pl.DataFrame({"event_id": [3, 1, 2], "text": ["thanks", None, "thanks"]})
    found = find(frame)
    assert found.select("event_id", "words").rows() == [(2, "thanks"), (3, "thanks")]


def test_many_messages_are_read_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Thank you!", None, "could you help me by Friday?", "zzz", "x " * 40, "Thank you!"]
    frame = pl.DataFrame({"event_id": range(len(texts)), "text": texts})
    whole = find(frame)
    assert whole["event_id"].unique().sort().to_list() == [0, 2, 5]
    for size in (1, 12, 60):
        monkeypatch.setattr(sys.modules["notworking.hints.find"], "_PIECE", size)
        assert find(frame).equals(whole)


def test_no_messages_give_an_empty_frame_of_the_same_shape() -> None:
    empty = pl.DataFrame(schema={"event_id": pl.Int64, "text": pl.String})
    assert find(empty).schema == pl.Schema(FOUND_SCHEMA)
    nothing = find(pl.DataFrame({"event_id": [1], "text": ["zzz"]}))
    assert nothing.schema == pl.Schema(FOUND_SCHEMA)
    assert nothing.height == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_text_around_a_hint_leaves_its_words_as_they_are(around: list[str]) -> None:
    texts = [f"zz. Thank you! {text}" for text in around] + around
    texts = [text.encode("utf-8", "ignore").decode("utf-8") for text in texts]
    found = find(pl.DataFrame({"event_id": range(len(texts)), "text": texts}, schema=_MESSAGES))
    thanked = found.filter((pl.col("kind") == "thanks") & (pl.col("lang") == "en"))
    assert set(range(len(around))) <= set(thanked["event_id"])
    for row in found.to_dicts():
        assert row["words"].lower() in texts[row["event_id"]].lower()


_MESSAGES = {"event_id": pl.Int64, "text": pl.String}


def test_every_language_has_phrases_of_every_kind() -> None:
    said = {(line.language, line.kind) for line in lines() if not line.exempt}
    assert said == {(x, k) for x in LANGUAGES for k in (*KINDS, DATE)}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("thanks thank you", "write a kind, a tab and a pattern"),
        ("praise\twell done", "write a kind, a tab and a pattern"),
        ("thanks\t{thank|thanks", "brackets do not match"),
        ("thanks\t[thank]", "can stand for nothing"),
        ("thanks\t... thank", "can stand for nothing"),
        ("thanks\tthank ... [you]", "can stand for nothing"),
        ("thanks\tthank {... you|you}", "once, and outside brackets"),
        ("thanks\tthank ... you ... so", "once, and outside brackets"),
        ("thanks\t" + "{a|b}" * 14, "stands for 16,384 phrases"),
    ],
)
def test_a_bad_line_of_a_list_is_named(line: str, reason: str) -> None:
    with pytest.raises(WordListError, match=f"list.tsv, line 2: .*{reason}"):
        list(parse(f"# comment\n{line}\n", "list.tsv"))
