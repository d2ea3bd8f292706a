//! What an operation object says, in Django's words.

use std::collections::BTreeMap;

use crate::facts::fields::option;
use crate::facts::migrations::state::{ModelKey, OWN, Table};
use crate::python::object::{Base, Origin};
use crate::python::{Call, Class, Evaluator, Item, Outline, Span, Value};

/// Where the operations are described.
const OPERATIONS: &str = "django.db.migrations.operations.";

/// An operation, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Op<'a> {
    pub(super) value: &'a Value,
    pub(super) at: Span,
    /// Label of the app whose migration it is.
    pub(super) app: &'a str,
    /// Name of Django's class.
    pub(super) name: &'a str,
}

/// What an operation gave another name.
#[derive(Debug, Default)]
pub(super) struct Renamed {
    pub(super) model: Option<ModelKey>,
    pub(super) field: Option<(String, String)>,
}

impl Renamed {
    pub(super) fn model(&self, old: &ModelKey) -> ModelKey {
        self.model.clone().unwrap_or_else(|| old.clone())
    }

    /// The tables with the keys that they have under the new name.
    pub(super) fn fields_of(&self, tables: BTreeMap<String, Table>) -> BTreeMap<String, Table> {
        let Some((old, new)) = &self.field else { return tables };
        let rename = |key: String| if key == *old { new.clone() } else { key };
        let table = |(key, mut table): (String, Table)| {
            if key == OWN {
                let columns = std::mem::take(&mut table.columns).into_iter();
                table.columns = columns.map(|(key, column)| (rename(key), column)).collect();
            }
            (rename(key), table)
        };
        tables.into_iter().map(table).collect()
    }
}

/// What an operation is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One of Django's, or one that adds to it.
    Known(&'static str),
    /// One that does to the database what cannot be seen, and tells Django nothing.
    Custom,
    /// Nothing is known of it.
    Unseen,
}

/// What kind of operation it is: that of the nearest ancestor that Django has, unless it does
/// something of its own.
pub(super) fn kind(value: &Value) -> Kind {
    let Value::Instance(instance) = value else { return Kind::Unseen };
    let paths = instance.class.mro().iter().map(Base::path);
    let mut names = paths.filter_map(|path| {
        let (_, name) = path.strip_prefix(OPERATIONS)?.split_once('.')?;
        NAMES.into_iter().find(|known| *known == name)
    });
    let Some(name) = names.next() else { return Kind::Unseen };
    if changes(&instance.class, "state_forwards", name, &[]) {
        return Kind::Unseen;
    }
    if changes(&instance.class, "database_forwards", name, &SCHEMA_METHODS) {
        return Kind::Custom;
    }
    Kind::Known(name)
}

/// Methods of Django's schema editor that change tables and columns.
const SCHEMA_METHODS: [&str; 8] = [
    "add_field",
    "alter_db_table",
    "alter_field",
    "create_model",
    "delete_model",
    "deferred_sql",
    "execute",
    "remove_field",
];

/// Whether the class replaces the method by one with an effect: one of its own that neither asks
/// its parent nor is idle, or that names one of `telling`.
fn changes(class: &Class, method: &str, parent: &str, telling: &[&str]) -> bool {
    let Some((owner, binding)) = class.lookup(method) else { return false };
    if owner.home.origin == Origin::Catalogue {
        return false;
    }
    let Value::Function(function) = &binding.value else { return true };
    let outline = Outline::of(function);
    let asks_parent = parent != "Operation" && outline.attributes.contains(method);
    let tells = telling.iter().any(|name| outline.attributes.contains(*name));
    !outline.idle && !asks_parent && (telling.is_empty() || tells || parent != "Operation")
}

/// The name under which the function of a `RunPython` gets the schema editor.
pub(super) const SCHEMA_EDITOR: &str = "outgrow.schema_editor";

/// What a call inside such a function does to the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// It runs SQL; none if the text cannot be seen.
    Sql(Option<String>),
    /// It changes tables or columns by the schema editor.
    Schema,
}

/// What the call does to the schema.
pub(super) fn effect(call: &Call) -> Option<Effect> {
    let path = call.path().unwrap_or_default();
    let of_editor = path.strip_prefix(SCHEMA_EDITOR).and_then(|rest| rest.strip_prefix('.'));
    let method = match &call.callee {
        Value::Member(member) => &*member.name,
        _ => of_editor?,
    };
    if matches!(method, "execute" | "executemany") {
        let text = call.args.positional.first().map(|item| &item.value);
        return Some(Effect::Sql(text.and_then(|text| text.as_str().map(str::to_owned))));
    }
    (of_editor.is_some() && SCHEMA_METHODS.contains(&method)).then_some(Effect::Schema)
}

/// Texts among the arguments of an operation: they may name what it concerns. None where it is
/// given nothing.
pub(super) fn texts(value: &Value) -> Option<Vec<String>> {
    let args = match value {
        Value::Call(call) => &call.args,
        Value::Instance(instance) => &instance.args,
        _ => return Some(Vec::new()),
    };
    let all = args.positional.iter().chain(args.named.iter().map(|(_, item)| item));
    let texts = all.filter_map(|item| item.value.as_str().map(str::to_lowercase));
    let nothing = args.positional.is_empty() && args.named.is_empty() && !args.open;
    (!nothing).then(|| texts.collect())
}

