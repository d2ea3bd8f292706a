//! All places that a map names, where lines have moved and nothing else has.

use std::sync::Arc;

use crate::map::{Access, At, Map};

impl Map {
    /// Shows every place to `see`.
    pub(crate) fn each_place(&mut self, see: &mut impl FnMut(&mut At)) {
        for model in self.models.iter_mut().chain(&mut self.abstract_models) {
            see(&mut model.at);
            model.fields.iter_mut().for_each(|field| see(&mut field.at));
        }
        self.relations.iter_mut().for_each(|relation| see(&mut relation.at));
        for endpoint in &mut self.endpoints {
            see(&mut endpoint.at);
            endpoint.view_at.iter_mut().for_each(&mut *see);
            endpoint.opaque.iter_mut().for_each(&mut *see);
            each_access(endpoint.reads.iter_mut().chain(&mut endpoint.writes), see);
        }
        for task in &mut self.scheduled {
            see(&mut task.at);
            task.task_at.iter_mut().for_each(&mut *see);
            each_access(task.reads.iter_mut().chain(&mut task.writes), see);
        }
        self.transactions.iter_mut().for_each(|transaction| see(&mut transaction.at));
        self.joins.iter_mut().for_each(|join| see(&mut join.at));
        self.converters.iter_mut().for_each(|converter| see(&mut converter.at));
        self.migrations.iter_mut().for_each(|migration| see(&mut migration.at));
        self.drift.iter_mut().for_each(|drift| see(&mut drift.at));
        self.crossings.iter_mut().for_each(|crossing| see(&mut crossing.at));
        self.opaque.iter_mut().for_each(|opaque| see(&mut opaque.at));
        self.coverage.problems.iter_mut().for_each(|problem| see(&mut problem.at));
    }
}

/// Shows every place of these accesses to `see`.
fn each_access<'m>(all: impl Iterator<Item = &'m mut Arc<Access>>, see: &mut impl FnMut(&mut At)) {
    for access in all {
        let Access { via, path, only_if, .. } = Arc::make_mut(access);
        via.iter_mut().chain(path).chain(only_if).for_each(&mut *see);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map as Object, Value, json};

    use crate::map::Map;
    use crate::report::json::schema;

    /// Something that the schema allows: every field is there, every list has one element.
    fn filled(schema: &Value, root: &Value) -> Value {
        let first = |key: &str| schema[key].as_array().map(|all| filled(&all[0], root));
        if let Some(reference) = schema["$ref"].as_str() {
            return filled(root.pointer(&reference[1..]).expect("a definition"), root);
        }
        if let Some(only) = schema.get("const") {
            return only.clone();
        }
        if let Some(words) = schema["enum"].as_array() {
            return words[0].clone();
        }
        let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
        match kind {
            Some("object") => {
                let fields = schema["properties"].as_object().into_iter().flatten();
                let fields = fields.map(|(name, of)| (name.clone(), filled(of, root)));
                Value::Object(fields.collect::<Object<String, Value>>())
            }
            Some("array") => match schema["prefixItems"].as_array() {
                Some(parts) => parts.iter().map(|of| filled(of, root)).collect(),
                None => json!([filled(&schema["items"], root)]),
            },
            Some("string") => json!(""),
            Some("boolean") => json!(true),
            Some(_) => json!(1),
            None => first("anyOf").or_else(|| first("oneOf")).expect("a kind"),
        }
    }

    /// Objects of a file and a line.
    fn places(value: &Value) -> usize {
        match value {
            Value::Array(items) => items.iter().map(places).sum(),
            Value::Object(fields) => {
                let own = fields.contains_key("file") && fields.contains_key("line");
                usize::from(own) + fields.values().map(places).sum::<usize>()
            }
            _ => 0,
        }
    }

    /// The file is put together by hand.
    #[test]
    fn every_field_is_written() {
        let schema: Value = serde_json::from_str(&schema().expect("a schema")).expect("JSON");
        let full: Map = serde_json::from_value(filled(&schema, &schema)).expect("a map");
        for map in [Map::default(), full] {
            let plain = serde_json::to_string_pretty(&map).expect("JSON") + "\n";
            assert_eq!(crate::report::json::write(&map).expect("JSON"), plain);
        }
    }

    #[test]
    fn every_place_is_shown() {
        let schema: Value = serde_json::from_str(&schema().expect("a schema")).expect("JSON");
        let map = filled(&schema, &schema);
        let all = places(&map);
        let mut map: Map = serde_json::from_value(map).expect("a map");
        let mut shown = 0;
        map.each_place(&mut |_| shown += 1);
        assert_eq!(shown, all);
        assert!(all > 10, "{all}");
    }
}
