//! Queries and changes of rows: sqlparser parses them, the scopes and verbs are ours.
//!
//! Its own relation visitor calls names of CTEs and table functions relations too, and says
//! nothing of which relation is written. Names are folded as PostgreSQL folds them.

use std::collections::HashMap;
use std::ops::ControlFlow;

use sqlparser::ast::{
    Expr, FromTable, Ident, ObjectName, Query, Select, Statement, TableFactor, TableObject,
    TableWithJoins, Visit as _, Visitor,
};
use sqlparser::dialect::{Dialect, GenericDialect, MySqlDialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;

use super::Tables;

/// The tables of one statement; none where no dialect accepts it.
pub(super) fn read(text: &str) -> Option<Tables> {
    let dialects: [&dyn Dialect; 4] =
        [&PostgreSqlDialect {}, &GenericDialect {}, &MySqlDialect {}, &SQLiteDialect {}];
    let parse = |dialect: &&dyn Dialect| Parser::parse_sql(*dialect, text).ok();
    let statements = dialects.iter().find_map(parse)?;
    let mut scan = Scan::default();
    let _ = statements.visit(&mut scan);
    Some(scan.found)
}

/// The names that one `WITH` brings, and how many of them are visible at the moment.
struct Frame {
    names: Vec<String>,
    visible: usize,
}

/// Collects tables while sqlparser walks the tree.
#[derive(Default)]
struct Scan {
    found: Tables,
    scopes: Vec<Frame>,
    /// Queries of CTEs by address: the scope that holds them, what they see of it, all of it.
    ctes: HashMap<usize, (usize, usize, usize)>,
    /// Table factors by address that are the target of a change.
    targets: Vec<usize>,
}

fn address<T>(of: &T) -> usize {
    std::ptr::from_ref(of).addr()
}

impl Scan {
    fn is_cte(&self, name: &ObjectName) -> bool {
        let [part] = &*name.0 else { return false };
        let Some(ident) = part.as_ident() else { return false };
        let name = folded(ident);
        self.scopes.iter().any(|frame| frame.names[..frame.visible].contains(&name))
    }

    fn read(&mut self, name: &ObjectName) {
        if !self.is_cte(name) {
            self.found.reads.extend(last(name));
        }
    }

    fn write(&mut self, name: &ObjectName) {
        self.found.writes.extend(last(name));
    }

    /// The first table is the one that is changed, the joined ones are read.
    fn target(&mut self, table: &TableWithJoins) {
        self.targets.push(address(&table.relation));
    }

    fn delete(&mut self, from: &FromTable, named: &[ObjectName]) {
        let (FromTable::WithFromKeyword(tables) | FromTable::WithoutKeyword(tables)) = from;
        if named.is_empty() {
            for table in tables {
                self.target(table);
            }
        }
        for name in named {
            self.write(name);
        }
    }
}

impl Visitor for Scan {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if let Some((scope, visible, _)) = self.ctes.get(&address(query)) {
            self.scopes[*scope].visible = *visible;
        }
        let ctes = query.with.as_ref().map_or(&[][..], |with| &with.cte_tables);
        let recursive = query.with.as_ref().is_some_and(|with| with.recursive);
        let all = ctes.len();
        for (index, cte) in ctes.iter().enumerate() {
            let visible = if recursive { all } else { index };
            self.ctes.insert(address(&*cte.query), (self.scopes.len(), visible, all));
        }
        let names = ctes.iter().map(|cte| folded(&cte.alias.name)).collect();
        self.scopes.push(Frame { names, visible: all });
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        self.scopes.pop();
        if let Some((scope, _, all)) = self.ctes.remove(&address(query)) {
            self.scopes[scope].visible = all;
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        for target in select.into.iter().flat_map(|into| &into.targets) {
            let name = match target {
                Expr::Identifier(name) => Some(name),
                Expr::CompoundIdentifier(parts) => parts.last(),
                _ => None,
            };
            self.found.writes.extend(name.map(folded));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        if let TableFactor::Table { name, args: None, .. } = factor {
            if self.targets.contains(&address(factor)) {
                self.write(name);
            } else {
                self.read(name);
            }
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_statement(&mut self, statement: &Statement) -> ControlFlow<()> {
        match statement {
            Statement::Insert(insert) => {
                if let TableObject::TableName(name) = &insert.table {
                    self.write(name);
                }
            }
            Statement::Update(update) => self.target(&update.table),
            Statement::Delete(delete) => self.delete(&delete.from, &delete.tables),
            Statement::Merge(merge) => self.targets.push(address(&merge.table)),
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

pub(super) fn folded(ident: &Ident) -> String {
    if ident.quote_style.is_some() { ident.value.clone() } else { ident.value.to_lowercase() }
}

/// The table's own name, without its schema.
pub(super) fn last(name: &ObjectName) -> Option<String> {
    name.0.last()?.as_ident().map(folded)
}
