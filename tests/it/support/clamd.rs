//! A ClamAV daemon as the program meets it: the same protocol, another opinion.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What makes a file infected here.
pub const MALWARE: &[u8] = b"ZLOSLIWY-KOD-DO-TESTOW";

/// A daemon on `127.0.0.1`; it ends with the test process.
pub struct Clamd {
    pub address: String,
    /// The lengths of the files it was asked about.
    pub asked: Arc<Mutex<Vec<usize>>>,
}

impl Clamd {
    pub fn start() -> Clamd {
        Clamd::on(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    /// Starts on an address where nobody listened so far.
    pub fn start_at(address: &str) -> Clamd {
        Clamd::on(TcpListener::bind(address).unwrap())
    }

    fn on(listener: TcpListener) -> Clamd {
        let address = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let length = answer(stream);
                seen.lock().unwrap().push(length);
            }
        });
        Clamd { address, asked }
    }
}

/// An address where nobody listens.
pub fn nobody() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

fn answer(mut stream: TcpStream) -> usize {
    let mut from = BufReader::new(stream.try_clone().unwrap());
    let mut command = Vec::new();
    from.read_until(0, &mut command).unwrap();
    assert_eq!(command, b"zINSTREAM\0");
    let mut bytes = Vec::new();
    loop {
        let mut length = [0; 4];
        from.read_exact(&mut length).unwrap();
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap();
        if length == 0 {
            break;
        }
        let start = bytes.len();
        bytes.resize(start + length, 0);
        from.read_exact(&mut bytes[start..]).unwrap();
    }
    let found = bytes.windows(MALWARE.len()).any(|window| window == MALWARE);
    let line: &[u8] = if found { b"stream: Zlosliwy.Kod.Testowy FOUND\0" } else { b"stream: OK\0" };
    stream.write_all(line).unwrap();
    bytes.len()
}
