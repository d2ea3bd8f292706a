//! `outgrow rules export`: `HTTPRoutes` on standard output, what was lost on standard error.

use serde_json::json;

use crate::args::{Export, ExportFormat};
use crate::exit::Exit;
use crate::out;

pub(crate) fn run(options: &Export) -> anyhow::Result<Exit> {
    let ruleset = super::load_or_refuse(&options.folder)?;
    let export = match options.format {
        ExportFormat::GatewayApi => rules::gateway::export(&ruleset, &options.gateway),
    };
    let list = json!({"apiVersion": "v1", "kind": "List", "items": export.resources});
    out::print(serde_json::to_string_pretty(&list)? + "\n")?;
    for loss in &export.lost {
        match &loss.route {
            Some(route) => out::note(format_args!("lost: {route}: {}", loss.what)),
            None => out::note(format_args!("lost: {}", loss.what)),
        }
    }
    Ok(Exit::Fine)
}
