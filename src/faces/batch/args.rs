//! The command line as clap reads it: names and shapes that scripts rely on. What its words mean to a person is the
//! locale's (`cli-NAME`, `cli-arg-NAME`).

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The whole command line.
#[derive(Parser, Debug)]
#[command(name = "lianban", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub(crate) global: Global,
    /// The face of the desk.
    #[arg(long, value_enum)]
    pub(crate) face: Option<FaceName>,
    /// The command; none opens the desk.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// Options of every command; each has an environment variable LIANBAN_NAME.
#[derive(Args, Debug, Clone, Default)]
pub(crate) struct Global {
    #[arg(long, global = true, value_name = "F")]
    pub(crate) file: Option<PathBuf>,
    #[arg(long = "as", global = true, value_name = "OPERATOR")]
    pub(crate) operator: Option<String>,
    #[arg(long, global = true, value_name = "zh-CN|en")]
    pub(crate) lang: Option<String>,
    #[arg(long, global = true, value_name = "2026-03-04T09:30")]
    pub(crate) now: Option<String>,
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

/// A face of the desk.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaceName {
    Screen,
    Lines,
}

/// What a text is.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KindName {
    Date,
    Id,
    Cert,
    Amount,
    Split,
    Name,
    Phone,
}

/// Every command.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    Demo {
        #[arg(long, value_name = "N", default_value_t = 0)]
        scale: usize,
        #[arg(long)]
        no_open: bool,
        #[arg(long, value_enum)]
        face: Option<FaceName>,
    },
    Learn {
        #[arg(long, value_enum)]
        face: Option<FaceName>,
    },
    Init {
        #[arg(long, value_name = "NAME")]
        office: String,
        #[arg(long, value_name = "NAME")]
        operator: String,
    },
    Do {
        line: String,
        #[arg(long)]
        yes: bool,
    },
    Explain {
        #[arg(value_enum)]
        kind: KindName,
        #[arg(required = true)]
        text: Vec<String>,
        #[arg(long)]
        record: bool,
    },
    List {
        subject: String,
        #[arg(long = "where", value_name = "TEXT", default_value = "", hide_default_value = true)]
        filter: String,
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        #[arg(long)]
        csv: bool,
    },
    Show {
        reference: String,
        #[arg(long)]
        csv: bool,
    },
    Act {
        reference: String,
        action: String,
        #[arg(value_name = "FIELD=VALUE")]
        fields: Vec<String>,
        #[arg(long)]
        yes: bool,
    },
    Import {
        subject: String,
        path: PathBuf,
        #[arg(long, value_name = "FIELD=VALUE")]
        set: Vec<String>,
        #[arg(long)]
        dry_run: bool,
    },
    Export {
        subject: String,
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        /// Everything about this one person, for them.
        #[arg(long, value_name = "REF")]
        of: Option<String>,
    },
    Report {
        name: String,
        #[arg(long, value_name = "D")]
        from: Option<String>,
        #[arg(long, value_name = "D")]
        to: Option<String>,
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        #[arg(long)]
        csv: bool,
    },
    Backup {
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        #[arg(long)]
        sealed: bool,
    },
    Restore {
        path: PathBuf,
    },
    Check,
    Audit {
        reference: Option<String>,
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: u32,
        #[arg(long)]
        csv: bool,
    },
    Keys {
        #[arg(long, value_name = "NAME")]
        keymap: Option<String>,
        #[arg(long)]
        check: bool,
    },
    Operator {
        #[command(subcommand)]
        what: OperatorCommand,
    },
    /// What sshd must be told; nothing is applied.
    SshSetup {
        #[arg(long, value_name = "NAME", default_value = "lianban")]
        account: String,
        #[arg(long, value_name = "PATH", default_value = "/usr/local/bin/lianban")]
        program: PathBuf,
        #[arg(long, value_name = "PATH", default_value = "/etc/lianban/keys")]
        keys: PathBuf,
        #[arg(long = "key", value_name = "OWNER=FILE")]
        owners: Vec<String>,
    },
    /// What sshd starts for every line that comes in.
    SshSession {
        #[arg(long, value_name = "PATH")]
        keys: PathBuf,
    },
}

/// What is done about operators.
#[derive(Subcommand, Debug)]
pub(crate) enum OperatorCommand {
    Add {
        name: String,
        #[arg(long = "post", value_name = "POST[:ORG]")]
        posts: Vec<String>,
    },
    Post {
        name: String,
        #[arg(value_name = "POST[:ORG]")]
        post: String,
        #[arg(long)]
        end: bool,
    },
    Pin {
        name: String,
    },
    Remove {
        name: String,
    },
    Readmit {
        name: String,
    },
    List {
        #[arg(long)]
        csv: bool,
    },
}
