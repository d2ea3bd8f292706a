//! What a text of SQL does to tables and columns.

use sqlparser::ast::{AlterTableOperation, Ident, ObjectType, RenameTableNameKind, Statement};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

use super::lexer::{Token, plain, split, tokens};
use super::query::{folded, last};
use super::{SQL_BYTES_MAX, TOKENS_MAX, read_statement};

/// One change of the schema; names are folded as PostgreSQL does, schemas left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A table is made; its columns are not known where a query or another table gives them.
    Create {
        /// Its name.
        table: String,
        /// Its columns.
        columns: Option<Vec<String>>,
    },
    /// A table is dropped.
    Drop {
        /// Its name.
        table: String,
    },
    /// A table gets another name.
    Rename {
        /// Its name before.
        table: String,
        /// Its name afterwards.
        to: String,
    },
    /// A table gets a column.
    AddColumn {
        /// Name of the table.
        table: String,
        /// Name of the column.
        column: String,
    },
    /// A table loses a column.
    DropColumn {
        /// Name of the table.
        table: String,
        /// Name of the column.
        column: String,
    },
    /// A column gets another name.
    RenameColumn {
        /// Name of the table.
        table: String,
        /// Its name before.
        column: String,
        /// Its name afterwards.
        to: String,
    },
    /// A table is changed in a way that could not be read.
    Unclear {
        /// Name of the table.
        table: String,
    },
}

/// The changes of tables and columns in the text, in order.
pub fn changes(text: &str) -> Vec<Change> {
    if text.len() > SQL_BYTES_MAX {
        return Vec::new();
    }
    split(&tokens(text)).into_iter().flat_map(of_statement).collect()
}

fn of_statement(statement: &[Token<'_>]) -> Vec<Change> {
    let mut words = statement.iter();
    let verb = words.next().filter(|token| token.is_one_of(&["CREATE", "ALTER", "DROP"]));
    let skipped = ["UNLOGGED", "FOREIGN"];
    let kind = words.find(|token| !token.is_one_of(&skipped));
    if verb.is_none() || !kind.is_some_and(|token| token.is("TABLE")) {
        return Vec::new();
    }
    let parsed = (statement.len() <= TOKENS_MAX)
        .then(|| Parser::parse_sql(&PostgreSqlDialect {}, &plain(statement)).ok())
        .flatten();
    match parsed {
        Some(statements) => statements.into_iter().flat_map(of_parsed).collect(),
        None => unclear(statement),
    }
}

fn unclear(statement: &[Token<'_>]) -> Vec<Change> {
    let tables = read_statement(statement, 0).defines;
    tables.into_iter().map(|table| Change::Unclear { table }).collect()
}

fn of_parsed(statement: Statement) -> Vec<Change> {
    let found = match statement {
        Statement::CreateTable(made) if !made.temporary => last(&made.name).map(|table| {
            let names = || made.columns.iter().map(|column| folded(&column.name)).collect();
            vec![Change::Create { table, columns: (!made.columns.is_empty()).then(names) }]
        }),
        Statement::Drop { object_type: ObjectType::Table, names, .. } => {
            let tables = names.iter().filter_map(last);
            Some(tables.map(|table| Change::Drop { table }).collect())
        }
        Statement::AlterTable(altered) => last(&altered.name).map(|table| {
            altered.operations.into_iter().flat_map(|step| of_step(&table, step)).collect()
        }),
        _ => None,
    };
    found.unwrap_or_default()
}

fn of_step(table: &str, step: AlterTableOperation) -> Vec<Change> {
    let table = table.to_owned();
    match step {
        AlterTableOperation::AddColumn { column_def, .. } => {
            vec![Change::AddColumn { table, column: folded(&column_def.name) }]
        }
        AlterTableOperation::DropColumn { column_names, .. } => {
            let drop = |column: &Ident| Change::DropColumn {
                table: table.clone(),
                column: folded(column),
            };
            column_names.iter().map(drop).collect()
        }
        AlterTableOperation::RenameColumn { old_column_name, new_column_name } => {
            let (column, to) = (folded(&old_column_name), folded(&new_column_name));
            vec![Change::RenameColumn { table, column, to }]
        }
        AlterTableOperation::ChangeColumn { old_name, new_name, .. } => {
            vec![Change::RenameColumn { table, column: folded(&old_name), to: folded(&new_name) }]
        }
        AlterTableOperation::RenameTable { table_name } => {
            let (RenameTableNameKind::As(to) | RenameTableNameKind::To(to)) = table_name;
            last(&to).map(|to| Change::Rename { table, to }).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(sql: &str) -> Vec<String> {
        changes(sql).iter().map(|change| format!("{change:?}")).collect()
    }

    #[test]
    fn tables_and_columns() {
        let found = told(
            "CREATE TABLE \"A\" (x int PRIMARY KEY, \"Y\" text, UNIQUE (x));
             CREATE INDEX i ON a (x); ALTER TABLE b ADD COLUMN c int, DROP COLUMN IF EXISTS d;
             ALTER TABLE b RENAME e TO f; ALTER TABLE b RENAME TO g;
             DROP TABLE IF EXISTS h, i CASCADE; INSERT INTO b VALUES (1)",
        );
        let expected = [
            r#"Create { table: "A", columns: Some(["x", "Y"]) }"#,
            r#"AddColumn { table: "b", column: "c" }"#,
            r#"DropColumn { table: "b", column: "d" }"#,
            r#"RenameColumn { table: "b", column: "e", to: "f" }"#,
            r#"Rename { table: "b", to: "g" }"#,
            r#"Drop { table: "h" }"#,
            r#"Drop { table: "i" }"#,
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_gives_no_columns_is_open() {
        let found = told("CREATE TABLE a AS SELECT * FROM b; CREATE TABLE c (LIKE d)");
        assert!(found.iter().all(|change| change.contains("None")), "{found:?}");
        assert_eq!(told("ALTER TABLE a ?? b"), [r#"Unclear { table: "a" }"#]);
        assert!(told("CREATE VIEW v AS SELECT 1").is_empty());
    }
}
