//! A terminal at this end of a line: whatever program is started in it, what it shows, and every byte it wrote.

use std::io::{Read as _, Write as _};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long a busy machine may take for anything.
const PATIENCE: Duration = Duration::from_secs(40);

pub(crate) struct Line {
    keys: Box<dyn std::io::Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    bytes: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    /// Everything that was written.
    pub(crate) written: Vec<u8>,
    _master: Box<dyn MasterPty + Send>,
}

impl Line {
    /// Starts a program at a terminal of 80 by 24.
    pub(crate) fn open(command: CommandBuilder) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                drop(send.send(buffer.iter().take(n).copied().collect()));
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let screen = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
        Self { keys, child, bytes, screen, written: Vec::new(), _master: pair.master }
    }

    fn take(&mut self, wait: Duration) -> Result<(), RecvTimeoutError> {
        let more = self.bytes.recv_timeout(wait)?;
        self.screen.process(&more);
        self.written.extend(more);
        Ok(())
    }

    pub(crate) fn shown(&self) -> String {
        self.screen.screen().contents()
    }

    /// What is on the line where the cursor stands, up to the cursor.
    pub(crate) fn at_cursor(&self) -> String {
        let (row, column) = self.screen.screen().cursor_position();
        self.screen.screen().contents_between(row, 0, row, column)
    }

    pub(crate) fn wait_for(&mut self, what: &str, seen: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !seen(self) {
            assert!(Instant::now() < end, "waiting for {what:?} on\n{}", self.shown());
            if self.take(Duration::from_millis(50)) == Err(RecvTimeoutError::Disconnected) {
                assert!(seen(self), "the line ended; waiting for {what:?} on\n{}", self.shown());
            }
        }
    }

    pub(crate) fn wait(&mut self, until: &str) {
        self.wait_for(until, |line| line.shown().contains(until));
    }

    /// Waits until what stands before the cursor ends so.
    pub(crate) fn wait_at(&mut self, until: &str) {
        self.wait_for(until, |line| line.at_cursor().trim_end().ends_with(until));
    }

    /// Waits until the lines face asks for something else than a PIN.
    pub(crate) fn wait_signed_in(&mut self) {
        self.wait_for("the first page", |line| {
            let prompt = line.at_cursor();
            prompt.trim_end().ends_with('>') && !prompt.contains("PIN")
        });
    }

    /// Sends keys; the end of the line is no failure here, somebody may have cut it.
    pub(crate) fn send(&mut self, bytes: &str) {
        drop(self.keys.write_all(bytes.as_bytes()).and_then(|()| self.keys.flush()));
    }

    /// The program's number.
    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Takes what comes for a while.
    pub(crate) fn settle(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            if self.take(left) == Err(RecvTimeoutError::Disconnected) {
                return;
            }
        }
    }

    /// Waits for the end of the program.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        loop {
            let _ = self.take(Duration::from_millis(50));
            if let Some(status) = self.child.try_wait().unwrap() {
                self.settle(Duration::from_millis(100));
                return status;
            }
            assert!(Instant::now() < end, "the program does not end\n{}", self.shown());
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
