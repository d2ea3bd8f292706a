//! The comparison: figures, every miss by name, and the bars they must reach.

use std::fmt::Write as _;

use analyzer::map::Map;

use super::truth::{Facts, Truth};

/// What must be reached, in percent of the project's own facts.
pub(crate) struct Bars {
    /// Models and tables.
    pub(crate) models: f64,
    /// Columns.
    pub(crate) columns: f64,
    /// Relations.
    pub(crate) relations: f64,
    /// Endpoints: route, name and methods.
    pub(crate) endpoints: f64,
    /// Whether libraries count too, and nothing may be there that Django does not know.
    pub(crate) exact: bool,
}

/// One kind of fact compared.
pub(crate) struct Figure {
    what: &'static str,
    expected: usize,
    own_expected: usize,
    found: usize,
    own_found: usize,
    missing: Vec<String>,
    wrong: Vec<String>,
    extra: Vec<String>,
}

impl Figure {
    fn new(what: &'static str, truth: &Facts, read: &Facts) -> Self {
        let mut figure = Self {
            what,
            expected: truth.len(),
            own_expected: truth.values().filter(|fact| fact.own).count(),
            found: 0,
            own_found: 0,
            missing: Vec::new(),
            wrong: Vec::new(),
            extra: read.keys().filter(|name| !truth.contains_key(*name)).cloned().collect(),
        };
        for (name, fact) in truth {
            let whose = if fact.own { "" } else { " (library)" };
            match read.get(name) {
                None => figure.missing.push(format!("{name}{whose}")),
                Some(other) if other.says != fact.says => {
                    figure.wrong.push(format!("{name}{whose}: {} <> {}", fact.says, other.says));
                }
                Some(_) => {
                    figure.found += 1;
                    figure.own_found += usize::from(fact.own);
                }
            }
        }
        figure
    }

    fn own_percent(&self) -> f64 {
        percent(self.own_found, self.own_expected)
    }

    fn is_exact(&self) -> bool {
        self.found == self.expected && self.extra.is_empty()
    }
}

/// Everything compared for one project.
pub(crate) struct Report {
    figures: Vec<Figure>,
    in_order: usize,
    common: usize,
}

impl Report {
    /// Compares what Django says with what the analyzer read.
    pub(crate) fn new(truth: &Truth, map: &Map) -> Self {
        let read = Truth::of_map(map);
        let positions: Vec<usize> = read
            .order
            .iter()
            .filter_map(|name| truth.order.iter().position(|other| other == name))
            .collect();
        Self {
            figures: vec![
                Figure::new("apps", &truth.apps, &read.apps),
                Figure::new("models", &truth.models, &read.models),
                Figure::new("fields", &truth.fields, &read.fields),
                Figure::new("tables", &truth.tables, &read.tables),
                Figure::new("columns", &truth.columns, &read.columns),
                Figure::new("relations", &truth.relations, &read.relations),
                Figure::new("endpoints", &truth.endpoints, &read.endpoints),
                Figure::new("views", &truth.views, &read.views),
            ],
            in_order: longest_rise(&positions),
            common: positions.len(),
        }
    }

    /// The figures as a table, then every miss by name.
    pub(crate) fn text(&self, name: &str) -> String {
        let mut text = format!("\n{name}: right/expected, own code, then with libraries\n");
        for f in &self.figures {
            let _ = writeln!(
                text,
                "  {:10} {:5}/{:<5} {:6.2} %   {:5}/{:<5} {:6.2} %   extra {}",
                f.what,
                f.own_found,
                f.own_expected,
                f.own_percent(),
                f.found,
                f.expected,
                percent(f.found, f.expected),
                f.extra.len()
            );
        }
        let _ = writeln!(text, "  in order   {:5}/{:<5}", self.in_order, self.common);
        for f in &self.figures {
            for (how, names) in [("missing", &f.missing), ("wrong", &f.wrong), ("extra", &f.extra)]
            {
                for name in names {
                    let _ = writeln!(text, "  {how} {}: {name}", f.what);
                }
            }
        }
        text
    }

    /// Which bars were not reached.
    pub(crate) fn failures(&self, bars: &Bars) -> Vec<String> {
        let mut failures = Vec::new();
        for f in &self.figures {
            let bar = match f.what {
                "models" | "tables" => bars.models,
                "columns" => bars.columns,
                "relations" => bars.relations,
                "endpoints" => bars.endpoints,
                _ if bars.exact => 100.0,
                _ => continue,
            };
            if f.own_percent() < bar || bars.exact && !f.is_exact() {
                failures.push(format!(
                    "{} {:.2} % of own (bar {bar} %), {} of {} in all, {} extra",
                    f.what,
                    f.own_percent(),
                    f.found,
                    f.expected,
                    f.extra.len()
                ));
            }
        }
        if percent(self.in_order, self.common) < bars.endpoints {
            failures.push(format!("{} of {} endpoints in order", self.in_order, self.common));
        }
        failures
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 100.0;
    }
    let count = |n: usize| f64::from(u32::try_from(n).expect("counts are small"));
    count(part) * 100.0 / count(whole)
}

/// Length of the longest increasing subsequence: how many endpoints stand in Django's order.
fn longest_rise(positions: &[usize]) -> usize {
    let mut tails: Vec<usize> = Vec::new();
    for &position in positions {
        let place = tails.partition_point(|&tail| tail < position);
        match tails.get_mut(place) {
            Some(tail) => *tail = position,
            None => tails.push(position),
        }
    }
    tails.len()
}
