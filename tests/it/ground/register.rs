//! The register of rules tells the truth: each rule is named by a finding of the program, or says why not.

use std::path::Path;

use konkurs::law::RULES;

/// The code of every source file but the register: without comments, and without its tests.
fn code(folder: &Path, out: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            if name != "register" {
                code(&path, out);
            }
        } else if name.ends_with(".rs") && !name.ends_with("_test.rs") && name != "register.rs" {
            let text = std::fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap();
            text.lines().filter(|line| !line.trim_start().starts_with("//")).for_each(|line| {
                out.push_str(line);
                out.push('\n');
            });
        }
    }
}

#[test]
fn every_rule_is_raised_or_says_why_not() {
    let mut all = String::new();
    code(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut all);
    assert!(all.len() > 1_000_000, "{} bytes of code", all.len());
    for rule in RULES {
        let raised = all.contains(&format!("\"{}\"", rule.id));
        assert_eq!(
            raised,
            rule.instead.is_empty(),
            "{}: raised {raised}, and the register says „{}”",
            rule.id,
            rule.instead
        );
    }
    // And the other way: what a finding names stands in the register.
    for piece in all.split("\"R-").skip(1) {
        let id = format!("R-{}", piece.split('"').next().unwrap());
        let is_rule = id.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
        let is_prefix = id.matches('-').count() < 2;
        assert!(!is_rule || is_prefix || RULES.iter().any(|rule| rule.id == id), "{id} is not in the register");
    }
    let silent: Vec<_> =
        RULES.iter().filter(|rule| rule.instead == "program tego nie sprawdza").map(|rule| rule.id).collect();
    assert_eq!(
        silent,
        [
            "R-ATT-01", "R-PER-01", "R-PER-02", "R-PER-03", "R-PER-04", "R-PER-05", "R-REP-02", "R-REP-03", "R-REP-15",
            "R-TS-02"
        ]
    );
}
