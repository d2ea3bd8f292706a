//! JSON Schema of the language, for editors: made from the same records that are read.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::raw;
use crate::written::{Record, Shape};

/// The schema of one rules file, draft-07, with the documentation of every key and word.
pub fn schema() -> Value {
    let mut definitions = BTreeMap::new();
    let root = raw::File::record();
    let mut schema = record_schema(&root, &mut definitions);
    if let Value::Object(object) = &mut schema {
        let mut top = Map::new();
        top.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
        top.insert("title".to_owned(), json!("outgrow rules"));
        top.append(object);
        top.insert("definitions".to_owned(), json!(definitions));
        return Value::Object(top);
    }
    schema
}

/// The schema as the text of a file.
pub fn schema_text() -> String {
    let mut text = serde_json::to_string_pretty(&schema()).unwrap_or_default();
    text.push('\n');
    text
}

fn record_schema(record: &Record, definitions: &mut BTreeMap<String, Value>) -> Value {
    let mut properties = Map::new();
    for field in &record.fields {
        let shape = shape_schema(&field.shape, definitions);
        // In draft-07 nothing may stand beside a `$ref`, so a documented one is wrapped.
        let mut documented = match shape {
            Value::Object(object) if !object.contains_key("$ref") => object,
            reference => Map::from_iter([("allOf".to_owned(), json!([reference]))]),
        };
        documented.insert("description".to_owned(), json!(prose(field.doc)));
        // An optional key may also stand there with nothing behind it.
        let value = if field.required {
            Value::Object(documented)
        } else {
            let doc = documented.remove("description");
            json!({"description": doc, "anyOf": [documented, {"type": "null"}]})
        };
        properties.insert(field.name.to_owned(), value);
    }
    let required: Vec<&str> =
        record.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    json!({
        "type": "object",
        "description": prose(record.doc),
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}

fn shape_schema(shape: &Shape, definitions: &mut BTreeMap<String, Value>) -> Value {
    match shape {
        // Plain scalars that YAML reads as numbers or booleans are texts here.
        Shape::Text => json!({"type": ["string", "number", "boolean"]}),
        Shape::Pattern(pattern) => json!({"type": "string", "pattern": pattern}),
        Shape::Number { whole: true } => {
            json!({"type": "integer", "minimum": 0, "maximum": u32::MAX})
        }
        Shape::Number { whole: false } => json!({"type": "number", "minimum": 0}),
        Shape::Flag => json!({"type": "boolean"}),
        Shape::Words(words) => {
            let one = |(word, doc): &(&str, &str)| json!({"const": word, "description": doc});
            json!({"anyOf": words.iter().map(one).collect::<Vec<_>>()})
        }
        Shape::List(inner) => {
            json!({"type": "array", "items": shape_schema(inner, definitions)})
        }
        Shape::Keyed(inner) => {
            json!({"type": "object", "additionalProperties": shape_schema(inner, definitions)})
        }
        Shape::Record(record) => {
            let record = record();
            let name = record.name.to_owned();
            if !definitions.contains_key(&name) {
                definitions.insert(name.clone(), Value::Null);
                let schema = record_schema(&record, definitions);
                definitions.insert(name.clone(), schema);
            }
            json!({"$ref": format!("#/definitions/{name}")})
        }
    }
}

/// Doc comments are wrapped at 100 columns; an editor wraps by itself.
fn prose(doc: &str) -> String {
    doc.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}
