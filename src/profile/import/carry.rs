//! One directive at a time: the rules that say the same.

use scraper::Selector;

use super::css::{Value, values};
use super::draft::{Came, Draft};
use super::lines::{Line, cut};
use super::write::Rule;
use super::xpath;

/// Replacements that a profile takes.
const MOST_REPLACEMENTS: usize = 100;

/// Carries one line over.
pub(super) fn line(draft: &mut Draft, line: &Line) -> Came {
    if line.value.is_empty() && line.directive != "replace_string" {
        return Came::Left("it says nothing".to_owned());
    }
    match line.directive.as_str() {
        "title" => field(draft, "title", line),
        "author" => field(draft, "byline", line),
        "date" => field(draft, "published", line),
        "body" => body(draft, line),
        "single_page_link" => field(draft, "single_page", line),
        "next_page_link" => field(draft, "next_page", line),
        "if_page_contains" => condition(draft, line),
        "strip" => strip(draft, line),
        "strip_id_or_class" => strip_named(draft, line),
        "strip_image_src" => {
            draft.drop_images.push(Rule::bare(regex::escape(&unquoted(&line.value)), line.number));
            Came::Carried
        }
        "find_string" => {
            draft.finds.push((line.value.clone(), line.number));
            Came::Half
        }
        "replace_string" if line.argument.as_deref() == Some("") => Came::Left("it replaces nothing".to_owned()),
        "replace_string" => {
            draft.finds.extend(line.argument.clone().map(|find| (find, line.number)));
            draft.replaces.push((line.value.clone(), line.number));
            Came::Half
        }
        "http_header" => header(draft, line),
        "skip_json_ld" if is_yes(&line.value) => {
            draft.structured.get_or_insert(line.number);
            Came::Carried
        }
        "autodetect_on_failure" if is_yes(&line.value) || is_no(&line.value) => Came::Carried,
        "autodetect_on_failure" => Came::Left("it says neither yes nor no".to_owned()),
        "test_url" => match url::Url::parse(&line.value) {
            Ok(_) => Came::Noted,
            Err(error) => Came::Left(format!("it is no address ({error})")),
        },
        other => without_meaning(other, line),
    }
}

fn is_yes(value: &str) -> bool {
    matches!(value.to_lowercase().as_str(), "yes" | "true" | "1")
}

pub(super) fn is_no(value: &str) -> bool {
    matches!(value.to_lowercase().as_str(), "no" | "false" | "0")
}

fn unquoted(value: &str) -> String {
    value.replace(['\'', '"'], "")
}

/// Directives of which nothing is carried: griot has no such stage, or no such thing.
fn without_meaning(directive: &str, line: &Line) -> Came {
    let unneeded = match directive {
        "tidy" | "parser" => "griot has one parser, and it is the HTML Standard's",
        "prune" => "griot takes a body as its rule finds it",
        "convert_double_br_tags" => "two <br> part paragraphs anyway",
        "strip_attr" | "post_strip_attr" => "griot reads text, and no attributes but those that rules name",
        "strip_comments" | "dissolve" => "griot reads the text whatever stands around it",
        "insert_detected_image" => "griot never puts an image into a text",
        "src_lazy_load_attr" => "griot looks for addresses of images in every attribute that scripts fill",
        "footnotes" => "griot makes no footnotes of links",
        "skip_json_ld" => "structured data is believed unless it is said otherwise",
        "requires_login" | "autodetect_next_page" if !is_yes(&line.value) => "griot does no such thing anyway",
        "wrap_in" if !shows_kind(line.argument.as_deref()) => "griot keeps text without its typography",
        _ => "",
    };
    if !unneeded.is_empty() {
        return Came::Unneeded(unneeded);
    }
    Came::Left(
        match directive {
            "requires_login"
            | "login_uri"
            | "login_username_field"
            | "login_password_field"
            | "login_extra_fields"
            | "not_logged_in_xpath" => "griot does not log in",
            "wrap_in" | "move_into" => "griot reads a page in the order and kinds of its own elements",
            "autodetect_next_page" => "griot follows only what a rule names",
            "native_ad_clue" => "griot tells no advertisement from an article",
            "single_page_link_in_feed" => "what a feed says is read by griot's own rules",
            _ => "it is no directive that is known",
        }
        .to_owned(),
    )
}

/// Do elements of this name show what kind of text they hold?
fn shows_kind(name: Option<&str>) -> bool {
    const NONE: [&str; 8] = ["i", "b", "em", "strong", "center", "fieldset", "div", "span"];
    !name.is_some_and(|name| NONE.contains(&name))
}

/// What an expression gives, each with a selector that griot can use.
fn read(expression: &str) -> Result<Vec<Value>, String> {
    let values = values(&xpath::parse(expression)?)?;
    for value in &values {
        if let Value::Of { picked, text, .. } = value {
            check(&picked.css)?;
            let patterns = [&picked.says, &picked.says_itself, text];
            if patterns.into_iter().flatten().any(|p| regex::Regex::new(p).is_err()) {
                return Err("its words make no pattern".to_owned());
            }
        }
    }
    Ok(values)
}

fn check(css: &str) -> Result<(), String> {
    let fine = Selector::parse(css).is_ok() && super::super::layout::forgiven(css).is_none();
    fine.then_some(()).ok_or_else(|| format!("`{}` is no selector that griot can use", cut(css)))
}

