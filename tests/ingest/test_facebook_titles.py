"""Headlines: whose post it was, who wrote, who was there; and that nobody is made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notworking.ingest.facebook._titles import Target, companions, target, writer


@pytest.mark.parametrize(
    ("title", "name", "wall"),
    [
        ("Ada Example commented on Bo Sample's post.", "Bo Sample", False),
        ("Ada Example commented on Bo Sample’s profile picture.", "Bo Sample", False),
        ("Ada Example replied to Bo Sample's comment.", "Bo Sample", False),
        ("Ada Example commented on Jonas' video in Sample Club.", "Jonas", False),
        ("Ada Example likes Bo Sample's photo.", "Bo Sample", False),
        ("Ada Example reacted to O'Neil Sample's post.", "O'Neil Sample", False),
        ("Ada Example wrote on Bo Sample's timeline.", "Bo Sample", True),
        ("Ada Example wrote on Bo Sample's profile.", "Bo Sample", True),
        ("Ada Example shared a link to Bo Sample's timeline.", "Bo Sample", True),
        ("Ada Example added a new photo to Bo Sample's timeline.", "Bo Sample", True),
        ("Ada Example commented on her own post.", None, False),
        ("Ada Example commented on his photo.", None, False),
        ("Ada Example hat Bo Samples Beitrag kommentiert.", "Bo Sample", False),
        ("Ada Example hat auf Bo Samples Kommentar geantwortet.", "Bo Sample", False),
        ("Ada Example gefällt Marx’ Link.", "Marx", False),
        ("Ada Example hat ihren eigenen Beitrag kommentiert.", None, False),
        ("Ada Example hat in Bo Samples Chronik gepostet.", "Bo Sample", True),
        ("Ada Example a commenté la publication de Bo Sample.", None, False),
        ("Ada Example commented on a post.", None, False),
        ("Ada Example updated his status.", None, False),
        ("Ada Example likes a friend's photo.", None, False),
        ("", None, False),
        ("x" * 10_000, None, False),
    ],
)
def test_whose_thing_a_headline_is_about(title: str, name: str | None, wall: bool) -> None:
    assert target(title, "Ada Example") == target(title) == Target(name, wall)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Zoë Marčenko wrote on your timeline.", "Zoë Marčenko"),
        ("Bo Sample posted on your wall.", "Bo Sample"),
        ("Bo Sample hat in deiner Chronik gepostet.", "Bo Sample"),
        ("Bo Sample posted in Sample Club.", None),
        ("You wrote on your timeline.", None),
        ("Facebook user wrote on your timeline.", None),
    ],
)
def test_who_wrote_on_the_owners_page(title: str, name: str | None) -> None:
    assert writer(title) == name


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Ada Example was with Bo Sample.", ["Bo Sample"]),
        ("Ada was playing chess with Bo and Cy at Sample Park.", ["Bo", "Cy"]),
        ("Ada is with Bo Sample, Cy Sample and 2 others at Park.", ["Bo Sample", "Cy Sample"]),
        ("Ada was happy with the result.", []),
        ("Ada was at Sample Park.", []),
    ],
)
def test_who_was_with_the_owner(title: str, names: list[str]) -> None:
    assert companions(title) == names


@given(st.text(max_size=600))
def test_any_headline_is_read(title: str) -> None:
    name = target(title).name
    assert name is None or name in title
    assert all(part in title for part in companions(title) if part.isascii())
