//! Every template loads, and the sample page shows every component.

use std::path::Path;

use tera::{Context, Tera};

fn collect(folder: &Path, root: &Path, out: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, root, out);
        } else if path.extension().is_some_and(|ending| ending == "html" || ending == "txt") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            out.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn all() -> Vec<(String, String)> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates"));
    let mut out = Vec::new();
    collect(root, root, &mut out);
    out
}

#[test]
fn every_template_loads_and_the_sample_page_renders() {
    let mut tera = Tera::default();
    let pages = all().into_iter().filter(|(name, _)| name.ends_with(".html"));
    tera.add_raw_templates(pages.collect::<Vec<_>>()).unwrap();
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/kitchen.json")).unwrap();
    let sample: serde_json::Value = serde_json::from_str(&text).unwrap();
    let html = tera.render("kitchen.html", &Context::from_serialize(&sample).unwrap()).unwrap();
    assert!(html.contains("WERSJA ROBOCZA – NIEZŁOŻONA") && html.contains("class=\"receipt"), "{html}");
    konkurs::web::Views::load().unwrap();
}

#[test]
fn every_letter_has_a_subject_and_says_nothing_in_markup() {
    let letters: Vec<(String, String)> = all().into_iter().filter(|(name, _)| name.starts_with("mail/")).collect();
    assert!(!letters.is_empty());
    for (name, text) in letters {
        let subject = text.lines().next().unwrap_or_default();
        assert!((5..120).contains(&subject.chars().count()), "{name}: subject „{subject}”");
        assert!(!text.contains("</"), "{name}");
    }
}

#[test]
fn no_component_is_named_twice() {
    let mut names = Vec::new();
    for (_, text) in all() {
        let starts = text.split("{% component ").skip(1);
        names.extend(starts.map(|rest| rest.split('(').next().unwrap().to_owned()));
    }
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count);
}