fn field(draft: &mut Draft, name: &'static str, line: &Line) -> Came {
    let leads_on = matches!(name, "single_page" | "next_page");
    match read(&line.value) {
        Err(because) => Came::Left(because),
        Ok(values) if leads_on && values.iter().any(|v| matches!(v, Value::Fixed(_))) => {
            Came::Left("it is no address of this page".to_owned())
        }
        Ok(values) => {
            let rules = values.iter().map(|value| Rule::of(value, line.number, !leads_on)).collect();
            draft.add(name, rules);
            Came::Carried
        }
    }
}

fn body(draft: &mut Draft, line: &Line) -> Came {
    let values = match read(&line.value) {
        Err(because) => return Came::Left(because),
        Ok(values) => values,
    };
    match values.as_slice() {
        [Value::Of { picked, text: None, into: None, .. }] if !picked.itself => {
            draft.add("body", vec![Rule::of(&values[0], line.number, false)]);
            Came::Carried
        }
        [Value::Of { .. }, _, ..] => Came::Left("a body of several parts that are told by their words".to_owned()),
        _ => Came::Left("a body is made of elements".to_owned()),
    }
}

/// The condition of the link before it: both are carried, or neither.
fn condition(draft: &mut Draft, line: &Line) -> Came {
    let Some((field, rules)) = draft.take_last_link() else {
        return Came::Left("no link stands before it".to_owned());
    };
    let under = |condition: &str| -> Result<Vec<Rule>, String> {
        let mut all = Vec::new();
        for value in read(condition)? {
            let Value::Of { picked, text: None, nth: None, into: None } = value else {
                return Err("it asks for no element".to_owned());
            };
            if picked.says.is_some() || picked.says_itself.is_some() || picked.itself {
                return Err("it asks the words of an element".to_owned());
            }
            let attr = picked.attr.map(|attr| format!("[{attr}]")).unwrap_or_default();
            for rule in &rules {
                all.push(rule.under(&format!(":root:has(:is({}){attr}) ", picked.css)));
            }
        }
        all.iter().filter_map(Rule::css).try_for_each(check)?;
        Ok(all)
    };
    match under(&line.value) {
        Ok(rules) => {
            draft.add(field, rules);
            Came::Carried
        }
        Err(because) => {
            if let Some(rule) = rules.first() {
                let text = rule.css().map(cut).unwrap_or_default();
                draft.recount(field, rule.line, text, "its condition cannot be carried over".to_owned());
            }
            Came::Left(because)
        }
    }
}

fn strip(draft: &mut Draft, line: &Line) -> Came {
    let values = match read(&line.value) {
        Err(because) => return Came::Left(because),
        Ok(values) => values,
    };
    let mut rules = Vec::with_capacity(values.len());
    for value in &values {
        let Value::Of { picked, text: None, nth: None, into: None } = value else {
            return Came::Left("it drops one of several, or what is no element".to_owned());
        };
        if picked.attr.is_some() {
            return Came::Unneeded("griot reads text, and no attributes but those that rules name");
        }
        if picked.itself {
            return Came::Left("it drops text beside elements that stay".to_owned());
        }
        rules.push(Rule::of(value, line.number, false));
    }
    draft.drop.extend(rules);
    Came::Carried
}

fn strip_named(draft: &mut Draft, line: &Line) -> Came {
    let name = unquoted(&line.value);
    let name = name.trim();
    if name.is_empty() {
        return Came::Left("it names nothing".to_owned());
    }
    let name = super::css::string(name);
    draft.drop.push(Rule::selector(format!("[class*={name}], [id*={name}]"), line.number));
    Came::Carried
}

fn header(draft: &mut Draft, line: &Line) -> Came {
    let name = line.argument.clone().unwrap_or_default().trim().to_lowercase();
    let known = matches!(name.as_str(), "cookie" | "referer" | "accept" | "accept-language");
    if name == "user-agent" {
        return Came::Left("griot says who it is, to everybody".to_owned());
    }
    if !known || line.value.chars().any(char::is_control) || !line.value.is_ascii() {
        return Came::Left("it is no header that a profile should set".to_owned());
    }
    if name == "referer" && !draft.is_of_site(&line.value) {
        return Came::Left("griot tells no site that it came from another".to_owned());
    }
    let value = draft.headers.entry(name.clone()).or_insert_with(|| (String::new(), line.number));
    if name == "cookie" && !value.0.is_empty() {
        value.0 = format!("{}; {}", value.0.trim_end_matches([' ', ';']), line.value);
    } else {
        value.0.clone_from(&line.value);
    }
    Came::Carried
}

/// Pairs what is found with what stands in its stead, in the order of the lines, as the rule files' own reader does.
pub(super) fn replacements(draft: &mut Draft) {
    let (finds, replaces) = (std::mem::take(&mut draft.finds), std::mem::take(&mut draft.replaces));
    let paired = finds.len() == replaces.len();
    let half = |directive: &str, text: &str, number| Line {
        number,
        directive: directive.to_owned(),
        argument: None,
        value: text.to_owned(),
    };
    let came = |at: usize| {
        if !paired {
            Came::Left("finds and replacements are not pairs, and none is made then".to_owned())
        } else if at >= MOST_REPLACEMENTS {
            Came::Left(format!("a profile takes {MOST_REPLACEMENTS} replacements"))
        } else {
            Came::Carried
        }
    };
    for (at, (find, number)) in finds.iter().enumerate() {
        let own_line = replaces.iter().any(|(_, other)| other == number);
        if !own_line {
            draft.count(&half("find_string", find, *number), came(at));
        }
    }
    for (at, (with, number)) in replaces.iter().enumerate() {
        draft.count(&half("replace_string", with, *number), came(at));
    }
    if paired {
        draft.finds = finds.into_iter().take(MOST_REPLACEMENTS).collect();
        draft.replaces = replaces.into_iter().take(MOST_REPLACEMENTS).collect();
    }
}
