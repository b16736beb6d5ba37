//! Fills a format's template.

use std::collections::BTreeMap;

use minijinja::value::Serde;
use minijinja::{
    AutoEscape, Environment, Error as JinjaError, ErrorKind, UndefinedBehavior, context,
};

use super::{Adjustment, Templates, escape, filters, name, view};
use crate::diag::Error;
use crate::notice::Notice;
use crate::notice::picture::Image;

/// Font families by role, first choice first: `fangsong`, `kaiti`, `heiti`, `biaosong`,
/// `songti`, `latin`.
pub type Faces = BTreeMap<&'static str, Vec<String>>;

/// Marks that some faces have where they do not belong, which the layout library mends: where a
/// notice has none, each of its texts is shaped once less.
const ODD: &str = "？～；";

/// The template that the others extend.
const BASE: &str = "notice.typ.jinja";

/// The sources of one notice.
#[derive(Debug, Clone)]
pub struct Filled {
    /// The main file.
    pub main: String,
    /// `/faces.typ`: which families serve each role, the odd marks, and the adjustment.
    pub faces: String,
    /// Name and content of each image that the main file names.
    pub images: Vec<(String, Image)>,
}

/// Fills the template of the notice's format.
///
/// # Errors
/// A template of the user's that minijinja cannot read or fill.
pub fn fill(
    notice: &Notice,
    templates: &Templates,
    faces: &Faces,
    watermark: Option<&str>,
    adjustment: Adjustment,
) -> Result<Filled, Error> {
    let (view, images) = view::view(notice, watermark, adjustment);
    let names = images.iter().enumerate().map(|(at, image)| view::name(at, image));
    let images = names.zip(images.iter().cloned()).collect();
    let template = name(notice.format);
    let main = render(templates, template, minijinja::Value::from(Serde(view)))?;
    let odd = ODD.chars().filter(|mark| main.contains(*mark)).collect();
    let faces = render_faces(templates, faces, odd, adjustment)?;
    Ok(Filled { main, faces, images })
}

/// Fills the template of the page that shows how far a printer is off. `offset`: what the
/// page is moved by already, right and down in mm.
///
/// # Errors
/// A template of the user's that minijinja cannot read or fill.
pub fn calibration(
    templates: &Templates,
    faces: &Faces,
    offset: Option<(f64, f64)>,
) -> Result<Filled, Error> {
    Ok(Filled {
        main: render(templates, "calibrate.typ.jinja", context! { offset })?,
        faces: render_faces(templates, faces, String::new(), Adjustment::NONE)?,
        images: Vec::new(),
    })
}

fn render_faces(
    templates: &Templates,
    faces: &Faces,
    odd: String,
    adjustment: Adjustment,
) -> Result<String, Error> {
    let (faces, adjustment) = (Serde(faces), Serde(adjustment));
    let values = context! { faces, odd, adjustment };
    render(templates, "faces.typ.jinja", values)
}

fn render(
    templates: &Templates,
    name: &str,
    values: minijinja::Value,
) -> Result<String, Error> {
    let text = templates
        .text(name)
        .ok_or_else(|| Error::command(format!("找不到模板 {name}")))?;
    let mut environment = environment();
    // Most templates extend none, and reading one takes its time for each notice.
    if text.contains("extends")
        && let Some(base) = templates.text(BASE)
    {
        environment.add_template(BASE, base).map_err(|error| refused(BASE, &error))?;
    }
    environment
        .render_named_str(name, text, values)
        .map_err(|error| refused(name, &error))
}

/// Whatever stands in `{{ }}` comes out as a Typst literal, never as Typst code.
fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("typst".into()));
    environment.set_formatter(|out, _, value| {
        let mut text = String::new();
        let shown =
            escape::literal(&mut text, value).is_ok() && out.write_str(&text).is_ok();
        let what = || format!("a value of kind {} has no literal", value.kind());
        if shown { Ok(()) } else { Err(JinjaError::new(ErrorKind::BadEscape, what())) }
    });
    filters::add(&mut environment);
    environment
}

fn refused(name: &str, error: &JinjaError) -> Error {
    let line = error.line().map_or(String::new(), |line| format!(" 第 {line} 行"));
    Error::command(format!("模板 {name}{line}填不进去：{error}"))
        .hint("内置模板不会出这种错：检查 --templates 或工作目录里的模板")
}
