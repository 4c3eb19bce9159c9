"""Peak memory of each source on a large input, the importer alone, in a process of its own.

Usage: ``python benchmarks/memory.py [--gigabytes 2] [SOURCE ...]``. Writes an invented export of
that size for each source into a temporary folder (so that much disk is needed, one source at a
time), reads it record by record and prints rows, megabytes for each second of processor time, and
the peak above the interpreter with the same modules loaded. Pages of the input that are only mapped
count apart: the system takes them back when it needs them. Where the network itself cuts exports
into files, one file of the largest size is read as often as makes the whole size. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

READER = """
import re, sys, threading, time
from pathlib import Path
from notworking.ingest import importers
from notworking.ingest.drop import FileContent, owner_of, read_head
from notworking.records import Events, Table
path = Path(sys.argv[1])
importers()
own, mapped, done = 0, 0, threading.Event()
def held(kind):
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"{kind}:\\s+(\\d+)", status)[1])
def watch():
    global own, mapped
    while not done.wait(0.02):
        own = max(own, held("RssAnon") - idle_own)
        mapped = max(mapped, held("RssFile") - idle_mapped)
idle, idle_own, idle_mapped = held("VmHWM"), held("RssAnon"), held("RssFile")
threading.Thread(target=watch, daemon=True).start()
content = FileContent(path)
importer = owner_of(sys.argv[2], read_head(content))
start, rows, table = time.process_time(), 0, None
for _ in range(int(sys.argv[3])):
    for record in importer.extract(content, sys.argv[2]):
        rows += record.frame.height if isinstance(record, Events) else 1
        if isinstance(record, Table):
            table = record
if table is not None:
    import duckdb
    from importlib.resources import files
    from notworking.store.bulk_csv import Target, stage_table
    con = duckdb.connect(str(path.with_suffix(".duckdb")), config={"memory_limit": "600MB"})
    con.execute("set temp_directory = '" + str(path.parent) + "'")
    con.execute("set enable_progress_bar = false")
    stage = files("notworking.store").joinpath("load", "stage.sql").read_text()
    con.execute(stage.replace("temp ", ""))
    stage_table(con, path, table, importer.mend, Target("stage_events"))
    rows = con.execute("select count(*) from stage_events").fetchall()[0][0]
taken = time.process_time() - start
done.set()
# Code that is loaded late is mapped too: only what is as large as input is input.
if mapped < 65536:
    own, mapped = held("VmHWM") - idle, 0
