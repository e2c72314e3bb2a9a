"""Markup to plain text, and tags that no parser should be given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher import markup


@given(st.text(alphabet="<>/!-=\"'& ;abp\n", max_size=200))
def test_no_tag_survives_in_plain_text_made_of_markup(text):
    assert "\n\n" not in markup.plain(text)
    assert markup.plain(f"<p>{text}").count("<p>") == 0


@pytest.mark.parametrize(
    ("markup_text", "text"),
    [
        ("a<br>b<p>c</p>d", "a\nb\nc\nd"),
        ("one\n two  three", "one two three"),
        ("x<!-- <p>y -->z", "xz"),
        ('<a title="a > b">c</a>', "c"),
        ('<a href="x"">c</a> <a href="y">d</a>', "c d"),
        ("5 &lt; 6 &amp;amp; 7 &#8217;", "5 < 6 &amp; 7 \u2019"),
        ("I <3 you, 2 < 3", "I <3 you, 2 < 3"),
        ("<head><title>no</title></head>yes", "yes"),
        ("end <b", "end"),
    ],
)
def test_markup_becomes_text(markup_text, text):
    assert markup.plain(markup_text) == text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("One line\nwrapped here.\nTwo.", "One line wrapped here.\nTwo."),
        ("One\n\nTwo", "One\nTwo"),
        ("He said \u201cno\u201d\nand left", "He said \u201cno\u201d\nand left"),
        ("", ""),
    ],
)
def test_lines_wrapped_by_hand_are_joined(text, lines):
    assert markup.unwrapped(text) == lines


@pytest.mark.parametrize(
    ("text", "tagged"),
    [
        ("a <b>c</b>", True),
        ("a &amp; b", True),
        ("a & b", False),
        ("2 < 3 > 1", False),
        ("<3", False),
        ("<>", False),
    ],
)
def test_text_that_calls_itself_plain_is_looked_at(text, tagged):
    assert markup.looks_like_html(text) is tagged


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a",
        '<a "',
        "<a =",
        '<a ="',
        "<a ='=\"",
        "<!--",
        " ",
        "&",
        "<!",
        "a\n",
        "=",
    ],
)
def test_a_million_of_anything_is_read_in_one_go(piece):
    """Quadratic time would run into the test's own limit: it would take hours."""
    text = piece * (1_000_000 // len(piece))
    assert len(markup.plain(text)) <= len(text)
    assert len(markup.unwrapped(text)) <= len(text)
    assert markup.looks_like_html(text) is False
    assert markup.too_many_attributes(text.encode()) in {True, False}
