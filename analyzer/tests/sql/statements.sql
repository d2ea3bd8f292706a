-- Statements of our own, for judge.py: one text after each line of dashes.
--- plain
SELECT 1
--- plain
SELECT * FROM shop_order
--- schema
SELECT * FROM public.shop_order o WHERE o.id = %s
--- case
SELECT * FROM Shop_Order
--- quoted
SELECT * FROM "Shop_Order" WHERE "id" = %(id)s
--- quote in a name
SELECT * FROM "odd""name"
--- only
SELECT * FROM ONLY shop_order
--- comma list
SELECT a.id FROM shop_order a, shop_line AS b, ONLY shop_item c WHERE a.id = b.order_id
--- joins
SELECT * FROM a JOIN b ON a.id = b.a_id LEFT OUTER JOIN c USING (id) NATURAL JOIN d CROSS JOIN e
--- full join
SELECT * FROM a FULL JOIN (b INNER JOIN c ON b.id = c.id) ON a.id = b.id
--- lateral
SELECT * FROM a, LATERAL (SELECT * FROM b WHERE b.a_id = a.id ORDER BY b.id LIMIT 1) AS last_b
--- lateral function
SELECT * FROM a CROSS JOIN LATERAL jsonb_to_recordset(a.rows) AS r(x int, y text)
--- table function
SELECT * FROM generate_series(1, 10) AS n
--- with ordinality
SELECT * FROM a, unnest(a.tags) WITH ORDINALITY AS t(tag, position)
--- rows from
SELECT * FROM a, unnest(ARRAY[1, 2], ARRAY[3, 4]) AS u(x, y)
--- subquery in select
SELECT id, (SELECT count(*) FROM b WHERE b.a_id = a.id) AS total FROM a
--- exists
SELECT * FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.a_id = a.id) AND NOT EXISTS (SELECT FROM c)
--- in
SELECT * FROM a WHERE id IN (SELECT a_id FROM b) OR id IN %s
--- any
SELECT * FROM a WHERE id = ANY(%s) AND x = ANY (SELECT x FROM b)
--- array subquery
SELECT ARRAY(SELECT id FROM b ORDER BY id) FROM a
--- union
SELECT id FROM a UNION ALL SELECT id FROM b INTERSECT SELECT id FROM c EXCEPT (SELECT id FROM d)
--- having
SELECT x, count(*) FROM a GROUP BY x HAVING count(*) > (SELECT avg(n) FROM b)
--- grouping sets
SELECT x, y, sum(z) FROM a GROUP BY GROUPING SETS ((x), (x, y), ())
--- rollup
SELECT x, y, sum(z) FROM a GROUP BY ROLLUP (x, y)
--- window
SELECT row_number() OVER (PARTITION BY x ORDER BY y DESC NULLS LAST) FROM a
--- named window
SELECT sum(x) OVER w FROM a WINDOW w AS (PARTITION BY y ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
--- filter
SELECT count(*) FILTER (WHERE x > 1), string_agg(y, ',' ORDER BY y) FROM a
--- within group
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM a
--- distinct on
SELECT DISTINCT ON (x) x, y FROM a ORDER BY x, y
--- is distinct from
SELECT * FROM a WHERE x IS DISTINCT FROM y AND z IS NOT DISTINCT FROM 1
--- extract
SELECT extract(year FROM a.made_at), substring(a.name FROM 2 FOR 3), trim(both ' ' FROM a.x) FROM a
--- overlay and position
SELECT position('x' IN a.name), overlay(a.name placing 'y' FROM 2 FOR 1) FROM a
--- cast
SELECT a.x::int, CAST(a.y AS numeric(10, 2)), a.z::text[] FROM a
--- json operators
SELECT a.data -> 'x' ->> 'y', a.data #>> '{x,y}', a.data @> '{"x": 1}', a.data ? 'x' FROM a
--- json path
SELECT * FROM a WHERE a.data @? '$.x[*] ? (@ > 2)' AND a.data @@ '$.x > 1'
--- full text
SELECT * FROM a WHERE to_tsvector('english', a.body) @@ plainto_tsquery('english', %s)
--- regular expressions
SELECT * FROM a WHERE a.name ~* '^x' AND a.name !~ 'y$' AND a.name SIMILAR TO '(a|b)%%'
--- like
SELECT * FROM a WHERE name LIKE '10%%' ESCAPE '!' OR name ILIKE %s
--- interval
SELECT * FROM a WHERE made_at > now() - interval '1 day' AND made_at < current_timestamp
--- at time zone
SELECT made_at AT TIME ZONE 'UTC' FROM a
--- overlaps
SELECT * FROM a WHERE (starts, ends) OVERLAPS (%s, %s)
--- row comparison
SELECT * FROM a WHERE (x, y) > (%s, %s) AND (x, y) IN (SELECT x, y FROM b)
--- between
SELECT * FROM a WHERE x BETWEEN SYMMETRIC 1 AND 10
--- case
SELECT CASE WHEN x > (SELECT max(x) FROM b) THEN 1 ELSE 0 END FROM a
--- collate
SELECT * FROM a ORDER BY name COLLATE "C" ASC, x USING >
--- limit
SELECT * FROM a ORDER BY id LIMIT %s OFFSET %s
--- fetch first
SELECT * FROM a ORDER BY id OFFSET 5 ROWS FETCH FIRST 10 ROWS ONLY
--- for update
SELECT * FROM a JOIN b ON a.id = b.a_id FOR UPDATE OF a SKIP LOCKED
--- for no key update
SELECT * FROM a FOR NO KEY UPDATE NOWAIT
--- tablesample
SELECT * FROM a TABLESAMPLE SYSTEM (10)
--- values
VALUES (1, 'a'), (2, 'b')
--- values as a table
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(id, name) JOIN a USING (id)
--- table
TABLE a
--- table in a union
TABLE a UNION TABLE b
--- cte
WITH recent AS (SELECT * FROM a WHERE x > 1) SELECT * FROM recent JOIN b ON b.id = recent.id
--- cte shadows its own table
WITH a AS (SELECT * FROM a WHERE x > 1) SELECT * FROM a
--- cte in a schema is a table
WITH a AS (SELECT 1) SELECT * FROM public.a
--- ctes see earlier ones
WITH x AS (SELECT * FROM a), y AS (SELECT * FROM x JOIN z ON true), z AS (SELECT 1) SELECT * FROM y
--- recursive
WITH RECURSIVE t(id, up) AS (SELECT id, up FROM a WHERE id = %s UNION ALL
SELECT a.id, a.up FROM a JOIN t ON t.up = a.id) SELECT * FROM t
--- recursive forward
WITH RECURSIVE x AS (SELECT * FROM y), y AS (SELECT 1) SELECT * FROM x
--- nested with
WITH x AS (WITH y AS (SELECT * FROM a) SELECT * FROM y) SELECT * FROM x, y
--- with in a subquery
SELECT * FROM (WITH c AS (SELECT * FROM a) SELECT * FROM c) AS s JOIN c ON true
--- with in an expression
SELECT (WITH c AS (SELECT 1 AS n) SELECT n FROM c) FROM c
--- materialized
WITH x AS MATERIALIZED (SELECT * FROM a), y AS NOT MATERIALIZED (SELECT * FROM x) SELECT * FROM y
--- quoted cte
WITH "X" AS (SELECT * FROM a) SELECT * FROM "X", x
--- cte of changes
WITH gone AS (DELETE FROM a WHERE x < %s RETURNING *) INSERT INTO archive SELECT * FROM gone
--- cte of an update
WITH done AS (UPDATE a SET x = 1 RETURNING id) SELECT * FROM b WHERE id IN (SELECT id FROM done)
--- cte of an insert
WITH new AS (INSERT INTO a (x) VALUES (1) RETURNING id) UPDATE b SET a_id = new.id FROM new
--- insert
INSERT INTO a (x, y) VALUES (%s, %s), (DEFAULT, NULL)
--- insert values
INSERT INTO a (x, y) VALUES %s
--- insert default
INSERT INTO a DEFAULT VALUES RETURNING id
--- insert select
INSERT INTO a (x) SELECT x FROM b JOIN c USING (id) WHERE b.y = %s
--- insert with
INSERT INTO a WITH x AS (SELECT * FROM b) SELECT * FROM x
--- insert alias
INSERT INTO a AS target (id, n) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET n = target.n + excluded.n
--- on conflict
INSERT INTO a (x) VALUES (1) ON CONFLICT DO NOTHING
--- on conflict constraint
INSERT INTO a (x) VALUES (1) ON CONFLICT ON CONSTRAINT a_x_key DO UPDATE SET x = (SELECT max(x) FROM b)
--- on conflict where
INSERT INTO a (x) SELECT x FROM b ON CONFLICT (x) WHERE y IS NULL DO UPDATE SET z = 1 WHERE a.z > 1
--- overriding
INSERT INTO a (id) OVERRIDING SYSTEM VALUE VALUES (1)
--- insert of a subquery
INSERT INTO a (x) VALUES ((SELECT max(x) FROM b))
--- insert into itself
INSERT INTO a (x) SELECT x + 1 FROM a
--- update
UPDATE a SET x = %s, y = DEFAULT WHERE id = %s
--- update alias
UPDATE a AS t SET x = t.x + 1 WHERE t.id IN (SELECT a_id FROM b) RETURNING t.*
--- update only
UPDATE ONLY a SET x = 1
--- update row
UPDATE a SET (x, y) = (SELECT x, y FROM b WHERE b.id = a.id)
--- update from
UPDATE a SET x = b.x FROM b JOIN c ON b.id = c.id WHERE a.id = b.id
--- update from itself
UPDATE a SET x = o.x FROM a o WHERE a.up = o.id
--- update from values
UPDATE a SET x = v.x FROM (VALUES (1, 2), (3, 4)) AS v(id, x) WHERE a.id = v.id
--- update array
UPDATE a SET tags[1] = 'x', data = jsonb_set(data, '{x}', '1') WHERE id = 1
--- update with
WITH x AS (SELECT * FROM b) UPDATE a SET y = x.y FROM x WHERE a.id = x.id
--- delete
DELETE FROM a WHERE id = %s
--- delete all
DELETE FROM a
--- delete alias
DELETE FROM a AS t WHERE t.x IN (SELECT x FROM b)
--- delete using
DELETE FROM a USING b, c WHERE a.id = b.a_id AND b.id = c.b_id RETURNING a.id
--- delete using itself
DELETE FROM a USING a other WHERE a.id > other.id AND a.x = other.x
--- delete with
WITH old AS (SELECT id FROM b) DELETE FROM a WHERE id IN (SELECT id FROM old)
--- merge
MERGE INTO a AS t USING b AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET x = s.x
WHEN NOT MATCHED THEN INSERT (id, x) VALUES (s.id, s.x)
--- merge of a query
MERGE INTO a USING (SELECT * FROM b WHERE y) AS s ON a.id = s.id WHEN MATCHED THEN DELETE
--- select into
SELECT * INTO backup FROM a WHERE x = 1
--- several
UPDATE a SET x = 1; DELETE FROM b; SELECT * FROM c
--- several with blanks
 ;; SELECT 1 ; -- done; really
 SELECT * FROM a /* ; /* ; */ ; */ ; ;
--- semicolons in strings
SELECT ';' FROM a; SELECT E'\';' FROM b; SELECT $$ ; $$ FROM c; SELECT $t$ $$ ; $t$ FROM d
--- strings that look like SQL
SELECT 'FROM x JOIN y' FROM a WHERE note = 'it''s FROM z'
--- comments that look like SQL
SELECT * FROM a -- FROM b
 JOIN /* c ON */ d ON true
--- unicode
SELECT 'é' AS "ünï" FROM "tablé"
--- keywords as names
SELECT "user"."order" FROM "user" JOIN "group" ON "group".id = "user"."group"
--- non-reserved names
SELECT name, type, value FROM data WHERE key = 'x' AND status = 1
--- deep brackets
SELECT ((((((((((1)))))))))) FROM ((a JOIN b ON true) JOIN c ON true)
--- sequence
SELECT setval('a_id_seq', (SELECT max(id) FROM a))
--- serial sequence
SELECT setval(pg_get_serial_sequence('"a"', 'id'), coalesce(max("id"), 1), max("id") IS NOT null) FROM "a"
--- catalog
SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
--- information schema
SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()
--- regclass
SELECT conname FROM pg_constraint WHERE conrelid = 'a'::regclass
--- ctid
DELETE FROM a WHERE ctid NOT IN (SELECT min(ctid) FROM a GROUP BY x)
--- uuid and named arguments
UPDATE a SET id = gen_random_uuid(), at = make_interval(days => 3)
--- boolean tests
SELECT * FROM a WHERE x IS TRUE AND y IS NOT UNKNOWN AND z ISNULL AND w NOTNULL
--- create table as
CREATE TABLE copy_of_a AS SELECT * FROM a JOIN b USING (id)
--- create view
CREATE OR REPLACE VIEW v AS WITH x AS (SELECT * FROM a) SELECT * FROM x
--- create index
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS a_x ON a USING gin (x gin_trgm_ops) WHERE y IS NULL
--- create table
CREATE TABLE a (id serial PRIMARY KEY, b_id integer REFERENCES b (id) DEFERRABLE INITIALLY DEFERRED)
--- alter table
ALTER TABLE ONLY a ADD CONSTRAINT a_b FOREIGN KEY (b_id) REFERENCES b (id) ON DELETE CASCADE
--- trigger
CREATE TRIGGER t BEFORE INSERT OR UPDATE OF x ON a FOR EACH ROW EXECUTE FUNCTION f()
--- comment
COMMENT ON COLUMN public.a.x IS 'a; b'
--- drop
DROP TABLE IF EXISTS a, public.b CASCADE
--- truncate
TRUNCATE TABLE a, b RESTART IDENTITY CASCADE
--- copy
COPY a (x, y) FROM STDIN WITH (FORMAT csv)
--- copy a query
COPY (SELECT * FROM a) TO STDOUT
--- refresh
REFRESH MATERIALIZED VIEW CONCURRENTLY v
--- lock
LOCK TABLE a IN ACCESS EXCLUSIVE MODE
--- explain
EXPLAIN (ANALYZE, FORMAT json) SELECT * FROM a
