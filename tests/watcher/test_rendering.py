"""Templates put a whole change into words, and can do nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from watcher.errors import TemplateFileError
from watcher.rendering import ESCAPES, Renderer
from watcher.sample import sample

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("name", ESCAPES)
def test_every_format_says_who_came_who_went_and_by_which_sentence(name: str) -> None:
    said = Renderer().render(name, sample(NOW))
    for word in ("Somebody Before", "Somebody After", "Nobody has come or gone"):
        assert word in said


@pytest.mark.parametrize(
    "text",
    [
        "{{ headline.__class__.__mro__ }}",
        "{{ changes.append(1) }}",
        "{% include '/etc/hostname' %}",
        "{% include '../secrets' %}",
        "{{ 1 / 0 }}",
        "{% for %}",
        "{{ headline | safe }}",
    ],
)
def test_a_template_that_reaches_too_far_is_refused_by_name(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "alert.txt").write_text(text)
    with pytest.raises(TemplateFileError, match=r"template alert\.txt: "):
        Renderer(tmp_path).check(NOW)


def test_the_users_template_is_escaped_as_ours_is(tmp_path: Path) -> None:
    (tmp_path / "alert.html").write_text("<b>{{ changes[0].quotes[0].text }}</b>")
    alert = sample(NOW)
    alert.message["quotes"][0]["text"] = "<script>"
    said = Renderer(tmp_path).render("alert.html", alert)
    assert said == "<b>&lt;script&gt;</b>\n"
