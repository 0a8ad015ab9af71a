//! Bytes that nobody can guess, from the system.

use std::fs::File;
use std::io::Read;

use super::StoreError;

/// So many of them.
///
/// # Errors
/// When the system has no source of chance.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes)
}
