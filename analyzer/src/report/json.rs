//! `map.json`: the map as other tools read it, and the JSON Schema that describes it.

mod pieces;

use std::io::{self, Write};

use crate::map::Map;

/// Writes `map.json` as the map is ordered: two spaces of indentation, a newline at the end. It may
/// be larger than all that the analysis holds, so it is never whole in memory.
///
/// # Errors
///
/// What `out` says; a map holds nothing that JSON cannot say.
pub fn write_to(map: &Map, mut out: impl Write) -> io::Result<()> {
    pieces::write(map, &mut out)?;
    out.flush()
}

/// The text of `map.json`.
///
/// # Errors
///
/// None in practice, see [`write_to`].
pub fn write(map: &Map) -> io::Result<String> {
    let mut text = Vec::new();
    write_to(map, &mut text)?;
    String::from_utf8(text).map_err(io::Error::other)
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
