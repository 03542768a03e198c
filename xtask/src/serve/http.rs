//! A small HTTP server for static files on this machine: one thread per connection, one request per connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use super::{offline, policy};

/// Longer requests than this come from no browser.
const MOST_REQUEST_BYTES: u64 = 32 * 1024;
/// How long a connection may stay silent. Browsers open some in advance and use them later.
const PATIENCE: Duration = Duration::from_secs(30);

/// Listens on a port of this machine only; with a busy `port`, on the next free one. 0 is any free one.
pub fn listen(port: u16) -> Result<TcpListener> {
    let last = if port == 0 { 0 } else { port.saturating_add(20) };
    (port..=last)
        .find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok())
        .with_context(|| format!("no free port between {port} and {last}"))
}

/// Serves the page until the process ends, by this machine's own names and another one.
pub fn serve(listener: &TcpListener, root: &Path, name: Option<&str>) -> Result<()> {
    for stream in listener.incoming() {
        // A visitor that hung up is no reason to stop.
        let Ok(stream) = stream else { continue };
        let (root, name) = (root.to_path_buf(), name.map(str::to_owned));
        // Where no thread can be had, this visitor is lost, not the server.
        let _ = std::thread::Builder::new().spawn(move || drop(converse(stream, root, name)));
    }
    Ok(())
}

fn converse(mut stream: TcpStream, root: PathBuf, name: Option<String>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let Some(Request { method, target, host }) =
        request(&mut BufReader::new(stream.try_clone()?.take(MOST_REQUEST_BYTES)))?
    else {
        return Ok(());
    };
    let answer = if host.as_deref().is_some_and(|host| is_ours(host, name.as_deref())) {
        Answer::to(&method, &target, &root)
    } else {
        Answer::refusal(421, "Only by this machine's own names.\n")
    };
    // One line per request, in the order of the answers: tests read it, and so can anyone who wonders.
    println!("{} {} {}", method.escape_default(), target.escape_default(), answer.status);
    answer.write(&mut stream, method == "HEAD")
}

/// Whether a `Host` header names this machine, or is `other`. A page of elsewhere whose name was made to point here sends its own name.
fn is_ours(host: &str, other: Option<&str>) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "[::1]")
        || name.eq_ignore_ascii_case("localhost")
        || other.is_some_and(|other| name.eq_ignore_ascii_case(other))
}

/// What of a request matters here.
#[derive(Debug, PartialEq, Eq)]
struct Request {
    method: String,
    target: String,
    host: Option<String>,
}

/// A request whose headers have come to their end; `None` for anything else.
fn request(reader: &mut impl BufRead) -> std::io::Result<Option<Request>> {
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut words = first.split_whitespace();
    let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next()) else {
        return Ok(None);
    };
    if !version.starts_with("HTTP/1.") || words.next().is_some() {
        return Ok(None);
    }
    let mut found = Request { method: method.to_owned(), target: target.to_owned(), host: None };
    let mut row = String::new();
    loop {
        row.clear();
        if reader.read_line(&mut row)? == 0 {
            return Ok(None);
        }
        if row.trim_end().is_empty() {
            return Ok(Some(found));
        }
        if let Some((name, value)) = row.split_once(':')
            && name.eq_ignore_ascii_case("host")
        {
            // Two of them are none that could be trusted.
            found.host = found.host.is_none().then(|| value.trim().to_owned());
        }
    }
}

