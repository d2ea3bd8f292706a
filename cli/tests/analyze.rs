//! `outgrow analyze` on small projects, good ones and broken ones: message, exit code, and that the
//! facts of everything else are kept.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::world::{World, repository};

const MODELS: &str = "\
from django.db import models

class Order(models.Model):
    symbol = models.CharField(max_length=12)
";

/// The smallest Django project: one app, one model.
fn project() -> World {
    World::new()
        .file(
            "manage.py",
            "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
        )
        .file("shop/__init__.py", "")
        .file("shop/settings.py", "INSTALLED_APPS = ['trading']\nROOT_URLCONF = 'shop.urls'\n")
        .file("shop/urls.py", "urlpatterns = []\n")
        .file("trading/__init__.py", "")
        .file("trading/models.py", MODELS)
}

fn map(world: &World) -> Value {
    serde_json::from_str(&world.read("out/map.json")).expect("map.json is JSON")
}

fn tables(world: &World) -> Vec<String> {
    let map = map(world);
    let tables = map["tables"].as_array().expect("a list of tables");
    tables.iter().map(|table| table["name"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn a_project_is_read_and_everything_is_written() {
    let world = project();
    let run = world.outgrow("analyze .").exits(0);
    assert!(run.stdout.lines().count() <= 12, "the summary fits into 12 lines:\n{}", run.stdout);
    assert_eq!(tables(&world), ["trading_order"]);
    for name in
        ["report.md", "report.html", "map.dot", "map.mmd", "map.sarif", "matrix.csv", "matrix.html"]
    {
        assert!(!world.read(&format!("out/{name}")).is_empty());
    }
    world.outgrow("rules check out/rules").exits(0);
}

#[test]
fn json_on_stdout_is_the_map() {
    let world = project();
    let run = world.outgrow("analyze . --output-format json").exits(0);
    assert_eq!(run.stdout, world.read("out/map.json"));
}

#[test]
fn what_is_not_a_repository_is_said() {
    World::new().outgrow("analyze nowhere").exits(3).says("nowhere");
    World::new().file("models.py", "").outgrow("analyze models.py").exits(2).says("folder");
    World::new().outgrow("analyze .").exits(3).says("Python");
}

#[test]
fn settings_that_are_not_there_are_said() {
    let world = project();
    world.outgrow("analyze . --settings shop.nothing").exits(2).says("shop.nothing");
}

#[test]
fn a_broken_file_costs_that_file_and_no_other() {
    let deep = "[".repeat(20_000);
    let broken: [(&str, &[u8]); 3] = [
        ("trading/views.py", b"def broken(:\n    pass\n"),
        ("trading/admin.py", b"# \xff\xfe not UTF-8\n"),
        ("trading/forms.py", deep.as_bytes()),
    ];
    for (name, bytes) in broken {
        let world = project().file(name, bytes);
        world.outgrow("analyze .").exits(1).says(name).says("AN0");
        assert_eq!(tables(&world), ["trading_order"], "{name}");
        world.outgrow("analyze . --exit-zero").exits(0);
    }
}

#[test]
fn an_unreadable_file_and_a_loop_of_links_cost_nothing_else() {
    let world = project();
    symlink("loop.py", world.path().join("trading/loop.py")).expect("a link");
    symlink("..", world.path().join("trading/up")).expect("a link");
    fs::create_dir(world.path().join("trading/views.py")).expect("a folder named like a file");
    let run = world.outgrow("analyze .");
    assert!(run.code <= 1, "{}", run.stderr);
    assert_eq!(tables(&world), ["trading_order"]);
}

/// Root may read everything, so there the program runs as nobody.
#[test]
fn a_file_that_may_not_be_read_is_named() {
    let world = project().file("trading/closed.py", "X = 1\n");
    let mode = |name: &str, mode| {
        let path = world.path().join(name);
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    };
    mode("trading/closed.py", 0o000);
    mode("", 0o777);
    let root = fs::metadata(world.path()).expect("the folder").uid() == 0;
    let run = if root { world.as_nobody("analyze .") } else { world.outgrow("analyze .") };
    run.exits(1).says("trading/closed.py:1: AN001");
    assert_eq!(tables(&world), ["trading_order"]);
}

#[test]
fn edited_rules_are_never_overwritten() {
    let world = project();
    world.outgrow("analyze .").exits(0);
    let rules = world.path().join("out/rules");
    let first = fs::read_dir(&rules).expect("rules").next().expect("a file").expect("an entry");
    fs::write(first.path(), "# mine\n").expect("edited");
    world.outgrow("analyze .").exits(0).says("was edited");
    assert_eq!(fs::read_to_string(first.path()).expect("there"), "# mine\n");
}

#[test]
fn the_example_gives_the_same_bytes_twice() {
    let example = repository().join("examples/django-monolith");
    let example = example.to_str().expect("a UTF-8 path");
    let world = World::new();
    world.run(&["analyze", example, "--out", "a"]).exits(0);
    world.run(&["analyze", example, "--out", "b"]).exits(0);
    for name in ["map.json", "map.sarif", "map.mmd", "report.md", "report.html", "map.dot"] {
        assert_eq!(world.read(&format!("a/{name}")), world.read(&format!("b/{name}")), "{name}");
    }
}

#[test]
fn contexts_are_proposed_from_the_map_alone() {
    let world = project();
    world.outgrow("contexts propose").exits(3).says("outgrow analyze");
    world.outgrow("analyze .").exits(0);
    let before = world.read("out/map.json");
    world.outgrow("contexts propose").exits(0).prints("trading_order").prints("crossings");
    assert_eq!(world.read("out/map.json"), before, "proposing again changes nothing");
    world.file("bad.json", "{}").outgrow("contexts propose --map bad.json").exits(2);
}

#[test]
fn a_kept_map_is_the_same_and_an_edit_is_seen() {
    let (world, kept) = (project(), tempfile::tempdir().expect("a folder"));
    let line = format!("analyze . --cache {}", kept.path().display());
    world.outgrow(&line).exits(0);
    let first = world.read("out/map.json");
    world.outgrow(&line).exits(0);
    assert_eq!(world.read("out/map.json"), first);
    assert_eq!(fs::read_dir(kept.path()).expect("a folder").count(), 1);
    let world = world.file("trading/models.py", MODELS.replace("Order", "Trade"));
    world.outgrow(&line).exits(0);
    assert_eq!(tables(&world), ["trading_trade"]);
    world.outgrow(&format!("{line} --no-cache")).exits(0);
    assert_eq!(tables(&world), ["trading_trade"]);
}

#[test]
fn a_history_that_was_asked_for_and_is_not_there_is_missed_aloud() {
    let world = project();
    world.outgrow("analyze . --git nowhere --quiet").exits(0).says("--git nowhere: no history");
}

#[test]
fn watching_says_what_an_edit_changes() {
    let world = project();
    let mut child = Command::new(env!("CARGO_BIN_EXE_outgrow"))
        .args(["analyze", ".", "--watch", "--no-cache", "--quiet"])
        .current_dir(world.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("outgrow starts");
    let mut said = BufReader::new(child.stderr.take().expect("a pipe")).lines();
    let ready = said.find(|line| line.as_ref().is_ok_and(|line| line.starts_with("watching")));
    assert!(ready.is_some(), "it ended before it watched");
    let world = world.file("trading/models.py", MODELS.replace("Order", "Trade"));
    // It says more than is read, and ends where nobody would.
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let found: Vec<String> = lines.by_ref().take(2).map(|line| line.expect("text")).collect();
    let took = said.find_map(|line| line.ok().filter(|line| line.starts_with("analyzed in")));
    child.kill().expect("it runs until it is ended");
    child.wait().expect("it ends");
    assert_eq!(found, ["- column trading_order.id", "- column trading_order.symbol"]);
    assert!(took.is_some());
    assert_eq!(tables(&world), ["trading_trade"]);
}
