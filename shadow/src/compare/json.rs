//! JSON compared by structure: key order, spacing, escapes and the form of numbers mean nothing;
//! types, members, lengths, order of lists and every value do, unless a rule allows otherwise.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rules::comparison::{JsonPath, Step};

use super::Findings;
use crate::json::Json;
use crate::{ABSENT, Difference, Kind, VALUE_BYTES_MAX, decimal};

/// Longest list searched for a mere change of order, in items. Beyond it the items are compared
/// by index only; a page of an API has 10 to 1,000.
const ORDER_ITEMS_MAX: usize = 10_000;

/// Deepest list searched for a mere change of order, in lists around it. Each search reads all that
/// is below; without this bound a document of nested lists would be read once a level.
const ORDER_LISTS_MAX: usize = 6;

/// Notes where two documents differ.
pub(super) fn compare(legacy: &Json<'_>, native: &Json<'_>, findings: &mut Findings<'_>) {
    Walk { findings, crumbs: Vec::new() }.values(legacy, native);
}

/// One step of the way from the document to the values being compared.
#[derive(Clone, Copy)]
enum Crumb<'a> {
    Key(&'a str),
    Item(usize),
}

struct Walk<'a, 'f, 'p> {
    findings: &'f mut Findings<'p>,
    crumbs: Vec<Crumb<'a>>,
}

impl<'a> Walk<'a, '_, '_> {
    fn values(&mut self, legacy: &'a Json<'a>, native: &'a Json<'a>) {
        if self.findings.full() || self.ignored(Some(legacy), Some(native)) {
            return;
        }
        match (legacy, native) {
            (Json::Object(left), Json::Object(right)) => self.objects(left, right),
            (Json::Array(left), Json::Array(right)) => self.arrays(left, right),
            (Json::Number(left), Json::Number(right)) => self.numbers(left, right),
            (left, right) if left == right => {}
            (left, right) => {
                let same_type = left.type_word() == right.type_word();
                let kind = if same_type { Kind::Value } else { Kind::Type };
                self.note(kind, Some(left), Some(right));
            }
        }
    }

    fn at(&mut self, crumb: Crumb<'a>, legacy: &'a Json<'a>, native: &'a Json<'a>) {
        self.crumbs.push(crumb);
        self.values(legacy, native);
        self.crumbs.pop();
    }

    fn objects(&mut self, left: &'a Members<'a>, right: &'a Members<'a>) {
        let same_keys = left.len() == right.len()
            && left.iter().zip(right).all(|((left, _), (right, _))| left == right);
        if same_keys {
            for ((key, left), (_, right)) in left.iter().zip(right) {
                self.at(Crumb::Key(key), left, right);
            }
            return;
        }
        let (left, right) = (by_key(left), by_key(right));
        for (key, values) in &left {
            self.members(key, values, right.get(key).map_or(&[], Vec::as_slice));
        }
        for (key, values) in &right {
            if !left.contains_key(key) {
                self.members(key, &[], values);
            }
        }
    }

    /// All values of one key: usually one a side, more where a key is written twice.
    fn members(&mut self, key: &'a str, left: &[&'a Json<'a>], right: &[&'a Json<'a>]) {
        for at in 0..left.len().max(right.len()) {
            match (left.get(at), right.get(at)) {
                (Some(left), Some(right)) => self.at(Crumb::Key(key), left, right),
                (left, right) => {
                    let (left, right) = (left.copied(), right.copied());
                    self.crumbs.push(Crumb::Key(key));
                    if !self.ignored(left, right) {
                        let kind = if right.is_none() { Kind::Missing } else { Kind::Extra };
                        self.note(kind, left, right);
                    }
                    self.crumbs.pop();
                }
            }
        }
    }

