//! Printed pages as they lie: amounts beside each other, and what stands at the foot of a page.

use konkurs::document::{
    Align, Block, FORM, LetterPaper, OfferPaper, Paper, Pdf, PlanYear, RowStyle, Section, Table, TableColumn, TableRow,
};

use crate::support::paper::{Word, bare, pdf_pages, pdf_text, pdf_words};

/// As much as an amount of the form can be.
const MOST: &str = "99\u{202f}999\u{202f}999,99";

fn print(paper: &impl Paper) -> Vec<u8> {
    Pdf::new().print(paper, "2026-11-23T11:00:00Z".parse().unwrap()).unwrap()
}

fn offer(years: i32) -> OfferPaper {
    let row = |style: RowStyle, first: &[&str]| {
        let amounts = (0..=years).map(|_| MOST);
        TableRow { style, cells: first.iter().copied().chain(amounts).map(str::to_owned).collect() }
    };
    let activity = ["1", "Warsztaty", "zajęcia", "wszyscy", "2027", "nie dotyczy"].map(str::to_owned);
    OfferPaper {
        labels: FORM,
        heading: FORM.heading(true),
        head: konkurs::document::Head { title: "Oferta".into(), ..Default::default() },
        plan: (2026..2026 + years)
            .map(|year| PlanYear {
                year: year.to_string(),
                rows: if year == 2027 { vec![activity.clone()] } else { vec![] },
            })
            .collect(),
        cost_years: (0..years).map(|n| format!("Rok {} ({})", n + 1, 2026 + n)).collect(),
        costs: vec![
            TableRow { style: RowStyle::Group, cells: vec![format!("I. {}", FORM.costs_actions)] },
            row(RowStyle::Plain, &["I.1.1", "Wynagrodzenia trenerów z narzutami", "godzina z grupą", MOST, "1350"]),
            row(RowStyle::Sum, &["", FORM.sum_all, "", "", ""]),
        ],
        split: vec![
            row(RowStyle::Plain, &["1", "Stowarzyszenie Inicjatyw Społeczno-Ekonomicznych"]),
            row(RowStyle::Sum, &["", FORM.sum_all]),
        ],
        ..OfferPaper::default()
    }
}

/// On one line of one page, left to right, with the space between them.
fn neighbours(words: &[Word]) -> Vec<(&Word, &Word, f64)> {
    let mut out = Vec::new();
    for left in words {
        let same = words.iter().filter(|w| w.page == left.page && (w.top - left.top).abs() < 1.0 && w.left > left.left);
        if let Some(next) = same.min_by(|a, b| a.left.total_cmp(&b.left)) {
            out.push((left, next, next.left - left.right));
        }
    }
    out
}

#[test]
fn the_largest_amounts_of_six_years_stand_side_by_side_and_never_touch() {
    for (years, wide) in [(1, false), (3, true), (4, true), (6, true)] {
        let words = pdf_words(&print(&offer(years)));
        let amounts: Vec<&Word> = words.iter().filter(|w| w.text.ends_with("999,99")).collect();
        let count = usize::try_from(years + 1).unwrap() * 4 + 1;
        assert_eq!(amounts.len(), count, "{years}: {amounts:?}");
        for amount in amounts {
            assert_eq!(amount.width > 800.0, wide, "{years} years, the page is {} wide", amount.width);
            assert!(amount.right < amount.width - 40.0, "{years} years: {amount:?} leaves its page");
        }
        for (left, right, space) in neighbours(&words) {
            assert!(space > 0.0, "{years} years: {left:?} runs into {right:?}");
            assert!(!left.text.ends_with(",99") || space > 4.0, "{years} years: {left:?} touches {right:?}");
        }
        for whole in ["jednostkowy", "jednostek", "Rodzaj", "(2026)"] {
            assert!(words.iter().any(|w| w.text == whole), "{years} years: {whole} is broken");
        }
    }
}

#[test]
fn a_year_without_activities_says_so() {
    let text = bare(&pdf_text(&print(&offer(6))));
    for year in [2026, 2028, 2031] {
        assert!(text.contains(&bare(&format!("{} {year} nie dotyczy", FORM.plan))), "{year}: {text}");
    }
    assert!(text.contains(&bare(&format!("{} 2027 ({})", FORM.plan, FORM.plan_hint))), "{text}");
    assert_eq!(text.matches(&bare(FORM.plan_columns[5])).count(), 1, "one head for the one year that has rows");
}

#[test]
fn no_heading_caption_or_lead_in_stands_alone_at_the_foot_of_a_page() {
    let section = |n: usize| {
        let rows = (1..=9).map(|row| [row.to_string(), "Warsztaty".to_owned()].into_iter().collect()).collect();
        let table = Table {
            caption: Some(format!("Tabela {n}")),
            columns: vec![
                TableColumn::new("Lp.", Align::Center, None),
                TableColumn::new("Nazwa", Align::Left, Some(4)),
            ],
            rows,
            totals: None,
        };
        let filler = (0..n % 5).map(|line| format!("wiersz {line}")).collect::<Vec<_>>().join("\n");
        let blocks = vec![
            Block::paragraph(filler),
            Block::Table(table),
            Block::paragraph("Prowadzi do listy:"),
            Block::List { items: vec!["pierwsze".into(), "drugie".into()] },
        ];
        Section::new(format!("Rozdział {n}"), blocks)
    };
    let paper = LetterPaper {
        head: konkurs::document::Head { title: "Ogłoszenie".into(), ..Default::default() },
        sections: (1..=40).map(section).collect(),
        ..LetterPaper::default()
    };
    let pages = pdf_pages(&print(&paper));
    assert!(pages.len() > 10, "{}", pages.len());
    let mut feet = std::collections::BTreeSet::new();
    for page in &pages {
        let last = page.trim().lines().next_back().unwrap().trim();
        for alone in ["Rozdział", "Tabela", "Lp.", "Prowadzi"] {
            assert!(!last.starts_with(alone), "at the foot of a page: {last}\n{page}");
        }
        feet.insert(last.to_owned());
    }
    assert!(feet.len() > 5, "the pages end in many ways: {feet:?}");
}
