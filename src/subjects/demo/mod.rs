//! The demonstration office: the sample of `data/sample` as records, and as many made-up ones as wanted. Everything in it
//! is fictitious.

mod assets;
mod journal;
mod money_checks;
mod names;
mod sample;
mod scale;
mod staff;
mod stock;
mod stocktake;
mod training;
mod upkeep;
mod venue;

#[cfg(test)]
pub(crate) mod tests;

pub(crate) use sample::load_sample;
pub(crate) use scale::generate;

/// A valid certificate of this category that the sample does not have.
#[cfg(test)]
pub(crate) fn made_certificate(category: &str) -> String {
    (0..)
        .map(names::made)
        .find(|who| who.category() == category)
        .map(|who| who.certificate())
        .unwrap_or_default()
}
