//! A profile's TOML read whole: every mistake is found and named, none is guessed around.

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};
use toml::de::DeTable;
use url::Url;

use super::error::{Problem, ProfileError};
use super::layout::{regex, rules, selector};
use super::rules::Rules;
use super::table::{Sheet, Table, nearest};
use super::{
    ArticleShape, CreatedForm, CreatedGroup, Layout, ListingSource, NextPage, Pace, Pagination, Profile, defaults,
};
use crate::model::link::Source;
use crate::model::url::Canon;

/// Pause between two requests where the profile says none.
const DELAY: f64 = 2.0;

impl Profile {
    /// Compiles a profile. `file_name` is how the file is named in messages.
    ///
    /// # Errors
    /// With every mistake of the file: line, field, what is wrong and what to write instead.
    pub fn parse(site: &str, file_name: &str, toml: &str) -> Result<Self, ProfileError> {
        let mistakes = |problems| ProfileError::Mistakes { file: file_name.to_owned(), problems };
        let parsed = DeTable::parse(toml).map_err(|e| mistakes(vec![not_toml(toml, &e)]))?;
        let base = defaults::rules().map_err(|e| mistakes(vec![e]))?;
        let sheet = Sheet::new(toml);
        let top = Table::new(&sheet, String::new(), &(0..0), parsed.get_ref());
        let profile = whole(&top, site, toml, &base);
        top.finish();
        match (profile, sheet.problems()) {
            (Some(profile), problems) if problems.is_empty() => Ok(profile),
            (_, problems) => Err(mistakes(problems)),
        }
    }
}

fn not_toml(source: &str, error: &toml::de::Error) -> Problem {
    let at = error.span().map_or(0, |s| s.start);
    let line = source.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let what = format!("is not TOML ({})", error.message().replace('\n', " "));
    Problem { line, field: "file".into(), what, instead: "write key = value, strings in quotes".into() }
}

fn whole(top: &Table<'_, '_>, site: &str, toml: &str, base: &Rules) -> Option<Profile> {
    let name = top.required("name", "\"L'Essor\"");
    let zone = zone(top);
    let language = top.required("language", "\"fr\"");
    let canon = canon(top);
    let pace = pace(top, site);
    let article = article(top);
    let listings = top.tables("listing").into_iter().filter_map(listing).collect();
    let zone_or_utc = zone.clone().unwrap_or(TimeZone::UTC);
    let layouts = layouts(top, base, &article, &zone_or_utc);
    let headers = headers(top);
    let provisional = top.flag("provisional").unwrap_or(true);
    let digest = format!("sha256:{}", data_encoding::HEXLOWER.encode(&Sha256::digest(toml.as_bytes())));
    Some(Profile {
        site: site.to_owned(),
        name: name?.value,
        zone: zone?,
        language: language?.value,
        canon: canon?,
        pace,
        listings,
        article,
        layouts,
        headers,
        provisional,
        toml: Arc::from(toml),
        digest,
    })
}

fn zone(top: &Table<'_, '_>) -> Option<TimeZone> {
    let said = top.required("zone", "\"Africa/Bamako\"")?;
    let zone = TimeZone::get(&said.value).ok();
    if zone.is_none() {
        let what = format!("is `{}`, which is no zone", said.value);
        top.sheet.complain(said.at, &said.field, what, "write an IANA name such as \"Africa/Bamako\"");
    }
    zone
}

fn canon(top: &Table<'_, '_>) -> Option<Canon> {
    let said = top.strings("hosts");
    if said.is_empty() {
        top.sheet.complain(top.at, "hosts", "is missing", "write hosts = [\"example.org\"], the first is the page's");
    }
    let mut hosts = Vec::with_capacity(said.len());
    for host in said {
        match Url::parse(&format!("https://{}/", host.value)) {
            Ok(url) if url.path() == "/" && url.username().is_empty() && url.query().is_none() => {
                let name = url.host_str().unwrap_or_default();
                hosts.push(url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}")));
            }
            _ => {
                let what = format!("is `{}`, which is no host name", host.value);
                top.sheet.complain(host.at, &host.field, what, "write the name alone, as \"example.org\"");
            }
        }
    }
    let scheme = top.string("scheme");
    if let Some(wrong) = scheme.as_ref().filter(|s| s.value != "https" && s.value != "http") {
        let what = format!("is `{}`", wrong.value);
        top.sheet.complain(wrong.at, &wrong.field, what, "write \"https\" or \"http\"");
    }
    let drop_params = top.strings("drop_params").into_iter().map(|p| p.value).collect();
    let scheme = scheme.map_or_else(|| "https".to_owned(), |s| s.value);
    (!hosts.is_empty()).then_some(Canon { hosts, scheme, drop_params })
}

fn pace(top: &Table<'_, '_>, site: &str) -> Pace {
    let mut pace = Pace { group: site.to_owned(), delay: Duration::from_secs_f64(DELAY), concurrency: 1 };
    let Some(table) = top.table("pace") else { return pace };
    if let Some(seconds) = table.seconds("delay", 0.0..=86_400.0) {
        pace.delay = Duration::from_secs_f64(seconds);
    }
    if let Some(n) = table.number("concurrency", 1..=16) {
        pace.concurrency = u16::try_from(n).unwrap_or(1);
    }
    if let Some(group) = table.string("group") {
        pace.group = group.value;
    }
    table.finish();
    pace
}

