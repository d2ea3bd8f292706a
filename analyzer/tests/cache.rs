//! A kept map is given again only where a fresh analysis would give the same bytes.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use analyzer::cache::Cache;
use analyzer::map::Map;
use analyzer::{Options, analyze};

use crate::skip::skip;

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn project(folder: &Path) {
    write(folder, "manage.py", "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\n");
    write(
        folder,
        "settings.py",
        "INSTALLED_APPS = ['shop']\nROOT_URLCONF = 'urls'\n\
         TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates',\n\
         'APP_DIRS': True}]\n",
    );
    write(
        folder,
        "urls.py",
        "from django.urls import path\nfrom shop import views\n\
         urlpatterns = [path('', views.all)]\n",
    );
    write(folder, "shop/__init__.py", "");
    write(folder, "shop/models.py", MODELS);
    write(
        folder,
        "shop/views.py",
        "from django.shortcuts import render\nfrom shop.models import Order\n\n\
         def all(request):\n    return render(request, 'all.html', {'o': Order.objects.first()})\n",
    );
    write(folder, "shop/templates/all.html", "{{ o.pk }}\n");
    write(folder, "shop/tests.py", "X = 1\n");
}

const MODELS: &str = "from django.db import models\n\n\nclass Buyer(models.Model):\n    pass\n\n\n\
    class Order(models.Model):\n    buyer = models.ForeignKey(Buyer, models.CASCADE)\n";

struct World {
    project: tempfile::TempDir,
    kept: tempfile::TempDir,
    settings: Option<String>,
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            fs::create_dir_all(&to).expect("a folder");
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), &to).expect("a file");
        }
    }
}

/// Numbers that look like chance, the same on every run.
fn any(seed: usize) -> impl FnMut(usize) -> usize {
    let mut state = u32::try_from(seed).expect("a small number");
    move |below| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        usize::try_from(state >> 8).expect("it fits") % below
    }
}

/// Public projects that are edited, with their settings.
const EDITED: [(&str, &str); 2] =
    [("pretix", "pretix.testutils.settings"), ("wagtail", "wagtail.test.settings")];

impl World {
    fn new() -> Self {
        let folder = || tempfile::tempdir().expect("a folder");
        let world = Self { project: folder(), kept: folder(), settings: None };
        project(world.project.path());
        world
    }

    /// A project that is somewhere else.
    fn of(folder: &Path, settings: &str) -> Self {
        let temporary = || tempfile::tempdir().expect("a folder");
        let world =
            Self { project: temporary(), kept: temporary(), settings: Some(settings.to_owned()) };
        copy(folder, world.project.path());
        world
    }

    fn write(&self, name: &str, text: &str) {
        write(self.project.path(), name, text);
    }

    fn read(&self, folder: Option<&Path>) -> Map {
        let cache = |folder: &Path| Cache { folder: folder.to_owned(), program: "1".to_owned() };
        let cache = folder.map(cache);
        let settings = self.settings.clone();
        let options = Options { cache, settings, propose: true, ..Options::default() };
        analyze(self.project.path(), &options).expect("a project")
    }

    /// The map through the cache, which must be the fresh one, and whether it was kept before.
    fn is_known(&self) -> bool {
        let before = self.entry().and_then(|path| fs::metadata(path).ok());
        let map = self.read(Some(self.kept.path()));
        assert_eq!(map, self.read(None));
        let after = self.entry().and_then(|path| fs::metadata(path).ok()).expect("it is kept");
        // Every analysis writes a new file.
        before.is_some_and(|before| before.ino() == after.ino())
    }

    fn entry(&self) -> Option<PathBuf> {
        let entries = fs::read_dir(self.kept.path()).expect("a folder");
        entries.map(|entry| entry.expect("an entry").path()).next()
    }
}

#[test]
fn what_did_not_change_is_not_analyzed_again() {
    let world = World::new();
    assert!(!world.is_known());
    assert!(world.is_known());
}

