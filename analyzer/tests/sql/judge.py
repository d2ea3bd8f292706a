"""PostgreSQL's own grammar (pglast) as the judge of the analyzer's reading of SQL.

    judge.py record statements.sql           answers for the committed statements, as JSON lines
    judge.py harvest FOLDER... > FILE        the same for SQL found in Python and .sql files

A line holds one text and, for each of its statements, whether it reads or changes rows and which
tables it reads and writes (own names, no schema). `statements` is null where pglast refuses.
"""

import ast
import json
import pathlib
import re
import sys

import pglast

DML = {"SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"}
MENTIONS = re.compile(rb"execute|\braw\(|RawSQL|RunSQL")
CALLS = {"execute", "executemany", "raw", "RawSQL", "RunSQL"}
SQL_FILE_BYTES_MAX = 1_000_000  # larger ones are dumps of data
PLACEHOLDER = re.compile(r"%s\b|%\(\w+\)s")
HOLE = "hole"  # stands for what a format string leaves out; a name and an expression at once


class Scan:
    """Tables of one statement: scopes of WITH as PostgreSQL resolves them."""

    def __init__(self):
        self.reads, self.writes = set(), set()

    def walk(self, node, scope=frozenset()):
        if isinstance(node, (tuple, list)):
            for part in node:
                self.walk(part, scope)
            return
        if not isinstance(node, pglast.ast.Node):
            return
        kind = type(node).__name__
        if kind == "RangeVar":
            if node.schemaname or node.relname not in scope:
                self.reads.add(node.relname)
            return
        if kind == "LockingClause":
            return
        scope = self.enter(node, scope)
        targets = {"InsertStmt": "relation", "UpdateStmt": "relation", "DeleteStmt": "relation",
                   "MergeStmt": "relation", "IntoClause": "rel"}
        for slot in node.__slots__:
            value = getattr(node, slot, None)
            if slot == "withClause" and value:
                continue
            if slot == targets.get(kind):
                self.writes.add(value.relname)
            else:
                self.walk(value, scope)

    def enter(self, node, scope):
        """The scope inside a statement that may have a WITH clause, which is walked here."""
        clause = getattr(node, "withClause", None)
        if not clause:
            return scope
        names = [cte.ctename for cte in clause.ctes]
        for index, cte in enumerate(clause.ctes):
            seen = names if clause.recursive else names[:index]
            self.walk(cte.ctequery, scope | set(seen))
        return scope | set(names)


def plain(text):
    """Placeholders of the database drivers are no SQL."""
    text = re.sub(r"(?i)\b(IN|VALUES)\s+(?:%s\b|%\(\w+\)s)", r"\1 (NULL)", text)
    return PLACEHOLDER.sub("NULL", text).replace("%%", "%")


def answer(text):
    """What pglast says of each statement; None where it refuses the text."""
    for candidate in (plain(text), text):
        try:
            parsed = pglast.parse_sql(candidate)
        except Exception:  # its errors share no base class
            continue
        found = []
        for raw in parsed:
            scan = Scan()
            scan.walk(raw.stmt)
            kind = type(raw.stmt).__name__
            found.append({"kind": kind, "rows": kind in DML, "reads": sorted(scan.reads),
                          "writes": sorted(scan.writes)})
        return found
    return None


def line(at, text):
    return json.dumps({"at": at, "text": text, "statements": answer(text)})


def record(path):
    """Texts are separated by lines that start with `---`."""
    text = pathlib.Path(path).read_text()
    for number, part in enumerate(re.split(r"(?m)^---.*\n", text)[1:], 1):
        print(line(f"statement {number}", part))


class Names(ast.NodeVisitor):
    """Texts that are assigned to a name exactly once in a file."""

    def __init__(self, tree):
        self.known, self.doubtful = {}, set()
        self.visit(tree)

    def visit_Assign(self, node):
        for target in node.targets:
            if isinstance(target, ast.Name):
                if target.id in self.known:
                    self.doubtful.add(target.id)
                self.known[target.id] = node.value

    def value(self, name):
        return None if name in self.doubtful else self.known.get(name)


def text_of(node, names, depth=0):
    """The text of an expression, with holes; None where it is not one."""
    if depth > 8 or node is None:
        return None
    again = lambda inner: text_of(inner, names, depth + 1)
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        return again(names.value(node.id))
    if isinstance(node, ast.JoinedStr):
        parts = (again(p) if isinstance(p, ast.Constant) else HOLE for p in node.values)
        return "".join(p or "" for p in parts)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = again(node.left), again(node.right)
        return None if left is None else left + (HOLE if right is None else right)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        left = again(node.left)
        return left and re.sub(r"%(\(\w+\))?[sd]", HOLE, left)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        base = again(node.func.value)
        if base and node.func.attr == "format":
            return re.sub(r"\{[^{}]*\}", HOLE, base)
        if base and node.func.attr in ("strip", "lstrip", "rstrip"):
            return base
    return None


def texts(node, names):
    """Every text in an argument: RunSQL takes lists, and pairs of a text and its parameters."""
    if isinstance(node, (ast.List, ast.Tuple)):
        for element in node.elts:
            yield from texts(element, names)
    else:
        text = text_of(node, names)
        if text:
            yield node.lineno, text


def python_texts(path, seen):
    content = path.read_bytes()
    if hash(content) in seen or not MENTIONS.search(content):
        return
    seen.add(hash(content))
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    names = Names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", None))
            if name in CALLS:
                keywords = [k.value for k in node.keywords if k.arg in ("sql", "reverse_sql")]
                for argument in node.args[:2 if name == "RunSQL" else 1] + keywords:
                    yield from texts(argument, names)


def harvest(folders):
    seen = set()
    for folder in map(pathlib.Path, folders):
        for path in sorted(folder.rglob("*")):
            found = []
            if path.suffix == ".py" and path.is_file():
                found = python_texts(path, seen)
            elif path.suffix == ".sql" and path.stat().st_size <= SQL_FILE_BYTES_MAX:
                found = [(1, path.read_text(errors="replace"))]
            for number, text in found:
                if text.strip() and text not in seen and re.search(r"\w\s+\S", text):
                    seen.add(text)
                    print(line(f"{path.relative_to(folder)}:{number}", text))


if __name__ == "__main__":
    if sys.argv[1:2] == ["record"]:
        record(sys.argv[2])
    elif sys.argv[1:2] == ["harvest"]:
        harvest(sys.argv[2:])
    else:
        sys.exit(__doc__)
