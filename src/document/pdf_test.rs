use super::pdf::mark_rehearsal;
use super::rehearsal::BAND;
use super::text::{all_drawn, for_print};
use super::*;
use chrono::{DateTime, Utc};
use serde_json::json;

const NASTY: &str = r##"#panic("x") *x* _y_ $z$ <b> \u{41} "q" 'a' @ref // c #sys.inputs ]) } = ż"##;

fn time() -> DateTime<Utc> {
    "2026-10-30T22:40:07Z".parse().unwrap()
}

fn head(title: &str) -> Head {
    Head {
        title: title.into(),
        subtitle: Some(NASTY.into()),
        number: Some("PAI/2/2026/U-3".into()),
        hash: Some("9f86d081884c7d65".repeat(4)),
        issuer: Some(vec!["Powiatowy Urząd Pracy".into(), NASTY.into()]),
        place_date: Some("Włocławek, 30 października 2026 r.".into()),
        draft: Some("WERSJA ROBOCZA – NIEZŁOŻONA".into()),
    }
}

fn table(rows: u32) -> Block {
    let cell = |n: u32| [n.to_string(), format!("Warsztaty, część {n} {NASTY}"), "280,00 zł".into()];
    Block::Table(Table {
        caption: Some("Harmonogram".into()),
        columns: vec![
            TableColumn::new("Lp.", Align::Center, None),
            TableColumn::new("Temat", Align::Left, Some(4)),
            TableColumn::new("Koszt", Align::Right, None),
        ],
        rows: (1..=rows).map(|n| cell(n).into_iter().collect()).collect(),
        totals: Some(vec![String::new(), "Razem".into(), "11 200,00 zł".into()]),
    })
}

fn every_block() -> Vec<Block> {
    vec![
        Block::paragraph(format!("{NASTY}\nlinia\n\nakapit")),
        Block::Note { text: NASTY.into() },
        Block::points(["jeden", NASTY]),
        Block::Points { items: vec![Point { text: "dwa".into(), items: vec![NASTY.into()] }] },
        Block::List { items: vec![NASTY.into()] },
        Block::Facts { rows: vec![Fact::new("KRS", "0000123456"), Fact { label: "Strona www".into(), value: None }] },
        Block::Answer { label: "Opis".into(), text: Some(NASTY.into()) },
        table(2),
    ]
}

fn signatures() -> Vec<Signature> {
    vec![Signature { label: "Zleceniodawca".into(), name: Some(NASTY.into()), role: None }]
}

/// Twelve paragraphs of a contract and a table of 40 rows: eight pages.
fn contract() -> ContractPaper {
    let text =
        "Zleceniobiorca prowadzi zajęcia według harmonogramu i dokumentuje obecność każdego uczestnika. ".repeat(12);
    let section =
        |n: u32| Section::new(format!("§ {n}. Sposób wykonania zadania"), vec![Block::points([&text, &text])]);
    let mut sections: Vec<Section> = (1..=12).map(section).collect();
    sections[1].blocks.push(table(40));
    ContractPaper {
        head: head("Umowa o realizację zadania publicznego"),
        concluded: "zawarta w dniu 30 października 2026 r. we Włocławku".into(),
        parties: vec![Party {
            name: "Fundacją „Promyk”".into(), called: "Zleceniobiorcą".into(), ..Party::default()
        }],
        sections,
        attachments: vec!["Oferta".into()],
        signatures: signatures(),
    }
}

fn letter(sections: Vec<Section>) -> LetterPaper {
    LetterPaper { head: head("Wyniki konkursu"), sections, attachments: vec![NASTY.into()], signatures: signatures() }
}

fn announcement(section: Section) -> AnnouncementPaper {
    AnnouncementPaper {
        head: head("Ogłoszenie"),
        deadline: "poniedziałek, 14.12.2026".into(),
        notice: Some(NASTY.into()),
        sections: vec![section],
    }
}

fn offer() -> OfferPaper {
    let row = |cells: [&str; 4]| cells.into_iter().collect::<TableRow>();
    let cost = ["I.1.1", "Wynagrodzenie trenera", "godzina", "70,00", "120", "8 400,00", "8 400,00"];
    let group = TableRow { style: RowStyle::Group, cells: vec!["I. Koszty realizacji działań".into()] };
    OfferPaper {
        head: head("Oferta"),
        offerors: vec![OfferorAnswers { name: NASTY.into(), ..OfferorAnswers::default() }; 2],
        summary: vec![Answer { label: "Miejsce".into(), text: None }],
        plan: vec![PlanYear { year: "2026".into(), rows: vec![["1", "a", NASTY, "c", "d", ""].map(Into::into)] }],
        indicators: vec![["Osoby".into(), "18".into(), NASTY.into()]],
        cost_years: vec!["Rok 1 (2026)".into()],
        costs: vec![group, cost.into_iter().collect()],
        sources: vec![row(["1", "Suma wszystkich kosztów", "8 400,00", "100,00"])],
        split: vec![row(["1", "Oferent 1", "8 400,00", "8 400,00"])],
        declarations: vec![
            Declared { texts: vec![NASTY.into(); 2], offeror: Some(NASTY.into()), ..Declared::default() };
            2
        ],
        signatures: signatures(),
        ..OfferPaper::default()
    }
}

