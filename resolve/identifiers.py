"""Addresses, numbers, profile links and companies to the form in which equal means the same.

Works on what the importers' normalisation left; never parses a phone number.
"""

from __future__ import annotations

import re
from functools import lru_cache

from notworking.resolve.spelling import to_ascii
from notworking.resolve.words import words

_PROFILE = re.compile(
    r"^(?:https?://)?(?:[a-z-]+\.)?(?P<site>linkedin|facebook|fb|instagram|twitter|x|github|xing|t|vk)"
    r"\.(?:com|me)/(?:(?:in|profile)/|people/[^/]+/)?(?P<who>[^/?#]+(?:\?id=\d+)?)",
    re.I,
)
_CANONICAL = "https://www.linkedin.com/in/"
#: Under these everybody has a name of their own: example.com is kept for examples (RFC 2606).
_SHARED_ENDINGS = frozenset({"co", "com", "ac", "org", "gov", "example"})
_LETTERS = re.compile(r"[^a-z]+")
_ALNUM = re.compile(r"[^a-z0-9]+")


def mail_key(address: str) -> str:
    """Return a mail address without the parts that do not say whose it is."""
    local, _, domain = address.strip().lower().rpartition("@")
    if not local:
        return address.strip().lower()
    local = local.split("+", 1)[0]
    if domain in ("gmail.com", "googlemail.com"):
        return local.replace(".", "") + "@gmail.com"
    return f"{local}@{domain}"


def is_role(address: str) -> bool:
    """Tell whether a mail address is read by several people by its name (info@, sales@)."""
    local = address.split("@", 1)[0]
    return _LETTERS.split(local)[0] in words("role_mailboxes") or local in words("role_mailboxes")


def mail_company(address: str) -> str:
    """Return what the domain of a mail address says of an employer; empty for mail providers."""
    return _employer(address.rpartition("@")[2])


@lru_cache(1 << 14)
def _employer(domain: str) -> str:
    labels = domain.split(".")
    if len(labels) < 2:
        return ""
    place = -3 if len(labels) > 2 and labels[-2] in _SHARED_ENDINGS else -2
    name = labels[place]
    return "" if name in words("mail_hosts") else _ALNUM.sub("", name)


def profile_key(url: str) -> str:
    """Return site and account of a personal profile address; empty for any other address."""
    slug = url.removeprefix(_CANONICAL)
    if slug != url and slug.isascii() and slug.replace("-", "").isalnum():
        return f"linkedin/{slug.lower()}" if slug.lower() not in words("no_profiles") else ""
    found = _PROFILE.match(url.strip())
    if not found or found["who"].lower() in words("no_profiles"):
        return ""
    site = {"fb": "facebook", "twitter": "x"}.get(found["site"].lower(), found["site"].lower())
    return f"{site}/{found['who'].lower()}"


def page_key(url: str) -> str:
    """Return a web address that is no profile, without scheme; empty for a bare domain."""
    bare = re.sub(r"^https?://(?:www\.)?", "", url.strip().lower()).split("#", 1)[0].rstrip("/")
    return bare if "/" in bare else ""


def slug_of(profile: str) -> str:
    """Return the account part of a LinkedIn profile key, which often spells the name."""
    return profile[9:] if profile.startswith("linkedin/") else ""


def company_key(name: str) -> str:
    """Return the letters and digits of a company, without its legal form."""
    tokens = _ALNUM.sub(" ", to_ascii(name).lower().replace(".", "")).split()
    kept = [t for t in tokens if t not in words("legal_forms")] or tokens
    return "".join(kept)


def first_word(name: str) -> str:
    """Return the letters and digits of the first word of a company."""
    parts = _ALNUM.sub(" ", to_ascii(name).lower()).split()
    return parts[0] if parts else ""
