"""How a stub names things of other modules: imports, and literals that are facts."""

import re
import sys

# Longest literal that still counts as a fact; a longer one is prose or markup.
LITERAL_LENGTH_MAX = 60

WIDTH_MAX = 100

PUBLIC_PATHS = {"django.db.models.base.Model": ("django.db", "models", "models.Model")}


def is_fact(value):
    """Whether a value is a plain fact: a flag, a number, an identifier, or a list of those."""
    if value is None or isinstance(value, (bool, int)):
        return True
    if isinstance(value, str):
        return re.fullmatch(r"[\w./:<>^$?+*()\[\]\\-]*", value) is not None
    if type(value) in (list, tuple):
        return all(is_fact(item) for item in value)
    if type(value) is dict:
        return all(is_fact(key) and is_fact(item) for key, item in value.items())
    return False


def literal(value):
    """Python text of a fact, None for anything else."""
    if not is_fact(value):
        return None
    text = repr(value)
    return text if len(text) <= LITERAL_LENGTH_MAX else None


class Imports:
    """Collects the imports of one stub and hands out the names to use."""

    def __init__(self, module, known, taken):
        self.module = module
        self.known = known
        self.lines = {}
        self.taken = dict.fromkeys(taken, module)

    def use(self, module, name):
        """The name under which an object of a module can be used, imported if need be."""
        if module == self.module:
            return name
        head = name.split(".")[0]
        local = head
        if self.taken.get(local, module) != module:
            local = f"{module.rsplit('.', 1)[-1]}_{head}"
        self.taken[local] = module
        alias = "" if local == head else f" as {local}"
        self.lines[f"from {module} import {head}{alias}"] = None
        return ".".join([local, *name.split(".")[1:]])

    def of(self, thing):
        """The name of a class or function, None where the catalogue does not hold its module."""
        module, name = thing.__module__, thing.__qualname__
        if "<locals>" in name:
            return None
        if (made := self.made_of_queryset(thing)) is not None:
            return made
        if f"{module}.{name}" in PUBLIC_PATHS:
            owner, head, text = PUBLIC_PATHS[f"{module}.{name}"]
            self.use(owner, head)
            return text
        if module.startswith("django.db.models"):
            import django.db.models

            if getattr(django.db.models, name, None) is thing and not self.inside_models():
                self.use("django.db", "models")
                return f"models.{name}"
        return self.use(module, name) if module in self.known or module == self.module else None

    def made_of_queryset(self, thing):
        """The call of `from_queryset` that made a manager class, None for any other thing."""
        queryset = vars(thing).get("_queryset_class") if isinstance(thing, type) else None
        if queryset is None or thing.__module__ != "django.db.models.manager":
            return None
        if getattr(sys.modules[thing.__module__], thing.__name__, None) is thing:
            return None
        base, given = self.of(thing.__bases__[0]), self.of(queryset)
        return f"{base}.from_queryset({given})" if base and given else None

    def inside_models(self):
        """Whether the stub is itself a part of django.db.models."""
        return self.module.startswith("django.db.models")

    def text(self):
        """The import lines, sorted, wrapped where one is too long."""
        return [wrapped(line) for line in sorted(self.lines)]


def wrapped(line):
    """An import line, in parentheses where it is too long."""
    if len(line) <= WIDTH_MAX:
        return line
    head, name = line.split(" import ")
    return f"{head} import (\n    {name},\n)"
