"""What the columns of a table of people are taken for."""

from __future__ import annotations

import pytest

from notworking.errors import UsageError
from notworking.ingest.contacts._headers import meaning, normal
from notworking.ingest.contacts._known import known_export, outlook_language
from notworking.ingest.contacts.columns import Column, described, guess_columns


def guessed(header: str, *rows: str, said: dict[str, str] | None = None) -> list[str]:
    """Return ``field`` or ``field:label`` of each column of a table written with ``;``."""
    columns = guess_columns(header.split(";"), [row.split(";") for row in rows], said or {})
    return [f"{one.field}:{one.label}" if one.label else one.field for one in columns]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("E-mail 1 - Value", "email 1 value"),
        ('\ufeff"First Name"', "first name"),
        ("FirstName", "first name"),
        ("first_name", "first name"),
        ("Straße geschäftlich", "strasse geschaftlich"),
        ("Prénom", "prenom"),
        ("Phone2", "phone 2"),
        ("LinkedIn URL", "linkedin url"),
        ("Assistant's Phone", "assistant s phone"),
        ("MailingPostalCode", "mailing postalcode"),
    ],
)
def test_names_of_columns_are_compared_in_one_spelling(written: str, expected: str) -> None:
    assert normal(written) == expected


@pytest.mark.parametrize(
    ("name", "field", "label"),
    [
        ("E-mail Address", "email", ""),
        ("Work Email", "email", "work"),
        ("E-Mail-Adresse", "email", ""),
        ("Adresse de messagerie", "email", ""),
        ("電子郵件地址", "email", ""),
        ("E-mail 2 Display Name", "email_display", ""),
        ("Email Opt Out", None, ""),
        ("Mailing Address", "address", "other"),
        ("Mobile Phone", "phone", "mobile"),
        ("Handy", "phone", "mobile"),
        ("Telefon geschäftlich", "phone", "work"),
        ("Téléphone (domicile)", "phone", "home"),
        ("Telefono di Lavoro", "phone", "work"),
        ("Номер сотового телефона", "phone", "mobile"),
        ("行動電話", "phone", "mobile"),
        ("Matkapuhelinnumero", "phone", "mobile"),
        ("Business Fax", "phone", "work fax"),
        ("Company Main Phone", "phone", "main"),
        ("Assistant's Phone", "ignore", ""),
        ("Business Country/Region", "country", "work"),
        ("Home State", "region", "home"),
        ("Ort privat", "city", "home"),
        ("Work ZIP", "postal_code", "work"),
        ("Home Address PO Box", "ignore", ""),
        ("Government ID Number", "private", ""),
        ("Anniversaire", "birthday", ""),
        ("Jahrestag", "anniversary", ""),
        ("Service", "department", ""),
        ("Manager's Name", "related", "manager"),
        ("Introduced by", "related", "referred by"),
        ("LinkedIn Profile", "url", "linkedin"),
        ("Twitter handle", "handle", "twitter"),
        ("Cancelled", None, ""),
        ("Hotel", None, ""),
        ("Automobile", None, ""),
    ],
)
def test_a_name_says_what_the_column_holds(name: str, field: str | None, label: str) -> None:
    found = meaning(normal(name))
    assert (found.field if found else None) == field
    assert (found.label if found else "") == label


def test_a_label_belongs_to_the_value_of_its_block_and_is_no_data() -> None:
    columns = guess_columns(["Phone 2 - Label", "Phone 2 - Value"], [], {})
    assert [(one.field, one.block) for one in columns] == [
        ("label", "phone 2"),
        ("phone", "phone 2"),
    ]


def test_title_is_an_address_where_the_job_stands_elsewhere() -> None:
    assert guessed("Title;Job Title", "Ms;Baker") == ["prefix", "job_title"]


def test_title_is_an_address_where_most_values_are() -> None:
    assert guessed("Title;Name", "Dr.;Ana", "Mrs;Bo", "Herr;Cy") == ["prefix", "full_name"]


def test_title_is_the_job_otherwise() -> None:
    assert guessed("Name;Title", "Ana Example;Baker", "Bo Sample;Chef")[1] == "job_title"


def test_name_beside_a_first_name_is_the_family_name() -> None:
    rows = ("Probe;Ina", "Muster;Ulf")
    assert guessed("Name;Vorname", *rows) == ["family_name", "given_name"]


