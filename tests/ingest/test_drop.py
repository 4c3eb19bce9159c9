"""The drop: what one look at a file tells."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from notworking.ingest import drop, whatsapp
from notworking.ingest.importer import HEAD_SIZE
from notworking.records import Events, Thread


@pytest.mark.parametrize("size", [0, 1, HEAD_SIZE, HEAD_SIZE + 1, 3 * (1 << 20)])
def test_digest_and_head_are_those_of_the_whole_file(tmp_path: Path, size: int) -> None:
    data = bytes(n % 251 for n in range(size))
    path = tmp_path / "file"
    path.write_bytes(data)
    found = drop.digest_and_head(drop.FileContent(path))
    assert found == (hashlib.sha256(data).hexdigest(), data[:HEAD_SIZE])


def test_a_chat_of_an_iphone_is_called_as_its_archive_is(tmp_path: Path) -> None:
    archive = tmp_path / "WhatsApp Chat - Bo Sample.zip"
    lines = "[13.06.18, 21:25:15] Bo Sample: hi\n[13.06.18, 21:26:15] Ada Example: ho\n"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("_chat.txt", lines)
        file.writestr("00001-PHOTO.jpg", b"\xff\xd8")
    chat = next(found for found in drop.walk([archive]) if found.inner.endswith("_chat.txt"))
    assert chat.shown == "WhatsApp Chat - Bo Sample.zip/_chat.txt"
    assert chat.content is not None
    records = list(whatsapp.extract(chat.content, chat.inner))
    (thread,) = (record for record in records if isinstance(record, Thread))
    assert thread.title == "Bo Sample"
    (frame,) = (record.frame for record in records if isinstance(record, Events))
    assert frame["direction"].to_list() == ["in", "out"]


def test_other_members_keep_their_path(tmp_path: Path) -> None:
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("friends/friends.json", b"{}")
    assert [found.inner for found in drop.walk([archive])] == ["friends/friends.json"]
