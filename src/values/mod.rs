//! Plain values and the rules that make them true: money, numbers on cards, dates, names.
//! Pure: no SQL, no clock ("now" is an argument), no terminal, no sentence that a person reads.

pub mod lang;
