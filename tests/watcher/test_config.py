"""The config: what it comes to, and one line for whatever is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from rules.when import When
from watcher import seeds
from watcher.config.load import find, load
from watcher.config.settings import Settings
from watcher.errors import ConfigError

FEED = '[[feeds]]\nurl = "http://127.0.0.1:9/news"\n'
ORGANIZATION = '[[organizations]]\nname = "Halden"\n'
TENURE = '[[tenures]]\norganization = "Halden"\nrole = "head"\nperson = "Tom Hale"\n'
CANARY = "canary-7c1f"


def loaded(folder: Path, text: str, environ: Mapping[str, str] = {}) -> Settings:
    (folder / "watcher.toml").write_text(text, "utf-8")
    return load(folder / "watcher.toml", environ)


def test_the_seed_config_is_usable(tmp_path: Path) -> None:
    settings = loaded(tmp_path, seeds.path("watcher.toml").read_text("utf-8"))
    assert settings.ledger == tmp_path / "watcher.db"
    assert settings.feeds[0].interval == timedelta(hours=1)
    assert settings.feeds[0].source == "company"
    (schulman,) = settings.tenures
    assert (schulman.post.unit, schulman.post.role_key) == ("post-training", "head")
    assert schulman.since == When.year(2022)


def test_defaults_serve_a_config_of_one_feed(tmp_path: Path) -> None:
    settings = loaded(tmp_path, FEED)
    (feed,) = settings.feeds
    assert (feed.owner, feed.interval) == ("127.0.0.1", timedelta(minutes=15))
    assert [channel.type for channel in settings.channels] == ["console"]
    assert settings.network.allow == ()


@pytest.mark.parametrize("word", ["head", "lead", "leader", "director", "boss"])
def test_whoever_leads_a_unit_is_its_head(tmp_path: Path, word: str) -> None:
    text = f'{ORGANIZATION}[[organizations.units]]\nname = "robots"\n{TENURE}'
    text = text.replace('role = "head"', f'unit = "robots"\nrole = "{word}"')
    (tenure,) = loaded(tmp_path, text).tenures
    assert tenure.post.role_key == "head"


WRONG = {
    "nothing": ("", "is empty"),
    "a string that never ends": ('ledger = "a\n', ":1: "),
    "a key nobody knows": (
        FEED + 'interva = "5m"\n',
        ":3: feeds[0].interva: unknown key; did you mean 'interval'?",
    ),
    "a table nobody knows": (
        "[nework]\nallow = []\n",
        ":1: nework: unknown key; did you mean 'network'?",
    ),
    "a number for a path": ("ledger = 5\n", ":1: ledger: should be a string"),
    "a number for the feeds": ("feeds = 3\n", ":1: feeds: "),
    "one feed twice": (
        FEED + ORGANIZATION + FEED.replace("/news", "/news#top"),
        ":6: feeds[1].url: the same feed is on line 2",
    ),
    "an address without a scheme": ('[[feeds]]\nurl = "x"\n', ":2: feeds[0].url: "),
    "an address of a file": ('[[feeds]]\nurl = "file:///x"\n', ":2: feeds[0].url: "),
    "a port that is none": (
        '[[feeds]]\nurl = "http://a.test:99999/"\n',
        ":2: feeds[0].url: ",
    ),
    "a line break in an address": (
        '[[feeds]]\nurl = "http://a.test/\\r\\nx"\n',
        ":2: feeds[0].url: has a blank or a control character",
    ),
    "no address at all": ('[[feeds]]\nname = "x"\n', ":1: feeds[0].url: is missing"),
    "an interval in words": (
        FEED + 'interval = "soon"\n',
        ":3: feeds[0].interval: is not a time like",
    ),
    "a network that is none": (
        '[network]\nallow = [\n  "300.0.0.0/8",\n]\n',
        ":2: network.allow[0]: is not a network",
    ),
    "a channel nobody knows": (
        '[[channels]]\nname = "x"\ntype = "pigeon"\n',
        ":3: channels[0].type: unknown channel; known: apprise, console, ",
    ),
    "a webhook without an address": (
        '[[channels]]\nname = "x"\ntype = "webhook"\n',
        ":1: channels[0].url: is missing",
    ),
    "two channels of one name": (
        '[[channels]]\nname = "x"\ntype = "console"\n' * 2,
        ":5: channels[1].name: the same name is on line 2",
    ),
    "a tenure in a stranger": (
        TENURE,
        ":2: tenures[0].organization: 'Halden' is not in [[organizations]]",
    ),
    "a tenure in a unit nobody declared": (
        f'{ORGANIZATION}{TENURE}unit = "robots"\n',
        ":7: tenures[0].unit: 'robots' is not a unit of 'Halden'",
    ),
    "a date that is none": (
        f'{ORGANIZATION}{TENURE}since = "20224"\n',
        ":7: tenures[0].since: is not a date like",
    ),
    "an end before the start": (
        f'{ORGANIZATION}{TENURE}since = "2024"\nuntil = "2023-05"\n',
        ":8: tenures[0].until: is before `since`",
    ),
}


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_one_line_with_its_place(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, text)
    said = str(caught.value)
    assert said.startswith(str(tmp_path / "watcher.toml"))
    assert words in said
    assert "\n" not in said


def test_the_first_of_several_faults_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r":1: ledger: "):
        loaded(tmp_path, "ledger = 5\n[network]\nalow = []\n")


def test_a_config_that_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: not found"):
        load(tmp_path / "none.toml", {})
    with pytest.raises(ConfigError, match="is a directory"):
        load(tmp_path, {})
    (tmp_path / "latin").write_bytes(b"a = 1\n# \xe9\n")
    with pytest.raises(ConfigError, match=":2: is not UTF-8 text"):
        load(tmp_path / "latin", {})


def test_a_secret_is_never_in_an_error(tmp_path: Path) -> None:
    channel = '[[channels]]\nname = "x"\ntype = "webhook"\n'
    for wrong in (
        f'{channel}url = "http://a.test/"\npasword = "{CANARY}"\n',
        f'{channel}url = "nonsense {CANARY}"\n',
        f'[[feeds]]\nurl = "http://u:{CANARY}@a.test:99999/"\n',
    ):
        with pytest.raises(ConfigError) as caught:
            loaded(tmp_path, wrong)
        assert CANARY not in str(caught.value)


def test_a_secret_may_come_from_the_environment_or_a_file(tmp_path: Path) -> None:
    text = '[[channels]]\nname = "the desk"\ntype = "webhook"\n'
    url = f"http://a.test/{CANARY}"
    (tmp_path / "secret").write_text(url + "\n", "utf-8")
    name = "WATCHER_CHANNELS__THE_DESK__URL"
    ways = (
        loaded(tmp_path, text, {name: url}),
        loaded(tmp_path, text, {f"{name}_FILE": str(tmp_path / "secret")}),
        loaded(tmp_path, text + 'url_file = "secret"\n'),
    )
    for settings in ways:
        assert settings.channels[0].options["url"] == url
        assert CANARY not in repr(settings)


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    environ = {
        "WATCHER_LEDGER": "other.db",
        "WATCHER_NETWORK__TIMEOUT": "5s",
        "WATCHER_NETWORK__ALLOW": '["10.0.0.0/8"]',
    }
    settings = loaded(tmp_path, 'ledger = "one.db"\n', environ)
    assert settings.ledger == tmp_path / "other.db"
    assert settings.network.timeout == 5.0
    assert settings.network.allow == (ip_network("10.0.0.0/8"),)
    with pytest.raises(ConfigError, match="WATCHER_NETWORK__TIMEOUT: is not a time"):
        loaded(tmp_path, FEED, {"WATCHER_NETWORK__TIMEOUT": "5"})


def test_the_config_is_looked_for_from_near_to_far(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    environ = {"XDG_CONFIG_HOME": str(tmp_path / "xdg"), "HOME": str(tmp_path)}
    with pytest.raises(ConfigError, match=r"not found \(looked in watcher.toml, "):
        load(None, environ)
    far = tmp_path / "xdg" / "watcher" / "watcher.toml"
    far.parent.mkdir(parents=True)
    far.write_text(FEED, "utf-8")
    assert find(None, environ) == far
    Path("watcher.toml").write_text(FEED, "utf-8")
    assert find(None, environ) == Path("watcher.toml")
    assert find(None, environ | {"WATCHER_CONFIG": "a.toml"}) == Path("a.toml")
    assert find(Path("b.toml"), environ | {"WATCHER_CONFIG": "a"}) == Path("b.toml")
