//! What stands in a DOCX, read back from its parcel.

use std::io::{Cursor, Read as _};

use super::super::outline::OutlineColumn;
use super::super::parcel::{FileKind, kind_of};
use super::*;

fn sample() -> Outline {
    let mut o = Outline::new("Oferta <b>PAI</b> & spółka");
    o.heading(1, "I. Dane");
    o.facts([("Nazwa", "Stowarzyszenie „Promyk”\nWłocławek")]);
    o.list(vec!["pierwsze".into()]);
    let column = |label: &str, figures| OutlineColumn { label: label.into(), figures };
    o.table(OutlineTable {
        caption: "Koszty".into(),
        columns: vec![column("Lp.", false), column("Rodzaj kosztu", false), column("Razem", true)],
        over: Some((2, "Wartość [PLN]".into())),
        rows: vec![
            OutlineRow { cells: vec!["I. Koszty".into()], bold: true },
            OutlineRow { cells: ["1", "Sala\u{0}", "400,00"].map(str::to_owned).to_vec(), bold: false },
        ],
    });
    o
}

fn made() -> Vec<u8> {
    docx(&sample(), "Stowarzyszenie", "2026-11-23T11:00:00Z".parse().unwrap()).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn it_is_a_docx_and_the_same_bytes_every_time() {
    assert_eq!(kind_of(&made()), FileKind::Docx);
    assert!(made() == made());
}

#[test]
fn texts_are_data_and_tables_have_header_rows() {
    let text = part(&made(), "word/document.xml");
    for said in [
        "<w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t xml:space=\"preserve\">Oferta &lt;b&gt;PAI&lt;/b&gt; &amp; spółka</w:t>",
        "<w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t xml:space=\"preserve\">I. Dane</w:t>",
        "Stowarzyszenie „Promyk”</w:t><w:br/><w:t xml:space=\"preserve\">Włocławek</w:t>",
        "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
        "<w:gridSpan w:val=\"3\"/>",
        "<w:vMerge w:val=\"restart\"/><w:shd",
        "<w:vMerge/><w:shd",
        ">Wartość [PLN]</w:t>",
        "<w:jc w:val=\"right\"/></w:pPr><w:r><w:t xml:space=\"preserve\">400,00</w:t>",
        ">Sala</w:t>",
    ] {
        assert!(text.contains(said), "{said}\nis not in\n{text}");
    }
    assert!(part(&made(), "docProps/core.xml").contains("<dc:language>pl-PL</dc:language>"));
}
