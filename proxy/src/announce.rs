//! The PROXY protocol, versions 1 and 2: a load balancer that passes bytes on says first whose
//! they are. Only those named by `--proxy-protocol` may, and they must.

use std::{
    io,
    net::{IpAddr, SocketAddr},
};

use ppp::{HeaderResult, v1, v2};
use tokio::{io::AsyncReadExt as _, net::TcpStream};

/// The first bytes of version 2.
const SIGNATURE: &[u8; 12] = b"\r\n\r\n\0\r\nQUIT\n";

/// Bytes of a line of version 1, as its specification bounds it.
const LINE_BYTES_MAX: usize = 107;

/// Bytes of a header of version 2. Addresses take at most 216; the rest are notes about TLS, which
/// hold a certificate's name and not the certificate.
const HEADER_BYTES_MAX: usize = 4_096;

/// Reads the announcement and nothing behind it. `None` where the sender speaks for itself, such
/// as a health check of the load balancer.
///
/// # Errors
/// There is none, or it is malformed or too long; the connection is of no use then.
pub(crate) async fn read(socket: &mut TcpStream) -> io::Result<Option<SocketAddr>> {
    let mut header = vec![0; SIGNATURE.len()];
    socket.read_exact(&mut header).await?;
    if header == SIGNATURE {
        read_rest(socket, &mut header).await?;
    } else if header.starts_with(b"PROXY ") {
        read_line(socket, &mut header).await?;
    } else {
        return Err(malformed());
    }
    client(&header)
}

async fn read_rest(socket: &mut TcpStream, header: &mut Vec<u8>) -> io::Result<()> {
    let mut fixed = [0; 4];
    socket.read_exact(&mut fixed).await?;
    let length = usize::from(u16::from_be_bytes([fixed[2], fixed[3]]));
    header.extend(fixed);
    let begin = header.len();
    if begin + length > HEADER_BYTES_MAX {
        return Err(malformed());
    }
    header.resize(begin + length, 0);
    socket.read_exact(&mut header[begin..]).await?;
    Ok(())
}

/// Up to the end of the line: what comes behind it is the client's.
async fn read_line(socket: &mut TcpStream, line: &mut Vec<u8>) -> io::Result<()> {
    let mut ahead = [0; LINE_BYTES_MAX];
    while line.last() != Some(&b'\n') {
        let left = LINE_BYTES_MAX.checked_sub(line.len()).filter(|left| *left > 0);
        let seen = socket.peek(&mut ahead[..left.ok_or_else(malformed)?]).await?;
        let ends = ahead[..seen].iter().position(|byte| *byte == b'\n');
        let taken = ends.map_or(seen, |at| at + 1);
        if taken == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        socket.read_exact(&mut ahead[..taken]).await?;
        line.extend_from_slice(&ahead[..taken]);
    }
    Ok(())
}

/// The client of a whole announcement; `None` where it names none.
fn client(header: &[u8]) -> io::Result<Option<SocketAddr>> {
    let at = |ip: IpAddr, port| Some(SocketAddr::new(ip, port));
    Ok(match HeaderResult::parse(header) {
        HeaderResult::V1(Ok(header)) => match header.addresses {
            v1::Addresses::Tcp4(from) => at(from.source_address.into(), from.source_port),
            v1::Addresses::Tcp6(from) => at(from.source_address.into(), from.source_port),
            v1::Addresses::Unknown => None,
        },
        HeaderResult::V2(Ok(header)) if header.command == v2::Command::Local => None,
        HeaderResult::V2(Ok(header)) => match header.addresses {
            v2::Addresses::IPv4(from) => at(from.source_address.into(), from.source_port),
            v2::Addresses::IPv6(from) => at(from.source_address.into(), from.source_port),
            v2::Addresses::Unspecified | v2::Addresses::Unix(_) => None,
        },
        _ => return Err(malformed()),
    })
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "no announcement by the PROXY protocol")
}
