"""Tables of people as programs write them, in their languages: what was written is what is read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.ingest.drop import owner_of
from notworking.ingest.importer import HEAD_SIZE, Content, Importer
from notworking.records import Contact, Reject

MakeContent = Callable[[bytes], Content]
WINDOWS = "abkzäöüéñø"
#: No letter whose byte in Windows' code page goes on with a sign of UTF-8: ``Äš`` looks like ``Ě``.
ANYTHING = WINDOWS + "łčдяёαβωğő"


@dataclass(frozen=True)
class Person:
    """What every one of the programs can say of somebody."""

    given: str
    family: str
    email: str
    second_email: str
    mobile: str
    company: str
    job: str
    note: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True)
class Layout:
    """A program's table.

    Attributes:
        columns: Field of ``Person``, or ``name``, to the column it stands in; the header is these
            and ``others``, sorted by ``order``.
        fixed: What stands in some columns of every row.
        several: What joins two addresses in one cell; None: they have columns of their own.
        trailing: Whether each line ends in a separator.
    """

    importer: str
    columns: dict[str, str]
    others: tuple[str, ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()
    several: str | None = None
    trailing: bool = False
    path: str = "contacts.csv"

    @property
    def header(self) -> list[str]:
        return [*self.columns.values(), *self.others, *(name for name, _ in self.fixed)]

    def row(self, one: Person) -> list[str]:
        said = {field.name: str(getattr(one, field.name)) for field in fields(one)}
        said["name"] = one.name
        if self.several is not None:
            both = [mail for mail in (one.email, one.second_email) if mail]
            said["email"] = self.several.join(both)
        cells = {column: said[field] for field, column in self.columns.items()} | dict(self.fixed)
        return [cells.get(column, "") for column in self.header]


def outlook(names: str) -> Layout:
    """Return the desktop program in a language, by the names of its columns in a fixed order."""
    keys = ("given", "family", "email", "company", "job", "mobile", "note")
    columns = names.split("|")
    return Layout("outlook.contacts", dict(zip(keys, columns, strict=False)), tuple(columns[7:]))


LAYOUTS = {
    "google until 2024": Layout(
        "google.contacts",
        {
            "name": "Name",
            "given": "Given Name",
            "family": "Family Name",
            "note": "Notes",
            "email": "E-mail 1 - Value",
            "mobile": "Phone 1 - Value",
            "company": "Organization 1 - Name",
            "job": "Organization 1 - Title",
        },
        ("Additional Name", "Yomi Name", "Birthday", "Gender", "Occupation", "Photo"),
        (
            ("Group Membership", "* myContacts"),
            ("E-mail 1 - Type", "* Home"),
            ("Phone 1 - Type", "Mobile"),
        ),
        several=" ::: ",
    ),
    "google since 2024": Layout(
        "google.contacts",
        {
            "given": "First Name",
            "family": "Last Name",
            "company": "Organization Name",
            "job": "Organization Title",
            "note": "Notes",
            "email": "E-mail 1 - Value",
            "mobile": "Phone 1 - Value",
        },
        ("Middle Name", "Nickname", "File As", "Organization Department", "Birthday", "Photo"),
        (
            ("Labels", "* myContacts"),
            ("E-mail 1 - Label", "* "),
            ("Phone 1 - Label", "Mobile"),
        ),
        several=" ::: ",
    ),
    "google for outlook": Layout(
        "outlook.contacts",
        {
            "given": "First Name",
            "family": "Last Name",
            "note": "Notes",
            "email": "E-mail Address",
            "second_email": "E-mail 2 Address",
            "mobile": "Mobile Phone",
            "company": "Company",
            "job": "Job Title",
        },
        ("Middle Name", "Title", "Suffix", "Web Page", "Gender", "Birthday", "Home Street"),
        (("Categories", "myContacts"),),
    ),
    "outlook.com": Layout(
        "outlook.contacts",
        {
            "given": "First Name",
            "family": "Last Name",
            "email": "E-mail Address",
            "second_email": "E-mail 2 Address",
            "mobile": "Mobile Phone",
            "job": "Job Title",
            "company": "Company",
            "note": "Notes",
        },
        ("Title", "Suffix", "Given Yomi", "Surname Yomi", "IMAddress", "Personal Web Page"),
    ),
    "outlook, English": Layout(
        "outlook.contacts",
        {
            "given": "First Name",
            "family": "Last Name",
            "company": "Company",
            "job": "Job Title",
            "mobile": "Mobile Phone",
            "email": "E-mail Address",
            "second_email": "E-mail 2 Address",
            "note": "Notes",
        },
        (
            *("Middle Name", "Business Street", "Business City", "Business Country/Region"),
            *("Business Phone", "Home Phone", "Home Street", "E-mail 2 Display Name"),
            *("Manager's Name", "Office Location", "Government ID Number", "Web Page"),
        ),
        (("Title", "Dr."), ("E-mail Type", "SMTP"), ("Birthday", "0/0/00"), ("Private", "FALSE")),
    ),
    "outlook, German": outlook(
        "Vorname|Nachname|E-Mail-Adresse|Firma|Position|Mobiltelefon|Notizen|"
        "Weitere Vornamen|Abteilung|Telefon geschäftlich|Telefon privat|Geburtstag|"
        "Jahrestag|Kategorien|Webseite"
    ),
    "outlook, French": outlook(
        "Prénom|Nom|Adresse de messagerie|Société|Profession|Tél. mobile|Notes|"
        "Deuxième prénom|Service|Téléphone (bureau)|Téléphone (domicile)|Anniversaire|"
        "Catégories|Page Web"
    ),
    "outlook, Italian": outlook(
        "Nome|Cognome|Indirizzo E-mail|Società|Qualifica|Telefono Mobile|Note|"
        "Secondo Nome|Reparto|Telefono di Lavoro|Telefono di casa|Compleanno|Categorie|"
        "Pagina Web"
    ),
    "outlook, Spanish": outlook(
        "Nombre|Apellidos|Dirección de correo electrónico|Organización|Puesto|"
        "Teléfono móvil|Notas|Segundo nombre|Departamento|Teléfono del trabajo|"
        "Particular|Cumpleaños|Categorías|Página web"
    ),
    "outlook, Portuguese": outlook(
        "Primeiro nome|Último nome|Endereço de E-mail|Empresa|Cargo|Celular|Notas|"
        "Nome do meio|Departamento|Fone comercial|Fone de casa|Aniversário|Categorias|"
        "Página Web"
    ),
    "outlook, Polish": outlook(
        "Imię|Nazwisko|Adres e-mail|Firma|Stanowisko|Telefon komórkowy|Notatki|"
        "Drugie imię|Oddział|Telefon służbowy|Telefon domowy|Urodziny|Rocznica|Kategorie|"
        "Osobista strona sieci Web"
    ),
    "outlook, Slovak": outlook(
        "Krstné meno|Priezvisko|E-mailová adresa|Spoločnosť|Funkcia|Mobilný telefón|"
        "Poznámky|Ďalšie meno|Oddelenie|Telefón do práce|Telefón domov|Narodeniny|"
        "Výročie|Kategórie|Webová stránka"
    ),
    "outlook, Chinese": outlook(
        "名字|姓氏|電子郵件地址|公司|職稱|行動電話|記事|中間名|部門|商務電話|住家電話|生日|紀念日|類別|網頁"
    ),
    "yahoo": Layout(
        "csv.yahoo",
        {
            "given": "First",
            "family": "Last",
            "email": "Email",
            "mobile": "Mobile",
            "second_email": "Alternate Email 1",
            "job": "Title",
            "company": "Company",
            "note": "Comments",
        },
        ("Middle", "Nickname", "Category", "Distribution Lists", "Messenger ID", "Yahoo! Phone"),
        path="yahoo_contacts.csv",
    ),
    "thunderbird": Layout(
        "csv.thunderbird",
        {
            "given": "First Name",
            "family": "Last Name",
            "name": "Display Name",
            "email": "Primary Email",
            "second_email": "Secondary Email",
            "mobile": "Mobile Number",
            "job": "Job Title",
            "company": "Organization",
            "note": "Notes",
        },
        ("Nickname", "Screen Name", "Birth Year", "Birth Month", "Birth Day", "Custom 1"),
        trailing=True,
        path="Personal Address Book.csv",
    ),
    "a CRM": Layout(
        "csv.people",
        {
            "given": "firstname",
            "family": "lastname",
            "email": "email",
            "mobile": "mobilephone",
            "company": "company",
            "job": "jobtitle",
            "note": "notes",
        },
        ("hs_object_id",),
        path="people.csv",
    ),
    "by hand": Layout(
        "csv.people",
        {
            "name": "Full Name",
            "company": "Company",
            "job": "Position",
            "email": "E-Mail",
            "mobile": "Mobile",
            "note": "How we met",
        },
        path="people.csv",
    ),
}


@dataclass(frozen=True)
class Dialect:
    encoding: str
    delimiter: str
    line_end: str
    quote_all: bool
    named_delimiter: bool
    title: bool

    def write(self, layout: Layout, people: list[Person]) -> bytes:
        text = io.StringIO(newline="")
        if self.named_delimiter:
            text.write(f"sep={self.delimiter}{self.line_end}")
        quoting: Literal[0, 1] = csv.QUOTE_ALL if self.quote_all else csv.QUOTE_MINIMAL
        writer = csv.writer(
            text, delimiter=self.delimiter, lineterminator=self.line_end, quoting=quoting
        )
        for row in [layout.header, *map(layout.row, people)]:
            writer.writerow([*row, ""] if layout.trailing else row)
        return text.getvalue().encode(self.encoding)


def dialects(layout: Layout) -> st.SearchStrategy[Dialect]:
    encodings = ["utf-8", "utf-8-sig", "utf-16"]
    try:
        "".join(layout.header).encode("cp1252")
        encodings.append("cp1252")
    except UnicodeEncodeError:
        pass
    return st.builds(
        Dialect,
        encoding=st.sampled_from(encodings),
        delimiter=st.sampled_from([",", ";", "\t"]),
        line_end=st.sampled_from(["\n", "\r\n"]),
        quote_all=st.booleans(),
        named_delimiter=st.booleans(),
        title=st.booleans(),
    )


@st.composite
def people(draw: st.DrawFn, dialect: Dialect) -> list[Person]:
    letters = WINDOWS if dialect.encoding == "cp1252" else ANYTHING
    name = st.text(letters, min_size=3, max_size=8).map(str.capitalize)
    cell = st.text(letters + " ,;\"'", max_size=10).map(lambda inner: f"X{inner}x")
    number = st.integers(1000, 9999)
    count = draw(st.integers(1, 4))
    return [
        Person(
            draw(name),
            draw(name),
            f"p{at}@example.com",
            draw(st.sampled_from(["", f"p{at}@example.org"])),
            f"+1 202 555 {draw(number)}",
            draw(st.one_of(st.just(""), cell)),
            draw(st.one_of(st.just(""), cell)),
            draw(st.one_of(st.just(""), st.tuples(cell, cell).map("\n".join))),
        )
        for at in range(count)
    ]


def points(contact: Contact, kind: str) -> list[str]:
    return [point.raw for point in contact.points if point.kind == kind]


@pytest.mark.parametrize("name", LAYOUTS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_contacts(name: str, data: st.DataObject, content: MakeContent) -> None:
    layout = LAYOUTS[name]
    dialect = data.draw(dialects(layout))
    written = data.draw(people(dialect))
    file = dialect.write(layout, written)
    owner = owner_of(layout.path, file[:HEAD_SIZE])
    assert isinstance(owner, Importer)
    assert owner.name == layout.importer
    records = list(owner.extract(content(file), layout.path))
    assert [record for record in records if isinstance(record, Reject)] == []
    found = [record for record in records if isinstance(record, Contact)]
    has_second = layout.several is not None or "second_email" in layout.columns
    assert [
        (c.full_name, points(c, "email"), points(c, "phone"), c.company, c.title) for c in found
    ] == [
        (
            one.name,
            [one.email, one.second_email] if one.second_email and has_second else [one.email],
            [one.mobile],
            one.company or None,
            one.job or None,
        )
        for one in written
    ]
    for contact, one in zip(found, written, strict=True):
        assert one.note in (contact.note or "")