print(importer.name, rows, taken, own / 1024, mapped / 1024)
"""
TEXT = "Thanks, Tuesday is fine; I will bring the projector and somebody else brings the cake. " * 2


def linkedin() -> Iterator[str]:
    yield (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
        "DATE,SUBJECT,CONTENT,FOLDER\n"
    )
    n = 0
    while True:
        n += 1
        at = f"20{10 + n % 15:02d}-0{1 + n % 9}-1{n % 9} 10:0{n % 6}:{n % 60:02d}"
        who = f"Person{n % 3000} Sample,https://www.linkedin.com/in/person{n % 3000}"
        owner = "Olive Owner,https://www.linkedin.com/in/olive-owner"
        yield f'2-{n % 3000:08d}==,,{who},{owner},{at} UTC,,"{TEXT}{n}",INBOX\n'


def vcard() -> Iterator[str]:
    photo = "".join(f" {'QUJD' * 18}\r\n" for _ in range(100))
    n = 0
    while True:
        n += 1
        yield (
            f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{n}\r\nFN:Person{n} Sample\r\n"
            f"N:Sample;Person{n};;;\r\n"
            f"TEL;TYPE=CELL:+1202555{n % 10000:04d}\r\nPHOTO;ENCODING=b;TYPE=JPEG:QUJD\r\n{photo}"
            "END:VCARD\r\n"
        )


def mail() -> Iterator[str]:
    n = 0
    while True:
        n += 1
        yield (
            f"From {n}@xxx Mon Jan 02 10:00:00 +0000 2023\nX-GM-THRID: {n % 999}\n"
            f"From: Person{n % 500} <p{n % 500}@example.org>\nTo: Olive <olive@example.com>\n"
            f"Date: Mon, 02 Jan 2023 10:{n % 60:02d}:00 +0000\nMessage-ID: <{n}@example.org>\n"
            f"Delivered-To: olive@example.com\nSubject: Hello\n\n{TEXT * 12}\n\n"
        )


def whatsapp() -> Iterator[str]:
    n = 0
    while True:
        n += 1
        who = "Ana Example" if n % 2 else "Olive Owner"
        day = f"{1 + n // 5000 % 28:02d}/{1 + n // 140000 % 12:02d}/{2015 + n // 1700000 % 10}"
        yield f"{day}, 13:{n % 60:02d} - {who}: {TEXT}{n}\n"


def sms() -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<smses count="1">\n'
    n = 0
    while True:
        n += 1
        yield (
            f'<sms address="+1202555{n % 1000:04d}" date="{1_500_000_000_000 + n * 1000}" '
            f'type="{1 + n % 2}" body="{TEXT}{n}" contact_name="Person{n % 1000}" />\n'
        )


def telegram() -> Iterator[str]:
    yield '{"about": "x", "personal_information": {"user_id": 1, "first_name": "Olive"}, '
    yield '"chats": {"about": "x", "list": [\n'
    n = 0
    while True:
        n += 1
        said = [
            {
                "id": k,
                "type": "message",
                "date": "2023-01-02T10:00:00",
                "date_unixtime": str(1_600_000_000 + n * 1000 + k),
                "from": f"Person{n}",
                "from_id": f"user{n}",
                "text": f"{TEXT}{k}",
            }
            for k in range(1000)
        ]
        chat = {"name": f"Person{n}", "type": "personal_chat", "id": n, "messages": said}
        yield json.dumps(chat) + ",\n"


def facebook() -> Iterator[str]:
    yield '{"participants": [{"name": "Ana Example"}, {"name": "Olive Owner"}], "messages": [\n'
    n = 0
    while True:
        n += 1
        who = "Ana Example" if n % 2 else "Olive Owner"
        yield (
            json.dumps(
                {
                    "sender_name": who,
                    "timestamp_ms": 1_600_000_000_000 + n,
                    "content": TEXT + str(n),
                }
            )
            + ",\n"
        )


def instagram() -> Iterator[str]:
    yield from facebook()


def secure_storage() -> Iterator[str]:
    yield '{"participants": ["Ana Example", "Olive Owner"], "threadName": "Ana Example_9", '
    yield '"messages": [\n'
    n = 0
    while True:
        n += 1
        said = {
            "isUnsent": False,
            "media": [],
            "reactions": [],
            "senderName": "Ana Example" if n % 2 else "Olive Owner",
            "text": f"{TEXT}{n}",
            "timestamp": 1_700_000_000_000 + n * 1000,
            "type": "text",
        }
        yield json.dumps(said) + ",\n"


def calendar() -> Iterator[str]:
    yield "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nMETHOD:PUBLISH\r\n"
    n = 0
    while True:
        n += 1
        day = f"20{10 + n % 14:02d}{1 + n % 12:02d}{1 + n % 28:02d}"
        note = "".join(f" {TEXT[:70]}\r\n" for _ in range(12))
        yield (
            f"BEGIN:VEVENT\r\nUID:{n}@example.com\r\nDTSTAMP:20240102T100000Z\r\n"
            f"DTSTART:{day}T100000Z\r\nDTEND:{day}T110000Z\r\nSUMMARY:Planning {n}\r\n"
            f"DESCRIPTION:Notes\r\n{note}"
            "ORGANIZER;CN=Olive Owner:mailto:olive@example.com\r\n"
            "ATTENDEE;PARTSTAT=ACCEPTED;CN=Olive Owner:mailto:olive@example.com\r\n"
            f"ATTENDEE;PARTSTAT=ACCEPTED;CN=Person{n % 900}:mailto:p{n % 900}@example.org\r\n"
            "END:VEVENT\r\n"
        )


def google() -> Iterator[str]:
    yield "First Name,Last Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,"
    yield "Phone 1 - Value,Organization Name\n"
    n = 0
    while True:
        n += 1
        yield (
            f"Person{n},Sample,{TEXT},* myContacts,* Home,p{n}@example.org,Mobile,"
            f"+1 202 555 {n % 10000:04d},Example Works\n"
        )


def spreadsheet() -> Iterator[str]:
    yield "Name;Company;E-mail;Phone;Met at\n"
    n = 0
    while True:
        n += 1
        yield (
            f"Person{n} Sample;Example Works;p{n}@example.org;+1 202 555 {n % 10000:04d};"
            f"{TEXT[:80]}\n"
        )


def connections() -> Iterator[str]:
    yield "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    n = 0
    while True:
        n += 1
        yield (
            f"Person{n},Sample,https://www.linkedin.com/in/person{n},,Example Works,Baker,"
            f"{1 + n % 28:02d} Nov 20{10 + n % 14}\n"
        )


def x_tweets() -> Iterator[str]:
    yield "window.YTD.tweets.part0 = [\n"
    n = 0
    while True:
        n += 1
        named = {"name": f"Person{n % 999}", "screen_name": f"p{n % 999}", "id_str": str(n % 999)}
        tweet = {
            "id_str": str(n),
            "full_text": f"@p{n % 999} {TEXT}",
            "created_at": f"Mon Jan {1 + n % 28:02d} 10:00:{n % 60:02d} +0000 2023",
            "in_reply_to_user_id_str": str(n % 999),
            "in_reply_to_screen_name": f"p{n % 999}",
            "entities": {"user_mentions": [named], "urls": [], "hashtags": []},
        }
        yield json.dumps({"tweet": tweet}, indent=1) + ",\n"


def x_messages() -> Iterator[str]:
    yield "window.YTD.direct_messages.part0 = [\n"
    n = 0
    while True:
        n += 1
        said = [
            {
                "messageCreate": {
                    "id": str(n * 1000 + k),
                    "senderId": str(11 if k % 2 else n + 100),
                    "recipientId": str(n + 100 if k % 2 else 11),
                    "text": TEXT,
                    "createdAt": f"2023-01-02T10:{k % 60:02d}:00.000Z",
                    "reactions": [],
                    "urls": [],
                    "mediaUrls": [],
                }
            }
            for k in range(500)
        ]
        talk = {"conversationId": f"11-{n + 100}", "messages": said}
        yield json.dumps({"dmConversation": talk}, indent=1) + ",\n"


#: Source: name in the export, generator, what closes the file, largest size in real life (MB).
SOURCES: dict[str, tuple[str, Callable[[], Iterator[str]], str, int | None]] = {
    "linkedin": ("messages.csv", linkedin, "", None),
    # Nobody may have more than 30,000 connections.
    "connections": ("Connections.csv", connections, "", 6),
    "vcard": ("contacts.vcf", vcard, "", None),
    "google": ("contacts.csv", google, "", None),
    "csv": ("people.csv", spreadsheet, "", None),
    "mail": ("All mail Including Spam and Trash.mbox", mail, "", None),
    "calendar": ("calendar.ics", calendar, "END:VCALENDAR\r\n", None),
    # WhatsApp's own export stops at about 40,000 messages.
    "whatsapp": ("WhatsApp Chat with Ana Example.txt", whatsapp, "", None),
    "sms": ("sms-20230102.xml", sms, "</smses>\n", None),
    "telegram": (
        "result.json",
        telegram,
        '{"name": "Z", "type": "personal_chat", "id": 0, "messages": []}]}}',
        None,
    ),
    "x": ("data/tweets.js", x_tweets, '{"tweet": {}}]', None),
    "x-messages": ("data/direct-messages.js", x_messages, '{"dmConversation": {}}]', None),
    # A conversation is split into files of 10,000 messages, a few megabytes each.
    "facebook": (
        "your_facebook_activity/messages/inbox/ana_1000000000000001/message_1.json",
        facebook,
        '{"sender_name": "Z", "timestamp_ms": 1}], "title": "Ana Example"}',
        30,
    ),
    "instagram": (
        "your_instagram_activity/messages/inbox/ana_1000000000000001/message_1.json",
        instagram,
        '{"sender_name": "Z", "timestamp_ms": 1}], "title": "Ana Example", '
        '"magic_words": [], "thread_path": "inbox/ana_1000000000000001"}',
        30,
    ),
    # One file for each chat, which is some hundred thousand messages at most.
    "messenger": ("Ana Example_9.json", secure_storage, '{"senderName": "Z"}]}', 60),
}


def write(path: Path, generator: Callable[[], Iterator[str]], end: str, size: float) -> int:
    """Write at least ``size`` bytes, at most one record more."""
    written = 0
    with path.open("wb") as file:
        for text in generator():
            written += file.write(text.encode())
            if written >= size:
                break
        written += file.write(end.encode())
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="*", choices=[*SOURCES, []], metavar="SOURCE")
    parser.add_argument("--gigabytes", type=float, default=2.0)
    args = parser.parse_args()
    print(
        f"{'importer':26}{'files':>6}{'input MB':>10}{'rows':>12}{'MB/s':>8}{'peak MiB':>10}"
        f"{'mapped':>8}"
    )
    for source in args.sources or SOURCES:
        inner, generator, end, largest = SOURCES[source]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(inner).name
            wanted = int(args.gigabytes * 1e9)
            size = write(path, generator, end, min(wanted, (largest or 1e9) * 1_000_000))
            times = max(1, round(wanted / size))
            done = subprocess.run(
                [sys.executable, "-c", READER, str(path), inner, str(times)],
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, "TMPDIR": folder},
            )
            if done.returncode:
                print(f"{source}: failed")
                print(done.stderr[-2000:], file=sys.stderr)
                continue
            name, rows, seconds, peak, mapped = done.stdout.split()
            read = size * times / 1e6
            speed = read / float(seconds)
            print(
                f"{name:26}{times:6}{read:10.0f}{int(rows):12,}{speed:8.1f}{float(peak):10.0f}"
                f"{float(mapped):8.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