    fn arrays(&mut self, left: &'a [Json<'a>], right: &'a [Json<'a>]) {
        if left == right {
            return;
        }
        let unordered = self.rule(&self.findings.policy.unordered);
        if left.len() != right.len() {
            let show = |items: &[Json<'_>]| format!("{} items", items.len());
            self.note_text(Kind::Length, &show(left), &show(right));
            return;
        }
        if self.may_search(left) {
            let (left_order, right_order) = (self.sorted(left), self.sorted(right));
            let same_items = left_order.iter().map(first).eq(right_order.iter().map(first));
            let moved = left_order.iter().map(second).ne(right_order.iter().map(second));
            if same_items && moved {
                return self.moved(unordered);
            }
            if unordered.is_some() {
                return self.pairs(left, &left_order, right, &right_order);
            }
        }
        for (at, (left, right)) in left.iter().zip(right).enumerate() {
            self.at(Crumb::Item(at), left, right);
        }
    }

    /// Whether a change of order is looked for here.
    fn may_search(&self, items: &[Json<'_>]) -> bool {
        let lists = self.crumbs.iter().filter(|crumb| matches!(crumb, Crumb::Item(_))).count();
        (2..=ORDER_ITEMS_MAX).contains(&items.len()) && lists <= ORDER_LISTS_MAX
    }

    /// The same items in another order.
    fn moved(&mut self, rule: Option<String>) {
        let difference =
            Difference::new(&self.pointer(), Kind::Order, "one order", "another order");
        match rule {
            Some(path) => self.findings.tolerate(difference, format!("unordered {path}")),
            None => self.findings.note(difference),
        }
    }

    /// An unordered list with items that have no equal: equal ones are set aside, the rest is
    /// compared in the order of its canonical text, which brings similar items together.
    fn pairs(
        &mut self,
        left: &'a [Json<'a>],
        left_order: &[(String, usize)],
        right: &'a [Json<'a>],
        right_order: &[(String, usize)],
    ) {
        let (only_left, only_right) = without_equals(left_order, right_order);
        for (left_at, right_at) in only_left.into_iter().zip(only_right) {
            if let (Some(left), Some(right)) = (left.get(left_at), right.get(right_at)) {
                self.at(Crumb::Item(left_at), left, right);
            }
        }
    }

    fn numbers(&mut self, left: &'a str, right: &'a str) {
        if decimal::equal(left, right) {
            return;
        }
        let allowed = self.findings.policy.tolerances.iter().find(|tolerance| {
            self.matches(&tolerance.path) && decimal::within(left, right, tolerance.absolute)
        });
        let Some(allowed) = allowed else {
            return self.note_text(Kind::Value, left, right);
        };
        let rule = format!("tolerances {} +-{}", allowed.path, allowed.absolute);
        let difference = Difference::new(&self.pointer(), Kind::Value, left, right);
        self.findings.tolerate(difference, rule);
    }

    /// Whether a rule ignores this place; a difference below it is then noted as tolerated.
    fn ignored(&mut self, left: Option<&Json<'_>>, right: Option<&Json<'_>>) -> bool {
        let Some(path) = self.rule(&self.findings.policy.ignore) else {
            return false;
        };
        if left != right {
            let kind = match (left, right) {
                (Some(_), None) => Kind::Missing,
                (None, Some(_)) => Kind::Extra,
                (Some(left), Some(right)) if left.type_word() != right.type_word() => Kind::Type,
                _ => Kind::Value,
            };
            let difference = Difference::new(&self.pointer(), kind, &show(left), &show(right));
            self.findings.tolerate(difference, format!("ignore {path}"));
        }
        true
    }

    fn note(&mut self, kind: Kind, left: Option<&Json<'_>>, right: Option<&Json<'_>>) {
        self.note_text(kind, &show(left), &show(right));
    }

    fn note_text(&mut self, kind: Kind, left: &str, right: &str) {
        let difference = Difference::new(&self.pointer(), kind, left, right);
        self.findings.note(difference);
    }

    /// The first of these paths that names the current place.
    fn rule(&self, paths: &[JsonPath]) -> Option<String> {
        paths.iter().find(|path| self.matches(path)).map(ToString::to_string)
    }

    fn matches(&self, path: &JsonPath) -> bool {
        let steps = path.steps();
        steps.len() == self.crumbs.len()
            && steps.iter().zip(&self.crumbs).all(|(step, crumb)| match (step, crumb) {
                (Step::Key(named), Crumb::Key(key)) => named == key,
                (Step::Index(named), Crumb::Item(at)) => named == at,
                (Step::AnyKey, Crumb::Key(_)) | (Step::AnyItem, Crumb::Item(_)) => true,
                _ => false,
            })
    }

    /// The current place as a JSON pointer (RFC 6901).
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for crumb in &self.crumbs {
            pointer.push('/');
            match crumb {
                Crumb::Key(key) => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
                Crumb::Item(at) => pointer.push_str(&at.to_string()),
            }
        }
        pointer
    }

    /// Items in the order of their canonical text, each with its index.
    fn sorted(&mut self, items: &'a [Json<'a>]) -> Vec<(String, usize)> {
        let mut order: Vec<(String, usize)> = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            let mut text = String::new();
            self.crumbs.push(Crumb::Item(at));
            self.canonical(item, &mut text);
            self.crumbs.pop();
            order.push((text, at));
        }
        order.sort();
        order
    }

    /// A text that is equal for equal values: keys sorted, numbers reduced, ignored places out.
    fn canonical(&mut self, value: &'a Json<'a>, out: &mut String) {
        if self.rule(&self.findings.policy.ignore).is_some() {
            return;
        }
        match value {
            Json::Number(text) => out.push_str(&decimal::canonical(text)),
            Json::Array(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    self.crumbs.push(Crumb::Item(at));
                    self.canonical(item, out);
                    self.crumbs.pop();
                    out.push(',');
                }
                out.push(']');
            }
            Json::Object(members) => {
                out.push('{');
                for (key, values) in by_key(members) {
                    for value in values {
                        Json::Text(Cow::Borrowed(key)).write(out, usize::MAX);
                        out.push(':');
                        self.crumbs.push(Crumb::Key(key));
                        self.canonical(value, out);
                        self.crumbs.pop();
                        out.push(',');
                    }
                }
                out.push('}');
            }
            simple => simple.write(out, usize::MAX),
        }
    }
}

