"""Cards handed back: what is on them, that others read them, and that they come home."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

GROUPS = (
    "select list(contact_id order by contact_id) as g from contacts"
    " where contact_id in (from known) group by person_id order by g"
)
#: RFC 6350 section 3.3, a content line; ABNF in words: name, parameters, value.
_PARAM = r';(?:[A-Z-]+)=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*)(?:,(?:"[^"]*"|[^";:,]*))*'
_LINE = re.compile(rf"(?:[A-Za-z0-9-]+\.)?([A-Z-]+)((?:{_PARAM})*):([^\x00-\x08\x0a-\x1f\x7f]*)")
#: Section 3.4: in text a backslash stands before n, comma, semicolon or a backslash, else nowhere.
_TEXT = re.compile(r"(?:[^\\]|\\[nN,;\\])*")


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def one(text: str, name: str) -> list[str]:
    """Return the lines of one card."""
    cards = ["BEGIN:VCARD" + part for part in text.split("BEGIN:VCARD")[1:]]
    (found,) = [card for card in cards if f"FN:{name}\r\n" in card]
    return unfolded(found)


def test_a_card_holds_class_tags_addresses_and_kinds_of_numbers(lived: Any) -> None:
    lived.run("tag", "Gwendolyn Weekly", "choir, alto", "pin")
    card = one(lived.run("export", "--format", "vcard").stdout, "Gwendolyn Weekly")
    assert "EMAIL;TYPE=HOME:gwendolyn@example.com" in card
    assert "TEL;TYPE=CELL:+12025550101" in card
    assert "TEL;TYPE=WORK:+12025550102" in card
    assert "BDAY:1984-02-29" in card
    assert "CATEGORIES:inner,choir\\, alto" in card
    assert "ORG:Sample Works" in card
    (address,) = [line for line in card if line.startswith("ADR")]
    assert "1 Example Street" in address
    assert address.count(";;") >= 1
    assert not any(line.startswith("NOTE") for line in card)


def test_notes_are_handed_back_only_where_they_are_wanted(lived: Any) -> None:
    lived.run("note", "Gwendolyn Weekly", "met at the; choir\nsecond line")
    text = lived.run("export", "--with-notes").stdout
    notes = [line for line in one(text, "Gwendolyn Weekly") if line.startswith("NOTE:")]
    assert notes == [
        "NOTE:likes semicolons\\; and commas\\, too",
        "NOTE:met at the\\; choir\\nsecond line",
    ]


def test_a_birthday_without_a_year_is_written_as_each_version_has_it(lived: Any) -> None:
    three = one(lived.run("export").stdout, "Bruno Birthday")
    four = one(lived.run("export", "--vcard-version", "4.0").stdout, "Bruno Birthday")
    assert "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-05" in three
    assert four[1] == "VERSION:4.0"
    assert "BDAY:--0205" in four
    assert "BDAY:19840229" in one(
        lived.run("export", "--vcard-version", "4.0").stdout, "Gwendolyn Weekly"
    )


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_every_line_follows_the_grammar(lived: Any, version: str) -> None:
    lived.run("note", "Bruno Birthday", 'tricky: \\n , ; "quoted" ünïcode 🎂' * 5)
    text = lived.run("export", "--with-notes", "--vcard-version", version).stdout
    assert all(len(line.encode("utf-8")) <= 75 for line in text.split("\r\n"))
    depth = 0
    for line in unfolded(text):
        found = _LINE.fullmatch(line)
        assert found is not None, line
        name, _, value = found.groups()
        if name in ("FN", "N", "ORG", "TITLE", "NOTE", "CATEGORIES", "ADR", "UID"):
            assert _TEXT.fullmatch(value), line
        if name == "N":
            assert len(re.findall(r"(?<!\\);", value)) == 4
        if name == "ADR":
            assert len(re.findall(r"(?<!\\);", value)) == 6
        depth += {"BEGIN": 1, "END": -1}.get(name, 0)
        assert depth in (0, 1)
    cards = text.split("BEGIN:VCARD\r\n")[1:]
    assert all(card.startswith(f"VERSION:{version}\r\n") for card in cards)
    assert all(card.count("\r\nFN:") == card.count("UID:") == 1 for card in cards)


def test_two_other_programs_read_the_cards(lived: Any) -> None:
    import vobject
    import vobjectx

    text = lived.run("export").stdout
    names = {name for (name,) in lived.rows("select name from people where not is_owner")}
    for read in (vobject.readComponents, vobjectx.read_components):
        # vobjectx ends with a component that holds nothing.
        cards = {card.fn.value: card for card in read(text) if card.contents}
        assert set(cards) == names
        gwen = cards["Gwendolyn Weekly"]
        assert gwen.email.value == "gwendolyn@example.com"
        assert gwen.n.value.family == "Weekly"
        assert gwen.categories.value == ["inner"]


def test_only_those_for_whom_a_condition_holds_are_handed_back(lived: Any) -> None:
    text = lived.run(
        "export", "--only", "class = 'card' and list_contains(sources, 'vcard')"
    ).stdout
    assert re.findall(r"^FN:(.*)\r$", text, re.M) == ["Silvester Silent"]
    assert lived.run("export", "--only", "false").stdout == ""
    for wrong in ("nonsense = 1", "true; delete from people", "class =", ""):
        refused = lived.run("export", "--only", wrong, status=2)
        assert "--only" in refused.stderr
    assert lived.rows("select count(*) > 4 from people") == [(True,)]


def test_the_example_comes_home_as_the_same_people_under_the_same_cards(make_desk: Any) -> None:
    desk = make_desk("example")
    exports = Path(__file__).resolve().parents[2] / "fixtures" / "example" / "exports"
    desk.run("import", exports, status=1)
    known = {contact for (contact,) in desk.rows("select contact_id from contacts")}

    def groups() -> set[frozenset[int]]:
        found: dict[int, set[int]] = {}
        for contact, person in desk.rows("select contact_id, person_id from contacts"):
            if contact in known:
                found.setdefault(person, set()).add(contact)
        return {frozenset(group) for group in found.values()}

    before = groups()
    desk.run("export", "-o", desk.folder / "out.vcf")
    desk.run("import", desk.folder / "out.vcf")
    assert groups() == before
    strangers = desk.rows(
        "select count(*) from contacts e join contacts b"
        " on e.source_key = 'notworking-' || b.contact_id where e.person_id <> b.person_id"
    )
    assert strangers == [(0,)]
    first = (desk.folder / "out.vcf").read_text(encoding="utf-8")
    uids = re.compile(r"^UID:(\S+)", re.M)
    assert set(uids.findall(desk.run("export").stdout)) == set(uids.findall(first))
    assert len(uids.findall(first)) > 2000


def test_our_own_cards_come_home_without_changing_a_group(lived: Any) -> None:
    import duckdb

    path = lived.folder / "out.vcf"
    for version in ("3.0", "4.0"):
        with duckdb.connect(str(lived.database)) as con:
            con.execute("create table known as select contact_id from contacts")
        before = lived.rows(GROUPS)
        lived.run("export", "--vcard-version", version, "-o", path)
        first = path.read_text(encoding="utf-8")
        with duckdb.connect(str(lived.database)) as con:
            con.execute("drop table known")
        lived.run("import", path)
        with duckdb.connect(str(lived.database)) as con:
            con.execute("create table known (contact_id bigint)")
            con.executemany("insert into known values (?)", [[c] for (g,) in before for c in g])
        assert lived.rows(GROUPS) == before
        lived.run("export", "--vcard-version", version, "-o", path)
        again = path.read_text(encoding="utf-8")
        uids = re.compile(r"^UID:(.*)\r$", re.M)
        assert sorted(uids.findall(again)) == sorted(uids.findall(first))
        with duckdb.connect(str(lived.database)) as con:
            con.execute("drop table known")


PERL = """
use Text::vCard::Addressbook; binmode STDOUT, ':utf8';
for my $card (Text::vCard::Addressbook->new({ source_file => $ARGV[0] })->vcards) {
    my @phones = map { $_->value } @{ $card->get('tel') || [] };
    my @mails = map { $_->value } @{ $card->get('email') || [] };
    print join("\\t", $card->fullname, join(',', sort @phones), join(',', sort @mails)), "\\n";
}
"""


def test_an_address_book_of_another_language_reads_every_card(lived: Any, tmp_path: Path) -> None:
    probe = ["perl", "-MText::vCard::Addressbook", "-e", "1"]
    if subprocess.run(probe, check=False, capture_output=True).returncode:
        pytest.skip("Perl's Text::vCard is not installed (Debian: libtext-vcard-perl)")
    target = tmp_path / "cards.vcf"
    target.write_text(lived.run("export").stdout, encoding="utf-8", newline="")
    done = subprocess.run(
        ["perl", "-e", PERL, str(target)], capture_output=True, text=True, check=True
    )
    read = sorted(line.split("\t") for line in done.stdout.splitlines())
    people = lived.rows(
        "select name, array_to_string(list_sort(phones), ','),"
        " array_to_string(list_sort(emails), ',') from people where not is_owner"
    )
    assert read == sorted(list(row) for row in people)