#[test]
fn whatever_the_map_depends_on_brings_a_new_analysis() {
    let edits: [(&str, &str); 7] = [
        (
            "shop/models.py",
            "from django.db import models\n\nclass Order(models.Model):\n    pass\n",
        ),
        ("shop/views.py", "def all(request):\n    pass\n"),
        ("shop/templates/all.html", "{{ o.buyer.pk }} {{ o.buyer.order_set.all }}\n"),
        ("shop/templates/new.html", ""),
        ("shop/migrations/__init__.py", ""),
        ("new.py", "X = (\n"),
        ("settings.py", "INSTALLED_APPS = []\nROOT_URLCONF = 'urls'\n"),
    ];
    for (file, text) in edits {
        let world = World::new();
        assert!(!world.is_known());
        world.write(file, text);
        world.is_known();
    }
}

#[test]
fn what_was_looked_at_is_noted_again_after_a_change() {
    let world = World::new();
    let settings = "import os\nhere = os.path.dirname(__file__)\n\
                    found = os.listdir(os.path.join(here, 'plugins'))\n\
                    INSTALLED_APPS = ['shop'] + ['shop.' + name for name in found]\n";
    world.write("plugins/one/about.txt", "");
    world.write("settings.py", settings);
    world.is_known();
    world.write("shop/models.py", "from django.db import models\n");
    assert!(!world.is_known());
    world.write("plugins/two/about.txt", "");
    assert!(!world.is_known(), "a folder that was listed has changed");
}

#[test]
fn a_file_that_nothing_imports_is_read_alone() {
    let world = World::new();
    world.is_known();
    world.write("shop/tests.py", "def broken(:\n");
    let map = world.read(Some(world.kept.path()));
    let problems: Vec<&str> = map.coverage.problems.iter().map(|p| p.at.file.as_str()).collect();
    assert_eq!(problems, ["shop/tests.py"]);
    assert_eq!(map, world.read(None));
    world.write("shop/tests.py", "X = 2\n");
    assert_eq!(world.read(Some(world.kept.path())).coverage.problems, []);
    world.is_known();
}

const SHOP: &str = "from django.http import HttpResponse\n\
from shop.models import Buyer, Order\n\
\n\
LIMIT = 5\n\
\n\
\n\
class Desk:\n    \
    size = LIMIT\n\
\n    \
    def serve(self):\n        \
        # everybody\n        \
        if self.size > 2:\n            \
            Order.objects.filter(buyer__pk=1).delete()\n        \
        return Buyer.objects.count()\n\
\n    \
    def close(self):\n        \
        Buyer.objects.all().delete()\n\
\n\
\n\
def all(request):\n    \
    def later():\n        \
        Order.objects.create()\n    \
    try:\n        \
        Desk().serve()\n    \
    except KeyError:\n        \
        pass\n    \
    return HttpResponse(later)\n\
\n\
\n\
def never(request):\n    \
    Order.objects.all().delete()\n";

#[test]
fn where_only_lines_have_moved_places_move_with_them() {
    let edits = [
        ("LIMIT = 5\n", "# how many\n\n\nLIMIT = 5  # at once\n"),
        ("        # everybody\n", "        # every\n        # body\n\n"),
        ("        # everybody\n", ""),
        ("    except KeyError:", "    # nobody\n    except KeyError:"),
        ("        Buyer.objects.all().delete()", "        x = 1\n        return Order(x)"),
        ("    Order.objects.all().delete()\n", "    return [\n        LIMIT\n    ]\n"),
        ("        Order.objects.create()", "        Buyer.objects.create()"),
        ("\n\n\ndef never", "\ndef never"),
    ];
    let world = World::new();
    world.write("shop/views.py", SHOP);
    world.is_known();
    for (old, new) in edits {
        assert!(SHOP.contains(old), "{old}");
        world.write("shop/views.py", &SHOP.replace(old, new));
        assert!(world.is_known(), "{old} -> {new}");
    }
}

