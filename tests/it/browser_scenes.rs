//! Pages that no link of the demonstration leads to: those behind a link in a letter, those of a state that this scene
//! brings about, and a form that was saved too late.

use konkurs::account::{self, Actor, OrgRole};
use konkurs::call::{self, Asking, Call, Part};
use konkurs::law::Instant;
use konkurs::offer::joint::{Whom, invite_partner};
use konkurs::offer::{self, Declarations, Offer};
use konkurs::review::{self, Answer, Declared, FormalAnswer, FormalOutcome};
use konkurs::store::{OrgId, Store, Tx};
use konkurs::{audit, mail};

use super::browser_pages::actor;
use crate::support::browser::{Driver, Person, Program};
use crate::support::sample;

/// Who opens which addresses.
type Looks = Vec<(&'static str, Vec<String>)>;

const LEAD: &str = "sukces@ngo.example";
const PARTNER: &str = "razem@ngo.example";
const NGO: &str = "promyk@ngo.example";
/// Has filed in both open contests.
const OFFEROR: &str = "most@ngo.example";

struct Scene {
    store: Store,
    base: String,
    now: Instant,
    open: Vec<Call>,
    draft: Call,
}

impl Scene {
    fn new(program: &Program) -> Scene {
        let store = Store::open(&program.scratch.address(), 1, audit::seal).unwrap();
        let now = konkurs::store::Clock::system().now();
        let calls = store.read(|r| call::store::all(r, false)).unwrap();
        let real = calls.into_iter().filter(|call| !call.content.test);
        let (open, other): (Vec<Call>, Vec<Call>) = real.partition(|call| call.is_open(now));
        let draft = other.into_iter().find(|call| call.state == call::CallState::Draft).unwrap();
        Scene { store, base: program.base.clone(), now, open, draft }
    }

    fn actor(&self, email: &str) -> Actor {
        actor(&self.store, email)
    }

    fn org(&self, email: &str) -> OrgId {
        self.actor(email).memberships[0].org.clone()
    }

    fn write<T>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, konkurs::error::AppError>) -> T {
        self.store.write(work).unwrap()
    }

    /// The address in the newest letter that begins so.
    fn link(&self, begin: &str) -> String {
        let letters = self.store.read(|r| mail::recent(r, 20)).unwrap();
        let found = letters.iter().find_map(|letter| {
            let from = letter.body.find(begin)?;
            letter.body[from..].split_whitespace().next().map(str::to_owned)
        });
        found.unwrap_or_else(|| panic!("no letter has a link {begin}"))
    }

    /// Pages behind links in letters.
    fn letters(&self) -> Looks {
        let (ngo, org) = (self.actor(NGO), self.org(NGO));
        let asking = Asking { text: "Czy można złożyć dwie oferty?".into(), email: "pytam@ngo.example".into() };
        self.write(|tx| {
            account::request_reset(tx, "most@ngo.example", &self.base, self.now)?;
            account::invite(tx, &ngo, &org, ("nowa@ngo.example", OrgRole::Editor), &self.base, self.now)?;
            call::ask(tx, &Actor::default(), &self.open[1].id, asking.clone(), &self.base, self.now)?;
            Ok(())
        });
        let question = format!("/konkursy/{}/pytania/", self.open[1].id);
        let dead = "/konto/nowy-adres?osoba=x&do=1&adres=nowy%40ngo.example&klucz=x".to_owned();
        let own = ["/konto/nowe-haslo", "/konto/zaproszenie/", &question].map(|begin| self.link(begin));
        vec![("", own.into_iter().chain([dead]).collect())]
    }

    /// Confirmations of the office: an answer, a change that was handed over, a cancellation, a draft, a later deadline
    /// for one organisation.
    fn office(&self) -> Looks {
        let officer = self.actor("urzednik@pup.example");
        let id = self.open[1].id.clone();
        let question = self.write(|tx| {
            let all = call::store::questions::of_call(tx, &id)?;
            let q = all.into_iter().find(|q| q.answer.is_empty()).unwrap();
            call::save_answer(tx, &officer, &q.id, q.version, (q.text.clone(), "Tak.".into()), self.now)?;
            let a = call::store::amendments::open_of(tx, &self.open[0].id)?.unwrap();
            let mut content = a.content.content.clone();
            content.contact = "Ewa Nowak, pokój 7".into();
            let seen = Part::Programme.mark(&a.content.content)?;
            call::amend_part(tx, &officer, &a.id, Part::Programme, &seen, content, self.now)?;
            call::propose_amendment(tx, &officer, &a.id, a.version + 1, "Inna osoba do kontaktu.", self.now)?;
            Ok(q.id)
        });
        let url = |call: &Call| format!("/urzad/konkursy/{}", call.id);
        let organ = vec![
            format!("{}/zmiana/ogloszenie", url(&self.open[0])),
            format!("{}/uniewaznienie", url(&self.open[1])),
            format!("{}/wyjatek", url(&self.open[1])),
            format!("{}/wyjatek/{}", url(&self.open[1]), self.org(NGO)),
            format!("{}/zatwierdzenie", url(&self.draft)),
            format!("{}/ogloszenie", url(&self.draft)),
        ];
        let answer = format!("{}/pytania/{question}/odpowiedz", url(&self.open[1]));
        vec![("organ@pup.example", organ), ("urzednik@pup.example", vec![answer])]
    }

    fn joint_offer(&self) -> Offer {
        let org = self.org(LEAD);
        let all = self.store.read(|r| offer::store::of_orgs(r, &[org])).unwrap();
        all.into_iter().find(Offer::is_joint).unwrap()
    }

    /// What the two sides of a joint offer are asked, and the link of a partner without an account.
    fn joint(&self) -> Looks {
        let (lead, offer) = (self.actor(LEAD), self.joint_offer());
        let (known, asked) = self.write(|tx| {
            let known = offer::store::partners::of_offer(tx, &offer.id)?.remove(0);
            let seen = offer::store::find(tx, &offer.id)?.version;
            let whom = Whom::Email("nowy@ngo.example".into());
            Ok((known, invite_partner(tx, &lead, &offer.id, seen, whom, &self.base, self.now)?))
        });
        let at =
            |partner: &dyn std::fmt::Display, deed: &str| format!("/oferty/{}/partnerzy/{partner}/{deed}", offer.id);
        let part = format!("/oferty/{}/podzial/{}", offer.id, self.org(PARTNER));
        vec![
            (LEAD, vec![at(&asked, "zaproszenie"), at(&asked, "usuniecie"), part.clone()]),
            (PARTNER, vec![part, at(&known.id, "potwierdzenie"), at(&known.id, "odmowa")]),
            ("most@ngo.example", vec![self.link("/oferty/zaproszenie/")]),
        ]
    }

    /// A submitted offer with changes that were not submitted.
    fn changed(&self) -> Looks {
        let (ngo, org) = (self.actor(NGO), self.org(NGO));
        let drafts = self.store.read(|r| offer::store::of_orgs(r, &[org])).unwrap();
        let draft = drafts.into_iter().find(|offer| offer.call == self.open[0].id).unwrap();
        let extra = vec![true; self.open[0].content.terms.extra_declarations.len()];
        self.write(|tx| {
            let declared = Declarations { extra: extra.clone(), ..sample::declarations() };
            offer::submit(tx, &ngo, &draft.id, declared, self.now)?;
            let filed = offer::store::find(tx, &draft.id)?;
            let mut content = filed.content.clone();
            content.experience.push_str(" Zmiana.");
            offer::save(tx, &ngo, &draft.id, filed.version, content, self.now)
        });
        vec![(NGO, vec![format!("/oferty/{}/odrzucenie-zmian", draft.id)])]
    }

    /// The time for offers of one contest is over, and one of them is called for: what is missing is a signature, part VII
    /// and VI.1.
    fn called(&self) -> Looks {
        let (officer, call) = (self.actor("urzednik@pup.example"), &self.open[1]);
        let answer = |key: &str| {
            let no = ["signed", "declarations", "activity"].contains(&key);
            let (answer, note) = if no { (Answer::No, "nie ma") } else { (Answer::Yes, "") };
            FormalAnswer { key: key.to_owned(), answer, note: note.to_owned(), files: Vec::new() }
        };
        let answers: Vec<FormalAnswer> = call.content.formal.iter().map(|q| answer(&q.key)).collect();
        let offer = self.write(|tx| {
            call::close_early(tx, &officer, &call.id, self.now)?;
            call::open_offers(tx, &officer, &call.id, self.now)?;
            let words = review::IMPARTIAL.to_owned(); // the officer chairs the committee
            review::declare(tx, &officer, &call.id, Declared::Impartial, words, self.now)?;
            let offer = offer::store::filed_in_call(tx, &call.id)?.remove(0);
            review::check_formally(tx, &officer, &offer.id, answers.clone(), FormalOutcome::ToSupplement, self.now)?;
            Ok(offer)
        });
        let own = ["", "/uzupelnienie", "/uzupelnienie/zlozenie"].map(|page| format!("/oferty/{}{page}", offer.id));
        let checks = format!("/urzad/konkursy/{}/oceny-formalne", call.id);
        let card = format!("/urzad/oferty/{}/ocena-formalna", offer.id);
        vec![(OFFEROR, own.into()), ("urzednik@pup.example", vec![format!("{checks}/czas"), checks, card])]
    }

    /// An officer saves a step that somebody saved meanwhile.
    async fn too_late(&self, officer: &Person) {
        officer.open(&format!("/urzad/konkursy/{}/program", self.draft.id)).await;
        let mut content = self.draft.content.clone();
        let seen = Part::Programme.mark(&content).unwrap();
        content.contact = "Jan Kowalski, pokój 12".into();
        let by = self.actor("urzednik@pup.example");
        self.write(|tx| call::save_part(tx, &by, &self.draft.id, Part::Programme, &seen, content.clone(), self.now));
        officer.fill("contact", "Ewa Nowak, pokój 7").await;
        officer.press("Zapisz i zostań").await;
        officer.says("Ktoś zapisał ten krok w międzyczasie").await;
        officer.fits("a step that was saved too late").await;
    }

    /// An administrator sees both owners before anything is done.
    async fn another_owner(&self, admin: &Person) {
        let org = self.org(NGO);
        admin.open(&format!("/urzad/administracja/organizacje/{org}/wlasciciel")).await;
        admin.fill("email", "nowa@ngo.example").await;
        admin.fill("reason", "pismo organizacji z 20.11.2026").await;
        admin.press("Dalej: sprawdź i zatwierdź").await;
        admin.says("Sprawdź obie osoby, zanim zatwierdzisz").await;
        admin.fits("the confirmation of another owner").await;
    }
}

