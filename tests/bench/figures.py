"""The figures that the project promises, each with how it is measured."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import venv
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from tests.bench.process import CommandFailedError, measure, measure_alternately, tenantlint
from tests.tenants.big import big

from tenantlint import shipped
from tenantlint.facts import FACTS, FactContext, compute
from tenantlint.sources import open_target

REPOSITORY = Path(__file__).resolve().parents[2]
SCUBAGEAR = REPOSITORY.parent / "shared" / "corpus" / "scubagear" / "ProviderSettingsExport.json"
_MB = 1_000_000


@dataclass(frozen=True)
class Row:
    """One line of the table. `value` and `bound` in the same unit; `value` is None when it was not measured, `bound`
    when nothing is promised.
    """

    what: str
    value: float | None
    bound: float | None
    unit: str
    note: str = ""

    @property
    def missed(self) -> bool:
        return self.value is not None and self.bound is not None and self.value >= self.bound

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "skipped"
        if self.bound is None:
            return ""
        return "MISSED" if self.missed else "met"


def startup(runs: int) -> list[Row]:
    """`tenantlint --version`, whole process."""
    found = measure(tenantlint("--version"), runs=runs)
    return [Row("tenantlint --version", found.median * 1000, 150, "ms", found.spread)]


def real_export(runs: int) -> list[Row]:
    """`check` of the ScubaGear export, whole process."""
    what = "check of the ScubaGear export"
    if not SCUBAGEAR.is_file():
        return [Row(what, None, 1200, "ms", "the corpus is not there")]
    found = measure(tenantlint("check", str(SCUBAGEAR)), runs=runs)
    return [Row(what, found.median * 1000, 1200, "ms", found.spread)]


def extra_check(runs: int, folder: Path) -> list[Row]:
    """What one more check costs: the whole library against the library twice, the second time as custom checks.

    By processor time: the difference of two wall times is lost in what else the machine does.
    """
    what = "each further check, on the same export"
    if not SCUBAGEAR.is_file():
        return [Row(what, None, 10, "ms", "the corpus is not there")]
    count = copy_as_custom_checks(folder)
    once, twice = measure_alternately(
        [
            tenantlint("check", str(SCUBAGEAR)),
            tenantlint("check", str(SCUBAGEAR), "--policies", str(folder)),
        ],
        runs=runs,
    )
    each = (twice.cpu - once.cpu) * 1000 / count
    note = f"{count} checks, processor {once.cpu * 1000:.0f} to {twice.cpu * 1000:.0f} ms"
    return [Row(what, each, 10, "ms", note)]


def access_facts(runs: int) -> list[Row]:
    """All facts about Conditional Access coverage and exclusions of the example tenant, by processor time."""
    names = [name for name in FACTS if name.startswith("coverage.") or name == "exclusions"]
    taken = []
    for _ in range(runs):
        snapshot = open_target(REPOSITORY / "snapshots" / "contoso").snapshot
        context = FactContext(snapshot, datetime(2026, 11, 23, tzinfo=UTC))
        context.directory.guests("internalGuest")
        start = time.process_time()
        compute(names, context)
        taken.append((time.process_time() - start) * 1000)
    note = f"{len(names)} facts, {min(taken):.0f} to {max(taken):.0f}"
    return [Row("Conditional Access facts of contoso, processor", median(taken), 150, "ms", note)]


def copy_as_custom_checks(folder: Path) -> int:
    """Write every shipped check once more under a free id and package; gives their number."""
    source = shipped.policies() / "checks"
    paths = [path for path in sorted(source.rglob("*.rego")) if not path.name.endswith("_test.rego")]
    for number, path in enumerate(paths, 1):
        text = path.read_text(encoding="utf-8")
        text, ids = re.subn(r"(?m)^#(\s+)id: \w+$", rf"#\1id: X{number:04}", text, count=1)
        text, packages = re.subn(r"(?m)^package tenantlint\.checks\.", "package custom.checks.", text, count=1)
        if not (ids and packages):
            raise CommandFailedError(f"{path.name} has no id or package where the bench looks for it")
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    return len(paths)


def big_tenant(runs: int, folder: Path, *, tangled: bool = False) -> list[Row]:
    """`check` of 100,000 users, 2,000 groups, 1,000,000 memberships and 240 policies: time and memory."""
    big(folder, tangled=tangled)
    found = measure(tenantlint("check", str(folder)), runs=runs)
    what = "check of 100,000 users, " + ("tangled exclusions" if tangled else "240 policies")
    rows = [Row(what, found.median, 10, "s", found.spread)]
    if found.peak:
        rows.append(Row(f"{what}: peak memory", found.peak / _MB, 1000, "MB"))
    return rows


def installation(folder: Path) -> list[Row]:
    """Size and number of distributions of `pip install tenantlint` without extras, in a new environment."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(REPOSITORY)]
    done = subprocess.run(install, check=False, capture_output=True, text=True)
    if done.returncode:
        raise CommandFailedError(done.stderr.strip()[-300:])
    script = (
        "import importlib.metadata as m, json, pathlib\n"
        "own = [d for d in m.distributions() if d.metadata['Name'].lower() not in ('pip', 'setuptools', 'wheel')]\n"
        "files = {pathlib.Path(d.locate_file(f)) for d in own for f in d.files or ()}\n"
        "print(json.dumps([len(own), sum(f.stat().st_size for f in files if f.is_file())]))\n"
    )
    told = subprocess.run([str(python), "-c", script], check=True, capture_output=True, text=True).stdout
    distributions, size = json.loads(told)
    return [
        Row("core installation: size", size / _MB, 60, "MB", "with byte code, without pip"),
        Row("core installation: distributions", distributions, 20, ""),
    ]
