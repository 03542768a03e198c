//! The charts' specifications from plain objects; their fields are listed in [`super::types`].

use wasm_bindgen::JsValue;

use super::fields::Fields;
use crate::chart::contributions::{ContributionsSpec, Row, StartMark};
use crate::chart::embedding::{DotsBy, EmbeddingSpec, Utterance};
use crate::chart::figure::{FigureSpec, Gap, Label, Placed};
use crate::chart::geometry::{Axis, Plumb};
use crate::chart::palette::{Palette, PlayedColours};
use crate::chart::scale::{MarkStyle, ScaleMark, ScaleSpec};
use crate::chart::shape::{Anchor, Face};

pub(super) type Read<T> = Result<T, JsValue>;

pub(super) fn all<T>(values: Vec<JsValue>, read: fn(&Fields) -> Read<T>) -> Read<Vec<T>> {
    let mut items = Vec::with_capacity(values.len());
    for value in values {
        items.push(read(&Fields::of(value)?)?);
    }
    Ok(items)
}

fn whole(fields: &Fields, name: &str) -> Read<u32> {
    fields.number(name).map(|number| number as u32)
}

/// Where scores stand.
pub fn axis(fields: &Fields) -> Read<Axis> {
    Ok(Axis { left: fields.number("left")?, right: fields.number("right")? })
}

pub(super) fn palette(fields: &Fields) -> Read<Palette> {
    let emotions = fields.fields("emotions")?;
    Ok(Palette {
        paper: fields.colour("paper")?,
        field: fields.colour("field")?,
        mark: fields.colour("mark")?,
        wash: fields.colour("wash")?,
        ink: fields.colour("ink")?,
        ink2: fields.colour("ink2")?,
        line2: fields.colour("line2")?,
        line: fields.colour("line")?,
        calm: fields.colour("calm")?,
        exc: fields.colour("exc")?,
        markline: fields.colour("markline")?,
        emotions: PlayedColours {
            anger: emotions.colour("anger")?,
            happiness: emotions.colour("happiness")?,
            surprise: emotions.colour("surprise")?,
            neutral: emotions.colour("neutral")?,
            sadness: emotions.colour("sadness")?,
            fear: emotions.colour("fear")?,
            disgust: emotions.colour("disgust")?,
            boredom: emotions.colour("boredom")?,
            calm: emotions.colour("calm")?,
        },
    })
}

fn plumb(fields: &Fields) -> Read<Plumb> {
    Ok(Plumb { score: fields.number("score")?, dashed: fields.flag("dashed") })
}

/// The scale.
pub fn scale(fields: &Fields) -> Read<ScaleSpec> {
    Ok(ScaleSpec {
        width: fields.number("width")?,
        height: fields.number("height")?,
        ratio: fields.number("ratio")?,
        axis: axis(&fields.fields("axis")?)?,
        palette: palette(&fields.fields("palette")?)?,
        y: fields.number("y")?,
        average: fields.number_if("average")?,
        own: fields.number_if("own")?,
        marks: all(fields.list("marks")?, scale_mark)?,
        plumbs: all(fields.list("plumbs")?, plumb)?,
    })
}

fn scale_mark(fields: &Fields) -> Read<ScaleMark> {
    let styles =
        [("current", MarkStyle::Current), ("start", MarkStyle::Start), ("unlike", MarkStyle::Unlike)];
    Ok(ScaleMark {
        score: fields.number("score")?,
        interval: fields.pair_if("interval")?,
        style: fields.word("style", &styles)?,
        number: fields.number_if("number")?.map(|number| number as u32),
    })
}

