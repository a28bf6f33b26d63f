//! A connection that is kept alive, and one request after the other on it.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use konkurs::law::Instant;
use konkurs::store::Clock;

/// Longer than the program waits for its database; whoever gets no answer by then counts as an error.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Browser {
    host: String,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub body: String,
    /// When the last byte of the request had left.
    pub sent_at: Instant,
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

impl Browser {
    pub fn new(host: &str) -> Browser {
        Browser { host: host.to_owned(), stream: None, buffer: Vec::with_capacity(64 * 1024) }
    }

    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        self.send(head.as_bytes())
    }

    /// Posts a form as a page (or, for JSON, the script of a page) does.
    pub fn post(&mut self, path: &str, session: &str, json: bool, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let body = serde_urlencoded::to_string(fields).map_err(|e| broken(&e.to_string()))?;
        let accept = if json { "application/json" } else { "text/html" };
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nAccept: {accept}\r\nSec-Fetch-Site: same-origin\r\n\
             Cookie: konkurs={session}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        );
        self.send(request.as_bytes())
    }

    /// A connection that broke is opened anew for the next request.
    fn send(&mut self, request: &[u8]) -> io::Result<Answer> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(&self.host)?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                stream
            }
        };
        stream.write_all(request)?;
        let sent_at = Clock::system().now();
        let answer = read(&mut stream, &mut self.buffer, sent_at)?;
        self.stream = Some(stream);
        Ok(answer)
    }
}

fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>, sent_at: Instant) -> io::Result<Answer> {
    buffer.clear();
    let end = loop {
        if let Some(at) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        more(stream, buffer)?;
    };
    let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(|| broken("no status"))?;
    let field = |name: &str| {
        head.lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, v)| v)
    };
    let length: usize = field("content-length").and_then(|v| v.parse().ok()).ok_or_else(|| broken("no length"))?;
    while buffer.len() < end + length {
        more(stream, buffer)?;
    }
    let body = String::from_utf8_lossy(&buffer[end..end + length]).into_owned();
    Ok(Answer { status, location: field("location").unwrap_or_default().to_owned(), body, sent_at })
}

fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<()> {
    let mut chunk = [0; 32 * 1024];
    match stream.read(&mut chunk)? {
        0 => Err(broken("the connection ended")),
        n => {
            buffer.extend_from_slice(&chunk[..n]);
            Ok(())
        }
    }
}
