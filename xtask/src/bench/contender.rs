//! A program that is timed: a process that answers lines, so that several are asked in turn on the same sounds. It ends when
//! nobody asks any more: its input is then closed.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};

use super::statistics::Sample;

/// A program that answers on standard output what it is asked on standard input.
pub struct Contender {
    /// Its name and version, as it gives them.
    pub title: String,
    /// Whether it runs in Node.
    pub runs_in_node: bool,
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Contender {
    pub fn start(command: &mut Command) -> Result<Self> {
        let line = crate::shell::line(command);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot run {line}"))?;
        let (Some(questions), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            bail!("{line} has no input or output");
        };
        let answers = BufReader::new(answers);
        Ok(Self { title: String::new(), runs_in_node: false, child, questions, answers })
    }

    /// Starts a program whose first line is its name and version.
    pub fn start_peer(command: &mut Command) -> Result<Self> {
        let mut peer = Self::start(command)?;
        let title = peer.answer()?;
        if let Some(reason) = title.strip_prefix("not here: ") {
            bail!("{reason}");
        }
        peer.title = title;
        Ok(peer)
    }

    /// The same, marked as one that runs in Node.
    pub fn in_node(mut self) -> Self {
        self.runs_in_node = true;
        self
    }

    pub fn ask(&mut self, words: &[&str]) -> Result<String> {
        writeln!(self.questions, "{}", words.join("\t"))?;
        self.questions.flush()?;
        self.answer()
    }

    /// CPU time and wall time of one extraction.
    pub fn time(&mut self, rate_hz: u32, file: &Path, options: &[&str]) -> Result<Sample> {
        let (rate_hz, file) = (rate_hz.to_string(), file.to_string_lossy());
        let answer = self.ask(&[&["time", &rate_hz, &file], options].concat())?;
        Sample::parse(&answer).with_context(|| format!("{} answers {answer:?}", self.title))
    }

    fn answer(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            bail!("it has ended ({})", self.child.wait()?);
        }
        Ok(line.trim_end().to_owned())
    }
}
