//! What can go wrong with the file, as codes and arguments. Knows no sentence: the locales turn a code into
//! what is said and what to do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

/// A refusal of the store. [`StoreError::code`] is also the Fluent id of its sentence.
#[derive(Debug, Error)]
pub(crate) enum StoreError {
    /// There is no file at the path.
    #[error("store-not-found: {}", .path.display())]
    NotFound { path: PathBuf },
    /// `create` or `backup` would overwrite something.
    #[error("store-exists: {}", .path.display())]
    Exists { path: PathBuf },
    /// The path is a directory.
    #[error("store-directory: {}", .path.display())]
    Directory { path: PathBuf },
    /// Written by a newer program: its migration number is above ours.
    #[error("store-newer: {} has {file}, ours is {ours}", .path.display())]
    Newer { path: PathBuf, file: i64, ours: i64 },
    /// Opened read-only, an older file cannot be upgraded.
    #[error("store-older: {} has {file}, ours is {ours}", .path.display())]
    Older { path: PathBuf, file: i64, ours: i64 },
    /// Not a database, or another program's.
    #[error("store-foreign: {}", .path.display())]
    Foreign { path: PathBuf },
    /// The file or its directory may not be written by this user.
    #[error("store-no-write-permission: {}", .path.display())]
    NoWritePermission { path: PathBuf },
    /// Locks cannot be trusted over a network; `kind` is the file system's name.
    #[error("store-network: {} is on {kind}", .path.display())]
    NetworkFileSystem { path: PathBuf, kind: String },
    /// A page or the structure of the file is damaged.
    #[error("store-corrupt: {detail}")]
    Corrupt { detail: String },
    /// Another process kept the write lock beyond the time-out.
    #[error("store-busy")]
    Busy,
    /// The disk is full; nothing was changed.
    #[error("store-full")]
    Full,
    /// A change was asked of a file opened for reading, or of a read-only file system.
    #[error("store-read-only")]
    ReadOnly,
    /// The file at the path is no longer the one that was opened.
    #[error("store-replaced: {}", .path.display())]
    Replaced { path: PathBuf },
    /// Someone saved this record since it was read: it now has version `found`.
    #[error("store-conflict: {table} {id} has version {found}, not {expected}")]
    Conflict { table: String, id: i64, expected: i64, found: i64 },
    /// The record to be changed does not exist.
    #[error("store-missing: {table} {id}")]
    Missing { table: String, id: i64 },
    /// A CHECK, UNIQUE, foreign key or guarding trigger refused the change.
    #[error("store-constraint: {detail}")]
    Constraint { detail: String },
    /// The audit chain does not hold from row `seq` on.
    #[error("store-audit-broken: {seq}")]
    AuditBroken { seq: i64 },
    /// The operating system refused.
    #[error("store-io: {detail}")]
    Io { detail: String },
    /// Anything else SQLite said; a mistake of ours rather than of the file.
    #[error("store-other: {detail}")]
    Other { detail: String },
}

impl StoreError {
    /// The stable name of the refusal, used by the locales and in JSON.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "store-not-found",
            Self::Exists { .. } => "store-exists",
            Self::Directory { .. } => "store-directory",
            Self::Newer { .. } => "store-newer",
            Self::Older { .. } => "store-older",
            Self::Foreign { .. } => "store-foreign",
            Self::NoWritePermission { .. } => "store-no-write-permission",
            Self::NetworkFileSystem { .. } => "store-network",
            Self::Corrupt { .. } => "store-corrupt",
            Self::Busy => "store-busy",
            Self::Full => "store-full",
            Self::ReadOnly => "store-read-only",
            Self::Replaced { .. } => "store-replaced",
            Self::Conflict { .. } => "store-conflict",
            Self::Missing { .. } => "store-missing",
            Self::Constraint { .. } => "store-constraint",
            Self::AuditBroken { .. } => "store-audit-broken",
            Self::Io { .. } => "store-io",
            Self::Other { .. } => "store-other",
        }
    }

    /// What the sentence is about, by argument name.
    pub(crate) fn args(&self) -> Vec<(&'static str, String)> {
        let shown = |path: &Path| path.display().to_string();
        match self {
            Self::NotFound { path }
            | Self::Exists { path }
            | Self::Directory { path }
            | Self::Foreign { path }
            | Self::NoWritePermission { path }
            | Self::Replaced { path } => vec![("path", shown(path))],
            Self::Newer { path, file, ours } | Self::Older { path, file, ours } => {
                vec![("path", shown(path)), ("file", file.to_string()), ("ours", ours.to_string())]
            }
            Self::NetworkFileSystem { path, kind } => {
                vec![("path", shown(path)), ("kind", kind.clone())]
            }
            Self::Conflict { table, id, expected, found } => vec![
                ("table", table.clone()),
                ("id", id.to_string()),
                ("expected", expected.to_string()),
                ("found", found.to_string()),
            ],
            Self::Missing { table, id } => vec![("table", table.clone()), ("id", id.to_string())],
            Self::AuditBroken { seq } => vec![("seq", seq.to_string())],
            Self::Corrupt { detail }
            | Self::Constraint { detail }
            | Self::Io { detail }
            | Self::Other { detail } => vec![("detail", detail.clone())],
            Self::Busy | Self::Full | Self::ReadOnly => Vec::new(),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let detail = error.to_string();
        let extended = error.sqlite_error().map(|error| error.extended_code);
        match error.sqlite_error_code() {
            // No room for the shared-memory file is a full disk too.
            _ if extended == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt { detail },
            Some(ErrorCode::ConstraintViolation) => Self::Constraint { detail },
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Io { detail }
            }
            _ => Self::Other { detail },
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            std::io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Io { detail: error.to_string() },
        }
    }
}
