//! One HTTP request over a socket, for tests that talk to the program's own process.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// Posts a form; `None` when the connection broke before an answer.
pub fn post(base: &str, path: &str, session: &str, fields: &[(&str, &str)]) -> Option<(u16, String)> {
    let host = base.trim_start_matches("http://");
    let token = konkurs::store::digest(&format!("form:{session}"));
    let mut all = fields.to_vec();
    all.push(("_token", &token));
    let body = serde_urlencoded::to_string(all).ok()?;
    let mut stream = TcpStream::connect(host).ok()?;
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
         Cookie: konkurs={session}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1)?.parse().ok()?;
    let location = answer
        .lines()
        .find_map(|line| line.strip_prefix("location: ").or_else(|| line.strip_prefix("Location: ")))
        .unwrap_or_default();
    Some((status, location.to_owned()))
}
