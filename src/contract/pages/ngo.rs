//! The contractor: its contracts, and what to do next in each.

use actix_web::HttpResponse;

use super::office::list_page;
use super::policy::{MyContracts, NgoContract};
use super::view::{self, Case, Link};
use crate::contract::document::paper;
use crate::contract::{Contract, ContractState};
use crate::error::AppError;
use crate::law::show_date;
use crate::web::Allowed;

/// The contracts of the reader's organisations. Policy: `MyContracts`.
pub async fn list(may: Allowed<MyContracts>) -> Result<HttpResponse, AppError> {
    let page = list_page(&may.ctx, may.object, "/umowy", false).await?;
    may.ctx.page("contract/list.html", "Umowy", &page)
}

/// One contract. Policy: `NgoContract`.
pub async fn show(may: Allowed<NgoContract>) -> Result<HttpResponse, AppError> {
    let (ctx, contract) = (&may.ctx, may.object);
    let now = ctx.arrived;
    let case = ctx.read(move |r| Case::load(r, contract, now)).await?;
    let title = format!("Umowa nr {}", case.contract.number);
    let (steps, links) = (steps(&case.contract), links(&case.contract));
    let public = case.contract.state != ContractState::Draft;
    let document = public.then(|| paper(&case.contract, &ctx.state.config.office, None, None));
    let mut page = view::show(case, now, false);
    page.steps = steps;
    page.links = links;
    page.paper = document;
    page.findings = Vec::new();
    // The contractor sees what happened, not who in the office did it.
    page.events.iter_mut().for_each(|event| event.who.clear());
    ctx.page("contract/show.html", &title, &page)
}

/// What the organisation has to do next.
fn steps(contract: &Contract) -> Vec<String> {
    let c = &contract.content;
    match contract.state {
        ContractState::Draft => vec![
            "Nic teraz nie musicie robić. Treść umowy zobaczycie, gdy urząd wygeneruje dokument.".into(),
            "Sprawdźcie w danych organizacji numer rachunku, adres i osoby uprawnione do reprezentacji.".into(),
        ],
        ContractState::Ready => vec![
            "Przeczytajcie umowę i pobierzcie ją jako PDF.".into(),
            "Podpiszcie ją na papierze albo kwalifikowanym podpisem elektronicznym; podpis zaufany nie wystarczy (art. 16 \
             ust. 2 UDPP)."
                .into(),
            "Podpisuje osoba uprawniona do reprezentacji. Podpisany egzemplarz przekażcie urzędowi.".into(),
        ],
        ContractState::Signed => vec![
            format!("Realizujcie zadanie do {}; dotację można wydawać do {}.", show_date(c.ends), show_date(c.use_until)),
            "Prowadźcie osobną ewidencję księgową i opisujcie dokumenty numerem umowy (§ 6).".into(),
            format!(
                "W materiałach i w miejscu {} umieśćcie zdanie „{}” (§ 7).",
                if c.applies().classes { "zajęć" } else { "realizacji zadania" },
                crate::contract::document::said(c)
            ),
            format!("Sprawozdanie końcowe złóżcie do {}.", show_date(view::report_due(contract))),
        ],
        ContractState::Settled => vec!["Umowa jest rozliczona. Dokumentację przechowujcie przez okres z § 6.".into()],
    }
}

fn links(c: &Contract) -> Vec<Link> {
    let mut out = Vec::new();
    if c.document.is_some() {
        out.push(Link { label: "Umowa (PDF)", href: format!("/umowy/{}/umowa.pdf", c.id), tone: "secondary" });
    }
    if c.signed_on.is_some() {
        out.push(Link { label: "Sprawozdania", href: format!("/umowy/{}/sprawozdania", c.id), tone: "secondary" });
    }
    out
}
