//! The command line as scripts see it: the real program in a folder of its own, its output, its exit codes.

#![allow(clippy::unwrap_used, clippy::panic, unreachable_pub, reason = "a test that cannot go on fails")]

mod assets;
mod exchange;
mod explain;
mod guards;
mod money;
mod office;
mod privacy;
mod program;
mod venue;