/// What is sent back.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    /// The answer to a request: a file on the list, or a refusal with the same headers.
    pub fn to(method: &str, target: &str, root: &Path) -> Self {
        if !matches!(method, "GET" | "HEAD") {
            return Self::refusal(405, "Only GET and HEAD.\n");
        }
        let Some(path) = policy::allowed(target) else { return Self::refusal(404, "Not here.\n") };
        let body = policy::file(root, path).and_then(|file| match path {
            policy::SERVICE_WORKER => offline::service_worker(root).ok().map(String::into_bytes),
            _ => std::fs::read(file).ok(),
        });
        match (body, policy::media_type(path)) {
            (Some(body), Some(kind)) => {
                let mut headers = policy::headers(Some(path));
                headers.push(("Content-Type", kind.to_owned()));
                Self { status: 200, headers, body }
            }
            _ => Self::refusal(404, "Not here.\n"),
        }
    }

    fn refusal(status: u16, text: &str) -> Self {
        let mut headers = policy::headers(None);
        headers.push(("Content-Type", "text/plain; charset=utf-8".to_owned()));
        Self { status, headers, body: text.as_bytes().to_vec() }
    }

    fn write(&self, stream: &mut impl Write, head_only: bool) -> std::io::Result<()> {
        let reason = match self.status {
            200 => "OK",
            405 => "Method Not Allowed",
            421 => "Misdirected Request",
            _ => "Not Found",
        };
        let mut head = format!("HTTP/1.1 {} {reason}\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", self.body.len()));
        stream.write_all(head.as_bytes())?;
        if !head_only {
            stream.write_all(&self.body)?;
        }
        stream.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_whole_request_and_nothing_less() {
        let read = |text: &str| request(&mut text.as_bytes()).unwrap();
        let whole = |host: Option<&str>| {
            Some(Request { method: "GET".into(), target: "/".into(), host: host.map(str::to_owned) })
        };
        assert_eq!(read("GET / HTTP/1.1\r\nhost: x:1 \r\n\r\n"), whole(Some("x:1")));
        assert_eq!(read("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"), whole(None));
        assert_eq!(read("GET / HTTP/1.1\r\nHost: x\r\n"), None);
        assert_eq!(read("GET / HTTP/1.1 more\r\n\r\n"), None);
        assert_eq!(read("GET /\r\n\r\n"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn answers_over_a_real_connection() {
        let root = std::env::temp_dir().join(format!("undertone-http-{}", std::process::id()));
        std::fs::create_dir_all(root.join("www")).unwrap();
        std::fs::write(root.join("index.html"), "<p>here</p>").unwrap();
        std::fs::write(root.join("Cargo.toml"), "not for you").unwrap();
        let listener = listen(0).unwrap();
        let address = listener.local_addr().unwrap();
        let folder = root.clone();
        std::thread::spawn(move || serve(&listener, &folder, Some("undertone.test")));
        let ask = |text: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(text.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        };
        let page = ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.ends_with("<p>here</p>"), "{page}");
        assert!(
            page.contains("connect-src 'none'") && page.contains("Connection-Allowlist: (response-origin)")
        );
        let head = ask("HEAD / HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n");
        assert!(head.contains("Content-Length: 11\r\n") && head.ends_with("\r\n\r\n"), "{head}");
        assert!(ask("POST / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n").starts_with("HTTP/1.1 405 "));
        for target in ["/Cargo.toml", "/www/../Cargo.toml", "/www/%2e%2e/Cargo.toml", "/.git/config"] {
            let refusal = ask(&format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            assert!(refusal.starts_with("HTTP/1.1 404 ") && !refusal.contains("not for you"), "{target}");
            assert!(refusal.contains("connect-src 'none'"), "{target}");
        }
        assert!(ask("GET / HTTP/1.1\r\nHost: undertone.test:1\r\n\r\n").starts_with("HTTP/1.1 200 OK\r\n"));
        for host in ["", "Host: example.org\r\n", "Host: 127.0.0.1.example.org\r\n", "Host: 0.0.0.0\r\n"] {
            let refusal = ask(&format!("GET / HTTP/1.1\r\n{host}\r\n"));
            assert!(refusal.starts_with("HTTP/1.1 421 ") && !refusal.contains("<p>here</p>"), "{host}");
        }
        std::fs::remove_dir_all(root).unwrap();
    }
}
