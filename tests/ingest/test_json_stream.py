"""Pulling values out of JSON of any size: the same as reading it whole, however it is cut up."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.ingest import _json_stream
from notworking.ingest._json_stream import CutError, Stream

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def pulled(stream: Stream, place: str = "") -> object:
    """Read a value by walking down to everything that is no list and no object."""
    match stream.peek():
        case "[":
            return [pulled(stream, here) for here in stream.elements(place)]
        case "{":
            return {name: pulled(stream, name) for name in stream.members(place)}
    return stream.value(place)


@settings(max_examples=200, deadline=None)
@given(
    value=VALUES,
    indent=st.sampled_from([None, 1]),
    ascii_only=st.booleans(),
    block=st.integers(1, 9),
)
def test_what_was_written_is_read_whatever_the_block(
    value: Any, indent: int | None, ascii_only: bool, block: int
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    data = b"\xef\xbb\xbf" + text.encode("utf-8", "replace") + b" \n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_json_stream, "_BLOCK", block)
        stream = Stream(io.BytesIO(data))
        assert pulled(stream) == json.loads(text.encode("utf-8", "replace"))
        assert stream.finish() is None


@settings(max_examples=200, deadline=None)
@given(value=st.lists(VALUES, min_size=1), cut=st.integers(0, 200), block=st.integers(1, 9))
def test_of_a_list_that_is_cut_off_all_that_stands_before_the_cut_is_read(
    value: list[Any], cut: int, block: int
) -> None:
    text = json.dumps(value)
    text = text[: cut % len(text)]
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_json_stream, "_BLOCK", block)
        stream = Stream(io.BytesIO(text.encode()))
        with suppress(CutError):
            for place in stream.elements("list"):
                found.append(stream.value(place))
    # A number at the cut may have been longer; everything before it is as written.
    assert found[:-1] == value[: len(found)][:-1]
    damage = stream.finish()
    assert damage is not None
    assert damage.is_end


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "file"),
        ("{}", "file"),
        ("[1, ?]", "[1]"),
        ("[1 2]", "[0]"),
        ("[1,", "[1]"),
        ('[{"a": 1}, {"b" 2}]', "[1]"),
    ],
)
def test_the_place_of_the_damage_is_told(text: str, place: str) -> None:
    stream = Stream(io.BytesIO(text.encode()))
    with pytest.raises(CutError):
        list(map(stream.value, stream.elements("")))
    assert stream.damage is not None
    assert stream.damage.place == place


def test_a_value_longer_than_any_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_json_stream, "_BLOCK", 10)
    monkeypatch.setattr(_json_stream, "LONGEST", 100)
    source = io.BytesIO(b'["' + b"x" * 10_000)
    stream = Stream(source)
    with pytest.raises(CutError):
        list(map(stream.value, stream.elements("")))
    assert source.tell() < 300


def test_text_behind_the_value_is_told() -> None:
    stream = Stream(io.BytesIO(b"[1] and more"))
    assert [stream.value(place) for place in stream.elements("")] == [1]
    rest = stream.finish()
    assert rest is not None
    assert (rest.reason, rest.raw) == ("text after the end of the JSON", "and more")


def test_what_stands_before_the_value_can_be_skipped() -> None:
    stream = Stream(io.BytesIO(b"window.YTD.x.part0 = [1]"))
    stream.skip_past("=")
    assert [stream.value(place) for place in stream.elements("")] == [1]
