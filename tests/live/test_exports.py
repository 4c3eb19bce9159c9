"""Sheets, tables and graphs for other programs: in the form that others read."""

from __future__ import annotations

import csv
import io
import stat
from typing import Any
from xml.etree import ElementTree as Xml

import duckdb
import polars as pl
import pytest

from notworking.cards import Person, Reach
from notworking.live import graph, sheets


def parsed(text: str) -> Xml.Element:
    return Xml.fromstring(text)  # noqa: S314 (our own text, not a stranger's)


def sheet(text: str) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {f"{row['First Name']} {row['Last Name']}": row for row in rows}


def test_google_and_outlook_get_their_own_columns(lived: Any) -> None:
    google = sheet(lived.run("export", "--format", "csv").stdout)["Gwendolyn Weekly"]
    assert google["E-mail 1 - Value"] == "gwendolyn@example.com"
    assert {google["Phone 1 - Value"], google["Phone 2 - Value"]} == {
        "+12025550101", "+12025550102",
    }  # fmt: skip
    assert google["Birthday"] == "1984-02-29"
    assert google["Labels"] == "* myContacts ::: inner"
    bruno = sheet(lived.run("export", "--format", "csv").stdout)["Bruno Birthday"]
    assert bruno["Birthday"] == "--02-05"
    assert google["Organization Name"] == "Sample Works"
    text = lived.run("export", "--format", "csv", "--layout", "outlook").stdout
    outlook = sheet(text)["Gwendolyn Weekly"]
    assert outlook["E-mail Address"] == "gwendolyn@example.com"
    assert outlook["Mobile Phone"] == "+12025550101"
    assert outlook["Business Phone"] == "+12025550102"
    assert outlook["Birthday"] == "2/29/1984"
    assert outlook["Categories"] == "inner"


@pytest.mark.parametrize("layout", ["google", "outlook"])
def test_our_own_sheet_is_read_as_the_same_people(lived: Any, make_desk: Any, layout: str) -> None:
    path = lived.folder / "contacts.csv"
    lived.run("export", "--format", "csv", "--layout", layout, "-o", path)
    other = make_desk("sheet")
    other.run("import", path)
    (row,) = other.rows("select source, birthday from contacts where full_name like 'Gwen%'")
    assert row == (layout, "1984-02-29")
    assert other.rows("select emails, phones from people where name like 'Gwen%'") == [
        (["gwendolyn@example.com"], ["+12025550101", "+12025550102"])
    ]


TOLD = """
    select c.full_name, c.company, c.title, c.birthday,
        (select list(kind || ' ' || value order by kind, value) from contact_points p
            where p.contact_id = c.contact_id and valid and kind in ('email', 'phone', 'url')),
        (select list(regexp_replace(raw, '[\\s,;]+', ' ', 'g')) from contact_points p
            where p.contact_id = c.contact_id and kind = 'address')
    from contacts c
    where relation <> 'self' and source in ('google', 'outlook', 'vcard')
    order by full_name
"""


@pytest.mark.parametrize("layout", ["google", "outlook"])
def test_sheet_and_card_come_home_as_the_same_entries(
    lived: Any, make_desk: Any, layout: str
) -> None:
    lived.run("export", "--format", "csv", "--layout", layout, "-o", lived.folder / "contacts.csv")
    lived.run("export", "-o", lived.folder / "people.vcf")
    sheets_home, cards_home = make_desk("sheets"), make_desk("cards")
    sheets_home.run("import", lived.folder / "contacts.csv", "--region", "US")
    cards_home.run("import", lived.folder / "people.vcf", "--region", "US")
    entries, expected = sheets_home.rows(TOLD), cards_home.rows(TOLD)
    assert len(expected) == 5
    if layout == "outlook":
        # Outlook has no birthday without a year.
        expected = [
            (*row[:3], None if (row[3] or "").startswith("--") else row[3], *row[4:])
            for row in expected
        ]
    assert entries == expected


@pytest.mark.parametrize("layout", ["google", "outlook"])
def test_a_sheet_written_again_from_what_came_home_is_the_same(
    lived: Any, make_desk: Any, layout: str
) -> None:
    form = ("--format", "csv", "--layout", layout)
    lived.run("export", *form, "-o", lived.folder / "contacts.csv")
    home = make_desk("again")
    home.run("import", lived.folder / "contacts.csv", "--region", "US")
    # Classes are of the one database and not of the other; a profile is named after its source.
    changing = {"Labels", "Categories", "Website 1 - Label"}
    written = [
        {
            name: {k: v for k, v in row.items() if k not in changing and v}
            for name, row in sheet(desk.run("export", *form).stdout).items()
        }
        for desk in (lived, home)
    ]
    assert written[0] == written[1]


def test_no_cell_of_a_sheet_runs_as_a_formula_but_numbers_keep_their_sign() -> None:
    person = Person("u", "=1+1 Evil", company="@cmd", phones=(Reach("+12025550101"),))
    (row,) = sheet(sheets.text([person], "google")).values()
    assert row["Organization Name"] == "'@cmd"
    assert row["File As"] == "'=1+1 Evil"
    assert row["Phone 1 - Value"] == "+12025550101"


