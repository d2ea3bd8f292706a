//! `outgrow rules schema`: the JSON Schema of a rules file.

use crate::exit::Exit;
use crate::out;

pub(crate) fn run() -> anyhow::Result<Exit> {
    out::print(rules::schema::schema_text())?;
    Ok(Exit::Fine)
}
