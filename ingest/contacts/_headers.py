"""One column name to the field it stands for, by name alone. Values are looked at elsewhere."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from notworking.ingest.contacts._aliases import (
    ADDRESS_WORDS,
    ALIASES,
    BLOCK_PARTS,
    IGNORED,
    KIND_WORDS,
)

_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_BEFORE_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")
_NOT_A_WORD = re.compile(r"[\W_]+")
_REJOINED = (
    (re.compile(r"\be mail"), "email"),
    (re.compile(r"\blinked in\b"), "linkedin"),
    (re.compile(r"\bgit hub\b"), "github"),
    (re.compile(r"\bwhats app\b"), "whatsapp"),
    (re.compile(r"\b(postal|zip|country) code\b"), r"\1code"),
    (re.compile(r"\bcode postal\b"), "codepostal"),
)
_BLOCK = re.compile(
    r"(email|phone|address|organization|website|im|relation|event|custom field) (\d{1,3}) (.+)"
)
_LABELS = frozenset({"label", "type"})

_MAIL = re.compile(r"mail|correo|messagerie|courriel|электронн|電子郵件")
_NOT_MAIL = re.compile(
    r"\b(?:mailing|type|typ|tipo|rodzaj|name|nom|nombre|angezeigter|status|display|opt\w*|consent|verified|bounced?|count|sent|date|domain"
    r"|subject|server|mailchimp|message|body)\b"
)
_PHONE = re.compile(
    r"phone|telefon|telephon|puhelin|телефон|電話|手機|whatsapp|handy\b"
    r"|\b(?:tel|cell\w*|fax|telefax|gsm|pager|fone|portable|celular|mobil\w*|movil)\b"
)
_NOT_PHONE = re.compile(r"\b(?:type|status|opt\w*|consent|verified|extension|country|iphone os)\b")
_NAME_WORDS = (
    (re.compile(r"\bfirst name\b|\bvorname\b|\bprenom\b"), "given_name"),
    (re.compile(r"\blast name\b|\bnachname\b|\bsurname\b"), "family_name"),
    (re.compile(r"\b(?:full|display|contact) name\b"), "full_name"),
)


class Meaning(NamedTuple):
    """What a column stands for.

    Attributes:
        label: What kind of value it is (``work``), empty where unknown.
        block: Columns of one block belong together; empty for none.
    """

    field: str
    label: str = ""
    block: str = ""


def normal(name: str) -> str:
    """Return a column name as lower-case words: without accents, quotes and punctuation.

    >>> normal("E-mail 1 - Value"), normal("FirstName"), normal("Prénom")
    ('email 1 value', 'first name', 'prenom')
    """
    text = _BEFORE_DIGIT.sub(" ", _CAMEL.sub(" ", name))
    text = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in text if not unicodedata.combining(char)).casefold()
    text = _NOT_A_WORD.sub(" ", text).strip()
    for pattern, joined in _REJOINED:
        text = pattern.sub(joined, text)
    return text


@cache
def _aliases() -> dict[str, Meaning]:
    table = {
        normal(name): Meaning(*spec.split(":"))
        for spec, names in ALIASES.items()
        for name in names.split("|")
    }
    return table | {normal(name): Meaning("ignore") for name in IGNORED.split("|")}


@cache
def _words(table: str) -> dict[str, str]:
    tables = {"address": ADDRESS_WORDS, "kind": KIND_WORDS}
    found: dict[str, str] = {}
    for field, words in tables[table].items():
        for word in words.split():
            found.setdefault(normal(word), field)
    return found


def meaning(name: str) -> Meaning | None:
    """Return what a normalised column name stands for; None where the name does not say."""
    block = _BLOCK.fullmatch(name)
    if block is not None:
        return _of_block(block[1], block[2], block[3])
    bare = re.sub(r" \d{1,3}\b", "", name)
    known = _aliases().get(name) or _aliases().get(bare)
    if known is not None and known.field == "email_display":
        return known._replace(block=_mail_block(name))
    return known or _of_address(name) or _of_channel(name) or _of_name(bare)


def _of_block(thing: str, number: str, part: str) -> Meaning:
    block = f"{thing} {number}"
    if part in _LABELS and thing != "organization":
        return Meaning("label", "", block)
    return Meaning(BLOCK_PARTS[thing].get(part, "ignore"), "", block)


def _of_address(name: str) -> Meaning | None:
    """Read ``business city``, ``Ort privat``: one part, and else only words of kind."""
    table, kinds = _words("address"), _words("kind")
    words = [word for word in name.split() if not word.isdigit()]
    parts = {table[word] for word in words if word in table}
    rest = [word for word in words if word not in table and word not in ("line", "po", "box")]
    if not parts or not all(word in kinds for word in rest):
        return None
    if "box" in words:
        return Meaning("ignore")
    part = next(field for field in ADDRESS_WORDS if field in parts)
    label = kinds[rest[0]] if rest else ""
    return Meaning(part, label, f"address {label}".strip())


def _of_channel(name: str) -> Meaning | None:
    if _MAIL.search(name) and not _NOT_MAIL.search(name):
        return Meaning("email", _kind(name, "email"), _mail_block(name))
    if _PHONE.search(name) and not _NOT_PHONE.search(name):
        return Meaning("phone", _kind(name, "phone"))
    return None


def _mail_block(name: str) -> str:
    number = re.search(r"\b\d\b", name)
    return f"email {number[0] if number else 1}"


def _kind(name: str, channel: str) -> str:
    words = {_words("kind").get(word, "") for word in name.split()}
    stems = (("mobil", "mobile"), ("handy", "mobile"), ("privat", "home"), ("geschaft", "work"))
    words |= {kind for stem, kind in stems if stem in name}
    wanted = KIND_WORDS if channel == "phone" else ("work", "home", "other")
    found = [kind for kind in wanted if kind in words]
    if found[:1] == ["fax"] and found[1:2] in (["work"], ["home"]):
        return f"{found[1]} fax"
    return found[0] if found else ""


def _of_name(name: str) -> Meaning | None:
    return next((Meaning(field) for pattern, field in _NAME_WORDS if pattern.search(name)), None)
