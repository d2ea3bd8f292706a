//! `outgrow rules init`: a first set of rules from the analyzer's map, every endpoint at legacy and
//! with a test that names it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use analyzer::skeleton::{self, File};
use anyhow::Context as _;
use rules::sample::{Sample, samples};
use rules::trial::{self, Report};
use rules::{Problems, Router, Source, folder, write};
use serde_json::json;

use super::answer::Answer;
use crate::args::Init;
use crate::contexts::read;
use crate::exit::{Exit, UsageError};

pub(crate) fn run(options: &Init) -> anyhow::Result<Exit> {
    let folder = options.folder.as_path();
    if folder.exists() && folder::sources(folder).is_ok() {
        let said = format!(
            "{} holds rules already; `outgrow rules check --map {}` names endpoints they lack",
            folder.display(),
            options.map.display()
        );
        return Err(UsageError(said).into());
    }
    let mut files = skeleton::files(&read(&options.map)?);
    let samples = samples(&Router::new(rules::load(&sources(&files))?)?);
    add_tests(&mut files, &samples);
    let report = trial::run(&Router::new(rules::load(&sources(&files))?)?);
    if !options.dry_run {
        for file in &files {
            write_file(folder, file)?;
        }
    }
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let answer = Answer {
        full: full(folder, &files, &report),
        json: json!({
            "folder": folder,
            "files": names,
            "routes": report.routes,
            "coverage_percent": report.coverage(),
            "untested": report.untested,
            "written": !options.dry_run,
        }),
        findings: Problems::default(),
    };
    answer.print(options.output_format)?;
    Ok(Exit::Fine)
}

fn sources(files: &[File]) -> Vec<Source> {
    let yaml =
        files.iter().filter(|file| Path::new(&file.name).extension().is_some_and(|e| e == "yaml"));
    yaml.map(|file| Source::new(file.name.clone(), file.text.clone())).collect()
}

/// Each test stands in the file of its route, so that a team keeps both.
fn add_tests(files: &mut [File], samples: &[Sample]) {
    let mut by_file: BTreeMap<&str, Vec<&Sample>> = BTreeMap::new();
    for sample in samples {
        by_file.entry(&sample.file).or_default().push(sample);
    }
    for file in files {
        let of_file = by_file.remove(file.name.as_str()).unwrap_or_default();
        file.text.push_str(&write::tests(of_file));
    }
}

fn write_file(folder: &Path, file: &File) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let path = folder.join(&file.name);
    fs::write(&path, &file.text).with_context(|| format!("cannot write {}", path.display()))
}

fn full(folder: &Path, files: &[File], report: &Report) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail, here and below.
    for file in files {
        let _ = writeln!(text, "{}", folder.join(&file.name).display());
    }
    let _ = writeln!(
        text,
        "{} routes at legacy, {:.1} % of them tested; next: set the address in {}",
        report.routes,
        report.coverage(),
        folder.join("legacy-upstream.yaml").display()
    );
    for route in &report.untested {
        let _ = writeln!(text, "untested, for no request reaches it: {route}");
    }
    text
}
