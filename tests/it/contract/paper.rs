use konkurs::contract::document::sections;
use konkurs::document::{Block, Section};
use konkurs::law::Minutes;

use super::Scene;
use crate::support::paper::{bare, pdf_pages, pdf_text};
use crate::support::text_of;

/// Every text of the paragraphs, in order.
pub fn texts(sections: &[Section]) -> Vec<String> {
    let mut out = Vec::new();
    for section in sections {
        out.extend(section.heading.clone());
        out.extend(section.basis.clone());
        for block in &section.blocks {
            match block {
                Block::Paragraph { text } | Block::Note { text } => out.push(text.clone()),
                Block::Points { items } => {
                    for item in items {
                        out.push(item.text.clone());
                        out.extend(item.items.clone());
                    }
                }
                Block::List { items } => out.extend(items.clone()),
                Block::Facts { rows } => out.extend(rows.iter().filter_map(|r| r.value.clone())),
                Block::Answer { label, .. } => out.push(label.clone()),
                Block::Table(table) => out.extend(table.caption.clone()),
            }
        }
    }
    out
}

#[actix_web::test]
async fn the_page_and_the_pdf_show_the_same_paragraphs_with_every_clause() {
    for s in [Scene::new().await, Scene::rsd().await] {
        let id = s.printed().await;
        let contract = s.contract(&id);
        let expected = texts(&sections(&contract.content, &s.app.state.config.office));
        let pdf = s.ngo.page(&format!("/umowy/{id}/umowa.pdf")).await;
        assert!(pdf.body.starts_with(b"%PDF"), "not a PDF");
        assert_eq!(pdf.headers["content-type"], "application/pdf");
        let printed = bare(&pdf_text(&pdf.body));
        let page = s.ngo.page(&format!("/umowy/{id}")).await;
        let shown = bare(&page.text());
        for text in &expected {
            assert!(shown.contains(&bare(&text_of(text))), "not on the page: {text}");
            assert!(printed.contains(&bare(text)), "not in the PDF: {text}");
        }
        let whole = bare(&expected.concat());
        for clause in &contract.content.clauses {
            assert!(whole.contains(&bare(&clause.text)), "clause {} is not printed", clause.key);
            assert!(whole.contains(&bare(&clause.basis)), "basis of {} is not printed", clause.key);
        }
        assert_eq!((1..=19).filter(|n| expected.iter().any(|t| t.starts_with(&format!("§ {n}. ")))).count(), 19);
        assert!(whole.contains(&bare("osiemdziesiąt pięć tysięcy pięćdziesiąt złotych")), "no amount in words");
        // A local programme, also one on the terms of PAI, is not paid by the Labour Fund.
        let fund = if contract.content.rules.is_local() {
            "zadanie finansowane ze środków programu „Program lokalny na warunkach PAI”"
        } else {
            "zadanie finansowane ze środków Funduszu Pracy"
        };
        assert!(whole.contains(&bare(fund)), "{fund}");
        assert!(!whole.contains("karaumowna") && !whole.contains("karyumowne"));
        s.app.new_mail();
    }
}

/// With individual hours the table of annex 1 has its most columns.
#[actix_web::test]
async fn the_heads_of_the_programme_keep_their_words_whole() {
    let s = Scene::new().await;
    let id = s.drawn_up().await;
    s.change(&id, |c| c.hours[0].individual = Minutes::new(600)).unwrap();
    let pdf = s.officer.page(&format!("/umowy/{id}/umowa.pdf")).await;
    let pages = pdf_pages(&pdf.body);
    let programme = pages.iter().find(|page| page.contains("Grupy, uczestnicy i godziny")).unwrap();
    let lines: Vec<&str> = programme.lines().skip_while(|line| !line.contains("Grupy, uczestnicy")).collect();
    let head = lines.iter().take_while(|line| !line.starts_with("Edycja")).skip(1);
    let head = head.copied().collect::<Vec<_>>().join(" ");
    assert_eq!(head, "Grupa Gmina Osoby Zajęcia z grupą Zajęcia indywidualne");
    // A long word in the text is parted by a hyphen or not at all.
    let text = pages.concat();
    assert!(text.contains("informacyjno-") && !text.contains("komunik\n"), "{text}");
}

#[actix_web::test]
async fn the_document_is_frozen_with_the_hash_of_its_content() {
    let s = Scene::new().await;
    let id = s.printed().await;
    let before = s.contract(&id);
    let hash = konkurs::contract::content_hash(&before.content).unwrap();
    assert_eq!(before.sha256.as_deref(), Some(hash.as_str()));
    assert_eq!(s.app.new_mail(), [("biuro@example.pl".to_owned(), "Umowa U/1/2026 czeka na podpis".to_owned())]);
    let pdf = s.officer.page(&format!("/umowy/{id}/umowa.pdf")).await;
    s.officer.page(&format!("/urzad/umowy/{id}")).await.says(&hash);
    let kept =
        s.app.state.store.read(|r| konkurs::store::documents::find(r, before.document.as_ref().unwrap())).unwrap();
    assert_eq!(kept.sha256, konkurs::store::digest_bytes(&pdf.body));
    // an edit drops the document, and the contractor sees no paragraphs of a draft
    s.change(&id, |c| c.clauses[0].text = "Działaniami obejmuje się 138 bezrobotnych.".into()).unwrap();
    let after = s.contract(&id);
    assert_eq!((after.document.clone(), after.sha256.clone()), (None, None));
    s.ngo.get(&format!("/umowy/{id}/umowa.pdf")).await.expect(404);
    s.ngo.page(&format!("/umowy/{id}")).await.says("Teraz czekamy na: urząd").says_not("Przedmiot umowy");
    let draft = s.officer.page(&format!("/umowy/{id}/umowa.pdf")).await;
    assert!(bare(&pdf_text(&draft.body)).contains("Działaniamiobejmujesię138bezrobotnych"));
}

#[actix_web::test]
async fn a_contract_without_a_clause_is_not_printed() {
    for (s, count) in [(Scene::new().await, 6), (Scene::rsd().await, 8)] {
        let id = s.drawn_up().await;
        let clauses = s.contract(&id).content.clauses;
        assert_eq!(clauses.len(), count);
        for (at, clause) in clauses.iter().enumerate() {
            s.change(&id, |c| {
                c.clauses.clone_from(&clauses);
                c.clauses[at].text.clear();
            })
            .unwrap();
            let version = s.contract(&id).version.to_string();
            let url = format!("/urzad/umowy/{id}/generowanie");
            let answer = s.officer.post(&url, &[("version", version.as_str())]).await;
            answer.expect(422).says(&format!("klauzula „{}”", clause.title)).says("R-CON-04").says(&clause.basis);
            s.officer
                .page(&url)
                .await
                .says("Dokumentu nie można jeszcze wygenerować")
                .says_not("Wygeneruj dokument do podpisu");
        }
    }
}
