//! The place the file stands in: its directory, its permissions, its file system, its first hundred bytes.
//! Looks before SQLite does, so that a refusal can say what is wrong. Knows nothing of what is inside.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::Access;

use super::error::StoreError;

/// `application_id` of an office file: "LBAN" in ASCII.
pub(crate) const APPLICATION_ID: i32 = 0x4C42_414E;

/// Device and inode: what a path must still point at for a write to be safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileId {
    dev: u64,
    ino: u64,
}

/// The identity of the file at `path`, if there is one.
pub(crate) fn file_id(path: &Path) -> Option<FileId> {
    let meta = std::fs::metadata(path).ok()?;
    Some(FileId { dev: meta.dev(), ino: meta.ino() })
}

/// The directory that holds `path`.
pub(crate) fn directory_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// Refuses whatever cannot be an office file that we may open, without touching it.
pub(crate) fn inspect(path: &Path, for_writing: bool) -> Result<(), StoreError> {
    let here = || path.to_path_buf();
    let meta = match std::fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(StoreError::NotFound { path: here() });
        }
        Err(error) => return Err(error.into()),
    };
    if meta.is_dir() {
        return Err(StoreError::Directory { path: here() });
    }
    if !meta.is_file() {
        return Err(StoreError::Foreign { path: here() });
    }
    refuse_network(path)?;
    if for_writing {
        refuse_unwritable(path)?;
        refuse_unwritable(&directory_of(path))?;
    }
    check_header(path, meta.len())
}

/// Refuses a file or directory this user may not write. A file whose every write bit is off is refused to
/// the superuser too: someone put it away on purpose.
pub(crate) fn refuse_unwritable(path: &Path) -> Result<(), StoreError> {
    let refused = || StoreError::NoWritePermission { path: path.to_path_buf() };
    let mode = std::fs::metadata(path)?.mode();
    if mode & 0o222 == 0 {
        return Err(refused());
    }
    match rustix::fs::access(path, Access::WRITE_OK) {
        Ok(()) => Ok(()),
        Err(rustix::io::Errno::ROFS) => Err(StoreError::ReadOnly),
        Err(_) => Err(refused()),
    }
}

/// SQLite's magic, our application id (offset 68, kept current because it is written before WAL begins), and
/// a length that fits the page count (offset 28) when no WAL waits beside the file.
fn check_header(path: &Path, length: u64) -> Result<(), StoreError> {
    let foreign = || StoreError::Foreign { path: path.to_path_buf() };
    let mut header = [0u8; 100];
    let mut file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => StoreError::NoWritePermission { path: path.to_path_buf() },
        _ => error.into(),
    })?;
    if file.read_exact(&mut header).is_err() || !header.starts_with(b"SQLite format 3\0") {
        return Err(foreign());
    }
    let word = |at: usize| header.iter().skip(at).take(4).fold(0u32, |sum, byte| sum << 8 | u32::from(*byte));
    if word(68) != APPLICATION_ID.cast_unsigned() {
        return Err(foreign());
    }
    let page = match word(16) >> 16 {
        1 => 65_536,
        size => u64::from(size),
    };
    let wal = with_suffix(path, "-wal");
    if page < 512 || (!wal.exists() && length < u64::from(word(28)) * page) {
        return Err(StoreError::Corrupt { detail: "file is shorter than its header says".into() });
    }
    Ok(())
}

/// `path` with `suffix` after its whole name: `office.db` and `-wal` make `office.db-wal`.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// A name beside `path` that tells what it is and when it was made: `office.WHAT-20260304-093000.db`. Uses
/// the machine's clock: it is for a person sorting files, never for the office's records.
pub(crate) fn beside(path: &Path, what: &str) -> PathBuf {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let stamp = chrono::Local::now().format("%Y%m%d-%H%M%S");
    let name = |extra: &str| directory_of(path).join(format!("{stem}.{what}-{stamp}{extra}.db"));
    let plain = name("");
    if !plain.exists() {
        return plain;
    }
    (2..).map(|n| name(&format!("-{n}"))).find(|path| !path.exists()).unwrap_or(plain)
}

/// Makes an empty file for this user alone (0600 whatever the umask). Refuses one that is there.
pub(crate) fn make_private_file(path: &Path) -> Result<(), StoreError> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let file = file.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => StoreError::Exists { path: path.to_path_buf() },
        ErrorKind::PermissionDenied => StoreError::NoWritePermission { path: directory_of(path) },
        _ => error.into(),
    })?;
    file.set_permissions(Permissions::from_mode(0o600))?;
    Ok(())
}

