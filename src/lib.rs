//! The headless office: values, store, desk and subjects. Nothing in this library can see a terminal;
//! `tests/architecture.rs` holds it to that.

pub mod catalog;
pub mod desk;
pub(crate) mod store;
pub mod values;
