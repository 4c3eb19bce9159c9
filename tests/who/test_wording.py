"""Plain words are the same in Python, for questions, and in SQL, for what is searched."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.seek import lists, wording

#: The two expressions of ``analyze/marts/words.sql``, kept here as the other side of the test.
_TOKENS = (
    "string_split(regexp_replace(lower(strip_accents($text)), '[^\\p{L}\\p{N}+#]+', ' ', 'g'), ' ')"
)
_PLAIN = (
    "regexp_replace(replace(replace(translate(token, 'øłđıð', 'oldid'), 'ß', 'ss'), 'æ', 'ae'),"
    " '^[+#]+', '')"
)


def test_the_shared_table_spells_words_as_it_is_tested_here() -> None:
    sql = files("notworking.analyze").joinpath("marts").joinpath("words.sql").read_text("utf-8")
    flat = " ".join(sql.split())
    assert _TOKENS.replace("$text", "text") in flat.replace("( ", "(").replace(" )", ")")
    assert _PLAIN in flat.replace("( ", "(").replace(" )", ")")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Head of Design & UX", ["head", "of", "design", "ux"]),
        ("Müller-Lüdenscheidt, Straße", ["muller", "ludenscheidt", "strasse"]),
        ("C++ / C# / +49 #tag", ["c++", "c#", "49", "tag"]),
        ("Søren Łukasz İzmir æther", ["soren", "lukasz", "izmir", "aether"]),
        ("設計事務所", ["設計", "計事", "事務", "務所"]),
        ("東京 AI", ["東京", "ai"]),
        ("l'ingénieur", ["l", "ingenieur"]),
        ("e\u0301lan", ["elan"]),
        ("😀 !!! _", []),
    ],
)
def test_words_are_plain(text: str, words: list[str]) -> None:
    assert wording.plain_words(text) == words


@cache
def engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.one_of(
            st.characters(max_codepoint=0x52F, exclude_categories=["Cs", "Cc", "Cn"]),
            st.sampled_from("ßøłđıæÅéÜñ+#'.-_ 漢字かなカナกขค한국"),
        ),
        max_size=30,
    )
)
def test_python_and_sql_spell_alike(text: str) -> None:
    rows = (
        engine()
        .execute(
            f"select token, {_PLAIN} as plain from (select unnest({_TOKENS}) as token)",
            {"text": text},
        )
        .fetchall()
    )
    theirs = [word for _, plain in rows if plain for word in in_pairs(plain)]
    assert sorted(set(theirs)) == sorted(set(wording.plain_words(text)))


def in_pairs(plain: str) -> list[str]:
    """Cut a token as ``words.sql`` does."""
    is_unspaced = any("\u0e01" <= c <= "\u0e5b" or "\u3041" <= c <= "\u9fff" for c in plain)
    if not is_unspaced or len(plain) < 3:
        return [plain]
    return [plain[i : i + 2] for i in range(len(plain) - 1)]


def test_marked_words_know_where_they_stand() -> None:
    text = "In der Straße: C++!"
    assert [(text[b:e], words) for b, e, words in wording.marked_words(text)] == [
        ("In", ["in"]),
        ("der", ["der"]),
        ("Straße", ["strasse"]),
        ("C++", ["c++"]),
    ]


@pytest.mark.parametrize("name", ["synonyms.tsv", "roles.tsv", "stop_words.txt", "legal_forms.txt"])
def test_the_lists_are_written_in_plain_words(name: str) -> None:
    for line in lists._lines(name):
        for member in line.split("\t"):
            assert " ".join(wording.plain_words(member)) == " ".join(member.split()), line


def test_every_field_has_a_weight_and_words() -> None:
    fields = lists.fields()
    assert {"tag", "note", "skill", "title", "company", "message", "group"} <= set(fields)
    assert all(0 < field.weight <= 1 and field.told for field in fields.values())
    assert max(fields.values(), key=lambda f: f.weight).name == "tag"
