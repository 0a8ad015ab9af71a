//! The program: reads the command line, opens the file, picks a face.

fn main() {}
