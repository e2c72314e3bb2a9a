"""Starting tenures out of files: all of a file or nothing, and never an alert."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.ledger import Ledger
from state.model import ChangeStatus
from watcher.__main__ import run
from watcher.exports import FORMS, exported
from watcher.imports.file import read
from watcher.imports.popolo import from_popolo
from watcher.imports.rows import MOST, MOST_OF_POST, Parsed, RawRow, checked
from watcher.imports.tables import from_csv, from_toml
from watcher.imports.wikidata import from_wikidata

CONFIG = 'ledger = "w.db"\n[[organizations]]\nname = "Quarry Bank"\n'
TENURES = """[[tenures]]
organization = "Quarry Bank"
role = "chief executive"
person = "Al Gor"
since = "2011"
until = "2019-06"

[[tenures]]
organization = "Quarry Bank"
role = "CEO"
person = "Bo Lind"
since = "2019-07-01"
"""
ROWS = """organization,role,person,since,until
Quarry Bank,chief executive,Al Gor,2011,2019-06
Quarry Bank,CEO,Bo Lind,2019-07-01,
"""


def item(name: str) -> dict[str, Any]:
    return {"snaktype": "value", "datavalue": {"value": {"id": name}}}


def time(text: str, precision: int) -> list[dict[str, Any]]:
    value = {"time": text, "precision": precision}
    return [{"snaktype": "value", "datavalue": {"value": value}}]


def statement(name: str, rank: str = "normal", **qualifiers: Any) -> dict[str, Any]:
    return {"mainsnak": item(name), "rank": rank, "qualifiers": qualifiers}


def entity(label: str, **claims: Any) -> dict[str, Any]:
    return {"labels": {"en": {"language": "en", "value": label}}, "claims": claims}


JUNE = time("+2019-06-00T00:00:00Z", 10)
JULY = time("+2019-07-01T00:00:00Z", 11)
WIKIDATA = {
    "Q1": entity(
        "Quarry Bank",
        P169=[
            statement("Q2", P580=time("+2011-00-00T00:00:00Z", 9), P582=JUNE),
            statement("Q3", "preferred", P580=JULY),
            statement("Q9", "deprecated"),
            {"mainsnak": {"snaktype": "novalue"}, "rank": "normal"},
        ],
    ),
    "Q2": entity("Al Gor"),
    "Q3": entity("Bo Lind"),
}
POPOLO = {
    "persons": [{"id": "a", "name": "Al Gor"}, {"id": "b", "name": "Bo Lind"}],
    "organizations": [{"id": "q", "name": "Quarry Bank"}],
    "posts": [{"id": "p", "label": "chief executive", "organization_id": "q"}],
    "memberships": [
        {
            "person_id": "a",
            "post_id": "p",
            "start_date": "2011",
            "end_date": "2019-06",
        },
        {"person_id": "b", "post_id": "p", "start_date": "2019-07-01"},
    ],
}
FILES = {
    "known.toml": TENURES,
    "known.csv": ROWS,
    "semicolons.csv": ROWS.replace(",", ";"),
    "wikidata.json": json.dumps({"entities": WIKIDATA}),
    "popolo.json": json.dumps(POPOLO),
}


@dataclass
class Home:
    """A folder with a config, and the command."""

    path: Path
    capture: pytest.CaptureFixture[str]

    def imports(self, name: str, text: str) -> tuple[int, list[str]]:
        file = self.path / name
        file.write_text(text, "utf-8")
        config = str(self.path / "watcher.toml")
        code = run(["import", str(file), "--config", config])
        said = self.capture.readouterr().err.replace(f"{self.path}/", "")
        return code, said.splitlines()

    def ledger(self) -> Ledger:
        return Ledger.open(self.path / "w.db")


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Home:
    (tmp_path / "watcher.toml").write_text(CONFIG)
    return Home(tmp_path, capsys)


@pytest.mark.parametrize("name", FILES)
def test_every_form_of_the_same_facts_gives_the_same_tenures(
    home: Home, name: str
) -> None:
    code, _ = home.imports(name, FILES[name])
    assert code == 0
    with home.ledger() as ledger:
        found = [(t.person, str(t.start), str(t.end)) for t in ledger.tenures()]
        assert len({t.post.key for t in ledger.tenures()}) == 1
    assert found == [
        ("Al Gor", "2011", "2019-06"),
        ("Bo Lind", "2019-07-01", "unknown"),
    ]


def test_an_import_tells_nothing_and_a_second_one_changes_nothing(home: Home) -> None:
    home.imports("known.csv", ROWS)
    with home.ledger() as ledger:
        first = ledger.history("quarry bank")
    home.imports("known.csv", ROWS)
    with home.ledger() as ledger:
        assert ledger.history("quarry bank") == first
        assert ledger.log(tuple(ChangeStatus)) == ()


def test_one_wrong_row_keeps_the_whole_file_out_and_each_is_one_line(
    home: Home,
) -> None:
    bad = ROWS + "Quarry Bank,,Cy Orr,2024-02-30,\nQuarry Bank,chair,Di Ode,2024,2020\n"
    code, said = home.imports("staff.csv", bad)
    assert code == 2
    assert said == [
        "staff.csv:4: row 3: role: is missing",
        "staff.csv:4: row 3: since: is not a date like 2022, 2022-08 or 2022-08-01",
        "staff.csv:5: row 4: until: is before `since`",
        "staff.csv: nothing was imported",
    ]
    assert not (home.path / "w.db").exists()


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.toml", "[[tenures]]\nrole = 3\n", "a.toml:1: tenures[0]: organization: is"),
        ("a.toml", "x = 1\n", "a.toml:1: x: unknown key"),
        ("a.toml", "tenures = 1\n", "a.toml: tenures: is not a list of tables"),
        ("a.toml", "x = \n", "a.toml:1: Invalid value"),
        ("a.csv", "role,person\n", "a.csv:1: organization: column is missing"),
        ("a.csv", "organization,role,person,role\n", "a.csv:1: role: stands twice"),
        ("a.csv", "organization,role,person,pay\n", "a.csv:1: pay: unknown column"),
        ("a.csv", "organization,role,person\n", "a.csv: has no tenure in it"),
        ("a.csv", "organization,role,person\na,b,c,d\n", "a.csv:2: row 1: has more"),
        ("a.csv", 'organization,role,person\n"a,b,c\n', "a.csv:2: unexpected end"),
        ("a.csv", ROWS + ROWS.splitlines()[1], "a.csv:4: row 3: person: is the same"),
        ("a.json", "{", "a.json:1: is not JSON"),
        ("a.json", "[" * 100_000, "a.json: is not JSON that can be read"),
        ("a.json", "[]", "a.json: is neither Popolo nor Wikidata's"),
        ("a.txt", "", "a.txt: is not named .toml, .csv or .json"),
        ("a.json", '{"memberships": 1}', "a.json: memberships: is not a list of"),
    ],
)
def test_a_file_that_is_wrong_is_said_to_be_so(
    home: Home, name: str, text: str, line: str
) -> None:
    code, said = home.imports(name, text)
    assert code == 2
    assert said[0].startswith(line)


def test_a_file_that_is_not_there_or_no_text_is_said_to_be_so(tmp_path: Path) -> None:
    missing, bytes_ = tmp_path / "a.csv", tmp_path / "b.csv"
    bytes_.write_bytes(b"organization\n\xff")
    assert [b.told(Path("a.csv")) for b in read(missing)[1]] == [
        "a.csv: no such file or directory"
    ]
    assert [b.told(Path("b.csv")) for b in read(bytes_)[1]] == [
        "b.csv:2: is not UTF-8 text"
    ]


def test_too_many_rows_are_refused_as_a_whole() -> None:
    row = RawRow(":1", {"organization": "Q", "role": "chair", "person": "Al Gor"})
    assert checked(Parsed((row,) * (MOST + 1)))[1][0].reason.endswith("split the file")


def test_more_tenures_of_one_post_than_any_ever_had_are_refused() -> None:
    facts = {"organization": "Q", "role": "chair"}
    rows = (
        RawRow(f":{n}", {**facts, "person": f"Al Gor{n}"})
        for n in range(MOST_OF_POST + 1)
    )
    _, (bad,) = checked(Parsed(tuple(rows)))
    assert bad.key == "chair of Q"
    assert bad.reason == "has 20001 tenures, more than 20000"


_CAPPED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_DATA, (300 << 20, 300 << 20))
from watcher.__main__ import main
main()
"""


