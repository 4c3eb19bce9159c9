"""The shipped example: it is what its generator writes, and holds what its README promises.

What the tool makes of it is tested elsewhere; here the files are read with the standard library
only.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

EXAMPLE = Path(__file__).resolve().parents[1] / "fixtures" / "example"
EXPORTS = EXAMPLE / "exports"
LINKEDIN = EXPORTS / "Complete_LinkedInDataExport_11-02-2026.zip"
FACEBOOK = (
    EXPORTS / "facebook-ottilievarga-2026-10-30-Qm7rT2xK.zip",
    EXPORTS / "facebook-ottilievarga-2026-10-30-b9LwZ4Pd.zip",
)
MESSENGER = EXPORTS / "messages.zip"
CARDS = EXPORTS / "contacts.vcf"
OWNER = "Ottilie Varga"
OWNER_URL = "https://www.linkedin.com/in/ottilie-varga"
#: Names that the lists might put together by accident.
WELL_KNOWN = """
Robert Smith|William Smith|Margaret Smith|Thomas Jones|James Jones|Thomas Müller|Gerd Müller
Jonathan Greenwood|Andrew Murray|Daniel Craig|James Watson|Edward Norton|Benjamin Franklin
Alexander Hamilton|Thomas Hardy|Charlotte Church|Rebecca West|Victoria Wood|Frederick Ashton
Wolfgang Petersen|Sebastian Vettel|Bernhard Langer|Christian Lindner|Johannes Kepler
Fernando Alonso|Francisco Franco|Salvador Dalí|Gabriel García|Eduardo García|José Mourinho
João Félix|Luís Figo|Paulo Coelho|Fernanda Montenegro|Ji-hoon Kim|Min-jun Kim|Jun-ho Lee
Xiaoming Huang|Haoran Liu|Junjie Lin|Xiaoping Deng|Jinping Xi|Fatima Al-Fihri|Omar Sharif
Mustafa Kemal|Murat Boz|Oleksandr Usyk|Volodymyr Zelensky|Andrii Shevchenko|Wojciech Jaruzelski
Katarzyna Nosowska|Milan Kundera|Václav Havel|Petr Čech|Jana Novotná|Giuseppe Verdi
Leonardo Da Vinci|Alessandro Volta|Thérèse Raquin|Hélène Grimaud|Sundar Pichai|Vikram Seth
"""
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: Ranges reserved for fiction (Germany, United Kingdom, United States, France).
FICTIONAL = re.compile(
    r"49(3023125|4066969|8999998|6990009|2214710)\d{3}"
    r"|4420794609?\d{3}|441134960\d{3}|1(202|212|617|415)55501\d{2}|3319900\d{4}"
)


def _member(archive: Path, name: str) -> str:
    with zipfile.ZipFile(archive) as opened:
        return opened.read(name).decode("utf-8")


def _rows(name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(_member(LINKEDIN, name))))


def _connections() -> list[dict[str, str]]:
    text = _member(LINKEDIN, "Connections.csv")
    return list(csv.DictReader(io.StringIO(text[text.index("First Name,") :])))


def _messages() -> list[dict[str, str]]:
    rows = _rows("messages.csv")
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if len(row) == len(rows[0])]


def _repaired(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("latin-1").decode("utf-8")
    if isinstance(value, list):
        return [_repaired(item) for item in value]
    if isinstance(value, dict):
        return {key: _repaired(item) for key, item in value.items()}
    return value


def _facebook(end: str) -> Iterator[tuple[str, Any]]:
    """Yield path and repaired content of the members that end so; None for broken JSON."""
    for archive in FACEBOOK:
        with zipfile.ZipFile(archive) as opened:
            for name in opened.namelist():
                if name.endswith(end):
                    try:
                        yield name, _repaired(json.loads(opened.read(name)))
                    except json.JSONDecodeError:
                        yield name, None


def _chats() -> list[dict[str, Any]]:
    with zipfile.ZipFile(MESSENGER) as opened:
        return [json.loads(opened.read(name)) for name in opened.namelist()]


def _truth() -> list[dict[str, str]]:
    with (EXAMPLE / "truth.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _ties() -> dict[str, dict[str, str]]:
    with (EXAMPLE / "truth_ties.csv").open(encoding="utf-8", newline="") as file:
        return {row["true_person"]: row for row in csv.DictReader(file)}


def _contents(folder: Path) -> dict[str, str]:
    """Return a hash for each file, and for each member of a zip with its time.

    Members and not the zip itself: libraries for deflate differ in what they write.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as opened:
                for info in opened.infolist():
                    digest = hashlib.sha256(opened.read(info)).hexdigest()
                    found[f"{name}/{info.filename}"] = f"{info.date_time} {digest}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _generate(out: Path, hash_seed: str, *options: str) -> Path:
    subprocess.run(
        [sys.executable, "-B", str(EXAMPLE / "generate.py"), "--out", str(out), *options],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
    )
    return out


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _generate(tmp_path_factory.mktemp("made"), "1")


