//! Raw SQL: which tables a text reads and which it writes.
//!
//! sqlparser parses; the rest is ours: its relation visitor calls names of CTEs and table functions
//! relations too, and says nothing of who is written. A text it refuses gives `None`, which the
//! caller reports as not seen.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sqlparser::ast::{
    FromTable, ObjectName, Query, Statement, TableFactor, TableObject, TableWithJoins, Visit as _,
    Visitor,
};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

/// Longest text that is parsed, in bytes; a longer one is data, not a query.
const SQL_BYTES_MAX: usize = 256 * 1024;

/// The tables of one SQL text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// Tables that are read, by name.
    pub reads: BTreeSet<String>,
    /// Tables that are written, by name.
    pub writes: BTreeSet<String>,
}

/// The tables that `text` touches; `None` where it cannot be parsed.
pub fn tables(text: &str) -> Option<Tables> {
    if text.len() > SQL_BYTES_MAX {
        return None;
    }
    let statements = Parser::parse_sql(&PostgreSqlDialect {}, &without_placeholders(text)).ok()?;
    let mut scan = Scan::default();
    let _ = statements.visit(&mut scan);
    let mut found = Tables::default();
    for name in scan.relations.into_iter().filter(|name| !scan.local.contains(name)) {
        // What is written stands among the relations too: once, unless it is also read.
        let first_write = scan.writes.contains(&name) && found.writes.insert(name.clone());
        if !first_write {
            found.reads.insert(name);
        }
    }
    Some(found)
}

/// `%s` and `%(name)s` are the database driver's, not SQL's; any value stands for them.
fn without_placeholders(text: &str) -> String {
    let mut parts = text.split('%');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    while let Some(part) = parts.next() {
        let named = part.strip_prefix('(').and_then(|rest| rest.split_once(")s"));
        if let Some((_, rest)) = named {
            plain.push_str("NULL");
            plain.push_str(rest);
        } else if let Some(rest) = part.strip_prefix('s') {
            plain.push_str("NULL");
            plain.push_str(rest);
        } else {
            plain.push('%');
            // `%%` is an escaped percent sign: the text between is empty.
            plain.push_str(if part.is_empty() { parts.next().unwrap_or_default() } else { part });
        }
    }
    plain
}

/// Collects names while sqlparser walks the tree.
#[derive(Default)]
struct Scan {
    relations: Vec<String>,
    writes: BTreeSet<String>,
    /// Names that are no tables: CTEs and table functions.
    local: BTreeSet<String>,
}

impl Scan {
    fn write(&mut self, name: &ObjectName) {
        self.writes.insert(last(name));
    }

    fn write_tables(&mut self, tables: &[TableWithJoins]) {
        for table in tables {
            if let TableFactor::Table { name, .. } = &table.relation {
                self.write(name);
            }
        }
    }
}

impl Visitor for Scan {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        let ctes = query.with.iter().flat_map(|with| &with.cte_tables);
        self.local.extend(ctes.map(|cte| cte.alias.name.value.clone()));
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        if let TableFactor::Table { name, args: Some(_), .. } = factor {
            self.local.insert(last(name));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_relation(&mut self, name: &ObjectName) -> ControlFlow<()> {
        self.relations.push(last(name));
        ControlFlow::Continue(())
    }

    fn pre_visit_statement(&mut self, statement: &Statement) -> ControlFlow<()> {
        match statement {
            Statement::Insert(insert) => {
                if let TableObject::TableName(name) = &insert.table {
                    self.write(name);
                }
            }
            Statement::Update(update) => {
                self.write_tables(std::slice::from_ref(&update.table));
            }
            Statement::Delete(delete) => match &delete.from {
                FromTable::WithFromKeyword(tables) | FromTable::WithoutKeyword(tables) => {
                    self.write_tables(tables);
                }
            },
            Statement::Merge(merge) => {
                if let TableFactor::Table { name, .. } = &merge.table {
                    self.write(name);
                }
            }
            Statement::Truncate(truncate) => {
                for target in &truncate.table_names {
                    self.write(&target.name);
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

/// The table's own name, without its schema.
fn last(name: &ObjectName) -> String {
    let ident = name.0.last().and_then(|part| part.as_ident());
    ident.map(|ident| ident.value.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sql: &str, reads: &[&str], writes: &[&str]) {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(tables(sql), Some(Tables { reads: names(reads), writes: names(writes) }));
    }

    #[test]
    fn verbs() {
        check("SELECT * FROM a JOIN s.b ON a.id = b.a_id WHERE a.x = %s", &["a", "b"], &[]);
        check("INSERT INTO a (x) SELECT x FROM b", &["b"], &["a"]);
        check("UPDATE a SET x = b.x FROM b WHERE a.id = b.id", &["b"], &["a"]);
        check("DELETE FROM a WHERE id IN (SELECT a_id FROM b)", &["b"], &["a"]);
        check("UPDATE a SET x = (SELECT max(x) FROM a)", &["a"], &["a"]);
        check("TRUNCATE a", &[], &["a"]);
    }

    #[test]
    fn names_that_are_no_tables() {
        check("WITH recent AS (SELECT * FROM a) SELECT * FROM recent, b", &["a", "b"], &[]);
        check("SELECT * FROM a, jsonb_array_elements(a.rows) AS r", &["a"], &[]);
    }

    #[test]
    fn placeholders() {
        check("SELECT 1 FROM a WHERE x LIKE '10%%' AND y = %(why)s", &["a"], &[]);
    }

    #[test]
    fn what_is_no_sql() {
        assert_eq!(tables("SELEKT"), None);
    }
}
