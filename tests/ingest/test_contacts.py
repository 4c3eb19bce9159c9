"""Tables of people: what becomes of rows, and which tables are taken."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notworking.errors import UsageError
from notworking.ingest import importers
from notworking.ingest.contacts import google, outlook, spreadsheet, thunderbird, yahoo
from notworking.ingest.importer import Content, Importer
from notworking.records import Contact, Notice, Record, Reject

MakeContent = Callable[[bytes], Content]


def table(*lines: str) -> bytes:
    return "".join(line + "\n" for line in lines).encode()


def contacts(records: list[Record]) -> list[Contact]:
    return [record for record in records if isinstance(record, Contact)]


@pytest.fixture
def read(content: MakeContent) -> Callable[..., list[Record]]:
    def run(data: bytes, importer: Importer = spreadsheet.IMPORTER, path: str = "x.csv") -> object:
        return list(importer.extract(content(data), path))

    return run  # type: ignore[return-value]


Read = Callable[..., list[Record]]


def test_the_key_is_the_address_else_the_number_else_the_row(read: Read) -> None:
    found = contacts(
        read(table("Name,Email,Phone", "A B,A.B@Example.com,1", "C D,,+1 202 555 0101", "E F,,"))
    )
    assert [one.key for one in found[:2]] == ["a.b@example.com", "12025550101"]
    assert found[2].key.startswith("sha256:")


def test_of_millions_every_address_may_be_shared(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notworking.ingest.contacts._reading.MOST_IDENTIFIERS", 2)
    rows = [f"P{n} Sample,p{n}@example.com" for n in (1, 2, 3, 1)]
    keys = [one.key for one in contacts(read(table("Name,Email", *rows)))]
    assert keys == [f"p{n}@example.com|p{n} sample" for n in (1, 2, 3, 1)]


def test_people_of_one_address_are_told_apart_by_name(read: Read) -> None:
    rows = ("Ed  Shared,f@example.com", "INA Shared,F@example.com", ",f@example.com")
    found = contacts(read(table("Name,Email", *rows)))
    keys = ["f@example.com|ed shared", "f@example.com|ina shared", "f@example.com"]
    assert [one.key for one in found] == keys


def test_one_person_on_two_rows_keeps_the_plain_key(read: Read) -> None:
    found = contacts(read(table("Name,Email", "Ed S,e@example.com", "ed s,e@example.com")))
    assert [one.key for one in found] == ["e@example.com", "e@example.com"]


def test_a_switchboard_is_the_last_number_to_identify_by(read: Read) -> None:
    data = table("Name,Company Main Phone,Mobile", "Ed S,+1 202 555 0100,+1 202 555 0101")
    assert contacts(read(data))[0].key == "12025550101"


def test_rows_that_name_nobody_are_rejected_with_their_place(read: Read) -> None:
    rejects = [
        one for one in read(table("Name,Email,City", "A B,,", ",,Rome")) if isinstance(one, Reject)
    ]
    assert [(one.place, one.raw) for one in rejects] == [("line 3", "Rome")]
    assert "without a name" in rejects[0].reason


def test_a_row_of_a_company_alone_is_an_organisation(read: Read) -> None:
    rows = (
        "Contoso,,Contoso,+1 202 555 0101",
        ",,Fabrikam,+1 202 555 0102",
        ",x@example.com,Litware,",
    )
    found = contacts(read(table("Name,Email,Company,Phone", *rows)))
    assert [(one.relation, one.full_name) for one in found] == [
        ("organisation", "Contoso"),
        ("organisation", "Fabrikam"),
        ("address_book", None),
    ]


def test_names_written_surname_first_are_turned_around(read: Read) -> None:
    rows = ('"Probe, Ina",i@example.com', '"Muster, Ulf",u@example.com', "Eva Plain,e@example.com")
    names = [one.full_name for one in contacts(read(table("Name,Email", *rows)))]
    assert names == ["Ina Probe", "Ulf Muster", "Eva Plain"]


def test_a_degree_after_a_comma_does_not_turn_a_name(read: Read) -> None:
    rows = ('"Ina Probe, PhD",i@example.com', '"Ulf Muster, MBA",u@example.com')
    names = [one.full_name for one in contacts(read(table("Name,Email", *rows)))]
    assert names == ["Ina Probe, PhD", "Ulf Muster, MBA"]


def test_the_order_of_day_and_month_comes_from_the_whole_file(read: Read) -> None:
    rows = ("A B,a@example.com,3/4/1980", "C D,c@example.com,25/4/1980")
    found = contacts(read(table("Name,Email,Birthday", *rows)))
    assert [one.birthday for one in found] == ["1980-04-03", "1980-04-25"]


def test_birthdays_that_can_be_two_days_are_left_out_and_counted(read: Read) -> None:
    records = read(table("Name,Email,Birthday", "A B,a@example.com,3/4/1980"))
    assert contacts(records)[0].birthday is None
    assert any(isinstance(one, Notice) and one.message.endswith(": 1") for one in records)


def test_the_user_is_told_what_columns_were_taken_for(read: Read) -> None:
    notices = [
        one.message
        for one in read(table("Name,Handy,Lieblingsfarbe", "A B,0151 5550101,red"))
        if isinstance(one, Notice)
    ]
    assert notices == [
        "read as: Name = full name, Handy = phone (mobile); not understood: Lieblingsfarbe"
    ]


def test_a_table_without_people_is_refused_with_the_guess(read: Read) -> None:
    [only] = read(table("Name,Kontakt,Firma,Stadt", "1,x,2,Rome", "2,y,3,Oslo"))
    assert isinstance(only, Reject)
    assert only.place == "file"
    assert "Firma = company" in only.reason
    assert "not understood: Name, Kontakt" in only.reason


def test_the_word_of_the_user_makes_a_refused_table_readable(content: MakeContent) -> None:
    data = content(table("Ident,Firma,Stadt", "1,2,Rome"))
    said = {"Ident": "full_name"}
    found = contacts(list(spreadsheet.extract_mapped(data, "x.csv", said)))
    assert [one.full_name for one in found] == ["1"]
    with pytest.raises(UsageError):
        list(spreadsheet.extract_mapped(data, "x.csv", {"Ident": "nobody"}))


def test_numbers_of_the_state_are_not_even_kept_as_read(read: Read) -> None:
    data = table("First Name,Last Name,Email,Government ID Number", "A,B,a@example.com,SECRET")
    assert "SECRET" not in repr(read(data))


def test_the_row_is_kept_by_column(read: Read) -> None:
    [one, *_] = contacts(read(table("Name,Email,Colour", "A B,a@example.com,=1+1,extra")))
    assert json.loads(one.raw) == {
        "Name": "A B",
        "Email": "a@example.com",
        "Colour": "=1+1",
        "column 4": "extra",
    }


def test_a_national_number_gets_the_country_of_its_own_row(read: Read) -> None:
    rows = ("A B,030 23125 101,Germany", "C D,030 23125 102,", "E F,+49 30 23125 103,France")
    found = contacts(read(table("Name,Phone,Country", *rows)))
    assert [[p.region for p in one.points if p.kind == "phone"] for one in found] == [
        ["DE"],
        [None],
        [None],
    ]


def test_profiles_become_handles_and_addresses(read: Read) -> None:
    header = "Name,LinkedIn URL,Twitter,Instagram,Skype"
    row = "A B,https://linkedin.com/in/ab,@ab_tw,https://www.instagram.com/ab.ig/,live:ab"
    [one, *_] = contacts(read(table(header, row)))
    assert one.profile_url == "https://linkedin.com/in/ab"
    assert [(p.kind, p.raw, p.label) for p in one.points] == [
        ("url", "https://linkedin.com/in/ab", "linkedin"),
        ("handle", "ab_tw", "twitter"),
        ("handle", "ab.ig", "instagram"),
        ("handle", "live:ab", "skype"),
    ]


def test_a_quote_that_is_never_closed_loses_no_row(read: Read) -> None:
    rows = ('"Open A,a@example.com', "Bo B,b@example.com", "Cy C,c@example.com")
    found = contacts(read(table("Name,Email", *rows)))
    assert [one.key for one in found] == ["a@example.com", "b@example.com", "c@example.com"]
    assert json.loads(found[0].raw)["flags"] == ["broken_quoting"]


def test_scanned_business_cards_are_cards(read: Read) -> None:
    data = table("Name,Email,Scanned On", "A B,a@example.com,2024-01-01")
    assert contacts(read(data))[0].relation == "card"
    plain = table("Name,Email", "A B,a@example.com")
    assert contacts(read(plain, path="CamCard_2024.csv"))[0].relation == "card"
    assert contacts(read(plain))[0].relation == "address_book"


def test_a_spreadsheet_file_says_how_to_save_it(read: Read) -> None:
    [only] = read(b"PK\x03\x04rest", path="contacts.xlsx")
    assert isinstance(only, Reject)
    assert "save the sheet" in only.reason


def test_addresses_collected_by_google_are_flagged_and_lose_made_up_names(read: Read) -> None:
    header = "First Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value"
    rows = (
        "info,,* Other Contacts,* ,info@example.com",
        "Ana,Real,* Other Contacts,,x@example.com",
    )
    found = contacts(read(table(header, *rows), google.IMPORTER))
    assert [one.full_name for one in found] == [None, "Ana Real"]
    assert all(json.loads(one.raw)["flags"] == ["auto_collected"] for one in found)


def test_own_labels_of_google_are_groups_and_its_marks_are_not(read: Read) -> None:
    header = "First Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value"
    labels = "* myContacts ::: Climbing ::: * starred ::: * friends"
    row = f"Ana,Example,{labels},Boat,a@example.com ::: b@example.org"
    [one] = contacts(read(table(header, row), google.IMPORTER))
    raw = json.loads(one.raw)
    assert (raw["categories"], raw["flags"]) == (["Climbing", "friends"], ["starred"])
    assert [(p.raw, p.label) for p in one.points] == [
        ("a@example.com", "Boat"),
        ("b@example.org", "Boat"),
    ]


def test_an_address_or_number_in_place_of_the_name_is_moved(read: Read) -> None:
    rows = ("+1 202 555 0104,,", "x@example.com,,", "+1 (202) 555-0105,,12025550105", "A B,:::,")
    found = contacts(read(table("Name,Email,Phone", *rows)))
    assert [one.full_name for one in found] == [None, None, None, "A B"]
    assert [[(p.kind, p.raw) for p in one.points] for one in found] == [
        [("phone", "+1 202 555 0104")],
        [("email", "x@example.com")],
        [("phone", "12025550105")],
        [],
    ]


def test_an_exchange_path_is_no_address(read: Read) -> None:
    header = (
        "First Name,Last Name,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,"
        "E-mail 2 Type,E-mail 2 Display Name,Job Title,Company,Home Phone"
    )
    row = "Bo,S,/o=Org/cn=bo,EX,Bo (bo@example.com),/o=Org/cn=b2,EX,Bo,Chef,Acme,"
    [one] = contacts(read(table(header, row), outlook.IMPORTER))
    assert [(p.kind, p.raw, p.label) for p in one.points] == [("email", "bo@example.com", None)]


def test_a_bare_outlook_file_may_be_connections_of_linkedin(read: Read) -> None:
    header = "First Name,Last Name,E-mail Address,Company,Job Title,Home Phone,Notes"
    rows = [f"A{i},B{i},a{i}@example.com,Acme,Chef,," for i in range(30)]
    notices = [
        one for one in read(table(header, *rows), outlook.IMPORTER) if isinstance(one, Notice)
    ]
    assert len(notices) == 1
    assert "linkedin_connections_export" in notices[0].message
    rows = [f"A{i},B{i},a{i}@example.com,Acme,Chef,+1 202 555 01{i:02}," for i in range(30)]
    assert not [o for o in read(table(header, *rows), outlook.IMPORTER) if isinstance(o, Notice)]


def test_yahoo_calls_the_job_title_and_numbers_home_and_work(read: Read) -> None:
    data = table(
        "First,Last,Email,Messenger ID,Home,Work,Title", "A,B,a@example.com,,1234567,7654321,Chef"
    )
    [one] = contacts(read(data, yahoo.IMPORTER))
    assert one.title == "Chef"
    assert [(p.raw, p.label) for p in one.points[1:]] == [("1234567", "home"), ("7654321", "work")]


def test_collected_addresses_of_thunderbird_are_flagged(read: Read) -> None:
    data = table("First Name,Last Name,Display Name,Primary Email", ",,Ana Example,a@example.com")
    [one] = contacts(read(data, thunderbird.IMPORTER, "Collected Addresses.csv"))
    assert json.loads(one.raw)["flags"] == ["auto_collected"]


def test_large_files_are_never_in_memory_as_a_whole(content: MakeContent) -> None:
    class Stream:
        """A content that can only be streamed."""

        def __init__(self, data: bytes) -> None:
            self.size = len(data)
            self.data = data

        def read(self) -> bytes:
            raise AssertionError("read as a whole")

        def open(self) -> io.BytesIO:
            return io.BytesIO(self.data)

    data = table("Name,Email", *(f"A B{i},a{i}@example.com" for i in range(5000)))
    assert len(data) > 65536
    found = contacts(list(spreadsheet.extract(Stream(data), "x.csv")))
    assert [found[0].key, found[-1].key] == ["a0@example.com", "a4999@example.com"]
    assert found[-1].place == "line 5001"


def test_a_day_of_connection_is_midnight(read: Read) -> None:
    [one] = contacts(read(table("Name,Email,Date added", "A B,a@example.com,2024-03-01")))
    assert one.connected_at == datetime(2024, 3, 1, tzinfo=UTC)


def test_an_address_that_is_none_is_kept_and_identifies_nobody(read: Read) -> None:
    [one] = contacts(read(table("Name,Email,Phone", "A B,ana at example.com,+1 202 555 0101")))
    assert (one.points[0].raw, one.key) == ("ana at example.com", "12025550101")


def test_a_link_in_a_column_of_handles_is_a_link(read: Read) -> None:
    [one] = contacts(read(table("Name,Skype", "A B,https://example.com/skype")))
    assert [(p.kind, p.raw) for p in one.points] == [("url", "https://example.com/skype")]


def test_a_file_without_a_header_is_refused(read: Read) -> None:
    [only] = read(b"1,2\n3,4\n")
    assert isinstance(only, Reject)
    assert "names of columns" in only.reason


def test_unknown_columns_of_a_known_export_are_named(read: Read) -> None:
    data = table("First,Last,Email,Messenger ID,Shoe size", "A,B,a@example.com,,43")
    *_, notice = read(data, yahoo.IMPORTER)
    assert notice == Notice("columns that are not understood: Shoe size")


def test_the_header_once_more_between_the_rows_is_no_row(read: Read) -> None:
    data = table("Name,Email,Email", "A B,a@example.com,", "Name,Email,Email", "C D,c@example.com,")
    assert [one.full_name for one in contacts(read(data))] == ["A B", "C D"]


@pytest.mark.parametrize(
    "header",
    [
        "Date,Description,Amount,Name,Company",
        "Name,Type,Price",
        "Company,Job Title,Url",
        "First Name,Last Name,Company,Position,Connected On",
        "FROM,TO,DATE,CONTENT",
        "id,value",
    ],
)
def test_tables_of_something_else_or_of_others_are_left_alone(header: str) -> None:
    cells = ",".join("x" for _ in header.split(","))
    assert not spreadsheet.identify("file.csv", f"{header}\n{cells}\n".encode())


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("a.csv", "Email"),
        ("a.tsv", "Vorname\tNachname"),
        ("b.TXT", "Name;Telefon"),
        ("a.csv", "Name,Company"),
        ("a.csv", "FNAME,LNAME,Email Address"),
    ],
)
def test_tables_of_people_are_taken(path: str, header: str) -> None:
    assert spreadsheet.identify(path, f"{header}\nx\n".encode())


def test_the_name_of_a_file_without_columns_of_people_does_not_count() -> None:
    assert not spreadsheet.identify("contacts.csv", b"a,b\n1,2\n")
    assert not spreadsheet.identify("photo.jpg", b"Name,Email\nA,a@example.com\n")


def test_the_old_export_of_linkedin_stays_with_linkedin() -> None:
    header = b"First Name,Last Name,E-mail Address,Job Title,Web Page,Company,Home Phone,Notes\n"
    path = "linkedin_connections_export_microsoft_outlook.csv"
    claims = [
        one.name for one in importers() if one.identify(path, header + b"A,B,a@example.com,,\n")
    ]
    assert claims == ["linkedin.connections"]


_CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=' ",;\n'),
    max_size=20,
)


@given(st.lists(st.tuples(_CELLS, st.integers(0, 10**6), _CELLS), max_size=8))
def test_every_row_comes_back_once_through_any_quoting(
    content: MakeContent, rows: list[tuple[str, int, str]]
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Name", "Email", "Notes"])
    writer.writerows([name, f"p{number}@example.com", note] for name, number, note in rows)
    found = contacts(list(spreadsheet.extract(content(out.getvalue().encode()), "x.csv")))
    assert [one.points[0].raw for one in found] == [f"p{n}@example.com" for _, n, _ in rows]
