//! Python without running it: an abstract interpreter of module-level code.
//!
//! One mechanism reads settings, apps, models and `URLconfs` alike. Only this folder knows the
//! parser.
//!
//! # How to use it
//!
//! ```ignore
//! let mut ev = Evaluator::new(Rc::new(Repo::open(root, &[])));
//! let module = ev.import("shop.urls");           // Option<Rc<Module>>, evaluated once
//! let patterns = module.scope.get("urlpatterns");   // Option<Value>
//! for item in ev.elements(&patterns)... { }         // Option<Vec<Item>>: value, at, cond, rest
//! ev.resolve("shop.views.OrderList");               // any dotted path -> Value
//! ev.attribute(&value, &Rc::from("name"), at)       // Eval<Value>: as `value.name`
//! ev.call(&callee, Args::of([a, b], at), at)        // Eval<Value>: as `callee(a, b)`
//! class.lookup("name"), class.mro(), class.descends_from("django.views.generic.base.View")
//! ev.at(span) -> map::At;  ev.note(span, what, why) // places, opaque facts
//! ev.registry.{settings, apps, models}              // filled by facts::{settings, apps, models}
//! ```
//!
//! # What a value can be
//!
//! - Source seen: `Module`, `Class`, `Function`, `Bound`, `Instance` (attributes in `.attrs`, the
//!   constructor's arguments in `.args`).
//! - Source not seen: `External("a.b.C")` names it; calling it gives `Call {callee, args, at,
//!   cond}`
//!   (`call.path()` is the callee's dotted path). An attribute of a `Call` is a `Member`; calling a
//!   method of a `Call` or of an `Instance` whose ancestor has no source appends to its `.calls`
//!   (`router.register(...)`), so order and conditions are kept.
//! - A decorated view is a `Call` of the decorator with the function among its arguments; see
//!   `attributes::unwrap_decorated`.
//! - `Choice`: several alternatives, each with its condition; `ev.elements` joins their elements.
//! - `Item.cond`/`Binding.cond`: always, or the test that could not be decided.
//! - `Item.rest`: stands for any number of elements that could not be seen; say so with `ev.note`.
//! - `Unknown {why, at}` absorbs every operation.
//!
//! Modules are looked up in the source roots, then `--site-packages`, then the catalogue;
//! `django.*` comes from the catalogue first. What none of them has stays `External`. A catalogue
//! module may
//! lack names: `from django.urls import path` gives `External("django.urls.path")` all the same.
//!
//! # What to extend
//!
//! Functions without source: `intrinsics/*.rs` (match on the dotted path). Classes of libraries:
//! a stub in `catalogue/`, plain Python, interpreted like everything else.

pub(crate) mod ahead;
mod anew;
pub mod attributes;
mod branches;
pub(crate) mod calls;
pub mod classes;
mod dull;
pub mod entries;
pub mod evaluator;
mod expressions;
mod garbage;
mod indexing;
pub(crate) mod intrinsics;
mod likeness;
pub mod modules;
pub mod names;
pub mod object;
mod operators;
mod outline;
pub mod parse;
pub mod registry;
mod rounds;
pub mod schema;
pub(crate) mod shape;
pub mod source;
mod statements;
mod summary;
pub(crate) mod template;
pub(crate) mod text;
pub mod trace;
pub mod value;

pub use evaluator::{Eval, Evaluator};
pub use intrinsics::{APP_CONFIG, delete_model, model_of, stored_row, touch_model};
pub(crate) use intrinsics::{
    BEGINNINGS_MAX, begins, between, create_app, named_task, packed_arguments, with_itself,
};
pub use object::{Args, Base, Binding, Call, Class, Function, Instance, Module};
pub use outline::Outline;
pub use template::page_context;
pub use value::{Alternative, Cond, Item, Presence, Span, Text, Value};