/// The map.
pub fn embedding(fields: &Fields) -> Read<EmbeddingSpec> {
    let kinds = [("emotion", DotsBy::Emotion), ("corpus", DotsBy::Corpus), ("none", DotsBy::None)];
    Ok(EmbeddingSpec {
        width: fields.number("width")?,
        height: fields.number("height")?,
        ratio: fields.number("ratio")?,
        axis: axis(&fields.fields("axis")?)?,
        palette: palette(&fields.fields("palette")?)?,
        dots_by: fields.word("dotsBy", &kinds)?,
        hidden: fields.list("hidden")?.iter().filter_map(JsValue::as_string).collect(),
        single: fields.text_if("single")?,
        faded: fields.flag("faded"),
        max_dots: whole(fields, "maxDots")? as usize,
        utterances: all(fields.list("utterances")?, utterance)?,
        interval: fields.pair_if("interval")?,
        plumbs: all(fields.list("plumbs")?, plumb)?,
        // The model knows where it leads.
        arrow: None,
    })
}

fn utterance(fields: &Fields) -> Read<Utterance> {
    Ok(Utterance {
        u: fields.number("u")?,
        v: fields.number("v")?,
        number: whole(fields, "number")?,
        current: fields.flag("current"),
    })
}

/// The reasons.
pub fn contributions(fields: &Fields) -> Read<ContributionsSpec> {
    let marks =
        [("average", StartMark::Average), ("own", StartMark::Own), ("recording", StartMark::Recording)];
    Ok(ContributionsSpec {
        width: fields.number("width")?,
        height: fields.number("height")?,
        ratio: fields.number("ratio")?,
        axis: axis(&fields.fields("axis")?)?,
        palette: palette(&fields.fields("palette")?)?,
        start: fields.number("start")?,
        end: fields.number("end")?,
        rows: all(fields.list("rows")?, row)?,
        start_y: fields.number_if("startY")?,
        start_mark: fields.word("startMark", &marks)?,
        end_y: fields.number_if("endY")?,
        plumbs: all(fields.list("plumbs")?, plumb)?,
    })
}

fn row(fields: &Fields) -> Read<Row> {
    Ok(Row {
        top: fields.number("top")?,
        height: fields.number("height")?,
        value: fields.number("value")?,
        nested: fields.flag("nested"),
    })
}

/// The whole figure.
pub fn figure(fields: &Fields) -> Read<FigureSpec> {
    Ok(FigureSpec {
        width: fields.number("width")?,
        height: fields.number("height")?,
        palette: palette(&fields.fields("palette")?)?,
        scale: placed(fields.fields_if("scale")?, scale)?,
        embedding: placed(fields.fields_if("embedding")?, embedding)?,
        contributions: placed(fields.fields_if("contributions")?, contributions)?,
        gaps: all(fields.list("plumbs")?, gap)?,
        labels: all(fields.list("labels")?, label)?,
    })
}

fn placed<T>(part: Option<Fields>, read: fn(&Fields) -> Read<T>) -> Read<Option<Placed<T>>> {
    let Some(fields) = part else { return Ok(None) };
    Ok(Some(Placed {
        left: fields.number_if("left")?.unwrap_or(0.0),
        top: fields.number("top")?,
        spec: read(&fields.fields("spec")?)?,
    }))
}

fn gap(fields: &Fields) -> Read<Gap> {
    Ok(Gap {
        x: fields.number("x")?,
        top: fields.number("top")?,
        bottom: fields.number("bottom")?,
        dashed: fields.flag("dashed"),
    })
}

fn label(fields: &Fields) -> Read<Label> {
    let faces = [
        ("sans", Face::Sans),
        ("sans-bold", Face::SansBold),
        ("serif", Face::Serif),
        ("serif-italic", Face::SerifItalic),
    ];
    let anchors = [("start", Anchor::Start), ("middle", Anchor::Middle), ("end", Anchor::End)];
    let colour = if fields.text_if("colour")?.is_some() { Some(fields.colour("colour")?) } else { None };
    Ok(Label {
        x: fields.number("x")?,
        y: fields.number("y")?,
        text: fields.text("text")?,
        size: fields.number("size")?,
        face: fields.word("face", &faces)?,
        anchor: fields.word("anchor", &anchors)?,
        colour,
    })
}