def test_numbers_beyond_the_columns_of_their_kind_take_what_is_free() -> None:
    phones = tuple(Reach(f"+1202555010{n}", "home") for n in range(5))
    (row,) = sheet(sheets.text([Person("u", "Ada B", phones=phones)], "outlook")).values()
    held = [v for k, v in row.items() if "Phone" in k and v]
    assert sorted(held) == [p.value for p in phones]
    assert row["Home Phone"] == "+12025550100"


def test_every_published_table_becomes_a_file_that_only_its_owner_reads(lived: Any) -> None:
    target = lived.folder / "tables"
    told = lived.run("export", "--format", "parquet", "-o", target).stderr
    names = {name for (name,) in lived.rows(
        "select table_name from information_schema.tables where table_schema = 'main'"
    )}  # fmt: skip
    assert {path.stem for path in target.iterdir()} == names
    assert {"ties", "people", "news", "interactions"} <= names
    assert f"Wrote {len(names)} tables" in told
    assert stat.S_IMODE(target.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in target.iterdir()} == {0o600}
    ties = pl.read_parquet(target / "ties.parquet").sort("person_id")
    assert list(zip(ties["name"], ties["class"], strict=True)) == lived.rows(
        "select name, class from ties order by person_id"
    )


def test_a_folder_and_a_layout_must_fit(lived: Any) -> None:
    assert "name a folder" in lived.run("export", "--format", "parquet", status=2).stderr
    refused = lived.run("export", "--format", "csv", "--layout", "gexf", status=2).stderr
    assert "'csv' has one of google, outlook" in refused
    (lived.folder / "file").write_text("", encoding="utf-8")
    path = lived.folder / "file" / "below"
    assert (
        "cannot be written"
        in lived.run("export", "--format", "parquet", "-o", path, status=2).stderr
    )


@pytest.fixture
def seen_together(lived: Any) -> Any:
    with duckdb.connect(str(lived.database)) as con:
        ids = dict(con.execute("select name, person_id from people").fetchall())
        one, other = ids["Gwendolyn Weekly"], ids["Silvester Silent"]
        for a, b in ((one, other), (other, one)):
            con.execute("insert into mart.pairs values (1, ?, ?, 0.5)", [a, b])
        con.execute("update people set name = 'Silent & <Sons>\x01' where person_id = ?", [other])
        con.execute("update people set company = null where person_id = ?", [other])
    return lived


def test_only_people_seen_together_are_joined_and_each_pair_once(seen_together: Any) -> None:
    text = seen_together.run("export", "--format", "graph", "--layout", "gexf").stdout
    space = {"g": "http://gexf.net/1.3"}
    root = parsed(text)
    nodes = {n.get("label"): n for n in root.iterfind(".//g:node", space)}
    assert "Silent & <Sons> " in nodes
    assert "Olive Owner" not in nodes
    assert len(nodes) == 5
    held = {
        v.get("for"): v.get("value")
        for v in nodes["Gwendolyn Weekly"].iterfind(".//g:attvalue", space)
    }
    assert (held["class"], held["ring"], held["company"]) == ("inner", "1", "Sample Works")
    (edge,) = root.iterfind(".//g:edge", space)
    assert {edge.get("source"), edge.get("target")} == {
        nodes["Gwendolyn Weekly"].get("id"), nodes["Silent & <Sons> "].get("id"),
    }  # fmt: skip
    assert edge.get("weight") == "0.5"


def test_graphml_and_the_table_say_the_same(seen_together: Any) -> None:
    text = seen_together.run("export", "--format", "graph", "--layout", "graphml").stdout
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    root = parsed(text)
    keys = {key.get("id") for key in root.iterfind("g:key", space)}
    assert {data.get("key") for data in root.iterfind(".//g:data", space)} <= keys
    assert len(root.findall(".//g:node", space)) == 5
    (edge,) = root.iterfind(".//g:edge", space)
    table = seen_together.run("export", "--format", "graph", "--layout", "edges").stdout
    (row,) = csv.DictReader(io.StringIO(table))
    assert (row["source"], row["target"]) == (edge.get("source"), edge.get("target"))
    assert {row["source_name"], row["target_name"]} == {"Gwendolyn Weekly", "Silent & <Sons>\x01"}


def test_networkx_opens_both_forms_of_the_graph(seen_together: Any) -> None:
    networkx = pytest.importorskip("networkx")
    found = []
    for layout in ("gexf", "graphml"):
        path = seen_together.folder / f"people.{layout}"
        seen_together.run("export", "--format", "graph", "--layout", layout, "-o", path)
        made = getattr(networkx, f"read_{layout}")(path)
        nodes = {data["label"]: data for _, data in made.nodes(data=True)}
        ((one, other, edge),) = made.edges(data=True)
        assert {made.nodes[n]["label"] for n in (one, other)} == {
            "Gwendolyn Weekly", "Silent & <Sons> ",
        }  # fmt: skip
        assert edge["weight"] == 0.5
        assert (nodes["Gwendolyn Weekly"]["ring"], len(nodes)) == (1, 5)
        found.append(nodes["Gwendolyn Weekly"]["strength"])
    assert found[0] == found[1] > 0


def test_an_empty_graph_is_still_a_graph() -> None:
    nothing = graph.Graph([], [])
    for layout in ("gexf", "graphml"):
        assert parsed(graph.text(nothing, layout)) is not None
    assert graph.text(nothing, "edges") == "source,target,weight,source_name,target_name\n"
