//! What it costs to cut a piece of evidence: the one table of prices.
//!
//! Unit: hundredths of a plain reference by id. Integers only, so that the same map gives the
//! same proposal on every machine.

use crate::map::{Certainty, Relation, RelationKind};

/// Fewest models that must inherit one reference before it counts as a habit of the base class
/// (`created_by`, `tenant`) and not as a fact about each of them.
pub const INHERITED_MIN: usize = 3;

/// Price of a reference that an abstract base hands down to many models.
pub const INHERITED: u32 = 10;
/// Price of a reference that the database does not enforce.
pub const UNENFORCED: u32 = 100;
/// Price of a generic reference.
pub const GENERIC: u32 = 100;
/// Price of a many-to-many relation.
pub const MANY_TO_MANY: u32 = 400;
/// Price of splitting a model from its multi-table parent.
pub const PARENT: u32 = 1000;
/// Price of a lookup that joins two tables: one query becomes two, and code puts them together.
pub const JOIN: u32 = 200;
/// Price of an endpoint that reads both tables.
pub const READ_READ: u32 = 100;
/// Price of an endpoint that writes one and reads the other.
pub const READ_WRITE: u32 = 200;
/// Price of an endpoint that writes both: one transaction today, two after a split.
pub const WRITE_WRITE: u32 = 400;

/// Price of a declared relation.
pub fn of_relation(relation: &Relation, inherited: bool) -> u32 {
    if inherited {
        return INHERITED;
    }
    match relation.kind {
        RelationKind::Parent => PARENT,
        RelationKind::M2m => MANY_TO_MANY,
        RelationKind::Generic => GENERIC,
        RelationKind::Fk | RelationKind::OneToOne if !relation.db_constraint => UNENFORCED,
        RelationKind::Fk | RelationKind::OneToOne => of_on_delete(relation.on_delete.as_deref()),
    }
}

/// A cascade is work that has to become an event; a protected reference a check at run time.
fn of_on_delete(handler: Option<&str>) -> u32 {
    match handler.map(|name| name.rsplit('.').next().unwrap_or(name)) {
        Some("CASCADE") => 400,
        Some("PROTECT" | "RESTRICT") => 300,
        _ => 200,
    }
}

/// Confidence in quarters.
pub fn quarters(certainty: Certainty) -> u32 {
    match certainty {
        Certainty::Certain => 4,
        Certainty::Conditional => 2,
        Certainty::Guessed => 1,
    }
}

/// `100 * log2(1 + x / 100)` with straight lines between the powers of two: the tenth endpoint
/// that uses two tables together says less than the first.
pub fn diminishing(hundredths: u32) -> u32 {
    let x = u64::from(hundredths) + 100;
    let doublings = (x / 100).ilog2();
    let base = 100u64 << doublings;
    let value = u64::from(doublings) * 100 + (x - base) * 100 / base;
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::diminishing;

    #[test]
    fn more_endpoints_weigh_more_but_less_than_in_proportion() {
        assert_eq!(diminishing(0), 0);
        assert_eq!(diminishing(100), 100);
        assert_eq!(diminishing(300), 200);
        assert_eq!(diminishing(700), 300);
        assert!((0..5000).all(|x| diminishing(x) <= diminishing(x + 1)));
    }
}
