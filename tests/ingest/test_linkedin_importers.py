"""What LinkedIn's importers make of rows, beyond what the fixtures' expected files show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import pytest

from notworking.ingest import ignored, importers
from notworking.ingest.importer import Content, Ignored, Importer
from notworking.ingest.linkedin import (
    comments,
    connections,
    endorsements,
    events,
    imported_contacts,
    invitations,
    messages,
    profile,
    recommendations,
    registration,
    shares,
)
from notworking.records import (
    Contact,
    Event,
    Events,
    Notice,
    Party,
    Record,
    Reject,
    Stage,
    Table,
)

MakeContent = Callable[[bytes], Content]
M4 = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER\n"
)
M1 = "From,To,Date,Subject,Content,Direction,Folder\n"
H4 = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
V3 = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
COLUMNS = tuple(M4.strip().lower().replace(" ", "").split(","))
JONAS = "https://www.linkedin.com/in/jonasbeispiel"
OLIVE = "https://www.linkedin.com/in/olive-owner"


def owners(path: str, head: bytes) -> list[str]:
    kinds: list[Importer | Ignored] = [*importers(), *ignored()]
    return [kind.name for kind in kinds if kind.identify(path, head)]


def contacts(found: Iterable[Record]) -> list[Contact]:
    return [record for record in found if isinstance(record, Contact)]


def single_events(found: Iterable[Record]) -> list[Event]:
    return [record for record in found if isinstance(record, Event)]


def message(**cells: str) -> Event | Reject:
    usual = {
        "conversationid": "2-MDA=",
        "from": "Jonas Beispiel",
        "senderprofileurl": JONAS,
        "to": "Olive Owner",
        "recipientprofileurls": OLIVE,
        "date": "2023-11-06 08:15:09 UTC",
        "folder": "INBOX",
    }
    row = usual | {name.replace("_", ""): value for name, value in cells.items()}
    return messages.mend(COLUMNS, [row.get(name, "") for name in COLUMNS], "line 2")


def event(**cells: str) -> Event:
    made = message(**cells)
    assert isinstance(made, Event)
    return made


def test_a_message_has_one_key_whether_its_newlines_were_kept_or_made_blanks() -> None:
    kept = event(content="First line\r\n\r\nShe said yes.")
    flat = event(content="First line  She said yes. ")
    assert kept.key == flat.key
    assert kept.key.startswith(f"2-MDA=|2023-11-06T08:15:09Z|{JONAS}|")
    assert event(content="Another").key != kept.key


def test_names_are_paired_with_addresses_and_may_hold_commas() -> None:
    made = event(to="Mira Examplová, PhD,Olive Owner", recipientprofileurls=f"{JONAS},{OLIVE}")
    assert made.recipients == (
        Party(JONAS, "Mira Examplová, PhD"),
        Party(OLIVE, "Olive Owner"),
    )
    assert made.thread_size == 3


def test_addresses_are_trusted_where_names_do_not_add_up() -> None:
    made = event(to="Olive,Owner,Jonas", recipientprofileurls=f"{JONAS},{OLIVE}")
    assert made.recipients == (Party(JONAS, None), Party(OLIVE, None))


def test_the_stand_in_for_members_who_left_is_nobody_and_still_counts() -> None:
    made = event(
        to="Olive Owner,LinkedIn Member", **{"from": "LinkedIn Member"}, senderprofileurl=""
    )
    assert made.party == Party(None, None)
    assert made.recipients == (Party(OLIVE, "Olive Owner"), Party(None, None))
    assert made.thread_size == 3


def test_company_pages_have_no_key() -> None:
    assert event(senderprofileurl="https://www.linkedin.com/company/contoso").party.key is None


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({}, "message"),
        ({"conversationtitle": "Sponsored Conversation"}, "sponsored"),
        ({"conversationtitle": "Sponsored Conversation", "from": ""}, "sponsored"),
        ({"from": "", "senderprofileurl": ""}, "system"),
    ],
)
def test_kinds_of_messages(cells: dict[str, str], kind: str) -> None:
    assert event(**cells).kind == kind


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"date": "soon"}, "the date of the message is missing or unreadable"),
        ({"conversationid": "", "to": "", "recipientprofileurls": ""}, "draft, never sent"),
        ({"date": "DATE", "from": "FROM"}, "the header line once more"),
    ],
)
def test_rows_that_are_no_message_say_why(cells: dict[str, str], reason: str) -> None:
    made = message(**cells)
    assert isinstance(made, Reject)
    assert (made.place, made.reason) == ("line 2", reason)


@pytest.mark.parametrize("flag", ["Yes", "true"])
@pytest.mark.parametrize("column", ["ismessagedraft", "isconversationdraft"])
def test_drafts_are_rejected_by_either_flag(column: str, flag: str) -> None:
    cells = ["2-MDA=", "", "A", "", "B", "", "2024-01-01 00:00:00 UTC", "", "half", "INBOX", flag]
    made = messages.mend((*COLUMNS, column), cells, "line 9")
    assert isinstance(made, Reject)
    assert made.reason == "draft, never sent"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("1 < 2 & <tag>", "1 < 2 & <tag>"),
        ("<p>Hi&nbsp;Olive&rsquo;s</p><ul><li>one</li><li>two</li></ul>", "Hi Olive’s\none\ntwo"),
        ("a<br/>b <strong>c</strong>", "a\nb c"),
        (" +1 202 555 0143", "+1 202 555 0143"),
        ("   ", None),
    ],
)
def test_tags_are_taken_out_only_of_html(body: str, text: str | None) -> None:
    assert event(content=body).text == text


def test_a_congratulation_by_button_is_one_click() -> None:
    assert event(content="Congrats on the new job!").one_click
    assert not event(content="Congrats on the new job! Coffee?").one_click


def test_old_layouts_turn_the_event_to_the_counterpart(content: MakeContent) -> None:
    data = M1 + (
        'Aiko Testsson,Olive Owner,"7/16/18, 8:36 AM",,a &amp; b,INCOMING,INBOX\n'
        'Olive Owner,Aiko Testsson,"1/16/18, 8:36 AM",,c,OUTGOING,SENT\n'
        'Olive Owner,"Aiko Testsson,Jonas Beispiel","1/16/18, 8:36 AM",,d,OUTGOING,SENT\n'
    )
    (frame,) = messages.extract(content(data.encode()), "Messages.csv")
    assert isinstance(frame, Events)
    found = frame.frame.select("direction", "party", "thread_key", "at", "text").rows()
    both = "names:aiko testsson|olive owner"
    aiko, olive = {"key": None, "name": "Aiko Testsson"}, {"key": None, "name": "Olive Owner"}
    assert found == [
        ("in", aiko, both, datetime(2018, 7, 16, 15, 36, tzinfo=UTC), "a & b"),
        ("out", aiko, both, datetime(2018, 1, 16, 16, 36, tzinfo=UTC), "c"),
        (
            None,
            olive,
            "names:aiko testsson|jonas beispiel|olive owner",
            datetime(2018, 1, 16, 16, 36, tzinfo=UTC),
            "d",
        ),
    ]


@pytest.mark.parametrize(
    ("data", "fast"),
    [
        (M4.encode(), True),
        (b"\xef\xbb\xbf" + M4.encode(), True),
        (M4.replace("\n", "\r\n").encode(), False),
        (M4.replace(",", ";").encode(), False),
        (("Notes\n\n" + M4).encode(), False),
        ((M4 + "2-MDA=,,José").encode("cp1252") + b"\n", False),
        (M4.encode("utf-16"), False),
        (M1.encode(), False),
    ],
)
def test_only_plain_files_go_to_the_engine(content: MakeContent, data: bytes, fast: bool) -> None:
    found = list(messages.extract(content(data), "messages.csv"))
    assert any(isinstance(record, Table) for record in found) == fast


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("messages.csv", "linkedin.messages"),
        ("Messaages.csv", "linkedin.messages"),
        ("my copy (2).csv", "linkedin.messages"),
        ("guide_messages.csv", "linkedin.transcripts"),
        ("learning_role_play_messages.csv", "linkedin.transcripts"),
        ("coach_messages_1.csv", "linkedin.transcripts"),
    ],
)
def test_transcripts_are_told_apart_by_name(path: str, owner: str) -> None:
    assert owners(path, M4.encode()) == [owner]


@pytest.mark.parametrize(
    "importer",
    [one for one in importers() if one.name.startswith("linkedin.") and one.files != "Events.csv"],
    ids=lambda one: one.name,
)
def test_a_spreadsheet_under_the_name_of_an_export_says_what_to_do(
    importer: Importer, content: MakeContent
) -> None:
    path = importer.files.split(",")[0]
    data = b"PK\x03\x04" + bytes(40)
    assert owners(path, data) == [importer.name]
    (reject,) = importer.extract(content(data), path)
    assert isinstance(reject, Reject)
    assert reject.place == "file"
    assert "save it as CSV" in reject.reason


def test_connections_prefer_address_then_number_then_mail_then_name_and_day(
    content: MakeContent,
) -> None:
    data = H4 + (
        "A,A,https://www.linkedin.com/in/a%C3%A9/,A@Example.com,,,05 Nov 2023\n"
        "B,B,,urn:li:member:7,,,05 Nov 2023\n"
        "C,C,,C@Example.com,,,05 Nov 2023\n"
        "D,D,,,,,05 Nov 2023\n"
        "D,D,,,,,06 Nov 2023\n"
        "D,D,,,,New job,05 Nov 2023\n"
    )
    found = contacts(connections.extract(content(data.encode()), "Connections.csv"))
    keys = [one.key for one in found]
    assert keys[:3] == ["https://www.linkedin.com/in/aé", "urn:li:member:7", "c@example.com"]
    assert keys[3] == keys[5] != keys[4]
    assert [one.profile_url for one in found[:2]] == ["https://www.linkedin.com/in/aé", None]
    assert [[p.raw for p in one.points] for one in found[:3]] == [
        ["A@Example.com"],
        [],
        ["C@Example.com"],
    ]


def test_connections_with_unreadable_dates_are_kept_and_counted(content: MakeContent) -> None:
    data = H4 + "A,A,https://www.linkedin.com/in/a,,,,soon\n"
    (contact, notice) = connections.extract(content(data.encode()), "Connections.csv")
    assert isinstance(contact, Contact)
    assert contact.connected_at is None
    assert isinstance(notice, Notice)
    assert "date: 1." in notice.message


def test_glued_and_foreign_headers_are_connections() -> None:
    for header in (
        "FirstName,LastName,EmailAddress,Company,Position,ConnectedOn",
        "First Name;Company;Position;Connected On",
        "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Date de connexion",
        "Name,Profile URL,Connection Date",
    ):
        assert owners("export.csv", header.encode()) == ["linkedin.connections"]


def test_invitations_are_pacific_in_winter_and_summer(content: MakeContent) -> None:
    data = V3 + (
        f'Olive Owner,Jonas Beispiel,"1/4/24, 10:01 PM",Hi,OUTGOING,{OLIVE},{JONAS}\n'
        f'Jonas Beispiel,Olive Owner,"7/4/24, 10:01 PM",,INCOMING,{JONAS},{OLIVE}\n'
        'LinkedIn Member,Olive Owner,"7/4/24, 10:01 PM",,INCOMING,,\n'
    )
    out, back, gone = single_events(invitations.extract(content(data.encode()), "Invitations.csv"))
    assert (out.at, out.direction, out.party.key, out.text) == (
        datetime(2024, 1, 5, 6, 1, tzinfo=UTC),
        "out",
        JONAS,
        "Hi",
    )
    assert (back.at, back.direction, back.party) == (
        datetime(2024, 7, 5, 5, 1, tzinfo=UTC),
        "in",
        Party(JONAS, "Jonas Beispiel"),
    )
    assert gone.party == Party(None, None)


def test_one_endorsement_told_by_two_layouts_has_one_key(content: MakeContent) -> None:
    head = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name"
    older = f"{head},Endorsement Status\n2022/07/01 19:52:23 UTC,Testing,Jo,Be,ACCEPTED\n"
    newer = (
        f"{head},Endorser Public Url,Endorsement Status\n"
        "2022/07/01 19:52:23 UTC,Testing,Jo,Be,www.linkedin.com/in/jo,ACCEPTED\n"
    )
    tabs = f"{head},Endorsement Status,Display Status\n".replace(",", "\t")
    tabs += "2022/07/01 19:52:23 UTC\tTesting\tJo\tBe\tAccepted\tShow\n"
    tabs += "2022/07/01 19:52:23 UTC\tGone\tJo\tBe\tRedacted\t\n"
    found = [
        list(endorsements.extract(content(data), "Endorsement_Received_Info.csv"))
        for data in (older.encode(), newer.encode(), tabs.encode("utf-16"))
    ]
    assert len({one.key for records in found for one in single_events(records)}) == 1
    assert single_events(found[1])[0].party == Party("https://www.linkedin.com/in/jo", "Jo Be")
    (reject,) = [record for record in found[2] if isinstance(record, Reject)]
    assert (reject.place, reject.reason) == ("line 3", "endorsement withdrawn")


@pytest.mark.parametrize(
    ("path", "direction"),
    [
        ("Recommendations_Received.csv", "in"),
        ("Recommendations Given.csv", "out"),
        ("Recommendations_Given (1).csv", "out"),
    ],
)
def test_only_the_name_tells_who_recommended(
    content: MakeContent, path: str, direction: str
) -> None:
    data = b"First Name,Last Name,Company,Job Title,Text,Creation Date,Status\nJo,Be,,,Fine,,\n"
    (made,) = single_events(recommendations.extract(content(data), path))
    assert (made.direction, made.party, made.text) == (direction, Party(None, "Jo Be"), "Fine")


def comments_in(content: MakeContent, rows: str) -> list[str | None]:
    found = comments.extract(content(("Date,Link,Message\n" + rows).encode()), "Comments.csv")
    return [one.text for one in single_events(found)]


def test_comments_are_read_in_both_ways_of_quoting(content: MakeContent) -> None:
    start = "2026-04-06 15:43:56,https://example.com/1,"
    assert comments_in(content, start + '"a \\"b\\", c"\n') == ['a "b", c']
    assert comments_in(content, start + '"a ""b"", c"\n') == ['a "b", c']
    assert comments_in(content, start + '"ends in \\"\n' + start + '"x, y\\"\n') == [
        "ends in \\",
        "x, y\\",
    ]


def test_unquoted_comments_of_several_lines_are_put_together(content: MakeContent) -> None:
    rows = '2024-01-24 08:20:10,l,one\ntwo\n\n\nfive\n2024-01-23 08:20:10,l,"a\nb, c"\nd\n'
    assert comments_in(content, rows) == ["one\ntwo\n\n\nfive", "a\nb, c\nd"]


def test_posts_get_their_newlines_back(content: MakeContent) -> None:
    data = (
        "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
        '2026-03-09 16:11:39,l,"One.""\n""""\n""Three, ""four"".","","",MEMBER_NETWORK\n'
    )
    (made,) = single_events(shares.extract(content(data.encode()), "Shares.csv"))
    assert made.text == 'One.\n\nThree, "four".'
    assert made.direction == "out"
    assert made.party == Party(None, None)


