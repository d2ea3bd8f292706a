"""What the migrations of a project's own apps build, according to Django, as JSON.

    python migrated.py SETTINGS ROOT [PATH...]

Asks `MigrationLoader.project_state()`, with no database, and renders its models: their tables with
columns, and the order of the migrations. Own is what lies below ROOT outside of site-packages.
"""

import json
import os
import sys
from pathlib import Path


def is_own(module, root):
    file = getattr(module, "__file__", None) or next(iter(module.__path__), None)
    path = Path(file).resolve()
    return path.is_relative_to(root) and "site-packages" not in path.relative_to(root).parts


def main():
    settings, root, *paths = sys.argv[1:]
    root = Path(root).resolve()
    sys.path[:0] = [str(Path(path).resolve()) for path in paths]
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    out, sys.stdout = sys.stdout, sys.stderr  # projects print while they start

    import django

    django.setup()
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, ignore_no_migrations=True)
    migrations = {
        key: sys.modules[type(migration).__module__]
        for key, migration in loader.graph.nodes.items()
    }
    own = {key for key, module in migrations.items() if is_own(module, root)}
    apps = {app for app, _ in own}
    leaves = loader.graph.leaf_nodes()
    plan = loader.graph._generate_plan(leaves, at_end=True)
    tables = {}
    for model in loader.project_state().apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.app_label in apps and meta.managed and not meta.proxy and not meta.swapped:
            tables[meta.db_table] = sorted(
                field.column for field in meta.local_fields if field.column
            )
    answer = {
        "settings": settings,
        "migrations": [list(key) for key in plan if key in own],
        "edges": sorted(
            [list(parent.key), list(key)]
            for key in own
            for parent in loader.graph.node_map[key].parents
            if parent.key in own
        ),
        "tables": tables,
    }
    json.dump(answer, out, indent=1)


if __name__ == "__main__":
    main()