#[test]
fn what_somebody_looked_at_brings_a_new_analysis() {
    let edits = [
        ("LIMIT = 5", "LIMIT = 1"),
        ("    size = LIMIT\n", "    size = LIMIT; count = 1\n"),
        ("objects.filter(buyer__pk=1).delete()", "objects.all()"),
        ("if self.size > 2:", "if self.size > 9:"),
        ("    def close(self):", "    def open(self):"),
        ("    def close(self):", "    @staticmethod\n    def close(self):"),
        ("def never(request):", "def never(request, more=LIMIT):"),
        ("    def later():", "    def later(when=Order.objects.create()):"),
        ("    except KeyError:", "    except ValueError:"),
        ("    try:\n        Desk", "    if True:\n        pass\n    try:\n        Desk"),
        ("    def close(self):\n        B", "def close(self):\n        B"),
        ("        return Buyer", "            return Buyer"),
        ("    Order.objects.all().delete()\n", "    Order.objects.all(.delete()\n"),
        ("\n\n\ndef never(request):\n    ", "\n\n\n"),
        ("from django.http import HttpResponse\n", "# first\nfrom django.http import *\n"),
    ];
    for (old, new) in edits {
        let world = World::new();
        world.write("shop/views.py", SHOP);
        world.is_known();
        assert!(SHOP.contains(old), "{old}");
        world.write("shop/views.py", &SHOP.replace(old, new));
        assert!(!world.is_known(), "{old} -> {new}");
    }
}

/// A text that stands for itself is looked at by nobody, wherever it stands.
#[test]
fn what_docstrings_say_only_moves_lines() {
    let module = "\"\"\"A shop.\"\"\"\n";
    let class = "class Desk:\n    'A desk.'\n";
    let method = "        \"It serves.\"\n";
    let told = format!("{module}{SHOP}").replace("class Desk:\n", class);
    let told = told.replace("        # everybody\n", method);
    let more = [
        (module, "\"\"\"A shop.\n\nclass Desk:\n    size = 1\n\"\"\"\n"),
        (class, "class Desk:\n    r'Another desk.'\n"),
        (method, "        \"\"\"It serves.\n\n        Order.objects.create()\n        \"\"\"\n"),
    ];
    let world = World::new();
    world.write("shop/views.py", &told);
    world.is_known();
    for (old, new) in more {
        assert!(told.contains(old), "{old}");
        world.write("shop/views.py", &told.replace(old, new));
        assert!(world.is_known(), "{old} -> {new}");
    }
    for new in ["", "        f'It serves {Order.objects.create()}.'\n", "        0\n"] {
        world.write("shop/views.py", &told);
        world.is_known();
        world.write("shop/views.py", &told.replace(method, new));
        assert!(!world.is_known(), "{method} -> {new}");
    }
}

/// A map that names two lines names them once where they have become one.
#[test]
fn lines_that_become_one_bring_a_new_analysis() {
    let twice =
        SHOP.replace("        return Buyer", "        Buyer.objects.count()\n        return Buyer");
    let world = World::new();
    world.write("shop/views.py", &twice);
    world.is_known();
    world.write("shop/views.py", &twice.replace(".count()\n        return", ".count(); return"));
    assert!(!world.is_known());
}

/// Edits as people make them, one after the other, lines that make no sense among them.
#[test]
fn after_any_edit_the_map_is_that_of_a_fresh_analysis() {
    const EDITS: usize = 100;
    let world = World::new();
    world.write("shop/views.py", SHOP);
    world.is_known();
    let (mut any, mut text, mut known) = (any(7), SHOP.to_owned(), 0);
    for edit in 0..EDITS {
        let mut lines: Vec<&str> = text.lines().collect();
        let (at, other) = (any(lines.len()), any(lines.len()));
        match any(7) {
            0 => lines.insert(at, ""),
            1 => lines.insert(at, "# a word"),
            2 => lines.insert(at, "        # a word inside"),
            3 => drop(lines.remove(at)),
            4 => lines.insert(at, lines[other]),
            5 => lines.swap(at, other),
            _ => lines.insert(at, "    Order.objects.create()"),
        }
        let changed = lines.join("\n") + "\n";
        world.write("shop/views.py", &changed);
        known += usize::from(world.is_known());
        // Most are taken back, so that something is left to be edited.
        if any(4) == 0 && edit % 50 != 0 {
            text = changed;
        } else if edit % 50 == 0 {
            SHOP.clone_into(&mut text);
        }
    }
    assert!(known > EDITS / 10, "{known} of {EDITS} edits moved lines alone");
}

