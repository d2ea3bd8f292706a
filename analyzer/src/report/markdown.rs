//! `report.md`: the whole analysis as a text that reads well in a review.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::history::{History, Together};
use crate::live::{Database, Kind, Relation};
use crate::map::{ContextKind, Crossing, Endpoint, Map, Verdict};
use crate::report::pairs::{by_kind, cost, count, place, worst_first};

/// Most pairs of tables (rows) listed before the list by contexts.
const WORST_MAX: usize = 20;

/// Most tables and most statements (rows) of a database that are listed.
const BUSY_MAX: usize = 20;

/// The report.
pub fn write(map: &Map) -> String {
    let mut out = String::new();
    head(&mut out, map);
    apps(&mut out, map);
    contexts(&mut out, map);
    crossings(&mut out, map);
    endpoints(&mut out, map);
    drift(&mut out, map);
    if let Some(history) = &map.history {
        together(&mut out, history);
    }
    if let Some(database) = &map.database {
        live(&mut out, database);
    }
    not_seen(&mut out, map);
    out
}

/// Writing to a `String` cannot fail; this keeps that knowledge in one place.
fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a String takes every text");
    out.push('\n');
}

/// Text of the repository inside a table cell or a sentence: no character of it is markup.
fn plain(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => safe.extend(['\\', c]),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// Text of the repository as code; a backtick in it cannot end the code.
fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let safe = text.replace('`', "'").replace(|c: char| c.is_control(), " ").replace('|', "\\|");
    format!("`{safe}`")
}

fn head(out: &mut String, map: &Map) {
    let own = map.apps.iter().filter(|app| app.own).count();
    line(out, format_args!("# {}\n", plain(&map.project.name)));
    line(
        out,
        format_args!(
            "{}, {}, {} of its own. Settings {}. {} of {} files read, {} not seen.\n",
            count(map.tables.len(), "table"),
            count(map.endpoints.len(), "endpoint"),
            count(own, "app"),
            code(&map.project.settings),
            map.coverage.parsed,
            map.coverage.files,
            count(map.opaque.len(), "place")
        ),
    );
    let Some(advice) = &map.advice else { return };
    line(
        out,
        format_args!(
            "## {}\n",
            match advice.verdict {
                Verdict::Split => "Split, one context at a time",
                Verdict::NotYet => "Don't split yet",
            }
        ),
    );
    for reason in &advice.reasons {
        line(out, format_args!("- {}", plain(reason)));
    }
    line(out, format_args!("\nOrder in which the contexts would leave (a first guess):\n"));
    for (place, step) in advice.order.iter().enumerate() {
        let (context, reason) = (code(&step.context), plain(&step.reason));
        line(out, format_args!("{}. {context}: {reason}", place + 1));
    }
    out.push('\n');
}

fn apps(out: &mut String, map: &Map) {
    let mut tables: BTreeMap<&str, usize> = BTreeMap::new();
    for table in &map.tables {
        *tables.entry(table.owner.split('.').next().unwrap_or_default()).or_default() += 1;
    }
    let mut served: BTreeMap<&str, usize> = BTreeMap::new();
    for endpoint in &map.endpoints {
        *served.entry(&endpoint.app).or_default() += 1;
    }
    line(out, format_args!("## Apps\n\n| app | module | own | tables | endpoints |"));
    line(out, format_args!("| --- | --- | --- | ---: | ---: |"));
    for app in &map.apps {
        line(
            out,
            format_args!(
                "| {} | {} | {} | {} | {} |",
                code(&app.label),
                code(&app.name),
                if app.own { "yes" } else { "" },
                tables.get(app.label.as_str()).unwrap_or(&0),
                served.get(app.label.as_str()).unwrap_or(&0)
            ),
        );
    }
    out.push('\n');
}

