"""Which tables a statement reads and writes, from its tokens.

The statements come from a database layer that just ran them, so they are well formed; what has to
be told apart is tables from columns, and the target of a change from what it reads. Nothing of the
text is kept: literals are skipped, and only names behind a table keyword leave this module.
"""

import functools
import re

# Characters of one statement that are looked at; what follows is a list of values.
STATEMENT_CHARS_MAX = 200_000

# Statements (a count) whose answer is remembered: a suite repeats some hundreds.
STATEMENTS_MAX = 4_096

TOKEN = re.compile(
    r"""
      (?P<skip> \s+ | --[^\n]* | /\*.*?\*/ | E?'(?:[^']|'')*' | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$ )
    | (?P<quoted> "(?:[^"]|"")*" | `(?:[^`]|``)*` | \[[^\]\s]+\] )
    | (?P<word> [^\W\d][\w$]* )
    | (?P<mark> . )
    """,
    re.VERBOSE | re.DOTALL,
)

BEFORE_TABLE = {"FROM", "JOIN", "INTO", "UPDATE", "USING", "TABLE", "TRUNCATE"}
BETWEEN = {"ONLY", "LATERAL", "IGNORE", "OR", "REPLACE", "ABORT", "ROLLBACK", "FAIL"}
CHANGES = {"INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE", "COPY"}
# Words that end a list of tables in which a comma announces the next.
END_OF_LIST = {"WHERE", "SET", "GROUP", "ORDER", "HAVING", "LIMIT", "VALUES", "RETURNING",
               "UNION", "SELECT", "WINDOW", "FOR", "OFFSET", "EXCEPT", "INTERSECT"}


def tokens(text):
    """Pairs of (kind, text): `word` in capitals beside its own spelling, `name`, `mark`."""
    for match in TOKEN.finditer(text[:STATEMENT_CHARS_MAX]):
        kind = match.lastgroup
        piece = match.group()
        if match.group("quoted"):
            quote = piece[-1]
            yield "name", piece[1:-1].replace(quote * 2, quote)
        elif match.group("word"):
            yield "word", piece
        elif kind == "mark":
            yield "mark", piece


def common_tables(stream):
    """Names that `WITH name AS (` gives to results: they look like tables and are none."""
    names = set()
    for first, second, third in zip(stream, stream[1:], stream[2:]):
        opens = third == ("mark", "(") or third[1].upper() in {"MATERIALIZED", "NOT"}
        if first[0] != "mark" and second[1].upper() == "AS" and second[0] == "word" and opens:
            names.add(first[1])
    return names


@functools.lru_cache(maxsize=STATEMENTS_MAX)
def tables(text):
    """The tables of one statement as `(reads, writes)`, two frozen sets of names.

    Schemas are dropped: `public.orders` is `orders`, as the map calls it.
    """
    stream = list(tokens(text))
    first = next((piece.upper() for kind, piece in stream if kind == "word"), "")
    if first not in CHANGES | {"SELECT", "WITH", "EXPLAIN"}:
        return frozenset(), frozenset()
    ignored = common_tables(stream) if first == "WITH" or "WITH" in text.upper() else set()
    reads, writes = set(), set()
    for position, verb in places(stream):
        name = name_at(stream, position)
        if name and name not in ignored:
            (writes if verb else reads).add(name)
    return frozenset(reads), frozenset(writes)


def places(stream):
    """Positions at which a table name stands, each with whether the table is changed there."""
    listing, depth, statement, target = None, 0, "", False
    for position, (kind, piece) in enumerate(stream):
        upper = piece.upper() if kind == "word" else ""
        before = stream[position - 1][1].upper() if position else ""
        if kind == "mark":
            depth += {"(": 1, ")": -1}.get(piece, 0)
            if piece == "," and listing == depth:
                yield position + 1, False
        elif upper in CHANGES and before not in {"FOR", "ON", "DO", "KEY", "OR", "."}:
            statement, target = upper, True
            if upper in {"UPDATE", "TRUNCATE", "COPY"}:
                yield position + 1, True
                target = False
        elif upper in BEFORE_TABLE and before not in {"DISTINCT", "FOR", "KEY", "DO"}:
            if upper == "FROM" and inside_call(stream, position):
                continue
            changed = target and upper in {"INTO", "FROM"} and statement != "SELECT"
            target = False if changed else target
            listing = None if changed else depth
            yield position + 1, changed
        elif upper in END_OF_LIST:
            listing = None


def inside_call(stream, position):
    """Whether a FROM belongs to `EXTRACT(day FROM x)` and its kin."""
    for back in range(position - 1, max(position - 6, 0), -1):
        if stream[back] == ("mark", "("):
            name = stream[back - 1][1].upper() if back else ""
            return name in {"EXTRACT", "SUBSTRING", "TRIM", "OVERLAY", "POSITION"}
        if stream[back][1].upper() in {"SELECT", "DELETE"}:
            return False
    return False


def name_at(stream, position):
    """The table name at a position, without its schema; none for a subquery or a function."""
    while position < len(stream) and stream[position][1].upper() in BETWEEN | BEFORE_TABLE:
        if stream[position][0] != "word":
            break
        position += 1
    if position >= len(stream) or stream[position][0] == "mark":
        return None
    while stream[position + 1 : position + 2] == [("mark", ".")] and position + 2 < len(stream):
        position += 2
    follows = stream[position + 1 : position + 2]
    if stream[position][1].upper() in {"SELECT", "VALUES", "SET"} and stream[position][0] == "word":
        return None
    if stream[position][0] == "word" and follows == [("mark", "(")] and not into(stream, position):
        return None
    return stream[position][1]


def into(stream, position):
    """Whether the name is the target of an INSERT, whose columns follow in brackets."""
    return any(piece.upper() == "INTO" for _, piece in stream[max(position - 3, 0) : position])
