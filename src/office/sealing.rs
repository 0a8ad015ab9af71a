//! A backup to carry out of the house: one ZIP file with AES-256 that any current archiver opens, and a passphrase that
//! the machine draws, because what protects the file must not be a word somebody chose.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, ZipArchive, ZipWriter};

use crate::desk::refusal::Refusal;
use crate::store::{StoreError, chance, make_private_file};

use super::{Problem, Scripts};

/// Letters and digits that cannot be taken for one another when they are read or heard.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789A";

/// A passphrase that people choose must be this long (characters).
const SHORTEST: usize = 16;

/// Name of the office's file inside.
const INSIDE: &str = "office.db";

/// How much is read at a time (bytes).
const PIECE: usize = 1 << 16;

impl Scripts {
    /// Writes a sealed backup to a new file; gives the passphrase, drawn by the machine where none is given.
    ///
    /// # Errors
    /// When there is such a file, the passphrase is short, or the copy does not hold.
    pub fn seal(&self, to: &Path, passphrase: Option<&str>) -> Result<String, Problem> {
        self.told(self.try_seal(to, passphrase))
    }

    fn try_seal(&self, to: &Path, passphrase: Option<&str>) -> Result<String, Refusal> {
        let passphrase = match passphrase {
            Some(text) if text.chars().count() < SHORTEST => {
                return Err(Refusal::usage("seal-short").field("passphrase").with("n", SHORTEST.to_string()));
            }
            Some(text) => text.to_owned(),
            None => draw()?,
        };
        self.may_copy()?;
        make_private_file(to)?;
        let mut plain = to.as_os_str().to_owned();
        plain.push(".plain");
        let plain = Path::new(&plain);
        let done = self.office().store.backup(plain).and_then(|()| seal(plain, to, &passphrase));
        drop(std::fs::remove_file(plain));
        let done = done.map_err(Refusal::from).and_then(|()| self.note_copy("seal"));
        done.inspect_err(|_| drop(std::fs::remove_file(to)))?;
        Ok(passphrase)
    }
}

/// Twenty-four letters in groups of four: 120 bits.
fn draw() -> Result<String, Refusal> {
    let bytes: [u8; 24] = chance::bytes()?;
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).map(|letter| char::from(*letter));
    let letters: Vec<char> = bytes.iter().filter_map(letter).collect();
    Ok(letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// Seals a file, then opens it again and compares.
fn seal(plain: &Path, to: &Path, passphrase: &str) -> Result<(), StoreError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .large_file(true)
        .with_aes_encryption(AesMode::Aes256, passphrase);
    let mut archive = ZipWriter::new(File::create(to)?);
    archive.start_file(INSIDE, options).map_err(io::Error::other)?;
    let written = pour(&mut File::open(plain)?, &mut archive)?;
    archive.finish().map_err(io::Error::other)?.sync_all()?;
    let mut archive = ZipArchive::new(File::open(to)?).map_err(io::Error::other)?;
    let mut inside = archive.by_name_decrypt(INSIDE, passphrase.as_bytes()).map_err(io::Error::other)?;
    if pour(&mut inside, &mut io::sink())? == written {
        return Ok(());
    }
    Err(StoreError::Corrupt { detail: "the sealed copy differs".into() })
}

/// Copies everything and gives its hash.
fn pour(from: &mut dyn Read, to: &mut dyn Write) -> io::Result<[u8; 32]> {
    let mut sha = Sha256::new();
    let mut piece = vec![0; PIECE];
    loop {
        let n = from.read(&mut piece)?;
        let Some(read) = piece.get(..n).filter(|read| !read.is_empty()) else {
            return Ok(sha.finalize().into());
        };
        sha.update(read);
        to.write_all(read)?;
    }
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn drawn_passphrases_are_long_and_differ() {
        let (one, other) = (draw().unwrap(), draw().unwrap());
        assert_eq!((one.len(), other.len()), (29, 29));
        assert_ne!(one, other);
    }
}
