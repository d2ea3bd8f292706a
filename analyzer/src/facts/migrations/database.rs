//! The database as migrations leave it, kept apart from what they tell Django
//! (`SeparateDatabaseAndState`, raw SQL).

use std::collections::{BTreeMap, BTreeSet};

use super::state::Table;
use crate::facts::sql::Change;
use crate::map::At;

/// A table in the database.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    /// Columns; what made them is of no interest.
    pub(super) columns: Vec<String>,
    /// Whether there may be columns that could not be seen.
    pub(super) open: bool,
    pub(super) at: At,
}

/// All tables.
#[derive(Debug, Default)]
pub(super) struct Database {
    pub(super) tables: BTreeMap<String, Stored>,
    /// Apps whose migrations change it in ways that could not be seen.
    pub(super) open: BTreeSet<String>,
}

impl Database {
    /// Does to the database what leads from `before` to `after`; tables and columns with the same
    /// key are renamed, not made anew.
    pub(super) fn alter(
        &mut self,
        before: &BTreeMap<String, Table>,
        after: &BTreeMap<String, Table>,
        at: &At,
    ) {
        for (key, old) in before {
            match after.get(key) {
                None => drop(self.tables.remove(&old.name)),
                Some(new) => self.alter_table(old, new),
            }
        }
        for (_, new) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
            let columns = new.columns.values().cloned().collect();
            self.tables.insert(new.name.clone(), Stored { columns, open: false, at: at.clone() });
        }
    }

    fn alter_table(&mut self, old: &Table, new: &Table) {
        self.rename(&old.name, &new.name);
        let Some(stored) = self.tables.get_mut(&new.name) else { return };
        for (key, column) in &old.columns {
            match new.columns.get(key) {
                None => stored.columns.retain(|known| known != column),
                Some(renamed) => {
                    for known in stored.columns.iter_mut().filter(|known| *known == column) {
                        known.clone_from(renamed);
                    }
                }
            }
        }
        for (_, column) in new.columns.iter().filter(|(key, _)| !old.columns.contains_key(*key)) {
            if !stored.columns.contains(column) {
                stored.columns.push(column.clone());
            }
        }
    }

    fn rename(&mut self, old: &str, new: &str) {
        if old != new
            && let Some(stored) = self.tables.remove(old)
        {
            self.tables.insert(new.to_owned(), stored);
        }
    }

    /// Does what a statement of raw SQL in a migration of `app` does.
    pub(super) fn apply(&mut self, change: Change, app: &str, at: &At) {
        match change {
            Change::Create { table, columns } => {
                let open = columns.is_none();
                let columns = columns.unwrap_or_default();
                let stored = Stored { columns, open, at: at.clone() };
                self.tables.entry(table).or_insert(stored);
            }
            Change::Drop { table } => drop(self.tables.remove(&table)),
            Change::Rename { table, to } => self.rename(&table, &to),
            Change::AddColumn { table, column } => {
                if let Some(stored) = self.tables.get_mut(&table)
                    && !stored.columns.contains(&column)
                {
                    stored.columns.push(column);
                }
            }
            Change::DropColumn { table, column } => {
                if let Some(stored) = self.tables.get_mut(&table) {
                    stored.columns.retain(|known| *known != column);
                }
            }
            Change::RenameColumn { table, column, to } => {
                let columns = self.tables.get_mut(&table).map(|stored| &mut stored.columns);
                for known in columns.into_iter().flatten().filter(|known| **known == column) {
                    known.clone_from(&to);
                }
            }
            Change::Unclear { table } => match self.tables.get_mut(&table) {
                Some(stored) => stored.open = true,
                None => drop(self.open.insert(app.to_owned())),
            },
        }
    }
}
