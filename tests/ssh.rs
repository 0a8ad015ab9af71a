//! The shared desk from afar: a real sshd on this machine's own loopback, several keys, several people, lines that are
//! cut, and everything someone might try who is let in to a desk and wants more than a desk.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test says by panicking that it failed"
)]

#[path = "ssh/crowd.rs"]
mod crowd;
#[path = "ssh/dropping.rs"]
mod dropping;
#[path = "ssh/escapes.rs"]
mod escapes;
#[path = "ssh/hands.rs"]
mod hands;
#[path = "ssh/host.rs"]
mod host;
#[path = "ssh/keys.rs"]
mod keys;
#[path = "ssh/line.rs"]
mod line;
#[path = "ssh/office.rs"]
mod office;
#[path = "ssh/replica.rs"]
mod replica;
#[path = "ssh/slow.rs"]
mod slow;
#[path = "ssh/trouble.rs"]
mod trouble;
