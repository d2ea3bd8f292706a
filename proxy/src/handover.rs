//! A new program takes the place of the old one, and nobody is refused: the old one hands its
//! listening sockets over, both files of one kernel queue, so a connection that arrives in between
//! waits there for whoever accepts next.
//!
//! ```text
//!  old                         unix socket                          new
//!  serving, offers  ◄────────── connects ─────────────────  starts
//!                   ─── listening sockets (SCM_RIGHTS) ──►  reads rules, serves
//!  drains, ends     ◄────────── one byte: go ─────────────  offers in its turn
//! ```
//!
//! A new program that fails before `go` (bad rules, say) changes nothing: the old one serves on.

use std::{
    fs,
    io::{self, IoSlice, IoSliceMut, Read, Write},
    mem::MaybeUninit,
    net::TcpListener,
    os::{
        fd::{AsFd, OwnedFd},
        unix::{
            fs::PermissionsExt,
            net::{UnixListener, UnixStream},
        },
    },
    path::Path,
    thread,
    time::Duration,
};

use rustix::{
    cmsg_space,
    net::{
        RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
        SendAncillaryMessage, SendFlags, recvmsg, sendmsg, sockopt::socket_peercred,
    },
    process::geteuid,
};

use crate::run::Sockets;

/// Time for the new program to read its rules and begin to serve.
const START_TIME_MAX: Duration = Duration::from_mins(1);

/// What the new program says when it serves.
const GO: &[u8] = b"go";

/// The old program, which waits for a word.
#[derive(Debug)]
pub struct Predecessor(UnixStream);

impl Predecessor {
    /// Tells it to drain and to end.
    ///
    /// # Errors
    /// It is gone; then there is nobody to tell.
    pub fn leave(mut self) -> io::Result<()> {
        self.0.write_all(GO)
    }
}

/// Asks the program that serves at `path` for its sockets; `None` where there is none.
///
/// # Errors
/// Somebody is there who is no `outgrow-proxy` of the same user, or who stops in the middle.
pub fn take(path: &Path) -> io::Result<Option<(Sockets, Predecessor)>> {
    let stream = match UnixStream::connect(path) {
        Ok(stream) => stream,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused
            ) =>
        {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    check_user(&stream)?;
    stream.set_read_timeout(Some(START_TIME_MAX))?;
    let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(2))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let mut byte = [0];
    recvmsg(&stream, &mut [IoSliceMut::new(&mut byte)], &mut control, RecvFlags::CMSG_CLOEXEC)?;
    let mut sockets: Vec<OwnedFd> = Vec::new();
    for message in control.drain() {
        if let RecvAncillaryMessage::ScmRights(files) = message {
            sockets.extend(files);
        }
    }
    let mut sockets = sockets.into_iter().map(TcpListener::from);
    match (sockets.next(), sockets.next()) {
        (Some(clients), Some(admin)) => Ok(Some((Sockets { clients, admin }, Predecessor(stream)))),
        _ => Err(io::Error::new(io::ErrorKind::InvalidData, "no sockets were handed over")),
    }
}

/// Offers the sockets to whoever starts next with the same `path`; `left` is called once, when a
/// successor serves.
///
/// # Errors
/// The path cannot be bound, or the system refuses a thread.
pub fn offer(
    path: &Path,
    sockets: Sockets,
    left: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    // Bound beside it and moved over it: the path always leads to somebody.
    let beside = path.with_extension("new");
    let _ = fs::remove_file(&beside);
    let listener = UnixListener::bind(&beside)?;
    fs::set_permissions(&beside, fs::Permissions::from_mode(0o600))?;
    fs::rename(&beside, path)?;
    thread::Builder::new().name("handover".to_owned()).spawn(move || {
        for successor in listener.incoming() {
            match successor.and_then(|stream| hand_over(stream, &sockets)) {
                Ok(()) => return left(),
                Err(error) => {
                    tracing::warn!(%error, "a successor did not come to serve; we serve on");
                }
            }
        }
    })?;
    Ok(())
}

fn hand_over(mut stream: UnixStream, sockets: &Sockets) -> io::Result<()> {
    check_user(&stream)?;
    stream.set_read_timeout(Some(START_TIME_MAX))?;
    let files = [sockets.clients.as_fd(), sockets.admin.as_fd()];
    let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(2))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    control.push(SendAncillaryMessage::ScmRights(&files));
    sendmsg(&stream, &[IoSlice::new(b"!")], &mut control, SendFlags::NOSIGNAL)?;
    let mut word = [0; GO.len()];
    stream.read_exact(&mut word)?;
    if word == *GO { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// Who holds our sockets can answer our clients, so nobody else gets them.
fn check_user(stream: &UnixStream) -> io::Result<()> {
    if socket_peercred(stream)?.uid == geteuid() {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::PermissionDenied, "the other side is another user"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::sync_channel;

    fn sockets() -> Sockets {
        let bind = || TcpListener::bind("127.0.0.1:0").unwrap();
        Sockets { clients: bind(), admin: bind() }
    }

    #[test]
    fn nobody_there_is_no_error_and_a_failed_successor_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("upgrade.sock");
        assert!(take(&path).unwrap().is_none());
        let ours = sockets();
        let address = ours.clients.local_addr().unwrap();
        let (told, heard) = sync_channel(1);
        offer(&path, ours, move || told.send(()).unwrap()).unwrap();
        drop(take(&path).unwrap().expect("somebody is there"));
        let (taken, predecessor) = take(&path).unwrap().expect("it is still there");
        assert_eq!(taken.clients.local_addr().unwrap(), address);
        assert!(heard.try_recv().is_err(), "nobody said go yet");
        predecessor.leave().unwrap();
        heard.recv_timeout(Duration::from_secs(5)).unwrap();
        std::net::TcpStream::connect(address).expect("the successor's socket still listens");
        // Its door may still be open for a moment, with nobody behind it.
        let closed = (0..500).any(|_| {
            thread::sleep(Duration::from_millis(10));
            matches!(take(&path), Ok(None))
        });
        assert!(closed, "it offers once");
    }
}
