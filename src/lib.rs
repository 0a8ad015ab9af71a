//! The headless office: values, catalog, store, desk and subjects. Nothing in this library can see a terminal;
//! `tests/architecture.rs` holds it to that.

pub mod catalog;
pub mod desk;
pub mod office;
pub(crate) mod store;
pub(crate) mod subjects;
pub mod values;
