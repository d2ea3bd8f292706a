//! One tree with everything hostile in it at once: the good app's facts are kept, each bad file is
//! named, nothing outside is read, and the bytes of the map never change.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use analyzer::map::Map;
use analyzer::report::{html, json, markdown, mermaid, sarif};
use analyzer::{Options, analyze};
use tempfile::TempDir;

use super::lines;

/// Entries of the tree, at least.
const ENTRIES_MIN: usize = 90;

/// Longest that one analysis of the tree may take, on a loaded machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// Good files, then hostile ones with the code of the problem that each must have ("" for files
/// that Python reads, too).
struct Entries(Vec<(Vec<u8>, Vec<u8>, &'static str)>);

impl Entries {
    fn add(&mut self, code: &'static str, name: &str, content: impl AsRef<[u8]>) {
        self.0.push((name.as_bytes().to_vec(), content.as_ref().to_vec(), code));
    }

    /// The same text under a numbered name.
    fn all<T: AsRef<[u8]>>(&mut self, code: &'static str, name: &str, contents: Vec<T>) {
        for (number, content) in contents.into_iter().enumerate() {
            self.add(code, &format!("{name}{number}.py"), content);
        }
    }
}

fn entries() -> Entries {
    let mut all = Entries(Vec::new());
    good(&mut all);
    nesting(&mut all);
    bytes(&mut all);
    syntax(&mut all);
    endless(&mut all);
    size(&mut all);
    names(&mut all);
    all
}

fn good(all: &mut Entries) {
    let manage = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n";
    let model = "from django.db import models\n\n\nclass Order(models.Model):\n    pass\n";
    let urls = "from django.urls import path\nfrom good import views\n\
                urlpatterns = [path('orders/', views.orders)]\n";
    let views = "from good.models import Order\n\n\ndef orders(request):\n    \
                 return list(Order.objects.filter(pk=1))\n";
    all.add("", "manage.py", manage);
    all.add("", "settings.py", "INSTALLED_APPS = ['good']\nROOT_URLCONF = 'good.urls'\n");
    all.add("", "good/__init__.py", "");
    all.add("", "good/models.py", model);
    all.add("", "good/urls.py", urls);
    all.add("", "good/views.py", views);
}

fn nesting(all: &mut Entries) {
    let many = 10_000;
    let ladder =
        lines(1_500, |n| format!("{}if a:\n", " ".repeat(usize::try_from(n).expect("small"))));
    let texts = vec![
        format!("x = {}{}", "[".repeat(many), "]".repeat(many)),
        "x = [".repeat(many),
        format!("x = {}1{}", "(".repeat(many), ")".repeat(many)),
        format!("x = {}1{}", "{1: ".repeat(many), "}".repeat(many)),
        format!("x = {}1", "-".repeat(many)),
        format!("x = {}1", "~".repeat(many)),
        format!("x = {}1", "not ".repeat(many)),
        format!("x = {}1", "await ".repeat(many)),
        format!("x = a{}", ".b".repeat(many)),
        format!("x = a{}", "()".repeat(many)),
        format!("x = a{}", "[0]".repeat(many)),
        format!("x = 1{}", "+1".repeat(many)),
        format!("x = {}1", "2**".repeat(many)),
        format!("x = {}1", "lambda: ".repeat(100_000)),
        format!("x = {}1", "lambda a=".repeat(many)),
        format!("x = {}", "f'{".repeat(many)),
        format!("x = {}1", "1 if a else ".repeat(many)),
        format!("match x:\n case {}1{}: pass", "[".repeat(many), "]".repeat(many)),
        format!("x = [{} 1]", "0 for a in ".repeat(many)),
        format!("x: {}int{}", "a[".repeat(many), "]".repeat(many)),
        ladder,
    ];
    all.all("AN004", "deep/n", texts);
}

fn bytes(all: &mut Entries) {
    all.all(
        "AN002",
        "bytes/b",
        vec![
            b"x = '\xff\xfe'\n".to_vec(),
            b"\xff\xfex\x00=\x001\x00".to_vec(),
            b"\xfe\xff\x00x\x00=\x001".to_vec(),
            b"x = 1\0\n".to_vec(),
            b"\0\0\0\0".to_vec(),
            b"# coding: klingon\nx = 1\n".to_vec(),
            b"# coding: undefined\nx = 1\n".to_vec(),
            b"# coding: utf-8\nx = '\xe9'\n".to_vec(),
            b"x = '\xed\xa0\x80'\n".to_vec(),
            b"x = '\xf8\x88\x80\x80\x80'\n".to_vec(),
            b"x = '\xc0\xaf'\n".to_vec(),
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
        ],
    );
    all.all(
        "",
        "coded/c",
        vec![
            b"# -*- coding: latin-1 -*-\nx = '\xe9'\n".to_vec(),
            b"# vim: set fileencoding=koi8-r :\nx = '\xc1'\n".to_vec(),
            b"#!/usr/bin/python\n# coding: cp1252\nx = '\x80'\n".to_vec(),
            b"# coding: iso-8859-15\nx = '\xa4'\n".to_vec(),
            b"# coding: shift_jis\nx = '\x83e'\n".to_vec(),
            b"# coding: euc-jp\nx = '\xa4\xa2'\n".to_vec(),
            b"# coding: gb18030\nx = '\xc4\xe3'\n".to_vec(),
            b"# coding: big5\nx = '\xa7A'\n".to_vec(),
            b"\xef\xbb\xbfx = 1\r\ny = 2\r\n".to_vec(),
            b"x = 1\ry = 2\r".to_vec(),
            b"x = 1\x0c\n\x0cy = 2\n".to_vec(),
            b"".to_vec(),
            b"\n\n\n".to_vec(),
            b"# only a comment".to_vec(),
            "class Ünï:\n    é = 'ß'\n".as_bytes().to_vec(),
        ],
    );
}

fn syntax(all: &mut Entries) {
    let texts = vec![
        "print 'python 2'\n",
        "exec 'x' in y\n",
        "def f(:\n",
        "x = [1,\n",
        "x = '''never closed\n",
        "x = f'{'\n",
        "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> b\n",
        "if a:\nx = 1\n",
        "class A\n    pass\n",
        "  x = 1\n y = 2\n",
        "{% if x %}import y{% endif %}\n",
        "def 1f(): pass\n",
        "x = 08\n",
        "lambda: (yield) = 1\n",
        "import\n",
        "from . import (a, b\n",
        "x ==== y\n",
        "\u{202e}x = 1\n",
    ];
    all.all("AN003", "broken/s", texts);
}

/// What would never end, or grow without bound, if it were evaluated as written.
fn endless(all: &mut Entries) {
    let texts = [
        "while True:\n    pass\n",
        "def f(n):\n    return f(n) + f(n)\nf(1)\n",
        "x = 'x' * 10 ** 12\n",
        "x = 9 ** 9 ** 9\n",
        "x = [1]\nfor _ in range(100000):\n    x.extend(x)\n",
        "a = []\na.append(a)\nb = a == a\n",
        "class A(A):\n    pass\n",
        "from endless import *\nimport endless.e7\n",
        "import sys\nsys.exit(1)\n",
        "raise SystemExit\n",
        "import os\nos.system('touch executed')\n",
        "open('executed', 'w').write('x')\n",
        "__import__('subprocess').call(['touch', 'executed'])\n",
        "exec(\"open('executed', 'w')\")\n",
    ];
    let count = i32::try_from(texts.len()).expect("a few");
    let imports = lines(count, |n| format!("import endless.e{n}\n"));
    all.all("", "endless/e", texts.to_vec());
    all.add("", "endless/__init__.py", "");
    all.add("", "good/apps.py", imports);
}

fn size(all: &mut Entries) {
    all.add("AN005", "size/line.py", vec![b'x'; 20 << 20]);
    all.add("AN005", "size/list.py", format!("x = [{}]\n", "1, ".repeat(2 << 20)));
    all.add("", "size/long.py", format!("x = '{}'\n", "y".repeat(1 << 20)));
    all.add("", "size/imports.py", "import a.b.c\n".repeat(20_000));
}

fn names(all: &mut Entries) {
    for name in ["new\nline", "bell\x07", "\x1b[31mred", "<script>alert(1)</script>", "a\"b", "é"]
    {
        all.add("AN003", &format!("names/{}.py", name.replace('/', "\u{2215}")), "def f(:\n");
    }
    all.0.push((b"names/not-\xff-utf8.py".to_vec(), b"def f(:\n".to_vec(), "AN003"));
    all.add("AN003", "names/ .py", "def f(:\n");
    all.add("AN003", &format!("names/{}.py", "l".repeat(250)), "def f(:\n");
}

/// Writes the tree; `backwards` creates the files in another order.
fn plant(root: &Path, outside: &Path, backwards: bool) -> usize {
    let mut entries = entries().0;
    if backwards {
        entries.reverse();
    }
    for (name, content, _) in &entries {
        let path = root.join(OsStr::from_bytes(name));
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    let links: [(&Path, &str); 8] = [
        (Path::new("/dev/zero"), "zero.py"),
        (Path::new("/dev/stdin"), "stdin.py"),
        (Path::new("/etc/passwd"), "passwd.py"),
        (&outside.join("secret.py"), "secret.py"),
        (Path::new("loop.py"), "loop.py"),
        (Path::new("nothing.py"), "dangling.py"),
        (outside, "outside"),
        (root, "good/again"),
    ];
    for (to, name) in &links {
        symlink(to, root.join(name)).expect("a link");
    }
    let made = Command::new("mkfifo").arg(root.join("pipe.py")).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo works");
    drop(UnixListener::bind(root.join("socket.py")).expect("a socket"));
    fs::create_dir(root.join("folder.py")).expect("a folder");
    fs::write(root.join("good/.git"), "gitdir: /etc\n").expect("a file");
    entries.len() + links.len() + 4
}

struct Tree {
    root: TempDir,
    _outside: TempDir,
    entries: usize,
}

impl Tree {
    fn new(backwards: bool) -> Self {
        let folder = || tempfile::tempdir().expect("a temporary folder");
        let (root, outside) = (folder(), folder());
        fs::write(outside.path().join("secret.py"), "SECRET = 'hidden'\n").expect("a file");
        let project = root.path().join("project");
        fs::create_dir(&project).expect("a folder");
        let entries = plant(&project, outside.path(), backwards);
        Self { root, _outside: outside, entries }
    }

    #[expect(clippy::disallowed_methods, reason = "the bar is a time")]
    fn read(&self, threads: usize) -> Map {
        let options = Options { threads, ..Options::default() };
        let started = Instant::now();
        let map = analyze(&self.root.path().join("project"), &options).expect("a map");
        assert!(started.elapsed() < PATIENCE, "took {:?}", started.elapsed());
        map
    }
}

#[test]
fn a_hostile_tree_costs_only_its_own_files() {
    let tree = Tree::new(false);
    assert!(tree.entries >= ENTRIES_MIN, "{} entries", tree.entries);
    let map = tree.read(2);
    assert_eq!(map.tables.iter().map(|t| &*t.name).collect::<Vec<_>>(), ["good_order"]);
    assert_eq!(map.endpoints.len(), 1);
    assert_eq!(map.endpoints[0].reads[0].table, "good_order");
    let mut wrong = Vec::new();
    for (name, _, code) in entries().0 {
        let name = String::from_utf8_lossy(&name).into_owned();
        let shown =
            if name.chars().any(char::is_control) { name.escape_debug().to_string() } else { name };
        let codes: Vec<&str> = map
            .coverage
            .problems
            .iter()
            .filter(|problem| *problem.at.file == *shown)
            .map(|problem| &*problem.code)
            .collect();
        let right = if code.is_empty() { codes.is_empty() } else { codes.contains(&code) };
        if !right {
            wrong.push(format!("{shown}: {code:?}, not {codes:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let text = json::write(&map).expect("JSON");
    assert!(!text.contains("hidden") && !text.contains("root:"), "something outside was read");
    for folder in [Path::new("."), &tree.root.path().join("project")] {
        assert!(!folder.join("executed").exists(), "project code ran");
    }
    let sarif = sarif::write(&map).expect("JSON");
    let page = html::write(&map);
    assert!(!page.contains("<script>alert"), "a name became markup");
    for text in [&*text, &*sarif, &*page, &*markdown::write(&map), &*mermaid::write(&map)] {
        assert!(!text.contains(['\x1b', '\x07']), "a control byte came through");
    }
}

/// 20 runs, and 100 under `./dev check-corpus`: files made in two orders, on one and two threads.
#[test]
fn the_bytes_of_a_map_never_change() {
    let trees = [Tree::new(false), Tree::new(true)];
    let bytes =
        |run: usize| json::write(&trees[run % 2].read(1 + run / 2 % 2)).expect("a map is JSON");
    let first = bytes(0);
    let thorough = std::env::var_os("OUTGROW_CORPUS").is_some_and(|value| value == "all");
    for run in 1..if thorough { 100 } else { 20 } {
        assert!(bytes(run) == first, "run {run} differs");
    }
}
