//! Attribution analysis: which feature groups contribute to each method's output, and for which emotions, as in Das et al.
//! (2022).
//!
//! For every objective some networks are trained on the source. Every utterance of a corpus gets the exact
//! path-integrated contributions of its features (from the average training voice), summed over the 27 groups. What is
//! compared is |φ| of a group: its mean per emotion, and whether emotions differ in it.
//!
//! | module | what |
//! |---|---|
//! | [`measure`] | from networks and utterances to \|φ\| per utterance and group |
//! | [`rank_tests`] | Kruskal–Wallis, Holm, the sign test |
//! | [`classes`] | means and tests per emotion, contrasts of two emotions |
//! | [`findings`] | the findings of Das et al., one by one |
//! | [`report`] | the report (Markdown) |
//! | [`tables`] | the tables (CSV) |

pub mod classes;
pub mod findings;
pub mod measure;
pub mod rank_tests;
pub mod report;
pub mod tables;

#[cfg(test)]
pub(crate) mod testing;

/// What the contributions add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Output {
    /// The mean of the two latent coordinates. It exists for every method and is probably what Das et al. analysed;
    /// for all but metric-act (activation) and metric-val (valence) its scale and sign mean nothing.
    MeanLatent,
    /// The activation score: for metric-act the mean latent coordinate itself, for the others the readout fitted to the
    /// source's activation labels. In label units.
    Score,
}

impl Output {
    /// Name as written in files.
    pub const fn name(self) -> &'static str {
        match self {
            Output::MeanLatent => "mean-latent",
            Output::Score => "score",
        }
    }
}

/// An output, as it is or divided by its standard deviation over the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct View {
    /// What the contributions add up to.
    pub output: Output,
    /// Whether contributions are divided by the standard deviation of the output over the source, so that methods can be
    /// compared whose latents differ in scale.
    pub normalised: bool,
}

impl View {
    /// All four.
    pub const ALL: [View; 4] = [
        View { output: Output::MeanLatent, normalised: false },
        View { output: Output::MeanLatent, normalised: true },
        View { output: Output::Score, normalised: false },
        View { output: Output::Score, normalised: true },
    ];

    /// Position in [`View::ALL`].
    pub const fn index(self) -> usize {
        2 * self.output as usize + self.normalised as usize
    }

    /// Name as written in files.
    pub fn name(self) -> String {
        format!("{}-{}", self.output.name(), if self.normalised { "normalised" } else { "raw" })
    }

    /// The unit of |φ|.
    pub const fn unit(self) -> &'static str {
        match (self.output, self.normalised) {
            (Output::MeanLatent, false) => "latent units",
            (Output::Score, false) => "score units (1 calm to 5 excited)",
            (_, true) => "standard deviations of the output",
        }
    }
}
