//! The sentences of part VII. The page of the signatory shows them, a submission freezes them as they were answered,
//! and everything that is printed later prints what was frozen: a change of the announcement never changes what
//! somebody declared.

use super::model::{Declarations, FrozenOffer, FrozenPartner};
use super::rules;
use crate::call::{Call, CallContent};
use crate::error::AppError;

/// The seven sentences of annex 1 as they are asked, without the answers to 3 and 4; `register` is where the data of
/// part II stand.
#[must_use]
pub fn asked(register: &str) -> [String; 7] {
    [
        "proponowane zadanie publiczne będzie realizowane wyłącznie w zakresie działalności pożytku publicznego oferenta"
            .into(),
        "pobieranie świadczeń pieniężnych będzie się odbywać wyłącznie w ramach prowadzonej odpłatnej działalności \
         pożytku publicznego"
            .into(),
        owing("oferent", "…", TAX),
        owing("oferent", "…", SOCIAL),
        format!("dane zawarte w części II niniejszej oferty są zgodne z {register}"),
        "wszystkie informacje podane w ofercie oraz załącznikach są zgodne z aktualnym stanem prawnym i faktycznym"
            .into(),
        "w zakresie związanym z otwartym konkursem ofert, w tym z gromadzeniem, przetwarzaniem i przekazywaniem danych \
         osobowych, a także wprowadzaniem ich do systemów informatycznych, osoby, których dotyczą te dane, złożyły \
         stosowne oświadczenia zgodnie z przepisami o ochronie danych osobowych"
            .into(),
    ]
}

const TAX: &str = "zobowiązań podatkowych";
const SOCIAL: &str = "składek na ubezpieczenia społeczne";

fn owing(who: &str, answer: &str, what: &str) -> String {
    format!("{who} składający niniejszą ofertę {answer} z opłacaniem należności z tytułu {what}")
}

/// Where the data of part II stand.
#[must_use]
pub fn register(krs: bool) -> &'static str {
    if krs { "Krajowym Rejestrem Sądowym" } else { "właściwą ewidencją" }
}

/// The sentences of the empty form, with the alternatives that are chosen between.
#[must_use]
pub fn blank() -> Vec<String> {
    let mut out = asked("Krajowym Rejestrem Sądowym* / właściwą ewidencją*");
    let [public, _, tax, social, ..] = &mut out;
    public.push_str("(-tów)");
    let (who, answer) = ("oferent* / oferenci*", "nie zalega(-ją)* / zalega(-ją)*");
    *tax = owing(who, answer, TAX);
    *social = owing(who, answer, SOCIAL);
    out.into()
}

/// The sentences as `d` answers them; `extra` are those that the announcement adds. What was not declared is left out.
#[must_use]
pub fn sentences(d: &Declarations, krs: bool, extra: &[String]) -> Vec<String> {
    let [public, paid, _, _, data, all, protection] = asked(register(krs));
    let owes = |arrears: Option<bool>, what| {
        let answer = if arrears? { "zalega" } else { "nie zalega" };
        Some(owing("oferent", answer, what))
    };
    let given = |yes: bool, text: String| yes.then_some(text);
    let own = extra.iter().zip(&d.extra).filter(|(_, yes)| **yes).map(|(text, _)| Some(text.clone()));
    let seven = [
        given(d.public_benefit_only, public),
        given(d.paid_activity_only, paid),
        owes(d.tax_arrears, TAX),
        owes(d.social_arrears, SOCIAL),
        given(d.data_agree, data),
        given(d.all_true, all),
        given(d.data_protection, protection),
    ];
    seven.into_iter().chain(own).flatten().collect()
}

/// Part VII checked against the announcement in force, with the sentences it answers.
///
/// # Errors
/// `Refused` (R-OFF-21) when another announcement was shown to the signatory, `Invalid` for declarations that are
/// missing.
pub fn answered(mut declared: Declarations, call: &Call, krs: bool) -> Result<Declarations, AppError> {
    let in_force = call.terms_hash.as_deref().unwrap_or_default();
    if declared.terms.as_deref().is_some_and(|shown| shown != in_force) {
        return Err(AppError::refused(rules::other_announcement()));
    }
    rules::declarations(&declared, &call.content.terms).finish(Some(()))?;
    let extra = &call.content.terms.extra_declarations;
    declared.extra.truncate(extra.len());
    declared.said = sentences(&declared, krs, extra);
    Ok(declared)
}

/// What versions of before the sentences were kept lack: it is read from `terms`, the announcement they were made
/// under.
pub(super) fn complete(frozen: &mut FrozenOffer, terms: &CallContent) {
    frozen.call_title.clone_from(&terms.title);
    frozen.task_kind.clone_from(&terms.elements.task);
    let extra = &terms.terms.extra_declarations;
    frozen.declarations.said = sentences(&frozen.declarations, frozen.krs.is_some(), extra);
    for partner in &mut frozen.partners {
        complete_word(partner, terms);
    }
}

/// The same for the word of a partner.
pub(super) fn complete_word(partner: &mut FrozenPartner, terms: &CallContent) {
    let krs = partner.krs.is_some();
    if let Some(word) = &mut partner.confirmation {
        word.declarations.said = sentences(&word.declarations, krs, &terms.terms.extra_declarations);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_declared_is_not_printed() {
        let none = sentences(&Declarations::default(), true, &["dostępność".into()]);
        assert_eq!(none, Vec::<String>::new());
        let some = Declarations {
            tax_arrears: Some(true),
            social_arrears: Some(false),
            data_agree: true,
            extra: vec![false, true],
            ..Declarations::default()
        };
        assert_eq!(
            sentences(&some, false, &["pierwsze".into(), "drugie".into(), "dodane później".into()]),
            [
                "oferent składający niniejszą ofertę zalega z opłacaniem należności z tytułu zobowiązań podatkowych",
                "oferent składający niniejszą ofertę nie zalega z opłacaniem należności z tytułu składek na \
                 ubezpieczenia społeczne",
                "dane zawarte w części II niniejszej oferty są zgodne z właściwą ewidencją",
                "drugie",
            ]
        );
    }

    #[test]
    fn the_empty_form_keeps_the_alternatives() {
        let blank = blank();
        assert_eq!(blank.len(), 7);
        let both = "oferent* / oferenci* składający niniejszą ofertę nie zalega(-ją)* / zalega(-ją)* z opłacaniem \
                    należności z tytułu";
        assert_eq!(blank[2], format!("{both} zobowiązań podatkowych"));
        assert_eq!(blank[3], format!("{both} składek na ubezpieczenia społeczne"));
        assert!(blank[0].ends_with("działalności pożytku publicznego oferenta(-tów)"));
        assert!(blank[4].ends_with("zgodne z Krajowym Rejestrem Sądowym* / właściwą ewidencją*"));
    }
}