def test_the_committed_example_is_what_the_generator_writes(made: Path) -> None:
    committed = {"exports/" + name: digest for name, digest in _contents(EXPORTS).items()}
    for name in ("truth.csv", "truth_ties.csv"):
        committed[name] = hashlib.sha256((EXAMPLE / name).read_bytes()).hexdigest()
    assert _contents(made) == committed


def test_the_generator_writes_the_same_bytes_again(made: Path, tmp_path: Path) -> None:
    again = _generate(tmp_path, "2")
    files = sorted(path.relative_to(made) for path in made.rglob("*") if path.is_file())
    assert len(files) == 8
    for name in files:
        assert (again / name).read_bytes() == (made / name).read_bytes(), name


def test_another_seed_is_another_cast_of_the_same_size(tmp_path: Path) -> None:
    other = _generate(tmp_path, "1", "--seed", "8") / "truth_ties.csv"
    with other.open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    ours = [row["name"] for row in _ties().values()]
    assert len(names) == len(ours)
    assert len(set(names) & set(ours)) < len(ours) / 4


def test_scale_multiplies_the_people(tmp_path: Path) -> None:
    twice = _generate(tmp_path, "1", "--scale", "2")
    with (twice / "truth_ties.csv").open(encoding="utf-8", newline="") as file:
        classes = Counter(row["class"] for row in csv.DictReader(file))
    assert (classes["inner"], classes["strong"]) == (10, 24)


def test_the_example_stays_small() -> None:
    files = [*EXPORTS.iterdir(), EXAMPLE / "truth.csv", EXAMPLE / "truth_ties.csv"]
    assert sum(path.stat().st_size for path in files) < 3_000_000


def test_every_source_has_the_size_of_a_real_one() -> None:
    friends = next(data["friends_v2"] for _, data in _facebook("your_friends.json"))
    threads = [data for _, data in _facebook("/message_1.json") if data]
    talk = sum(len(thread["messages"]) for thread in threads + _chats())
    assert len(_connections()) == 1500
    assert 8_500 < len(_messages()) < 9_500
    assert len(friends) == 601
    assert 130 <= len(threads) <= 170
    assert 5_700 < talk < 6_500
    assert 780 <= CARDS.read_text(encoding="utf-8").count("BEGIN:VCARD") <= 820


def test_the_data_cover_twelve_years_and_end_on_the_day_of_the_export() -> None:
    threads = [data["messages"] for _, data in _facebook("/message_1.json") if data]
    stamps = [message["timestamp_ms"] for messages in threads for message in messages]
    stamps += [message["timestamp"] for chat in _chats() for message in chat["messages"]]
    newest = datetime.fromtimestamp(max(stamps) / 1000, UTC).date().isoformat()
    days = {row["DATE"][:10] for row in _messages()} | {newest}
    years = {row["Connected On"][-4:] for row in _connections()}
    assert max(days) == "2026-10-30"
    assert years == {str(year) for year in range(2014, 2027)}


def test_all_three_versions_of_cards_occur_with_their_encodings() -> None:
    text = CARDS.read_bytes().decode("utf-8")
    versions = Counter(re.findall(r"VERSION:(\d\.\d)", text))
    assert versions["2.1"] > versions["3.0"] > versions["4.0"] > 80
    assert "ENCODING=QUOTED-PRINTABLE:" in text
    assert "X-APPLE-OMIT-YEAR" in text
    assert "FN:Mom\r\n" in text


def test_many_people_are_in_two_sources_and_some_in_three() -> None:
    lists = {"linkedin": "/in/", "facebook": "|", "vcard": ""}
    sources = defaultdict(set)
    for row in _truth():
        if row["source"] in lists and lists[row["source"]] in row["source_key"]:
            sources[row["true_person"]].add(row["source"])
    counts = Counter(len(found) for found in sources.values())
    assert 170 <= counts[2] <= 210
    assert 45 <= counts[3] <= 55


def test_the_truth_knows_every_connection_friend_and_card() -> None:
    known = {(row["source"], row["source_key"]) for row in _truth()}
    friends = next(data["friends_v2"] for _, data in _facebook("your_friends.json"))
    urls = [unquote(row["URL"]).lower() for row in _connections() if row["URL"]]
    # Apart from the group card, whose UID is all zeros.
    uids = re.findall(r"^UID:(?:urn:uuid:)?([^\r\n]+)", CARDS.read_text("utf-8"), re.MULTILINE)
    assert {("linkedin", url) for url in urls} <= known
    assert {("facebook", f"{f['name']}|{f['timestamp']}") for f in friends if f["name"]} <= known
    assert {("vcard", uid.lower()) for uid in uids if not uid.startswith("00000000-")} <= known


def test_the_true_classes_have_the_sizes_of_the_readme() -> None:
    classes = Counter(row["class"] for row in _ties().values())
    stories = Counter(row["story"] for row in _ties().values())
    assert (classes["inner"], classes["strong"], classes["weak"]) == (5, 12, 40)
    assert 60 <= classes["dormant"] <= 65
    assert stories["drifting"] == 5
    assert stories["namesake"] >= 12
    assert stories["conference"] == 58
    assert stories["taker"] >= 4


