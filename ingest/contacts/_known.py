"""Which of the known exports a table is, told from its column names; each has one owner."""

from __future__ import annotations

import re
from functools import cache

from notworking.ingest.contacts._headers import normal
from notworking.ingest.contacts._sheet import find_sheet
from notworking.ingest.importer import base_name

_TEXT_FILE = re.compile(r"\.(?:csv|tsv|txt)$")
_OLD_GOOGLE = frozenset({"name", "given name", "family name"})
_OLD_GOOGLE_MARKS = frozenset({"email 1 value", "phone 1 value", "group membership"})
_PARTS_OF_NAME = frozenset({"first name", "last name"})
_YAHOO = frozenset({"first", "last", "email"})
_YAHOO_MARKS = frozenset({"messenger id", "yahoo phone", "yahoo id", "distribution lists"})
_THUNDERBIRD = frozenset({"first name", "last name", "display name", "primary email"})

#: Columns of Outlook that no other program writes together, by language of the installation.
_OUTLOOK: dict[str, str] = {
    "en": "email address|email 2 address|business phone|home phone|mobile phone|job title|company"
    "|business street|business city|home street|web page|office location|assistant s name"
    "|manager s name|personal web page|primary phone|notes",
    "de": "email adresse|email 2 adresse|mobiltelefon|telefon geschaftlich|telefon privat|firma"
    "|abteilung|position|geburtstag|jahrestag|kategorien|notizen|webseite|weitere vornamen|anrede"
    "|strasse geschaftlich|ort geschaftlich|strasse privat|ort privat",
    "fr": "adresse de messagerie|adresse de messagerie 2|tel mobile|telephone bureau"
    "|telephone domicile|societe|service|profession|anniversaire|categories|notes|page web"
    "|deuxieme prenom|anniversaire de mariage ou fete|titre",
    "it": "indirizzo email|indirizzo email 2|telefono mobile|telefono di lavoro|telefono di casa"
    "|societa|reparto|qualifica|compleanno|anniversario|categorie|note|pagina web|secondo nome",
    "es": "direccion de correo electronico|direccion de correo electronico 2|telefono movil"
    "|telefono del trabajo|particular|organizacion|departamento|puesto|cumpleanos|aniversario"
    "|categorias|notas|pagina web|segundo nombre",
    "pt": "endereco de email|endereco de email 2|celular|fone comercial|fone de casa|empresa"
    "|departamento|cargo|aniversario|categorias|notas|pagina web|nome do meio",
    "pl": "adres email|adres email 2|telefon komorkowy|telefon służbowy|telefon domowy|firma"
    "|oddział|stanowisko|urodziny|rocznica|kategorie|notatki|osobista strona sieci web|drugie imie",
    "sk": "emailova adresa|emailova adresa 2|mobilny telefon|telefon do prace|telefon domov"
    "|spolocnost|oddelenie|funkcia|narodeniny|vyrocie|kategorie|poznamky|webova stranka"
    "|dalsie meno",
    "zh": "電子郵件地址|行動電話|商務電話|住家電話|公司|部門|職稱|生日|紀念日|類別|記事|網頁"
    "|中間名",
}
_NAMES = {
    "en": ("first name", "last name"),
    "de": ("vorname", "nachname"),
    "fr": ("prenom", "nom"),
    "it": ("nome", "cognome"),
    "es": ("nombre", "apellidos"),
    "pt": ("primeiro nome", "ultimo nome"),
    "pl": ("imie", "nazwisko"),
    "sk": ("krstne meno", "priezvisko"),
    "zh": ("名字", "姓氏"),
}
#: So many of Outlook's columns make a table Outlook's; hand-made tables have a few by chance.
_OUTLOOK_MARKS = 7


def is_table_name(path: str) -> bool:
    """Return whether a file is named like a table in text form."""
    return _TEXT_FILE.search(base_name(path)) is not None


def known_export(path: str, head: bytes) -> str | None:
    """Return ``google``, ``outlook``, ``yahoo`` or ``thunderbird``; None for any other file."""
    if not is_table_name(path):
        return None
    sheet = find_sheet(head)
    if sheet is None or _is_linkedin(path):
        return None
    names = sheet.names
    if _is_google(names):
        return "google"
    if names >= _YAHOO and names & _YAHOO_MARKS:
        return "yahoo"
    if names >= _THUNDERBIRD:
        return "thunderbird"
    return "outlook" if outlook_language(names) else None


def outlook_language(names: frozenset[str]) -> str | None:
    """Return the language of an Outlook header; None for any other header."""
    for language, marks in _outlook_marks().items():
        if not names.isdisjoint(_NAMES[language]) and len(names & marks) >= _OUTLOOK_MARKS:
            return language
    return None


@cache
def _outlook_marks() -> dict[str, frozenset[str]]:
    return {
        language: frozenset(map(normal, marks.split("|"))) for language, marks in _OUTLOOK.items()
    }


def _is_google(names: frozenset[str]) -> bool:
    if names >= _OLD_GOOGLE and names & _OLD_GOOGLE_MARKS:
        return True
    if not names >= _PARTS_OF_NAME:
        return False
    labelled = any(name.endswith(" label") for name in names)
    return labelled or {"organization name", "labels"} <= names


def _is_linkedin(path: str) -> bool:
    """Return whether this is the old export of connections, in the columns of an address book."""
    bare = re.sub(r"[\W_]+", "", base_name(path))
    return bare.startswith("linkedinconnectionsexport")
