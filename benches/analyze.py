"""`./dev bench analyze`: the whole analysis beside those who must import or only see imports.

Peers, on the same source in the same round: `manage.py check` (Django itself: imports the project)
and grimp (the import graph behind import-linter; sees no tables and no endpoints), its cache off.
Walking, reading and parsing are measured beside the bare parser, on one thread each. A generated
project shows what 27,000 modules cost: the size of the largest Django monolith that was told of.
Edits of one line are made one kind at a time, on a project that was analyzed just before: the whole
command is measured, with all reports that it writes.
Every bar is printed with what was measured, reached or not.
"""

import argparse
import itertools
import os
import pathlib
import shutil
import sys
import tempfile

import rounds

ROOT = pathlib.Path(__file__).resolve().parent.parent
STATE = ROOT / ".dev"
RELEASE = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
OUTGROW = RELEASE / "outgrow"
PARSE_FILES = RELEASE / "examples" / "parse_files"
GRIMP = "import grimp, sys; grimp.build_graph(*sys.argv[1:], cache_dir=None)"


def example(out):
    """The example monolith: 6 apps, small enough to read every figure by hand."""
    folder = ROOT / "examples" / "django-monolith"
    packages = ["authentication", "market_data", "notifications", "portfolio", "research",
                "trading"]
    return {
        "outgrow analyze": {"command": [OUTGROW, "analyze", folder, "--no-cache", "--out", out]},
        "manage.py check": {
            "command": [STATE / "venv" / "bin" / "python", "manage.py", "check"],
            "cwd": folder,
        },
        "grimp build_graph": {
            "command": [STATE / "bench" / "bin" / "python", "-c", GRIMP, *packages],
            "cwd": folder,
        },
    }


def pretix(out):
    """pretix, a real project of over a thousand files; None where it was not prepared."""
    venv = STATE / "corpus" / "pretix" / "venv"
    folder = STATE / "corpus" / "pretix" / "src"
    if not folder.is_dir():
        return None
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "pretix.testutils.settings",
           "PYTHONPATH": str(folder), "DATA_DIR": out}
    return {
        "outgrow analyze": {
            "command": [OUTGROW, "analyze", folder, "--settings", "pretix.testutils.settings",
                        "--exit-zero", "--no-cache", "--out", out]
        },
        "manage.py check": {
            "command": [venv / "bin" / "python", "-m", "django", "check"], "env": env,
        },
        "grimp build_graph": {
            "command": [STATE / "bench" / "bin" / "python", "-c", GRIMP, "pretix"], "env": env,
        },
    }


def parsing():
    """Reading and parsing alone, on the largest source tree that is here."""
    folder = STATE / "corpus" / "pretix" / "src"
    if not folder.is_dir():
        folder = ROOT
    return {
        "outgrow's way": {"command": [PARSE_FILES, "ours", folder]},
        "bare parser": {"command": [PARSE_FILES, "bare", folder]},
    }


APPS = 300
MODULES = 27_000 // APPS - 4  # an app's further modules: models, views, urls and __init__ are four

MODEL = """from django.db import models


class Parent(models.Model):
    name = models.CharField(max_length=40)


class Child(models.Model):
    parent = models.ForeignKey(Parent, on_delete=models.CASCADE)
    before = models.ForeignKey("app{before}.Parent", null=True, on_delete=models.SET_NULL)
"""
VIEWS = """from django.http import JsonResponse

from app{n}.models import Child
from app{n}.part0 import change0


def seen(request, pk):
    return JsonResponse({{"name": Child.objects.get(pk=pk).parent.name}})


def changed(request, pk):
    change0(Child.objects.get(pk=pk))
    return JsonResponse({{}})
"""
URLS = """from django.urls import path

from app{n} import views

urlpatterns = [path("<int:pk>/", views.seen), path("<int:pk>/change/", views.changed)]
"""
PART = """from app{n}.models import Parent
{deeper}

def change{part}(row):
    for number in range(3):
        row.parent = Parent.objects.filter(name=str(number)).first()
    row.save()
    return [word.strip() for word in row.parent.name.split(",") if word]


class Report{part}:
    title = "report {part}"

    def rows(self, since):
        found = Parent.objects.filter(pk__gt=since)
        return {{row.pk: row.name for row in found}}
"""


def generate(folder):
    """A project of 300 apps and 27,000 modules."""
    names = [f"app{n}" for n in range(APPS)]
    files = {
        "manage.py": "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\n",
        "settings.py": f"INSTALLED_APPS = {names!r}\nROOT_URLCONF = 'urls'\n",
        "urls.py": "from django.urls import include, path\n\nurlpatterns = [\n"
        + "".join(f"    path('{name}/', include('{name}.urls')),\n" for name in names)
        + "]\n",
    }
    for n, name in enumerate(names):
        files[f"{name}/__init__.py"] = ""
        files[f"{name}/models.py"] = MODEL.format(before=max(n - 1, 0))
        files[f"{name}/views.py"] = VIEWS.format(n=n)
        files[f"{name}/urls.py"] = URLS.format(n=n)
        for part in range(MODULES):
            last = part + 1 == MODULES
            deeper = "" if last else f"from app{n}.part{part + 1} import Report{part + 1}\n"
            files[f"{name}/part{part}.py"] = PART.format(n=n, part=part, deeper=deeper)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return len(files)


