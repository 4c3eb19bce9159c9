"""Files of the exports that are known and not read, with the reason for each.

Most say nothing about people. Some do and are left alone on purpose: suggestions are strangers, and
visits and searches are private to the owner.
"""

from __future__ import annotations

import re

#: Name, what the files are called, reason, pattern on the normalised path, first keys of content.
KINDS: tuple[tuple[str, str, str, str, frozenset[str]], ...] = (
    (
        "suggestions",
        "people_you_may_know.json, suggested_friends.json",
        "suggestions of Facebook: people you need not know at all",
        r"(?:^|/)(?:people_you_may_know|suggested_friends|people_we_think_you_should_follow)(?:_\d+)?\.",
        frozenset({"people_you_may_know", "suggested_friends"}),
    ),
    (
        "visits",
        "recently_visited.json, recently_viewed.json, profiles_you_visited_...json",
        "what you looked at: private, and no contact with anybody",
        r"(?:^|/)(?:recently_visited|recently_viewed|profiles_you_visited_in_the_past_\d+_days"
        r"|groups_you_ve_visited|your_search_history|events_you_ve_visited)(?:_\d+)?\.",
        frozenset({"visited_things", "recently_viewed", "searches", "events_interactions"}),
    ),
    (
        "pages",
        "pages_you've_liked.json, pages_you_follow.json ...",
        "pages, not people",
        r"(?:^|/)(?:pages?_(?:you|and)[^/]*|(?:un)?followed_pages|liked_pages|pages)(?:_\d+)?\.",
        frozenset(
            {
                "pages_followed",
                "pages_unfollowed",
                "page_likes",
                "followed_pages",
                "unfollowed_pages",
                "pages_recommended",
            }
        ),
    ),
    (
        "limits",
        "friends_you_see_less.json, unfollowed_profiles.json, blocked_profiles.json ...",
        "people you muted or blocked: no contact with them follows from it",
        r"(?:^|/)(?:friends_you_see_less|unfollowed_profiles|messenger_contacts_you_ve_blocked|snooze"
        r"|reduce|your_post_audiences|blocked_profiles|blocking)(?:_\d+)?\.",
        frozenset({"messenger_contacts_blocked", "blocked_users"}),
    ),
    (
        "events",
        "event_invitations.json, your_event_responses.json, your_events.json",
        "events without a list of who attends or invites",
        r"(?:^|/)events/[^/]+\.|(?:^|/)(?:event_invitations|your_event_responses|your_events)\.",
        frozenset({"event_responses", "events_invited", "your_events", "events_hidden"}),
    ),
    (
        "group_context",
        "chat_invites_received.json, join_requests.json, polls ...",
        "activity in groups that names no counterpart",
        r"(?:^|/)groups/[^/]+\.|(?:^|/)(?:chat_invites_received|polls_you_voted_on)\.",
        frozenset({"poll_votes", "group_invites"}),
    ),
    (
        "message_settings",
        "messages/*settings*.json, secret_conversations.json, support_messages.json ...",
        "settings and devices of Messenger, no conversation",
        r"(?:^|/)messages/(?:[^/]*settings[^/]*|secret_conversations|support_messages"
        r"|information_about_your_devices|your_messenger_app_install_information"
        r"|ai_conversations|[^/]*status[^/]*)\.",
        frozenset({"secret_conversations", "support_messages", "messaging_settings"}),
    ),
    (
        "owner_details",
        "profile_update_history.json, accounts_center.json, friend_peer_group.json ...",
        "details of your own account beyond the profile file",
        r"(?:^|/)(?:profile_update_history|friend_peer_group|contact_info|accounts_center"
        r"|contacts_sync_settings|instagram_accounts|your_recently_followed_history)(?:_\d+)?\.",
        frozenset({"profile_updates", "friend_peer_group", "accounts_center", "contact_info"}),
    ),
    (
        "data_logs",
        "data_logs/...",
        "Meta's data logs, another product: they hold no friends and no messages; ask for "
        "'your information' instead",
        r"(?:^|/)data_logs/",
        frozenset(),
    ),
    (
        "own_media",
        "your_photos.json, your_videos.json, album/0.json, stories ...",
        "your own pictures, videos and stories; who is on them is not in the file",
        r"(?:^|/)(?:photos_and_videos/(?:album/)?[^/]+|posts/album/[^/]+|stories/[^/]+"
        r"|posts/(?:your_photos|your_videos|your_uncategorized_photos|your_pinned_posts"
        r"|places_you_have_been_tagged_in|visual_search|edits_you_made_to_posts|archive|trash"
        r"|content_sharing_links_you_have_created|media)[^/]*)\.",
        frozenset({"stories", "archived_stories", "other_photos", "videos"}),
    ),
    (
        "account_activity",
        "security_and_login_information/, ads_information/, apps_and_websites/, preferences/ ...",
        "logins, advertising, apps, payments and settings, not relationships",
        r"(?:^|/)(?:security_and_login_information|ads_information|ads_and_businesses|location"
        r"|apps_and_websites(?:_off_of_facebook)?|facebook_payments|facebook_marketplace"
        r"|facebook_gaming|facebook_portal|facebook_news|facebook_assistant|facebook_live_videos"
        r"|dating|facebook_dating|saved_items(?:_and_collections)?|search|shops|facebook_shops"
        r"|other_logged_information|notifications|your_topics|your_problem_reports|your_places"
        r"|voice_recording_and_transcription|polls|reviews|short_videos|reels|music|bug_bounty"
        r"|campus|fundraisers|volunteering|journalist_registration|spark_ar|avatars_store"
        r"|device_and_sensor_information|privacy_checkup|support|settings|fantasy_games"
        r"|accounts_center|facebook_accounts_center|preferences|logged_information"
        r"|other_activity)/(?:[^/]+/)*[^/]+\.json$",
        frozenset(),
    ),
    (
        "media",
        "photos, videos, voice messages, stickers",
        "pictures and sound are not read",
        "",
        frozenset(),
    ),
    (
        "no_data",
        "no-data.txt",
        "the category was asked for and is empty",
        "",
        frozenset(),
    ),
    (
        "html",
        "*.html",
        "a page of an HTML export; ask Facebook for the JSON form to have it read",
        "",
        frozenset(),
    ),
)
_BY_PATH = tuple((name, re.compile(pattern)) for name, _, _, pattern, _ in KINDS if pattern)
_BY_KEY = {key: name for name, _, _, _, keys in KINDS for key in keys}

