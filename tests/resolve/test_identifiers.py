from __future__ import annotations

import pytest

from notworking.resolve.identifiers import (
    company_key,
    is_role,
    mail_company,
    mail_key,
    page_key,
    profile_key,
    slug_of,
)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("T.Marlow+news@GMail.com", "tmarlow@gmail.com"),
        ("t.marlow@googlemail.com", "tmarlow@gmail.com"),
        ("T.Marlow@Example.org", "t.marlow@example.org"),
        ("t.marlow+x@example.org", "t.marlow@example.org"),
        ("nonsense", "nonsense"),
    ],
)
def test_addresses_lose_what_does_not_say_whose_they_are(address: str, key: str) -> None:
    assert mail_key(address) == key


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("info@example.com", True),
        ("sales-emea@example.com", True),
        ("no-reply@example.com", True),
        ("anna@example.com", False),
        ("teamann@example.com", False),
    ],
)
def test_mailboxes_of_several_people_are_known_by_name(address: str, expected: bool) -> None:
    assert is_role(address) is expected


@pytest.mark.parametrize(
    ("address", "company"),
    [
        ("a@quarmby.example", "quarmby"),
        ("a@mail.quarmby.co.uk", "quarmby"),
        ("a@quarm-by.com", "quarmby"),
        ("a@gmail.com", ""),
        ("a@localhost", ""),
    ],
)
def test_the_domain_names_the_employer_unless_it_is_a_provider(address: str, company: str) -> None:
    assert mail_company(address) == company


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.linkedin.com/in/Tilda-M-81/?trk=x", "linkedin/tilda-m-81"),
        ("http://de.linkedin.com/in/tilda-m-81", "linkedin/tilda-m-81"),
        ("facebook.com/tilda.marlow", "facebook/tilda.marlow"),
        ("https://www.facebook.com/profile.php?id=555", "facebook/profile.php?id=555"),
        ("https://twitter.com/tilda", "x/tilda"),
        ("https://www.facebook.com/people/Tilda-Marlow/100555/", "facebook/100555"),
        ("https://www.facebook.com/people/Tilda-Marlow", ""),
        ("https://www.facebook.com/profile.php", ""),
        ("https://instagram.com/p/abc", ""),
        ("https://www.linkedin.com/company/acme", ""),
        ("https://example.com/tilda", ""),
    ],
)
def test_profiles_are_site_and_account(url: str, key: str) -> None:
    assert profile_key(url) == key


def test_only_linkedin_slugs_spell_names() -> None:
    assert slug_of("linkedin/tilda-marlow") == "tilda-marlow"
    assert slug_of("facebook/tilda") == ""


def test_a_bare_domain_is_nobodys_page() -> None:
    assert page_key("https://example.com/") == ""
    assert page_key("https://www.example.com/tilda/#top") == "example.com/tilda"


@pytest.mark.parametrize(
    "name", ["Quarmby GmbH", "quarmby gmbh & Co. KG", "QUARMBY, Inc.", "Quarmby"]
)
def test_companies_lose_their_legal_form(name: str) -> None:
    assert company_key(name) == "quarmby"


def test_a_company_that_is_all_legal_form_keeps_its_name() -> None:
    assert company_key("The Group") == "thegroup"
