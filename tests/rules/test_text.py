from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rules.language.text import clean, fold, titled


def test_invisible_characters_are_gone_and_blanks_are_plain() -> None:
    assert clean("Ana\u00a0\u200bPri\u00adeto\u202f is\tin\x07") == "Ana Prieto is in"


def test_line_breaks_part_paragraphs_whatever_their_kind() -> None:
    assert clean("one \r\n two\u2028three\r\r\r\rfour") == "one\ntwo\nthree\n\nfour"


def test_letters_and_their_accents_become_one_character() -> None:
    assert clean("Rodri\u0301guez") == "Rodríguez"


def test_a_heap_of_marks_on_one_letter_is_cut_down() -> None:
    assert len(clean("a" + "\u0301\u0323" * 5_000)) < 10


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_names_are_compared_without_accents_and_case() -> None:
    assert fold("Łukasz Ørsted-Gómez") == "lukasz orsted-gomez"


def test_title_case_is_told_from_a_sentence() -> None:
    assert titled(["Ana", "Prieto", "Named", "Halden", "Chief"])
    assert not titled(
        ["Halden", "named", "Ana", "Prieto", "to", "lead", "its", "search", "team"]
    )
