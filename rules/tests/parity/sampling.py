"""Random texts that a path() route or a regular expression matches, more or less."""

import re
import uuid

try:
    from re import _constants as sre
    from re import _parser as parser
except ImportError:  # before Python 3.11
    import sre_constants as sre
    import sre_parse as parser

PARAMETER = re.compile(r"<(?:(?P<converter>[^>:]+):)?(?P<parameter>[^>]+)>")
LETTERS = "abcXYZ019_-.é٣²"
CHARACTERS = {
    sre.CATEGORY_DIGIT: "0189٣",
    sre.CATEGORY_WORD: "abz_09Zé²",
    sre.CATEGORY_SPACE: " \t\x1f",
    sre.CATEGORY_NOT_DIGIT: "ab_-/",
    sre.CATEGORY_NOT_WORD: "-./ ",
    sre.CATEGORY_NOT_SPACE: "ab09-",
}


def sample_path(route, rng):
    return PARAMETER.sub(lambda match: value(match["converter"], rng), route)


def value(converter, rng):
    from django.urls.converters import get_converters

    if converter == "uuid":
        text = str(uuid.UUID(int=rng.getrandbits(128)))
        return text.upper() if rng.random() < 0.1 else text
    if converter in (None, "str"):
        return "".join(rng.choice(LETTERS) for _ in range(rng.randrange(1, 6)))
    if converter == "path":
        return "/".join(value("str", rng) for _ in range(rng.randrange(1, 4)))
    if converter == "int":
        return rng.choice(["0", "007", str(rng.randrange(10**6)), "٣", "-1", "1.5", "9" * 40])
    return sample_regex(get_converters()[converter].regex, rng)


def sample_regex(regex, rng):
    return "".join(items(parser.parse(regex), rng))


def items(parsed, rng):
    for op, argument in parsed:
        yield from item(op, argument, rng)


def item(op, argument, rng):
    if op is sre.LITERAL:
        yield chr(argument)
    elif op is sre.NOT_LITERAL:
        yield rng.choice([c for c in LETTERS if ord(c) != argument])
    elif op is sre.ANY:
        yield rng.choice(LETTERS + "/")
    elif op is sre.IN:
        yield member(argument, rng)
    elif op is sre.BRANCH:
        yield from items(rng.choice(argument[1]), rng)
    elif op is sre.SUBPATTERN:
        yield from items(argument[-1], rng)
    elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        low, high, inner = argument
        for _ in range(rng.randrange(low, min(high, low + 4) + 1)):
            yield from items(inner, rng)


def member(choices, rng):
    if choices[0][0] is sre.NEGATE:
        compiled = [c for c in LETTERS + "/\n" if not any(holds(one, c) for one in choices[1:])]
        return rng.choice(compiled or ["~"])
    op, argument = rng.choice(choices)
    if op is sre.LITERAL:
        return chr(argument)
    if op is sre.RANGE:
        return chr(rng.randrange(argument[0], argument[1] + 1))
    return rng.choice(CHARACTERS[argument])


def holds(choice, character):
    op, argument = choice
    if op is sre.LITERAL:
        return ord(character) == argument
    if op is sre.RANGE:
        return argument[0] <= ord(character) <= argument[1]
    return character in CHARACTERS.get(argument, "")
