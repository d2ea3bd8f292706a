//! Broken and hostile input: each costs itself alone, says so, and nothing outside is read.

mod tree;

use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use analyzer::map::Map;
use analyzer::{Error, Options, analyze};
use tempfile::TempDir;

/// A project with one good app, and whatever else a test puts beside it.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(tempfile::tempdir().expect("a temporary folder"));
        project.write("manage.py", MANAGE);
        project.write("settings.py", SETTINGS);
        project.write("good/__init__.py", "");
        project.write("good/models.py", MODEL);
        project
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("inside the project")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    /// Analyzes, and makes sure that the good app was read.
    #[track_caller]
    fn read(&self) -> Map {
        let map = analyze(self.path(), &Options::default()).expect("the project can be analyzed");
        let labels: Vec<&str> = map.models.iter().map(|model| model.label.as_str()).collect();
        assert!(labels.contains(&"good.Order"), "the good app is lost: {labels:?}");
        map
    }

    /// Analyzes `good/models.py` with this text in front of the model.
    #[track_caller]
    fn survives(text: &str) -> Map {
        let project = Self::new();
        project.write("good/models.py", format!("{text}\n{MODEL}"));
        project.read()
    }

    /// Analyzes with this file, which nothing imports, and expects one problem of the code in it.
    #[track_caller]
    fn problem(path: &str, content: impl AsRef<[u8]>, code: &str) {
        let project = Self::new();
        project.write(path, content);
        assert_problem(&project.read(), path, code);
    }
}

const MANAGE: &str = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n";
const SETTINGS: &str = "INSTALLED_APPS = ['good']\n";
const MODEL: &str = "from django.db import models\n\n\nclass Order(models.Model):\n    pass\n";

/// What a large file may take in a slow build on a busy machine.
const MOST: Duration = Duration::from_mins(1);

/// A text made of what `line` gives for each number below `count`.
fn lines(count: i32, line: impl Fn(i32) -> String) -> String {
    (0..count).map(line).collect::<Vec<_>>().concat()
}

#[track_caller]
fn assert_problem(map: &Map, path: &str, code: &str) {
    let problems = &map.coverage.problems;
    let found = problems.iter().any(|p| p.at.file == path && p.code == code);
    assert!(found, "no {code} for {path} among {problems:?}");
}

#[test]
fn what_is_no_project_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    let refused = |path: &Path| analyze(path, &Options::default()).expect_err("nothing to analyze");
    assert!(matches!(refused(&at("nowhere")), Error::NotFound(_)));
    fs::write(at("file.py"), "").expect("a file");
    assert!(matches!(refused(&at("file.py")), Error::NotAFolder(_)));
    fs::create_dir(at("empty")).expect("a folder");
    assert!(matches!(refused(&at("empty")), Error::NoPython(_)));
    let error = refused(folder.path());
    assert!(matches!(error, Error::NoSettings { .. }));
    assert!(error.to_string().contains("--settings"), "says what to type: {error}");
}

#[test]
fn settings_that_are_named_and_missing_are_refused() {
    let project = Project::new();
    let options = Options { settings: Some("config.nothing".to_owned()), ..Options::default() };
    let error = analyze(project.path(), &options).expect_err("no such module");
    assert!(error.to_string().contains("config.nothing"), "{error}");
}

#[test]
fn broken_files_are_named_and_the_rest_is_read() {
    Project::problem("bad.py", b"x = '\xff\xfe'\n", "AN002");
    Project::problem("bad.py", "# coding: klingon\nx = 1\n", "AN002");
    Project::problem("bad.py", b"\xff\xfex\x00=\x001\x00", "AN002");
    Project::problem("bad.py", "x = 1\0\n", "AN002");
    Project::problem("bad.py", "print 'python 2'\n", "AN003");
    Project::problem("bad.py", "def f(:\n", "AN003");
    Project::problem("bad.py", "x = [1,\n", "AN003");
    Project::problem("bad.py", "<<<<<<< HEAD\nx = 1\n=======\n", "AN003");
    Project::problem("big.py", vec![b'#'; 6 * 1024 * 1024], "AN005");
}

