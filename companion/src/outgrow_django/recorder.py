"""Which request reads and writes which tables, as the database layer saw it.

A request is told by its method and the route that Django resolved it to. The file holds one JSON
object a line: first who wrote it, then one line for each new fact, so that several processes may
append to one file and a long run repeats nothing. No SQL text, parameter, path or user is kept.
"""

import contextlib
import json
import os
import threading

import django
from django.db import connections

from . import __version__, sql

SCHEMA = "outgrow.evidence/1"

# Size of one evidence file in bytes; ten thousand routes with fifty tables each need less.
EVIDENCE_BYTES_MAX = 64 * 1024 * 1024

# Tables of one request (a count); a request with more walks the whole database.
TABLES_PER_REQUEST_MAX = 2_000


class Exchange:
    """What one request touched so far."""

    def __init__(self):
        self.reads, self.writes = set(), set()
        self.regions = {}
        self.overflow = False

    def wrapper(self, connection):
        """An `execute_wrapper` for a connection; blocks that are open already are not its own."""
        outer = len(getattr(connection, "atomic_blocks", ()))

        def watch(execute, statement, params, many, context):
            try:
                return execute(statement, params, many, context)
            finally:
                self.note(statement, context["connection"], outer)

        return watch

    def note(self, statement, connection, outer):
        """Adds the tables of one statement; writes count for their outermost atomic block, too."""
        reads, writes = sql.tables(text_of(statement, connection))
        if len(self.reads) + len(self.writes) > TABLES_PER_REQUEST_MAX:
            self.overflow = True
            return
        self.reads |= reads
        self.writes |= writes
        blocks = getattr(connection, "atomic_blocks", ())
        if writes and len(blocks) > outer:
            block = blocks[outer]
            # The block is kept with its tables, so that its identity is not used again.
            self.regions.setdefault(id(block), (block, set()))[1].update(writes)

    def transactions(self):
        """Tables written together, one sorted list for each outermost atomic block."""
        return sorted(sorted(tables) for _, tables in self.regions.values())


def text_of(statement, connection):
    """The text of a statement; drivers also take objects that render themselves."""
    if isinstance(statement, str):
        return statement
    if isinstance(statement, bytes):
        return statement.decode("utf-8", "replace")
    render = getattr(statement, "as_string", None)
    return render(connection.connection) if render else str(statement)


class Recorder:
    """Writes what it sees to one file, never more than `bytes_max`."""

    def __init__(self, path, bytes_max=EVIDENCE_BYTES_MAX):
        self.path = os.path.abspath(path)
        self.bytes_max = bytes_max
        self.known = {}
        self.lock = threading.Lock()
        self.full = False
        self.append(
            {"schema": SCHEMA, "recorder": __version__, "django": django.get_version()}
        )

    def append(self, entry):
        """Appends one line in a single write, so that lines of several processes do not mix."""
        line = (json.dumps(entry, sort_keys=True, separators=(",", ":")) + "\n").encode()
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            if os.fstat(descriptor).st_size + len(line) > self.bytes_max:
                if not self.full:
                    os.write(descriptor, b'{"full":true}\n')
                self.full = True
                return
            os.write(descriptor, line)
        finally:
            os.close(descriptor)

    @contextlib.contextmanager
    def watching(self, exchange):
        """Notes every statement that this thread runs inside the block."""
        with contextlib.ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(exchange.wrapper(connection)))
            yield

    def answer(self, get_response, request):
        """Gives the response, and notes what making it touched."""
        exchange = Exchange()
        try:
            with self.watching(exchange):
                response = get_response(request)
        finally:
            self.record(request, exchange)
        if getattr(response, "streaming", False) and not getattr(response, "is_async", False):
            response.streaming_content = self.stream(response.streaming_content, request)
        return response

    def stream(self, content, request):
        """Hands on a streamed body; what producing it touches belongs to the request."""
        exchange = Exchange()
        try:
            content = iter(content)
            while True:
                with self.watching(exchange):
                    try:
                        part = next(content)
                    except StopIteration:
                        return
                yield part
        finally:
            self.record(request, exchange)

    def record(self, request, exchange):
        """Writes what is new about the route of a request; nothing if no route answered it."""
        match = getattr(request, "resolver_match", None)
        if match is None or self.full:
            return
        key = (request.method, match.route, match._func_path)
        with self.lock:
            first = key not in self.known
            known = self.known.setdefault(key, {"reads": set(), "writes": set(), "regions": []})
            reads = exchange.reads - known["reads"]
            writes = exchange.writes - known["writes"]
            regions = [r for r in exchange.transactions() if r not in known["regions"]]
            if not (first or reads or writes or regions):
                return
            known["reads"] |= reads
            known["writes"] |= writes
            known["regions"] += regions
            entry = {
                "method": request.method,
                "route": match.route,
                "view": match._func_path,
                "reads": sorted(reads),
                "writes": sorted(writes),
                "transactions": regions,
            }
            if exchange.overflow:
                entry["overflow"] = True
            self.append(entry)


_installed = None


def install(path):
    """Records every request that this process answers from now on, the test client's as well.

    For test suites; a server that runs has the middleware. Calling it again changes nothing.
    Requests that arrive through ASGI's asynchronous handler are not seen here.
    """
    global _installed
    if _installed is not None:
        return _installed
    from django.core.handlers.base import BaseHandler

    recorder = _installed = Recorder(path)
    original = BaseHandler.get_response

    def get_response(handler, request):
        return recorder.answer(lambda inner: original(handler, inner), request)

    BaseHandler.get_response = get_response
    return recorder
