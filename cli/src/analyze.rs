//! `outgrow analyze`: one call of the analyzer, then everything it knows is written down.

use std::fs;
use std::io::{self, BufReader, BufWriter};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use analyzer::cache::Cache;
use analyzer::contexts;
use analyzer::evidence::{self, Evidence};
use analyzer::map::Map;
use analyzer::report;
use analyzer::skeleton;
use anyhow::{Context as _, anyhow};

use crate::args::{Analyze, MapFormat};
use crate::exit::{Exit, UsageError};
use crate::{live, out, progress, watch, written};

/// Problems printed on the terminal; a screen full. The report has them all.
const PROBLEMS_MAX: usize = 20;

pub(crate) fn run(options: &Analyze) -> anyhow::Result<Exit> {
    let map = once(options)?;
    if options.output_format == MapFormat::Json {
        report::json::write_to(&map, BufWriter::new(io::stdout().lock()))?;
    } else if !options.quiet {
        out::print(report::summary(&map))?;
        note_where(&options.out);
    }
    note_problems(&map);
    let clean = map.coverage.problems.is_empty() && map.drift.is_empty();
    if options.watch {
        watch::run(&options.path, &options.out, map, || once(options))?;
    }
    Ok(if clean || options.exit_zero { Exit::Fine } else { Exit::Findings })
}

/// Analyzes and writes everything down.
fn once(options: &Analyze) -> anyhow::Result<Map> {
    let how = analyzer::Options {
        settings: options.settings.clone(),
        site_packages: options.site_packages.clone(),
        threads: options.threads,
        git: options.git.clone(),
        cache: cache(options),
        propose: options.evidence.is_empty() && options.database.is_none(),
    };
    let what = format!("analyzing {}", options.path.display());
    let mut map =
        progress::during(&what, || analyzer::analyze(&options.path, &how)).map_err(graded)?;
    if let Some(git) = options.git.as_ref().filter(|_| map.history.is_none()) {
        let (git, path) = (git.display(), options.path.display());
        out::note(format_args!(
            "--git {git}: no history and no CODEOWNERS; name the root of the repository of {path}"
        ));
    }
    for path in &options.evidence {
        merge_evidence(&mut map, path, options.quiet)?;
    }
    if let Some(url) = &options.database {
        let database = progress::during("asking the database", || live::read(url))?;
        analyzer::live::join(&mut map, database);
    }
    if !how.propose {
        contexts::propose(&map, &contexts::Options::default()).apply(&mut map);
    }
    write_each(&map, &options.out, &ALL)?;
    Ok(map)
}

/// The user's own folder, unless another one is named: one in the repository could be anybody's.
fn cache(options: &Analyze) -> Option<Cache> {
    let user = || {
        let home = options.home.as_ref().map(|home| home.join(".cache"));
        let folder = options.cache_home.clone().filter(|path| path.is_absolute()).or(home)?;
        Some(folder.join("outgrow"))
    };
    let folder = options.cache.clone().or_else(user).filter(|_| !options.no_cache)?;
    // Another build of this program may see more in the same files.
    let own = std::env::current_exe().and_then(fs::metadata).ok()?;
    let program = format!("{} {:?}", own.len(), own.modified().ok()?);
    Some(Cache { folder, program })
}

fn merge_evidence(map: &mut Map, path: &Path, quiet: bool) -> anyhow::Result<()> {
    let shown = path.display();
    let file = fs::File::open(path).with_context(|| format!("cannot read {shown}"))?;
    let evidence = Evidence::read(BufReader::new(file))
        .map_err(|why| UsageError(format!("{shown}: {why}")))?;
    let (confirmed, added) = evidence::merge(map, &evidence);
    if !quiet {
        out::note(format_args!(
            "{shown}: {confirmed} accesses confirmed at run time, {added} seen only there"
        ));
    }
    Ok(())
}