#[test]
fn encodings_that_python_reads_are_read() {
    let map = Project::survives("# -*- coding: latin-1 -*-");
    assert_eq!(map.coverage.problems, []);
    let project = Project::new();
    project.write("good/latin.py", b"# coding: latin-1\nNAME = '\xe9'\n");
    project.write("good/koi8.py", b"# vim: set fileencoding=koi8-r :\nNAME = '\xc1'\n");
    project.write("good/bom.py", b"\xef\xbb\xbfNAME = 1\r\nOTHER = 2\r\n");
    assert_eq!(project.read().coverage.problems, []);
}

#[test]
fn nesting_that_would_overflow_the_stack_is_refused() {
    let many = 10_000;
    for text in [
        format!("x = {}{}", "[".repeat(many), "]".repeat(many)),
        "x = [".repeat(many),
        format!("x = {}1", "-".repeat(many)),
        format!("x = {}1", "not ".repeat(many)),
        format!("x = a{}", ".b".repeat(many)),
        format!("x = a{}", "()".repeat(many)),
        format!("x = 1{}", "+1".repeat(many)),
        format!("x = {}1", "lambda: ".repeat(100_000)),
        format!("x = {}", "f'{".repeat(many)),
        format!("x = {}1", "1 if a else ".repeat(many)),
        lines(1_500, |depth| {
            format!("{}if a:\n", " ".repeat(usize::try_from(depth).expect("small")))
        }),
    ] {
        Project::problem("deep.py", text, "AN004");
    }
}

#[test]
fn code_that_would_never_end_is_given_up() {
    for text in [
        "while True:\n    pass",
        "x = 1\nwhile x:\n    x += 1",
        "def f(n):\n    return f(n) + f(n) + f(n)\nf(1)",
        "def f(n):\n    if unknown:\n        f(n); f(n); f(n)\n    f(n)\nf(1)",
        "x = 'x'\nfor _ in range(1000):\n    x = x + x",
        "x = [1]\nfor _ in range(1000):\n    x = x + x",
        "x = [1]\nfor _ in range(100000):\n    x.extend(x)",
        "x = 2 ** 100000",
        "x = 'x' * 10 ** 12",
        "x = [0] * 10 ** 12",
        "x = list(range(10 ** 12))",
        "for a in range(10 ** 6):\n    for b in range(10 ** 6):\n        pass",
        "x = [a for a in range(5000) for b in range(5000)]",
        "def f():\n    yield from f()\nx = list(f())",
        "class A:\n    def __getattr__(self, name):\n        return getattr(self, name)\nA().x",
        "class A:\n    @property\n    def x(self):\n        return self.x\nA().x",
    ] {
        Project::survives(text);
    }
}

/// Each statement is quick by itself; together they would take hours if each did again, or copied,
/// what all others made.
#[test]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is asked")]
fn many_statements_about_much_stay_quick() {
    const MANY: i32 = 100_000;
    let much = format!("x = list(range({MANY}))\n");
    let names = lines(MANY, |n| format!("a{n} = 1\n"));
    for text in [
        names.clone() + &lines(MANY, |n| format!("del a{n}\n")),
        much.clone() + &"del x[0]\n".repeat(MANY as usize),
        much.clone() + &"y = x + x\n".repeat(MANY as usize),
        much.clone() + &"y = [*x]\n".repeat(MANY as usize),
        much + &"y = -1 in x\n".repeat(MANY as usize),
        names + &"if unknown:\n    pass\n".repeat(MANY as usize),
    ] {
        let start = Instant::now();
        Project::survives(&text);
        assert!(start.elapsed() < MOST, "{:?}: {}", start.elapsed(), &text[text.len() - 20..]);
    }
}

