//! What nobody types by mistake: injections by name into fields, files, keymaps, settings and the command line, and then
//! chance for some seconds. Nothing may end the program but its own decision, and nothing may reach another's terminal or
//! spreadsheet as a command. `LIANBAN_FUZZ` says for how many seconds.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test says by panicking that it failed"
)]

#[path = "hostile/chance.rs"]
mod chance;
#[path = "hostile/fields.rs"]
mod fields;
#[path = "hostile/files.rs"]
mod files;
#[path = "hostile/room.rs"]
mod room;
#[path = "hostile/words.rs"]
mod words;