const NAMES: [&str; 24] = [
    "AddConstraint",
    "AddField",
    "AddIndex",
    "AlterConstraint",
    "AlterField",
    "AlterIndexTogether",
    "AlterModelManagers",
    "AlterModelOptions",
    "AlterModelTable",
    "AlterModelTableComment",
    "AlterOrderWithRespectTo",
    "AlterUniqueTogether",
    "CreateModel",
    "DeleteModel",
    "Operation",
    "RemoveConstraint",
    "RemoveField",
    "RemoveIndex",
    "RenameField",
    "RenameIndex",
    "RenameModel",
    "RunPython",
    "RunSQL",
    "SeparateDatabaseAndState",
];

/// Whether the operation changes tables or columns; the others change options or indexes.
pub(super) fn concerns_database(name: &str) -> bool {
    matches!(
        name,
        "AddField"
            | "AlterField"
            | "AlterModelTable"
            | "AlterOrderWithRespectTo"
            | "CreateModel"
            | "DeleteModel"
            | "RemoveField"
            | "RenameField"
            | "RenameModel"
    )
}

impl Op<'_> {
    /// An argument that the operation keeps.
    pub(super) fn get(&self, ev: &mut Evaluator, name: &str) -> Value {
        option(ev, self.value, name)
    }

    pub(super) fn text(&self, ev: &mut Evaluator, name: &str) -> Option<String> {
        let alternatives = self.get(ev, name).alternatives();
        alternatives.iter().find_map(|a| a.value.as_str().map(str::to_owned))
    }

    pub(super) fn items(&self, ev: &mut Evaluator, name: &str) -> Vec<Item> {
        let value = self.get(ev, name);
        let unseen = Item { rest: true, ..Item::new(value.clone(), self.at) };
        ev.elements(&value).unwrap_or_else(|| vec![unseen])
    }

    /// The model that the operation concerns.
    pub(super) fn model_key(&self, ev: &mut Evaluator) -> ModelKey {
        let model = self.text(ev, "model_name").or_else(|| self.text(ev, "name"));
        (self.app.to_owned(), model.unwrap_or_default().to_lowercase())
    }

    /// Concrete models among the bases, which migrations name by their labels.
    pub(super) fn parents(&self, ev: &mut Evaluator) -> Vec<ModelKey> {
        let bases = self.items(ev, "bases");
        let labels = bases.iter().filter_map(|base| base.value.as_str()?.split_once('.'));
        labels.map(|(app, name)| (app.to_owned(), name.to_lowercase())).collect()
    }

    /// The texts that `RunSQL` runs: one, or a list of texts and of pairs with parameters.
    pub(super) fn sql(&self, ev: &mut Evaluator) -> Vec<Option<String>> {
        let sql = self.get(ev, "sql");
        let text = |value: &Value| value.as_str().map(str::to_owned);
        if matches!(sql, Value::Str(_)) {
            return vec![text(&sql)];
        }
        let statements = ev.elements(&sql).unwrap_or_default();
        if statements.is_empty() {
            return vec![None];
        }
        let statement = |item: &Item| match &item.value {
            Value::List(pair) | Value::Tuple(pair) => {
                pair.items.borrow().first().and_then(|first| text(&first.value))
            }
            value => text(value),
        };
        statements.iter().map(statement).collect()
    }
}

/// The text under a key of a dictionary.
pub(super) fn entry_text(ev: &mut Evaluator, dict: &Value, key: &str) -> Option<String> {
    let value = ev.subscript_value(dict, &Value::str(key), Span::default())?;
    value.as_str().map(str::to_owned)
}

/// The truth value under a key of a dictionary.
pub(super) fn flag(ev: &mut Evaluator, dict: &Value, key: &str, default: bool) -> bool {
    let value = ev.subscript_value(dict, &Value::str(key), Span::default());
    value.and_then(|value| ev.truth(&value)).unwrap_or(default)
}

/// Whether a many-to-many field names its through model.
pub(super) fn names_through(ev: &mut Evaluator, field: &Value) -> bool {
    let through = relation(ev, field, "through");
    matches!(through, Value::Str(_) | Value::Class(_) | Value::Choice(_))
}

/// The model that a field of a migration points at, by label.
pub(super) fn target(ev: &mut Evaluator, owner: &ModelKey, field: &Value) -> Option<ModelKey> {
    let to = match field {
        Value::Call(call) => call.args.get(0, "to").cloned()?,
        field => relation(ev, field, "model"),
    };
    let to = to.alternatives().into_iter().find_map(|a| label(ev, &a.value))?;
    if to == "self" {
        return Some(owner.clone());
    }
    let (app, name) = to.split_once('.').unwrap_or((&owner.0, &to));
    Some((app.to_owned(), name.to_lowercase()))
}

fn relation(ev: &mut Evaluator, field: &Value, name: &str) -> Value {
    match field {
        Value::Call(call) => call.args.named(name).cloned().unwrap_or(Value::None),
        field => {
            let rel = option(ev, field, "remote_field");
            option(ev, &rel, name)
        }
    }
}

fn label(ev: &mut Evaluator, value: &Value) -> Option<String> {
    match value {
        Value::Str(text) => Some(text.to_string()),
        Value::Class(class) => {
            let app = ev.app_label(class)?;
            Some(format!("{app}.{}", class.name))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::NAMES;

    #[test]
    fn every_operation_is_described() {
        for name in NAMES {
            let files = ["base", "fields", "models", "special"];
            let found = files.iter().any(|file| {
                let path = format!("django/db/migrations/operations/{file}.py");
                let text = crate::catalogue::source(&path).expect("is part of the catalogue");
                text.contains(&format!("\nclass {name}"))
            });
            assert!(found, "{name}");
        }
    }
}
