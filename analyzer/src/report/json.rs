//! `map.json`: the map as other tools read it, and the JSON Schema that describes it.

use crate::map::Map;

/// The bytes of `map.json`: sorted, two spaces of indentation, a newline at the end.
///
/// # Errors
///
/// None in practice: a map holds nothing that JSON cannot say. The error is passed on and not
/// swallowed.
pub fn write(map: &Map) -> Result<String, serde_json::Error> {
    let mut sorted = map.clone();
    sorted.sort();
    let mut text = serde_json::to_string_pretty(&sorted)?;
    text.push('\n');
    Ok(text)
}

/// Reads a `map.json`.
///
/// # Errors
///
/// When the text is not JSON or not a map; the message says where.
pub fn read(text: &str) -> Result<Map, serde_json::Error> {
    serde_json::from_str(text)
}

/// The JSON Schema of `map.json`, as published in `analyzer/schema/map.schema.json`.
///
/// # Errors
///
/// None in practice, see [`write`].
pub fn schema() -> Result<String, serde_json::Error> {
    let mut schema = schemars::schema_for!(Map);
    schema.insert("title".to_owned(), crate::map::SCHEMA.into());
    let mut text = serde_json::to_string_pretty(&schema)?;
    text.push('\n');
    Ok(text)
}
