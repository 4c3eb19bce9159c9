"""People who are hard to tell apart, or together: one test each."""

from __future__ import annotations

from typing import Any

import pytest

PHONE, OTHER_PHONE, LANDLINE = "+15555550101", "+15555550102", "+15555550199"


def together(book: Any, *contacts: int) -> bool:
    groups = book.groups()
    return len({groups[c] for c in contacts}) == 1


def score(book: Any, a: int, b: int) -> float:
    rows = book.resolve().matches.rows(named=True)
    found = [r["score"] for r in rows if {r["contact_a"], r["contact_b"]} == {a, b}]
    return float(found[0]) if found else 0.0


def test_two_namesakes_in_one_list_and_one_in_another_are_one_question_not_a_merge(
    book: Any,
) -> None:
    one, two = book.add("linkedin", "John Smith"), book.add("linkedin", "John Smith")
    friend = book.add("facebook", "John Smith")
    groups = book.groups()
    assert len({groups[one], groups[two], groups[friend]}) == 3
    assert score(book, one, friend) == pytest.approx(score(book, two, friend))
    assert 0.2 < score(book, one, friend) < 0.5


def test_one_rare_name_in_two_lists_is_one_person(book: Any) -> None:
    assert together(
        book, book.add("linkedin", "Ottoline Heathham"), book.add("facebook", "Ottoline Heathham")
    )


@pytest.mark.parametrize(
    ("father", "son"),
    [
        ({"full": "Walter Rowan Sr."}, {"full": "Walter Rowan Jr."}),
        ({"full": "Walter Rowan"}, {"full": "Walter Rowan Jr."}),
        (
            {"full": "Walter Rowan", "birthday": "1950-03-04"},
            {"full": "Walter Rowan", "birthday": "1980-07-01"},
        ),
    ],
)
def test_father_and_son_on_one_landline_stay_apart(
    book: Any, father: dict[str, str], son: dict[str, str]
) -> None:
    a = book.add("vcard", father.pop("full"), phones=[LANDLINE], label="home", **father)
    b = book.add("vcard", son.pop("full"), phones=[LANDLINE], label="home", **son)
    assert not together(book, a, b)


def test_father_and_son_with_a_mobile_each_stay_apart(book: Any) -> None:
    a = book.add("vcard", "Walter Rowan", phones=[LANDLINE], label="home")
    b = book.add("vcard", "Walter Rowan", phones=[LANDLINE], label="home")
    assert together(book, a, b)
    book.point(a, "phone", PHONE, label="mobile")
    book.point(b, "phone", OTHER_PHONE, label="mobile")
    assert not together(book, a, b)


def test_twins_with_one_birthday_and_one_landline_stay_apart(book: Any) -> None:
    a = book.add("vcard", "Anna Velden", phones=[LANDLINE], birthday="1990-05-06")
    b = book.add("vcard", "Clara Velden", phones=[LANDLINE], birthday="1990-05-06")
    assert not together(book, a, b)


def test_twins_without_a_number_stay_apart(book: Any) -> None:
    a = book.add("facebook", "Anna Velden", birthday="1990-05-06")
    b = book.add("vcard", "Clara Velden", birthday="1990-05-06")
    assert not together(book, a, b)


def test_a_couple_with_one_mailbox_stays_apart(book: Any) -> None:
    a = book.add("vcard", "Ruth Marlow", mails=["marlows@example.com"])
    b = book.add("vcard", "Peter Marlow", mails=["marlows@example.com"])
    assert not together(book, a, b)


def test_mom_is_the_person_whose_mobile_it_is(book: Any) -> None:
    a = book.add("vcard", "Mom", phones=[PHONE])
    assert together(book, a, book.add("google", "Maria Rossi", phones=[PHONE]))


def test_mom_and_dad_on_one_landline_stay_apart(book: Any) -> None:
    a = book.add("vcard", "Mom", phones=[LANDLINE])
    assert not together(book, a, book.add("vcard", "Dad", phones=[LANDLINE]))


def test_bob_plumber_is_bob_smith_with_the_same_mobile(book: Any) -> None:
    a = book.add("vcard", "Bob plumber", phones=[PHONE])
    assert together(book, a, book.add("vcard", "Bob Smith", phones=[PHONE]))


def test_two_plumbers_with_two_numbers_stay_apart(book: Any) -> None:
    a = book.add("vcard", "Plumber", phones=[PHONE])
    assert not together(book, a, book.add("vcard", "Plumber", phones=[OTHER_PHONE]))


