"""`watcher.toml` -> Settings: found, read and checked; errors name file, line, key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from pydantic import BaseModel, ValidationError
from pydantic_settings import (
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsError,
)

from watcher.channels import CHANNELS
from watcher.config.build import Fault, faults, settings
from watcher.config.keys import ConfigTables
from watcher.config.routes import route
from watcher.config.secrets import CHANNEL_PREFIX, TABLES, with_secrets
from watcher.config.settings import ChannelSpec, Settings
from watcher.config.toml_lines import Place, line_of, lines
from watcher.errors import ConfigError

NAME = "watcher.toml"
_FILES = frozenset(f"WATCHER_{table}__{key}_FILE".upper() for table, key in TABLES)
_PLACED = re.compile(r"(.*) \(at line (\d+), column (\d+)\)")


def find(path: Path | None, environ: Mapping[str, str]) -> Path | None:
    """Return the config to use: *path*, $WATCHER_CONFIG, or the first that is there.

    Those named outright are returned even if they do not exist, so that loading them
    says so.
    """
    named = path or environ.get("WATCHER_CONFIG")
    if named:
        return Path(named)
    return next((place for place in _places(environ) if place.exists()), None)


def load(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """Read the config; raises ConfigError with the first thing that is wrong."""
    file = find(path, environ)
    if file is None:
        looked = ", ".join(str(place) for place in _places(environ))
        raise ConfigError(
            NAME, f"not found (looked in {looked}); `watcher init` writes one"
        )
    return _Text.read(file).settings(environ)


def _places(environ: Mapping[str, str]) -> tuple[Path, ...]:
    home = environ.get("XDG_CONFIG_HOME") or Path(environ.get("HOME", "~"), ".config")
    return (
        Path(NAME),
        Path(home, "watcher", NAME).expanduser(),
        Path("/etc/watcher", NAME),
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """One config file as read, able to say where in it a fault stands."""

    file: Path
    text: str
    data: dict[str, Any]

    @classmethod
    def read(cls, file: Path) -> _Text:
        try:
            text = file.read_bytes().decode("utf-8")
        except FileNotFoundError as error:
            raise ConfigError(file, "not found; `watcher init` writes one") from error
        except OSError as error:
            raise ConfigError(file, (error.strerror or str(error)).lower()) from error
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise ConfigError(file, "is not UTF-8 text", line=line) from error
        if not text.strip():
            raise ConfigError(file, "is empty; `watcher init --force` writes one")
        return cls(file, text, _toml(file, text))

    def settings(self, environ: Mapping[str, str]) -> Settings:
        """Check everything; raises ConfigError at the first line with a fault."""
        try:
            data = with_secrets(self.data, environ, self.file.parent)
        except OSError as error:
            reason = f"{error.filename}: {error.strerror}"
            raise ConfigError(self.file, reason) from error
        try:
            tables = _reader(environ)(**data)
        except SettingsError as error:
            # A variable that should hold JSON and does not: the library names its key.
            raise ConfigError("the environment", str(error)) from error
        except ValidationError as error:
            self._refuse(from_pydantic(error, ConfigTables), environ)
        found = [*faults(tables), *_channel_faults(tables)]
        if found:
            self._refuse(found, environ)
        home, own = self.file.resolve().parent, tables.templates
        templates = home / Path(own).expanduser() if own else None
        channels = tuple(
            ChannelSpec(
                c.name, c.type, dict(c.model_extra or {}), templates, home, route(c)
            )
            for c in tables.channels
        )
        return settings(self.file.resolve(), tables, channels)

    def _refuse(self, found: Sequence[Fault], environ: Mapping[str, str]) -> NoReturn:
        for fault in found:
            variable = "__".join(("watcher", *map(str, fault.place)))
            name = variable.replace("__", "_", 1).upper()
            if name in environ:
                raise ConfigError("the environment", fault.reason, key=name)
        known = lines(self.text)
        placed = [(line_of(fault.place, known), fault) for fault in found]
        line, fault = min(placed, key=lambda p: (p[0] is None, p[0] or 0))
        reason = fault.reason
        if fault.other is not None:
            reason = f"{reason} on line {line_of(fault.other, known)}"
        raise ConfigError(self.file, reason, line=line, key=dotted(fault.place))


def _toml(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _PLACED.fullmatch(str(error))
        if match is None:
            raise ConfigError(file, str(error), line=text.count("\n") + 1) from error
        reason = f"{match[1]} (column {match[3]})"
        raise ConfigError(file, reason, line=int(match[2])) from error


def dotted(place: Place) -> str:
    """Return a place as people write it: feeds[0].url."""
    parts = (f"[{p}]" if isinstance(p, int) else f".{p}" for p in place)
    return "".join(parts).removeprefix(".")


def _reader(environ: Mapping[str, str]) -> type[ConfigTables]:
    """Return the tables as filled from the file, overridden by *environ*."""

    class Environment(EnvSettingsSource):
        def _load_env_vars(self) -> Mapping[str, str | None]:
            return {
                name.lower(): value
                for name, value in environ.items()
                if not name.startswith(CHANNEL_PREFIX) and name not in _FILES
            }

    class Tables(ConfigTables):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[Any],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return (Environment(settings_cls), init_settings)

    return Tables


def _channel_faults(tables: ConfigTables) -> list[Fault]:
    """Return what each channel's own type says against its keys."""
    found: list[Fault] = []
    for number, channel in enumerate(tables.channels):
        place: Place = ("channels", number)
        kind = CHANNELS.get(channel.type)
        if kind is None:
            known = ", ".join(sorted(CHANNELS))
            found.append(Fault((*place, "type"), f"unknown channel; known: {known}"))
            continue
        try:
            kind.Options.model_validate(channel.model_extra or {})
        except ValidationError as error:
            found += from_pydantic(error, kind.Options, place)
    return found


def from_pydantic(
    error: ValidationError, model: type[BaseModel], at: Place = ()
) -> list[Fault]:
    """Return the faults of a table in our words, placed under *at*."""
    return [
        Fault((*at, *_written(fault["loc"])), _reason(dict(fault), model))
        for fault in error.errors(include_url=False, include_input=False)
    ]


def _written(loc: tuple[str | int, ...]) -> Place:
    """Drop from a pydantic place what stands in no file: the branches of a union."""
    return tuple(part for part in loc if isinstance(part, int) or part.islower())


def _reason(fault: Mapping[str, Any], model: type[BaseModel]) -> str:
    match fault["type"]:
        case "extra_forbidden":
            return _unknown(fault["loc"], model)
        case "missing":
            return "is missing"
        case "value_error":
            return str(fault["ctx"]["error"])
        case _:
            message = str(fault["msg"])
            return message[0].lower() + message[1:]


def _unknown(loc: tuple[str | int, ...], model: type[BaseModel]) -> str:
    """Say that a key is unknown, and which known one is nearest."""
    table: Any = model
    for part in loc[:-1]:
        if isinstance(part, str) and part in table.model_fields:
            table = _table_of(table.model_fields[part].annotation)
    near = get_close_matches(str(loc[-1]), table.model_fields, n=1)
    return "unknown key" + (f"; did you mean {near[0]!r}?" if near else "")


def _table_of(annotation: Any) -> Any:
    inner = getattr(annotation, "__args__", ())
    return inner[0] if inner else annotation
