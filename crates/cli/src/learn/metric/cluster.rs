//! The metric-cluster term: utterances of one emotion near each other, emotions far apart.
//!
//! D_intra = Σ_k Σ_{i∈k} ‖z_i − z̄_k‖ and D_inter = Σ_{k<j} ‖z̄_k − z̄_j‖ with the class means z̄ of the batch; the
//! term is D_intra / D_inter (method §2). It does not change when all latents are multiplied by a factor.
//!
//! The code released with Das et al. takes the root of each distance in D_inter once more. Multiplied by a factor s, the term
//! then grows with √s: it shrinks the latent space.

use ndarray::Array2;

use super::term::MetricTerm;

/// The term for the classes \[B\] and latents \[B, 2\] of a batch.
///
/// For a batch of one class (or of one utterance), and for class means that all coincide, value and gradient are 0. A
/// class of one member adds nothing to D_intra, but counts in D_inter. Where a distance is exactly 0, its
/// gradient counts as 0.
pub fn cluster_term(classes: &[usize], latent: &Array2<f64>, as_released: bool) -> MetricTerm {
    let mut names = classes.to_vec();
    names.sort_unstable();
    names.dedup();
    let place: Vec<usize> = classes.iter().map(|class| names.binary_search(class).unwrap_or(0)).collect();
    let (means, counts) = class_means(&place, names.len(), latent);

    let (intra, mut intra_gradient) = intra(&place, &means, &counts, latent);
    let (inter, inter_gradient) = inter(&means, as_released);
    // A distance at the size of rounding errors counts as 0.
    if inter <= 1e-12 * intra || inter == 0.0 {
        return MetricTerm::zero(latent);
    }
    let value = intra / inter;
    for (mut row, &class) in intra_gradient.rows_mut().into_iter().zip(&place) {
        for (g, inter_g) in row.iter_mut().zip(inter_gradient.row(class)) {
            *g = (*g - value * inter_g / counts[class]) / inter;
        }
    }
    MetricTerm { value, gradient: intra_gradient }
}

/// Mean latent of each class, \[classes, 2\], and its number of members.
fn class_means(place: &[usize], classes: usize, latent: &Array2<f64>) -> (Array2<f64>, Vec<f64>) {
    let mut means = Array2::zeros((classes, latent.ncols()));
    let mut counts = vec![0.0; classes];
    for (row, &class) in latent.rows().into_iter().zip(place) {
        let mut mean = means.row_mut(class);
        mean += &row;
        counts[class] += 1.0;
    }
    for (mut mean, count) in means.rows_mut().into_iter().zip(&counts) {
        mean /= *count;
    }
    (means, counts)
}

/// D_intra and its gradient with respect to every latent.
fn intra(place: &[usize], means: &Array2<f64>, counts: &[f64], latent: &Array2<f64>) -> (f64, Array2<f64>) {
    let mut sum = 0.0;
    // Directions away from the class mean, of length 1; and their mean in each class, by which the mean itself moves.
    let mut directions = Array2::zeros(latent.raw_dim());
    let mut pulls = Array2::<f64>::zeros(means.raw_dim());
    for ((row, mut direction), &class) in latent.rows().into_iter().zip(directions.rows_mut()).zip(place) {
        let away = &row - &means.row(class);
        let distance = length(away.iter());
        sum += distance;
        if distance > 0.0 {
            direction.assign(&(away / distance));
            let mut pull = pulls.row_mut(class);
            pull.scaled_add(1.0 / counts[class], &direction);
        }
    }
    for (mut direction, &class) in directions.rows_mut().into_iter().zip(place) {
        direction -= &pulls.row(class);
    }
    (sum, directions)
}

/// D_inter and its gradient with respect to every class mean.
fn inter(means: &Array2<f64>, as_released: bool) -> (f64, Array2<f64>) {
    let mut sum = 0.0;
    let mut gradient = Array2::zeros(means.raw_dim());
    for k in 0..means.nrows() {
        for j in k + 1..means.nrows() {
            let between = &means.row(k) - &means.row(j);
            let distance = length(between.iter());
            if distance == 0.0 {
                continue;
            }
            let (value, slope) = if as_released {
                let root = libm::sqrt(distance);
                (root, 0.5 / root)
            } else {
                (distance, 1.0)
            };
            sum += value;
            gradient.row_mut(k).scaled_add(slope / distance, &between);
            gradient.row_mut(j).scaled_add(-slope / distance, &between);
        }
    }
    (sum, gradient)
}

fn length<'a>(values: impl Iterator<Item = &'a f64>) -> f64 {
    let mut squares = 0.0;
    for value in values {
        squares += value * value;
    }
    libm::sqrt(squares)
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn cluster_term_of_a_batch_is_that_worked_by_hand() {
        // Class 5: mean (0, 0), both members 1 away. Class 2: a single member at (3, 4). Distance of the means 5.
        let latent = array![[1.0, 0.0], [3.0, 4.0], [-1.0, 0.0]];
        let term = cluster_term(&[5, 2, 5], &latent, false);
        assert!((term.value - 2.0 / 5.0).abs() < 1e-15);
        let released = cluster_term(&[5, 2, 5], &latent, true);
        assert!((released.value - 2.0 / 5f64.sqrt()).abs() < 1e-15);
        // A third class at (0, 0): distances 5, 0 and 5; the one that is 0 has no direction.
        let latent = array![[1.0, 0.0], [3.0, 4.0], [-1.0, 0.0], [0.0, 0.0]];
        let term = cluster_term(&[5, 2, 5, 7], &latent, true);
        assert!((term.value - 2.0 / (2.0 * 5f64.sqrt())).abs() < 1e-15);
        assert!(term.gradient.iter().all(|g| g.is_finite()));
    }

    #[test]
    fn cluster_term_grows_with_the_latent_scale_only_as_released() {
        let latent = array![[1.0, 0.5], [3.0, 4.0], [-1.0, 0.0], [2.0, -2.0]];
        let classes = [0, 1, 0, 1];
        // With a factor s the slides' term stays and the released one grows with √s; so its slope at s = 1 is half of it.
        for (as_released, growth, slope) in [(false, 1.0, 0.0), (true, 2.0, 0.5)] {
            let of = |latent: &Array2<f64>| cluster_term(&classes, latent, as_released);
            let (one, four) = (of(&latent), of(&(4.0 * &latent)).value);
            assert!((four / one.value - growth).abs() < 1e-12, "{as_released}: {}", four / one.value);
            let along = (&one.gradient * &latent).sum();
            assert!((along / one.value - slope).abs() < 1e-12, "{as_released}: {along}");
        }
    }

    #[test]
    fn cluster_term_is_zero_where_it_is_not_defined() {
        let latent = array![[1.0, 0.0], [3.0, 4.0], [-1.0, 0.0]];
        // One class; nobody; two classes with the same mean.
        for (classes, latent) in [
            (vec![4, 4, 4], latent),
            (vec![], Array2::zeros((0, 2))),
            (vec![0, 0, 1, 1], array![[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]),
            (vec![0, 1], array![[0.3, 0.1], [0.3, 0.1]]),
        ] {
            for as_released in [false, true] {
                assert_eq!(cluster_term(&classes, &latent, as_released), MetricTerm::zero(&latent));
            }
        }
    }

    #[test]
    fn cluster_term_of_classes_of_one_member_has_no_gradient() {
        let latent = array![[1.0, 0.0], [3.0, 4.0]];
        let term = cluster_term(&[0, 1], &latent, false);
        assert_eq!(term.value, 0.0);
        assert!(term.gradient.iter().all(|&g| g == 0.0));
    }
}
