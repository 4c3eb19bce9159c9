"""The hostile corpus: small files that were made to do harm, each by a line of code.

Every maker is seeded or constant, so that the files are the same at every run. Expected outcomes
stand beside the makers, in one table.
"""

# ruff: noqa: E501, PLW0108 (one line for each hostile file, so that the table reads as one)

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import pytest

CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER\n"
)
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\nEND:VCARD\r\n"
DEEP = 200_000


@dataclass(frozen=True, slots=True)
class Hostile:
    """One hostile file.

    Attributes:
        name: Where it lies in the drop; a zip is shown with its members.
        make: Gives its bytes.
        statuses: States that are right for it, for itself or every member.
        message: Part of what is said about it, or about one of its members.
        says: What of it must not be lost: names of contacts that must be there.
    """

    name: str
    make: Callable[[], bytes]
    statuses: tuple[str, ...]
    message: str | None = None
    says: tuple[str, ...] = ()


def archive(*members: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as out:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2024, 1, 5, 0, 0, 0))
            info.compress_type = packing
            info.external_attr = 0o600 << 16
            out.writestr(info, data)
    return target.getvalue()


def patched(data: bytes, central: int, value: bytes) -> bytes:
    """Overwrite a field in the central directory entry of the first member."""
    at = data.index(b"PK\x01\x02") + central
    return data[:at] + value + data[at + len(value) :]


