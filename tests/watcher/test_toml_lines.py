"""Every key of a TOML text has the line it stands on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from watcher.config.toml_lines import line_of, lines

TEXT = '''\
ledger = "a.db"  # [not.a.table]
[network]
allow = [
  "10.0.0.0/8",
]
[[feeds]]
url = "x"
[[feeds]]
"url" = """
[[feeds]]
name = "inside a string"
"""
name.first = "y"
[[organizations]]
[[organizations.units]]
name = "a"
[[organizations.units]]
name = "b"
'''


def test_keys_are_found_by_their_path() -> None:
    found = lines(TEXT)
    assert found["ledger",] == 1
    assert found["network", "allow"] == 3
    assert found["feeds", 0, "url"] == 7
    assert found["feeds", 1, "url"] == 9
    assert found["feeds", 1, "name", "first"] == 13
    assert found["organizations", 0, "units", 1, "name"] == 18
    assert ("feeds", 2) not in found


def test_what_has_no_line_gets_that_of_what_holds_it() -> None:
    found = lines(TEXT)
    assert line_of(("network", "allow", 0), found) == 3
    assert line_of(("feeds", 1, "kind"), found) == 8
    assert line_of(("people",), found) is None


@given(st.text(alphabet="[]{}=\"\\'\n.a1# \t"))
def test_no_text_is_too_odd_to_be_looked_through(text: str) -> None:
    last = len(text.splitlines())
    assert all(1 <= line <= last for line in lines(text).values())