def test_a_million_rows_are_refused_in_little_memory_and_nothing_is_kept(
    home: Home,
) -> None:
    file = home.path / "million.csv"
    with file.open("w") as rows:
        rows.write("organization,role,person\n")
        rows.writelines(f"Firm {n % 5000},chair,Ann{n} Poe\n" for n in range(10**6))
    config = str(home.path / "watcher.toml")
    command = ["import", str(file), "--config", config]
    done = subprocess.run(
        [sys.executable, "-c", _CAPPED, *command],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"{file}: has more than {MOST} rows; split the file",
        f"{file}: nothing was imported",
    ]
    assert not (home.path / "w.db").exists()


def test_a_file_that_has_no_end_is_refused(tmp_path: Path) -> None:
    endless = tmp_path / "endless.csv"
    endless.symlink_to("/dev/zero")
    ((bad,),) = [read(endless)[1]]
    assert bad.reason == "is larger than 64 MB; split the file"


def test_of_very_many_wrong_rows_the_first_are_named_and_the_rest_counted(
    home: Home,
) -> None:
    rows = "Quarry Bank,chair,Al Gor,someday\n" * 250
    code, said = home.imports("bad.csv", f"organization,role,person,since\n{rows}")
    assert (code, len(said)) == (2, 101)
    assert said[0].startswith("bad.csv:2: row 1: since: is not a date")
    assert said[-1] == "bad.csv: nothing was imported; 150 more rows are wrong"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(home: Home, end: str) -> None:
    quoted = ROWS.replace("Al Gor", '"Al Gor"')
    assert home.imports("known.csv", quoted.replace("\n", end))[0] == 0