def link(target: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        info = zipfile.ZipInfo("Connections.csv")
        info.external_attr = 0o120777 << 16
        out.writestr(info, target)
    return stream.getvalue()


def nested(depth: int, inner: bytes) -> bytes:
    for level in range(depth):
        inner = archive((f"level{level}.zip", inner), packing=zipfile.ZIP_STORED)
    return inner


def row(first: str, last: str = "Sample", company: str = "Contoso") -> str:
    slug = "".join(c for c in first.lower() if c.isascii() and c.isalnum()) or "x"
    url = f"https://www.linkedin.com/in/{slug}-{len(first)}"
    return f'"{first}","{last}",{url},,"{company}",Tester,05 Nov 2020\n'


def connections(*rows: str, encoding: str = "utf-8") -> bytes:
    return (CONNECTIONS + "".join(rows)).encode(encoding)


def messages(**parts: str) -> bytes:
    cells = {
        "id": "2-x==",
        "from": "Hostile Sender",
        "url": "https://www.linkedin.com/in/hostile",
        "date": "2021-01-02 10:00:00 UTC",
        "text": "hello",
    } | parts
    return (
        f"{MESSAGES}{cells['id']},,{cells['from']},{cells['url']},Olive Owner,"
        f'https://www.linkedin.com/in/olive,{cells["date"]},,"{cells["text"]}",INBOX\n'
    ).encode()


def friends(names: list[object]) -> bytes:
    listed = [{"name": name, "timestamp": 1_600_000_000} for name in names]
    return json.dumps({"friends_v2": listed}).encode()


def thread(**parts: object) -> bytes:
    whole = {
        "participants": [{"name": "Hostile Friend"}, {"name": "Olive Owner"}],
        "messages": [
            {"sender_name": "Hostile Friend", "timestamp_ms": 1_700_000_000_000, "content": "hi"}
        ],
        "title": "Hostile Friend",
        "thread_path": "inbox/hostile_1000000000000009",
    } | parts
    return json.dumps(whole).encode()


def noise(seed: int, size: int, alphabet: bytes | None = None) -> bytes:
    chance = random.Random(seed)
    return bytes(chance.choices(alphabet, k=size)) if alphabet else chance.randbytes(size)


INBOX = "{}/your_facebook_activity/messages/inbox/hostile_1000000000000009/message_1.json"
FRIENDS = "{}/connections/friends/your_friends.json"
LOADED = ("loaded",)
REFUSED = ("failed", "unrecognised")
ANY = ("loaded", "failed", "unrecognised", "ignored")

ARCHIVES = (
    Hostile("climb.zip", lambda: archive(("../../up/Connections.csv", connections(row("Clim")))), LOADED, says=("Clim Sample",)),
    Hostile("absolute.zip", lambda: archive(("/etc/Connections.csv", connections(row("Abso")))), LOADED, says=("Abso Sample",)),
    Hostile("backslash.zip", lambda: archive(("..\\..\\Connections.csv", connections(row("Back")))), LOADED, says=("Back Sample",)),
    Hostile("drive.zip", lambda: archive(("C:\\Users\\x\\Connections.csv", connections(row("Driv")))), LOADED, says=("Driv Sample",)),
    Hostile("device.zip", lambda: archive(("CON", b"x"), ("aux.csv", b"x")), REFUSED, "no known kind"),
    Hostile("escape.zip", lambda: archive(("\x1b[31mred\x07/Connections.csv", connections(row("Red")))), LOADED, says=("Red Sample",)),
    Hostile("longname.zip", lambda: archive(("d/" * 300 + "Connections.csv", connections(row("Long")))), LOADED, says=("Long Sample",)),
    Hostile("twice.zip", lambda: archive(("Connections.csv", connections(row("Once"))), ("./Connections.csv", connections(row("Twice")))), LOADED, says=("Once Sample", "Twice Sample")),
    Hostile("bomb.zip", lambda: archive(("messages.csv", b"\0" * (16 << 20))), ("failed",), "zip bomb"),
    Hostile("liar-small.zip", lambda: patched(archive(("Connections.csv", connections(row("Liar")))), 24, struct.pack("<I", 5)), ("failed", "loaded")),
    Hostile("liar-large.zip", lambda: patched(archive(("Connections.csv", connections(row("Liarb")))), 24, struct.pack("<I", 0x7FFFFFFF)), ("failed",), "zip bomb"),
    Hostile("offset.zip", lambda: patched(archive(("Connections.csv", connections(row("Offs")))), 42, struct.pack("<I", 0x7FFFFFF0)), ("failed",), "cannot be read"),
    Hostile("method.zip", lambda: patched(archive(("Connections.csv", connections(row("Meth")))), 10, struct.pack("<H", 99)), ("failed",), "cannot be read"),
    Hostile("locked.zip", lambda: patched(archive(("Connections.csv", connections(row("Lock")))), 8, struct.pack("<H", 1)), ("failed",), "encrypted"),
    Hostile("badcrc.zip", lambda: patched(archive(("Connections.csv", connections(row("Crc")))), 16, b"\0\0\0\0"), ("failed",), "cannot be read"),
    Hostile("cut.zip", lambda: archive(("Connections.csv", connections(row("Cut"))))[:-30], ("failed",), "damaged archive"),
    Hostile("eocd.zip", lambda: b"PK\x03\x04" + b"\0" * 50 + b"PK\x05\x06" + b"\xff" * 18, ("failed",), "damaged archive"),
    Hostile("link.zip", lambda: link("/etc/passwd"), ("failed",), "symbolic link"),
    Hostile("nested4.zip", lambda: nested(4, archive(("Connections.csv", connections(row("Deepz"))))), ("failed",), "nested deeper than 3"),
    Hostile("nested2.zip", lambda: nested(2, archive(("Connections.csv", connections(row("Nest"))))), LOADED, says=("Nest Sample",)),
    Hostile("quine.zip", lambda: archive(("inner.zip", b"PK\x03\x04 not an archive")), ("failed",), "damaged archive"),
    Hostile("many.zip", lambda: archive(*((f"{n}.txt", b"") for n in range(300)), packing=zipfile.ZIP_STORED), ("unrecognised",), "empty file"),
)  # fmt: skip

TABLES = (
    Hostile("wide/Connections.csv", lambda: ("x," * 1_000_000 + "x\n").encode(), REFUSED),
    Hostile("widerow/Connections.csv", lambda: connections("a," * 500_000 + "a\n", row("Wide")), LOADED, says=("Wide Sample",)),
    Hostile("hugecell/Connections.csv", lambda: connections(row("Huge", company="x" * (4 << 20)), row("After")), LOADED, says=("Huge Sample", "After Sample")),
    Hostile("openquote/Connections.csv", lambda: connections(row("Befo"), '"never closed,' + "x,\n" * 20_000), LOADED, says=("Befo Sample",)),
    Hostile("quotes/Connections.csv", lambda: connections('"' * 300_001 + "\n", row("Quot")), ANY),
    Hostile("nul/Connections.csv", lambda: connections(row("Nu\x00l"), row("Nulb")), LOADED, says=("Nulb Sample",)),
    Hostile("utf16/Connections.csv", lambda: connections(row("Wideb"), encoding="utf-16"), ANY),
    Hostile("latin/Connections.csv", lambda: connections(row("Latin"), encoding="utf-8") + b"\xff\xfe\xe9,\xe9,,,,,\n", LOADED, says=("Latin Sample",)),
    Hostile("formula/Connections.csv", lambda: connections(row("=cmd|' /C calc'!A0")), LOADED, says=("=cmd|' /C calc'!A0 Sample",)),
    Hostile("terminal/Connections.csv", lambda: connections(row("\x1b]0;owned\x07\x1b[2JTerm")), LOADED),
    Hostile("bidi/Connections.csv", lambda: connections(row("\u202egnirts\u2066Bidi")), LOADED),
    Hostile("zalgo/Connections.csv", lambda: connections(row("Z" + "\u0301" * 20_000)), LOADED),
    Hostile("sql/Connections.csv", lambda: connections(row("Robert'); drop table contacts;--")), LOADED, says=("Robert'); drop table contacts;-- Sample",)),
    Hostile("html/Connections.csv", lambda: connections(row("<script>alert(1)</script>")), LOADED, says=("<script>alert(1)</script> Sample",)),
    Hostile("dates/Connections.csv", lambda: connections(row("Date").replace("05 Nov 2020", "99 Nov 999999999")), LOADED, says=("Date Sample",)),
    Hostile("lines/Connections.csv", lambda: CONNECTIONS.encode() + b"\n" * 300_000, ANY),
    Hostile("returns/Connections.csv", lambda: CONNECTIONS.encode() + b"\r" * 200_000 + row("Retu").encode(), ANY),
    Hostile("noise/Connections.csv", lambda: CONNECTIONS.encode() + noise(1, 200_000), ANY),
    Hostile("marks/Connections.csv", lambda: CONNECTIONS.encode() + noise(2, 200_000, b'",\n\r\\;'), ANY),
    Hostile("longurl/Connections.csv", lambda: connections(row("Lurl").replace("/in/", "/in/" + "%41" * 200_000)), LOADED, says=("Lurl Sample",)),
    Hostile("m-date/messages.csv", lambda: messages(date="9999-99-99 99:99:99 UTC"), ANY),
    Hostile("m-future/messages.csv", lambda: messages(id="2-f", date="9999-12-31 23:59:59 UTC"), LOADED),
    Hostile("m-zero/messages.csv", lambda: messages(id="2-z", date="0001-01-01 00:00:00 UTC"), ANY),
    Hostile("m-huge/messages.csv", lambda: messages(id="2-h", text="y" * (8 << 20)), LOADED),
    Hostile("m-markup/messages.csv", lambda: messages(id="2-k", text="<p " + "<" * 100_000), LOADED),
    Hostile("m-lines/messages.csv", lambda: messages(id="2-l", text="\n" * 100_000), ANY),
    Hostile("m-noise/messages.csv", lambda: MESSAGES.encode() + noise(3, 300_000, b'",\nab '), ANY),
)  # fmt: skip

JSONS = (
    Hostile(FRIENDS.format("deep"), lambda: b'{"friends_v2":' + b"[" * DEEP, ANY),
    Hostile(FRIENDS.format("deepdict"), lambda: b'{"friends_v2":[' + b'{"a":' * DEEP, ANY),
    Hostile(FRIENDS.format("deepok"), lambda: b'{"friends_v2":[{"name":"Deep Friend","timestamp":1},' + b"[" * DEEP + b"]" * DEEP + b"]}", ANY),
    Hostile(FRIENDS.format("types"), lambda: friends([1, None, [], {}, True, 1.5, "Type Friend"]), LOADED, says=("Type Friend",)),
    Hostile(FRIENDS.format("hugenumber"), lambda: b'{"friends_v2":[{"name":"Number Friend","timestamp":' + b"9" * 5000 + b"}]}", ANY),
    Hostile(FRIENDS.format("exponent"), lambda: b'{"friends_v2":[{"name":"Expo Friend","timestamp":1e999}]}', ANY),
    Hostile(FRIENDS.format("surrogate"), lambda: b'{"friends_v2":[{"name":"\\ud800 Lone","timestamp":1600000000}]}', LOADED),
    Hostile(FRIENDS.format("nul"), lambda: friends(["Nul\x00 Friend"]), LOADED),
    Hostile(FRIENDS.format("longname"), lambda: friends(["N" * (2 << 20)]), LOADED),
    Hostile(FRIENDS.format("twicekeys"), lambda: b'{"friends_v2":[],"friends_v2":[{"name":"Key Friend","timestamp":1}]}', ANY),
    Hostile(FRIENDS.format("bom"), lambda: b"\xef\xbb\xbf" + friends(["Bom Friend"]), ANY),
    Hostile(FRIENDS.format("trailing"), lambda: friends(["Tail Friend"]) + b"}" * 1000, ANY),
    Hostile(INBOX.format("time"), lambda: thread(messages=[{"sender_name": "Hostile Friend", "timestamp_ms": 1 << 62, "content": "x"}]), ANY),
    Hostile(INBOX.format("negative"), lambda: thread(messages=[{"sender_name": "Hostile Friend", "timestamp_ms": -(1 << 62), "content": "x"}]), ANY),
    Hostile(INBOX.format("types"), lambda: thread(participants=5, messages={"a": 1}), ANY),
    Hostile(INBOX.format("many"), lambda: thread(participants=[{"name": f"Crowd {n}"} for n in range(20_000)]), LOADED),
    Hostile(INBOX.format("mojibake"), lambda: thread(title="\u00c3\u00a9" * 100_000), LOADED),
    Hostile(INBOX.format("noise"), lambda: thread()[:60] + noise(4, 100_000), ANY),
)  # fmt: skip

CARDS = (
    Hostile("fold.vcf", lambda: CARD.format("Fold\r\n " * 100_000 + "ed").encode(), ANY),
    Hostile("params.vcf", lambda: ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Param Card\r\nTEL" + ";TYPE=x" * 100_000 + ":1\r\nEND:VCARD\r\n").encode(), LOADED, says=("Param Card",)),
    Hostile("nestcards.vcf", lambda: b"BEGIN:VCARD\r\n" * 20_000 + CARD.format("Nested Card").encode(), ANY),
    Hostile("photo.vcf", lambda: ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Photo Card\r\nPHOTO;ENCODING=b:" + "A" * (4 << 20) + "\r\nEND:VCARD\r\n").encode(), LOADED, says=("Photo Card",)),
    Hostile("qp.vcf", lambda: ("BEGIN:VCARD\r\nVERSION:2.1\r\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-7:" + "=3D" * 50_000 + "=\r\nEND:VCARD\r\n").encode(), ANY),
    Hostile("charset.vcf", lambda: b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=zlib_codec:x\r\nEND:VCARD\r\n", ANY),
    Hostile("emails.vcf", lambda: ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Mail Card\r\n" + "".join(f"EMAIL:m{n}@example.com\r\n" for n in range(3000)) + "END:VCARD\r\n").encode(), LOADED, says=("Mail Card",)),
    Hostile("semicolons.vcf", lambda: ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Semi Card\r\nN:" + ";" * 200_000 + "\r\nEND:VCARD\r\n").encode(), LOADED, says=("Semi Card",)),
    Hostile("noise.vcf", lambda: b"BEGIN:VCARD\r\nVERSION:3.0\r\n" + noise(5, 100_000), ANY),
    Hostile("sms-laughs.xml", lambda: b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">' + b"".join(b'<!ENTITY c%d "&%s;&%s;&%s;&%s;">' % (n, *((b"c%d" % (n - 1) if n else b"b"),) * 4) for n in range(30)) + b']><smses count="1"><sms address="+12025550143" date="1600000000000" type="1" body="&c29;" contact_name="Laugh"/></smses>', ANY),
    Hostile("sms-external.xml", lambda: b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><smses count="1"><sms address="+12025550144" date="1600000000000" type="1" body="&x;" contact_name="Extern"/></smses>', ANY),
    Hostile("sms-deep.xml", lambda: b'<?xml version="1.0"?><smses count="1">' + b"<a>" * 100_000, ANY),
    Hostile("letterhead.xlsx", lambda: archive(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")), REFUSED),
    Hostile("empty.csv", lambda: b"", ("unrecognised",), "empty file"),
    Hostile("zeros.json", lambda: b"\0" * 100_000, ("unrecognised",), "no known kind"),
    Hostile("self.html", lambda: b"<html>" + b"<div>" * 100_000, ANY),
    Hostile("mail.mbox", lambda: b"From x\n" * 50_000, ANY),
)  # fmt: skip

CORPUS = (*ARCHIVES, *TABLES, *JSONS, *CARDS)


@pytest.fixture(scope="session")
def corpus() -> tuple[Hostile, ...]:
    """Every hostile file with its expected outcome."""
    return CORPUS


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for ``hostile`` once for every file."""
    if "hostile" in metafunc.fixturenames:
        metafunc.parametrize("hostile", CORPUS, ids=lambda hostile: hostile.name)
