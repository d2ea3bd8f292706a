"""Seeds projects, runs with their reads and results, and comments."""

from datetime import timedelta

from core.seeding import BATCH_ROWS, CLOCK
from research import analysis
from research.models import Comment, ResearchProject, SequenceRead, SequenceRun

PROJECTS = [
    ("anti-il6", "Anti-IL-6 repertoire", "AMGN"),
    ("anti-tnf", "Anti-TNF maturation", "PFE"),
    ("glp1-binders", "GLP-1 binders", "LLY"),
    ("covid-panel", "Coronavirus antibody panel", "AZN"),
]
RUNS_PER_PROJECT = 3
READS_PER_RUN = 12
READ_LENGTHS = (80, 240)


def seed(plan):
    rng = plan.chance("research")
    users, by_symbol = plan.made["users"], {i.symbol: i for i in plan.made["instruments"]}
    runs = []
    for copy in range(plan.scale):
        for slug, title, symbol in PROJECTS:
            suffix = f"-{copy + 1}" if copy else ""
            owner = rng.choice(users)
            project = ResearchProject.objects.create(
                owner=owner,
                slug=f"{slug}{suffix}",
                title=f"{title}{suffix}",
                summary="Next-generation sequencing of sorted B cells.",
                instrument=by_symbol[symbol],
                created_by=owner,
                updated_by=owner,
                created_at=CLOCK,
                updated_at=CLOCK,
            )
            runs += [make_run(plan, rng, project, owner, n) for n in range(RUNS_PER_PROJECT)]
            seed_comments(rng, project, users)
    seed_reads(rng, runs)


def make_run(plan, rng, project, owner, number):
    started = CLOCK - timedelta(days=10 - number)
    return SequenceRun.objects.create(
        project=project,
        requested_by=owner,
        label=f"Donor {number + 1}",
        public_id=plan.uuid(f"run:{project.slug}:{number}"),
        created_by=owner,
        updated_by=owner,
        created_at=started,
        updated_at=started,
        started_at=started,
        finished_at=started + timedelta(minutes=rng.randrange(5, 90)),
        status="done",
    )


def seed_reads(rng, runs):
    rows = []
    for run in runs:
        reads = []
        for number in range(READS_PER_RUN):
            length = rng.randrange(*READ_LENGTHS)
            sequence = "".join(rng.choices("ACGT", k=length))
            reads.append(
                SequenceRead(
                    run=run,
                    name=f"read{number + 1}",
                    sequence=sequence,
                    quality=rng.randrange(20, 41),
                )
            )
        run.result = analysis.summarize([read.sequence for read in reads])
        rows += reads
    SequenceRead.objects.bulk_create(rows, batch_size=BATCH_ROWS)
    SequenceRun.objects.bulk_update(runs, ["result"], batch_size=200)


def seed_comments(rng, project, users):
    for number in range(rng.randrange(1, 5)):
        Comment.objects.create(
            subject=project,
            author=rng.choice(users),
            body=f"Looks good ({number + 1}).",
            written_at=CLOCK + timedelta(minutes=number),
        )