@pytest.mark.parametrize(
    ("kind", "value"), [("phone", LANDLINE), ("email", "info@acme.example.com")]
)
def test_forty_colleagues_are_not_merged_by_what_they_share(
    book: Any, kind: str, value: str
) -> None:
    colleagues = [book.add("vcard", f"{g} {f}ham", company="Acme") for g, f in _forty()]
    for contact in colleagues:
        book.point(contact, kind, value)
    groups = book.groups()
    assert len({groups[c] for c in colleagues}) == 40


def _forty() -> list[tuple[str, str]]:
    given = ["Alma", "Bert", "Carl", "Dora", "Emil", "Frida", "Greta", "Hugo", "Iris", "Jonas"]
    return [(g, g[::-1] + f) for g in given for f in ("ox", "elm", "ivy", "yew")]


def test_spanish_double_names_are_found_in_every_order(book: Any) -> None:
    a = book.add("linkedin", given_name="Ana", family_name="García Lopetegui")
    b = book.add("facebook", "Ana García")
    c = book.add("vcard", "García Lopetegui Ana", mails=["ana@example.com"])
    book.point(a, "email", "ana@example.com")
    assert together(book, a, c)
    assert score(book, a, b) > 0.35


def test_a_maiden_name_in_brackets_or_in_the_slug_is_a_family_name(book: Any) -> None:
    a = book.add("linkedin", "Anna Smith (Quillfeather)")
    b = book.add("facebook", "Anna Quillfeather")
    assert score(book, a, b) > 0.5
    c = book.add(
        "linkedin", "Berta Smith", profile_url="https://www.linkedin.com/in/berta-tarnbrook"
    )
    d = book.add("facebook", "Berta Tarnbrook")
    assert score(book, c, d) > 0.5


def test_one_name_in_two_scripts_is_one_person(book: Any) -> None:
    a = book.add("facebook", "Юлия Щербакова")
    b = book.add("linkedin", "Iuliia Shcherbakova")
    assert together(book, a, b)


def test_an_initial_alone_is_no_merge(book: Any) -> None:
    a = book.add("linkedin", "Julia Shcherbakova")
    assert not together(book, a, book.add("facebook", "Julia S."))


def test_a_chinese_name_without_a_blank_meets_its_transcription(book: Any) -> None:
    a = book.add("vcard", "王小明", phones=[PHONE])
    b = book.add("linkedin", given_name="Xiaoming", family_name="Wang", full_name="Xiaoming Wang")
    assert score(book, a, b) > 0.5
    book.point(b, "phone", PHONE)
    assert together(book, a, b)


def test_forty_namesakes_in_each_of_two_lists_are_not_merged_by_name(book: Any) -> None:
    kims = [
        book.add(source, "Kim Min-jun") for source in ("linkedin", "facebook") for _ in range(40)
    ]
    groups = book.groups()
    assert len({groups[k] for k in kims}) == 80


@pytest.mark.parametrize("other", ["Mueller", "Muller", "müller"])
def test_umlauts_are_one_name_however_they_are_written(book: Any, other: str) -> None:
    a = book.add("linkedin", "Tilda MÜLLER")
    assert together(book, a, book.add("facebook", f"Tilda {other}"))


def test_chains_of_nicknames_do_not_glue(book: Any) -> None:
    alex = book.add("facebook", "Alexander Tarnbrook")
    sandy = book.add("vcard", "Sandy Tarnbrook")
    sandra = book.add("linkedin", "Sandra Tarnbrook")
    groups = book.groups()
    assert groups[alex] != groups[sandra]
    assert sandy in groups


@pytest.mark.parametrize("birthday", ["1604-04-12", "--04-12"])
def test_a_birthday_without_a_year_agrees_with_one_that_has_it(book: Any, birthday: str) -> None:
    a = book.add("facebook", "Tilda Marlow", birthday=birthday)
    b = book.add("vcard", "Tilda Marlow", birthday="1984-04-12")
    assert together(book, a, b)
    assert "two different birthdays" not in book.resolve().flagged["reason"].to_list()


def test_a_number_with_an_assumed_region_never_merges_by_itself(book: Any) -> None:
    a = book.add("vcard", "Mom", phones=[PHONE], sure=False)
    b = book.add("google", "Maria Rossi", phones=[PHONE])
    assert not together(book, a, b)
    assert score(book, a, b) > 0.35


