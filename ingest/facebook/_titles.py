"""Who a headline of the activity log is about: English and German, and only where all of it fits.

Older exports name the other person nowhere else. A headline in another language, or about the
owner's own post, names nobody: no person is ever made up from a piece of one. German glues the
genitive to the name, so a name that itself ends in s may lose it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from notworking.ingest.facebook._values import is_deleted, key_name

_THING = (
    r"(?:\w+ )?(?:post|photo|link|video|reel|album|comment|status|update|story|event|note|question"
    r"|activity|profile picture|cover photo|live video|gif|memory|life event|check-in|poll)"
)
_SACHE = (
    r"(?:Beitrag|Foto|Link|Video|Reel|Album|Kommentar|Status|Story|Veranstaltung|Notiz|Frage"
    r"|Profilbild|Titelbild|Live-Video|GIF|Aktivität|Chronik|Profil)"
)
_OWN = re.compile(r"(?:his|her|their|your|its) own|(?:his|her|their|your|its)", re.IGNORECASE)
_OWN_GERMAN = re.compile(r"(?:sein|ihr|dein|euer)e?[nmrs]?(?: eigene?[nmrs]?)?", re.IGNORECASE)

_TO_THING = re.compile(
    r"(?:.+? )?(?:commented on|replied to|likes?d?|loved|reacted to|wrote on|posted (?:on|in|to)"
    r"|was mentioned in|shared|felt .+? (?:about|at)|laughed at|responded to|voted on"
    rf"|(?:\S+ )?reacted .{{1,12}} to) (?P<whose>.+?)(?:['’]s?) {_THING}(?: in .+)?\.?"
)
_TO_WALL = re.compile(
    r"(?:.+? )?(?:wrote|posted|shared .+?|added .+?|published .+?) (?:on|to) (?P<whose>.+?)['’]s? "
    r"(?:timeline|profile|wall)\.?"
)
_GERMAN = (
    re.compile(rf".+? gefällt (?P<whose>.+) {_SACHE}\.?"),
    re.compile(rf".+? hat auf (?P<whose>.+) {_SACHE} (?:reagiert|geantwortet)\.?"),
    re.compile(rf".+? hat (?:auf )?(?P<whose>.+) {_SACHE} (?:kommentiert|geteilt|beantwortet)\.?"),
)
_GERMAN_WALL = re.compile(
    r".+? hat (?:etwas )?(?:in|auf) (?P<whose>.+) (?:Chronik|Profil|Pinnwand) "
    r"(?:gepostet|geschrieben|geteilt)\.?"
)
_FROM_WALL = (
    re.compile(r"(?P<who>.+?) (?:wrote|posted) (?:on|to|in) your (?:timeline|wall|profile)\.?"),
    re.compile(r"(?P<who>.+?) shared .+ (?:on|to) your (?:timeline|wall|profile)\.?"),
    re.compile(
        r"(?P<who>.+?) hat (?:etwas )?(?:in|auf) deine[rmn]? (?:Chronik|Profil|Pinnwand) "
        r"(?:gepostet|geschrieben|geteilt)\.?"
    ),
)
_WITH = re.compile(
    r"(?:.+? )?(?:was|is) (?:\S.*? )??with (?P<names>.+?)(?: (?:at|in|on) .+?)?\.?", re.DOTALL
)
_SPLIT = re.compile(r", (?:and )?| and | und ")
_OTHERS = re.compile(r"\d+ (?:others?|other people|weiteren?(?: Personen)?)")
#: Headlines are shorter; anything longer is not worth the search.
_LONGEST_TITLE = 400
#: A name as long as this is a sentence that happened to fit.
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Target:
    """What a headline says: whose thing it was about, and whether it stands on that page."""

    name: str | None
    wall: bool = False


def target(title: str, author: str | None = None) -> Target:
    """Return whose post, photo or page a headline of the owner's own activity names."""
    if len(title) > _LONGEST_TITLE:
        return Target(None)
    plain = _without_author(key_name(title), author)
    for pattern, wall in ((_TO_WALL, True), (_TO_THING, False)):
        match = pattern.fullmatch(plain)
        if match is not None:
            own = _OWN.fullmatch(match["whose"]) is not None
            return Target(None if own else _name(match["whose"]), wall)
    return _german_target(key_name(title))


def _german_target(plain: str) -> Target:
    for pattern, wall in ((_GERMAN_WALL, True), *((one, False) for one in _GERMAN)):
        match = pattern.fullmatch(plain)
        if match is not None:
            own = _OWN_GERMAN.fullmatch(match["whose"]) is not None
            return Target(None if own else _name(_nominative(match["whose"])), wall)
    return Target(None)


def _nominative(name: str) -> str:
    if name.endswith(("'", "’")):
        return name[:-1]
    if name.endswith("s") and not name.endswith("ss"):
        return name[:-1]
    return name


def writer(title: str) -> str | None:
    """Return who wrote on the owner's page; None where the headline does not say it."""
    plain = key_name(title[:_LONGEST_TITLE])
    for pattern in _FROM_WALL:
        match = pattern.fullmatch(plain)
        if match is not None:
            return _name(match["who"])
    return None


def companions(title: str) -> list[str]:
    """Return the people a headline says the owner was with; none if it is not all names."""
    match = _WITH.fullmatch(key_name(title[:_LONGEST_TITLE]))
    if match is None:
        return []
    found = [part for part in _SPLIT.split(match["names"]) if not _OTHERS.fullmatch(part)]
    names = [name for name in map(_name, found) if name is not None]
    return names if len(names) == len(found) else []


def _without_author(plain: str, author: str | None) -> str:
    known = key_name(author or "")
    return plain[len(known) :].lstrip() if known and plain.startswith(known + " ") else plain


def _name(text: str) -> str | None:
    """Return a piece of a headline if it can be a name: short, and every word of it capital."""
    name = text.strip()
    if len(name) > _LONGEST or is_deleted(name) or name.lower() in {"you", "your", "a contact"}:
        return None
    first = name[0]
    return name if not first.islower() and not first.isdigit() else None
