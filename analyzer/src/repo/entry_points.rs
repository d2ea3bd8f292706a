//! Entry points: objects that packages offer to each other by name. The packaging formats that
//! declare them are read line by line, which their short sections allow:
//! <https://packaging.python.org/en/latest/specifications/entry-points/>.

use std::path::Path;

use super::Repo;

/// Entry points of one project; more are a mistake or a trap.
const ENTRY_POINTS_MAX: usize = 10_000;

/// An entry point: `name = module:object`, in a group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryPoint {
    /// What it is offered for, such as `pytest11`.
    pub group: String,
    /// Its name.
    pub name: String,
    /// `module` or `module:object`.
    pub value: String,
}

/// The formats in which they are written.
#[derive(Debug, Clone, Copy)]
enum Format {
    /// `entry_points.txt` of an installed package: a section is a group.
    Installed,
    /// `pyproject.toml`: `[project.entry-points.GROUP]`, `[tool.poetry.plugins.GROUP]`.
    Pyproject,
    /// `setup.cfg`: keys of `[options.entry_points]` are groups.
    Setup,
}

impl Repo {
    /// What the repository and the packages beside it declare, sorted, no two alike.
    pub fn entry_points(&self) -> &[EntryPoint] {
        self.entry_points.get_or_init(|| {
            let mut found = Vec::new();
            for (name, format) in
                [("pyproject.toml", Format::Pyproject), ("setup.cfg", Format::Setup)]
            {
                self.declared_in(self.root(), name, format, &mut found);
            }
            for root in self.roots() {
                let metadata = |name: &String| {
                    [".dist-info", ".egg-info"].iter().any(|end| name.ends_with(end))
                };
                for folder in self.list(root).unwrap_or_default().iter().filter(|n| metadata(n)) {
                    let folder = root.join(folder);
                    self.declared_in(&folder, "entry_points.txt", Format::Installed, &mut found);
                }
            }
            found.sort();
            found.dedup();
            found
        })
    }

    fn declared_in(&self, folder: &Path, name: &str, format: Format, found: &mut Vec<EntryPoint>) {
        if !self.list(folder).is_some_and(|names| names.iter().any(|other| other == name)) {
            return;
        }
        let text = self.read(&folder.join(name)).unwrap_or_default();
        let declared = parse(&String::from_utf8_lossy(&text), format);
        found.extend(declared.into_iter().take(ENTRY_POINTS_MAX.saturating_sub(found.len())));
    }
}

fn parse(text: &str, format: Format) -> Vec<EntryPoint> {
    let mut found = Vec::new();
    let mut group: Option<String> = None;
    let mut options = false;
    for line in text.lines() {
        let written = line.trim();
        if written.is_empty() || written.starts_with(['#', ';']) {
            continue;
        }
        if let Some(section) = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            options = section == "options.entry_points";
            group = match format {
                Format::Installed => Some(section.to_owned()),
                Format::Pyproject => ["project.entry-points.", "tool.poetry.plugins."]
                    .iter()
                    .find_map(|start| section.strip_prefix(start))
                    .map(unquoted),
                Format::Setup => None,
            };
            continue;
        }
        let Some((name, value)) = written.split_once('=') else { continue };
        let (name, value) = (unquoted(name), unquoted(value));
        if options && matches!(format, Format::Setup) && !line.starts_with(char::is_whitespace) {
            group = Some(name);
        } else if let Some(group) = &group {
            // `module:object [extra]` asks for an extra, which is installed or not.
            let value = value.split('[').next().unwrap_or_default().trim().to_owned();
            found.push(EntryPoint { group: group.clone(), name, value });
        }
    }
    found
}

fn unquoted(text: &str) -> String {
    text.trim().trim_matches(['"', '\'']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, format: Format) -> Vec<String> {
        let points = parse(text, format).into_iter();
        points.map(|point| format!("{}/{}={}", point.group, point.name, point.value)).collect()
    }

    #[test]
    fn every_format_says_the_same() {
        let expected = ["shop.plugin/paypal=shop_paypal:App", "shop.plugin/stripe=shop_stripe"];
        let installed = "[console_scripts]\n[shop.plugin]\npaypal = shop_paypal:App\n\
                         # not this\nstripe=shop_stripe [fast]\n";
        assert_eq!(told(installed, Format::Installed), expected);
        let pyproject = "[project]\nname = \"shop\"\n[project.entry-points.\"shop.plugin\"]\n\
                         paypal = \"shop_paypal:App\"\nstripe = 'shop_stripe'\n[tool.x]\na = 'b'\n";
        assert_eq!(told(pyproject, Format::Pyproject), expected);
        let setup = "[options]\nname = shop\n[options.entry_points]\nshop.plugin =\n    \
                     paypal = shop_paypal:App\n    stripe = shop_stripe\n";
        assert_eq!(told(setup, Format::Setup), expected);
    }
}
