//! The catalogue is what the libraries say: the generator reproduces the committed files.

use std::path::Path;
use std::process::Command;

use crate::skip::skip;

#[test]
fn the_generator_reproduces_what_the_catalogue_tells_of_django() {
    reproduces("django.contrib", "Django");
}

#[test]
fn the_generator_reproduces_what_the_catalogue_tells_of_rest_framework() {
    reproduces("rest_framework", "djangorestframework");
}

fn reproduces(prefix: &str, distribution: &str) {
    let Some(python) = std::env::var_os("OUTGROW_EXAMPLE_PYTHON") else {
        return skip("OUTGROW_EXAMPLE_PYTHON names no interpreter with Django");
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue");
    let version = format!("import importlib.metadata as m; print(m.version('{distribution}'))");
    let installed = Command::new(&python).args(["-c", &version]).output().expect("python starts");
    let installed = String::from_utf8_lossy(&installed.stdout).trim().to_owned();
    let pinned = std::fs::read_to_string(folder.join("requirements.txt")).expect("is committed");
    if !pinned.lines().any(|line| line == format!("{distribution}=={installed}")) {
        return skip(&format!("{distribution} {installed} is not the catalogue's version"));
    }
    let output = Command::new(python)
        .arg(folder.join("generate.py"))
        .args(["--check", prefix])
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("python starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}
