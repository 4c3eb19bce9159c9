"""News and the changes below them: what two exports of one list can and cannot say."""

from __future__ import annotations

from typing import Any

CHANGES = (
    "select full_name, field, old, new, noticed_at::date::varchar from changes"
    " join contacts using (contact_id) order by noticed_at, full_name, field, new"
)


def changes(desk: Any) -> list[tuple[str, str, str | None, str | None, str]]:
    # "Full name" as it is now, so that one person's changes stand together.
    return [tuple(row) for row in desk.rows(CHANGES)]


def test_who_is_first_seen_in_a_later_complete_export_is_new_and_who_is_missing_gone(
    desk: Any, make: Any
) -> None:
    ada, bert, cleo = make.card("Ada Example"), make.card("Bert Sample"), make.card("Cleo Test")
    desk.run("import", make.linkedin(desk.folder, "2024-02-01", [ada, bert]))
    assert changes(desk) == []
    desk.run("import", make.linkedin(desk.folder, "2025-02-01", [ada, cleo]))
    assert changes(desk) == [
        ("Bert Sample", "gone", None, None, "2025-02-01"),
        ("Cleo Test", "new", None, None, "2025-02-01"),
    ]


def test_the_order_in_which_exports_are_read_does_not_change_the_changes(
    desk: Any, make: Any, make_desk: Any
) -> None:
    exports = [
        make.linkedin(desk.folder, "2024-02-01", [make.card("Ada Example", "Alpha", "Clerk")]),
        make.linkedin(desk.folder, "2025-02-01", [make.card("Ada Example", "Beta", "Head")]),
        make.linkedin(
            desk.folder,
            "2026-02-01",
            [make.card("Ada Example", "Alpha", "Head"), make.card("Bert Sample")],
        ),
    ]
    for export in exports:
        desk.run("import", export)
    expected = [
        ("Ada Example", "company", "Alpha", "Beta", "2025-02-01"),
        ("Ada Example", "title", "Clerk", "Head", "2025-02-01"),
        ("Ada Example", "company", "Beta", "Alpha", "2026-02-01"),
        ("Bert Sample", "new", None, None, "2026-02-01"),
    ]
    assert changes(desk) == expected
    assert desk.rows(
        "select import_id from changes where field in ('company', 'new') order by all"
    ) == [(2,), (3,), (3,)]
    other = make_desk("backwards")
    for export in reversed(exports):
        other.run("import", export)
    assert changes(other) == expected


def test_a_field_that_a_newer_export_leaves_empty_is_no_change(desk: Any, make: Any) -> None:
    whole = make.card("Ada Example", "Alpha", "Clerk", email="ada@example.com")
    desk.run("import", make.linkedin(desk.folder, "2024-02-01", [whole]))
    desk.run("import", make.linkedin(desk.folder, "2025-02-01", [make.card("Ada Example")]))
    desk.run("import", make.linkedin(desk.folder, "2026-02-01", [whole]))
    assert changes(desk) == []


def test_a_new_address_is_a_change_and_another_spelling_of_the_same_is_not(
    desk: Any, make: Any
) -> None:
    for year, email in (("2024", "ada@example.com"), ("2025", "Ada@Example.com"),
                        ("2026", "ada@example.org")):  # fmt: skip
        card = make.card("Ada Example", email=email)
        desk.run("import", make.linkedin(desk.folder, f"{year}-02-01", [card]))
    assert changes(desk) == [("Ada Example", "email", None, "ada@example.org", "2026-02-01")]


def test_a_number_that_gets_its_country_code_is_no_new_number(desk: Any) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nUID:1\nFN:Ada Example\nREV:{}\n{}END:VCARD\n"
    for rev, phones in (
        ("2024-01-01T00:00:00Z", "TEL:(202) 555-0101\n"),
        ("2025-01-01T00:00:00Z", "TEL:+1 202 555 0101\n"),
        ("2026-01-01T00:00:00Z", "TEL:+12025550101\nTEL:+12025550199\n"),
    ):
        path = desk.folder / "cards.vcf"
        path.write_text(card.format(rev, phones), encoding="utf-8")
        desk.run("import", path)
    assert changes(desk) == [("Ada Example", "phone", None, "+12025550199", "2026-01-01")]


def test_a_connection_under_a_new_address_is_neither_lost_nor_new(desk: Any, make: Any) -> None:
    before = make.card("Philomena Quillfeather", "Alpha Works", "Clerk", email="pq@example.com")
    after = make.card(
        "Philomena Quillfeather", "Alpha Works", "Clerk", email="pq@example.com", key="philomena-q"
    )
    desk.run("import", make.linkedin(desk.folder, "2024-02-01", [before, make.card("Bert Sample")]))
    desk.run("import", make.linkedin(desk.folder, "2025-02-01", [after, make.card("Bert Sample")]))
    assert desk.rows("select count(distinct person_id) from contacts where full_name like 'Phil%'")
    assert [row["kind"] for row in desk.answer("news")] == []
    # The tables still tell of both addresses.
    assert [(c[0], c[1]) for c in changes(desk)] == [
        ("Philomena Quillfeather", "gone"),
        ("Philomena Quillfeather", "new"),
    ]


def test_news_can_begin_at_a_day_and_be_of_one_owner(desk: Any, make: Any) -> None:
    ada = make.card("Ada Example", "Alpha", "Clerk")
    desk.run("import", make.linkedin(desk.folder, "2024-02-01", [ada]))
    desk.run(
        "import",
        make.linkedin(desk.folder, "2025-02-01", [make.card("Ada Example", "Beta", "Clerk")]),
    )
    (job,) = desk.answer("news")
    assert (job["kind"], job["name"], job["old"], job["new"]) == (
        "job", "Ada Example", "Alpha", "Beta",
    )  # fmt: skip
    assert job["noticed_on"] == "2025-02-01"
    assert job["evidence"] == "Was Alpha, is Beta."
    assert desk.answer("news", "--since", "2025-02-01") == [job]
    assert desk.answer("news", "--since", "2025-02-02") == []
    assert desk.answer("news", "--owner", "olive OWNER") == [job]
    refused = desk.run("news", "--owner", "Nobody", status=2)
    assert 'this database holds "Olive Owner"' in refused.stderr
    assert "no date" in desk.run("news", "--since", "soon", status=2).stderr
