//! DOCX out: an [`Outline`] as a document to edit, with real headings, header rows and the Polish language,
//! so that a screen reader finds its way. The same outline and time give the same bytes.
//!
//! Written by hand: the few elements an outline needs are shorter than the crates that know all of them,
//! and those leave out the repeated header row.

use std::io::{Cursor, Write as _};

use chrono::{DateTime, Utc};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::outline::{Outline, OutlineColumn, OutlinePart, OutlineRow, OutlineTable};

#[derive(Debug, thiserror::Error)]
#[error("the DOCX cannot be written: {0}")]
pub struct DocxError(String);

impl From<zip::result::ZipError> for DocxError {
    fn from(e: zip::result::ZipError) -> DocxError {
        DocxError(e.to_string())
    }
}

impl From<std::io::Error> for DocxError {
    fn from(e: std::io::Error) -> DocxError {
        DocxError(e.to_string())
    }
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Width of an A4 page inside its margins, in twentieths of a point.
const WIDTH: usize = 9638;

/// Writes the document; `made_at` goes into its properties.
///
/// # Errors
/// Only when the parcel cannot be packed.
pub fn docx(outline: &Outline, author: &str, made_at: DateTime<Utc>) -> Result<Vec<u8>, DocxError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, text) in [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", properties(&outline.title, author, made_at)),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.to_owned()),
        ("word/document.xml", document(outline)),
        ("word/numbering.xml", numbering()),
        ("word/styles.xml", styles()),
    ] {
        zip.start_file(name, options)?;
        zip.write_all(XML.as_bytes())?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn document(outline: &Outline) -> String {
    let mut body = paragraph("Title", &outline.title);
    for part in &outline.parts {
        match part {
            OutlinePart::Heading(level, text) => {
                body.push_str(&paragraph(&format!("Heading{}", (*level).clamp(1, 3)), text));
            }
            OutlinePart::Paragraph(text) => body.push_str(&paragraph("Normal", text)),
            OutlinePart::List(items) => items.iter().for_each(|item| body.push_str(&paragraph("ListBullet", item))),
            OutlinePart::Facts(rows) => body.push_str(&facts(rows)),
            OutlinePart::Table(table) => body.push_str(&table_of(table)),
        }
    }
    format!(
        "<w:document xmlns:w=\"{WORD}\"><w:body>{body}<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" \
         w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

fn paragraph(style: &str, text: &str) -> String {
    styled(style, text, "", "")
}

/// One paragraph; `more` stands in its properties, `run` in those of its text.
fn styled(style: &str, text: &str, more: &str, run: &str) -> String {
    let run = if run.is_empty() { String::new() } else { format!("<w:rPr>{run}</w:rPr>") };
    let lines: Vec<String> =
        text.split('\n').map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(line))).collect();
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr><w:r>{run}{}</w:r></w:p>", lines.join("<w:br/>"))
}

/// Text for XML: markup escaped, characters that XML forbids left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

struct Cell<'a> {
    text: &'a str,
    width: usize,
    span: usize,
    bold: bool,
    right: bool,
    shade: bool,
    merge: Merge,
}

/// Whether a cell goes on in the row below.
#[derive(Clone, Copy)]
enum Merge {
    No,
    Starts,
    GoesOn,
}

fn cell(c: &Cell<'_>) -> String {
    let span = if c.span > 1 { format!("<w:gridSpan w:val=\"{}\"/>", c.span) } else { String::new() };
    let shade = if c.shade { "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EEF1F2\"/>" } else { "" };
    let merge = match c.merge {
        Merge::No => "",
        Merge::Starts => "<w:vMerge w:val=\"restart\"/>",
        Merge::GoesOn => "<w:vMerge/>",
    };
    let side = if c.right { "<w:jc w:val=\"right\"/>" } else { "" };
    let bold = if c.bold { "<w:b/>" } else { "" };
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{span}{merge}{shade}</w:tcPr>{}</w:tc>",
        c.width,
        styled("TableText", c.text, side, bold)
    )
}

fn table(widths: &[usize], rows: &str) -> String {
    let grid: String = widths.iter().map(|w| format!("<w:gridCol w:w=\"{w}\"/>")).collect();
    let total: usize = widths.iter().sum();
    // Word joins two tables that touch; the empty paragraph keeps them apart.
    format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"{total}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\"/></w:tblPr>\
         <w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{}",
        paragraph("Normal", "")
    )
}

fn facts(rows: &[(String, String)]) -> String {
    let widths = [WIDTH / 3, WIDTH - WIDTH / 3];
    let [left, right] = widths;
    let row = |(label, value): &(String, String)| {
        let label = Cell { text: label, width: left, span: 1, bold: true, right: false, shade: true, merge: Merge::No };
        let value =
            Cell { text: value, width: right, span: 1, bold: false, right: false, shade: false, merge: Merge::No };
        format!("<w:tr>{}{}</w:tr>", cell(&label), cell(&value))
    };
    table(&widths, &rows.iter().map(row).collect::<String>())
}

fn table_of(t: &OutlineTable) -> String {
    let widths = widths(t);
    let mut rows = head(t, &widths);
    for row in &t.rows {
        rows.push_str(&format!("<w:tr>{}</w:tr>", cells(t, row, &widths)));
    }
    format!("{}{}", paragraph("Caption", &t.caption), table(&widths, &rows))
}

