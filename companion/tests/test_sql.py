"""Tables of statements, as Django and people write them."""

from django.test import SimpleTestCase

from outgrow_django import sql

CASES = [
    ('SELECT "a"."id" FROM "a"', {"a"}, set()),
    ('SELECT "a"."id" FROM "a" INNER JOIN "b" ON ("a"."b_id" = "b"."id"), "c"', set("abc"), set()),
    ('SELECT EXTRACT(DAY FROM "a"."d") FROM "a" WHERE "a"."d" IS DISTINCT FROM NULL', {"a"}, set()),
    ("SELECT id FROM public.a WHERE x = 'FROM b' -- FROM c", {"a"}, set()),
    ('INSERT INTO "a" ("x") VALUES (%s) RETURNING "a"."id"', set(), {"a"}),
    ('INSERT INTO "a" ("x") SELECT "x" FROM "b" ON CONFLICT ("x") DO UPDATE SET "x" = 1',
     {"b"}, {"a"}),
    ('UPDATE "a" SET "x" = (SELECT MAX(U0."x") FROM "b" U0) WHERE "a"."id" = 1', {"b"}, {"a"}),
    ('DELETE FROM "a" WHERE "a"."id" IN (SELECT U0."id" FROM "b" U0)', {"b"}, {"a"}),
    ('SELECT "a"."id" FROM "a" FOR UPDATE OF "a"', {"a"}, set()),
    ("WITH RECURSIVE t AS (SELECT id FROM a UNION SELECT a.id FROM a JOIN t ON t.id = a.p) "
     "SELECT id FROM t", {"a"}, set()),
    ("SELECT * FROM generate_series(1, 2) AS g, a", {"a"}, set()),
    ('INSERT OR IGNORE INTO "a" ("x") VALUES (1)', set(), {"a"}),
    ("UPDATE ONLY `a` SET x = 1 FROM b", {"b"}, {"a"}),
    ('TRUNCATE "a"', set(), {"a"}),
    ('SAVEPOINT "s1"', set(), set()),
    ("BEGIN", set(), set()),
]


class TablesOfStatements(SimpleTestCase):
    def test_each(self):
        for statement, reads, writes in CASES:
            with self.subTest(statement):
                self.assertEqual(sql.tables(statement), (reads, writes))
