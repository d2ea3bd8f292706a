//! What a route hands to its view beside the request: the names are known, the values are not.

use crate::map::{Segment, SegmentKind};
use crate::python::{Presence, Span, Text, Value};

/// Django's converters that match no empty text, and give nothing that counts as false: `int`
/// gives zero.
const NEVER_EMPTY: [&str; 4] = ["path", "slug", "str", "uuid"];

/// Arguments of a view.
#[derive(Debug, Clone, Default)]
pub struct Arguments {
    /// Those with a name: captured by the route, or given beside it.
    pub named: Vec<(Text, Value)>,
    /// Whether there may be others, from groups without a name.
    pub open: bool,
    /// What the path begins with: its first part, as far as the route spells it.
    pub begins: String,
}

impl Arguments {
    /// The arguments of a route, as the `match` of `RoutePattern` and `RegexPattern` gives them;
    /// what is `given` beside a pattern wins, as in `URLResolver.resolve`.
    pub(super) fn of(segments: &[Segment], given: &[(Text, Value)], at: Span) -> Self {
        let mut arguments = Self { begins: beginning(segments), ..Self::default() };
        for segment in segments {
            match segment.kind {
                SegmentKind::Path => {
                    for part in segment.text.split('<').skip(1) {
                        let Some((inner, _)) = part.split_once('>') else { continue };
                        let (converter, name) = inner.split_once(':').unwrap_or(("str", inner));
                        let presence = if NEVER_EMPTY.contains(&converter) {
                            Presence::True
                        } else {
                            Presence::Something
                        };
                        arguments.capture(name, presence, at);
                    }
                }
                SegmentKind::RePath => arguments.groups(&segment.text, at),
                SegmentKind::Language => {}
            }
        }
        for (name, value) in given {
            arguments.named.retain(|(known, _)| known != name);
            arguments.named.push((name.clone(), value.clone()));
        }
        arguments
    }

    fn capture(&mut self, name: &str, presence: Presence, at: Span) {
        if self.named.iter().all(|(known, _)| &**known != name) {
            let value = Value::present("an argument of the URL", presence, at);
            self.named.push((Text::from(name), value));
        }
    }

    /// Groups without a name count only where none has one.
    fn groups(&mut self, regex: &str, at: Span) {
        let names: Vec<&str> =
            regex.split("(?P<").skip(1).filter_map(|rest| Some(rest.split_once('>')?.0)).collect();
        let plain = || {
            let mut escaped = false;
            let mut open = regex.char_indices().filter(move |(_, c)| {
                let counts = !escaped && *c == '(';
                escaped = !escaped && *c == '\\';
                counts
            });
            open.any(|(place, _)| !regex[place + 1..].starts_with('?'))
        };
        self.open |= names.is_empty() && plain();
        for name in names {
            // One that may not take part leaves its argument out.
            let sure = !is_optional(regex, name);
            let presence = if sure { Presence::Something } else { Presence::Perhaps };
            self.capture(name, presence, at);
        }
    }

    /// The names and the beginning of the path, as one text that tells calls apart.
    pub fn kind(&self) -> String {
        format!("{} {}", self.begins, self.names())
    }

    fn names(&self) -> String {
        let names = self.named.iter().map(|(name, _)| &**name);
        names.chain(self.open.then_some("*")).collect::<Vec<_>>().join(",")
    }
}

/// Whether a path may match without a named group: something that may be left out, or one of
/// several ways, holds it.
fn is_optional(regex: &str, name: &str) -> bool {
    let Some(start) = regex.find(&format!("(?P<{name}>")) else { return true };
    // Groups that are open where the named one begins, and it: none may be left out.
    let mut around: Vec<bool> = Vec::new();
    let (mut escaped, mut class, mut inside) = (false, false, false);
    for (place, c) in regex.char_indices() {
        match c {
            _ if escaped => {}
            '[' if !class => class = true,
            ']' => class = false,
            _ if class => {}
            '(' => {
                around.push(place <= start);
                inside |= place == start;
            }
            ')' => {
                let holds = around.pop() == Some(true) && place > start;
                if holds && regex[place + 1..].starts_with(['?', '*', '{']) {
                    return true;
                }
                // The innermost of them is the named one.
                inside &= !holds;
            }
            '|' if !inside => return true,
            _ => {}
        }
        escaped = !escaped && c == '\\';
    }
    false
}

