"""Column names of address books in many languages, as data: which field a name stands for.

Every name here is written as ``_headers.normal`` leaves it. The names come from the exports of the
big address books, their localised forms, and what people call the columns of their own lists. How
a header is matched against these tables is told in ``columns``.
"""

from __future__ import annotations

#: Fields that a column may be said to be, also by hand.
FIELDS = (
    "full_name",
    "given_name",
    "middle_name",
    "family_name",
    "prefix",
    "suffix",
    "nickname",
    "maiden_name",
    "company",
    "department",
    "job_title",
    "email",
    "phone",
    "url",
    "handle",
    "birthday",
    "anniversary",
    "note",
    "groups",
    "location",
    "address",
    "street",
    "city",
    "region",
    "postal_code",
    "country",
    "related",
    "relationship",
    "connected_on",
    "last_contacted",
    "ignore",
)

#: ``field`` or ``field:label`` to the names of the column, separated by ``|``.
ALIASES: dict[str, str] = {
    "full_name": "name|full name|fullname|display name|contact name|contact|person|contact person"
    "|formatted name|anzeigename|kontakt|nom a afficher|nom complet|nombre completo|nome completo"
    "|naam|vollstandiger name|imie i nazwisko|jmeno a prijmeni|姓名|氏名|이름|who|wer",
    "file_as": "file as|speichern unter",
    "given_name": "first name|firstname|first|given name|givenname|forename|fname|vorname|prenom"
    "|nombre|nome|primeiro nome|imie|имя|名|名字|etunimi|krstne meno|voornaam|fornavn|fornamn"
    "|krestni jmeno|jmeno",
    "family_name": "last name|lastname|last|surname|family name|familyname|lname|nachname"
    "|familienname|nom|nom de famille|apellidos|apellido|cognome|sobrenome|ultimo nome|nazwisko"
    "|фамилия|姓|姓氏|sukunimi|priezvisko|prijmeni|achternaam|etternavn|efternamn",
    "middle_name": "middle name|middle|middlename|additional name|weitere vornamen"
    "|deuxieme prenom|segundo nombre|secondo nome|nome do meio|drugie imie"
    "|dalsie meno|中間名|отчество",
    "prefix": "name prefix|prefix|salutation|anrede|titre|honorific|honorific prefix",
    "suffix": "name suffix|suffix|honorific suffix",
    "nickname": "nickname|nick|alias|short name|known as|spitzname|surnom|apodo",
    "maiden_name": "maiden name|geburtsname|nom de jeune fille",
    "company": "company|company name|organization|organisation|organization name|org|employer"
    "|firm|firma|business|societe|entreprise|empresa|compania|organizacion|societa|azienda"
    "|organizzazione|организация|公司|会社|spolocnost|unternehmen|arbeitgeber|current company"
    "|account|account name|jarjesto",
    "department": "department|organization department|dept|division|team|abteilung|service"
    "|departamento|reparto|oddział|oddelenie|部門|osasto",
    "job_title": "job title|jobtitle|position|role|occupation|profession|headline|function"
    "|organization title|funktion|beruf|puesto|cargo|qualifica|stanowisko|職稱|poste|funkcia"
    "|current position|ammattinimi|berufsbezeichnung|должность",
    "birthday": "birthday|birthdate|birth date|date of birth|dob|bday|geburtstag|geburtsdatum"
    "|anniversaire|date de naissance|cumpleanos|compleanno|data di nascita|data de nascimento"
    "|fecha de nacimiento|aniversario|urodziny|生日|narodeniny|narozeniny|день рождения",
    "anniversary": "anniversary|wedding anniversary|jahrestag|rocznica|紀念日|anniversario|vyrocie"
    "|anniversaire de mariage ou fete",
    "note": "notes|note|comment|comments|remark|remarks|memo|info|notizen|bemerkung|bemerkungen"
    "|notas|notatki|заметки|記事|poznamky|muistiinpanot|how we met|where we met|met at|context",
    "groups": "categories|category|label|labels|group membership|group|groups|tag|tags|list|lists"
    "|distribution lists|circle|kategorien|kategorie|categorias|categorie"
    "|類別",
    "url": "web page|website|web site|url|homepage|site|blog|webseite|page web|pagina web"
    "|webova stranka|網頁|osobista strona sieci web|personal web page|web page 1|web page 2"
    "|personal website|business website",
    "url:linkedin": "linkedin|linkedin url|linkedin profile|linkedin profile url|profile url"
    "|linkedin link",
    "handle:twitter": "twitter|twitter handle|x handle|twitter username",
    "handle:facebook": "facebook|facebook profile|facebook url",
    "handle:instagram": "instagram|instagram handle",
    "handle:github": "github|github username|github handle",
    "handle:im": "im address|imaddress|im|messenger id|screen name",
    "handle:skype": "skype|skype name|skype id",
    "handle:jabber": "jabber|xmpp",
    "handle:icq": "icq",
    "handle:telegram": "telegram|telegram handle",
    "handle:signal": "signal",
    "handle:discord": "discord",
    "handle:wechat": "wechat",
    "related:spouse": "spouse|husband|wife|conjoint|coniuge|配偶|ehepartner",
    "related:partner": "partner|lebenspartner",
    "related:child": "children|kids|kinder|child",
    "related:manager": "manager|boss|manager s name",
    "related:assistant": "assistant|assistant s name",
    "related:referred by": "referred by|introduced by|met through|empfohlen von",
    "relationship": "relationship|relation|how i know them|beziehung",
    "connected_on": "connected on|date added|added|added on",
    "last_contacted": "last contacted|last contact|last seen|last met|last spoke|last contacted on",
    "location": "location|place|standort|wohnort|ubicacion",
    "birth_year": "birth year|geburtsjahr",
    "birth_month": "birth month|geburtsmonat",
    "birth_day": "birth day",
    "email_display": "email display name|email angezeigter name|email anzeigename",
    "phone:fax": "fax number",
    "phone:pager": "pager number",
    # A number of the state is nobody's business, and is not even kept as read.
    "private": "government id number|government id|ssn|social security number|passport number"
    "|tax id|steuernummer|organizational id number",
}

