"""Peak memory of each bulk source on a large input, the importer alone, in a process of its own.

Usage: ``python benchmarks/memory.py [--gigabytes 2] [SOURCE ...]``. Writes an invented export of
that size for each source into a temporary folder (so that much disk is needed, one source at a
time), reads it record by record and prints rows, megabytes a second and the peak above the
interpreter with the same modules loaded.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

READER = """
import resource, sys, time
from pathlib import Path
from notworking.ingest import importers
from notworking.ingest.drop import FileContent, owner_of, read_head
from notworking.records import Events, Table
path = Path(sys.argv[1])
importers()
idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
content = FileContent(path)
importer = owner_of(sys.argv[2], read_head(content))
start, rows, table = time.perf_counter(), 0, None
for record in importer.extract(content, sys.argv[2]):
    rows += record.frame.height if isinstance(record, Events) else 1
    if isinstance(record, Table):
        table = record
if table is not None:
    import duckdb
    from importlib.resources import files
    from notworking.store.bulk_csv import stage_table
    con = duckdb.connect(str(path.with_suffix(".duckdb")), config={"memory_limit": "600MB"})
    con.execute("set temp_directory = '" + str(path.parent) + "'")
    bulk = files("notworking.store").joinpath("load", "bulk.sql").read_text()
    con.execute(bulk.replace("temp ", ""))
    stage_table(con, path, table, importer.mend, "stage_bulk")
    rows = con.execute("select count(*) from stage_bulk").fetchall()[0][0]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(importer.name, rows, time.perf_counter() - start, (peak - idle) / 1024)
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


#: Source: name in the export, generator, what closes the file, largest size in real life (MB).
SOURCES: dict[str, tuple[str, Callable[[], Iterator[str]], str, int | None]] = {
    "linkedin": ("messages.csv", linkedin, "", None),
    "vcard": ("contacts.vcf", vcard, "", None),
    "mail": ("All mail Including Spam and Trash.mbox", mail, "", None),
    # WhatsApp's own export stops at about 40,000 messages.
    "whatsapp": ("WhatsApp Chat with Ana Example.txt", whatsapp, "", 20),
    "sms": ("sms-20230102.xml", sms, "</smses>\n", None),
    "telegram": (
        "result.json",
        telegram,
        '{"name": "Z", "type": "personal_chat", "id": 0, "messages": []}]}}',
        None,
    ),
    # A conversation is split into files of 10,000 messages, a few megabytes each.
    "facebook": (
        "your_facebook_activity/messages/inbox/ana_1000000000000001/message_1.json",
        facebook,
        '{"sender_name": "Z", "timestamp_ms": 1}], "title": "Ana Example"}',
        30,
    ),
}


def write(path: Path, generator: Callable[[], Iterator[str]], end: str, size: int) -> int:
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
    print(f"{'importer':22}{'input MB':>10}{'rows':>12}{'MB/s':>8}{'peak MiB':>10}")
    for source in args.sources or SOURCES:
        inner, generator, end, largest = SOURCES[source]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(inner).name
            wanted = int(args.gigabytes * 1e9) if largest is None else largest * 1_000_000
            size = write(path, generator, end, wanted)
            started = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", READER, str(path), inner],
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, "TMPDIR": folder},
            )
            if done.returncode:
                print(f"{source}: failed after {time.perf_counter() - started:.0f} s")
                print(done.stderr[-2000:], file=sys.stderr)
                continue
            name, rows, seconds, peak = done.stdout.split()
            speed = size / 1e6 / float(seconds)
            print(f"{name:22}{size / 1e6:10.0f}{int(rows):12,}{speed:8.1f}{float(peak):10.0f}")


if __name__ == "__main__":
    main()
