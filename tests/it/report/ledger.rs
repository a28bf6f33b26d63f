//! A ledger for the contract of the samples: fifteen groups, two classes of five hours a week.

use chrono::{Days, NaiveDate, NaiveTime};
use konkurs::account::Role;
use konkurs::call::Call;
use konkurs::contract::{Contract, Payment, PaymentKind};
use konkurs::law::Money;
use konkurs::report::{CostReport, HoursLine, HoursSource, ReportContent};
use konkurs::store::{PaymentId, ReportId};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use crate::support::{Client, TestApp, sample};

pub const HEADINGS: [&str; 9] =
    ["Data", "Grupa", "Prowadzący", "Od", "Do", "Temat", "Obecni", "Nieobecni", "Indywidualne"];

pub fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

/// One class of five hours, 9:00–14:00, everybody present.
pub fn class(group: &str, day: NaiveDate, present: u32) -> HoursLine {
    HoursLine {
        group: group.to_owned(),
        trainer: format!("Trener {group}"),
        day,
        from: time(9, 0),
        to: time(14, 0),
        topic: "Komunikacja w grupie".into(),
        present,
        absent: 0,
        individual: false,
        place: format!("{group} {day}"),
    }
}

/// `weeks` × 2 classes × 5 h for every group, from the first day of its edition.
pub fn ledger(contract: &Contract, weeks: u64) -> Vec<HoursLine> {
    let content = &contract.content;
    let mut lines = Vec::new();
    for group in &content.groups {
        let edition = content.editions.iter().find(|e| e.no == group.edition).unwrap();
        for week in 0..weeks {
            for day in [0, 1] {
                lines.push(class(&group.code, edition.from + Days::new(7 * week + day), group.persons));
            }
        }
    }
    lines
}

fn put_line(sheet: &mut Worksheet, row: u32, line: &HoursLine) {
    use chrono::{Datelike as _, Timelike as _};
    let (date, clock) = (Format::new().set_num_format("dd.mm.yyyy"), Format::new().set_num_format("hh:mm"));
    let day = ExcelDateTime::from_ymd(
        u16::try_from(line.day.year()).unwrap(),
        u8::try_from(line.day.month()).unwrap(),
        u8::try_from(line.day.day()).unwrap(),
    );
    sheet.write_datetime_with_format(row, 0, day.unwrap(), &date).unwrap();
    sheet.write(row, 1, &line.group).unwrap();
    sheet.write(row, 2, &line.trainer).unwrap();
    for (column, at) in [(3, line.from), (4, line.to)] {
        let at = ExcelDateTime::from_hms(u16::try_from(at.hour()).unwrap(), u8::try_from(at.minute()).unwrap(), 0);
        sheet.write_datetime_with_format(row, column, at.unwrap(), &clock).unwrap();
    }
    sheet.write(row, 5, &line.topic).unwrap();
    sheet.write(row, 6, line.present).unwrap();
    sheet.write(row, 7, line.absent).unwrap();
    sheet.write(row, 8, if line.individual { "tak" } else { "nie" }).unwrap();
}

/// A workbook with these lines as a person would fill the template in; `spoil` may change cells.
pub fn workbook(lines: &[HoursLine], spoil: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Godziny").unwrap();
    sheet.write_row(0, 0, HEADINGS).unwrap();
    for (row, line) in (1..).zip(lines) {
        put_line(sheet, row, line);
    }
    spoil(sheet);
    book.save_to_buffer().unwrap()
}

/// The estimate spent to the złoty, all of it from the grant.
pub fn costs() -> Vec<CostReport> {
    [("I.1.1", 74_250), ("I.1.2", 6_000), ("II.1", 4_800)].map(|(item, zl)| spent(item, zl, zl)).to_vec()
}

pub fn spent(item: &str, actual: i64, from_grant: i64) -> CostReport {
    CostReport {
        item: item.into(),
        name: String::new(),
        planned: Money::ZERO,
        actual: Money::zl(actual),
        from_grant: Money::zl(from_grant),
    }
}

/// The three tranches, paid on their days.
pub fn pay(app: &TestApp, contract: &Contract) {
    let now = app.state.clock.now();
    for t in &contract.content.tranches {
        let payment = Payment {
            id: PaymentId::new(),
            kind: PaymentKind::Tranche(t.no),
            amount: t.amount,
            paid_on: t.due_on,
            reference: format!("WB {}", t.no),
            recorded_by: "test".into(),
        };
        app.state.store.write(|tx| konkurs::contract::store::insert_payment(tx, &contract.id, &payment, now)).unwrap();
    }
}

