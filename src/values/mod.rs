//! Plain values and the rules that make them true: money, numbers on cards, dates, names.
//! Pure: no SQL, no clock ("now" is an argument), no terminal, no sentence that a person reads.

pub mod calc;
pub mod calendar;
pub mod capital;
pub mod certificate;
pub mod dates;
pub mod lang;
pub mod mask;
pub mod money;
pub mod phone;
pub mod pinyin;
pub mod resident_id;
pub mod split;
pub mod text;
