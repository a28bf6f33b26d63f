//! Asks a ClamAV daemon whether a file carries malware, over its own socket protocol
//! (`INSTREAM`): the bytes go in pieces with their length before them, a zero ends them, and one line
//! comes back.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::Duration;

/// Where the daemon listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scanner {
    address: String,
}

/// What the daemon says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Clean,
    /// With the name of what was found.
    Infected(String),
    /// It did not answer, or not about the file; the reason is for the log.
    Away(String),
}

const CONNECT: Duration = Duration::from_secs(3);
const ANSWER: Duration = Duration::from_secs(60);
const PIECE: usize = 64 * 1024;
/// Longest answer that is read.
const LINE: u64 = 4096;

impl Scanner {
    /// A daemon at `host:port`; nothing for an empty address.
    #[must_use]
    pub fn at(address: &str) -> Option<Scanner> {
        let address = address.trim();
        (!address.is_empty()).then(|| Scanner { address: address.to_owned() })
    }

    /// Asks about `bytes`. Blocks; called from worker threads, never inside a transaction.
    #[must_use]
    pub fn scan(&self, bytes: &[u8]) -> Verdict {
        match self.ask(bytes) {
            Ok(line) => verdict(&line),
            Err(e) => Verdict::Away(format!("clamd {}: {e}", self.address)),
        }
    }

    fn ask(&self, bytes: &[u8]) -> io::Result<String> {
        let mut stream = self.connect()?;
        stream.set_read_timeout(Some(ANSWER))?;
        stream.set_write_timeout(Some(ANSWER))?;
        stream.write_all(b"zINSTREAM\0")?;
        for piece in bytes.chunks(PIECE) {
            let length = u32::try_from(piece.len()).map_err(io::Error::other)?;
            stream.write_all(&length.to_be_bytes())?;
            stream.write_all(piece)?;
        }
        stream.write_all(&[0; 4])?;
        stream.flush()?;
        let mut answer = Vec::new();
        BufReader::new(stream.take(LINE)).read_until(0, &mut answer)?;
        Ok(String::from_utf8_lossy(&answer).trim_end_matches('\0').trim().to_owned())
    }

    fn connect(&self) -> io::Result<TcpStream> {
        let mut last = io::Error::new(io::ErrorKind::NotFound, "adres nie wskazuje na żadną maszynę");
        for address in self.address.to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, CONNECT) {
                Ok(stream) => return Ok(stream),
                Err(e) => last = e,
            }
        }
        Err(last)
    }
}

/// `stream: OK`, `stream: Eicar-Signature FOUND`; anything else is no verdict.
fn verdict(line: &str) -> Verdict {
    let said = line.strip_prefix("stream: ").unwrap_or_default();
    match said.strip_suffix(" FOUND") {
        Some(name) => Verdict::Infected(name.to_owned()),
        None if said == "OK" => Verdict::Clean,
        None => Verdict::Away(format!("clamd: {line}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ok_is_clean() {
        assert_eq!(verdict("stream: OK"), Verdict::Clean);
        assert_eq!(verdict("stream: Win.Test.EICAR FOUND"), Verdict::Infected("Win.Test.EICAR".into()));
        for line in ["", "OK", "INSTREAM size limit exceeded. ERROR", "stream: x ERROR"] {
            assert_eq!(verdict(line), Verdict::Away(format!("clamd: {line}")));
        }
    }

    #[test]
    fn no_address_is_no_scanner() {
        assert_eq!(Scanner::at("  "), None);
        let nobody = Scanner::at("127.0.0.1:1").unwrap();
        assert!(matches!(nobody.scan(b"x"), Verdict::Away(_)));
    }
}