fn contexts(out: &mut String, map: &Map) {
    if map.contexts.is_empty() {
        return;
    }
    line(out, format_args!("## Contexts\n"));
    line(out, format_args!("| context | tables | cohesion | out | in | endpoints to itself |"));
    line(out, format_args!("| --- | ---: | ---: | ---: | ---: | ---: |"));
    for context in map.contexts.iter().filter(|c| c.kind == ContextKind::Domain) {
        let f = context.figures;
        line(
            out,
            format_args!(
                "| {} | {} | {} % | {} | {} | {} of {} |",
                code(&context.name),
                context.tables.len(),
                f.cohesion,
                f.crossings_out,
                f.crossings_in,
                f.endpoints_clean,
                f.endpoints
            ),
        );
    }
    for context in &map.contexts {
        line(out, format_args!("\n### {}\n", plain(&context.name)));
        let tables: Vec<String> = context.tables.iter().map(|table| code(table)).collect();
        line(out, format_args!("{}", tables.join(", ")));
        if !context.hubs.is_empty() {
            let hubs: Vec<String> = context.hubs.iter().map(|table| code(table)).collect();
            line(out, format_args!("\nHubs, referred to from everywhere: {}", hubs.join(", ")));
        }
        for shaky in &context.undecided {
            line(
                out,
                format_args!(
                    "\nUndecided: {} could as well stand in {} (stood here in {} of 100 attempts)",
                    code(&shaky.table),
                    code(&shaky.other),
                    shaky.stability
                ),
            );
        }
    }
    out.push('\n');
}

fn crossings(out: &mut String, map: &Map) {
    if map.crossings.is_empty() {
        return;
    }
    line(out, format_args!("## Crossings, worst first\n"));
    line(out, format_args!("{}: {}.\n", map.crossings.len(), by_kind(map)));
    line(out, format_args!("| cost | from | to | relations | joins | endpoints | first place |"));
    line(out, format_args!("| ---: | --- | --- | ---: | ---: | ---: | --- |"));
    for pair in worst_first(map).iter().take(WORST_MAX) {
        line(
            out,
            format_args!(
                "| {} | {} | {} | {} | {} | {} | {} |",
                cost(pair.cost),
                code(pair.from_table),
                code(pair.to_table),
                pair.relations,
                pair.joins,
                pair.endpoints,
                code(&place(pair.at))
            ),
        );
    }
    for ((from, to), found) in by_contexts(map) {
        line(out, format_args!("\n### {} to {}\n", plain(from), plain(to)));
        for crossing in found {
            let (what, at) = (code(&crossing.what), code(&place(&crossing.at)));
            line(out, format_args!("- {at} {} {what}", crossing.kind));
        }
    }
    out.push('\n');
}

/// All crossings by the two contexts, each list in the order of the lines.
pub(super) fn by_contexts(map: &Map) -> BTreeMap<(&str, &str), Vec<&Crossing>> {
    let mut found: BTreeMap<(&str, &str), Vec<&Crossing>> = BTreeMap::new();
    for crossing in &map.crossings {
        found.entry((&crossing.from, &crossing.to)).or_default().push(crossing);
    }
    for list in found.values_mut() {
        list.sort_by_key(|c| (&c.at, &c.kind, &c.what));
    }
    found
}

fn endpoints(out: &mut String, map: &Map) {
    line(out, format_args!("## Endpoints\n\nAll at stage `legacy`: the monolith answers them."));
    for (app, list) in by_app(map) {
        let title = if app.is_empty() { "(outside of apps)" } else { app };
        line(out, format_args!("\n### {} ({})\n", plain(title), list.len()));
        line(out, format_args!("| methods | route | name | view | place |"));
        line(out, format_args!("| --- | --- | --- | --- | --- |"));
        for endpoint in list {
            line(
                out,
                format_args!(
                    "| {} | {} | {} | {} | {} |",
                    methods(endpoint),
                    code(&endpoint.route),
                    code(&endpoint.name),
                    code(&endpoint.view),
                    code(&place(endpoint.view_at.as_ref().unwrap_or(&endpoint.at)))
                ),
            );
        }
    }
    out.push('\n');
}

/// Endpoints by the label of their app, each list in the order of the resolver.
pub(super) fn by_app(map: &Map) -> BTreeMap<&str, Vec<&Endpoint>> {
    let mut found: BTreeMap<&str, Vec<&Endpoint>> = BTreeMap::new();
    for endpoint in &map.endpoints {
        found.entry(&endpoint.app).or_default().push(endpoint);
    }
    found
}

/// The methods of an endpoint in words.
pub(super) fn methods(endpoint: &Endpoint) -> String {
    if endpoint.methods.is_empty() { "any".to_owned() } else { endpoint.methods.join(" ") }
}

