"""Files of Instagram's export that are known and not read, with the reason for each."""

from __future__ import annotations

from notworking.ingest.importer import Ignored
from notworking.ingest.instagram._kinds import is_kind

#: Name, what the files are called, why they are not read.
_REASONS = (
    (
        "threads",
        "threads/*.json",
        "lists of Threads, another network: who follows whom there is no tie on Instagram",
    ),
    (
        "limits",
        "blocked_profiles.json, restricted_profiles.json, hide_story_from.json",
        "people you blocked or keep at a distance: no contact with them follows from it",
    ),
    (
        "suggestions",
        "removed_suggestions.json",
        "suggestions you turned down: strangers",
    ),
    ("hashtags", "following_hashtags.json", "topics, not people"),
    (
        "custom_lists",
        "custom_lists.json",
        "names of your own lists; who is on them cannot be told from the file for certain",
    ),
    ("searches", "profile_searches.json ...", "what you looked for: private, and no contact"),
    (
        "account",
        "instagram_profile_information.json, autofill_information.json ...",
        "details of your own account beyond the profile file",
    ),
    ("broadcast", "messages/broadcast/...", "channels with one speaker and an audience"),
    ("media", "pictures, videos, voice messages", "pictures and sound are not read"),
    (
        "html",
        "*.html",
        "a page of an HTML export; ask Instagram for the JSON form to have it read",
    ),
    ("other", "your_instagram_activity/...", "your own activity: it names no counterpart"),
)

IGNORED = tuple(
    Ignored(
        name=f"instagram.{name}",
        source="instagram",
        files=files,
        identify=is_kind(f"ignored.{name}"),
        reason=reason,
    )
    for name, files, reason in _REASONS
)