/// Names are made by regular expressions, and some take hours over a text.
#[test]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is asked")]
fn patterns_that_take_forever_are_given_up() {
    for length in [190, 9_000] {
        for search in [
            r"re.search(r'(?:(?=[^x]*x)|a)+?b(?!q)', T)",
            r"re.sub(r'\w{30}\w{30}(?=x)%d' % i, 'x', 'abc')",
            r"re.findall(r'(?!b)', T)",
            r"re.sub(r'(?=a)', T * 10, T)",
            r"re.sub(r'a', r'\g<0>' * 10000, T)",
            r"re.search('(' * 99 + ')' * 99, T)",
        ] {
            let start = Instant::now();
            let many = "for i in range(20000):\n    for j in range(20000):\n        ";
            Project::survives(&format!("import re\nT = 'a' * {length}\n{many}{search}\n"));
            assert!(start.elapsed() < MOST, "{:?}: {search} of {length}", start.elapsed());
        }
    }
}

/// What a view makes is compared with what it made before: a tower of pairs has twice as much in it
/// with each storey, and an object may hold anything.
#[test]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is asked")]
fn views_that_build_towers_stay_quick() {
    let tower =
        "def tower():\n    t = A()\n    for _ in range(60):\n        t = (t, t)\n    return t\n";
    let calls = "def calls():\n    c = unknown.f()(2)\n    for _ in range(60):\n        \
                 c = unknown.f()(1)(c, c)\n    return c\n";
    let wide = "class Wide:\n    def __init__(self):\n        for n in range(5000):\n            \
                setattr(self, f'a{n}', str(n))\n";
    for view in [
        "    for x in [tower() for _ in range(50)]:\n        x\n",
        "    unknown.f()(1)(calls())(calls())\n",
        "    w = Wide()\n    for _ in range(5000):\n        same(w)\n        same([w, w, w])\n",
        "    all = [A() for _ in range(5000)]\n    for _ in range(5000):\n        \
             for x in all:\n            pass\n",
    ] {
        let project = Project::new();
        project.write("settings.py", format!("{SETTINGS}ROOT_URLCONF = 'urls'\n"));
        let code = "import unknown\nclass A:\n    pass\ndef same(x):\n    return x\n";
        project.write("views.py", format!("{code}{tower}{calls}{wide}def view(request):\n{view}"));
        let urls = "from django.urls import path\nfrom views import view\n\
                    urlpatterns = [path('', view)]\n";
        project.write("urls.py", urls);
        let start = Instant::now();
        project.read();
        assert!(start.elapsed() < MOST, "{:?}: {view}", start.elapsed());
    }
}

#[test]
fn values_that_contain_themselves_do_no_harm() {
    for text in [
        "import copy\na = []\na.append(a)\nb = []\nb.append(b)\nc = a == b\nd = copy.deepcopy(a)",
        "a = []\na.append(a)\nx = f'{a}'\ny = '%s' % a\nz = sorted([a, a])\nw = str(a)",
        "a = {}\na['a'] = a\nx = a | a\na.update(a)\ny = a == {'a': a}",
        "x = 1\nfor _ in range(9000):\n    x = [x]\ny = x == [x]",
        "x = unknown\nfor _ in range(9000):\n    x = x.y\nx()",
        "import functools\nf = print\nfor _ in range(9000):\n    f = functools.partial(f, 1)\nf()",
        "class A(A):\n    pass",
        "class A: pass\nclass B(A): pass\nclass C(A, B): pass",
        "class M(type):\n    def __new__(m, n, b, d):\n        return M(n, b, d)\n\
         class A(metaclass=M): pass",
        "import good.models as me\nfrom good.models import *\nfrom . import models",
        "class A:\n    pass\nA.__bases__ = (A,)\nA.A = A\nx = A.A.A.A",
    ] {
        Project::survives(text);
    }
}