def test_address_book_entries_are_keyed_by_mail_then_number_then_name(
    content: MakeContent,
) -> None:
    data = (
        "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt\n"
        'X,A,,,,"A@example.com, b@example.com"," +1 202 555 0101, 12025550101",\n'
        'X,B,,,,," 202-555-0102, (202) 555 0103",\n'
        'X,C,D,,,,,"7/27/18, 11:07 AM"\n'
        'X,C,D,,,,,"7/28/18, 11:07 AM"\n'
    )
    found = contacts(imported_contacts.extract(content(data.encode()), "Contacts.csv"))
    assert [one.key for one in found[:2]] == ["a@example.com", "2025550102"]
    assert found[2].key == found[3].key
    assert [(p.kind, p.raw) for p in found[0].points] == [
        ("email", "A@example.com"),
        ("email", "b@example.com"),
        ("phone", "+1 202 555 0101"),
    ]
    assert [p.raw for p in found[1].points] == ["202-555-0102", "(202) 555 0103"]


def test_event_times_are_taken_as_utc(content: MakeContent) -> None:
    data = b'Event Name,Event Time,Status\nE,"Nov 04, 2023 09:00 AM - Nov 05, 2023 06:00 PM",X\n'
    assert list(events.extract(content(data), "Events.csv")) == [
        Stage("line 2", "event", "E", None, "2023-11-04T09:00:00Z", "2023-11-05T18:00:00Z")
    ]