def test_name_that_repeats_the_first_name_is_the_whole_name() -> None:
    rows = ("Ina Probe;Ina", "Ulf Muster;Ulf")
    assert guessed("Name;Vorname", *rows) == ["full_name", "given_name"]


def test_a_lone_first_name_of_several_words_is_the_whole_name() -> None:
    assert guessed("Nombre;Email", "Ana Ejemplo;a@example.com")[0] == "full_name"
    assert guessed("Nombre;Email", "Ana;a@example.com")[0] == "given_name"


def test_a_contact_that_is_a_number_or_an_address_is_no_name() -> None:
    assert guessed("Contact;x", "17;a", "18;b")[0] == "unknown"
    assert guessed("Contact;x", "a@example.com;a", "b@example.com;b")[0] == "email"


def test_values_tell_what_an_unknown_column_holds() -> None:
    rows = (
        "Ana Example;a@example.com;+1 202 555 0101;https://de.linkedin.com/in/ana;https://example.com",
        "Bo Sample;b@example.com;+1 202 555 0102;linkedin.com/in/bo;https://example.org/b",
    )
    assert guessed("a1;a2;a3;a4;a5", *rows) == [
        "full_name",
        "email",
        "phone",
        "url:linkedin",
        "url",
    ]


def test_words_that_repeat_are_no_names() -> None:
    assert guessed("Stadt;x1", "a;New York", "b;New York", "c;New York") == ["city", "unknown"]


def test_the_word_of_the_user_outranks_name_and_values() -> None:
    said = {"Wer": "full_name", "HANDY": "phone:work", "Email": "ignore"}
    assert guessed("Wer;Handy;Email", "x;1;a@example.com", said=said) == [
        "full_name",
        "phone:work",
        "ignore",
    ]


def test_a_field_that_does_not_exist_is_refused_with_the_ones_that_do() -> None:
    with pytest.raises(UsageError, match=r"'fullname'.*full_name, given_name"):
        guessed("Wer", "x", said={"Wer": "fullname"})


def test_the_guess_is_told_in_words() -> None:
    columns = (
        Column("Handy", "phone", "mobile"),
        Column("Hobby", "ignore"),
        Column("Ausweis", "private"),
        Column("Foo", "unknown", why=""),
        Column("", "unknown", why=""),
    )
    assert described(columns) == (
        "Handy = phone (mobile); not used: Hobby; never stored: Ausweis; not understood: Foo"
    )


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (
            "Vorname,Nachname,Firma,Abteilung,Position,Mobiltelefon,Telefon privat,"
            "Geburtstag,Notizen",
            "de",
        ),
        (
            "Prénom,Nom,Société,Service,Profession,Tél. mobile,"
            "Téléphone (bureau),Anniversaire,Notes",
            "fr",
        ),
        ("Nome,Cognome,Società,Reparto,Qualifica,Telefono Mobile,Compleanno,Categorie,Note", "it"),
        (
            "Nombre,Apellidos,Puesto,Teléfono móvil,Particular,Categorías,Notas,"
            "Página web,Departamento",
            "es",
        ),
        (
            "Imię,Nazwisko,Firma,Oddział,Stanowisko,Telefon komórkowy,Urodziny,"
            "Notatki,Telefon służbowy",
            "pl",
        ),
        ("名字,姓氏,電子郵件地址,公司,部門,職稱,行動電話,商務電話,生日", "zh"),
        ("Vorname,Nachname,E-Mail-Adresse,Mobiltelefon", None),
        ("First Name,Last Name,Company,Email", None),
    ],
)
def test_outlook_is_known_in_its_languages(header: str, language: str | None) -> None:
    assert outlook_language(frozenset(map(normal, header.split(",")))) == language


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Name,Given Name,Family Name,Group Membership", "google"),
        ("First Name,Last Name,Organization Name,Labels", "google"),
        ("First Name,Last Name,Phone 1 - Label,Phone 1 - Value", "google"),
        ("First,Last,Email,Messenger ID", "yahoo"),
        ("First Name,Last Name,Display Name,Primary Email,Secondary Email", "thunderbird"),
        ("First Name,Last Name,Email,Company", None),
    ],
)
def test_known_exports_are_told_by_their_header(header: str, expected: str | None) -> None:
    assert known_export("any.csv", f"{header}\na,b,c,d\n".encode()) == expected


def test_a_file_of_another_ending_is_no_table() -> None:
    assert known_export("a.json", b"First,Last,Email,Messenger ID\na,b,c,d\n") is None
