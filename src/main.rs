//! The program: reads the command line, opens the file, picks a face.

// The face is whole before the command line opens it; until then nothing calls it from here.
#[allow(dead_code, unused_imports)]
mod faces;

fn main() {}
