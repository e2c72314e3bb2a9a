"""What an install puts on a machine: three packages, the rules and the seeds."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("rules", "state", "watcher")
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "-q", "--no-isolation", "-o", str(out), ROOT],
        check=True,
        capture_output=True,
    )
    return out


def names_in(archive: Path) -> set[str]:
    if archive.suffix == ".whl":
        return set(zipfile.ZipFile(archive).namelist())
    with tarfile.open(archive) as tar:
        return {name.partition("/")[2] for name in tar.getnames()}


def files_below(folder: Path) -> set[str]:
    return {
        file.relative_to(ROOT).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and file.suffix in {".toml", ".txt", ".py"}
    }


def test_the_wheel_holds_three_packages_with_their_rules_and_seeds(built: Path) -> None:
    names = names_in(next(built.glob("*.whl")))
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(NAMES)
    assert files_below(ROOT / "rules") <= names
    seeds = {f"watcher/_{name}" for name in files_below(ROOT / "seeds")}
    assert seeds
    assert seeds <= names
    assert "watcher/templates/alert.html" in names
    assert "watcher/schemas/message.schema.json" in names


def test_the_sdist_holds_the_rules_the_seeds_and_the_tests(built: Path) -> None:
    names = names_in(next(built.glob("*.tar.gz")))
    for folder in ("rules", "seeds", "tests"):
        assert files_below(ROOT / folder) <= names
    assert "requirements.lock" in names


def test_an_editable_install_puts_no_folder_before_the_checkout(tmp_path: Path) -> None:
    build = "import sys, hatchling.build as b; print(b.build_editable(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    names = names_in(tmp_path / done.stdout.split()[-1])
    assert not [
        name for name in names if name.startswith(tuple(f"{n}/" for n in NAMES))
    ]


def test_an_installed_wheel_begins_outside_the_checkout(
    built: Path, tmp_path: Path
) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    wheel = next(built.glob("*.whl"))
    subprocess.run(
        [*PIP, "--python", python, "install", "-q", "--no-deps", "--no-index", wheel],
        check=True,
    )
    # The dependencies come from this environment, the program from the wheel.
    site = next(home.glob("lib/python*/site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    work = tmp_path / "elsewhere"
    work.mkdir()
    clean = {k: v for k, v in os.environ.items() if not k.startswith("WATCHER_")}
    for command in ("init", "check"):
        done = subprocess.run(
            [home / "bin" / "watcher", command],
            cwd=work,
            env=clean,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert (work / "watcher.toml").is_file()


@pytest.mark.parametrize("name", NAMES)
def test_no_other_distribution_provides_our_packages(name: str) -> None:
    owners = set(packages_distributions().get(name, []))
    if not owners:
        pytest.skip("an editable install lists no packages")
    assert owners == {"leadership-watcher"}


def test_the_locks_hold_hashes_and_no_address() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
