"""The text of an article's page: the story, and none of what stands around it."""

from __future__ import annotations

import asyncio
import sys

import pytest

from watcher.articles.page import extract
from watcher.errors import FeedError
from watcher.fetch.cage import Cage

URL = "https://u:CANARY@paper.example/story?CANARY"
STORY = [
    "Ines Calder takes over as chief executive of Marlow & Finch on the first of May.",
    "She follows Tom Rask, who led the shipbuilder for eleven years and now retires.",
    "The board chose her unanimously, its chair said on Tuesday in the harbour hall.",
]
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>Calder takes over</title>
<script>var x = "Buy our paper";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>Calder takes over</h1>{story}</article></main>
<section id="comments" class="comments"><h2>Comments</h2>
<div class="comment"><p>First! This is what a reader wrote beneath it.</p></div>
</section>
<footer><p>Copyright of the paper. All rights reserved. Cookies.</p></footer>
</body></html>"""


def page(paragraphs: list[str]) -> bytes:
    story = "".join(f"<p>{text.replace('&', '&amp;')}</p>" for text in paragraphs)
    return PAGE.format(story=story).encode()


def test_the_story_comes_out_a_line_a_paragraph_and_nothing_else():
    text = extract(page(STORY), URL)
    assert text is not None
    lines = text.splitlines()
    assert [line for line in lines if line in STORY] == STORY
    for other in ("Sport", "Copyright", "reader wrote", "Buy our paper"):
        assert other not in text


@pytest.mark.parametrize(
    "body", [b"", b" ", b"<html></html>", b"%PDF-1.7", b"\x00\xff" * 50, b"<p>"]
)
def test_a_page_without_a_story_gives_nothing(body):
    assert extract(body, URL) is None


def test_a_page_that_would_take_for_ever_is_refused():
    pairs = " ".join(f"a{n}=''" for n in range(100_000))
    with pytest.raises(FeedError) as caught:
        extract(f"<html><body><p {pairs}>x</p></body></html>".encode(), URL)
    said = str(caught.value)
    assert said == "https://paper.example/story: a tag with more than 200 attributes"


def test_only_the_child_pays_for_the_reading():
    async def scenario():
        with Cage(workers=1) as cage:
            return await cage.run(extract, page(STORY), URL)

    loaded = "trafilatura" in sys.modules
    assert STORY[0] in asyncio.run(scenario())
    assert ("trafilatura" in sys.modules) == loaded


def test_deep_nesting_ends_within_the_cage():
    deep = b"<html><body>" + b"<div>" * 50_000 + b"x" + b"</div>" * 50_000

    async def scenario():
        with Cage(workers=1) as cage:
            return await cage.run(extract, deep, URL)

    assert asyncio.run(scenario()) is None
