//! The lines face: one thought a line, for people who read with a braille display or by ear. Append-only; the line the
//! cursor waits on says by itself where one is. It knows the desk's views and intents, and no record.

mod editor;
mod keys;
mod talk;
mod text;
