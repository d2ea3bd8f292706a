//! Accesses as they are kept. They are most of a map, and name the same files and tables again and
//! again: they are kept as numbers, each different access once, and endpoints name it by its place.

use std::fmt::Write as _;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::moves::Moves;
use crate::map::{Access, At, Certainty, Endpoint, File, Map};

/// Lines (a count) that the accesses of all endpoints may name when they are put back: some twenty
/// times those of the largest maps, so that a small file cannot become a map without an end.
const LINES_MAX: usize = 10_000_000;

/// The accesses of all endpoints.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Packed {
    /// Names of files.
    files: Vec<File>,
    /// Names of tables and methods.
    names: Vec<String>,
    /// How many different accesses there are.
    different: usize,
    /// The different accesses, then the reads and the writes of each endpoint.
    numbers: String,
}

/// What was taken out of a map.
pub(super) type Taken = Vec<[Vec<Arc<Access>>; 2]>;

impl Packed {
    /// Takes the accesses out of the map, and writes them down.
    pub(super) fn take(map: &mut Map) -> (Self, Taken) {
        let taken: Taken =
            map.endpoints.iter_mut().map(|endpoint| lists(endpoint).map(std::mem::take)).collect();
        (Self::of(&taken), taken)
    }

    /// Puts back what was taken.
    pub(super) fn put_back(taken: Taken, map: &mut Map) {
        for (endpoint, [reads, writes]) in map.endpoints.iter_mut().zip(taken) {
            (endpoint.reads, endpoint.writes) = (reads, writes);
        }
    }

    fn of(taken: &Taken) -> Self {
        let mut places: FxHashMap<*const Access, usize> = FxHashMap::default();
        let mut writer = Writer::default();
        for access in taken.iter().flatten().flatten() {
            let place = places.len();
            places.entry(Arc::as_ptr(access)).or_insert_with(|| {
                writer.access(access);
                place
            });
        }
        for list in taken.iter().flatten() {
            writer.number(list.len());
            for access in list {
                writer.number(places[&Arc::as_ptr(access)]);
            }
        }
        let Writer { files, names, numbers, .. } = writer;
        Self { files: files.list, names: names.list, different: places.len(), numbers }
    }

    /// Puts the accesses into the map, with lines that have moved; none where that is not possible.
    pub(super) fn put(self, map: &mut Map, moves: &Moves) -> Option<()> {
        let Self { files, names, different, numbers } = self;
        let moved = files.iter().map(|file| moves.of(file)).collect();
        let numbers = numbers.split_ascii_whitespace();
        let mut reader = Reader { files: &files, moved, names: &names, moves, numbers };
        let mut accesses = Vec::new();
        for _ in 0..different {
            accesses.push(Arc::new(reader.access()?));
        }
        let mut lines = 0;
        for list in map.endpoints.iter_mut().flat_map(lists) {
            for _ in 0..reader.number()? {
                let access = accesses.get(reader.number()?)?;
                lines += access.via.len() + access.path.len() + 1;
                if lines > LINES_MAX {
                    return None;
                }
                list.push(access.clone());
            }
        }
        reader.numbers.next().is_none().then_some(())
    }
}

fn lists(endpoint: &mut Endpoint) -> [&mut Vec<Arc<Access>>; 2] {
    [&mut endpoint.reads, &mut endpoint.writes]
}

/// Things by number.
struct Numbered<T> {
    list: Vec<T>,
    places: FxHashMap<T, usize>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { list: Vec::new(), places: FxHashMap::default() }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Numbered<T> {
    fn of(&mut self, thing: &T) -> usize {
        if let Some(place) = self.places.get(thing) {
            return *place;
        }
        self.list.push(thing.clone());
        self.places.insert(thing.clone(), self.list.len() - 1);
        self.list.len() - 1
    }
}

#[derive(Default)]
struct Writer {
    files: Numbered<File>,
    names: Numbered<String>,
    numbers: String,
}

impl Writer {
    fn number(&mut self, number: usize) {
        write!(self.numbers, "{number} ").expect("a String takes any text");
    }

    fn name(&mut self, name: &String) {
        let place = self.names.of(name);
        self.number(place);
    }

    fn place(&mut self, At { file, line }: &At) {
        let file = self.files.of(file);
        self.number(file);
        self.number(*line as usize);
    }

    fn places(&mut self, places: &[At]) {
        self.number(places.len());
        for at in places {
            self.place(at);
        }
    }

    fn access(&mut self, access: &Access) {
        let Access { table, certainty, via, methods, path, only_if, deferred, seen } = access;
        self.name(table);
        self.number(match certainty {
            Certainty::Certain => 0,
            Certainty::Conditional => 1,
            Certainty::Guessed => 2,
        });
        self.number(usize::from(*deferred));
        self.number(usize::from(*seen));
        self.number(methods.len());
        for method in methods {
            self.name(method);
        }
        self.places(via);
        self.places(path);
        self.places(only_if.as_slice());
    }
}

struct Reader<'p> {
    files: &'p [File],
    /// Where the lines of each file have moved, if they have.
    moved: Vec<Option<usize>>,
    names: &'p [String],
    moves: &'p Moves,
    numbers: std::str::SplitAsciiWhitespace<'p>,
}

impl Reader<'_> {
    fn number(&mut self) -> Option<usize> {
        self.numbers.next()?.parse().ok()
    }

    fn flag(&mut self) -> Option<bool> {
        Some(self.number()? != 0)
    }

    fn name(&mut self) -> Option<String> {
        let number = self.number()?;
        self.names.get(number).cloned()
    }

    fn place(&mut self) -> Option<At> {
        let number = self.number()?;
        let file = self.files.get(number)?.clone();
        let line = u32::try_from(self.number()?).ok()?;
        let line = match self.moved.get(number)? {
            Some(moved) => self.moves.now(*moved, line)?,
            None => line,
        };
        Some(At { file, line })
    }

    fn places(&mut self) -> Option<Vec<At>> {
        let count = self.number()?;
        // What was kept may say any number: no room is made before there is something in it.
        (0..count).map(|_| self.place()).collect()
    }

    fn access(&mut self) -> Option<Access> {
        let table = self.name()?;
        let certainty = match self.number()? {
            0 => Certainty::Certain,
            1 => Certainty::Conditional,
            2 => Certainty::Guessed,
            _ => return None,
        };
        let (deferred, seen) = (self.flag()?, self.flag()?);
        let methods = (0..self.number()?).map(|_| self.name()).collect::<Option<_>>()?;
        let (via, path) = (self.places()?, self.places()?);
        let only_if = self.places()?.pop();
        Some(Access { table, certainty, via, methods, path, only_if, deferred, seen })
    }
}