def test_organizations_that_are_each_others_parents_are_named() -> None:
    loop = [
        {"id": "q", "name": "Quarry Bank", "parent_id": "r"},
        {"id": "r", "name": "Risk", "parent_id": "q"},
    ]
    bad = from_popolo(POPOLO | {"organizations": loop}).bad
    assert {(b.key, b.reason) for b in bad} == {("parent_id", "goes round in a circle")}


def test_a_long_line_of_organizations_ends_at_the_topmost() -> None:
    line = [
        {"id": f"o{n}", "name": f"Office {n}", "parent_id": f"o{n - 1}"}
        for n in range(1, 5000)
    ]
    members = [
        {"person": {"name": "Al Gor"}, "role": "head", "organization_id": f"o{n}"}
        for n in range(4999, -1, -1)
    ]
    top = {"id": "o0", "name": "Office 0"}
    found = from_popolo({"memberships": members, "organizations": [top, *line]})
    assert (len(found.rows), found.bad) == (5000, ())
    assert {row.facts["organization"] for row in found.rows} == {"Office 0"}


def test_a_reference_that_leads_nowhere_is_named() -> None:
    (first, _) = from_popolo(POPOLO | {"persons": []}).bad
    assert first.told(Path("p.json")) == (
        "p.json: memberships[0]: person_id: 'a' is not in persons"
    )


def test_an_organization_under_another_is_a_unit_of_the_topmost() -> None:
    bodies = [
        {"id": "top", "name": "Quarry Bank"},
        {"id": "mid", "name": "Markets", "parent_id": "top"},
        {"id": "q", "name": "Risk", "parent_id": "mid"},
    ]
    row = from_popolo(POPOLO | {"organizations": bodies}).rows[0]
    assert (row.facts["organization"], row.facts["unit"]) == ("Quarry Bank", "Risk")


