"""Sequence analysis, runs, comments, the default router."""

from django.test import SimpleTestCase

from core.testing import SeededTestCase, api_client
from research import analysis
from research.models import ResearchProject, SequenceRun

BASE = "/api/research"
FASTA = ">r1 first\nACGTACGTAA\nGG\n>r2\nGGGGCCCC\n"


class AnalysisTest(SimpleTestCase):
    def test_fasta(self):
        reads = analysis.parse_fasta(FASTA)
        self.assertEqual(reads, [("r1", "ACGTACGTAAGG"), ("r2", "GGGGCCCC")])
        for text, line in [("ACGT", 1), (">a\nAC\nXX", 3)]:
            with self.assertRaisesMessage(ValueError, f"line {line} "):
                analysis.parse_fasta(text)

    def test_figures(self):
        self.assertEqual(analysis.gc_share("GGCA"), 0.75)
        self.assertEqual(analysis.n50([2, 3, 5, 10]), 10)
        self.assertEqual(analysis.n50([]), 0)
        self.assertEqual(analysis.reverse_complement("AACG"), "CGTT")
        self.assertEqual(analysis.kmers("AAAAA")["AAAAA"], 1)
        self.assertEqual(analysis.kmers("TTTTT")["AAAAA"], 1)

    def test_local_alignment(self):
        self.assertEqual(analysis.alignment_score("ACGT", "ACGT"), 8)
        self.assertEqual(analysis.alignment_score("TTACGTTT", "GGACGTGG"), 8)
        self.assertEqual(analysis.alignment_score("ACGT", "ACT"), 4)
        self.assertEqual(analysis.alignment_score("AAAA", "CCCC"), 0)


class RunsTest(SeededTestCase):
    def create(self, fasta=FASTA, expected=201):
        body = {"project": "anti-il6", "label": "New", "fasta": fasta}
        with self.captureOnCommitCallbacks(execute=True):
            answer = self.api.post(f"{BASE}/runs/", body, format="json")
        self.assertEqual(answer.status_code, expected, answer.content)
        return answer.json()

    def test_a_run_is_worked_off_after_the_commit(self):
        made = self.create()
        run = self.api.get(f"{BASE}/runs/{made['public_id']}/").json()
        self.assertEqual(run["status"], "done")
        self.assertEqual((run["result"]["reads"], run["result"]["bases"]), (2, 20))
        self.assertEqual(self.ada.notifications.first().subject, "Run New is done")
        reads = self.api.get(f"{BASE}/runs/{made['public_id']}/reads/?page_size=1").json()
        self.assertEqual((reads["count"], reads["results"][0]["length"]), (2, 12))

    def test_bad_sequences_are_refused(self):
        for fasta in ["hello", ">a\nAC\n>a\nGG", ">only-a-name-without\nAC-GT"]:
            before = SequenceRun.objects.count()
            self.assertIn("fasta", self.create(fasta, expected=400))
            self.assertEqual(SequenceRun.objects.count(), before)

    def test_repeating_gives_the_same_result(self):
        old = SequenceRun.objects.order_by("id").first()
        answer = self.api.post(f"{BASE}/runs/{old.public_id}/repeat/")
        self.assertEqual(answer.status_code, 201)
        self.assertEqual(answer.json()["repeat_of"], str(old.public_id))
        self.assertEqual(answer.json()["result"], old.result)

    def test_comparing_a_run_with_itself_puts_equal_reads_first(self):
        key = self.create()["public_id"]
        scores = self.api.get(f"{BASE}/compare/{key}/{key}/").json()["scores"]
        self.assertEqual(scores[0], {"left": "r1", "right": "r1", "score": 24})
        self.assertEqual(len(scores), 4)


class ProjectsTest(SeededTestCase):
    def test_reading_counts(self):
        path = f"{BASE}/projects/anti-il6/"
        before = ResearchProject.objects.get(slug="anti-il6").view_count
        detail = self.api.get(path).json()
        self.assertEqual((len(detail["runs"]), detail["instrument"]), (3, "AMGN"))
        self.api.get(path)
        after = ResearchProject.objects.get(slug="anti-il6").view_count
        self.assertEqual(after, before + 2)

    def test_only_the_owner_writes(self):
        body = {"slug": "mine", "title": "Mine"}
        self.assertEqual(self.api.post(f"{BASE}/projects/", body).status_code, 201)
        path = f"{BASE}/projects/mine/"
        stranger = api_client(self.alan)
        self.assertEqual(stranger.patch(path, {"title": "Theirs"}).status_code, 403)
        self.assertEqual(self.api.patch(path, {"title": "Still mine"}).status_code, 200)
        self.assertEqual(self.api.delete(path).status_code, 204)

    def test_comments_tell_the_owner(self):
        project = ResearchProject.objects.exclude(owner=self.ada).first()
        path = f"{BASE}/projects/{project.slug}/comments/"
        made = self.api.post(path, {"body": "Nice"})
        self.assertEqual(made.status_code, 201)
        self.assertIn("ada commented", project.owner.notifications.first().subject)
        self.assertEqual(self.api.get(path).json()[-1]["body"], "Nice")
        one = f"{BASE}/comments/{made.json()['id']}/"
        self.assertEqual(self.api.get(one).json()["url"], f"http://testserver{one}")
        self.assertEqual(api_client(self.alan).delete(one).status_code, 403)
        self.assertEqual(self.api.delete(one).status_code, 204)

    def test_the_default_router_has_an_index_and_suffixes(self):
        index = self.api.get(f"{BASE}/").json()
        self.assertEqual(sorted(index), ["projects", "runs"])
        listed = self.api.get(f"{BASE}/projects.json").json()
        self.assertEqual(listed["count"], 4)
        self.assertEqual(self.client.get("/research/").status_code, 200)