fn receipt() -> ReceiptPaper {
    ReceiptPaper {
        head: head("Potwierdzenie złożenia oferty"),
        number: "PAI/2/2026/O-7".into(),
        received_at: "30.10.2026, godz. 23:40:07".into(),
        extended: None,
        hash: "9f86d081884c7d65".repeat(4),
        attachments: vec![AttachedFile { name: NASTY.into(), hash: "0a".repeat(32) }],
        check_url: Some("https://konkurs.example/sprawdz".into()),
        ..ReceiptPaper::default()
    }
}

fn has(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn every_template_takes_its_paper_with_any_text() {
    let pdf = Pdf::new();
    let section = Section { basis: Some(NASTY.into()), landscape: true, ..Section::new(NASTY, every_block()) };
    // The receipt carries its own data as a file, which PDF/A allows from part 3 on.
    for (part, printed) in [
        ("<pdfaid:part>2<", pdf.print(&offer(), time())),
        ("<pdfaid:part>2<", pdf.print(&OfferPaper { split: vec![], indicators: vec![], ..offer() }, time())),
        ("<pdfaid:part>3<", pdf.print(&receipt(), time())),
        ("<pdfaid:part>2<", pdf.print(&ContractPaper { sections: vec![], ..contract() }, time())),
        ("<pdfaid:part>2<", pdf.print(&announcement(section.clone()), time())),
        ("<pdfaid:part>2<", pdf.print(&letter(vec![section]), time())),
    ] {
        let bytes = printed.unwrap();
        for mark in [part, "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "/Lang(pl-PL)", "/Marked true"] {
            assert!(has(&bytes, mark), "{mark}");
        }
    }
}

/// Headings stand in the file's outline uncompressed, so what was printed can be read there.
#[test]
fn markup_in_a_text_is_printed_literally() {
    let bytes = Pdf::new().print(&letter(vec![Section::new(NASTY, vec![])]), time()).unwrap();
    let outline: String = NASTY.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    assert!(has(&bytes, &outline));
}

#[test]
fn every_drawn_character_has_a_glyph_and_the_rest_is_written_out() {
    let pdf = Pdf::new();
    let blocks = vec![
        Block::paragraph(all_drawn()),
        Block::paragraph("emoji 😀 中文 \u{0} \u{202E}x"),
        Block::paragraph("W".repeat(300)),
    ];
    let bold = Section::new(all_drawn(), blocks);
    pdf.print(&letter(vec![bold]), time()).unwrap();
    assert_eq!(for_print("中"), "[U+4E2D]");
}

#[test]
fn same_data_and_time_give_the_same_bytes_in_every_thread() {
    let pdf = Pdf::new();
    let paper = letter(vec![Section::new("Rozstrzygnięcie", vec![table(3)])]);
    let first = pdf.print(&paper, time()).unwrap();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(|| pdf.print(&paper, time()).unwrap())).collect();
        for thread in threads {
            assert!(thread.join().unwrap() == first);
        }
    });
    assert!(pdf.print(&paper, time() + chrono::Duration::seconds(1)).unwrap() != first);
}

#[test]
fn data_that_does_not_fit_is_an_error() {
    let pdf = Pdf::new();
    assert!(matches!(pdf.render(Template::Letter, &json!([]), time()), Err(PdfError::NotAnObject)));
    assert!(matches!(pdf.render(Template::Letter, &json!({}), time()), Err(PdfError::Compile(_))));
}

#[test]
fn a_contract_with_a_long_table_has_eight_pages() {
    let (pdf, paper) = (Pdf::new(), contract());
    let from = std::time::Instant::now();
    let bytes = pdf.print(&paper, time()).unwrap();
    println!("contract: {:?}, {} bytes", from.elapsed(), bytes.len());
    assert!(has(&bytes, "<xmpTPg:NPages>8<"));
}

#[test]
fn a_document_of_a_rehearsal_says_so_on_every_page() {
    let marked = |number: &str, draft: Option<&str>| {
        let mut data = json!({"head": {"title": "x", "number": number, "draft": draft}});
        mark_rehearsal(&mut data);
        data["head"]["draft"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(marked("Umowa nr PRÓBA/U/1/2026", None), BAND);
    assert_eq!(marked("PRÓBA/PAI/1/2026", Some("PROJEKT")), format!("{BAND} – PROJEKT"));
    assert_eq!(marked("PAI/1/2026", Some("PROJEKT")), "PROJEKT");
    assert_eq!(marked("PAI/1/2026", None), "");
    let mut without = json!({"title": "x"});
    mark_rehearsal(&mut without);
    assert_eq!(without, json!({"title": "x"}));
}
