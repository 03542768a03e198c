//! `cargo xtask serve`: builds the page and serves it on this machine, as a good host would.

mod http;
pub mod offline;
pub mod policy;

use anyhow::{Context, Result, bail};

/// Where the page is served unless something else is there already or asked for.
const PORT: u16 = 8018;

/// `cargo xtask serve [--port N] [--no-build] [--root DIR] [--name NAME]`; DIR is another folder that is laid out like this one, NAME
/// another name of this machine that the server answers by.
pub fn command_line(mut words: &[&str]) -> Result<()> {
    let (mut port, mut build, mut root, mut name) = (PORT, true, crate::paths::root(), None);
    loop {
        words = match words {
            [] => break,
            ["--port", number, rest @ ..] => {
                port = number.parse().with_context(|| format!("--port {number}: not a port"))?;
                rest
            }
            ["--no-build", rest @ ..] => {
                build = false;
                rest
            }
            ["--root", folder, rest @ ..] => {
                root = folder.into();
                rest
            }
            ["--name", other, rest @ ..] => {
                name = Some((*other).to_owned());
                rest
            }
            [other, ..] => bail!("serve does not know {other}"),
        };
    }
    if build {
        crate::build::page()?;
    }
    let listener = http::listen(port)?;
    println!("Undertone: http://{}/", listener.local_addr()?);
    eprintln!("(Ctrl+C ends it. Only this machine can reach it, and the page can reach nothing else.)");
    http::serve(&listener, &root, name.as_deref())
}
