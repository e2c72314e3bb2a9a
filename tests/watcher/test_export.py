"""What the ledger holds, in the forms of other programs."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.model import Capacity
from rules.when import When
from state.ledger import Ledger
from state.model import Belief, EndState, Post, StartingTenure, Tenure
from watcher.__main__ import run
from watcher.exports import exported
from watcher.exports.popolo import document
from watcher.exports.tables import armed, defused

CHIEF = Post("Quarry Bank", None, "ceo", "chief executive officer")
RISK = Post("Quarry Bank", "Risk", "head", "head")


def spell(person: str, post: Post = CHIEF, **more: object) -> Tenure:
    facts = {"start": When.parse("2020"), "end": When(), "end_state": EndState.OPEN}
    return Tenure(f"t-{person}", post, person, **(facts | more))  # type: ignore[arg-type]


def test_in_popolo_every_reference_leads_to_a_record() -> None:
    found = document([spell("Bo Lind"), spell("Ana Rey", RISK), spell("Cy Orr")])
    ids = {name: {r["id"] for r in records} for name, records in found.items()}
    assert [len(found[name]) for name in found] == [3, 2, 2, 3]
    for member in found["memberships"]:
        assert member["person_id"] in ids["persons"]
        assert member["organization_id"] in ids["organizations"]
        assert member["post_id"] in ids["posts"]
    (unit,) = [o for o in found["organizations"] if "parent_id" in o]
    assert unit["name"] == "Risk"
    assert unit["parent_id"] in ids["organizations"]


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("2020-03-01", "2020-03-01"),
        ("2020-03", "2020-03"),
        ("2020", "2020"),
        ("2020-03-02/2020-03-09", "2020-03"),
        ("2020-03-02/2020-04-09", "2020"),
        ("2020-03-02/2021-04-09", None),
        ("../2021-04-09", None),
        ("unknown", None),
    ],
)
def test_popolo_never_says_more_of_a_date_than_is_known(
    known: str, written: str | None
) -> None:
    (member,) = document([spell("Bo Lind", start=When.parse(known))])["memberships"]
    assert member.get("start_date") == written


@given(st.dates(), st.dates())
def test_a_popolo_date_has_the_form_that_its_schema_asks_for(a, b) -> None:
    start = When(min(a, b), max(a, b))
    (member,) = document([spell("Bo Lind", start=start)])["memberships"]
    written = member.get("start_date", "2000")
    assert re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", written)


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_csv_is_calculated_by_a_spreadsheet(mark: str) -> None:
    text = exported("csv", [spell(f"{mark}cmd|' /C calc'!A0")])
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["person"].startswith(f"'{mark}cmd")


@given(st.text())
def test_a_defused_cell_can_be_read_again(cell: str) -> None:
    harmless = not cell.startswith("'")
    assert armed(defused(cell)) == cell or not harmless


def test_an_end_without_a_date_is_not_taken_for_no_end() -> None:
    text = exported("csv", [spell("Bo Lind", end_state=EndState.ENDED), spell("Al")])
    ends = [row["until"] for row in csv.DictReader(io.StringIO(text))]
    assert ends == ["unknown", ""]


@pytest.mark.parametrize("form", ["popolo", "csv", "jsonl"])
def test_what_never_was_is_not_exported(form: str) -> None:
    never = spell("Ny Ver", end_state=EndState.NEVER_STARTED)
    hoax = spell("Hoa Xer", belief=Belief.RETRACTED)
    text = exported(form, [never, hoax, spell("Bo Lind")])
    assert "Bo Lind" in text
    assert "Ny Ver" not in text
    assert "Hoa Xer" not in text


def test_the_command_prints_json_lines_of_past_and_present(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "watcher.toml"
    config.write_text('ledger = "w.db"\n[[organizations]]\nname = "Quarry Bank"\n')
    known = [
        StartingTenure(CHIEF, "Al Gor", When.parse("2011"), When.parse("2019")),
        StartingTenure(CHIEF, "Bo Lind", When.parse("2020"), None, Capacity.INTERIM),
    ]
    with Ledger.open(tmp_path / "w.db") as ledger:
        ledger.begin(known, datetime(2025, 1, 1, tzinfo=UTC))
    assert run(["export", "--format", "jsonl", "--config", str(config)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(r["person"], r["since"], r["until"]) for r in rows] == [
        ("Al Gor", "2011", "2019"),
        ("Bo Lind", "2020", None),
    ]
