//! The conclusion: split, or "don't, yet", and in which order the contexts would leave.

use std::collections::BTreeMap;

use crate::contexts::crossings::{Coupling, ENDPOINT, JOIN};
use crate::map::{Advice, Context, ContextKind, Crossing, Figures, Step, Verdict};

/// Fewest tables of the business for which a split is worth its price: latency, eventual
/// consistency, more to operate.
const TABLES_MIN: usize = 12;
/// Fewest tables of something that deserves to be a service.
const CONTEXT_TABLES_MIN: usize = 2;
/// Most coupling, in percent, that may cross; above it the result is a distributed monolith.
const ACROSS_PERCENT_MAX: u64 = 55;
/// Least cohesion, in percent, of a context that can leave.
const COHESION_PERCENT_MIN: u32 = 45;
/// Least share, in percent, of endpoints that touch nothing else in a context that can leave.
const CLEAN_PERCENT_MIN: u32 = 40;

/// Concludes.
pub(super) fn advise(contexts: &[Context], crossings: &[Crossing], sum: Coupling) -> Advice {
    let domain: Vec<&Context> = contexts.iter().filter(|c| c.kind == ContextKind::Domain).collect();
    let order = order(&domain, crossings);
    let against = against(&domain, sum);
    if !against.is_empty() {
        return Advice { verdict: Verdict::NotYet, reasons: against, order };
    }
    let ready: Vec<&str> =
        domain.iter().filter(|c| can_leave(c)).map(|c| c.name.as_str()).collect();
    let reasons = vec![
        format!(
            "{} contexts; {} % of the coupling crosses between them",
            domain.len(),
            across_percent(sum)
        ),
        format!("ready to leave: {}", ready.join(", ")),
    ];
    Advice { verdict: Verdict::Split, reasons, order }
}

/// Everything that speaks against a split today.
fn against(domain: &[&Context], sum: Coupling) -> Vec<String> {
    let tables: usize = domain.iter().map(|c| c.tables.len()).sum();
    let real = domain.iter().filter(|c| c.tables.len() >= CONTEXT_TABLES_MIN).count();
    let mut reasons = Vec::new();
    if tables < TABLES_MIN {
        reasons.push(format!(
            "{tables} tables: one team can hold them; a split costs more than it gives \
             (from {TABLES_MIN} on it may pay)"
        ));
    }
    if real < 2 {
        reasons.push("the tables form one piece; there is nothing to split along".to_owned());
    }
    if across_percent(sum) > ACROSS_PERCENT_MAX {
        reasons.push(format!(
            "{} % of the coupling would cross between contexts (at most {ACROSS_PERCENT_MAX} % \
             is bearable): the result would be a distributed monolith",
            across_percent(sum)
        ));
    }
    if reasons.is_empty() && !domain.iter().any(|c| can_leave(c)) {
        reasons.push(format!(
            "no context is ready to leave: each has less than {COHESION_PERCENT_MIN} % cohesion \
             or fewer than {CLEAN_PERCENT_MIN} % of its endpoints to itself; cut the worst \
             crossings inside the monolith first"
        ));
    }
    reasons
}

fn across_percent(sum: Coupling) -> u64 {
    sum.across * 100 / (sum.inside + sum.across).max(1)
}

fn can_leave(context: &Context) -> bool {
    let Figures { cohesion, endpoints, endpoints_clean, .. } = context.figures;
    let clean = endpoints == 0 || endpoints_clean * 100 >= endpoints * CLEAN_PERCENT_MIN;
    context.tables.len() >= CONTEXT_TABLES_MIN && cohesion >= COHESION_PERCENT_MIN && clean
}

/// Cheapest cut for its size first; what is too small to be a service later; hubs last, all refer
/// to them.
fn order(domain: &[&Context], crossings: &[Crossing]) -> Vec<Step> {
    let mut costs: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for crossing in crossings {
        costs.entry(&crossing.from).or_default().0 += u64::from(crossing.cost);
        costs.entry(&crossing.to).or_default().1 += u64::from(crossing.cost);
    }
    let of = |context: &Context| costs.get(context.name.as_str()).copied().unwrap_or_default();
    let mut contexts = domain.to_vec();
    contexts.sort_by_key(|context| {
        let (out, into) = of(context);
        let per_table = (out + 2 * into) / (context.tables.len() as u64).max(1);
        let small = context.tables.len() < CONTEXT_TABLES_MIN;
        (!context.hubs.is_empty(), small, per_table, context.name.clone())
    });
    contexts
        .iter()
        .map(|context| Step { context: context.name.clone(), reason: reason(context, crossings) })
        .collect()
}

fn reason(context: &Context, crossings: &[Crossing]) -> String {
    let figures = context.figures;
    let mine = |c: &&Crossing| c.from == context.name || c.to == context.name;
    let of_border = crossings.iter().filter(mine).filter(|c| c.kind != ENDPOINT);
    let (joins, relations): (Vec<_>, Vec<_>) = of_border.partition(|c| c.kind == JOIN);
    let mut parts = vec![match relations.len() {
        0 => "no relation crosses its border".to_owned(),
        1 => "one relation crosses its border".to_owned(),
        n => format!("{n} relations cross its border"),
    }];
    match joins.len() {
        0 => {}
        1 => parts.push("one join crosses it".to_owned()),
        n => parts.push(format!("{n} joins cross it")),
    }
    if figures.endpoints > 0 {
        parts.push(format!(
            "{} of {} endpoints touch nothing else",
            figures.endpoints_clean, figures.endpoints
        ));
    }
    if figures.crossings_in == 0 && figures.crossings_out > 0 {
        parts.push("nothing refers to it".to_owned());
    }
    if !context.hubs.is_empty() {
        parts.push(format!("last: everything refers to {}", context.hubs.join(", ")));
    }
    parts.join("; ")
}
