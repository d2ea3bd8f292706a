//! Lists the catalogue's stub sources in a table, so that the binary carries them and a new stub
//! needs no registration.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=catalogue");
    // As it is now: what was compiled into this script may be a checkout that it was copied from.
    let root = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let folder = PathBuf::from(root).join("catalogue");
    let mut files = Vec::new();
    collect(&folder, &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(&folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let _ = writeln!(table, "    ({name:?}, include_str!({:?})),", file.display().to_string());
    }
    table.push_str("]\n");
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&out).join("catalogue.rs"), table)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "py")
            && path.file_name().is_some_and(|n| n != "generate.py")
        {
            files.push(path);
        }
    }
    Ok(())
}
