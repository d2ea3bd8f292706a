//! Git and `CODEOWNERS` as witnesses: what real git wrote is read without it, and a repository that
//! would run something, block or lead elsewhere has no history.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use analyzer::history::History;
use analyzer::map::Map;
use analyzer::repo::owners::Owners;
use analyzer::{Options, analyze};

use crate::skip::skip;

/// Runs git on the folder; false where there is none.
fn git(folder: &Path, args: &[&str]) -> bool {
    let mut command = Command::new("git");
    command.current_dir(folder).args(args).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "somebody");
        command.env(format!("GIT_{who}_EMAIL"), "somebody@example.com");
    }
    command.output().is_ok_and(|output| output.status.success())
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// A project of two apps whose views changed together three times, `orders` once more alone.
fn project(folder: &Path) -> bool {
    write(folder, "manage.py", "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\n");
    write(folder, "settings.py", "INSTALLED_APPS = ['orders', 'stock']\n");
    write(
        folder,
        "CODEOWNERS",
        "* @everybody\n/orders/ @sales\n*.md\n/stock/views.py @depot # x\n",
    );
    for app in ["orders", "stock"] {
        write(folder, &format!("{app}/__init__.py"), "");
        write(folder, &format!("{app}/models.py"), "");
    }
    if !git(folder, &["init", "-q"]) {
        return false;
    }
    for n in 0..3 {
        write(folder, "orders/views.py", &format!("N = {n}\n"));
        write(folder, "stock/views.py", &format!("N = {n}\n"));
        assert!(git(folder, &["add", "."]) && git(folder, &["commit", "-q", "-m", "both"]));
    }
    write(folder, "orders/views.py", "N = 9\n");
    assert!(git(folder, &["commit", "-q", "-a", "-m", "one"]));
    true
}

fn read(folder: &Path, git: Option<&Path>) -> Map {
    let options = Options { git: git.map(Path::to_path_buf), ..Options::default() };
    analyze(folder, &options).expect("a project")
}

fn told(history: &History) -> Vec<String> {
    let apps = history
        .apps
        .iter()
        .map(|app| format!("{} {} {} {}", app.app, app.commits, app.authors, app.owners.join(" ")));
    let pairs = history.together.iter().chain(&history.files);
    let pairs = pairs.map(|p| format!("{} {} {} of {}", p.one, p.other, p.commits, p.of));
    apps.chain(pairs).collect()
}

const EXPECTED: [&str; 4] = [
    "orders 4 1 @sales",
    "stock 3 1 @everybody @depot",
    "orders stock 3 of 3",
    "orders/views.py stock/views.py 3 of 3",
];

#[test]
fn what_changes_together_is_read_loose_and_packed_and_from_above() {
    let folder = tempfile::tempdir().expect("a folder");
    if !project(folder.path()) {
        return skip("there is no git to write a history with");
    }
    let loose = read(folder.path(), None);
    assert_eq!(told(loose.history.as_ref().expect("a history")), EXPECTED);
    assert!(git(folder.path(), &["gc", "-q"]) && git(folder.path(), &["pack-refs", "--all"]));
    assert_eq!(read(folder.path(), None), loose);

    // A project in a folder of its repository.
    let above = tempfile::tempdir().expect("a folder");
    let inner = above.path().join("src");
    fs::create_dir(&inner).expect("a folder");
    assert!(project(&inner));
    fs::rename(inner.join(".git"), above.path().join(".git")).expect("moved");
    assert!(git(above.path(), &["add", "-A"]) && git(above.path(), &["commit", "-qm", "moved"]));
    for text in ["1", "2", "3"] {
        write(&inner, "orders/views.py", text);
        write(&inner, "stock/views.py", text);
        assert!(git(above.path(), &["commit", "-qam", "both"]));
    }
    let map = read(&inner, Some(above.path()));
    let history = map.history.expect("a history");
    assert_eq!(history.together.first().map(|pair| pair.commits), Some(4), "{history:?}");
    // What lies above is not looked at unasked.
    assert_eq!(read(&inner, None).history.map(|history| history.commits), Some(0));
}

/// Gives git an object and gets its name.
fn object(folder: &Path, args: &[&str], content: &str) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder).args(args).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut git = command.spawn().expect("git runs");
    git.stdin.take().expect("a pipe").write_all(content.as_bytes()).expect("written");
    let output = git.wait_with_output().expect("git ends");
    assert!(output.status.success(), "{args:?}");
    String::from_utf8(output.stdout).expect("a name").trim().to_owned()
}

