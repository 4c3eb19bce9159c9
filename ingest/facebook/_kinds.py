"""Which kind of Facebook or Messenger file a file is: one answer for every importer of the source.

The first key of the content decides before the name does, because folders were renamed four times
and users move files. The name decides where the content cannot: generic records whose labels are
translated, and damaged files. Instagram's export shares shapes and names with Facebook's; what
bears its marks is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from notworking.ingest.facebook import _ignored

_FIRST_KEY = re.compile(rb'\{\s*"((?:[^"\\]|\\.){1,80})"\s*:\s*(.)', re.DOTALL)
_VERSION = re.compile(r"_v\d+$")
_MESSAGES = re.compile(rb'"messages"\s*:\s*\[')
_MEMBERS = re.compile(rb'"participants"\s*:\s*\[\s*[\]{]')
_MEMBER_NAMES = re.compile(rb'"participants"\s*:\s*\[\s*"')
_INSTAGRAM_PATH = re.compile(
    r"(?:^|/)connections\.json$|(?:^|/)(?:your_instagram_activity|instagram-[^/]+|instagramuser[a-z0-9]*_[^/]+|threads"
    r"|followers_and_following|media/(?:posts|stories|reels|archived_posts|profile|other))/"
)
#: Looked for one by one, which is many times faster than one pattern of them all.
_INSTAGRAM_BYTES = (
    b'"original_content_owner"',
    b'"profile_share_username"',
    b"your_instagram_activity/",
    b"your_instagram_activity\\",
    b'"text_post_app_',
    b'"string_map_data"',
    b'"media_map_data"',
    b'"ig_autofill_data"',
)

#: First key of the content, without its version, to the kind.
_KEYS = {
    "friends": "friends",
    "deleted_friends": "removed_friends",
    "received_requests": "received_requests",
    "sent_requests": "sent_requests",
    "rejected_requests": "rejected_requests",
    "following": "following",
    "followers": "followers",
    "address_book": "address_book",
    "profile": "profile",
    "autofill_information": "autofill",
    "people_interactions": "people_interactions",
    "people_and_friends": "feed_choices",
    "comments": "comments",
    "group_comments": "comments",
    "reactions": "reactions",
    "stories_feedback": "story_reactions",
    "status_updates": "posts",
    "group_posts": "posts",
    "wall_posts_sent_to_you": "wall_posts",
    "groups_joined": "groups",
    "groups_admined": "groups",
    "pokes": "pokes",
    "call_logs": "call_logs",
    "message_logs": "message_logs",
}
#: The value under one of these must be an object; lists under the same name are something else.
_OBJECT_KEYS = {"profile", "address_book", "call_logs", "message_logs", "autofill_information"}

_FOLDERS = "(?:inbox|archived_threads|filtered_threads|message_requests|e2ee_cutover)/"
#: End of the normalised path, without a number and extension, to the kind.
_PATHS = (
    (r"(?:friends|friends_and_followers)/friends|friends/your_friends", "friends"),
    (r"(?:friends|friends_and_followers)/removed_friends", "removed_friends"),
    (r"friends/received_friend_requests|friend_requests_received", "received_requests"),
    (r"friends/sent_friend_requests|friend_requests_sent", "sent_requests"),
    (r"(?:friends|friends_and_followers)/rejected_friend_requests", "rejected_requests"),
    (
        r"following_and_followers/following|friends_and_followers/(?:who_you_follow|following)"
        r"|followers/who_you_ve_followed",
        "following",
    ),
    (
        r"(?:following_and_followers|friends_and_followers)/followers"
        r"|followers/people_who_followed_you",
        "followers",
    ),
    (r"(?:about_you|other_personal_information)/your_address_books", "address_book"),
    (
        r"your_imported_contacts|contacts_uploaded_from_your_phone|contacts_uploaded_before_\d{4}"
        r"|profile_information/synced_contacts_from_instagram",
        "imported_contacts",
    ),
    (r"profile_information/profile_information", "profile"),
    (r"(?:messages|profile_information)/autofill_information", "autofill"),
    (r"activity_messages/people_and_friends", "people_interactions"),
    (r"feed/feed", "feed_choices"),
    (r"feed/favorites", "favourites"),
    (r"(?:comments|comments_and_reactions)/comments|groups/your_comments_in_groups", "comments"),
    (
        r"(?:likes_and_reactions|comments_and_reactions)/posts_and_comments"
        r"|comments_and_reactions/likes_and_reactions",
        "reactions",
    ),
    (r"stories/story_reactions", "story_reactions"),
    (r"posts/other_people_s_posts_to_your_timeline", "wall_posts"),
    (
        r"posts/your_posts(?:__check_ins__photos_and_videos)?"
        r"|groups/(?:group_posts_and_comments|your_posts_in_groups)",
        "posts",
    ),
    (r"posts/posts_on_other_pages_and_profiles", "posts_elsewhere"),
    (r"photos_and_videos_you_re_tagged_in", "tagged_in"),
    (r"groups/your_groups|groups/your_group_membership_activity", "groups"),
    (r"other_activity/pokes", "pokes"),
    (r"calls_and_messages/call_logs", "call_logs"),
    (r"calls_and_messages/message_logs", "message_logs"),
    (
        rf"messages/(?:[^/]+/)?[^/]+/message|your_group_messages/\d+|{_FOLDERS}[^/]+/message",
        "messages",
    ),
)
_BY_PATH = tuple(
    (re.compile(rf"(?:^|/)(?:{pattern})(?:_\d+)?\.json$"), kind) for pattern, kind in _PATHS
)
_PAGES = (
    (r"(?:friends|friends_and_followers)/friends|friends/your_friends", "html_friends"),
    (r"friends/removed_friends|friends_and_followers/removed_friends", "html_removed_friends"),
    (
        r"friends/received_friend_requests|friends_and_followers/friend_requests_received",
        "html_received_requests",
    ),
    (
        r"friends/sent_friend_requests|friends_and_followers/friend_requests_sent",
        "html_sent_requests",
    ),
    (
        r"(?:friends|friends_and_followers)/rejected_friend_requests",
        "html_rejected_requests",
    ),
    (rf"(?:messages/(?:[^/]+/)?|{_FOLDERS})[^/]+/message", "html_messages"),
    (r"html/friends", "htm_friends"),
    (r"html/messages|messages/\d+", "htm_messages"),
    (r"html/contact_info", "htm_contacts"),
)
_PAGES_BY_PATH = tuple(
    (re.compile(rf"(?:^|/)(?:{pattern})(?:_\d+)?\.html?$"), kind) for pattern, kind in _PAGES
)


def normal_path(path: str) -> str:
    """Return a path in the one spelling that patterns are written for."""
    plain = unicodedata.normalize("NFC", path).replace("\\", "/").lower()
    return re.sub(r"['’]|%27", "_", plain)


@lru_cache(maxsize=8)
def classify(path: str, head: bytes) -> str | None:
    """Return the kind of a file, ``ignored.…`` for known ones that are not read; None: not ours."""
    plain = normal_path(path)
    body = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _INSTAGRAM_PATH.search(plain) or any(mark in body for mark in _INSTAGRAM_BYTES):
        return None
    if not plain.endswith(".json"):
        pages = (kind for pattern, kind in _PAGES_BY_PATH if pattern.search(plain))
        return next(pages, None) or _ignored.other_file(plain, body)
    by_content = _thread_kind(body) or _key_kind(body)
    if by_content is not None:
        return by_content
    for pattern, kind in _BY_PATH:
        if pattern.search(plain):
            return kind
    return _ignored.json_file(plain, _first_key(body)[0])


def is_kind(kind: str) -> Callable[[str, bytes], bool]:
    """Return the ``identify`` of an importer for one kind."""

    def identify(path: str, head: bytes) -> bool:
        return classify(path, head) == kind

    return identify


def _thread_kind(body: bytes) -> str | None:
    if not body.startswith(b"{") or not (_MESSAGES.search(body) or b'"participants"' in body):
        return None
    if b'"threadName"' in body or b'"senderName"' in body or _MEMBER_NAMES.search(body):
        return "secure_storage" if b'"senderName"' in body or _member_list(body) else None
    if not _MESSAGES.search(body):
        return None
    known = _MEMBERS.search(body) or b'"sender_name"' in body
    return "messages" if known or _first_key(body)[0] == "thread_name" else None


def _member_list(body: bytes) -> bool:
    """Whether a secure-storage file shows its list of members, which may be empty."""
    return b'"threadName"' in body and b'"participants"' in body


def _first_key(body: bytes) -> tuple[str, bytes]:
    match = _FIRST_KEY.match(body)
    if match is None:
        return "", b""
    return _VERSION.sub("", match[1].decode("utf-8", "replace")), match[2]


def _key_kind(body: bytes) -> str | None:
    key, opening = _first_key(body)
    kind = _KEYS.get(key)
    if kind is None or opening != (b"{" if key in _OBJECT_KEYS else opening):
        return None
    return kind if opening in (b"[", b"{") else None