def generated(out):
    """The generated project, analyzed alone: no peer takes it at all."""
    folder = pathlib.Path(out) / "generated"
    count = generate(folder)
    command = [OUTGROW, "analyze", folder, "--exit-zero", "--no-cache"]
    command += ["--out", pathlib.Path(out) / "map"]
    return f"generated, {count} modules", {"outgrow analyze": {"command": command}}


# Kinds of edits by project: file, text, and what stands there afterwards; `{n}` is another number
# each time.
EDITS = {
    "example monolith": {
        "a comment": ("trading/views.py", "class OrderPage(", "# {n}\nclass OrderPage("),
        "a body that nobody enters": (
            "trading/models.py",
            "    def __str__(self):\n        return f\"{self.side}",
            "    def __str__(self):\n        # {n}\n        return {n} and f\"{self.side}",
        ),
        "the body of a view": (
            "trading/views.py",
            "def export_csv(request):\n",
            "def export_csv(request):\n    edit = {n}\n",
        ),
        "a model": (
            "trading/models.py",
            "class RiskLimit(models.Model):\n",
            "class RiskLimit(models.Model):\n    edit{n} = models.IntegerField()\n",
        ),
    },
    "pretix": {
        "a comment": (
            "pretix/control/views/vouchers.py",
            "        ctx = super().get_context_data(**kwargs)\n",
            "        # {n}\n        ctx = super().get_context_data(**kwargs)\n",
        ),
        "a body that nobody enters": (
            "pretix/base/models/orders.py",
            "def generate_position_secret():\n",
            "def generate_position_secret():\n    edit = {n}\n",
        ),
        "the body of a view": (
            "pretix/control/views/vouchers.py",
            "        ctx = super().get_context_data(**kwargs)\n",
            "        edit = {n}\n        ctx = super().get_context_data(**kwargs)\n",
        ),
        "a model": (
            "pretix/base/models/orders.py",
            "class CachedTicket(models.Model):\n",
            "class CachedTicket(models.Model):\n    edit{n} = models.IntegerField()\n",
        ),
    },
}


def edits(name, row, out):
    """The project of a row of `name`, analyzed again and again with a kept map."""
    command = [str(word) for word in row["outgrow analyze"]["command"] if word != "--no-cache"]
    work = pathlib.Path(out) / "edits" / name.replace(" ", "-")
    shutil.copytree(command[2], work / "src", symlinks=True)
    command[2] = str(work / "src")
    command += ["--cache", str(work / "kept")]
    # An edit may be a finding: a model without its migration.
    command += [] if "--exit-zero" in command else ["--exit-zero"]
    count = itertools.count()

    def make(kind):
        path, old, new = EDITS[name].get(kind, ("", "", ""))
        if not path:
            return lambda: rounds.run_once(command)
        file = work / "src" / path
        text = file.read_text()
        if old not in text:
            sys.exit(f"{file} has no {old!r}: choose another edit")

        def edit():
            file.write_text(text)
            rounds.run_once(command)
            file.write_text(text.replace(old, new.replace("{n}", str(next(count))), 1))

        return edit

    kinds = ["nothing", *EDITS[name]]
    return {kind: {"command": command, "before": make(kind)} for kind in kinds}


def bars(sections):
    """Each bar with what was measured: a line of text, and whether it was reached."""
    for title, rows in sections.items():
        if title.startswith("edits of "):
            for kind, row in rows.items():
                wall = row["wall_s"]["median"] * 1000
                yield f"{title}: {kind}: at most 100 ms: {wall:.0f}", wall <= 100
            continue
        ours = next(iter(rows.values()))
        for peer, row in list(rows.items())[1:]:
            ratio = row["wall_ratio_to_ours"]["median"]
            if peer == "bare parser":
                yield f"{title}: at most 1.3 times {peer}: {1 / ratio:.2f}", ratio >= 1 / 1.3
            else:
                yield f"{title}: faster than {peer}: {1 / ratio:.2f} of its time", ratio >= 1
        if title.startswith("generated"):
            wall = ours["wall_s"]["median"]
            yield f"{title}: at most 4 s: {wall:.2f}", wall <= 4
        else:
            peak = ours["peak_mib"]["median"]
            yield f"{title}: at most 300 MB: {peak * 1.048576:.0f}", peak * 1.048576 <= 300


def main():
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object, same figures")
    parser.add_argument("--rounds", type=int, default=7, help="counted rounds (default 7)")
    arguments = parser.parse_args()
    sections = {}
    out = tempfile.mkdtemp(prefix="outgrow-bench-")
    try:
        contenders = {
            "example monolith": example(out),
            "pretix": pretix(out),
            "read and parse": parsing(),
        }
        title, rows = generated(out)
        contenders[title] = rows
        for name in EDITS:
            if contenders[name]:
                contenders[f"edits of {name}"] = edits(name, contenders[name], out)
        for title, rows in contenders.items():
            if rows:
                for what in rows.values():
                    what["command"] = [str(word) for word in what["command"]]
                sections[title] = rounds.measure(rows, arguments.rounds)
    finally:
        shutil.rmtree(out, ignore_errors=True)
    rounds.report("analyze", sections, arguments.json)
    if not arguments.json:
        for text, reached in bars(sections):
            print(f"  {'reached' if reached else 'MISSED '}  {text}")


if __name__ == "__main__":
    main()
