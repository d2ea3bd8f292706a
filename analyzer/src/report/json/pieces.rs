//! The text of `map.json`, put together from pieces: thousands of endpoints share what they do, and
//! the text of an access is made once. It is, byte for byte, what `serde_json` makes of the map.

use std::collections::hash_map::Entry;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};

use crate::map::{Access, Endpoint, Map};

/// Levels around a field of the map.
const FIELD: usize = 1;

/// Levels around an endpoint.
const ENDPOINT: usize = 2;

/// Levels around an access.
const ACCESS: usize = 4;

pub(super) fn write(map: &Map, out: &mut impl Write) -> io::Result<()> {
    let mut pieces = Pieces { out, text: Vec::new(), first: true };
    pieces.field("schema", &map.schema)?;
    pieces.field("project", &map.project)?;
    pieces.field("apps", &map.apps)?;
    pieces.field("models", &map.models)?;
    pieces.field("abstract_models", &map.abstract_models)?;
    pieces.field("tables", &map.tables)?;
    pieces.field("relations", &map.relations)?;
    pieces.endpoints(&map.endpoints)?;
    pieces.list("transactions", &map.transactions)?;
    pieces.list("joins", &map.joins)?;
    pieces.list("scheduled", &map.scheduled)?;
    pieces.list("converters", &map.converters)?;
    pieces.list("migrations", &map.migrations)?;
    pieces.list("migrated", &map.migrated)?;
    pieces.option("database", map.database.as_ref())?;
    pieces.option("history", map.history.as_ref())?;
    pieces.list("drift", &map.drift)?;
    pieces.list("contexts", &map.contexts)?;
    pieces.list("crossings", &map.crossings)?;
    pieces.option("advice", map.advice.as_ref())?;
    pieces.field("opaque", &map.opaque)?;
    pieces.field("coverage", &map.coverage)?;
    pieces.out.write_all(b"\n}\n")
}

struct Pieces<'o, W> {
    out: &'o mut W,
    text: Vec<u8>,
    first: bool,
}

impl<W: Write> Pieces<'_, W> {
    fn key(&mut self, name: &str) -> io::Result<()> {
        let before = if std::mem::take(&mut self.first) { "{" } else { "," };
        write!(self.out, "{before}\n  \"{name}\": ")
    }

    fn field<T: Serialize>(&mut self, name: &str, value: &T) -> io::Result<()> {
        self.key(name)?;
        self.text.clear();
        let piece = piece(&mut self.text, value, FIELD)?;
        self.out.write_all(&self.text[piece])
    }

    /// A field that is left out where it is empty.
    fn list<T: Serialize>(&mut self, name: &str, list: &Vec<T>) -> io::Result<()> {
        if list.is_empty() { Ok(()) } else { self.field(name, list) }
    }

    /// A field that is left out where it is none.
    fn option<T: Serialize>(&mut self, name: &str, value: Option<&T>) -> io::Result<()> {
        value.map_or(Ok(()), |value| self.field(name, value))
    }

    fn endpoints(&mut self, endpoints: &[Endpoint]) -> io::Result<()> {
        self.key("endpoints")?;
        let mut accesses = Accesses::default();
        for (number, endpoint) in endpoints.iter().enumerate() {
            self.out.write_all(if number == 0 { b"[\n    " } else { b",\n    " })?;
            self.endpoint(endpoint, &mut accesses)?;
        }
        self.out.write_all(if endpoints.is_empty() { b"[]" } else { b"\n  ]" })
    }

    fn endpoint(&mut self, endpoint: &Endpoint, accesses: &mut Accesses) -> io::Result<()> {
        let bare = Endpoint { reads: Vec::new(), writes: Vec::new(), ..endpoint.clone() };
        self.text.clear();
        let piece = piece(&mut self.text, &bare, ENDPOINT)?;
        let mut rest = &self.text[piece];
        for (key, list) in [("\"reads\": [", &endpoint.reads), ("\"writes\": [", &endpoint.writes)]
        {
            // In a text, quotes and line ends are escaped.
            let mut places = rest.windows(key.len());
            let Some(place) = places.position(|some| some == key.as_bytes()) else { continue };
            let (before, after) = rest.split_at(place + key.len());
            self.out.write_all(before)?;
            for (number, access) in list.iter().enumerate() {
                self.out.write_all(if number == 0 { b"\n        " } else { b",\n        " })?;
                self.out.write_all(accesses.text(access)?)?;
            }
            if !list.is_empty() {
                self.out.write_all(b"\n      ")?;
            }
            rest = after;
        }
        self.out.write_all(rest)
    }
}

/// The text of each different access.
#[derive(Default)]
struct Accesses {
    pieces: FxHashMap<*const Access, Box<[u8]>>,
    /// Room to put one together.
    text: Vec<u8>,
}

impl Accesses {
    fn text(&mut self, access: &Arc<Access>) -> io::Result<&[u8]> {
        match self.pieces.entry(Arc::as_ptr(access)) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(free) => {
                self.text.clear();
                let made = piece(&mut self.text, &**access, ACCESS)?;
                Ok(free.insert(self.text[made].into()))
            }
        }
    }
}

/// Adds the text of a value as it stands inside so many levels; gives its place.
fn piece(text: &mut Vec<u8>, value: &impl Serialize, levels: usize) -> io::Result<Range<usize>> {
    let start = text.len();
    serde_json::to_writer_pretty(&mut *text, &Inside { value, levels })?;
    // Each level brings `[`, a new line and its spaces before the value, and as many behind it.
    let before: usize = (0..levels).map(|level| 2 + 2 * (level + 1)).sum();
    let behind: usize = (0..levels).map(|level| 2 + 2 * level).sum();
    Ok(start + before..text.len() - behind)
}

/// A value inside lists of one element each.
struct Inside<'v, T> {
    value: &'v T,
    levels: usize,
}

impl<T: Serialize> Serialize for Inside<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.levels.checked_sub(1) {
            None => self.value.serialize(serializer),
            Some(levels) => serializer.collect_seq([Inside { value: self.value, levels }]),
        }
    }
}
