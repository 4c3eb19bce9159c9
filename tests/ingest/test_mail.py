"""Mail: every mail of a mailbox is found, and people are told from machines."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.ingest import _mail_heads
from notworking.ingest._mail_fields import addresses, decoded, delivered_at, fields, sent_at
from notworking.ingest._mail_heads import several
from notworking.ingest.importer import Content
from notworking.ingest.mail import IMPORTER
from notworking.records import Contact, Events, Record, Reject

MakeContent = Callable[[bytes], Content]
ENVELOPE = "From 1@xxx Mon Jan 02 10:00:00 +0000 2023\n"
DATE = "Date: Mon, 2 Jan 2023 09:59:00 +0000\n"


def mail(head: str, *, envelope: str = ENVELOPE, date: str = DATE, body: str = "Hi\n") -> str:
    return f"{envelope}{date}{head}\n\n{body}\n"


def ana(extra: str = "", sender: str = "Ana <ana@example.org>") -> str:
    return mail(f"From: {sender}\nTo: ada@example.com{extra}")


def read(content: MakeContent, text: str, path: str = "All mail.mbox") -> list[Record]:
    data = text.encode()
    assert IMPORTER.identify(path, data)
    return list(IMPORTER.extract(content(data), path))


def rows(records: list[Record]) -> list[dict[str, Any]]:
    frames = [record.frame for record in records if isinstance(record, Events)]
    return [row for frame in frames for row in frame.iter_rows(named=True)]


def people(records: list[Record], relation: str) -> list[str]:
    return [r.key for r in records if isinstance(r, Contact) and r.relation == relation]


BODIES = st.lists(
    st.sampled_from(
        ["", "text", ">From here", "From here to there", "From: nobody", "From", "a: b"]
    ),
    max_size=6,
).map("\n".join)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    bodies=st.lists(BODIES, min_size=1, max_size=6),
    end=st.sampled_from(["\n", "\r\n"]),
    block=st.integers(40, 400),
)
def test_every_mail_of_a_mailbox_is_found_wherever_a_block_ends(
    bodies: list[str], end: str, block: int
) -> None:
    mails = [f"{ENVELOPE}X: {n}\nY: 1\n\n{body}\n\n" for n, body in enumerate(bodies)]
    data = "".join(mails).replace("\n", end).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_mail_heads, "BLOCK", block)
        heads = list(several(io.BytesIO(data)))
    assert [head.fields.split()[1] for head in heads] == [b"%d" % n for n in range(len(bodies))]
    assert [head.number for head in heads] == list(range(1, len(heads) + 1))


@pytest.mark.parametrize(
    ("body", "mails"),
    [
        ("\nFrom 10:00 on we meet\nas always", 1),
        ("text\nFrom 10:00 on\nwith: colon", 1),
        ("\nFrom then on\nwith: colon", 1),
        ("\nFrom a@b.org Mon Jan 02 10:00:00 2023\nFrom: a@b.org", 2),
    ],
)
def test_a_sentence_is_no_beginning_of_a_mail(content: MakeContent, body: str, mails: int) -> None:
    text = mail("From: ana@example.org", body=body)
    assert len(rows(read(content, text))) == mails


def test_who_wrote_to_whom_is_kept_and_what_about_is_not(content: MakeContent) -> None:
    head = (
        'From: "Example, Ana" <Ana@Example.org>\nTo: Ada <ada@example.com>, bo@example.org\n'
        "Cc: =?UTF-8?Q?D=C3=AF?= <di@example.org>\nSubject: private\nMessage-ID: <m1@example.org>"
    )
    (row,) = rows(read(content, mail(head, body="private\n")))
    assert row["party"] == {"key": "ana@example.org", "name": "Example, Ana"}
    assert row["recipients"] == [
        {"key": "ada@example.com", "name": "Ada"},
        {"key": "bo@example.org", "name": None},
        {"key": "di@example.org", "name": "Dï"},
    ]
    assert (row["key"], row["text"]) == ("m1@example.org", None)
    assert "private" not in str(row)


@pytest.mark.parametrize(
    "extra",
    [
        "\nList-Id: <talk.example.org>",
        "\nList-Unsubscribe: <mailto:u@example.org>",
        "\nPrecedence: bulk",
        "\nAuto-Submitted: auto-replied",
        "\nReturn-Path: <>",
        "\nReply-To: Shop <answers@example.net>",
        '\nX-Gmail-Labels: Inbox,"Category Promotions"',
        "\nX-Gmail-Labels: Spam",
        "\nX-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe?=",
    ],
)
def test_what_was_sent_to_many_or_not_at_all_is_no_interaction(
    content: MakeContent, extra: str
) -> None:
    records = read(content, ana(extra))
    assert [row["kind"] for row in rows(records)] == ["system"]
    assert not people(records, "correspondent")


@pytest.mark.parametrize(
    "sender",
    [
        "no-reply@example.org",
        "Shop <noreply-orders@example.org>",
        "do_not_reply@example.org",
        "notifications@example.org",
        "bounce+ada=example.com@example.org",
        "MAILER-DAEMON@example.org",
        "newsletter@example.org",
        "info@example.org",
        '"Ana via LinkedIn" <ana@example.org>',
        '"Ana (Google Docs)" <d+abc@example.org>',
    ],
)
def test_senders_that_nobody_answers_are_machines(content: MakeContent, sender: str) -> None:
    assert [row["kind"] for row in rows(read(content, ana(sender=sender)))] == ["system"]


@pytest.mark.parametrize(
    ("sender", "extra"),
    [
        ("Ana <ana@example.org>", ""),
        ("Nora Reply <nora.reply@example.org>", ""),
        ("Info Example <infante@example.org>", ""),
        ("Ana <ana@mail.example.org>", "\nReply-To: ana.other@example.org"),
        ("Ana <ana@example.org>", "\nReply-To: ana@example.net"),
        ("Ana <ana@example.org>", "\nAuto-Submitted: no"),
        ("Olivia <olivia@example.org>", "\nX-Gmail-Labels: Inbox,Important"),
    ],
)
def test_people_are_not_taken_for_machines(content: MakeContent, sender: str, extra: str) -> None:
    assert [row["kind"] for row in rows(read(content, ana(extra, sender)))] == ["message"]


SENT = "From: Ada <ada@example.com>\nTo: bo@example.org\nX-Gmail-Labels: {}"


@pytest.mark.parametrize("label", ["Sent", "=?UTF-8?Q?Gesendet?=", "Opened,Messages envoyés"])
def test_the_owner_is_who_sent_what_is_labelled_as_sent(content: MakeContent, label: str) -> None:
    records = read(content, ana() + mail(SENT.format(label)))
    assert people(records, "self") == ["self:mail:ada@example.com"]
    assert people(records, "correspondent") == ["ana@example.org", "bo@example.org"]


@pytest.mark.parametrize(
    "path", ["Sent.mbox", "Mail/.Sent Items/cur/1", "Gesendete Elemente/1.eml"]
)
def test_the_owner_is_who_sent_what_lies_in_the_folder_of_the_sent(
    content: MakeContent, path: str
) -> None:
    envelope = ENVELOPE if path.endswith(".mbox") else ""
    records = read(
        content, mail("From: ada@example.com\nTo: bo@example.org", envelope=envelope), path
    )
    assert people(records, "self") == ["self:mail:ada@example.com"]


def test_the_owner_is_whom_nearly_all_mail_was_delivered_to(content: MakeContent) -> None:
    delivered = ana("\nDelivered-To: ada@example.com")
    assert people(read(content, delivered * 3), "self") == ["self:mail:ada@example.com"]
    assert not people(read(content, delivered * 2), "self")


def test_people_named_beside_the_owner_are_nobody_yet(content: MakeContent) -> None:
    records = read(content, ana("\nCc: cy@example.org") + mail(SENT.format("Sent")))
    assert people(records, "correspondent") == ["ana@example.org", "bo@example.org"]


def test_a_mail_to_a_machine_is_no_interaction(content: MakeContent) -> None:
    head = SENT.format("Sent").replace("bo@", "unsubscribe-1@")
    assert [row["kind"] for row in rows(read(content, mail(head)))] == ["system"]


@pytest.mark.parametrize(
    ("extra", "thread"),
    [
        ("X-GM-THRID: 77\nReferences: <a@x>", "gmail:77"),
        ("References: <root@x>\n <mid@x>\nIn-Reply-To: <mid@x>", "root@x"),
        ("In-Reply-To: <mid@x>", "mid@x"),
        ("X-Other: 1", "own@x"),
    ],
)
def test_a_thread_is_gmails_number_or_its_first_mail(
    content: MakeContent, extra: str, thread: str
) -> None:
    (row,) = rows(read(content, mail(f"From: ana@x.org\nMessage-ID: <own@x>\n{extra}")))
    assert row["thread_key"] == thread


@pytest.mark.parametrize(
    ("date", "envelope", "expected"),
    [
        ("Mon, 2 Jan 2023 11:00:00 +0100", ENVELOPE, "2023-01-02 10:00"),
        ("2 Jan 2023 11:00 GMT (a remark)", ENVELOPE, "2023-01-02 11:00"),
        ("Mon, 2 Jan 2023 10:00:00 EST", "", "2023-01-02 15:00"),
        ("Mon, 02 Jan 23 10:00:00 +0000", "", "2023-01-02 10:00"),
        ("Mon, 2 Jan 2031 10:00:00 +0000", ENVELOPE, "2023-01-02 10:00"),
        ("Mon, 1 Jan 1904 10:00:00 +0000", ENVELOPE, "2023-01-02 10:00"),
        ("whenever", "From - Mon Jan  2 10:00:00 2023\n", "2023-01-02 10:00"),
        ("whenever", "", None),
    ],
)
def test_times_are_believed_as_far_as_the_delivery_allows(
    content: MakeContent, date: str, envelope: str, expected: str | None
) -> None:
    path = "a.mbox" if envelope else "a.eml"
    text = mail("From: ana@example.org\nTo: a@b.org", envelope=envelope, date=f"Date: {date}\n")
    found = rows(read(content, text, path))
    assert [row["at"].strftime("%Y-%m-%d %H:%M") for row in found] == [expected] * bool(expected)


def test_a_mail_from_the_future_without_envelope_has_the_time_it_was_received(
    content: MakeContent,
) -> None:
    head = (
        "Received: by a.example.org; Mon, 2 Jan 2023 10:00:00 +0000\n"
        "Received: by b.example.org; Tue, 1 Jan 2030 10:00:00 +0000\nFrom: ana@example.org"
    )
    date = "Date: Tue, 1 Jan 2030 10:00:00 +0000\n"
    (row,) = rows(read(content, mail(head, envelope="", date=date), "a.eml"))
    assert row["at"].year == 2023


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a@b.org", [("a@b.org", None)]),
        ("A <A@B.org>, c@d.org", [("a@b.org", "A"), ("c@d.org", None)]),
        ('"B, C \\"x\\"" <a@b.org>', [("a@b.org", 'B, C "x"')]),
        ("a@b.org (Ana)", [("a@b.org", "Ana")]),
        ("'Ana' <'a@b.org'>", [("a@b.org", "Ana")]),
        ("friends: a@b.org, c@d.org;", [("a@b.org", None), ("c@d.org", None)]),
        ("undisclosed-recipients:;", []),
        ("=?utf-8?q?A=2C_B?= <a@b.org>", [("a@b.org", "A, B")]),
        ("a@b.org <a@b.org>", [("a@b.org", None)]),
        ("nobody, broken@@b.org", []),
        ("(" * 9000, []),
        (" " * 100_000 + "x", []),
    ],
)
def test_addresses_are_read_in_every_spelling(
    written: str, expected: list[tuple[str, str | None]]
) -> None:
    assert addresses(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("=?UTF-8?Q?Ana_=C3=96?=", "Ana Ö"),
        ("=?utf-8?B?w4Q=?= =?utf-8?B?w5Y=?=", "ÄÖ"),
        ("=?utf-8?B?ww==?=\n =?utf-8?B?lg==?=", "Ö"),
        ("=?iso-8859-1?q?=D6?= and =?utf-8?q?=C3=96?=", "Ö and Ö"),
        ("=?no-such-set?q?=D6?=", "=?no-such-set?q?=D6?="),
        ("=?utf-8*de?q?=C3=96?=", "Ö"),
        ("=?utf-8?B?w4Q?=", "Ä"),
        ("2 =? 3", "2 =? 3"),
    ],
)
def test_encoded_words_are_decoded_or_left_as_they_are(written: str, expected: str) -> None:
    assert decoded(written) == expected


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    head=st.text(st.sampled_from('From: To,<>@"()=?;\\ \n\tDate:aä2023'), max_size=200).map(
        str.encode
    )
)
def test_any_head_gives_text_addresses_and_times_or_nothing(head: bytes) -> None:
    for value in fields(head).values():
        assert "\n" not in value or not value.strip()
        assert all(address.count("@") == 1 for address, _ in addresses(value))
        decoded(value).encode()
        sent_at(value)
        delivered_at(value)


def test_rejects_show_their_place_and_no_subject(content: MakeContent) -> None:
    records = read(content, ana() + mail("From: nobody\nSubject: private"))
    (reject,) = [record for record in records if isinstance(record, Reject)]
    assert (reject.place, reject.reason) == ("mail 2", "mail without a sender's address")
    assert "private" not in reject.raw


@pytest.mark.parametrize(
    ("path", "head", "ours"),
    [
        ("anything", ENVELOPE.encode() + b"X: 1\n", True),
        ("anything", b"From the start of it\nwe knew\n", False),
        ("a.eml", b"", True),
        ("Maildir/cur/123:2,S", b"Received: x\n by y\nFrom: a@b.org\n", True),
        ("Maildir/cur/notes", b"Title: x\nBody: y\n", False),
        ("notes.txt", b"Date: x\nFrom: a@b.org\n", False),
    ],
)
def test_mail_is_known_by_its_first_lines(path: str, head: bytes, ours: bool) -> None:
    assert IMPORTER.identify(path, head) is ours


def test_a_large_mailbox_comes_in_several_frames(
    content: MakeContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notworking.ingest.mail._CHUNK", 2)
    records = read(content, ana() * 5)
    assert [r.frame.height for r in records if isinstance(r, Events)] == [2, 2, 1]


def test_several_fields_of_recipients_are_one_list_and_the_sender_is_none(
    content: MakeContent,
) -> None:
    head = "From: ana@example.org\nTo: a@b.org\nTo: c@d.org, ana@example.org\nCc: A <a@b.org>"
    (row,) = rows(read(content, mail(head)))
    assert [(one["key"], one["name"]) for one in row["recipients"]] == [
        ("a@b.org", "A"),
        ("c@d.org", None),
    ]


@pytest.mark.parametrize(
    "date", ["Mon, 31 Feb 2023 10:00:00 +0000", "Mon, 2 Jan 2023 25:00:00 +0000"]
)
def test_dates_that_do_not_exist_are_none(date: str) -> None:
    assert sent_at(date) is None
