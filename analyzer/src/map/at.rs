//! Places in the repository. A map names some files hundreds of thousands of times: the name is
//! shared.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A place in the analyzed repository. Code outside it (a library, the shipped catalogue) has a
/// `file` that starts with `<`, e.g. `<catalogue>/django/contrib/auth/models.py`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct At {
    /// Path relative to the analyzed folder, with `/` on every platform.
    pub file: File,
    /// Line, counted from 1.
    pub line: u32,
}

/// The name of a file, shared between all places in it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct File(Arc<str>);

impl File {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for File {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for File {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl<T: Into<Arc<str>>> From<T> for File {
    fn from(name: T) -> Self {
        Self(name.into())
    }
}

impl PartialEq<str> for File {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for File {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = File;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a file")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<File, E> {
                Ok(name.into())
            }
        }
        deserializer.deserialize_str(Name)
    }
}

impl JsonSchema for File {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}
