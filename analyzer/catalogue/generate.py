"""Writes the catalogue: what installed Django libraries declare, as small Python files.

The analyzer reads a project without its libraries, and takes from here what a project inherits or
mounts from them: classes with bases, model fields, app configs, handler methods, URL patterns.
Everything is asked of the imported library; no line of a library's source is copied. Files that
open with HANDWRITTEN are left alone.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python generate.py            # writes beside this file
    venv/bin/python generate.py --check django.contrib
"""

import argparse
import importlib
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:] = [path for path in sys.path if path != str(HERE)]  # the stubs would win over the real
HANDWRITTEN = "# Written by hand."


def read_contents(prefix):
    """The packages of contents.toml that modules with the prefix need: Django and their own.

    One that stands `apart` wants another Django than the rest, so only its own prefix names it.
    """
    packages = tomllib.loads((HERE / "contents.toml").read_text())["package"]
    wanted = {"django", prefix.split(".")[0]} if prefix else {
        p["name"] for p in packages if "apart" not in p
    }
    return [package for package in packages if package["name"] in wanted]


def start_django(packages):
    """Starts Django with every app of the catalogue installed."""
    import django
    from django.conf import settings

    apps = [app for package in packages for app in package["apps"]]
    settings.configure(
        INSTALLED_APPS=apps,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        MIDDLEWARE=["allauth.account.middleware.AccountMiddleware"] if "allauth" in apps else [],
        CKEDITOR_UPLOAD_PATH="uploads/",
        HAYSTACK_CONNECTIONS={
            "default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}
        },
        ROOT_URLCONF="django.contrib.auth.urls",
        RQ_QUEUES={"default": {}},
        SECRET_KEY="for the catalogue only",
        SITE_ID=1,
        STATIC_URL="/static/",
        WAGTAILADMIN_BASE_URL="http://localhost",
        WAGTAIL_SITE_NAME="catalogue",
    )
    django.setup()


def importable(name):
    """A module, or None where it does not exist."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name and (name == error.name or name.startswith(error.name + ".")):
            return None
        raise


def modules_of(package):
    """Names of the modules of a package that the catalogue describes, sorted."""
    names = set(package["modules"])
    for app in package["apps"]:
        names.update(f"{app}.{part}" for part in ("apps", "models", "admin", "urls"))
        names.add(app)
    return sorted(name for name in names if importable(name))


def file_of(name):
    """Path of a module's file inside the catalogue."""
    module = sys.modules[name]
    path = Path(*name.split("."))
    return path / "__init__.py" if hasattr(module, "__path__") else path.with_suffix(".py")


def generate(prefix):
    """Text of every file of the catalogue, by path."""
    packages = read_contents(prefix)
    start_django(packages)
    sys.path.append(str(HERE))
    from generator.module import render_module

    names = [name for package in packages for name in modules_of(package)]
    known = set(names)
    return {
        file_of(name): render_module(name, known) for name in names if name.startswith(prefix)
    }


def is_handwritten(path):
    """Whether a file of the catalogue is nobody's to overwrite."""
    return path.exists() and path.read_text().startswith(HANDWRITTEN)


def main():
    """Writes the catalogue, or compares it with what would be written."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prefix", nargs="?", default="", help="only modules with this prefix")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    options = parser.parse_args()
    stale = []
    for path, text in generate(options.prefix).items():
        target = HERE / path
        if is_handwritten(target) or not text:
            continue
        if options.check:
            if not target.exists() or target.read_text() != text:
                stale.append(path.as_posix())
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    for path in stale:
        print(f"stale: {path}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
