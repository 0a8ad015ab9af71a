//! Nobody follows what happens at the terminal but the test itself. Where the same tasks are done under a braille display
//! and a speech reader another room of this name follows every key.

use std::time::Duration;

use portable_pty::CommandBuilder;

use super::terminal::Program;

/// A frame is one write; after so much silence it is whole.
pub(crate) const WHOLE: Duration = Duration::from_millis(60);

pub(crate) struct Follower;

impl Follower {
    /// Who follows the program, and what is started for it.
    pub(crate) fn start(program: &Program) -> (Self, CommandBuilder) {
        (Self, program.command())
    }

    /// The program wrote this.
    pub(crate) fn wrote(&mut self, _: &[u8]) {}

    /// These keys are about to be pressed.
    pub(crate) fn before(&mut self, _: &str) {}

    /// What came of them stands on the screen: the cursor's line, what of it stands before the cursor, the cursor's column.
    pub(crate) fn after(&mut self, _: &str, _: &str, _: usize) {}
}
