"""The week: who is suggested and why, and that an answer holds."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest


def suggested(desk: Any) -> list[tuple[str, str]]:
    return [(row["kind"], row["name"]) for row in desk.answer("week") if row["answer"] is None]


def number_of(desk: Any, kind: str, name: str) -> str:
    (found,) = [r["number"] for r in desk.answer("week") if (r["kind"], r["name"]) == (kind, name)]
    return str(found)


def later(desk: Any, days: int) -> None:
    """Let the newest day in the data be so many days later."""
    with duckdb.connect(str(desk.database)) as con:
        con.execute("update mart.now set day = day + ?", [days])


def test_the_week_suggests_birthday_new_job_and_drift_each_with_its_reason(lived: Any) -> None:
    week = {(row["kind"], row["name"]): row for row in lived.answer("week")}
    assert set(week) == {
        ("birthday", "Bruno Birthday"),
        ("birthday", "Gwendolyn Weekly"),
        ("new_job", "Jolanda Newjob"),
        ("drift", "Dorothea Drifting"),
    }
    assert week["birthday", "Bruno Birthday"]["on_date"] == "2026-02-05"
    assert "Birthday on 2026-02-05" in week["birthday", "Bruno Birthday"]["reason"]
    # 29 February is kept on the 28th in a year without one.
    assert week["birthday", "Gwendolyn Weekly"]["on_date"] == "2026-02-28"
    assert "turns 42" in week["birthday", "Gwendolyn Weekly"]["reason"]
    assert (
        "Head of Clerks at Example Tools (was Clerk at Sample Works)"
        in week["new_job", "Jolanda Newjob"]["reason"]
    )
    assert (
        "usually every 21 days; last on 2025-07-31"
        in (week["drift", "Dorothea Drifting"]["reason"])
    )
    assert all(row["evidence"] for row in week.values())
    assert {row["today"] for row in week.values()} == {"2026-02-01"}


def test_the_week_reads_as_a_numbered_list(lived: Any) -> None:
    text = lived.run("week").stdout
    assert text.startswith("The week of 2026-02-01 (the newest day in your data): 4 suggestions.")
    assert "  1. Bruno Birthday: birthday\n     Birthday on 2026-02-05" in text


def test_what_is_done_does_not_come_back_and_the_other_numbers_stand(lived: Any) -> None:
    before = {row["name"]: row["number"] for row in lived.answer("week")}
    done = lived.run("week", "--done", number_of(lived, "birthday", "Bruno Birthday"))
    assert "Bruno Birthday (birthday) is done." in done.stderr
    assert ("birthday", "Bruno Birthday") not in suggested(lived)
    assert {row["name"]: row["number"] for row in lived.answer("week")} == before
    later(lived, 1)
    assert ("birthday", "Bruno Birthday") not in suggested(lived)
    assert len(suggested(lived)) == 3


def test_a_rebuild_keeps_the_answers(lived: Any) -> None:
    lived.run("week", "--done", number_of(lived, "drift", "Dorothea Drifting"))
    lived.run("merge", "Silvester Silent", "Bruno Birthday")
    assert ("drift", "Dorothea Drifting") not in suggested(lived)


def test_what_is_snoozed_comes_back_after_so_many_days_of_data(lived: Any) -> None:
    number = number_of(lived, "drift", "Dorothea Drifting")
    told = lived.run("week", "--snooze", number, "--days", "10").stderr
    assert "comes back after 2026-02-11" in told
    later(lived, 9)
    assert ("drift", "Dorothea Drifting") not in suggested(lived)
    later(lived, 1)
    assert ("drift", "Dorothea Drifting") in suggested(lived)


@pytest.mark.parametrize(("word", "comes_back"), [("--done", True), ("--dismiss", False)])
def test_a_later_drift_is_another_occasion_unless_it_was_dismissed_for_good(
    lived: Any, word: str, comes_back: bool
) -> None:
    lived.run("week", word, number_of(lived, "drift", "Dorothea Drifting"))
    with duckdb.connect(str(lived.database)) as con:
        con.execute("update main.suggestions_answered set occasion = '2023-01-01', answered_on ="
                    " '2023-05-01'")  # fmt: skip
    assert (("drift", "Dorothea Drifting") in suggested(lived)) is comes_back


def test_an_answer_of_today_can_be_taken_back(lived: Any) -> None:
    number = number_of(lived, "drift", "Dorothea Drifting")
    lived.run("week", "--dismiss", number)
    lived.run("week", "--reopen", number)
    assert ("drift", "Dorothea Drifting") in suggested(lived)
    assert lived.rows("select * from suggestions_answered") == []


def test_a_number_that_is_not_in_the_list_changes_nothing(lived: Any) -> None:
    refused = lived.run("week", "--done", "1", "77", status=2)
    assert "no suggestion 77" in refused.stderr
    assert (
        "answered in two ways"
        in lived.run("week", "--done", "1", "--dismiss", "1", status=2).stderr
    )
    assert lived.rows("select * from suggestions_answered") == []


def test_no_more_than_a_dozen_are_suggested(lived: Any) -> None:
    with duckdb.connect(str(lived.database)) as con:
        con.execute(
            "create or replace view main.birthdays as select 1 as owner_id, person_id, name,"
            " ring, 'birthday' as why, date '2026-02-01' + i::integer as date, null as what,"
            " null::boolean as said_last_time from ties, range(9) t(i)"
        )
    assert len(lived.answer("week")) <= 12
    # One person is asked about once.
    names = [row["name"] for row in lived.answer("week")]
    assert len(names) == len(set(names))


def test_what_is_owed_and_whom_to_thank_and_introduce_are_suggested_and_stay_answered(
    lived: Any,
) -> None:
    with duckdb.connect(str(lived.database)) as con:
        ids = dict(con.execute("select name, person_id from people").fetchall())
        one, two, three = (
            ids[name] for name in ("Gwendolyn Weekly", "Jolanda Newjob", "Silvester Silent")
        )
        at = "timestamptz '2025-12-24 10:00:00+00' as at, 'linkedin' as source"
        con.execute(
            f"create or replace view main.owed as select 1 as owner_id, 1 as place, {one} as"
            f" person_id, 'Gwendolyn Weekly' as name, 'promise' as what, {at},"
            " 'I will send it' as words, 39 as days_open"
        )
        con.execute(
            f"create or replace view main.thanks_owed as select 1 as owner_id, {two} as person_id,"
            f" 'Jolanda Newjob' as name, 'offer' as favour, {at}, null as words, 39 as days_ago"
        )
        con.execute(
            "create or replace view main.introductions_to_make as select 1 as owner_id, 1 as place,"
            f" {three} as person_id, 'Silvester Silent' as name, {one} as other_id,"
            f" 'Gwendolyn Weekly' as other, 'choirs' as term, 'request' as why,"
            f" 'skill' as strength_of_other, {at}, 'who sings?' as words"
        )
    week = {row["kind"]: row for row in lived.answer("week")}
    assert week["owed"]["reason"] == (
        "You promised something on 2025-12-24, open for 39 days (linkedin)."
    )
    assert week["owed"]["evidence"] == '"I will send it"'
    assert week["thanks"]["reason"].startswith("No thanks seen for an offer of 2025-12-24")
    assert week["introduction"]["reason"] == (
        "Introduce to Gwendolyn Weekly: both have to do with choirs. Ask both first."
    )
    # The most pressing matter with a person comes first, and alone.
    assert [row["kind"] for row in lived.answer("week") if row["person_id"] == one] == ["owed"]
    numbers = [str(week[kind]["number"]) for kind in ("owed", "thanks", "introduction")]
    lived.run("week", "--done", *numbers)
    later(lived, 1)
    assert not {"owed", "thanks", "introduction"} & {kind for kind, _ in suggested(lived)}
