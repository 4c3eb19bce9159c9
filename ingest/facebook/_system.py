"""Lines in a conversation that nobody wrote: group changes, themes, greetings, reactions as text.

Since 2023 the export has no field for them and words them in the account's language. English and
German are recognised, and only where the line begins with its sender's name or with "you": a line
in doubt is a message, never dropped. Calls and withdrawn messages have fields of their own.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SUBJECT_ENGLISH = (
    r"(?:added .+ to the (?:group|chat|conversation)"
    r"|removed .+ from the (?:group|chat|conversation)|left the (?:group|chat|conversation)"
    r"|joined the (?:group|chat|conversation)(?: via .+)?|joined the (?:video |audio )?call"
    r"|started (?:sharing video|a (?:video |audio )?(?:call|chat))|left the (?:video |audio )?call"
    r"|(?:named|renamed) the (?:group|chat)(?: .+)?|removed the group name"
    r"|created the (?:group|chat)"
    r"|(?:changed|set|removed|updated) the (?:group|chat)(?: \w+)* (?:photo|theme|emoji|name)"
    r"(?: to .+)?"
    r"|(?:changed|set) the (?:theme|emoji|quick reaction|chat colou?rs?)(?: .+)?"
    r"|(?:is|are) now an admin|(?:made|removed) .+ (?:an?|as an?) (?:group )?admin"
    r"|(?:set|cleared|changed) .*nickname(?: .+)?|(?:pinned|unpinned) a message"
    r"|waved at (?:you|.+)|(?:are|is) now connected on messenger"
    r"|turned (?:on|off) (?:disappearing messages|vanish mode|end-to-end encryption|approval)"
    r"(?: .+)?"
    r"|(?:created|ended|voted .+ in|changed .+ vote .+ in) (?:a|the) poll(?: .+)?"
    r"|can now message and call each other(?: .+)?|(?:accepted|sent) (?:a|your|the) message request"
    r"|reacted .{1,16} to your message|liked a message)[.!]?"
)
_SUBJECT_GERMAN = (
    r"(?:(?:hat|hast|habt) (?:.+ zur (?:gruppe|unterhaltung) hinzugefügt"
    r"|.+ aus der (?:gruppe|unterhaltung) entfernt|die (?:gruppe|unterhaltung) verlassen"
    r"|die gruppe .*(?:benannt|erstellt)|den namen der gruppe .+ geändert|der gruppe .*den namen .+"
    r"|das (?:gruppenfoto|foto der gruppe|gruppenbild) (?:geändert|entfernt)"
    r"|(?:das|den|die) (?:chat-?)?(?:thema|design|emoji|farben?).* (?:geändert|festgelegt)"
    r"|.*spitznamen?.* (?:geändert|festgelegt|entfernt|gelöscht)|eine nachricht (?:an|los)gepinnt"
    r"|(?:dir|.+) (?:zu)?gewinkt|mit .{1,16} auf deine nachricht reagiert"
    r"|eine umfrage .*erstellt|.+ als administrator(?:in)? .+)"
    r"|ist der gruppe beigetreten|ist dem (?:video)?anruf beigetreten"
    r"|ist jetzt administrator(?:in)?"
    r"|winkt dir zu|(?:seid|sind) jetzt auf messenger (?:miteinander )?verbunden"
    r"|(?:seid|sind) jetzt im messenger (?:miteinander )?verbunden)[.!]?"
)
_AFTER_SUBJECT = re.compile(
    rf"(?:{_SUBJECT_ENGLISH}|{_SUBJECT_GERMAN})\s*", re.IGNORECASE | re.DOTALL
)
_ALONE = re.compile(
    r"(?:reacted .{1,16} to (?:your|a|their|his|her|my) message|liked a message"
    r"|you are now connected on messenger|say hi to your new facebook friend,? .+"
    r"|sag .+ hallo|hat mit .{1,16} auf deine nachricht reagiert|the (?:video |audio )?call ended"
    r"|der (?:video)?anruf (?:wurde beendet|ist beendet)|this poll is no longer available)[.!]?\s*",
    re.IGNORECASE | re.DOTALL,
)
_PLACEHOLDER = re.compile(
    r"(?:sent (?:an attachment|a location|a photo|a video|a sticker|a gif|a link"
    r"|a voice message|an? (?:live )?location)"
    r"|(?:hat|hast) (?:einen anhang|einen standort|ein foto|ein video|einen sticker|einen link"
    r"|eine sprachnachricht|ein gif) (?:gesendet|geschickt))\.?\s*",
    re.IGNORECASE,
)
_ALONE_STARTS = (
    "Reacted ",
    "Liked a ",
    "You ",
    "Say hi ",
    "Sag ",
    "Hat mit ",
    "The ",
    "Der ",
    "Du ",
    "Ihr ",
    "This poll",
)
#: No line of the platform is longer, group names included; people write longer ones.
_LONGEST = 400


@lru_cache(maxsize=4096)
def openings(sender: str) -> tuple[str, ...]:
    """Return how a platform's line about this sender may begin."""
    names = (sender + " ", sender.split(" ", 1)[0] + " ") if sender else ()
    return (*names, *_ALONE_STARTS)


def line_kind(line: str, starts: tuple[str, ...]) -> str | None:
    """Tell a line by the ``openings`` of its sender and by what follows them.

    Returns:
        ``system``, ``placeholder`` for an attachment's stand-in, or None for a message.
    """
    if len(line) > _LONGEST:
        return None
    if _ALONE.fullmatch(line):
        return "system"
    for start in starts:
        if line.startswith(start):
            if _AFTER_SUBJECT.fullmatch(line, len(start)):
                return "system"
            if _PLACEHOLDER.fullmatch(line, len(start)):
                return "placeholder"
    return None
