//! The lesson's figures from plain objects; their fields are listed in [`super::lesson_types`].

use wasm_bindgen::JsValue;

use super::error::coded;
use super::fields::Fields;
use super::specs::{Read, all, palette};
use crate::audio::SAMPLE_RATE_HZ;
use crate::chart::lesson::Sheet;
use crate::chart::lesson::contours::{ContourRow, ContoursSpec};
use crate::chart::lesson::ranks::{RankRow, RanksSpec};
use crate::chart::lesson::waveform::{Bell, WaveformSpec};
use crate::lesson::{Lesson, frame_middle_s};
use egemaps::catalogue::Lld;
use egemaps::geometry::{FrameShape, Window};

/// Size and colours.
pub fn sheet(fields: &Fields) -> Read<Sheet> {
    Ok(Sheet {
        width: fields.number("width")?,
        height: fields.number("height")?,
        ratio: fields.number("ratio")?,
        palette: palette(&fields.fields("palette")?)?,
    })
}

fn numbers(fields: &Fields, name: &str) -> Read<Vec<f64>> {
    Ok(fields.list(name)?.iter().map(|value| value.as_f64().unwrap_or(f64::NAN)).collect())
}

fn few<const N: usize>(fields: &Fields, name: &str) -> Read<[f64; N]> {
    numbers(fields, name)?
        .try_into()
        .map_err(|_| coded("bad_argument", &format_args!("`{name}` is not {N} numbers")))
}

/// Two numbers.
pub fn two(fields: &Fields, name: &str) -> Read<[f64; 2]> {
    few(fields, name)
}

/// Four numbers.
pub fn four(fields: &Fields, name: &str) -> Read<[f64; 4]> {
    few(fields, name)
}

/// A stretch of the sound.
pub fn wave(fields: &Fields) -> Read<WaveformSpec> {
    Ok(WaveformSpec {
        sheet: sheet(fields)?,
        span: two(fields, "span")?,
        peak: 1.0,
        windows: all(fields.list("windows")?, bell)?,
        at: fields.number_if("at")?,
    })
}

fn bell(fields: &Fields) -> Read<Bell> {
    let kinds = [("hamming", Window::Hamming), ("gaussian", Window::Gaussian)];
    let kind = fields.word("kind", &kinds)?;
    let length_s = fields.number("seconds")?.clamp(0.001, 1.0);
    Ok(Bell {
        start_s: fields.number("middle")? - length_s / 2.0,
        length_s,
        shape: FrameShape::new(SAMPLE_RATE_HZ, length_s, kind).window,
        strong: fields.flag("strong"),
        dashed: kind == Window::Gaussian,
    })
}

/// Contours under each other.
pub fn contours(fields: &Fields, lesson: &Lesson) -> Read<ContoursSpec> {
    let at = fields.number_if("at")?;
    let row = |value: JsValue| -> Read<ContourRow> {
        let fields = Fields::of(value)?;
        let lld = Lld::ALL.get(fields.number("contour")? as usize).copied();
        let lld = lld.ok_or_else(|| coded("bad_argument", &"there is no such descriptor"))?;
        Ok(ContourRow {
            top: fields.number("top")?,
            height: fields.number("height")?,
            values: lesson.lld(lld),
            start_s: frame_middle_s(lld),
            step_s: lesson.features.hop_s,
            marked: at.map(|at| lesson.frame_at(lld, at)),
        })
    };
    let mut rows = Vec::new();
    for value in fields.list("rows")? {
        rows.push(row(value)?);
    }
    Ok(ContoursSpec { sheet: sheet(fields)?, span: two(fields, "span")?, rows, at })
}

/// Ticks among the reference voices.
pub fn ranks(fields: &Fields) -> Read<RanksSpec> {
    Ok(RanksSpec { sheet: sheet(fields)?, rows: all(fields.list("rows")?, rank_row)? })
}

fn rank_row(fields: &Fields) -> Read<RankRow> {
    Ok(RankRow {
        top: fields.number("top")?,
        height: fields.number("height")?,
        ticks: numbers(fields, "ticks")?,
        marked: fields.number_if("marked")?.map(|index| index as usize),
    })
}