#: Known, and of no use: they count as understood, are kept as read, and are read no further.
IGNORED = (
    "initials|billing information|directory server|mileage|hobby|sensitivity|priority|subject"
    "|language|keywords|internet free busy|email type|custom 1|custom 2"
    "|custom 3|custom 4|user 1|user 2|user 3|user 4|tty tdd phone|telex|isdn|radio phone|callback"
    "|schools|office location|private|photo|image|picture|avatar"
    "|card image|card front|card back|email typ|assistant s phone|gender|yomi name|given name yomi"
    "|additional name yomi|family name yomi|given yomi|surname yomi|company yomi"
    "|phonetic first name|phonetic middle name|phonetic last name|geschlecht|anrede email"
)

#: Part of a numbered block ``<thing> <n> <part>`` to the field; ``label`` and ``service`` say what
#: kind the block's value is.
BLOCK_PARTS: dict[str, dict[str, str]] = {
    "email": {"value": "email", "address": "email", "display name": "email_display"},
    "phone": {"value": "phone", "number": "phone"},
    "address": {
        "formatted": "address",
        "street": "street",
        "city": "city",
        "region": "region",
        "state": "region",
        "postal code": "postal_code",
        "country": "country",
    },
    "organization": {"name": "company", "title": "job_title", "department": "department"},
    "website": {"value": "url"},
    "im": {"value": "handle", "service": "service"},
    "relation": {"value": "related"},
    "event": {"value": "event"},
    "custom field": {"value": "custom"},
}

#: Words of which one makes a column part of a postal address; country is tried before region.
ADDRESS_WORDS: dict[str, str] = {
    "country": "country land pays pais paese kraj stat countrycode",
    "postal_code": "postalcode zip zipcode postcode plz postleitzahl codepostal cap psc",
    "city": "city town ort stadt ville ciudad citta miasto mesto",
    "region": "region state province bundesland provincia wojewodztwo kanton",
    "street": "street strasse rue calle via ulica address1 address2 ulice",
    "address": "address addresses adresse adres adresa direccion indirizzo",
}

#: Words that say whose number, address or mailbox it is, most telling first.
KIND_WORDS: dict[str, str] = {
    "fax": "fax telefax",
    "pager": "pager beeper",
    "mobile": "mobil mobile movil cell cellphone cellular handy portable gsm celular komorkowy"
    " mobilny whatsapp iphone mobiltelefon 手機 行動電話 сотового mobiltelefoon matkapuhelinnumero",
    "main": "main primary hauptnummer company",
    "work": "work business office geschaft geschaftlich dienst dienstlich bureau trabajo lavoro"
    " comercial służbowy sluzbowy prace 商務電話 рабочий tyopuhelin firma buro arbeit professional",
    "home": "home privat private personal domicile particular casa domowy domov 住家電話"
    " kotipuhelin домашний",
    "other": "other weitere autre otro altro mailing billing shipping alternate secondary",
}
