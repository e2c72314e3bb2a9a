"""Tag an article: sentences with their people, organisations, units, roles and dates.

The order matters: what is tagged masks its words from what comes later. Watched names
come first, then dates and roles, whose words are nobody's name, then shapes, people,
and what only context shows; short forms and "the company" last.
"""

from __future__ import annotations

from rules.document import Document
from rules.language.sentences import split
from rules.language.text import LIMIT
from rules.model import Article, Verdict, Watchlist
from rules.spans.aliases import wordings
from rules.spans.dates import place_dates
from rules.spans.directory import Directory, place_known, place_watched
from rules.spans.draft import Draft
from rules.spans.faculties import place_faculties
from rules.spans.focus import focus_of, place_anaphora
from rules.spans.initials import join_bracketed
from rules.spans.nations import countries, nation_of
from rules.spans.org_context import place_context, place_nations
from rules.spans.organizations import place_shapes
from rules.spans.people import place_people
from rules.spans.press import mark_press
from rules.spans.quotes import place_quotations
from rules.spans.role_spans import place_roles, requalify
from rules.spans.roster import Roster
from rules.spans.topics import follow
from rules.spans.units import place_units
from rules.spans.votes import place_votes
from rules.spans.watch import Watch
from rules.voices import Tagger


class Marker:
    """Tags articles for one watch list, compiled once.

    *tagger* is the user's own, if there is one: it adds names where we see none.
    """

    def __init__(self, watchlist: Watchlist, tagger: Tagger | None = None) -> None:
        self._tagger = tagger
        self._watch = Watch.of(watchlist)
        self._people = watchlist.people
        self._countries = countries(watchlist)
        self._anybody = watchlist.open
        self._organizations = {
            form: org.name
            for org in reversed(watchlist.organizations)
            for form in reversed(wordings(org.name))
        }

    def tag(self, article: Article) -> Document:
        """Return the article with its spans; text beyond `LIMIT` is not read."""
        drafts = _drafts(article)
        plain = _plain_words(drafts)
        for draft in drafts:
            self._watch.place(draft)
            place_dates(draft, article.published)
            place_roles(draft)
            place_nations(draft)
        self._place_names(drafts, plain)
        if self._tagger is not None:
            read = article.content[:LIMIT]
            place_votes(drafts, self._tagger.tag(read), read)
        place_units(drafts)
        mark_press(drafts)
        focus = focus_of(drafts)
        place_faculties(drafts, focus)
        follow(drafts, focus)
        place_anaphora(drafts, focus)
        place_quotations(drafts)
        sentences = tuple(draft.finished(i) for i, draft in enumerate(drafts))
        nation = nation_of(drafts, self._countries, anybody=self._anybody)
        return Document(article, sentences, focus, nation)

    def _place_names(self, drafts: list[Draft], plain: frozenset[str]) -> None:
        directory = Directory(self._organizations.values())
        place_shapes(drafts, directory, plain)
        place_people(drafts, Roster(self._people), plain)
        place_context(drafts, directory, plain)
        place_known(drafts, directory)
        place_watched(drafts, self._organizations)
        join_bracketed(drafts)
        for draft in drafts:
            requalify(draft)


def tag(article: Article, watchlist: Watchlist) -> Document:
    """Tag one article; for many of them keep a `Marker`."""
    return Marker(watchlist).tag(article)


def overlong(article: Article) -> Verdict | None:
    """Return the verdict that a part of the article is not read, when that is so."""
    if len(article.content) <= LIMIT:
        return None
    note = f"only the first {LIMIT:,} characters are read"
    return Verdict(
        "text", passed=False, note=note, start=LIMIT, end=len(article.content)
    )


def _drafts(article: Article) -> list[Draft]:
    content = article.content[:LIMIT]
    stretches = split(content, len(article.title))
    return [Draft.of(content, stretch) for stretch in stretches]


def _plain_words(drafts: list[Draft]) -> frozenset[str]:
    """Return the words that the article also writes small: they are no names."""
    return frozenset(
        token.text
        for draft in drafts
        for token in draft.tokens
        if not draft.titled and token.text[:1].islower()
    )