def test_a_number_with_an_assumed_region_supports_a_name(book: Any) -> None:
    a = book.add("vcard", "Maria R.", phones=[PHONE], sure=False)
    assert together(book, a, book.add("google", "Maria Rossi", phones=[PHONE]))


def test_one_number_under_two_regions_is_two_numbers(book: Any) -> None:
    a = book.add("vcard", "Tom", phones=["+15555550123"], sure=False)
    b = book.add("vcard", "Tom", phones=["+495555550123"], sure=False, owner_id=2)
    assert not together(book, a, b)


def test_a_recycled_number_is_flagged_and_not_merged(book: Any) -> None:
    a = book.add("vcard", "Ottoline Heathham", phones=[PHONE])
    b = book.add("google", "Wendel Quarmby", phones=[PHONE])
    assert not together(book, a, b)
    flagged = {tuple(ids): reason for ids, reason in book.resolve().flagged.rows()}
    assert flagged[(a, b)] == "one phone number, two names: it may have changed hands"


def test_addresses_are_compared_without_capitals_dots_and_tags(book: Any) -> None:
    a = book.add("vcard", "Tilda", mails=["T.Marlow+news@GMail.com"])
    b = book.add("linkedin", "Tilda Marlow", mails=["tmarlow@googlemail.com"])
    assert together(book, a, b)


def test_contacts_without_a_name_are_left_alone(book: Any) -> None:
    nameless = [book.add("vcard", "") for _ in range(5)] + [book.add("vcard", "???")]
    groups = book.groups()
    assert len({groups[c] for c in nameless}) == 6


def test_ten_thousand_cards_named_customer_stay_ten_thousand(empty: Any) -> None:
    for _ in range(10_000):
        empty.add("vcard", "Customer")
    result = empty.resolve()
    assert result.clusters["cluster"].n_unique() == 10_000
    assert result.counts["pairs"] == 0


def test_a_group_or_an_organisation_is_never_a_person(book: Any) -> None:
    a = book.add("facebook", "Ottoline Heathham", relation="group", mails=["o@example.com"])
    b = book.add("vcard", "Ottoline Heathham", mails=["o@example.com"])
    c = book.add("vcard", "Ottoline Heathham", relation="organisation", mails=["o@example.com"])
    book.decide(a, b, "same")
    groups = book.groups()
    assert len({groups[a], groups[b], groups[c]}) == 3


def test_one_profile_address_is_one_person_whatever_the_spelling(book: Any) -> None:
    a = book.add("linkedin", "Tilda Marlow", profile_url="https://www.linkedin.com/in/tilda-m-81")
    b = book.add("vcard", "T.", profile_url="http://linkedin.com/in/Tilda-M-81/?trk=x")
    assert together(book, a, b)


def test_two_friends_of_one_list_are_two_people_even_with_one_rare_name(book: Any) -> None:
    a, b = book.add("facebook", "Ottoline Heathham"), book.add("facebook", "Ottoline Heathham")
    assert not together(book, a, b)


def test_a_correspondent_is_the_friend_of_that_name(book: Any) -> None:
    a = book.add("facebook", "Ruth Marlow")
    b = book.add("messenger", "Ruth Marlow", relation="correspondent")
    assert together(book, a, b)


@pytest.mark.parametrize("size", [100, 600])
def test_many_copies_of_one_card_are_one_person(book: Any, size: int) -> None:
    copies = [book.add("vcard", "Tilda Marlow", phones=[PHONE]) for _ in range(size)]
    other = book.add("vcard", "Wendel Quarmby", phones=[PHONE])
    assert together(book, *copies)
    assert not together(book, copies[0], other)


@pytest.mark.parametrize(("share_mails", "expected"), [(True, False), (False, True)])
def test_namesakes_are_told_apart_where_one_person_always_has_one_address(
    book: Any, share_mails: bool, expected: bool
) -> None:
    for place, row in enumerate(book.rows[:150]):
        ours = f"p{place}x@example.com"
        theirs = ours if share_mails else f"q{place}y@example.com"
        book.point(row["contact_id"], "email", ours)
        book.add("google", row["full_name"], mails=[theirs])
    a = book.add("linkedin", "Edmund Smith", mails=["edmund@example.com"])
    b = book.add("google", "Edmund Smith", mails=["smith@example.com"])
    assert together(book, a, b) is expected
