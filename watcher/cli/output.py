"""How commands print: data to stdout, words to stderr, nothing that moves a cursor."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from watcher.printable import one_line, printable

if TYPE_CHECKING:
    from rich.text import Text

    from watcher.articles.explain import Line


def say(words: str) -> None:
    """Print words for a person, on stderr."""
    typer.echo(printable(words), err=True)


def emit(text: str) -> None:
    """Print data on stdout; a reader that has gone away ends the command quietly."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes stdout once more at exit: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def emit_json(data: object) -> None:
    """Print *data* as one JSON document."""
    emit(json.dumps(data, ensure_ascii=False, indent=2))


def emit_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: drawn on a terminal, plain aligned columns otherwise."""
    clean = [[one_line(cell) for cell in row] for row in rows]
    emit(_drawn(headers, clean) if sys.stdout.isatty() else aligned(headers, clean))


def emit_lines(lines: Iterable[Line]) -> None:
    """Print lines with their marks: colours on a terminal, »quotes« otherwise.

    Spans are coloured by their sort, or written as [words: sort].
    """
    for line in lines:
        emit(_coloured(line) if sys.stdout.isatty() else _plain(line))


_COLOURS = {
    "person": "bold cyan",
    "organization": "bold magenta",
    "unit": "bold blue",
    "post": "bold yellow",
    "date": "bold green",
}


def _pieces(line: Line) -> Iterator[tuple[str, str]]:
    """Yield the line in stretches, each with the sort of its span or ""."""
    place = 0
    for start, end, sort in line.spans:
        yield line.text[place:start], ""
        yield line.text[start:end], sort
        place = end
    yield line.text[place:], ""


def _plain(line: Line) -> str:
    if line.spans:
        pieces = (f"[{w}: {sort}]" if sort else w for w, sort in _pieces(line))
        return printable("".join(pieces))
    before, marked, after = _cut(line)
    return printable(f"{before}»{marked}«{after}" if marked else line.text)


def _coloured(line: Line) -> str:
    from rich.text import Text

    if line.spans:
        return _spanned(line)
    before, marked, after = map(printable, _cut(line))
    style = {True: "green", False: "red", None: ""}[line.good]
    text = Text.assemble((before, style), (marked, "bold underline"), (after, style))
    return _styled(text)


def _spanned(line: Line) -> str:
    from rich.text import Text

    pieces = ((printable(w), _COLOURS.get(sort, "")) for w, sort in _pieces(line))
    return _styled(Text.assemble(*pieces))


def _styled(text: Text) -> str:
    from rich.console import Console

    console = Console(soft_wrap=True)
    with console.capture() as captured:
        console.print(text)
    return captured.get().rstrip("\n")


def _cut(line: Line) -> tuple[str, str, str]:
    return (
        line.text[: line.start],
        line.text[line.start : line.end],
        line.text[line.end :],
    )


def aligned(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the table as lines of columns two blanks apart."""
    lines = [list(headers), *(list(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )
    return "\n".join(line.rstrip() for line in padded)


def _drawn(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for header in headers:
        table.add_column(header)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console()
    with console.capture() as captured:
        console.print(table)
    return captured.get().rstrip("\n")
