//! `outgrow rules export`: `HTTPRoutes` on standard output, what was lost on standard error.

use serde_json::json;

use super::answer::Answer;
use crate::args::{Export, ExportFormat};
use crate::exit::Exit;
use crate::out;

pub(crate) fn run(options: &Export) -> anyhow::Result<Exit> {
    let ruleset = super::load_or_refuse(&options.folder, options.map.as_deref())?;
    let export = match options.format {
        ExportFormat::GatewayApi => rules::gateway::export(&ruleset, &options.gateway),
    };
    let list = json!({"apiVersion": "v1", "kind": "List", "items": export.resources});
    out::print(serde_json::to_string_pretty(&list)? + "\n")?;
    let findings = export.findings(&ruleset);
    let lost = findings.as_slice().iter();
    let full = lost.fold(String::new(), |text, problem| text + "lost: " + &problem.message + "\n");
    let answer = Answer { full, json: serde_json::to_value(&export.lost)?, findings };
    out::note(answer.text(options.output_format)?.trim_end());
    Ok(Exit::Fine)
}
