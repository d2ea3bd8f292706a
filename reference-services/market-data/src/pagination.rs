//! DRF's `PageNumberPagination`: `?page=` and `?page_size=`, with absolute links.

use serde::Serialize;

use crate::fields::python_int;
use crate::query::Query;

/// Rows of a page if the client does not say: the monolith's `StandardPagination`.
const PAGE_ROWS: i64 = 25;

/// Rows of a page at most, a count: the monolith's `max_page_size`.
const PAGE_ROWS_MAX: i64 = 200;

/// The page a client asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    number: i64,
    pages: i64,
    rows: i64,
    count: i64,
}

/// One page of a list as it travels.
#[derive(Debug, Serialize)]
pub(crate) struct Paginated<T> {
    count: i64,
    next: Option<String>,
    previous: Option<String>,
    results: Vec<T>,
}

impl Page {
    /// Reads the two parameters; `None` for a page that does not exist.
    pub(crate) fn read(query: &Query, count: i64) -> Option<Self> {
        let asked = query.last("page_size").and_then(python_int).filter(|rows| *rows > 0);
        let rows = asked.unwrap_or(PAGE_ROWS).min(PAGE_ROWS_MAX);
        let pages = ((count + rows - 1) / rows).max(1);
        let number = match query.last("page").unwrap_or_default() {
            "" => 1,
            "last" => pages,
            text => python_int(text)?,
        };
        (1..=pages).contains(&number).then_some(Self { number, pages, rows, count })
    }

    /// Rows to read.
    pub(crate) fn limit(self) -> i64 {
        self.rows
    }

    /// Rows to skip.
    pub(crate) fn offset(self) -> i64 {
        (self.number - 1) * self.rows
    }

    /// The page with its rows and links; `url` is the list's own address without a query.
    pub(crate) fn of<T>(self, url: &str, query: &Query, results: Vec<T>) -> Paginated<T> {
        let link = |number: i64| {
            let number = (number > 1).then(|| number.to_string());
            match query.with("page", number).as_str() {
                "" => url.to_owned(),
                query => format!("{url}?{query}"),
            }
        };
        Paginated {
            count: self.count,
            next: (self.number < self.pages).then(|| link(self.number + 1)),
            previous: (self.number > 1).then(|| link(self.number - 1)),
            results,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_exist_and_pages_that_do_not() {
        let read = |text: &str| Page::read(&Query::read(text), 38).map(Page::offset);
        for (text, offset) in [
            ("", Some(0)),
            ("page=2", Some(25)),
            ("page=3", None),
            ("page=0", None),
            ("page=last", Some(25)),
            ("page=x", None),
            ("page=2&page_size=10", Some(10)),
            ("page_size=0", Some(0)),
            ("page_size=999&page=2", None),
            ("page=1.0", None),
        ] {
            assert_eq!(read(text), offset, "{text}");
        }
        assert_eq!(Page::read(&Query::read("page=1"), 0).map(Page::offset), Some(0));
    }
}