def test_a_person_without_a_label_in_the_file_is_named() -> None:
    few = {name: one for name, one in WIKIDATA.items() if name != "Q3"}
    (bad,) = from_wikidata(few).bad
    assert bad.told(Path("w.json")) == (
        "w.json: Q1.P169[1]: Q3: has no label in this file; add its entity"
    )


@pytest.mark.parametrize("where", ["statement", "post"])
def test_a_position_held_is_of_the_organisation_that_is_named_with_it(
    where: str,
) -> None:
    said = {"P642": [item("Q1")]} if where == "statement" else {}
    of_post = {"P2389": [statement("Q1")]} if where == "post" else {}
    entities = {
        "Q2": entity("Al Gor", P39=[statement("Q5", **said)]),
        "Q5": entity("governor of the Quarry Bank", **of_post),
        "Q1": entity("Quarry Bank"),
    }
    (row,) = from_wikidata(entities).rows
    assert row.facts == {
        "organization": "Quarry Bank",
        "role": "governor",
        "person": "Al Gor",
    }


@pytest.mark.parametrize(
    ("snak", "until"),
    [
        ({"snaktype": "somevalue"}, "unknown"),
        ({"snaktype": "novalue"}, None),
        (time("+2010-00-00T00:00:00Z", 8)[0], "unknown"),
    ],
)
def test_an_end_on_no_known_day_is_an_end(snak: Any, until: str | None) -> None:
    entities = WIKIDATA | {"Q1": entity("Q", P488=[statement("Q2", P582=[snak])])}
    (row,) = from_wikidata(entities).rows
    assert row.facts.get("until") == until


def test_a_time_before_our_era_is_no_date_we_know() -> None:
    old = statement("Q2", P580=time("-0044-03-15T00:00:00Z", 11))
    parsed = from_wikidata(WIKIDATA | {"Q1": entity("Q", P488=[old])})
    _, (bad,) = checked(parsed)
    assert bad.key == "P580"


@pytest.mark.parametrize("form", ["csv", "popolo"])
def test_what_was_exported_can_be_imported_elsewhere(home: Home, form: str) -> None:
    home.imports("known.toml", TENURES + 'capacity = "interim"\n')
    with home.ledger() as ledger:
        before = exported(form, ledger.tenures())
    (home.path / "w.db").unlink()
    suffix = "json" if form == "popolo" else form
    assert home.imports(f"again.{suffix}", before)[0] == 0
    with home.ledger() as ledger:
        assert exported(form, ledger.tenures()) == before
    assert form in FORMS


def test_an_end_without_a_date_survives_popolo(home: Home) -> None:
    gone = TENURES.replace('until = "2019-06"', 'until = "unknown"')
    home.imports("known.toml", gone)
    with home.ledger() as ledger:
        before = exported("popolo", ledger.tenures())
        states = [t.end_state for t in ledger.tenures()]
    (home.path / "w.db").unlink()
    home.imports("again.json", before)
    with home.ledger() as ledger:
        assert [t.end_state for t in ledger.tenures()] == states


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(
        ["id", "name", "claims", "P169", "P39", "mainsnak", "datavalue", "value",
         "person", "post", "organization", "parent", "labels", "en", "qualifiers"]
    ), inner),
)  # fmt: skip


@given(st.lists(st.dictionaries(st.sampled_from(
    ["person", "post", "organization", "role", "start_date", "person_id"]
), _JSON)))  # fmt: skip
def test_wrong_types_in_popolo_are_rows_that_are_wrong(members: Any) -> None:
    tenures, bad = checked(from_popolo({"memberships": members}))
    assert len(tenures) + len({b.where for b in bad}) == len(members)


@given(st.dictionaries(st.text(), _JSON))
def test_wrong_types_in_wikidata_break_nothing(entities: Any) -> None:
    tenures, _ = checked(from_wikidata(entities))
    assert tenures == ()


@given(st.text(), st.text())
def test_any_text_is_read_or_refused(table: str, rows: str) -> None:
    checked(from_toml(table))
    checked(from_csv(f"organization,role,person\n{rows}"))