type Members<'a> = [(Cow<'a, str>, Json<'a>)];

fn by_key<'a>(members: &'a Members<'a>) -> BTreeMap<&'a str, Vec<&'a Json<'a>>> {
    let mut map: BTreeMap<&str, Vec<&Json<'_>>> = BTreeMap::new();
    for (key, value) in members {
        map.entry(key.as_ref()).or_default().push(value);
    }
    map
}

fn first(entry: &(String, usize)) -> &str {
    &entry.0
}

fn second(entry: &(String, usize)) -> usize {
    entry.1
}

/// The indexes of the entries of two sorted lists that have no equal in the other.
fn without_equals(left: &[(String, usize)], right: &[(String, usize)]) -> (Vec<usize>, Vec<usize>) {
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    let (mut only_left, mut only_right) = (Vec::new(), Vec::new());
    loop {
        let order = match (left.peek(), right.peek()) {
            (None, None) => return (only_left, only_right),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(left), Some(right)) => left.0.cmp(&right.0),
        };
        if order.is_le() {
            let entry = left.next();
            only_left.extend(entry.filter(|_| order.is_lt()).map(second));
        }
        if order.is_ge() {
            let entry = right.next();
            only_right.extend(entry.filter(|_| order.is_gt()).map(second));
        }
    }
}

fn show(value: Option<&Json<'_>>) -> String {
    let Some(value) = value else {
        return ABSENT.to_owned();
    };
    let mut text = String::new();
    value.write(&mut text, VALUE_BYTES_MAX);
    text
}