#[test]
fn long_chains_of_classes_and_imports_are_read() {
    let next = |n: i32| format!("class C{n}(C{}): pass\n", n - 1);
    Project::survives(&format!("class C0: pass\n{}", lines(3_000, next)));
    let project = Project::new();
    for n in 0..1_000 {
        project.write(&format!("chain/m{n}.py"), format!("from chain.m{} import x\n", n + 1));
    }
    project.write("good/models.py", format!("import chain.m0\n{MODEL}"));
    project.read();
}

#[test]
fn many_undecided_branches_stay_quick() {
    let ifs = lines(2_000, |n| format!("if unknown:\n    x{n} = {n}\n"));
    Project::survives(&ifs);
    let elifs = lines(2_000, |n| format!("elif u{n}:\n    x = {n}\n"));
    Project::survives(&format!("if u:\n    x = 0\n{elifs}"));
    let text = lines(30, |n| format!("a{n} = 'a' if u else 'b'\n"));
    let parts = lines(30, |n| format!("{{a{n}}}"));
    Project::survives(&format!("{text}x = f'{parts}'"));
}

#[test]
fn links_are_not_followed_out_of_the_folder() {
    let outside = tempfile::tempdir().expect("a temporary folder");
    fs::write(outside.path().join("secret.py"), "SECRET = 'hidden'\n").expect("a file");
    let project = Project::new();
    let link = |to: &Path, name: &str| symlink(to, project.path().join(name)).expect("a link");
    link(&outside.path().join("secret.py"), "secret.py");
    link(Path::new("/dev/zero"), "zero.py");
    link(Path::new("/etc/passwd"), "passwd.py");
    link(Path::new("loop.py"), "loop.py");
    link(outside.path(), "outside");
    link(project.path(), "good/again");
    project.write(
        "good/models.py",
        format!("import secret, zero, passwd, loop, outside.secret\nX = secret.SECRET\n{MODEL}"),
    );
    let map = project.read();
    for file in ["secret.py", "zero.py", "passwd.py", "loop.py"] {
        assert_problem(&map, file, "AN006");
    }
    let text = serde_json::to_string(&map).expect("a map is JSON");
    assert!(!text.contains("hidden") && !text.contains("root:"), "nothing outside was read");
}

#[test]
fn what_is_no_regular_file_is_skipped() {
    let project = Project::new();
    let made = Command::new("mkfifo").arg(project.path().join("pipe.py")).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo works");
    fs::create_dir(project.path().join("folder.py")).expect("a folder");
    project.write("good/models.py", format!("import pipe, folder\n{MODEL}"));
    assert_problem(&project.read(), "pipe.py", "AN001");
}

#[test]
fn names_with_strange_bytes_are_escaped() {
    let project = Project::new();
    project.write("new\nline.py", "def f(:\n");
    let bytes = std::ffi::OsStr::from_bytes(b"not-\xff-utf8.py");
    fs::write(project.path().join(bytes), "def f(:\n").expect("a file");
    let map = project.read();
    let files: Vec<&str> = map.coverage.problems.iter().map(|p| p.at.file.as_str()).collect();
    assert_eq!(files.len(), 2, "{files:?}");
    assert!(files.iter().all(|file| !file.contains('\n')), "{files:?}");
}

#[test]
fn nothing_of_the_project_is_executed() {
    let project = Project::new();
    let trace = project.path().join("trace");
    let text = format!("open({:?}, 'w').write('ran')\n", trace.display().to_string());
    for file in ["setup.py", "conftest.py", "sitecustomize.py", "good/apps.py", "settings.py"] {
        project.write(file, format!("{text}{SETTINGS}"));
    }
    project.read();
    assert!(!trace.exists(), "project code ran");
}

#[test]
fn the_map_is_the_same_on_every_run() {
    let project = Project::new();
    project.write("bad.py", "def f(:\n");
    let first = serde_json::to_string(&project.read()).expect("a map is JSON");
    for _ in 0..3 {
        assert_eq!(first, serde_json::to_string(&project.read()).expect("a map is JSON"));
    }
}
