"""The recorder and the inventory inside a real project."""

import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.test import Client, TestCase

from .project.models import Author, Book

ROOT = Path(__file__).resolve().parent.parent


def lines(path):
    return [json.loads(line) for line in Path(path).read_text().splitlines()]


class Recording(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "evidence.jsonl")
        author = Author.objects.create(name="Mary")
        self.book = Book.objects.create(title="Frankenstein", author=author)

    def client_recording(self, **settings):
        overridden = self.settings(OUTGROW_EVIDENCE=self.path, **settings)
        overridden.enable()
        self.addCleanup(overridden.disable)
        return Client(raise_request_exception=False)

    def seen(self, route):
        return [line for line in lines(self.path) if line.get("route") == route]

    def test_reads_of_a_route_are_written_once(self):
        client = self.client_recording()
        for _ in range(3):
            self.assertContains(client.get(f"/shelf/{self.book.pk}/"), "Frankenstein by Mary")
        first, *others = lines(self.path)
        self.assertEqual(first["schema"], "outgrow.evidence/1")
        self.assertEqual(others, [{
            "method": "GET", "route": "shelf/<int:pk>/", "view": "tests.project.urls.shelf",
            "reads": ["project_author", "project_book"], "writes": [], "transactions": [],
        }])

    def test_a_later_request_adds_only_what_is_new(self):
        client = self.client_recording()
        client.get("/shelf/0/")
        client.get(f"/shelf/{self.book.pk}/")
        self.assertEqual([line["reads"] for line in self.seen("shelf/<int:pk>/")],
                         [["project_book"], ["project_author"]])

    def test_writes_of_one_block_stand_together(self):
        self.client_recording().post("/publish/")
        (line,) = self.seen("publish/")
        self.assertEqual(line["writes"], ["project_author", "project_book"])
        self.assertEqual(line["transactions"], [["project_author", "project_book"]])

    def test_what_a_failing_request_did_is_recorded(self):
        response = self.client_recording().post("/publish/?unlucky=1")
        self.assertEqual(response.status_code, 500)
        (line,) = self.seen("publish/")
        self.assertEqual((line["writes"], line["transactions"]), (["project_author"], []))

    def test_a_streamed_body_belongs_to_its_request(self):
        response = self.client_recording().get("/export/")
        self.assertEqual(response.getvalue(), b"Mary\n")
        self.assertEqual([line["reads"] for line in self.seen("export/")],
                         [[], ["project_author"]])

    def test_no_route_no_line(self):
        self.client_recording().get("/nothing/")
        self.assertEqual(len(lines(self.path)), 1)

    def test_the_file_stops_growing(self):
        client = self.client_recording(OUTGROW_EVIDENCE_BYTES=100)
        client.get("/export/")
        client.get(f"/shelf/{self.book.pk}/")
        self.assertEqual(lines(self.path)[1:], [{"full": True}])

    def test_values_and_texts_stay_out(self):
        self.client_recording().post("/publish/")
        text = Path(self.path).read_text()
        for secret in ("Ada", "Notes", "INSERT"):
            self.assertNotIn(secret, text)


class Inventory(TestCase):
    def test_the_registry_and_the_resolver(self):
        out = io.StringIO()
        call_command("outgrow_inventory", root=str(ROOT), stdout=out)
        found = json.loads(out.getvalue())
        self.assertEqual([t["name"] for t in found["tables"]], ["project_author", "project_book"])
        self.assertEqual([e["route"] for e in found["endpoints"]],
                         ["shelf/<int:pk>/", "publish/", "export/"])


class CommandLine(TestCase):
    def test_a_suite_is_recorded_without_a_change_to_the_project(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "evidence.jsonl")
            command = [sys.executable, "-m", "outgrow_django", "--evidence", path,
                       "-m", "django", "test", "tests.suite", "--settings", "tests.settings"]
            environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True)
            self.assertEqual(done.returncode, 0, done.stderr.decode())
            (line,) = [entry for entry in lines(path) if "route" in entry]
        self.assertEqual(line["writes"], ["project_author", "project_book"])
