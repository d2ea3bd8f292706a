"""Asks Django itself which URL pattern takes which path.

Prints JSON lines: first the patterns of a project in resolver order, each as the segments that the
analyzer also sees; then generated paths, each with the number of the pattern that
`django.urls.resolve` chose, or null.

Usage: resolve.py PROJECT_DIR SETTINGS_MODULE COUNT SEED
"""

import json
import os
import random
import re
import sys
from urllib.parse import quote_from_bytes, unquote_to_bytes

from sampling import sample_path, sample_regex


def main():
    folder, settings, count, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    sys.path.insert(0, folder)
    os.chdir(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    import django

    django.setup()
    endpoints = list(walk())
    print(json.dumps({"django": django.get_version(), "converters": custom_converters()}))
    for segments, _ in endpoints:
        print(json.dumps({"segments": segments}))
    numbers = {}
    for number, (_, identity) in enumerate(endpoints):
        numbers.setdefault(identity, number)
    chooser = Chooser(numbers)
    rng = random.Random(seed)
    sampler = Sampler([segments for segments, _ in endpoints], rng)
    for _ in range(count):
        target = sampler.target()
        print(json.dumps([target, chooser.choose(target)]))


def custom_converters():
    """By name; one with a `to_python` of its own may refuse what its regex takes."""
    from django.urls import converters

    known = {"int", "path", "slug", "str", "uuid"}
    trusted = [getattr(converters, name).to_python for name in ("StringConverter", "IntConverter")]
    return {
        name: {"regex": c.regex, "refuses": refuses(c, trusted)}
        for name, c in converters.get_converters().items()
        if name not in known
    }


def refuses(converter, trusted):
    """The format suffix of Django REST framework strips dots and never says no."""
    own = type(converter).to_python not in trusted
    return own and not type(converter).__module__.startswith("rest_framework")


def walk():
    """Every endpoint: its segments, and what `Chooser` recognises it by."""
    from django.urls import get_resolver

    yield from below(get_resolver().url_patterns, [], "")


def below(patterns, prefix, route):
    from django.urls.resolvers import URLPattern

    for entry in patterns:
        segments = [*prefix, segment(entry.pattern)]
        joined = join(route, str(entry.pattern))
        if isinstance(entry, URLPattern):
            yield segments, (id(entry), joined)
        else:
            yield from below(entry.url_patterns, segments, joined)


def join(first, second):
    """As URLResolver._join_route does."""
    return second if not first else first + second.removeprefix("^")


def segment(pattern):
    from django.urls.resolvers import LocalePrefixPattern, RoutePattern

    if isinstance(pattern, LocalePrefixPattern):
        prefix = pattern.language_prefix
        return ["language", prefix.rstrip("/")] if prefix else ["path", ""]
    if isinstance(pattern, RoutePattern):
        return ["path", str(pattern._route)]
    return ["re_path", str(pattern._regex)]


class Chooser:
    """Resolves as a request would be, and remembers which URLPattern said yes."""

    def __init__(self, numbers):
        from django.urls.resolvers import URLPattern

        self.numbers = numbers
        self.last = None
        original = URLPattern.resolve

        def resolve(pattern, path):
            match = original(pattern, path)
            if match:
                self.last = pattern
            return match

        URLPattern.resolve = resolve

    def choose(self, target):
        from django.core.handlers.wsgi import get_path_info
        from django.urls import Resolver404, resolve

        raw = unquote_to_bytes(target.split("?")[0]).decode("latin-1")
        try:
            match = resolve(get_path_info({"PATH_INFO": raw}))
        except Resolver404:
            return None
        # A root pattern under `^/` gives routes without it, like `walk`.
        return self.numbers[(id(self.last), match.route)]


NASTY = ["%2F", "%2f", "//", "/../", "/./", "%00", "%0A", "\n", "%FF", "%C3%A9", "%D9%A3"]
NASTY += ["%E2%85%A7", "%", "%2", "%25", "%zz", "%5C", "%23", "%3F", "+", "%20", ";a=1"]
NASTY += ["%C2%B2", "%CC%81", "%1F"]
SAFE = "/~!$&'()*,:@"


class Sampler:
    """Paths that some pattern takes, and paths that only just are not."""

    def __init__(self, endpoints, rng):
        self.endpoints = endpoints
        self.rng = rng

    def target(self):
        path = self.sample()
        kind = self.rng.random()
        if kind < 0.35:
            return path
        if kind < 0.45:
            return self.nasty(path)
        if kind < 0.60:
            return self.reencoded(path)
        if kind < 0.70:
            return path.rstrip("/") if path.endswith("/") else path + "/"
        if kind < 0.80:
            return self.spliced(path, self.sample())
        return self.mutated(path)

    def sample(self):
        segments = self.rng.choice(self.endpoints)
        parts = [self.part(kind, text) for kind, text in segments]
        return "/" + quote_from_bytes("".join(parts).encode("utf-8", "replace"), safe=SAFE)

    def part(self, kind, text):
        if kind == "re_path":
            return sample_regex(text, self.rng)
        if kind == "language":
            return text + "/"
        return sample_path(text, self.rng)

    def nasty(self, path):
        at = self.rng.randrange(1, len(path) + 1)
        return path[:at] + self.rng.choice(NASTY).replace("\n", "%0A") + path[at:]

    def reencoded(self, path):
        """The same path with some characters needlessly encoded, in either case."""
        out = []
        for byte in unquote_to_bytes(path):
            if byte != 0x2F and self.rng.random() < 0.2:
                out.append(("%%%02x" if self.rng.random() < 0.5 else "%%%02X") % byte)
            else:
                out.append(quote_from_bytes(bytes([byte]), safe="/"))
        return "".join(out)

    def spliced(self, one, other):
        cuts = [match.start() for match in re.finditer("/", one)]
        others = [match.start() for match in re.finditer("/", other)]
        return one[: self.rng.choice(cuts)] + other[self.rng.choice(others) :]

    def mutated(self, path):
        text = list(path)
        for _ in range(self.rng.randrange(1, 4)):
            at = self.rng.randrange(1, len(text) + 1)
            what = self.rng.random()
            if what < 0.4 and at < len(text):
                del text[at]
            elif what < 0.7:
                text.insert(at, self.rng.choice("aZ09-_./x~"))
            elif at < len(text):
                text[at] = text[at].swapcase()
        return "".join(text)


if __name__ == "__main__":
    main()
