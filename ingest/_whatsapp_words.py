"""WhatsApp chats: what a line is, by its words: message, attachment, call or platform line.

The words are those of the phone's language. What is not known here is taken for what its marks say:
the iPhone writes a left-to-right mark before everything that nobody typed.
"""

from __future__ import annotations

import re

TYPED_BY_NOBODY = "\u200e"
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

_OMITTED = (
    r"omitted|weggelassen|ausgeschlossen|omitid[oa]s?|omis(?:e|es)?|absente?s?|omess[oia]|ocultad[oa]"
    r"|ocult[oa]s?|anexad[oa]|weggelaten|pominięt[oye]|utelämna[dt]|utelatt|udeladt|jätettiin pois"
    r"|dahil edilmedi|пропущен[oа]?|без медиафайлов"
)
#: ``<attached: 01-PHOTO.jpg>`` and ``image omitted``, after a caption or alone.
_IPHONE_MEDIA = re.compile(
    r"\u200e?<[^<>:\n]{2,25}: ?[^<>\n]+\.\w{2,5}>\s*$"
    rf"|\u200e[^\u200e\n]{{0,60}}?(?:{_OMITTED})\.?\s*$",
    re.IGNORECASE,
)
#: ``<Media omitted>``; and ``IMG-2021-WA0001.jpg (file attached)`` with a caption on the next line.
_ANDROID_MEDIA = re.compile(
    rf"\u200e?(?:<[^<>:\n]{{0,40}}(?:{_OMITTED})[^<>:\n]{{0,20}}>"
    r"|[^\n/]{1,120}\.\w{2,5} \([^()\n]{4,40}\))(?:\n|$)",
    re.IGNORECASE,
)
_EDITED = re.compile("\u200e?<[^<>:\n]*(?:edited|bearbeitet|edit[óo]|modifi|editada)[^<>:\n]*>$")
_DELETED = re.compile(
    r"(?:this message was deleted|you deleted this message|diese nachricht wurde gelöscht"
    r"|du hast diese nachricht gelöscht|se eliminó este mensaje|este mensaje fue eliminado"
    r"|eliminaste este mensaje|ce message a été supprimé|vous avez supprimé ce message"
    r"|questo messaggio è stato eliminato|hai eliminato questo messaggio|(?:esta )?mensagem apagada"
    r"|você apagou esta mensagem|dit bericht (?:is|werd) verwijderd|je hebt dit bericht verwijderd"
    r"|null)\.?",
    re.IGNORECASE,
)
#: What people send, and the iPhone writes for them.
_SENT = re.compile(r"(?:poll|umfrage|encuesta|sondage|sondaggio|enquete|location|standort)\b", re.I)
_CALL = re.compile(
    r"(?:missed |silenced |group )*(?:voice|video) call\b"
    r"|(?:verpasster? )?(?:sprach|video)anruf\b"
    r"|(?:video)?llamada(?: de voz| de video)?(?: perdida)?\b"
    r"|appel (?:vocal|vidéo|audio)\b|(?:video)?chiamata(?: vocale)?\b"
    r"|(?:chamada|ligação)(?: de (?:voz|vídeo))?\b|(?:gemiste )?(?:spraak|audio|video)oproep\b",
    re.IGNORECASE,
)
_MISSED = re.compile(
    r"missed|silenced|no answer|declined|verpasst|keine antwort|perdid|sin respuesta|manqué"
    r"|sans réponse|pers[ao]|senza risposta|sem resposta|gemist|geen antwoord|tap to call back",
    re.IGNORECASE,
)
_ABOUT_A_GROUP = re.compile(
    r"\bgroup\b|\bgruppe\b|\bgrupo\b|\bgroupe\b|\bgruppo\b|\bgroep\b|\badded\b|\bjoined using\b"
    r"|\bhinzugefügt\b|\b(?:añadió|agregó)\b|\ba ajouté\b|\bha aggiunto\b|\badicionou\b"
    r"|\btoegevoegd\b|\bcommunity\b",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Return text without direction marks and outer blanks."""
    return _MARKS.sub("", text).strip()


def told(text: str) -> tuple[str, str | None]:
    """Return the kind of event that an author's text is, and its words."""
    text = _EDITED.sub("", text)
    marked = text.startswith(TYPED_BY_NOBODY)
    bare = plain(text)
    if marked and _CALL.match(bare):
        return "call", "missed" if _MISSED.search(bare) else None
    attached = _IPHONE_MEDIA.search(text)
    if attached:
        return "message", plain(text[: attached.start()]) or None
    attached = _ANDROID_MEDIA.match(text)
    if attached:
        return "message", plain(text[attached.end() :]) or None
    if _DELETED.fullmatch(bare):
        return "message", None
    if marked and not _SENT.match(bare):
        return "system", bare
    return "message", bare or None


def is_about_a_group(line: str) -> bool:
    """Whether a platform line is of the kind that only groups have."""
    return _ABOUT_A_GROUP.search(line) is not None