/// Lines of files that views of public projects lie in are added, removed and changed; the projects
/// are those of the oracle, see `oracle.rs`.
#[test]
fn after_edits_of_public_projects_the_map_is_that_of_a_fresh_analysis() {
    const EDITS: usize = 12;
    let Some(wanted) = std::env::var_os("OUTGROW_CORPUS") else {
        println!("left to ./dev check-corpus (OUTGROW_CORPUS=all, or the names of some)");
        return;
    };
    let Some(folder) = std::env::var_os("OUTGROW_CORPUS_DIR") else {
        return skip("OUTGROW_CORPUS_DIR names no folder with prepared projects");
    };
    let wanted = wanted.to_string_lossy();
    let wants = |name: &str| wanted == "all" || wanted.split_whitespace().any(|one| one == name);
    for (name, settings) in EDITED.into_iter().filter(|(name, _)| wants(name)) {
        let world = World::of(&Path::new(&folder).join(name).join("src"), settings);
        world.is_known();
        let map = world.read(None);
        let files: BTreeSet<&str> = map
            .endpoints
            .iter()
            .flat_map(|endpoint| endpoint.reads.iter().chain(&endpoint.writes))
            .flat_map(|access| access.via.iter().map(|at| at.file.as_str()))
            .filter(|file| {
                !file.starts_with('<') && Path::new(file).extension().is_some_and(|e| e == "py")
            })
            .collect();
        let files: Vec<&str> = files.into_iter().collect();
        let (mut any, mut known) = (any(name.len()), 0);
        for edit in 0..EDITS {
            let file = files[any(files.len())];
            let before = fs::read_to_string(world.project.path().join(file)).expect("text");
            let mut lines: Vec<&str> = before.lines().collect();
            let at = any(lines.len());
            match any(4) {
                0 => drop(lines.remove(at)),
                1 => lines.insert(at, lines[any(lines.len())]),
                _ => lines.insert(at, "# a word"),
            }
            world.write(file, &(lines.join("\n") + "\n"));
            let moved = world.is_known();
            println!("{name} {edit}: {file}:{at}: {}", if moved { "moved" } else { "anew" });
            known += usize::from(moved);
            if any(3) == 0 {
                world.write(file, &before);
                world.is_known();
            }
        }
        assert!(known > 0, "no edit of {name} moved lines alone");
    }
}

#[test]
fn what_is_damaged_or_of_another_program_is_not_taken() {
    let world = World::new();
    world.is_known();
    let entry = world.entry().expect("it is kept");
    let whole = fs::read(&entry).expect("readable");
    for length in [0, 10, 70, whole.len() / 2, whole.len() - 1] {
        fs::write(&entry, &whole[..length]).expect("written");
        assert!(!world.is_known(), "cut to {length} bytes");
    }
    let text = String::from_utf8(whole).expect("text").replace("shop_order", "shop_other");
    fs::write(&entry, text).expect("written");
    assert!(!world.is_known(), "changed");
    fs::remove_file(&entry).expect("removed");
    fs::create_dir(&entry).expect("a folder in its place");
    assert_eq!(world.read(Some(world.kept.path())), world.read(None));
}

#[test]
fn nothing_is_kept_in_what_is_analyzed() {
    let world = World::new();
    let inside = world.project.path().join("kept");
    assert_eq!(world.read(Some(&inside)), world.read(None));
    assert!(!inside.exists());
}
