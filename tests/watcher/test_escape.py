"""What others write is shown in every format and obeyed in none."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.escape import as_chat, as_header, as_html, as_link, as_markdown, cut

ANY = st.text(alphabet=st.characters() | st.sampled_from("<>&@[]()*_`\\\r\n\x1b\u202e"))
APART = "\N{ZERO WIDTH SPACE}"


@given(ANY)
def test_html_shows_the_text_and_holds_no_tag(text: str) -> None:
    safe = as_html(text)
    assert not set(safe) & set("<>\"'")
    assert not re.search(r"&(?!\w+;|#\w+;)", safe)
    assert html.unescape(safe).count("<") == text.count("<")


@given(ANY)
def test_markdown_has_no_mark_that_is_not_escaped(text: str) -> None:
    bare = re.sub(r"\\[\\`*_{}\[\]()#+\-.!|~=]", "", as_markdown(text))
    assert not set(bare) & set("\\`*_{}[]()|~<>")


@given(ANY)
def test_no_mention_survives_in_a_chat(text: str) -> None:
    safe = as_chat(text)
    assert not re.search(r"@\S", safe.replace(APART, " "))
    assert not re.search(r"<[!@#]", safe)


@given(ANY)
def test_a_header_is_one_short_line_of_plain_characters(text: str) -> None:
    header = as_header(text)
    assert len(header) <= 200
    assert header.splitlines() in ([], [header])
    assert not {unicodedata.category(c) for c in header} & {"Cc", "Cf", "Cs"}


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//host/x",
        "file:///etc/passwd",
        "https://a.test/\"onclick='x'",
        "https://a.test/<b>",
        "http://[",
        "",
    ],
)
def test_only_web_addresses_stand_behind_a_link(url: str) -> None:
    assert as_link(url) == ""


def test_a_web_address_stays_as_it_is() -> None:
    assert as_link("https://a.test/x?y=1&z=2#f") == "https://a.test/x?y=1&z=2#f"


@given(st.text(), st.integers(1, 50))
def test_what_is_cut_says_so(text: str, most: int) -> None:
    short = cut(text, most)
    assert len(short) <= most
    assert short == text or short.endswith("…")
