//! Runs the engine and tells its complaints apart.

use typst::diag::{Severity, SourceDiagnostic};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;

use super::world::Closed;
use super::{FontSet, Library, Pages};
use crate::notice::files::Folders;
use crate::template::Filled;

/// Why nothing was laid out.
#[derive(Debug)]
pub enum Failure {
    /// The images with these positions cannot be decoded.
    Images(Vec<usize>),
    /// The engine refused the source: a template's fault.
    Source(Vec<String>),
}

/// Lays out one notice.
///
/// # Errors
/// Images that are damaged; sources that a user's template made wrong.
pub fn compile(
    filled: &Filled,
    library: &Library,
    fonts: &FontSet,
    folders: &Folders,
) -> Result<Pages, Failure> {
    let world = Closed::new(library, fonts, folders, filled)
        .ok_or_else(|| Failure::Source(vec!["out of file ids".into()]))?;
    let result = typst::compile::<PagedDocument>(&world);
    let warnings = result.warnings.iter().map(|it| told(&world, it)).collect();
    match result.output {
        Ok(document) => Ok(Pages { document, warnings }),
        Err(errors) => {
            let damaged = damaged_images(filled, library, fonts, folders);
            if !damaged.is_empty() {
                return Err(Failure::Images(damaged));
            }
            Err(Failure::Source(errors.iter().map(|it| told(&world, it)).collect()))
        }
    }
}

/// Drops what the engine remembers of documents before the last one. What the last two share,
/// such as the layout library and the faces' tables, stays: that is most of a notice's cost,
/// and the memory it takes does not grow.
pub fn forget() {
    forget_beside(1);
}

/// The same where so many threads lay out notices: each of them forgets, so that what one
/// needs may grow older before it is needed again.
pub fn forget_beside(threads: usize) {
    typst::comemo::evict(threads);
}

/// Drops what the engine remembers and has not used in the last ten layouts of a notice that is
/// being written, so that memory does not grow with each save.
pub fn fade() {
    typst::comemo::evict(10);
}

/// The images that cannot be laid out even alone.
fn damaged_images(
    filled: &Filled,
    library: &Library,
    fonts: &FontSet,
    folders: &Folders,
) -> Vec<usize> {
    let fails = |(name, image): &(String, _)| {
        let main = format!("#image(\"{name}\", width: 10mm)");
        let image: &crate::notice::picture::Image = image;
        let alone = Filled {
            main,
            faces: String::new(),
            images: vec![(name.clone(), image.clone())],
        };
        let world = Closed::new(library, fonts, folders, &alone);
        world.is_none_or(|world| typst::compile::<PagedDocument>(&world).output.is_err())
    };
    let images = filled.images.iter().enumerate();
    images.filter(|(_, image)| fails(image)).map(|(at, _)| at).collect()
}

/// A complaint of the engine with file and line.
fn told(world: &Closed, complaint: &SourceDiagnostic) -> String {
    let kind = match complaint.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = complaint.span.id().and_then(|id| {
        let range = world.range(complaint.span)?;
        let line = world.source(id).ok()?.lines().byte_to_line(range.start)? + 1;
        Some(format!("{}:{line}: ", id.vpath().get_without_slash()))
    });
    format!("{}{kind}: {}", place.unwrap_or_default(), complaint.message)
}
