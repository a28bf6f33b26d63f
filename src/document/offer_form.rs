//! The offer's form (Dz.U. 2018 poz. 2057, annex 1) as printers and pages want it: the answers, and the labels of
//! [`FormLabels`]. Every string is ready for a person; an empty optional answer prints "nie dotyczy".

use serde::Serialize;

use super::{
    form_labels::FormLabels,
    paper::{Head, Paper, Signature, TableRow},
    pdf::Template,
};

#[derive(Clone, Debug, Default, Serialize)]
pub struct OfferPaper {
    pub head: Head,
    pub labels: FormLabels,
    /// Which kind of offer it is, with its basis.
    pub heading: String,
    /// I.1
    pub organ: String,
    /// I.2
    pub task_kind: String,
    /// II.1
    pub offerors: Vec<OfferorAnswers>,
    /// II.2
    pub contact: ContactAnswers,
    /// III.1
    pub task_title: String,
    /// III.2
    pub starts_on: String,
    pub ends_on: String,
    /// III.3: place, target group, needs, complementarity.
    pub summary: Vec<Answer>,
    /// III.4, a table a calendar year.
    pub plan: Vec<PlanYear>,
    /// III.5: direct effect, social change, durability.
    pub results: Vec<Answer>,
    /// III.6: name, target value, way of monitoring.
    pub indicators: Vec<[String; 3]>,
    /// IV.1
    pub experience: String,
    /// IV.2
    pub resources: String,
    /// IV.2: name and qualifications of each trainer.
    pub trainers: Vec<[String; 2]>,
    /// Annex: group, edition, persons, group hours, individual hours.
    pub groups: Vec<[String; 5]>,
    /// Annex: group, day, hours, topic, trainer, kind of class.
    pub programme: Vec<[String; 6]>,
    /// Annex: hours by topic.
    pub topics: Vec<[String; 2]>,
    /// Annex: what is measured in each person, how, when.
    pub measures: Vec<[String; 3]>,
    /// Headings of the year columns of V.A and V.C: "Rok 1 (2026)".
    pub cost_years: Vec<String>,
    /// V.A: no., kind, unit, unit cost, units, total, then a cell a year.
    pub costs: Vec<TableRow>,
    /// V.B: no., name, value, share in %.
    pub sources: Vec<TableRow>,
    /// V.C: no., offeror, total, then a cell a year; empty unless joint.
    pub split: Vec<TableRow>,
    /// V.C: offeror, its activities of III.4, what it does in them; empty unless joint.
    pub shares: Vec<[String; 3]>,
    /// Annex: what makes each offeror one that the contest is for (R-ORG-01).
    pub standing: Vec<Standing>,
    /// VI.1
    pub payment: String,
    /// VI.2
    pub representation: Option<String>,
    /// VI.3
    pub other: Option<String>,
    /// VII, of every offeror; nothing before they are made.
    pub declarations: Vec<Declared>,
    pub attachments: Vec<String>,
    pub signed_on: Option<String>,
    pub signatures: Vec<Signature>,
}

impl Paper for OfferPaper {
    const TEMPLATE: Template = Template::Offer;
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct OfferorAnswers {
    pub name: String,
    pub legal_form: Option<String>,
    /// KRS number, or the other register and its number.
    pub register: Option<String>,
    pub address: Option<String>,
    pub website: Option<String>,
    pub correspondence: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Standing {
    pub name: String,
    pub status: String,
    pub proof: Option<String>,
    /// The clause of the statute with its place.
    pub statute: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct ContactAnswers {
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Answer {
    pub label: String,
    pub text: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct PlanYear {
    /// "2026"
    pub year: String,
    /// No., name, description, target group, term, scope done by an outside body.
    pub rows: Vec<[String; 6]>,
}

/// What one offeror declared, in the words it was shown.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Declared {
    /// Its name, where there are several.
    pub offeror: Option<String>,
    pub texts: Vec<String>,
    /// Who signed, and when where that is another time than that of the submission.
    pub signed_by: Option<String>,
    pub signed_at: Option<String>,
}
