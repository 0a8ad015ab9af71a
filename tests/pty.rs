//! The real program on a real pseudo-terminal, seen through a model of the screen: what a person meets who starts it,
//! works with it, is cut off from it, or watches a colleague's work arrive.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test says by panicking that it failed"
)]

#[path = "pty/assets.rs"]
mod assets;
#[path = "pty/count.rs"]
mod count;
#[path = "pty/ends.rs"]
mod ends;
#[path = "pty/follow.rs"]
mod follow;
#[path = "pty/learning.rs"]
mod learning;
#[path = "pty/locking.rs"]
mod locking;
#[path = "pty/looks.rs"]
mod looks;
#[path = "pty/money.rs"]
mod money;
#[path = "pty/office.rs"]
mod office;
#[path = "pty/sharing.rs"]
mod sharing;
#[path = "pty/slow.rs"]
mod slow;
#[path = "pty/staff.rs"]
mod staff;
#[path = "pty/stocktake.rs"]
mod stocktake;
#[path = "pty/tasks.rs"]
mod tasks;
#[path = "pty/terminal.rs"]
mod terminal;
#[path = "pty/training.rs"]
mod training;
#[path = "pty/typing.rs"]
mod typing;
#[path = "pty/vanishing.rs"]
mod vanishing;
#[path = "pty/venue.rs"]
mod venue;