/// Looks at all of them and returns their paths.
pub async fn look(program: &Program, driver: &Driver) -> Vec<String> {
    let scene = Scene::new(program);
    let mut looks = scene.letters();
    looks.extend(scene.office());
    looks.extend(scene.joint());
    looks.extend(scene.changed());
    let mut seen = look_at(program, driver, looks, 0).await;
    seen.extend(look_at(program, driver, scene.called(), 80).await);
    let officer = signed_in(program, driver, "urzednik@pup.example", 90).await;
    scene.too_late(&officer).await;
    officer.client.close().await.unwrap();
    let admin = signed_in(program, driver, "admin@pup.example", 91).await;
    scene.another_owner(&admin).await;
    admin.client.close().await.unwrap();
    seen
}

/// Everybody opens their addresses, at a window of the number `from` or a higher one.
async fn look_at(program: &Program, driver: &Driver, looks: Looks, from: usize) -> Vec<String> {
    let mut seen = Vec::new();
    for (at, (email, addresses)) in (from..).zip(looks) {
        let who = signed_in(program, driver, email, at).await;
        for address in addresses {
            assert!(who.is_page(&address).await, "{email}: {address} is no page");
            who.open(&address).await;
            who.fits(&address).await;
            seen.push(address);
        }
        who.client.close().await.unwrap();
    }
    seen
}

async fn signed_in(program: &Program, driver: &Driver, email: &str, at: usize) -> Person {
    let who = Person::new(driver, program, &format!("scene-{at}")).await;
    if email.is_empty() {
        who.open("/").await;
    } else {
        who.sign_in(email).await;
    }
    who
}