/// `/shop/` of `shop/<int:pk>/`. A path as code sees it is one below the root of the server, where
/// tests of it are written for.
fn beginning(segments: &[Segment]) -> String {
    let mut text = "/".to_owned();
    for segment in segments {
        let spelled = match segment.kind {
            SegmentKind::Path => segment.text.split('<').next().unwrap_or_default(),
            SegmentKind::RePath => spelled(&segment.text),
            SegmentKind::Language => break,
        };
        text.push_str(spelled);
        if spelled.len() < segment.text.trim_start_matches('^').len() {
            break;
        }
    }
    let end = text[1..].find('/').map_or(text.len(), |end| end + 2);
    text.truncate(end);
    text
}

/// What a regular expression demands before it leaves a choice.
fn spelled(regex: &str) -> &str {
    let regex = regex.trim_start_matches('^');
    if regex.contains('|') {
        return "";
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_');
    let end = regex.find(|c| !plain(c)).unwrap_or(regex.len());
    let optional = regex[end..].starts_with(['?', '*', '{']);
    // All that is plain is one byte long.
    &regex[..end - usize::from(optional && end > 0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(kind: SegmentKind, text: &str) -> String {
        let segment = Segment { kind, text: text.to_owned() };
        Arguments::of(&[segment], &[], Span::default()).names()
    }

    #[test]
    fn a_captured_text_is_never_empty() {
        let segment = Segment { kind: SegmentKind::Path, text: "<slug:a>/<int:b>/<c>".to_owned() };
        let arguments = Arguments::of(&[segment], &[], Span::default());
        let present = |(_, value): &(Text, Value)| match value {
            Value::Unknown(unknown) => unknown.presence == Presence::True,
            _ => false,
        };
        let present: Vec<bool> = arguments.named.iter().map(present).collect();
        assert_eq!(present, [true, false, true]);
    }

    #[test]
    fn a_group_that_may_be_left_out_is_optional() {
        for (regex, optional) in [
            ("^(?P<a>[0-9]+)/$", false),
            ("^x/(?P<a>one|two)/$", false),
            ("^x/(?P<a>(one|two)*x)/$", false),
            ("^x/(?P<a>one|two)?$", true),
            ("^x(/(?P<a>[)?]+))?/$", true),
            ("^x(/(?P<a>\\)+))/$", false),
            ("^(one|(?P<a>two))/$", true),
            ("^(?P<b>x)?/(?P<a>y)/$", false),
        ] {
            assert_eq!(is_optional(regex, "a"), optional, "{regex}");
        }
    }

    #[test]
    fn a_path_begins_as_its_route_spells_it() {
        let begins = |texts: &[(SegmentKind, &str)]| {
            let segment = |(kind, text): &(SegmentKind, &str)| Segment {
                kind: *kind,
                text: (*text).to_owned(),
            };
            beginning(&texts.iter().map(segment).collect::<Vec<_>>())
        };
        let (plain, regex) = (SegmentKind::Path, SegmentKind::RePath);
        assert_eq!(begins(&[(plain, "orga/"), (plain, "event/<slug:event>/")]), "/orga/");
        assert_eq!(begins(&[(plain, "or"), (regex, "^ga/x")]), "/orga/");
        assert_eq!(begins(&[(plain, "<slug:event>/")]), "/");
        assert_eq!(begins(&[(regex, "^apis?/")]), "/api");
        assert_eq!(begins(&[(regex, "^(?P<a>x)/"), (plain, "b/")]), "/");
        assert_eq!(begins(&[(regex, "^api|web/")]), "/");
        assert_eq!(begins(&[(regex, "^api/$")]), "/api/");
        assert_eq!(begins(&[(SegmentKind::Language, "en/"), (plain, "a/")]), "/");
    }

    #[test]
    fn captures_are_named_and_groups_without_a_name_only_counted() {
        assert_eq!(names(SegmentKind::Path, "orders/<int:pk>/<slug>/"), "pk,slug");
        assert_eq!(names(SegmentKind::Path, "orders/"), "");
        assert_eq!(names(SegmentKind::RePath, r"^(?P<year>[0-9]{4})/(?:a|b)/$"), "year");
        assert_eq!(names(SegmentKind::RePath, r"^(\d+)/$"), "*");
        assert_eq!(names(SegmentKind::RePath, r"^\(\d+/$"), "");
        assert_eq!(names(SegmentKind::RePath, r"^(?P<a>x)/(y)/$"), "a", "Django drops the other");
    }
}
