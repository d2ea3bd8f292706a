//! Where an endpoint is on its way out of the monolith, and which moves are legal.

use std::fmt;

use serde::Serialize;

/// Basis points in a whole. Unit: 1/100 of a percent; 10,000 of them so that half a percent of a
/// large audience can be named, and so that a share and a cohort bucket are one kind of number.
pub const SHARE_MAX: u16 = 10_000;

/// A part of the traffic, in basis points: 0 is nobody, 10,000 is everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Share(u16);

impl Share {
    /// Nobody.
    pub const NONE: Self = Self(0);
    /// Everybody.
    pub const ALL: Self = Self(SHARE_MAX);

    /// A share from basis points; `None` above 10,000.
    pub fn from_basis_points(basis_points: u16) -> Option<Self> {
        (basis_points <= SHARE_MAX).then_some(Self(basis_points))
    }

    /// The share in basis points, 0..=10,000.
    pub fn basis_points(self) -> u16 {
        self.0
    }

    /// Reads `5%`, `0.5%`, `12.34%`: a number of percent with at most two decimals.
    ///
    /// # Errors
    /// The text is not such a number, or is above 100%. The message says what was expected.
    pub fn parse(text: &str) -> Result<Self, ShareError> {
        let wrong = || ShareError { text: text.to_owned() };
        let number = text.strip_suffix('%').ok_or_else(wrong)?.trim_end();
        let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || whole.len() > 3 || decimals.len() > 2 {
            return Err(wrong());
        }
        let whole: u16 = whole.parse().map_err(|_| wrong())?;
        let hundredths: u16 = format!("{decimals:0<2}").parse().map_err(|_| wrong())?;
        Self::from_basis_points(whole * 100 + hundredths).ok_or_else(wrong)
    }
}

/// A text that is not a share.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a share: write a percentage from 0% to 100%, such as `5%` or `0.5%`")]
pub struct ShareError {
    text: String,
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "{whole}%"),
            (whole, rest) if rest % 10 == 0 => write!(f, "{whole}.{}%", rest / 10),
            (whole, rest) => write!(f, "{whole}.{rest:02}%"),
        }
    }
}

/// What a shadow stage needs to know, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ShadowStage {
    /// The part of the eligible requests that is also sent to native.
    pub sample: Share,
}

/// Where an endpoint is. Each state holds exactly its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// The monolith answers; native is not involved.
    Legacy,
    /// The monolith answers; a sample also goes to native and is compared.
    Shadow(ShadowStage),
    /// A share of the users is answered by native, the others by the monolith.
    Canary {
        /// The part of the users answered by native.
        share: Share,
    },
    /// Native answers everybody.
    Native,
    /// Nobody should call this any more; a hit is answered 410 and reported.
    Retired,
}

impl Stage {
    /// The name as teams write it.
    pub fn name(&self) -> StageName {
        match self {
            Self::Legacy => StageName::Legacy,
            Self::Shadow(_) => StageName::Shadow,
            Self::Canary { .. } => StageName::Canary,
            Self::Native => StageName::Native,
            Self::Retired => StageName::Retired,
        }
    }

    /// The name as text: `legacy`, `shadow`, `canary`, `native`, `retired`.
    pub fn as_str(&self) -> &'static str {
        self.name().as_str()
    }
}

/// The name of a stage: the one scalar that a team edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StageName {
    /// See [`Stage::Legacy`].
    Legacy,
    /// See [`Stage::Shadow`].
    Shadow,
    /// See [`Stage::Canary`].
    Canary,
    /// See [`Stage::Native`].
    Native,
    /// See [`Stage::Retired`].
    Retired,
}

impl StageName {
    /// Every stage, in the order of the way out.
    pub const ALL: [Self; 5] =
        [Self::Legacy, Self::Shadow, Self::Canary, Self::Native, Self::Retired];

    /// The name as teams write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Legacy => "legacy",
            Self::Shadow => "shadow",
            Self::Canary => "canary",
            Self::Native => "native",
            Self::Retired => "retired",
        }
    }

    /// The stage of that name, if there is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text)
    }

    /// The stage one step further, `None` after the last.
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Legacy => Some(Self::Shadow),
            Self::Shadow => Some(Self::Canary),
            Self::Canary => Some(Self::Native),
            Self::Native => Some(Self::Retired),
            Self::Retired => None,
        }
    }

    /// Whether an endpoint may go from `self` to `to` in one change.
    ///
    /// # Errors
    /// The move skips a step forward, or goes back to anything but legacy.
    pub fn may_move_to(self, to: Self) -> Result<(), IllegalMove> {
        match (self, to) {
            // Any -> Legacy: the way back is always open, at once, from everywhere.
            (_, Self::Legacy)
            // One step forward, so that each stage had its chance to find what is wrong.
            | (Self::Legacy, Self::Shadow)
            | (Self::Shadow, Self::Canary)
            | (Self::Canary, Self::Native)
            | (Self::Native, Self::Retired) => Ok(()),
            // Standing still is a change of something else (a share, a tolerance).
            (from, to) if from == to => Ok(()),
            // Canary -> Shadow, Native -> Canary ...: half a retreat leaves users on a side that
            // somebody just distrusted; go back to legacy and come again.
            (from, to) => Err(IllegalMove { from, to }),
        }
    }
}

impl fmt::Display for StageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A move between two stages that the language does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{from} -> {to} is not a legal move: {}", self.advice())]
pub struct IllegalMove {
    /// The stage the endpoint is at.
    pub from: StageName,
    /// The stage that was asked for.
    pub to: StageName,
}

impl IllegalMove {
    fn advice(self) -> String {
        match self.from.next() {
            Some(next) => format!("from {} the moves are {next} and legacy", self.from),
            None => format!("from {} the only move is legacy", self.from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edge_of_the_state_machine() {
        use StageName::{Canary, Legacy, Native, Retired, Shadow};
        let legal = [
            (Legacy, Shadow),
            (Shadow, Canary),
            (Canary, Native),
            (Native, Retired),
            (Shadow, Legacy),
            (Canary, Legacy),
            (Native, Legacy),
            (Retired, Legacy),
        ];
        for from in StageName::ALL {
            for to in StageName::ALL {
                let expected = from == to || legal.contains(&(from, to));
                assert_eq!(from.may_move_to(to).is_ok(), expected, "{from} -> {to}");
            }
        }
    }

    #[test]
    fn shares_read_and_print_the_same_number() {
        for (text, basis_points) in
            [("0%", 0), ("5%", 500), ("0.5%", 50), ("12.34%", 1_234), ("100%", 10_000)]
        {
            let share = Share::parse(text).expect(text);
            assert_eq!(share.basis_points(), basis_points);
            assert_eq!(share.to_string(), text);
        }
        for text in ["", "5", "%", "101%", "-1%", "1.234%", "5 percent", ".5%", "1e1%", "٥%"] {
            assert!(Share::parse(text).is_err(), "{text} must be refused");
        }
    }

    #[test]
    fn an_illegal_move_names_the_legal_ones() {
        let error = StageName::Legacy.may_move_to(StageName::Native).expect_err("two steps");
        assert_eq!(
            error.to_string(),
            "legacy -> native is not a legal move: from legacy the moves are shadow and legacy"
        );
    }
}