/// Five small files that name each other so often that to follow them all would take a day.
#[test]
fn a_history_that_is_a_maze_is_left() {
    const WIDE: usize = 20_000;
    let folder = tempfile::tempdir().expect("a folder");
    if !project(folder.path()) {
        return skip("there is no git to write a history with");
    }
    let root = folder.path();
    let blob = object(root, &["hash-object", "-w", "--stdin"], "x");
    let tree = |mode: &str, id: &str, name: &str| {
        let lines = (0..WIDE).map(|n| format!("{mode} {id}\t{name}{n}\n"));
        object(root, &["mktree"], &lines.collect::<String>())
    };
    let links = ["a", "b"].map(|name| tree("120000 blob", &blob, name));
    let [old, new] = links.map(|id| tree("040000 tree", &id, "d"));
    let who = "somebody <s@example.com> 1700000000 +0000";
    let commit = |tree: &str, parents: &str| {
        let text = format!("tree {tree}\n{parents}author {who}\ncommitter {who}\n\nmaze\n");
        let args = ["hash-object", "-t", "commit", "--literally", "-w", "--stdin"];
        object(root, &args, &text)
    };
    let first = commit(&old, "");
    let second = commit(&new, &format!("parent {first}\n"));
    let merge = commit(&new, &format!("parent {second}\n").repeat(WIDE));
    assert!(git(root, &["update-ref", "HEAD", &merge]));
    let began = now();
    assert!(read(root, None).history.is_some());
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
}

#[expect(clippy::disallowed_methods, reason = "a maze is told from a way by the time it takes")]
fn now() -> Instant {
    Instant::now()
}

/// Does something to a `.git` folder.
type Spoil = fn(&Path);

#[test]
fn a_repository_that_leads_elsewhere_has_no_history() {
    let spoil: [(&str, Spoil); 5] = [
        ("a linked worktree", |git| {
            fs::rename(git, git.with_file_name("elsewhere")).expect("moved");
            fs::write(git, "gitdir: elsewhere\n").expect("a file");
        }),
        ("borrowed objects", |git| {
            write(git, "objects/info/alternates", "/somewhere/else\n");
        }),
        ("a name outside", |git| write(git, "HEAD", "ref: refs/../../HEAD\n")),
        ("a head that is none", |git| write(git, "HEAD", "ref: HEAD\n")),
        ("a store that is a pipe", |git| {
            let pipe = git.join("objects/pack/pack-1.idx");
            fs::create_dir_all(git.join("objects/pack")).expect("a folder");
            let made = Command::new("mkfifo").arg(&pipe).status();
            assert!(made.is_ok_and(|status| status.success()), "a pipe");
        }),
    ];
    for (what, spoil) in spoil {
        let folder = tempfile::tempdir().expect("a folder");
        if !project(folder.path()) {
            return skip("there is no git to write a history with");
        }
        fs::remove_file(folder.path().join("CODEOWNERS")).expect("removed");
        spoil(&folder.path().join(".git"));
        assert_eq!(read(folder.path(), None).history, None, "{what}");
    }
}

#[test]
fn configuration_and_hooks_are_not_looked_at() {
    let folder = tempfile::tempdir().expect("a folder");
    if !project(folder.path()) {
        return skip("there is no git to write a history with");
    }
    let trap = "[core]\n\tfsmonitor = touch trap\n\tpager = touch trap\n\
                [log]\n\tshowSignature = true\n\
                [gpg]\n\tprogram = touch trap\n[include]\n\tpath = /dev/zero\n";
    write(&folder.path().join(".git"), "config", trap);
    assert_eq!(told(&read(folder.path(), None).history.expect("a history")), EXPECTED);
    assert!(!folder.path().join("trap").exists());
}

#[test]
fn the_last_rule_that_fits_says_who_owns_a_file() {
    let rules = "\
# comment
*            @org/all
*.py         @python  second@example.com
/docs/       @writers
docs/*.txt   # nobody
src/a\\ b.py  @blank
!*.py        @never
[Section] @section
lib/
/ops/run.py  @hands
/ops/        @ops
";
    let owners = Owners::parse(rules);
    let of = |file| owners.of(file).join(" ");
    assert_eq!(of("README"), "@org/all");
    assert_eq!(of("x/y.py"), "@python second@example.com");
    assert_eq!(of("docs/y.py"), "@writers");
    assert_eq!(of("docs/y.txt"), "");
    assert_eq!(of("src/a b.py"), "@blank");
    assert_eq!(of("lib/x.py"), "@section");
    assert_eq!(of("ops/run.py"), "@ops", "the last one counts, though it fits a folder only");
}
