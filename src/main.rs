//! The program: hands the command line to the batch face, which opens the desk with the others.

mod faces;

fn main() -> std::process::ExitCode {
    faces::batch::main()
}