/// The labels of the columns; where one stands over several, in two rows.
fn head(t: &OutlineTable, widths: &[usize]) -> String {
    let row = |cells: String| format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>");
    let label = |(at, (c, width)): (usize, (&OutlineColumn, &usize)), upper: bool| {
        let below = t.over.as_ref().is_none_or(|(from, _)| at >= *from);
        let (text, merge) = match (below, upper) {
            (true, _) => (c.label.as_str(), Merge::No),
            (false, true) => (c.label.as_str(), Merge::Starts),
            (false, false) => ("", Merge::GoesOn),
        };
        cell(&Cell { text, width: *width, span: 1, bold: true, right: c.figures, shade: true, merge })
    };
    let columns = || t.columns.iter().zip(widths).enumerate();
    let Some((from, over)) = &t.over else { return row(columns().map(|c| label(c, false)).collect()) };
    let (width, span) = (widths.iter().skip(*from).sum(), widths.len().saturating_sub(*from));
    let over = Cell { text: over, width, span, bold: true, right: false, shade: true, merge: Merge::No };
    let upper: String = columns().take(*from).map(|c| label(c, true)).collect();
    format!("{}{}", row(format!("{upper}{}", cell(&over))), row(columns().map(|c| label(c, false)).collect()))
}

fn cells(t: &OutlineTable, row: &OutlineRow, widths: &[usize]) -> String {
    if let ([only], true) = (row.cells.as_slice(), t.columns.len() > 1) {
        let (width, span) = (widths.iter().sum(), widths.len());
        return cell(&Cell { text: only, width, span, bold: row.bold, right: false, shade: true, merge: Merge::No });
    }
    let columns = t.columns.iter().zip(widths);
    columns
        .enumerate()
        .map(|(at, (column, width))| {
            let text = row.cells.get(at).map_or("", String::as_str);
            let (bold, right) = (row.bold, column.figures);
            cell(&Cell { text, width: *width, span: 1, bold, right, shade: false, merge: Merge::No })
        })
        .collect()
}

/// A column of figures or of a short label is half as wide as one of words.
fn widths(t: &OutlineTable) -> Vec<usize> {
    let share = |c: &OutlineColumn| if c.figures || c.label.chars().count() < 5 { 1 } else { 2 };
    let all: usize = t.columns.iter().map(share).sum();
    t.columns.iter().map(|c| WIDTH * share(c) / all.max(1)).collect()
}

fn properties(title: &str, author: &str, made_at: DateTime<Utc>) -> String {
    let (title, author, at) = (escaped(title), escaped(author), made_at.format("%Y-%m-%dT%H:%M:%SZ"));
    format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dc:creator>{author}</dc:creator><dc:language>pl-PL</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:modified></cp:coreProperties>"
    )
}

fn numbering() -> String {
    format!(
        "<w:numbering xmlns:w=\"{WORD}\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
         <w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"–\"/><w:pPr><w:ind w:left=\"360\" w:hanging=\"360\"/></w:pPr>\
         </w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    )
}

/// A paragraph style: id, name, properties of the paragraph, of its text.
fn style(id: &str, name: &str, paragraph: &str, run: &str) -> String {
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
         <w:next w:val=\"Normal\"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )
}

fn styles() -> String {
    let heading = |level: u8, size: u8| {
        let (id, name) = (format!("Heading{level}"), format!("heading {level}"));
        let above = format!(
            "<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"{}\"/>",
            level.saturating_sub(1)
        );
        style(&id, &name, &above, &format!("<w:b/><w:sz w:val=\"{size}\"/>"))
    };
    let line = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A8F94\"/>");
    let lines: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).concat();
    let own = [
        style("Title", "Title", "<w:spacing w:after=\"200\"/>", "<w:b/><w:sz w:val=\"32\"/>"),
        heading(1, 28),
        heading(2, 24),
        heading(3, 22),
        style(
            "Caption",
            "caption",
            "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/>",
            "<w:b/><w:sz w:val=\"20\"/>",
        ),
        style("TableText", "Table Text", "<w:spacing w:before=\"20\" w:after=\"20\"/>", "<w:sz w:val=\"18\"/>"),
        style("ListBullet", "List Bullet", "<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"60\"/>", ""),
    ]
    .concat();
    format!(
        "<w:styles xmlns:w=\"{WORD}\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\" w:eastAsia=\"Calibri\"/><w:sz w:val=\"22\"/>\
         <w:lang w:val=\"pl-PL\" w:eastAsia=\"pl-PL\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:after=\"120\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         {own}<w:style w:type=\"table\" w:styleId=\"Grid\"><w:name w:val=\"Table Grid\"/><w:tblPr>\
         <w:tblBorders>{lines}</w:tblBorders><w:tblCellMar><w:left w:w=\"85\" w:type=\"dxa\"/>\
         <w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>"
    )
}

const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
</Types>";

const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
</Relationships>";

const DOCUMENT_RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" Target=\"numbering.xml\"/>\
</Relationships>";

#[cfg(test)]
#[path = "docx_test.rs"]
mod tests;
