"""The feeds of a site are found from its address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from typer.testing import CliRunner

from watcher import discovery
from watcher.cli import app

RSS = (
    "<rss version='2.0'><channel><title>Ash News</title><item><title>Rain</title>"
    "<guid>1</guid></item></channel></rss>"
)
HOME = (
    "<html><head><link rel='alternate' type='application/rss+xml' href='/news.xml'>"
    "<link rel=alternate type=application/atom+xml href=/gone.xml>"
    "<link rel='alternate' hreflang='de' href='/de'></head>"
    "<body><a href='/news.xml#x'>RSS</a><a href='/blog/feed/'>blog</a>"
    "<a href='/feedback'>write to us</a></body></html>"
)


@pytest.fixture
def site() -> Iterator[HTTPServer]:
    with HTTPServer("127.0.0.1") as server:
        server.expect_request("/").respond_with_data(HOME, content_type="text/html")
        server.expect_request("/news.xml").respond_with_data(RSS)
        server.expect_request("/blog/feed/").respond_with_data("<html>none</html>")
        yield server


def find(tmp_path: Path, *arguments: str) -> tuple[int, str]:
    config = tmp_path / "watcher.toml"
    config.write_text(
        '[network]\nallow = ["127.0.0.0/8"]\nper_host_gap = "1s"\n', "utf-8"
    )
    whole = ["--config", str(config), "feeds", "find", *arguments]
    done = CliRunner().invoke(app, whole)
    return done.exit_code, done.output


def test_a_site_names_its_feeds_and_those_that_are_none_are_passed_over(
    site: HTTPServer, tmp_path: Path
) -> None:
    code, said = find(tmp_path, site.url_for("/"), "--json")
    assert code == 0
    assert json.loads(said) == [
        {"url": site.url_for("/news.xml"), "title": "Ash News", "items": 1}
    ]
    assert [request.path for request, _ in site.log] == [
        "/",
        "/news.xml",
        "/gone.xml",
        "/blog/feed/",
    ]


def test_the_address_of_a_feed_is_found_to_be_one(
    site: HTTPServer, tmp_path: Path
) -> None:
    code, said = find(tmp_path, site.url_for("/news.xml"))
    assert code == 0
    assert "Ash News" in said


def test_a_site_without_feeds_says_so(site: HTTPServer, tmp_path: Path) -> None:
    code, said = find(tmp_path, site.url_for("/blog/feed/"))
    assert code == 1
    assert "no feeds found" in said


def test_links_are_relative_to_the_base_that_a_page_names() -> None:
    page = b"<base href='https://b.example/x/'><a href='rss.xml'>feed</a>"
    assert discovery.linked(page, "https://a.example/") == (
        "https://b.example/x/rss.xml",
    )


def test_a_page_of_many_links_names_a_few() -> None:
    page = b"".join(b"<a href='/%d/feed'>x</a>" % number for number in range(500))
    found = discovery.linked(page, "https://a.example/")
    assert len(found) == discovery.MOST
    assert found[0] == "https://a.example/0/feed"
