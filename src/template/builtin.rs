//! The templates and the layout library that lie in the binary.

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        /// Name and text of every built-in file.
        pub const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../notice-templates/", $name)))),*];
    };
}

files! {
    "notice.typ.jinja",
    "letter.typ.jinja",
    "order.typ.jinja",
    "bulletin.typ.jinja",
    "faces.typ.jinja",
    "calibrate.typ.jinja",
    "gongwen/lib.typ",
    "gongwen/src/measures.typ",
    "gongwen/src/type.typ",
    "gongwen/src/page.typ",
    "gongwen/src/mark.typ",
    "gongwen/src/header.typ",
    "gongwen/src/letter.typ",
    "gongwen/src/order.typ",
    "gongwen/src/bulletin.typ",
    "gongwen/src/body.typ",
    "gongwen/src/table.typ",
    "gongwen/src/signature.typ",
    "gongwen/src/closing.typ",
    "gongwen/src/attachment.typ",
    "gongwen/src/imprint.typ",
}

/// What `hongtou new` writes for each 文种.
pub const KINDS: &str = include_str!("../../notice-templates/kinds.yaml");

/// The text of a built-in file.
pub fn text(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(file, _)| *file == name).map(|(_, text)| *text)
}
