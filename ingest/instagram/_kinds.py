"""Which kind of Instagram file a file is: one answer for every importer of the source.

The first key of the content decides. A few lists have none; they are told by their form and name.
Conversations look like Facebook's in all but details, so a file is only taken for one of Instagram
where its path or content bears Instagram's marks; without any, it is Facebook's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_FIRST_KEY = re.compile(rb'[\[\s]*\{\s*"((?:[^"\\]|\\.){1,80})"')
_MARKED_PATH = re.compile(
    r"(?:^|/)(?:your_instagram_activity|instagram-[^/]+|instagramuser[a-z0-9]*_[^/]+|threads)/"
)
#: Looked for one by one, which is many times faster than one pattern of them all.
_MARKED_BYTES = (
    b'"original_content_owner"',
    b'"profile_share_username"',
    b"your_instagram_activity/",
    b"your_instagram_activity\\",
    b'"text_post_app_',
)
_LISTED = re.compile(rb'"(?:string_list_data|string_map_data|label_values)"')
_THREADS_PATH = re.compile(r"(?:^|/)threads/[^/]+\.json$")
_LISTS_FOLDER = "followers_and_following/"
_SEARCHES = re.compile(r"(?<!logged_information/)(?:^|/)recent_searches/")
#: Files of the owner's account with records that both of Meta's exports write.
_OWN = frozenset({"possible_phone_numbers", "possible_emails", "linked_meta_accounts"})
_BROADCAST = re.compile(r"(?:^|/)broadcast/")
_MESSAGE_FILE = re.compile(r"(?:^|/)messages/[^/]+/[^/]+/message_\d+\.json$")
_MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|webp|heic|mp4|mov|webm|m4v|mp3|m4a|aac|ogg|opus|wav|srt|pdf|txt|css|js|svg)$"
)

#: Key around the records, to the kind.
_KEYS = {
    "relationships_followers": "followers",
    "relationships_following": "following",
    "relationships_close_friends": "close_friends",
    "relationships_feed_favorites": "favourites",
    "relationships_follow_requests_sent": "requests_sent",
    "relationships_permanent_follow_requests": "requests_sent",
    "relationships_follow_requests_received": "requests_received",
    "relationships_unfollowed_users": "unfollowed",
    "relationships_blocked_users": "ignored.limits",
    "relationships_restricted_users": "ignored.limits",
    "relationships_hide_stories_from": "ignored.limits",
    "relationships_dismissed_suggested_users": "ignored.suggestions",
    "relationships_following_hashtags": "ignored.hashtags",
    "relationships_custom_lists": "ignored.custom_lists",
    "contacts_contact_info": "synced_contacts",
    "profile_user": "profile",
    "profile_profile_change": "profile_changes",
    "comments_media_comments": "comments",
    "comments_reels_comments": "comments",
    "likes_media_likes": "likes",
    "likes_comment_likes": "likes",
    "story_activities_story_likes": "likes",
    "searches_user": "ignored.searches",
    "searches_keyword": "ignored.searches",
    "searches_hashtag": "ignored.searches",
    "profile_account_insights": "ignored.account",
    "profile_friend_map": "ignored.account",
    "ig_autofill_data": "ignored.account",
}
#: Name of a file, without number and ending, to the kind: for lists that have no key around them.
_NAMES = {
    "followers": "followers",
    "following": "following",
    "close_friends": "close_friends",
    "profiles_you_ve_favorited": "favourites",
    "accounts_you_ve_favorited": "favourites",
    "pending_follow_requests": "requests_sent",
    "recent_follow_requests": "requests_sent",
    "follow_requests_you_ve_received": "requests_received",
    "recently_unfollowed_profiles": "unfollowed",
    "recently_unfollowed_accounts": "unfollowed",
    "blocked_profiles": "ignored.limits",
    "blocked_accounts": "ignored.limits",
    "restricted_profiles": "ignored.limits",
    "restricted_accounts": "ignored.limits",
    "hide_story_from": "ignored.limits",
    "removed_suggestions": "ignored.suggestions",
    "following_hashtags": "ignored.hashtags",
    "custom_lists": "ignored.custom_lists",
    "synced_contacts": "synced_contacts",
    "post_comments": "comments",
    "reels_comments": "comments",
    "liked_posts": "likes",
    "liked_comments": "likes",
    "story_likes": "likes",
}
#: Kinds whose HTML pages are read.
_PAGES = frozenset({"followers", "following", "close_friends"})
#: Kinds whose damaged files are known by their name in the folder of lists.
_BY_NAME_ALONE = frozenset(kind for kind in _NAMES.values() if not kind.startswith("ignored."))


def normal_path(path: str) -> str:
    """Return a path in the one spelling that patterns are written for."""
    plain = unicodedata.normalize("NFC", path).replace("\\", "/").lower()
    return re.sub(r"['’]|%27", "_", plain)


@lru_cache(maxsize=8)
def classify(path: str, head: bytes) -> str | None:
    """Return the kind of a file, ``ignored.…`` for known ones that are not read; None: not ours."""
    plain = normal_path(path)
    body = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    marked = bool(_MARKED_PATH.search(plain)) or any(mark in body for mark in _MARKED_BYTES)
    if plain.endswith((".html", ".htm")):
        return _page_kind(plain, body, marked)
    if not plain.endswith(".json"):
        return "ignored.media" if marked and _MEDIA.search(plain) else None
    if _is_threads(plain, body):
        return "ignored.threads"
    kind = _KEYS.get(_first_key(body)) or _kind_by_name(plain, body)
    if kind == "ignored.searches" and not marked and not _SEARCHES.search(plain):
        # They lie in a folder that Facebook's export has as well, and ignores as a whole.
        return None
    if kind is not None or not marked:
        return kind
    return _marked_kind(plain, body)


def is_kind(kind: str) -> Callable[[str, bytes], bool]:
    """Return the ``identify`` of an importer for one kind."""

    def identify(path: str, head: bytes) -> bool:
        return classify(path, head) == kind

    return identify


def _first_key(body: bytes) -> str:
    match = _FIRST_KEY.match(body)
    return match[1].decode("utf-8", "replace") if match else ""


def _is_threads(path: str, body: bytes) -> bool:
    """Whether a file is of Threads: another network, with the same names of files."""
    if _first_key(body).startswith("text_post_app_"):
        return True
    return _THREADS_PATH.search(path) is not None and _file_name(path) in {*_NAMES, "profile"}


def _file_name(path: str) -> str:
    return re.sub(r"(?:_\d+)?\.[a-z]+$", "", path.rsplit("/", 1)[-1])


def _kind_by_name(path: str, body: bytes) -> str | None:
    if _file_name(path) in _OWN:
        return "ignored.account"
    kind = _NAMES.get(_file_name(path))
    if kind is None:
        return None
    if _LISTED.search(body) and (b"label_values" not in body or _in_tree(path)):
        return kind
    damaged = kind in _BY_NAME_ALONE and _LISTS_FOLDER in path
    return kind if damaged else None


def _in_tree(path: str) -> bool:
    """Whether a path is one that only Instagram's export has; Facebook shares the new records."""
    return _LISTS_FOLDER in path or _MARKED_PATH.search(path) is not None


def _page_kind(path: str, body: bytes, marked: bool) -> str | None:
    if _LISTS_FOLDER in path and _NAMES.get(_file_name(path)) in _PAGES:
        return f"page.{_NAMES[_file_name(path)]}"
    return "ignored.html" if marked else None


def _marked_kind(path: str, body: bytes) -> str:
    if _BROADCAST.search(path):
        return "ignored.broadcast"
    shaped = b'"participants"' in body and b'"messages"' in body
    if shaped or _MESSAGE_FILE.search(path):
        return "messages"
    return "ignored.other"