#: Folders that only Meta's exports have, in any era.
_TREE = re.compile(
    r"(?:^|/)(?:facebook-[^/]+|your_facebook_activity|your_activity_across_facebook"
    r"|this_profile_s_activity_across_facebook|friends_and_followers|following_and_followers"
    r"|photos_and_videos|likes_and_reactions|comments_and_reactions|stickers_used"
    r"|(?:inbox|archived_threads|filtered_threads|message_requests|e2ee_cutover)/[^/]+"
    r"|security_and_login_information|other_personal_information|logged_information"
    r"|profile_information|ads_information|apps_and_websites(?:_off_of_facebook)?"
    r"|connections/(?:friends|followers|supervision)|personal_information/[^/]+"
    r"|stories|messages/(?:photos|videos|audio|files|gifs|media))/"
)
#: Folders of theirs with names that anybody might give; they count for JSON files only.
_PLAIN_TREE = re.compile(
    r"(?:^|/)(?:about_you|friends|events|groups|posts|comments|other_activity|calls_and_messages"
    r"|preferences|messages|feed|facebook_payments)/"
)
_SECURE_MEDIA = re.compile(r"(?:^|/)media/[0-9a-f]{8}-[0-9a-f-]{27}\.[a-z0-9]+$")
_MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|webp|heic|bmp|svg|ico|mp4|mov|webm|avi|m4v|3gp|mp3|m4a|aac|ogg|opus|wav"
    r"|pdf|docx?|xlsx?|pptx?|zip|bin|css|js|srt|vtt|apk|txt|vcf)$"
)
_CLASSES = re.compile(rb'class="[^"]*(?:_5vb_|uiBoxWhite|_a6-g|_a706|_4t5n)')
#: Pages of exports before 2018: their tree, and what each of them has.
_OLD_PAGE = re.compile(r"(?:^|/)(?:html/[^/]+|index|wall)\.html?$")
_OLD_CLASSES = re.compile(rb"""class=["'](?:contents|feedentry hentry)["']""")


def json_file(path: str, first_key: str) -> str | None:
    """Return ``ignored.…`` for a JSON file that is known and not read."""
    name = _BY_KEY.get(first_key)
    if name is not None:
        return f"ignored.{name}"
    for name, pattern in _BY_PATH:
        known = name == "data_logs" or _TREE.search(path) or _PLAIN_TREE.search(path)
        if known and pattern.search(path):
            return f"ignored.{name}"
    return None


def other_file(path: str, body: bytes) -> str | None:
    """Return ``ignored.…`` for media, pages and marks inside an export's tree."""
    if path.endswith("/no-data.txt") or path == "no-data.txt":
        return "ignored.no_data"
    in_tree = _TREE.search(path) is not None
    if path.endswith((".html", ".htm")):
        is_old = _OLD_PAGE.search(path) is not None and _OLD_CLASSES.search(body) is not None
        return "ignored.html" if in_tree or is_old or _CLASSES.search(body) else None
    if _SECURE_MEDIA.search(path) or (in_tree and _MEDIA.search(path)):
        return "ignored.media"
    return None