def test_on_linkedin_only_ties_wrote_in_both_directions() -> None:
    person = {r["source_key"]: r["true_person"] for r in _truth() if r["source"] == "linkedin"}
    classes = {pid: row["class"] for pid, row in _ties().items()}
    said: dict[str, set[str]] = defaultdict(set)
    one_click = {"Congrats on your work anniversary!", "Congrats on the new job!", "👍"}
    for row in _messages():
        if row["CONTENT"] in one_click or row["IS MESSAGE DRAFT"] == "Yes":
            continue
        if row["SENDER PROFILE URL"] == OWNER_URL:
            for url in filter(None, row["RECIPIENT PROFILE URLS"].split(",")):
                said[url].add("out")
        elif row["SENDER PROFILE URL"]:
            said[row["SENDER PROFILE URL"]].add("in")
    both = {url for url, directions in said.items() if len(directions) == 2}
    assert Counter(classes[person[url]] for url in both).keys() == {
        "inner",
        "strong",
        "weak",
        "dormant",
    }
    urls = {unquote(row["URL"]) for row in _connections()} - {""}
    assert 0.85 < 1 - len(urls & said.keys()) / len(urls) < 0.92


def test_two_conference_days_stand_out() -> None:
    days = Counter(row["Connected On"] for row in _connections())
    assert [day for day, _ in days.most_common(2)] == ["17 Sep 2019", "14 May 2024"]
    assert min(count for _, count in days.most_common(2)) >= 25


def test_the_odd_kinds_of_message_are_there() -> None:
    rows = _messages()
    assert sum(row["CONVERSATION TITLE"] == "Sponsored Conversation" for row in rows) == 48
    assert sum(row["FROM"] == "LinkedIn Member" for row in rows) > 48
    assert sum(row["IS MESSAGE DRAFT"] == "Yes" for row in rows) == 4
    assert sum(row["FROM"] == "" for row in rows) == 4
    notes = {row[3] for row in _rows("Invitations.csv")[1:]} - {""}
    assert len(notes) >= 5
    assert notes <= {row["CONTENT"] for row in rows}


def test_facebook_has_calls_moved_chats_and_vanished_people() -> None:
    paths = [name for name, _ in _facebook("/message_1.json")]
    messages = [m for _, data in _facebook("/message_1.json") if data for m in data["messages"]]
    folders = Counter(path.split("/")[2] for path in paths)
    assert folders["e2ee_cutover"] >= 8
    assert folders["message_requests"] >= 5
    assert sum("/facebookuser_" in path for path in paths) == 4
    assert sum("call_duration" in message for message in messages) > 10
    assert sum("reactions" in message for message in messages) > 50
    removed = next(data for _, data in _facebook("removed_friends.json"))
    assert len(removed["deleted_friends_v2"]) == 12


def test_the_mess_is_there_and_small() -> None:
    connections, rows = _connections(), _rows("messages.csv")
    broken = [name for name, data in _facebook(".json") if data is None]
    text = CARDS.read_text(encoding="utf-8")
    assert sum(row["First Name"] == "" for row in connections) == 2
    assert [len(row) for row in rows if len(row) != len(rows[0])] == [3]
    assert len(broken) == 1
    assert text.count("BEGIN:VCARD") == text.count("END:VCARD") + 1
    assert (EXPORTS / "notes.txt").stat().st_size < 100
    assert _member(LINKEDIN, "Votes_81234567.csv") == ""


def _all_text() -> Iterator[str]:
    for path in [*EXPORTS.iterdir(), EXAMPLE / "truth.csv"]:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as opened:
                yield from (opened.read(name).decode("utf-8") for name in opened.namelist())
        else:
            yield path.read_bytes().decode("utf-8").replace("\r\n ", "")


def test_every_address_is_at_a_domain_reserved_for_examples() -> None:
    found = {address for text in _all_text() for address in EMAIL.findall(text)}
    assert len(found) > 700
    assert [a for a in found if not re.search(r"[@.]example\.(com|org|net)$", a)] == []


def test_every_phone_number_is_reserved_for_fiction() -> None:
    lines = re.findall(r"^(?:item\d\.)?TEL[^:]*:(?:tel:)?(.+?)\r?$", CARDS.read_text("utf-8"), re.M)
    wrong = []
    for line in lines:
        digits = re.sub(r"\D", "", line)
        if not line.startswith("+"):
            digits = digits.removeprefix("00") if digits.startswith("00") else "49" + digits[1:]
        if len(digits) > 6 and not FICTIONAL.fullmatch(digits):
            wrong.append(line)
    assert len(lines) > 600
    assert wrong == []


def test_nobody_is_called_like_somebody_well_known() -> None:
    def fold(name: str) -> str:
        plain = unicodedata.normalize("NFKD", name.casefold())
        return "".join(c for c in plain if c.isascii() and c.isalpha())

    known = {fold(name) for line in WELL_KNOWN.split("\n") for name in line.split("|") if name}
    names = {fold(row["name"]) for row in _ties().values()}
    assert len(known) > 50
    assert names & known == set()
