//! One channel of several, or their mean.

/// Appends the mean of the channels of each frame to `samples`, or one `channel`, counted from 0; nothing if there is no such
/// channel. `interleaved` has a sample of each channel in turn; what is left over after the last whole frame is ignored.
///
/// The mean is summed in double precision in the order of the channels, and rounded once; that of one channel is exact.
pub fn mono<T: Copy + Into<f64>>(
    interleaved: &[T],
    channels: usize,
    channel: Option<usize>,
    samples: &mut Vec<f32>,
) {
    if channels == 0 {
        return;
    }
    let frames = interleaved.chunks_exact(channels);
    match channel {
        Some(channel) => {
            samples.extend(frames.filter_map(|frame| frame.get(channel).map(|v| (*v).into() as f32)))
        }
        None => {
            let count = channels as f64;
            samples
                .extend(frames.map(|frame| (frame.iter().map(|v| (*v).into()).sum::<f64>() / count) as f32));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mono;

    #[test]
    fn mono_gives_the_mean_or_a_channel() {
        let of = |channels, channel| {
            let mut samples = Vec::new();
            mono(&[1.0f32, 2.0, 6.0, -1.0, 0.0, 0.25, 9.0], channels, channel, &mut samples);
            samples
        };
        assert_eq!(of(3, None), [3.0, -0.25]);
        assert_eq!(of(3, Some(2)), [6.0, 0.25]);
        assert!(of(3, Some(3)).is_empty());
        assert!(of(0, None).is_empty());
        assert_eq!(of(1, None), of(1, Some(0)));
    }
}
