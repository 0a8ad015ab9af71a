//! The command line as scripts see it: the real program in a folder of its own, its output, its exit codes.

mod exchange;
mod explain;
mod office;
mod program;
