"""`export`: every tenure, in a form that other programs read."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from watcher.cli.options import ConfigOption, ledger_of
from watcher.cli.output import emit


class ExportForm(StrEnum):
    """The forms of `watcher.exports.FORMS`, which is imported only when it is used."""

    POPOLO = "popolo"
    CSV = "csv"
    JSONL = "jsonl"


def export(
    context: typer.Context,
    form: Annotated[
        ExportForm, typer.Option("--format", help="Popolo JSON, CSV or JSON lines.")
    ] = ExportForm.POPOLO,
    config: ConfigOption = None,
) -> None:
    """Print every tenure that is believed now, past ones as well."""
    from watcher.exports import exported

    with ledger_of(context, config) as ledger:
        tenures = ledger.tenures()
    text = exported(form.value, tenures)
    if text:
        emit(text)