fn listing(table: Table<'_, '_>) -> Option<ListingSource> {
    let kinds = [
        ("feed", Source::Feed),
        ("sitemap", Source::Sitemap),
        ("news-sitemap", Source::NewsSitemap),
        ("section", Source::Section),
        ("front", Source::Front),
    ];
    let kind = table.required("kind", "\"feed\"");
    let source = kind.as_ref().and_then(|k| kinds.iter().find(|(word, _)| *word == k.value)).map(|(_, s)| *s);
    if let (Some(kind), None) = (&kind, source) {
        let words: Vec<&str> = kinds.iter().map(|(word, _)| *word).collect();
        let near = nearest(&kind.value, &words).map_or_else(String::new, |n| format!("; did you mean `{n}`?"));
        let what = format!("is `{}`", kind.value);
        table.sheet.complain(kind.at, &kind.field, what, format!("write one of {}{near}", words.join(", ")));
    }
    let url = table.required("url", "\"https://example.org/feed\"").and_then(|said| {
        let parsed = Url::parse(&said.value).ok().filter(|u| matches!(u.scheme(), "http" | "https"));
        if parsed.is_none() {
            let what = format!("is `{}`, which is no web address", said.value);
            table.sheet.complain(said.at, &said.field, what, "write it whole, with https://");
        }
        parsed
    });
    let pagination = pagination(&table);
    table.finish();
    Some(ListingSource { source: source?, url: url?, pagination })
}

fn pagination(table: &Table<'_, '_>) -> Option<Pagination> {
    let next = table.string("next").and_then(|css| selector(table, &css)).map(NextPage::Link);
    let pattern = table.string("pages");
    let first = table.number("first", 0..=1_000_000).unwrap_or(2);
    let step = table.number("step", 1..=10_000).unwrap_or(1);
    let most = table.number("most", 1..=100_000).unwrap_or(20);
    let counted = pattern.and_then(|said| {
        if said.value.matches("{n}").count() != 1 || Url::parse(&said.value).is_err() {
            let instead = "write a whole address with {n} once, as \"https://example.org/page/{n}\"";
            table.sheet.complain(said.at, &said.field, format!("is `{}`", said.value), instead);
            return None;
        }
        Some(NextPage::Counted { pattern: said.value, first, step })
    });
    if next.is_some() && counted.is_some() {
        table.sheet.complain(table.at, &table.path, "has both next and pages", "keep one of them");
    }
    Some(Pagination { next: next.or(counted)?, most })
}

fn article(top: &Table<'_, '_>) -> ArticleShape {
    let mut shape = ArticleShape { paths: Vec::new(), never: Vec::new(), created: None };
    let Some(table) = top.table("article") else {
        top.sheet.complain(top.at, "article", "is missing", "write [article] and paths = ['^/…'] under it");
        return shape;
    };
    shape.paths = table.strings("paths").iter().filter_map(|s| regex(&table, s)).collect();
    shape.never = table.strings("never").iter().filter_map(|s| regex(&table, s)).collect();
    if table.get("paths").is_none() {
        table.sheet.complain(table.at, "article.paths", "is missing", "write paths = ['^/…'], tried on path and query");
    }
    shape.created = table.table("created").and_then(|created| created_group(created, &shape.group_names()));
    table.finish();
    shape
}

fn created_group(table: Table<'_, '_>, groups: &[String]) -> Option<CreatedGroup> {
    let group = table.required("group", "\"hex\"");
    if let Some(group) = group.as_ref().filter(|g| !groups.contains(&g.value)) {
        let what = format!("names `{}`, which no path has", group.value);
        table.sheet.complain(group.at, &group.field, what, "write (?P<name>…) in article.paths and its name here");
    }
    let form = table.required("form", "\"hex-seconds\"").and_then(|form| match form.value.as_str() {
        "hex-seconds" => Some(CreatedForm::HexSeconds),
        "seconds" => Some(CreatedForm::Seconds),
        day if day.contains("%Y") && day.contains("%m") && day.contains("%d") => Some(CreatedForm::Day(day.to_owned())),
        other => {
            let instead = "write \"hex-seconds\", \"seconds\", or a form of a day as \"%Y/%m/%d\"";
            table.sheet.complain(form.at, &form.field, format!("is `{other}`"), instead);
            None
        }
    });
    table.finish();
    Some(CreatedGroup { group: group?.value, form: form? })
}

fn headers(top: &Table<'_, '_>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for table in top.tables("header") {
        let name = table.required("name", "\"accept-language\"");
        let value = table.required("value", "\"fr\"");
        if let (Some(name), Some(value)) = (name, value) {
            let token = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            if name.value.is_empty() || !name.value.chars().all(token) || value.value.contains(['\r', '\n', '\0']) {
                table.sheet.complain(name.at, &name.field, "is no header", "write letters, digits and hyphens");
            } else {
                out.push((name.value.to_ascii_lowercase(), value.value));
            }
        }
        table.finish();
    }
    out
}

fn layouts(top: &Table<'_, '_>, base: &Rules, article: &ArticleShape, zone: &TimeZone) -> Vec<Layout> {
    let mut out: Vec<(usize, String, Layout)> = Vec::new();
    let groups = article.group_names();
    for table in top.tables("layout") {
        let from = super::period::bound(&table, "from", zone);
        let until = super::period::bound(&table, "until", zone);
        let checked = super::period::bound(&table, "checked", zone);
        let rules = rules(&table, base, &groups);
        out.push((table.at, table.path.clone(), Layout { from, until, checked, rules }));
        table.finish();
    }
    if out.is_empty() {
        out.push((0, "layout".into(), Layout { from: None, until: None, checked: None, rules: base.clone() }));
    }
    super::period::check(top, &mut out);
    out.into_iter().map(|(_, _, layout)| layout).collect()
}
