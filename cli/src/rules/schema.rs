//! `outgrow rules schema`: the JSON Schema of a rules file.

use crate::args::{Format, Schema};
use crate::exit::Exit;
use crate::out;

pub(crate) fn run(options: &Schema) -> anyhow::Result<Exit> {
    match options.output_format {
        Format::Concise => out::print(format_args!("{}\n", rules::schema::schema()))?,
        _ => out::print(rules::schema::schema_text())?,
    }
    Ok(Exit::Fine)
}
