//! PostgreSQL's own grammar as the judge of raw SQL: `sql/judge.py` asked pglast which tables each
//! statement reads and writes. The committed answers are of our own statements; those harvested
//! from public projects (`OUTGROW_SQL_HARVEST` names the file) are asked by `./dev check-corpus`.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use analyzer::facts::sql::{self, Tables};
use serde::Deserialize;

use crate::skip::skip;

/// One text and what pglast says of it.
#[derive(Deserialize)]
struct Answer {
    at: String,
    text: String,
    statements: Option<Vec<Statement>>,
}

/// One statement as pglast reads it.
#[derive(Deserialize)]
struct Statement {
    rows: bool,
    reads: BTreeSet<String>,
    writes: BTreeSet<String>,
}

/// Counted outcomes.
#[derive(Default)]
struct Figures {
    texts: usize,
    refused: usize,
    statements: usize,
    rows: usize,
    equal: usize,
    unseen: usize,
    misses: Vec<String>,
}

impl Figures {
    fn judge(&mut self, answer: &Answer) {
        self.texts += 1;
        let ours = sql::statements(&answer.text);
        let Some(theirs) = &answer.statements else {
            self.refused += 1;
            return;
        };
        self.statements += theirs.len();
        if ours.len() != theirs.len() {
            let rows = theirs.iter().filter(|statement| statement.rows).count();
            self.rows += rows;
            if rows > 0 {
                let counts = format!("{} statements, not {}", ours.len(), theirs.len());
                self.miss(answer, &counts);
            }
            return;
        }
        for (our, their) in ours.iter().zip(theirs) {
            if their.rows {
                self.rows += 1;
                self.compare(answer, our, their);
            } else if our.is_empty() && our.opaque.is_none() && !their.reads.is_empty() {
                self.unseen += 1;
                self.miss(answer, &format!("unseen: {:?}", their.reads));
            }
        }
    }

    fn compare(&mut self, answer: &Answer, our: &Tables, their: &Statement) {
        if our.reads == their.reads && our.writes == their.writes {
            self.equal += 1;
            return;
        }
        let (ours, theirs) = ((&our.reads, &our.writes), (&their.reads, &their.writes));
        self.miss(answer, &format!("{ours:?}, not {theirs:?}"));
    }

    fn miss(&mut self, answer: &Answer, why: &str) {
        self.misses.push(format!("{}: {why}\n    {:.300}", answer.at, answer.text.trim()));
    }

    fn share(&self) -> f64 {
        let count = |n: usize| f64::from(u32::try_from(n).expect("a small count"));
        100.0 * count(self.equal) / count(self.rows.max(1))
    }
}

fn judged(lines: &str) -> Figures {
    let mut figures = Figures::default();
    for line in lines.lines() {
        figures.judge(&serde_json::from_str(line).expect("a line of judge.py"));
    }
    let Figures { texts, refused, statements, rows, equal, unseen, misses } = &figures;
    println!(
        "SQL: {texts} texts ({refused} that pglast refuses), {statements} statements; \
         tables and verbs equal in {equal} of {rows} that read or change rows ({:.2} %); \
         {unseen} others with neither tables nor an opaque mark",
        figures.share()
    );
    for miss in misses {
        println!("  {miss}");
    }
    figures
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sql")
}

#[test]
fn our_own_statements_are_read_as_postgresql_reads_them() {
    let answers = std::fs::read_to_string(folder().join("answers.jsonl")).expect("is committed");
    let figures = judged(&answers);
    assert!(figures.rows >= 100 && figures.refused == 0, "the statements are gone");
    assert!(figures.misses.is_empty(), "{}", figures.misses.join("\n"));
}

#[test]
fn the_recorded_answers_are_those_of_the_judge() {
    let Some(python) = std::env::var_os("OUTGROW_PGLAST_PYTHON") else {
        return skip("OUTGROW_PGLAST_PYTHON names no interpreter with pglast");
    };
    let output = Command::new(python)
        .args(["judge.py", "record", "statements.sql"])
        .current_dir(folder())
        .output()
        .expect("the interpreter starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answers = std::fs::read(folder().join("answers.jsonl")).expect("is committed");
    assert!(output.stdout == answers, "run: judge.py record statements.sql > answers.jsonl");
}

#[test]
fn sql_of_public_projects_is_read_as_postgresql_reads_it() {
    let Some(path) = std::env::var_os("OUTGROW_SQL_HARVEST") else {
        println!("harvested SQL: left to ./dev check-corpus (OUTGROW_SQL_HARVEST)");
        return;
    };
    let figures = judged(&std::fs::read_to_string(path).expect("judge.py harvest wrote it"));
    assert!(figures.rows >= 200, "too few to judge by: {}", figures.rows);
    assert!(figures.share() >= 99.5, "{:.2} % equal", figures.share());
    assert_eq!(figures.unseen, 0, "statements with neither tables nor an opaque mark");
}
