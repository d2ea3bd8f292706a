//! What Django says, and what the analyzer says, brought into one shape.

use std::collections::BTreeMap;

use analyzer::map::Map;
use serde_json::Value;

/// A fact: what it says, and whether it belongs to the project's own code.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    /// What must be equal for the fact to be right.
    pub(crate) says: String,
    /// Whether it belongs to the project's own code.
    pub(crate) own: bool,
    /// Whether the analyzer says that it is so under a condition only.
    pub(crate) sometimes: bool,
}

/// Facts by name.
pub(crate) type Facts = BTreeMap<String, Fact>;

/// Everything that is compared.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    /// The settings module that the project was started with.
    pub(crate) settings: String,
    /// Installed apps.
    pub(crate) apps: Facts,
    /// Concrete and proxy models with their tables.
    pub(crate) models: Facts,
    /// Fields with kind, column and flags.
    pub(crate) fields: Facts,
    /// Tables with their owners.
    pub(crate) tables: Facts,
    /// Columns of the tables.
    pub(crate) columns: Facts,
    /// Relations.
    pub(crate) relations: Facts,
    /// Endpoints with their methods.
    pub(crate) endpoints: Facts,
    /// Views of the endpoints.
    pub(crate) views: Facts,
    /// Names of the endpoints in the resolver's order.
    pub(crate) order: Vec<String>,
}

impl Truth {
    /// Reads what the introspection printed.
    pub(crate) fn parse(answer: &[u8]) -> Self {
        let answer: Value = serde_json::from_slice(answer).expect("the inventory is JSON");
        Self::from_value(&answer)
    }

    /// Brings a map into the same shape.
    pub(crate) fn of_map(map: &Map) -> Self {
        Self::from_value(&serde_json::to_value(map).expect("a map is JSON"))
    }

    fn from_value(value: &Value) -> Self {
        let mut truth = Self { settings: text(value, "settings"), ..Self::default() };
        for app in list(value, "apps") {
            truth.apps.insert(text(app, "label"), fact(app, &["name"]));
        }
        for model in list(value, "models") {
            let label = text(model, "label");
            for field in list(model, "fields") {
                let says = say(field, &["column", "kind", "null", "unique", "primary_key"]);
                let name = format!("{label}.{}", text(field, "name"));
                truth.fields.insert(name, Fact { says, ..fact(model, &[]) });
            }
            truth.models.insert(label, fact(model, &["table", "proxy", "managed"]));
        }
        let owners = truth.models.clone();
        let of = |owner: &str, says: String| {
            let (own, sometimes) =
                owners.get(owner).map_or((false, false), |m| (m.own, m.sometimes));
            Fact { says, own, sometimes }
        };
        for table in list(value, "tables") {
            let owner = text(table, "owner");
            let name = text(table, "name");
            for column in list(table, "columns") {
                let column = format!("{name}.{}", column.as_str().unwrap_or_default());
                truth.columns.insert(column, of(&owner, String::new()));
            }
            let says = say(table, &["owner", "auto_m2m_of"]);
            truth.tables.insert(name, of(&owner, says));
        }
        for relation in list(value, "relations") {
            let from = text(relation, "from");
            let says = say(relation, &["to", "kind", "through", "on_delete", "db_constraint"]);
            let name = format!("{from}.{}", text(relation, "field"));
            truth.relations.insert(name, of(&from, says));
        }
        truth.add_endpoints(value);
        truth
    }

    fn add_endpoints(&mut self, value: &Value) {
        for endpoint in list(value, "endpoints") {
            let base = format!("{} [{}]", text(endpoint, "route"), text(endpoint, "name"));
            let name = (1..10_000)
                .map(|n| if n == 1 { base.clone() } else { format!("{base} #{n}") })
                .find(|name| !self.endpoints.contains_key(name))
                .expect("some number is free");
            self.endpoints.insert(name.clone(), fact(endpoint, &["methods", "action"]));
            self.views.insert(name.clone(), fact(endpoint, &["view"]));
            self.order.push(name);
        }
    }
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn is_own(value: &Value) -> bool {
    value.get("own").and_then(Value::as_bool).unwrap_or(false)
}

fn fact(value: &Value, keys: &[&str]) -> Fact {
    let sometimes = text(value, "certainty") == "conditional";
    Fact { says: say(value, keys), own: is_own(value), sometimes }
}

fn say(value: &Value, keys: &[&str]) -> String {
    let parts: Vec<String> = keys
        .iter()
        .map(|key| format!("{key}={}", value.get(*key).unwrap_or(&Value::Null)))
        .collect();
    parts.join(" ")
}
