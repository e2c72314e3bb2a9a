"""`rules`: list the rules, show one, and test the examples of all, or of a folder."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.options import ConfigOption, JsonOption, config_of, settings_if_any
from watcher.cli.output import emit, emit_json, emit_table, say

if TYPE_CHECKING:
    from rich.console import Console

    from rules.rule import Example, Rule
    from rules.rulebook import RuleBook

app = typer.Typer(
    name="rules",
    help="List the rules that read, show one, test their examples.",
    no_args_is_help=True,
)


@app.command("list")
def list_rules(
    context: typer.Context, config: ConfigOption = None, json: JsonOption = False
) -> None:
    """List every rule: its reader, what it says of a person, and its record."""
    rows = [_row(rule) for rule in _book(context, config).rules]
    if json:
        emit_json(rows)
    else:
        emit_table(list(rows[0]), [list(map(str, row.values())) for row in rows])


@app.command("show")
def show(
    context: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Its id.")],
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Show one rule with its examples."""
    found = _book(context, config).get(rule)
    if found is None:
        raise typer.BadParameter(f"no rule {rule!r}; see: watcher rules list")
    if json:
        emit_json(_row(found) | {"examples": [_example(e) for e in found.examples]})
        return
    emit("\n".join(f"{name}: {value}" for name, value in _row(found).items()))
    for example in found.examples:
        emit(f"  {'reads ' if example.claims else 'silent'}  {example.text}")


@app.command("test")
def check_examples(
    context: typer.Context,
    directory: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Rules of your own.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Run every example of every rule; with DIR, of the rules there beside ours.

    A rule file that is wrong is refused, naming file, key and example.
    """
    from rich.progress import track

    from rules.examples import failures
    from rules.rulebook import RuleBook

    book = RuleBook.beside(directory) if directory else _book(context, config)
    bundled = {rule.id for rule in RuleBook.bundled().rules}
    rules = [r for r in book.rules if directory is None or r.id not in bundled]
    bar = track(rules, "examples", console=_console(), transient=True)
    failed = [failure for rule in bar for failure in failures(book, rule)]
    for failure in failed:
        emit(f"{failure.rule}: example {failure.number}: {failure.reason}")
    examples = sum(len(rule.examples) for rule in rules)
    say(f"{len(rules)} rules, {examples} examples, {len(failed)} failed")
    if failed:
        raise typer.Exit(1)


def _book(context: typer.Context, config: Path | None) -> RuleBook:
    """Return our rules and those that the config names; raises RuleError."""
    from rules.rulebook import RuleBook

    settings = settings_if_any(config_of(context, config))
    return RuleBook.beside(settings.rules if settings else None)


def _row(rule: Rule) -> dict[str, object]:
    seen = rule.measured
    record = f"{seen.right} right, {seen.wrong} wrong" if seen else "not measured"
    kinds = Counter(bool(example.claims) for example in rule.examples)
    return {
        "rule": rule.id,
        "reader": "patterns" if rule.patterns else "frames",
        "kind": rule.kind.value,
        "status": rule.standing.value,
        "alone": "alert" if rule.earned else "candidate",
        "record": record,
        "examples": f"{kinds[True]} read, {kinds[False]} silent",
        "title": rule.title,
    }


def _example(example: Example) -> dict[str, object]:
    return {"text": example.text, "claims": [dict(c) for c in example.claims]}


def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True)
