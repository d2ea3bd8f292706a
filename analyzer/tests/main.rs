//! The integration tests of the analyzer, in one binary.

#[cfg(test)]
mod cache;
mod catalogue;
#[cfg(test)]
mod contexts;
#[cfg(test)]
mod files;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod history;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod live;
#[cfg(test)]
mod matrix;
mod migrations;
mod oracle;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod recovery;
#[cfg(test)]
mod report;
#[cfg(test)]
mod skeleton;
mod skip;
#[cfg(test)]
mod sql;
#[cfg(test)]
mod world;