pub struct Cast {
    pub app: TestApp,
    pub contract: Contract,
    /// The owner of the contractor's account.
    pub ngo: Client,
    pub officer: Client,
    pub finance: Client,
}

/// The contract of the samples paid in full, on the Monday after its last class.
pub async fn cast() -> Cast {
    cast_with(sample::pai_call, true).await
}

/// The same under the law of today, RSD-1.
pub async fn cast_rsd() -> Cast {
    cast_with(sample::rsd_call, true).await
}

/// The contract of the samples before anything was paid.
pub async fn cast_unpaid() -> Cast {
    cast_with(sample::pai_call, false).await
}

async fn cast_with(call: fn(&TestApp) -> Call, paid: bool) -> Cast {
    let app = TestApp::new().await;
    let nip = sample::nip(1);
    let first = app.ngo("Stowarzyszenie Promyk", &nip).await;
    let (call, offer) = sample::awarded_in(&app, call(&app), &first);
    let contract = sample::signed_contract_of(&app, &call, &offer);
    if paid {
        pay(&app, &contract);
    }
    app.at("2027-12-06 09:00");
    let ngo = app.sign_in(&format!("{nip}@example.pl"));
    let officer = app.staff("urzednik@example.pl", &[Role::Officer]).await;
    let finance = app.staff("finanse@example.pl", &[Role::Finance]).await;
    app.new_mail();
    Cast { app, contract, ngo, officer, finance }
}

/// Everything answered, the declarations made.
pub fn answered(mut content: ReportContent) -> ReportContent {
    content.summary = "Program ukończyło 121 osób.".into();
    for result in &mut content.results {
        result.achieved = "121".into();
    }
    for activity in &mut content.activities {
        activity.description = "Zajęcia odbyły się zgodnie z umową.".into();
    }
    content.declared = true;
    content
}

impl Cast {
    /// A report filled in by calling the verbs: answered, with these costs and lines.
    pub fn filled(&self, no: i64, costs: &[CostReport], lines: &[HoursLine]) -> ReportId {
        let (by, now) = (self.app.actor(&self.ngo), self.app.state.clock.now());
        self.app
            .state
            .store
            .write(|tx| {
                let id = konkurs::report::start(tx, &by, &self.contract.id, no, now)?;
                let report = konkurs::report::store::find(tx, &id)?;
                let content = answered(report.content);
                konkurs::report::save(tx, &by, &id, report.version, content, costs.to_vec(), now)?;
                konkurs::report::put_hours(tx, &by, &id, report.version + 1, lines.to_vec(), HoursSource::Form, now)?;
                Ok(id)
            })
            .unwrap()
    }

    /// The same, filed.
    pub fn filed(&self, no: i64, costs: &[CostReport], lines: &[HoursLine]) -> ReportId {
        let id = self.filled(no, costs, lines);
        let (by, now) = (self.app.actor(&self.ngo), self.app.state.clock.now());
        self.app.state.store.write(|tx| konkurs::report::submit(tx, &by, &id, now)).unwrap();
        id
    }

    /// The office accepts a filed report.
    pub fn accepted(&self, id: &ReportId, note: &str, ineligible: i64) {
        let (by, now) = (self.app.actor(&self.officer), self.app.state.clock.now());
        self.app
            .state
            .store
            .write(|tx| {
                let seen = konkurs::report::store::find(tx, id)?.version;
                let why = if ineligible > 0 { "faktura sprzed umowy" } else { "" };
                konkurs::report::accept(tx, &by, id, seen, note.into(), Money::zl(ineligible), why.into(), now)
            })
            .unwrap();
    }

    pub fn find(&self, id: &ReportId) -> konkurs::report::Report {
        self.app.state.store.read(|r| konkurs::report::store::find(r, id)).unwrap()
    }

    /// `rule place: found` of every finding.
    pub fn findings(&self, id: &ReportId) -> Vec<konkurs::law::Finding> {
        self.app
            .state
            .store
            .read(|r| {
                let report = konkurs::report::store::find(r, id)?;
                konkurs::report::findings(r, &self.contract, &report)
            })
            .unwrap()
    }

    pub fn rules(&self, id: &ReportId) -> Vec<String> {
        self.findings(id).iter().map(|f| f.rule.to_string()).collect()
    }
}
