//! A notice as an office suite lays it out: the page, faces, sizes, line pitch, tables and page
//! numbers of 文件, as flat OpenDocument.

use hongtou::notice::Notice;
use hongtou::notice::body::{Block, Paragraph, Run, plain};
use hongtou::notice::table::Table;

/// Paragraph styles: name, alignment, indent in characters, face, size (pt), what more.
const STYLES: [(&str, &str, u8, &str, u8, &str); 8] = [
    ("text", "justify", 2, "GW FangSong", 16, ""),
    ("left", "start", 0, "GW FangSong", 16, ""),
    ("right", "end", 0, "GW FangSong", 16, ""),
    ("head1", "justify", 2, "GW HeiTi", 16, ""),
    ("head2", "justify", 2, "GW KaiTi", 16, ""),
    ("title", "center", 0, "GW BiaoSong", 22, ""),
    ("cell", "center", 0, "GW FangSong", 14, ""),
    (
        "number",
        "center",
        0,
        "GW FangSong",
        16,
        "fo:border-bottom=\"1.5pt solid #ff0000\"",
    ),
];

const SPACES: [(&str, &str); 6] = [
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
];

/// The whole document.
pub fn document(notice: &Notice) -> String {
    let spaces = SPACES.map(|(name, address)| format!(" xmlns:{name}=\"{address}\""));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document{} office:version=\"1.3\" \
         office:mimetype=\"application/vnd.oasis.opendocument.text\">{}{}{}<office:body>\
         <office:text>{}</office:text></office:body></office:document>",
        spaces.concat(),
        faces(),
        styles(),
        PAGES,
        body(notice)
    )
}

fn faces() -> String {
    let faces =
        ["GW FangSong", "GW HeiTi", "GW KaiTi", "GW BiaoSong", "GW SongTi"].map(|face| {
            format!(
                "<style:font-face style:name=\"{face}\" svg:font-family=\"'{face}'\"/>"
            )
        });
    format!("<office:font-face-decls>{}</office:font-face-decls>", faces.concat())
}

fn styles() -> String {
    let face = |face: &str, size: u8| {
        format!(
            "style:font-name=\"{face}\" style:font-name-asian=\"{face}\" \
             fo:font-size=\"{size}pt\" style:font-size-asian=\"{size}pt\" \
             fo:language=\"zh\" fo:country=\"CN\" style:language-asian=\"zh\" style:country-asian=\"CN\""
        )
    };
    let paragraphs = STYLES.map(|(name, align, indent, family, size, more)| {
        let indent = u16::from(indent) * u16::from(size);
        let pitch = if name == "title" { 30 } else { 29 };
        format!(
            "<style:style style:name=\"{name}\" style:family=\"paragraph\">\
             <style:paragraph-properties fo:text-align=\"{align}\" fo:text-indent=\"{indent}pt\" \
             fo:line-height=\"{pitch}.6pt\" {more}/>\
             <style:text-properties {}/></style:style>",
            face(family, size)
        )
    });
    let spans = [("span1", "GW HeiTi"), ("span2", "GW KaiTi")].map(|(name, family)| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"text\">\
             <style:text-properties {}/></style:style>",
            face(family, 16)
        )
    });
    format!(
        "<office:styles>{}{}\
         <style:style style:name=\"red\" style:family=\"paragraph\"><style:paragraph-properties \
         fo:text-align=\"center\" fo:margin-top=\"60pt\" fo:margin-bottom=\"30pt\"/>\
         <style:text-properties {} fo:color=\"#ff0000\"/></style:style>\
         <style:style style:name=\"new\" style:family=\"paragraph\" style:parent-style-name=\"left\">\
         <style:paragraph-properties fo:break-before=\"page\"/></style:style></office:styles>",
        paragraphs.concat(),
        spans.concat(),
        face("GW BiaoSong", 50)
    )
}