/// What was asked for cannot be done: told apart into the user's slip and the surroundings.
fn graded(error: analyzer::Error) -> anyhow::Error {
    use analyzer::Error::{NoSettings, NotAFolder};
    match error {
        NotAFolder(_) | NoSettings { .. } => UsageError(error.to_string()).into(),
        _ => error.into(),
    }
}

/// Everything that is made from the map alone, the longest first.
const ALL: [&str; 9] = [
    "map.json",
    "report.html",
    "matrix.csv",
    "matrix.html",
    "map.sarif",
    "report.md",
    "map.dot",
    "map.mmd",
    RULES,
];

/// The folder of the skeleton.
const RULES: &str = "rules";

/// Writes all reports, but not the skeleton; `contexts propose` makes them again.
pub(crate) fn write_reports(map: &Map, folder: &Path) -> anyhow::Result<()> {
    write_each(map, folder, &ALL[..ALL.len() - 1])
}

/// Writes what is named, two at a time.
fn write_each(map: &Map, folder: &Path, names: &[&str]) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
            write_report(map, folder, name)?;
        }
        anyhow::Ok(())
    };
    thread::scope(|scope| {
        // Without the thread this one writes them all. The first alone is as long as all others.
        let other = thread::Builder::new().spawn_scoped(scope, work);
        work()?;
        other.map_or(Ok(()), |other| other.join().map_err(|_| anyhow!("a report broke down"))?)
    })
}

fn write_report(map: &Map, folder: &Path, name: &str) -> anyhow::Result<()> {
    let text = match name {
        RULES => return write_skeleton(map, folder),
        "map.json" => {
            let path = folder.join(name);
            return written::write(&path, |out| report::json::write_to(map, out))
                .with_context(|| format!("cannot write {}", path.display()));
        }
        "report.html" => report::html::write(map),
        "report.md" => report::markdown::write(map),
        "matrix.csv" => report::matrix::csv(map),
        "matrix.html" => report::matrix::html(map),
        "map.dot" => report::dot::write(map),
        "map.mmd" => report::mermaid::write(map),
        _ => report::sarif::write(map)?,
    };
    write(folder, name, &text)
}

/// The skeleton is a first set to start from: files that a team may have edited stay as they are.
fn write_skeleton(map: &Map, folder: &Path) -> anyhow::Result<()> {
    let rules = folder.join(RULES);
    fs::create_dir_all(&rules).with_context(|| format!("cannot make {}", rules.display()))?;
    for file in skeleton::files(map) {
        let path = rules.join(&file.name);
        let kept = fs::read_to_string(&path).is_ok_and(|text| text != file.text);
        if kept {
            let draft = format!("{}.new", file.name);
            out::note(format_args!("{} was edited: the new skeleton is {draft}", path.display()));
            write(&rules, &draft, &file.text)?;
        } else {
            write(&rules, &file.name, &file.text)?;
        }
    }
    Ok(())
}

fn write(folder: &Path, name: &str, text: &str) -> anyhow::Result<()> {
    let path = folder.join(name);
    written::text(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn note_problems(map: &Map) {
    let drift = map.drift.iter().map(|drift| (&drift.at, &drift.code, &drift.message));
    let files = map.coverage.problems.iter();
    let files = files.map(|problem| (&problem.at, &problem.code, &problem.message));
    let problems: Vec<_> = files.chain(drift).collect();
    for (at, code, message) in problems.iter().take(PROBLEMS_MAX) {
        out::note(format_args!("{}:{}: {code}: {message}", at.file, at.line));
    }
    if let Some(more) = problems.len().checked_sub(PROBLEMS_MAX).filter(|more| *more > 0) {
        out::note(format_args!("and {more} more, all in report.md and map.json"));
    }
}

fn note_where(folder: &Path) {
    let folder = folder.display();
    let files = "map.json, map.sarif, map.dot, map.mmd, matrix.csv, matrix.html, report.html, \
                 report.md, rules/";
    out::note(format_args!("written: {folder}/{files}"));
}
