"""What stands in the way of an article: challenge, error, consent form, paywall. Pure.

Such pages come with status 200 and look like an article to what extracts text.
"""

from __future__ import annotations

import html
import re
from enum import StrEnum

# A page that tells a story in as many characters is no mere notice.
_STUB = 1000
_LOOKED_AT = 200_000
_FEW = 3

_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,500})", re.IGNORECASE)
_CHALLENGE = re.compile(
    r"just a moment|attention required|checking your browser|^\W*access denied"
    r"|pardon our interruption|security check|are you (?:a|not a) robot"
    r"|human verification"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|request (?:unsuccessful|blocked)"
    r"|please enable (?:javascript|js|cookies)|ddos protection",
    re.IGNORECASE,
)
_CHALLENGE_CODE = re.compile(
    r"/cdn-cgi/challenge-platform/|window\._cf_chl_opt|captcha-delivery\.com"
    r"|_Incapsula_Resource|id=[\"']px-captcha"
)
_ERROR = re.compile(
    r"^\W*(?:error\W+)?(?:4\d\d|50[0-4])\W*(?:$|[-\u2013|:]|error|not found|forbidden"
    r"|unauthorized|bad gateway|service|gateway|internal)"
    r"|\b(?:page|article|file) not found\b"
    r"|^\W*(?:not found|forbidden|bad gateway|service unavailable|unavailable"
    r"|gateway time-?out|internal server error|server error)\W*$"
    r"|page (?:doesn.t|does not) exist",
    re.IGNORECASE,
)
_CONSENT_TITLE = re.compile(
    r"before you continue|we value your privacy|your privacy choices|cookie consent"
    r"|privacy (?:settings|gate|consent)|your consent",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:cookies?|consent|accept all|reject all|manage (?:choices|options|settings)"
    r"|our partners|legitimate interests?|privacy policy|personali[sz]ed ads)\b",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"(?:subscribe|sign in|log in|register|create (?:a|your) (?:free )?account)"
    r"\s+(?:now )?"
    r"to (?:continue|keep|read|unlock|access)"
    r"|to (?:continue|keep) reading|already (?:a|an) (?:subscriber|member)"
    r"|(?:article|story|content) is (?:reserved )?(?:only )?(?:available )?(?:for|to) "
    r"(?:our )?(?:paying |paid )?(?:subscribers|members)"
    r"|subscribers? only|unlock (?:this|the) (?:article|story)",
    re.IGNORECASE,
)


class Wall(StrEnum):
    """What stands in the way, in the words in which it is kept with the article."""

    NONE = ""
    CHALLENGE = "challenge page"
    ERROR = "error page"
    CONSENT = "consent page"
    PAYWALL = "paywall"


def wall(page: str, text: str) -> Wall:
    """Return what stands in the way on a *page* of HTML whose extracted text is *text*.

    A long text is believed whatever surrounds it: sites ask for consent, and offer
    subscriptions, beside whole stories as well.
    """
    head = page[:_LOOKED_AT]
    title = _title(head)
    if _CHALLENGE.search(title) and len(text) < _STUB:
        return Wall.CHALLENGE
    if len(text) >= _STUB:
        return Wall.NONE
    if _CHALLENGE_CODE.search(head) and not _tells(text):
        return Wall.CHALLENGE
    if _ERROR.search(title) or _ERROR.search(text.partition("\n")[0]):
        return Wall.ERROR
    if _CONSENT_TITLE.search(title) or _kinds(_CONSENT, text) >= _FEW:
        return Wall.CONSENT
    return Wall.PAYWALL if _PAYWALL.search(text) else Wall.NONE


def _title(head: str) -> str:
    found = _TITLE.search(head)
    return " ".join(html.unescape(found[1]).split()) if found else ""


def _tells(text: str) -> bool:
    """Whether a page with a challenge's script in it tells something all the same."""
    return len(text) * _FEW >= _STUB


def _kinds(pattern: re.Pattern[str], text: str) -> int:
    return len({found.casefold() for found in pattern.findall(text)})