/// A4 with the margins of the type area, cells with rules, numbers on the outer side.
const PAGES: &str = "<office:automatic-styles>\
<style:page-layout style:name=\"a4\"><style:page-layout-properties fo:page-width=\"210mm\" \
fo:page-height=\"297mm\" fo:margin-top=\"37mm\" fo:margin-bottom=\"20mm\" fo:margin-left=\"28mm\" \
fo:margin-right=\"26mm\"/><style:footer-style><style:header-footer-properties \
svg:height=\"15mm\" fo:margin-top=\"7mm\"/></style:footer-style></style:page-layout>\
<style:style style:name=\"ruled\" style:family=\"table-cell\"><style:table-cell-properties \
fo:border=\"0.5pt solid #000000\" fo:padding=\"1mm\"/></style:style>\
</office:automatic-styles><office:master-styles><style:master-page style:name=\"Standard\" \
style:page-layout-name=\"a4\"><style:footer><text:p text:style-name=\"right\">— \
<text:page-number/> —</text:p></style:footer><style:footer-left><text:p \
text:style-name=\"left\">— <text:page-number/> —</text:p></style:footer-left>\
</style:master-page></office:master-styles>";

fn body(notice: &Notice) -> String {
    let mut out = String::new();
    let mut put = |style: &str, text: &str| out.push_str(&line(style, text));
    put("red", &format!("{}文件", notice.issuers.join("")));
    put("number", &notice.number.as_ref().map(ToString::to_string).unwrap_or_default());
    put("title", &notice.title);
    put("left", &format!("{}：", notice.recipients.as_deref().unwrap_or_default()));
    out.push_str(&blocks(&notice.body));
    for (at, attachment) in notice.attachments.iter().enumerate() {
        let label = if at == 0 { "附件：" } else { "" };
        out.push_str(&line("text", &format!("{label}{}. {}", at + 1, attachment.name)));
    }
    out.push_str(&line("right", &notice.issuers.join("　")));
    let date = notice.date.map(|date| date.to_string()).unwrap_or_default();
    out.push_str(&line("right", &date));
    out.push_str(&line(
        "text",
        &format!("（{}）", notice.note.as_deref().unwrap_or_default()),
    ));
    for enclosure in &notice.enclosures {
        out.push_str(&line("new", ""));
        out.push_str(&line("title", &enclosure.title));
        out.push_str(&blocks(&enclosure.body));
    }
    for attachment in &notice.attachments {
        out.push_str(&line("new", "附件"));
        out.push_str(&line("title", &attachment.name));
        out.push_str(&blocks(&attachment.body));
    }
    let copies = notice.copies.as_deref().unwrap_or_default();
    out.push_str(&line("left", &format!("抄送：{copies}。")));
    let printing = notice.printing.as_ref().and_then(|it| it.office.as_deref());
    out.push_str(&line("left", printing.unwrap_or_default()));
    out
}

fn blocks(blocks: &[Block]) -> String {
    let one = |block: &Block| match block {
        Block::Paragraph(it) => paragraph(it),
        Block::Table(it) => table(it),
        Block::Picture(_) => String::new(),
    };
    blocks.iter().map(one).collect()
}

fn paragraph(it: &Paragraph) -> String {
    let style = match it.level {
        1 if it.heading => "head1",
        2 if it.heading => "head2",
        _ => "text",
    };
    let head = escaped(&plain(&it.head));
    let head = match it.level {
        1 | 2 if !it.heading => {
            format!("<text:span text:style-name=\"span{}\">{head}</text:span>", it.level)
        }
        _ => head,
    };
    let text = |runs: &[Run]| escaped(&plain(runs));
    format!("<text:p text:style-name=\"{style}\">{head}{}</text:p>", text(&it.text))
}

fn table(it: &Table) -> String {
    let cell = |text: &String| {
        format!(
            "<table:table-cell table:style-name=\"ruled\">{}</table:table-cell>",
            line("cell", text)
        )
    };
    let row = |cells: &Vec<String>| {
        let cells: String = cells.iter().map(cell).collect();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    let rows = |rows: &[Vec<String>]| rows.iter().map(row).collect::<String>();
    let columns = it.head.first().or(it.rows.first()).map_or(0, Vec::len);
    format!(
        "<table:table><table:table-column table:number-columns-repeated=\"{columns}\"/>\
         <table:table-header-rows>{}</table:table-header-rows>{}</table:table>",
        rows(&it.head),
        rows(&it.rows)
    )
}

fn line(style: &str, text: &str) -> String {
    format!("<text:p text:style-name=\"{style}\">{}</text:p>", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
