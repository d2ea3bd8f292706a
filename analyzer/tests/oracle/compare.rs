//! The comparison: figures, every miss by name, and the bars they must reach.

use std::fmt::Write as _;

use analyzer::map::Map;

use super::truth::{Fact, Facts, Truth};

/// What must be reached, in percent: of what Django knows (recall), and of what the analyzer says
/// (precision).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bars {
    /// Models, tables and columns.
    pub(crate) tables: f64,
    /// Relations.
    pub(crate) relations: f64,
    /// Endpoints: route, name, methods, order.
    pub(crate) endpoints: f64,
    /// Everything else that is compared; `None` where it is only printed.
    pub(crate) others: Option<f64>,
    /// Whose facts count.
    pub(crate) whose: Whose,
}

/// Whose facts count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Those of the project's own code: its libraries are not there to be read.
    Own,
    /// Those of the libraries, too.
    All,
}

/// What was right of what there was, on both sides.
#[derive(Debug, Default, Clone, Copy)]
struct Score {
    right: usize,
    expected: usize,
    said: usize,
    /// Said under a condition, and not so where Django was asked: that contradicts nobody.
    unmet: usize,
}

impl Score {
    fn recall(self) -> f64 {
        percent(self.right, self.expected)
    }

    fn precision(self) -> f64 {
        percent(self.right, self.said)
    }

    /// The precision if every condition were claimed to hold.
    fn strictest(self) -> f64 {
        percent(self.right, self.said + self.unmet)
    }
}

/// One kind of fact compared.
pub(crate) struct Figure {
    what: &'static str,
    own: Score,
    all: Score,
    misses: Vec<String>,
}

impl Figure {
    fn new(what: &'static str, truth: &Facts, read: &Facts) -> Self {
        let mut figure =
            Self { what, own: Score::default(), all: Score::default(), misses: Vec::new() };
        let whose = |fact: &Fact| if fact.own { "" } else { " (library)" };
        for (name, fact) in truth {
            let right = match read.get(name) {
                Some(other) if other.says == fact.says => true,
                Some(other) => {
                    let (says, said) = (&fact.says, &other.says);
                    let whose = whose(fact);
                    figure.misses.push(format!("wrong {what}: {name}{whose}: {says} <> {said}"));
                    false
                }
                None => {
                    figure.misses.push(format!("missing {what}: {name}{}", whose(fact)));
                    false
                }
            };
            figure.count(fact.own, |score| {
                score.expected += 1;
                score.right += usize::from(right);
            });
        }
        for (name, fact) in read {
            // A fact that both know is the project's own if Django says so.
            let known = truth.get(name);
            let unmet = known.is_none() && fact.sometimes;
            figure.count(known.unwrap_or(fact).own, |score| {
                score.said += usize::from(!unmet);
                score.unmet += usize::from(unmet);
            });
            if known.is_none() {
                let sort = if unmet { "unmet" } else { "extra" };
                figure.misses.push(format!("{sort} {what}: {name}{}", whose(fact)));
            }
        }
        figure
    }

    fn count(&mut self, own: bool, mut change: impl FnMut(&mut Score)) {
        change(&mut self.all);
        if own {
            change(&mut self.own);
        }
    }

    fn score(&self, whose: Whose) -> Score {
        match whose {
            Whose::Own => self.own,
            Whose::All => self.all,
        }
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
        let mut text = format!(
            "\n{name}: right/expected, recall, precision (with unmet conditions); own, then all\n"
        );
        for f in &self.figures {
            let _ = write!(text, "  {:10}", f.what);
            for score in [f.own, f.all] {
                let _ = write!(
                    text,
                    " {:5}/{:<5} {:6.2} % {:6.2} % ({:6.2} %)  ",
                    score.right,
                    score.expected,
                    score.recall(),
                    score.precision(),
                    score.strictest()
                );
            }
            text.push('\n');
        }
        let _ = writeln!(text, "  in order   {:5}/{:<5}", self.in_order, self.common);
        for miss in self.figures.iter().flat_map(|f| &f.misses) {
            let _ = writeln!(text, "  {miss}");
        }
        text
    }

    /// Which bars were not reached.
    pub(crate) fn failures(&self, bars: &Bars) -> Vec<String> {
        let mut failures = Vec::new();
        for f in &self.figures {
            let bar = match f.what {
                "models" | "tables" | "columns" => bars.tables,
                "relations" => bars.relations,
                "endpoints" => bars.endpoints,
                _ => match bars.others {
                    Some(bar) => bar,
                    None => continue,
                },
            };
            let score = f.score(bars.whose);
            if score.recall() < bar || score.precision() < bar {
                failures.push(format!(
                    "{}: recall {:.2} %, precision {:.2} % (bar {bar} %)",
                    f.what,
                    score.recall(),
                    score.precision()
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