/// Makes the missing directories of `dir`, each 0700 whatever the umask; leaves those that exist alone.
pub(crate) fn make_private_directory(dir: &Path) -> Result<(), StoreError> {
    if dir.as_os_str().is_empty() || dir.is_dir() {
        return Ok(());
    }
    if let Some(parent) = dir.parent() {
        make_private_directory(parent)?;
    }
    match DirBuilder::new().mode(0o700).create(dir) {
        Ok(()) => Ok(std::fs::set_permissions(dir, Permissions::from_mode(0o700))?),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && dir.is_dir() => Ok(()),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            Err(StoreError::NoWritePermission { path: directory_of(dir) })
        }
        Err(error) => Err(error.into()),
    }
}

/// Makes a rename or a new name in `dir` survive a power cut.
pub(crate) fn sync_directory(dir: &Path) -> Result<(), StoreError> {
    Ok(File::open(dir)?.sync_all()?)
}

/// Refuses a path on a network file system, where two machines' locks do not see each other. There is no
/// way round it: a broken lock loses entries silently.
pub(crate) fn refuse_network(path: &Path) -> Result<(), StoreError> {
    let Ok(stat) = rustix::fs::statfs(path) else {
        return Ok(());
    };
    // The magic is a signed or unsigned word depending on the machine; 32 bits of it are the name.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::unnecessary_cast)]
    let magic = stat.f_type as u32;
    let kind = match network_kind(magic) {
        Some(kind) => Some(kind.to_owned()),
        None if magic == FUSE => {
            let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
            let dev = std::fs::metadata(path)?.dev();
            network_fuse(&mounts, rustix::fs::major(dev), rustix::fs::minor(dev))
        }
        None => None,
    };
    match kind {
        Some(kind) => Err(StoreError::NetworkFileSystem { path: path.to_path_buf(), kind }),
        None => Ok(()),
    }
}

const FUSE: u32 = 0x6573_5546;

/// The name of the network file system with this `statfs` magic (linux/magic.h), if it is one.
pub(crate) fn network_kind(magic: u32) -> Option<&'static str> {
    Some(match magic {
        0x6969 => "nfs",
        0x517B => "smb",
        0xFF53_4D42 => "cifs",
        0xFE53_4D42 => "smb2",
        0x0102_1997 => "9p",
        0x5346_414F | 0x6B41_4653 => "afs",
        0x7375_7245 => "coda",
        0x564C => "ncp",
        0x00C3_6400 => "ceph",
        0x0BD0_0BD0 => "lustre",
        0x4750_4653 => "gpfs",
        _ => return None,
    })
}

/// FUSE carries local disks (ntfs-3g) and network ones (sshfs) under one magic; the mount table's type tells
/// them apart. `mounts` is the text of /proc/self/mountinfo.
pub(crate) fn network_fuse(mounts: &str, major: u32, minor: u32) -> Option<String> {
    const REMOTE: [&str; 12] = [
        "sshfs",
        "rclone",
        "glusterfs",
        "s3fs",
        "davfs",
        "davfs2",
        "gvfsd-fuse",
        "curlftpfs",
        "smbnetfs",
        "ceph-fuse",
        "juicefs",
        "goofys",
    ];
    let device = format!("{major}:{minor}");
    let line = mounts.lines().find(|line| line.split(' ').nth(2) == Some(device.as_str()))?;
    let (_, tail) = line.split_once(" - ")?;
    let kind = tail.split(' ').next()?;
    let name = kind.strip_prefix("fuse.")?;
    REMOTE.contains(&name).then(|| kind.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{network_fuse, network_kind};

    #[test]
    fn network_file_systems_are_known_by_their_magic() {
        for (magic, kind) in
            [(0x6969, "nfs"), (0xFF53_4D42, "cifs"), (0xFE53_4D42, "smb2"), (0x5346_414F, "afs")]
        {
            assert_eq!(network_kind(magic), Some(kind));
        }
        for local in [0xEF53, 0x9123_683E, 0x5846_5342, 0x0102_1994, 0x794C_7630] {
            assert_eq!(network_kind(local), None, "{local:#x}");
        }
    }

    #[test]
    fn fuse_is_judged_by_the_mount_table() {
        let mounts = "36 25 0:31 / /a rw - fuse.sshfs me@host:/ rw\n37 25 0:32 / /b rw shared:1 - fuseblk /dev/sdb1 rw\n";
        assert_eq!(network_fuse(mounts, 0, 31).as_deref(), Some("fuse.sshfs"));
        assert_eq!(network_fuse(mounts, 0, 32), None);
        assert_eq!(network_fuse(mounts, 0, 99), None);
    }
}