def test_the_address_of_a_computer_is_never_kept(content: MakeContent) -> None:
    for column in ("Registration Ip", "Registration IP Address"):
        data = f"Registered At,{column}\n" + '"6/26/10, 10:16 AM",192.0.2.7\nnever,192.0.2.8\n'
        found = list(registration.extract(content(data.encode()), "Registration.csv"))
        assert len(found) == 2
        assert "192.0.2" not in repr(found)


def test_a_stand_in_with_an_address_keeps_the_address() -> None:
    made = event(to="LinkedIn Member,Olive Owner", recipientprofileurls=f"{JONAS},{OLIVE}")
    assert made.recipients == (Party(JONAS, None), Party(OLIVE, "Olive Owner"))


def test_a_profile_without_a_name_is_rejected(content: MakeContent) -> None:
    data = b"First Name,Last Name,Headline\n,,Tester\n"
    (reject,) = profile.extract(content(data), "Profile.csv")
    assert reject == Reject("line 2", "a profile without a name", ",,Tester")


def test_a_recommendation_with_an_unreadable_date_is_rejected(content: MakeContent) -> None:
    data = b"First Name,Last Name,Body,Created Date\nJo,Be,Fine,soon\n"
    (reject,) = recommendations.extract(content(data), "Recommendations_Given.csv")
    assert reject == Reject(
        "line 2", "the date of the recommendation is unreadable", "Jo,Be,Fine,soon"
    )
