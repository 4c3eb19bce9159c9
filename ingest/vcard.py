"""vCard files (``.vcf``): address books of phones, mail programs and web services.

Read are vCard 2.1, 3.0 and 4.0 as Apple, Google, Android, Samsung, Outlook, Exchange, Thunderbird,
Evolution, KDE, Nextcloud, Nokia and WhatsApp write them, one card or thousands in a file, damaged
or not. Groups and companies come out as such, not as people. Phone numbers stay as written, and
pictures are never decoded.

The way of a card: ``_vcard_cards`` finds it, ``_vcard_lines`` takes it apart, ``_vcard_record``
makes the contact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from notworking.ingest._vcard_cards import as_lines, cards, handfuls
from notworking.ingest._vcard_record import read_cards
from notworking.ingest.importer import HEAD_SIZE, Content, Importer, base_name
from notworking.records import Notice, Record, Reject

_SUFFIXES = (".vcf", ".vcard", ".vct")
_GENETICS = b"##fileformat=VCF"
#: What happened, in words, in the order in which it is told.
_PROBLEMS = {
    "missing_end": "cards without an END line, kept",
    "missing_begin": "cards without a BEGIN line, kept",
    "truncated": "cards cut off in the middle, kept as far as they go",
    "stray_end": "END lines that belong to no card",
    "agent": "cards inside another card (an assistant), left out",
    "junk_lines": "lines that are no property, left out",
    "too_many": "properties beyond 200 of one kind on one card, left out",
    "cut_value": "values longer than a million characters, shortened",
    "bad_base64": "values with broken encoding, left out",
    "cut_character": "values with a broken character",
    "fallback_charset": "values in an unnamed character set, read as Western European",
}


def identify(path: str, head: bytes) -> bool:
    """Tell whether a file holds cards: by its first line, or by its name."""
    first = as_lines(head[:1024]).lstrip(b" \t\n").split(b"\n")[0]
    first = first.replace(b" ", b"").replace(b"\t", b"").upper()
    if first == b"BEGIN:VCALENDAR":
        return False
    return first == b"BEGIN:VCARD" or base_name(path).endswith(_SUFFIXES)


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield a contact, or a reject, for every card; then a notice of what was mended."""
    counts: Counter[str] = Counter()
    seen = 0
    for some in handfuls(cards(content, counts)):
        seen += len(some)
        for record, flags in read_cards(some):
            yield record
            if flags:
                counts.update(flags)
    if seen == 0:
        yield Reject("file", _why_nothing(content))
    told = [f"{words}: {counts[name]}" for name, words in _PROBLEMS.items() if counts[name]]
    if told:
        yield Notice("; ".join(told))


def _why_nothing(content: Content) -> str:
    with content.open() as stream:
        head = as_lines(stream.read(HEAD_SIZE))
    if head.startswith(_GENETICS):
        return "genetic variants, not contact cards: the two kinds of file share a name (.vcf)"
    if b"BEGIN:VCALENDAR" in head.upper():
        return "calendar entries, not contact cards"
    if not head.strip():
        return "the file is empty"
    return "no contact card in it: no line says BEGIN:VCARD"


IMPORTER = Importer(
    name="vcard.cards",
    source="vcard",
    files="contacts.vcf and any other vCard file",
    yields="address-book cards, groups and companies",
    identify=identify,
    extract=extract,
)
