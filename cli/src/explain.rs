//! `outgrow explain CODE`: the page of a problem code, shipped inside the program; and
//! `outgrow explain table|model|endpoint NAME`: what the map knows of it.

use analyzer::map::{Endpoint, Map};
use analyzer::report::{explain, json};
use anyhow::Context as _;

use include_dir::{Dir, include_dir};
use rules::problem::did_you_mean;

use crate::args::Explain;
use crate::exit::{Exit, UsageError};
use crate::out;

/// The rooms that emit codes; each keeps one Markdown page a code.
static ROOMS: [Dir<'_>; 4] = [
    include_dir!("$CARGO_MANIFEST_DIR/../analyzer/codes"),
    include_dir!("$CARGO_MANIFEST_DIR/../rules/codes"),
    include_dir!("$CARGO_MANIFEST_DIR/../shadow/codes"),
    include_dir!("$CARGO_MANIFEST_DIR/codes"),
];

pub(crate) fn run(options: &Explain) -> anyhow::Result<Exit> {
    let Some(code) = &options.what else {
        return list();
    };
    let part: fn(&Map, &str) -> Option<String> = match code.as_str() {
        "table" => explain::table,
        "model" => explain::model,
        "endpoint" => explain::endpoint,
        _ => return page(code),
    };
    let Some(name) = &options.name else {
        let message = format!("say which {code}, e.g. `outgrow explain {code} NAME`");
        return Err(UsageError(message).into());
    };
    let path = options.map.display();
    let text = std::fs::read_to_string(&options.map)
        .with_context(|| format!("cannot read {path}; `outgrow analyze` writes it"))?;
    let map = json::read(&text).map_err(|why| {
        UsageError(format!("{path} is no map: {why}; write it again with `outgrow analyze`"))
    })?;
    if let Some(text) = part(&map, name) {
        out::print(text)?;
        return Ok(Exit::Fine);
    }
    let near =
        did_you_mean(name, names(&map, code)).map_or(String::new(), |near| format!("; {near}"));
    Err(UsageError(format!("{path} has no {code} called {name}{near}")).into())
}

/// What can be asked for.
fn names<'m>(map: &'m Map, what: &str) -> Vec<&'m str> {
    match what {
        "table" => map.tables.iter().map(|table| table.name.as_str()).collect(),
        "model" => map.models.iter().map(|model| model.label.as_str()).collect(),
        _ => {
            let of = |e: &'m Endpoint| [e.name.as_str(), e.view.as_str(), e.route.as_str()];
            map.endpoints.iter().flat_map(of).filter(|name| !name.is_empty()).collect()
        }
    }
}

fn page(code: &str) -> anyhow::Result<Exit> {
    let wanted = code.to_ascii_uppercase();
    match pages().find(|(code, _)| *code == wanted) {
        Some((_, page)) => out::print(page)?,
        None => return Err(unknown(&wanted).into()),
    }
    Ok(Exit::Fine)
}

/// Every code with the title of its page.
fn list() -> anyhow::Result<Exit> {
    for (_, page) in pages() {
        let title = page.lines().next().unwrap_or_default().trim_start_matches("# ");
        out::print(format_args!("{title}\n"))?;
    }
    Ok(Exit::Fine)
}

fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    ROOMS.iter().flat_map(|room| {
        let mut files: Vec<_> = room.files().collect();
        files.sort_by_key(|file| file.path());
        files
            .into_iter()
            .filter_map(|file| Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?)))
    })
}

fn unknown(code: &str) -> UsageError {
    UsageError(format!("no problem has the code {code}; `outgrow explain` lists them all"))
}