fn drift(out: &mut String, map: &Map) {
    if map.migrations.is_empty() && map.drift.is_empty() {
        return;
    }
    line(out, format_args!("## Models, migrations, database\n"));
    let (migrations, differences) =
        (count(map.migrations.len(), "migration"), count(map.drift.len(), "difference"));
    line(out, format_args!("{migrations} replayed, {differences}.\n"));
    for drift in &map.drift {
        let (at, message) = (code(&place(&drift.at)), plain(&drift.message));
        line(out, format_args!("- {at} {} {message}", plain(&drift.code)));
    }
    out.push('\n');
}

/// What only the running database tells: work behind Python's back, and what is asked together.
fn live(out: &mut String, database: &Database) {
    let of = |kind| database.relations.iter().filter(|relation| relation.kind == kind).count();
    let (tables, views) = (count(of(Kind::Table), "table"), count(of(Kind::View), "view"));
    line(out, format_args!("## Database\n\nPostgreSQL {}: {tables}, {views}.\n", database.version));
    for trigger in &database.triggers {
        let (name, table) = (code(&trigger.name), code(&trigger.table));
        let (reads, writes) = (trigger.reads.join(", "), trigger.writes.join(", "));
        line(
            out,
            format_args!(
                "- trigger {name} of {table}: reads {}, writes {}",
                code(&reads),
                code(&writes)
            ),
        );
    }
    let mut busy: Vec<&Relation> = database.relations.iter().collect();
    busy.sort_by(|a, b| (b.scans + b.changes, &a.name).cmp(&(a.scans + a.changes, &b.name)));
    line(
        out,
        format_args!("\n| table | scans | rows changed | MiB |\n| --- | ---: | ---: | ---: |"),
    );
    for relation in busy.iter().take(BUSY_MAX) {
        let (name, mib) = (code(&relation.name), relation.bytes >> 20);
        line(out, format_args!("| {name} | {} | {} | {mib} |", relation.scans, relation.changes));
    }
    if !database.statements.is_empty() {
        line(
            out,
            format_args!("\n| calls | reads | writes | routes |\n| ---: | --- | --- | --- |"),
        );
    }
    for statement in database.statements.iter().take(BUSY_MAX) {
        let [reads, writes, routes] = [&statement.reads, &statement.writes, &statement.routes]
            .map(|all| code(&all.join(", ")));
        line(out, format_args!("| {} | {reads} | {writes} | {routes} |", statement.calls));
    }
    out.push('\n');
}

fn together(out: &mut String, history: &History) {
    let (commits, large) = (count(history.commits as usize, "commit"), history.large);
    line(out, format_args!("## What changes together\n"));
    line(out, format_args!("{commits} read, {large} of them too large to say anything.\n"));
    line(out, format_args!("| app | commits | authors | owners |\n| --- | ---: | ---: | --- |"));
    for app in &history.apps {
        let owners = app.owners.iter().map(|owner| plain(owner)).collect::<Vec<_>>().join(", ");
        let label = code(&app.app);
        line(out, format_args!("| {label} | {} | {} | {owners} |", app.commits, app.authors));
    }
    for pairs in [&history.together, &history.files] {
        if pairs.is_empty() {
            continue;
        }
        line(out, format_args!("\n| one | other | together | of |\n| --- | --- | ---: | ---: |"));
        for Together { one, other, commits, of } in pairs {
            line(out, format_args!("| {} | {} | {commits} | {of} |", code(one), code(other)));
        }
    }
    out.push('\n');
}

fn not_seen(out: &mut String, map: &Map) {
    if !map.opaque.is_empty() {
        line(out, format_args!("## Not seen\n"));
        for opaque in &map.opaque {
            let (at, what, why) =
                (code(&place(&opaque.at)), plain(&opaque.what), plain(&opaque.why));
            line(out, format_args!("- {at} {what}: {why}"));
        }
        out.push('\n');
    }
    line(out, format_args!("## Coverage\n"));
    let coverage = &map.coverage;
    line(out, format_args!("{} of {} Python files read.", coverage.parsed, coverage.files));
    if let Some(sentence) = coverage.sentence() {
        line(out, format_args!("{sentence}."));
    }
    for problem in &coverage.problems {
        let (at, message) = (code(&place(&problem.at)), plain(&problem.message));
        line(out, format_args!("- {at} {} {message}", plain(&problem.code)));
    }
}
