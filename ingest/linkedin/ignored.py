"""LinkedIn's files that are known and not read, each with the reason.

They are recognised by their header; by name only where the header is that of another file, is too
plain to tell, or has never been seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from notworking.ingest._csv import Signature, exactly, has
from notworking.ingest.importer import Ignored, base_name
from notworking.ingest.linkedin._files import file_key, is_table
from notworking.ingest.linkedin.messages import is_messages

_ARTICLE = re.compile(r"(?:^|/)articles/[^/]+\.html?$", re.IGNORECASE)

_ADS = "advertising shown to you; it names nobody you know"
_ACCOUNT = "the security of your account; it names nobody"
_JOBS = "your search for a job; it names companies and no people"
_SKILLS = "your own profile; it names nobody else"
_PAYMENT = "payments to LinkedIn"
_ASSISTANT = (
    "talks with LinkedIn's assistants, not with people; if these are your own messages, name the"
    " file messages.csv"
)
_ACTIVITY = "things you saved or follow; they name nobody"


def _by_header(wanted: Signature) -> Callable[[str, bytes], bool]:
    def identify(path: str, head: bytes) -> bool:
        return bool(head.strip()) and is_table(path, head, wanted)

    return identify


def _by_header_and_name(wanted: Signature, *keys: str) -> Callable[[str, bytes], bool]:
    by_header = _by_header(wanted)
    return lambda path, head: file_key(path) in keys and by_header(path, head)


def _by_name(*keys: str) -> Callable[[str, bytes], bool]:
    return lambda path, head: base_name(path).endswith(".csv") and file_key(path) in keys


def _any_of(*signatures: Signature) -> Signature:
    return lambda columns: any(signature(columns) for signature in signatures)


def _is_transcript(path: str, head: bytes) -> bool:
    key = file_key(path)
    if key == "learningcoachmessages":
        return base_name(path).endswith(".csv")
    return key.endswith("messages") and key != "messages" and _by_header(is_messages)(path, head)


def _is_article(path: str, head: bytes) -> bool:
    return _ARTICLE.search(path) is not None or _by_name("articles")(path, head)


_KINDS: tuple[tuple[str, str, Callable[[str, bytes], bool], str], ...] = (
    ("transcripts", "guide_messages.csv, coach_messages.csv", _is_transcript, _ASSISTANT),
    (
        "articles",
        "Articles/*.html, Articles.csv",
        _is_article,
        "your own articles; they name no date or reader",
    ),
    ("saved_items", "Saved_Items.csv", _by_header(has("saveditem", "createdtime")), _ACTIVITY),
    (
        "hashtag_follows",
        "Hashtag_Follows.csv",
        _by_header(has("hashtag", "createdtime", "state")),
        _ACTIVITY,
    ),
    ("hashtags", "Member Hashtags.csv", _by_header(has("memberpostsabouthashtags")), _ACTIVITY),
    (
        "profile_summary",
        "Profile Summary.csv",
        _by_header(exactly("profilesummary")),
        _SKILLS,
    ),
    ("skills", "Skills.csv", _by_header_and_name(exactly("name"), "skills"), _SKILLS),
    ("languages", "Languages.csv", _by_header(exactly("name", "proficiency")), _SKILLS),
    (
        "certifications",
        "Certifications.csv",
        _by_header(has("name", "url", "authority")),
        _SKILLS,
    ),
    ("courses", "Courses.csv", _by_header_and_name(exactly("name", "number"), "courses"), _SKILLS),
    (
        "honors",
        "Honors.csv",
        _by_header(
            _any_of(has("title", "description", "issuer"), has("title", "description", "issuedon"))
        ),
        _SKILLS,
    ),
    (
        "projects",
        "Projects.csv",
        _by_header(
            _any_of(
                has("title", "description", "url", "startedon"),
                has("title", "description", "url", "startdate"),
            )
        ),
        _SKILLS,
    ),
    ("publications", "Publications.csv", _by_header(has("publishedon", "publisher")), _SKILLS),
    ("test_scores", "TestScores.csv", _by_header(has("testedon", "score")), _SKILLS),
    ("causes", "Causes You Care About.csv", _by_header(has("supportedcause")), _SKILLS),
    (
        "former_sections",
        "Patents.csv, Interests.csv, Groups.csv",
        _by_name("patents", "interests", "groups"),
        _SKILLS,
    ),
    (
        "videos",
        "Videos.csv",
        _by_header_and_name(exactly("description", "link"), "videos"),
        "your own videos; they name nobody",
    ),
    (
        "rich_media",
        "Rich_Media.csv",
        _by_header(_any_of(has("mediadescription", "medialink"), exactly("type", "link"))),
        "pictures and documents you uploaded; they name nobody",
    ),
    (
        "ads",
        "Ads Clicked.csv, LAN Ads Engagement.csv, Ad_Targeting.csv, Inferences_about_you.csv",
        _by_header(
            _any_of(
                has("adclickeddate"),
                has("action", "date", "adtitleid"),
                has("memberage", "buyergroups"),
                has("agegroup", "companysizes"),
                has("category", "typeofinference"),
            )
        ),
        _ADS,
    ),
    (
        "account",
        "Logins.csv, Security Challenges.csv, Account Status History.csv, Verifications.csv",
        _by_header(
            _any_of(
                has("logindate", "ipaddress"),
                has("challengedate", "ipaddress"),
                exactly("time", "event"),
                has("verificationtype", "issuingauthority"),
                has("privateidentityassetname"),
            )
        ),
        _ACCOUNT,
    ),
    (
        "search_queries",
        "SearchQueries.csv",
        _by_header(has("time", "searchquery")),
        "what you searched for; names typed there are private and say nothing of a tie",
    ),
    (
        "learning",
        "Learning.csv",
        _by_header(has("contenttitle", "contenttype")),
        "courses you watched; they name nobody",
    ),
    (
        "reviews",
        "Reviews.csv",
        _by_header(has("reviewee", "reviewtype")),
        "reviews of services",
    ),
    (
        "receipts",
        "Receipts.csv, Receipts_v2.csv",
        _by_header(has("transactionmadeat", "invoicenumber")),
        _PAYMENT,
    ),
    (
        "calendar",
        "Calendar.csv",
        _by_header(has("owner", "source", "lastsyncedat")),
        "which calendar you connected; its entries are not in the export",
    ),
    (
        "jobs",
        "Job Applications.csv, Saved Jobs.csv, Job Seeker Preferences.csv and the like",
        _by_header(
            _any_of(
                has("applicationdate", "jobtitle"),
                has("saveddate", "joburl"),
                has("preferredjobtypes", "opentorecruiters"),
                exactly("question", "answer"),
                has("employmentstatus", "jobdescription"),
                has("jobssearchurl"),
                has("alertparameters", "savedsearchid"),
            )
        ),
        _JOBS,
    ),
    (
        "services",
        "Services Marketplace/*.csv",
        _by_header(has("creationtime", "marketplacetype")),
        "services offered and asked for; no person is named",
    ),
)

IGNORED = tuple(
    Ignored(f"linkedin.{kind}", "linkedin", files, identify, reason)
    for kind, files, identify, reason in _KINDS
)
