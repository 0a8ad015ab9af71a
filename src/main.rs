//! The program: reads the command line, opens the file, picks a face.

mod faces;

fn main() {}
