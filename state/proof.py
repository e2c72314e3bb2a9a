"""Whether what is claimed was said: each quote stands verbatim in its article. Pure."""

from __future__ import annotations

from rules.model import Reading


def false_quote(reading: Reading) -> str | None:
    """Return what is wrong with the first quote that its article does not have."""
    content = reading.article.content
    for claim in reading.claims:
        said = claim.evidence
        if not said.quote or content[said.start : said.end] != said.quote:
            return f"a quote is not in article {said.article_id}: {said.quote!r}"
    return None
