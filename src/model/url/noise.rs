//! What a URL carries that says nothing about the page: sessions, campaigns, the order of parameters.

use super::percent;

/// Names that no site uses for content; `prefix*` stands for all that begin so. Lower case.
const NOISE: &[&str] = &[
    // campaigns and click counters
    "utm_*",
    "mtm_*",
    "pk_*",
    "piwik_*",
    "matomo_*",
    "ga_*",
    "_ga",
    "_gl",
    "fbclid",
    "fb_*",
    "gclid",
    "gclsrc",
    "gbraid",
    "wbraid",
    "dclid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "_hsenc",
    "_hsmi",
    "hsctatracking",
    "mkt_tok",
    "vero_id",
    "oly_*",
    "wt_mc",
    "wt.mc*",
    "wt_zmc",
    "xtor",
    "xtref",
    "xtcr",
    "xtmc",
    "xtnp",
    "xtloc",
    "xts",
    "at_*",
    "cmpid",
    "s_cid",
    "ns_*",
    "ref_src",
    "ref_url",
    "echobox",
    "__twitter_impression",
    "hss_channel",
    "itm_*",
    "spm",
    "trk",
    "mibextid",
    "usqp",
    "guccounter",
    "_guc_consent_skip",
    "guce_*",
    // sessions
    "phpsessid",
    "jsessionid",
    "sessionid",
    "session_id",
    "aspsessionid*",
    "zenid",
    "oscsid",
    "cfid",
    "cftoken",
];

/// Names of sessions on some sites and of content on others: dropped where the value looks like a session.
const SESSION_IF_LONG: &[&str] = &["sid", "s_id", "sess"];

/// Path parameters (`/page;jsessionid=…`) that are sessions.
const PATH_SESSIONS: &[&str] = &["jsessionid=", "phpsessid=", "sid=", "sessionid="];

/// The path in one form, without session parameters.
pub(super) fn path(raw: &str) -> String {
    let path = percent::one_form(raw);
    if !path.contains(';') {
        return path;
    }
    let segments: Vec<String> = path.split('/').map(without_sessions).collect();
    segments.join("/")
}

fn without_sessions(segment: &str) -> String {
    let mut parts = segment.split(';');
    let mut kept = parts.next().unwrap_or_default().to_owned();
    // A segment that would be left as "." or ".." would mean another path.
    if kept == "." || kept == ".." {
        return segment.to_owned();
    }
    for part in parts.filter(|part| !is_path_session(part)) {
        kept.push(';');
        kept.push_str(part);
    }
    kept
}

fn is_path_session(part: &str) -> bool {
    let lower = part.to_ascii_lowercase();
    PATH_SESSIONS.iter().any(|name| lower.starts_with(name))
}

/// Appends `?` and what is left of the query, in the order of names; nothing when nothing is left.
pub(super) fn push_query(key: &mut String, query: &str, also_drop: &[String]) {
    let mut kept: Vec<String> = query
        .split('&')
        // `&amp;b=2` is a link whose ampersand was escaped once too often.
        .map(|parameter| percent::one_form(parameter.strip_prefix("amp;").unwrap_or(parameter)))
        .filter(|parameter| !parameter.is_empty() && !is_noise(parameter, also_drop))
        .collect();
    // By name only: a name that comes twice keeps the order of its values.
    kept.sort_by(|a, b| name_of(a).cmp(name_of(b)));
    for (place, parameter) in kept.iter().enumerate() {
        key.push(if place == 0 { '?' } else { '&' });
        key.push_str(parameter);
    }
}

/// The parameters of a query that are no noise, in their order.
pub(super) fn kept(query: &str) -> String {
    let bare = |parameter: &&str| !is_noise(parameter.strip_prefix("amp;").unwrap_or(parameter), &[]);
    query.split('&').filter(bare).collect::<Vec<_>>().join("&")
}

fn name_of(parameter: &str) -> &str {
    parameter.split_once('=').map_or(parameter, |(name, _)| name)
}

fn is_noise(parameter: &str, also_drop: &[String]) -> bool {
    let name = name_of(parameter).to_ascii_lowercase();
    let named = |rule: &str| match rule.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => name == rule,
    };
    if NOISE.iter().copied().any(named) || also_drop.iter().any(|rule| named(&rule.to_ascii_lowercase())) {
        return true;
    }
    let value = parameter.get(name.len() + 1..).unwrap_or_default();
    SESSION_IF_LONG.contains(&name.as_str()) && value.len() >= 16 && value.bytes().all(|b| b.is_ascii_alphanumeric())
}
