//! Values of query parameters, read and refused as DRF's form fields do, with their messages.

use indexmap::IndexMap;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// The messages of one request by parameter, in the order of the fields.
#[derive(Debug, Default)]
pub(crate) struct Refusals(IndexMap<String, Vec<String>>);

impl Refusals {
    /// Notes messages for a parameter; none is fine.
    pub(crate) fn note(&mut self, name: &str, messages: Vec<String>) {
        if !messages.is_empty() {
            self.0.insert(name.to_owned(), messages);
        }
    }

    /// The value, or the note why there is none.
    pub(crate) fn take<T>(&mut self, name: &str, read: Result<T, Vec<String>>) -> Option<T> {
        read.map_err(|messages| self.note(name, messages)).ok()
    }

    /// Refuses the request if anything was noted.
    pub(crate) fn check(self) -> Result<(), kit::Problem> {
        if self.0.is_empty() { Ok(()) } else { Err(kit::Problem::invalid(&self.0)) }
    }
}

pub(crate) const NULL_CHARACTERS: &str = "Null characters are not allowed.";

/// Longest text DRF takes for a number, in characters: its `IntegerField.MAX_STRING_LENGTH`.
const NUMBER_CHARACTERS_MAX: usize = 1_000;

/// `str.strip()`: Python also takes the four ASCII separators for white space.
pub(crate) fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// `str.isspace()` for one character.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// `int(text)`; what does not fit saturates, which every comparison with a limit survives.
pub(crate) fn python_int(text: &str) -> Option<i64> {
    let text = strip(text);
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    // Underscores may stand between digits, nowhere else.
    let well_formed = digits
        .split('_')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if !well_formed {
        return None;
    }
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    let size = plain.parse::<i64>().unwrap_or(i64::MAX);
    Some(if negative { -size } else { size })
}

/// `IntegerField(min_value, max_value)`.
pub(crate) fn integer(text: &str, least: i64, most: i64) -> Result<i64, Vec<String>> {
    if text.chars().count() > NUMBER_CHARACTERS_MAX {
        return Err(vec!["String value too large.".to_owned()]);
    }
    let value = python_int(without_zero_fraction(text))
        .ok_or_else(|| vec!["A valid integer is required.".to_owned()])?;
    if value < least {
        return Err(vec![format!("Ensure this value is greater than or equal to {least}.")]);
    }
    if value > most {
        return Err(vec![format!("Ensure this value is less than or equal to {most}.")]);
    }
    Ok(value)
}

/// DRF takes `5.0` and `5.` for 5: it cuts off `\.0*\s*$`.
fn without_zero_fraction(text: &str) -> &str {
    let trimmed = text.trim_end_matches(is_space);
    trimmed.trim_end_matches('0').strip_suffix('.').unwrap_or(text)
}

/// `ChoiceField(choices)`.
pub(crate) fn choice<'c>(text: &str, choices: &[&'c str]) -> Result<&'c str, Vec<String>> {
    let found = choices.iter().find(|choice| **choice == text);
    found.copied().ok_or_else(|| vec![format!("\"{text}\" is not a valid choice.")])
}

/// `CharField(max_length)`.
pub(crate) fn characters(text: &str, most: usize) -> Result<String, Vec<String>> {
    let stripped = strip(text);
    if stripped.is_empty() {
        return Err(vec!["This field may not be blank.".to_owned()]);
    }
    let mut messages = Vec::new();
    if stripped.chars().count() > most {
        messages.push(format!("Ensure this field has no more than {most} characters."));
    }
    if stripped.contains('\0') {
        messages.push(NULL_CHARACTERS.to_owned());
    }
    if messages.is_empty() { Ok(stripped.to_owned()) } else { Err(messages) }
}

/// `DateField()`.
pub(crate) fn date(text: &str) -> Result<Date, Vec<String>> {
    const FORMAT: &str = "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.";
    python_date(text).or_else(|| loose_date(text)).ok_or_else(|| vec![FORMAT.to_owned()])
}

/// `date.fromisoformat`: `2025-06-30`, `20250630`, `2025-W27-1`, `2025W271`, `2025-W27`.
fn python_date(text: &str) -> Option<Date> {
    if !text.is_ascii() {
        return None;
    }
    let dashed = text.as_bytes().get(4) == Some(&b'-');
    let rest = text.get(if dashed { 5 } else { 4 }..)?;
    let year = number(text.get(..4)?)?;
    if let Some(week) = rest.strip_prefix('W') {
        let day = match (week.get(2..)?, dashed) {
            ("", _) => 1,
            (day, true) => number(day.strip_prefix('-')?)?,
            (day, false) => number(day)?,
        };
        let (week, day) = (number(week.get(..2)?)?, i8::try_from(day).ok()?);
        let weekday = Weekday::from_monday_one_offset(day).ok()?;
        let week = ISOWeekDate::new(year, i8::try_from(week).ok()?, weekday).ok()?;
        return in_range(week.date());
    }
    let (month, day) = match (rest.len(), dashed) {
        (5, true) if rest.as_bytes().get(2) == Some(&b'-') => (rest.get(..2)?, rest.get(3..)?),
        (4, false) => (rest.get(..2)?, rest.get(2..)?),
        _ => return None,
    };
    from_parts(year, month, day)
}

/// What Django's own expression adds: months and days of one digit.
fn loose_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |part: &str| matches!(part.len(), 1 | 2);
    if parts.next().is_some() || year.len() != 4 || !short(month) || !short(day) {
        return None;
    }
    from_parts(number(year)?, month, day)
}

fn from_parts(year: i16, month: &str, day: &str) -> Option<Date> {
    let (month, day) = (i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?);
    in_range(Date::new(year, month, day).ok()?)
}

/// Python's dates begin with the year 1.
fn in_range(date: Date) -> Option<Date> {
    (1..=9999).contains(&date.year()).then_some(date)
}

fn number(text: &str) -> Option<i16> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// The calendar's path converter: exactly `YYYY-MM-DD`, and a day that exists.
pub(crate) fn path_date(text: &str) -> Option<Date> {
    let shape = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
    shape.then(|| python_date(text)).flatten().filter(|date| date.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_as_python_reads_them() {
        for (text, value) in [
            ("5", Some(5)),
            (" 5 ", Some(5)),
            ("+5", Some(5)),
            ("-5", Some(-5)),
            ("1_0", Some(10)),
            ("", None),
            ("-", None),
            ("_1", None),
            ("1__0", None),
            ("5.0", None),
            ("0x5", None),
            ("99999999999999999999999", Some(i64::MAX)),
        ] {
            assert_eq!(python_int(text), value, "{text}");
        }
        assert_eq!(integer("5.00 ", 1, 9), Ok(5));
        assert_eq!(integer("50", 1, 90), Ok(50));
        assert!(integer("5.5", 1, 9).is_err());
    }

    #[test]
    fn dates_as_django_reads_them() {
        let day = "2025-01-06".parse::<Date>().expect("a date");
        for text in ["2025-01-06", "2025-1-6", "20250106", "2025-W02-1", "2025W021", "2025-W02"] {
            assert_eq!(date(text), Ok(day), "{text}");
        }
        for text in ["", "2025-02-30", "2025-1", "2025-01-06 ", "0000-01-01", "2025-01-006", "x"] {
            assert!(date(text).is_err(), "{text}");
        }
        assert_eq!(path_date("2025-01-06"), Some(day));
        for text in ["2025-02-30", "20250106", "2025-1-6", "2025-W02-1"] {
            assert_eq!(path_date(text), None, "{text}");
        }
    }
}
