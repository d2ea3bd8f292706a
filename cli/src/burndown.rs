//! `outgrow burndown`: what has moved and what has not, by endpoint, by requests and by the time
//! that legacy spends; what nobody listed; what can be deleted.

mod page;
mod report;
mod traffic;

use std::collections::BTreeMap;
use std::path::Path;

use ledger::Ledger;

use crate::args::{Burndown, PageFormat};
use crate::burndown::page::{Form, page};
use crate::burndown::report::Report;
use crate::burndown::traffic::Traffic;
use crate::exit::Exit;
use crate::{contexts, out, rules};

pub(crate) fn run(options: &Burndown) -> anyhow::Result<Exit> {
    let ruleset = rules::load_or_refuse(&options.rules, options.map.as_deref())?;
    let map = options.map.as_deref().map(contexts::read).transpose()?;
    let prices = options.ledger.as_deref().map_or_else(|| Ok(BTreeMap::new()), prices)?;
    let mut traffic = Traffic::default();
    traffic.read_logs(&options.log)?;
    for url in &options.admin {
        traffic.read_admin(url)?;
    }
    let report = Report::new(&ruleset, map.as_ref(), traffic, &prices);
    match options.output_format {
        PageFormat::Full => out::print(page(&report, Form::Terminal))?,
        PageFormat::Markdown => out::print(page(&report, Form::Markdown))?,
        PageFormat::Json => out::print(serde_json::to_string_pretty(&report)? + "\n")?,
    }
    if report.unread_lines > 0 {
        out::note(format_args!("{} lines are none of outgrow-proxy's log", report.unread_lines));
    }
    let moved = report.percent_moved().unwrap_or_default();
    let met = options.fail_under.is_none_or(|least| moved >= least);
    Ok(if met { Exit::Fine } else { Exit::Findings })
}

/// The longest median of legacy among the methods of each route, in microseconds.
fn prices(ledger: &Path) -> anyhow::Result<BTreeMap<String, u64>> {
    let mut prices: BTreeMap<String, u64> = BTreeMap::new();
    for endpoint in Ledger::open_to_read(ledger)?.status()? {
        if endpoint.legacy.count > 0 {
            let price = prices.entry(endpoint.route).or_default();
            *price = (*price).max(endpoint.legacy.p50_us);
        }
    }
    Ok(prices)
}
