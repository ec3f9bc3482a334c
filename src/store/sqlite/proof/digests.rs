//! What has a digest for a name is read back and named anew.

use rusqlite::Row;
use sha2::{Digest, Sha256};

use super::super::read::Reader;
use super::super::seal;
use super::{look, lossy, maybe_lossy};
use crate::model::article::{self, Text};
use crate::store::{CaptureId, Result};

impl Reader {
    /// Texts that are not what their digests name.
    pub(super) fn misnamed_texts(&self) -> Result<Vec<String>> {
        let sql = "SELECT digest, title, lead, body, blocks, authors, published_on, length, very FROM text";
        look(self, sql, &mut |r| {
            let digest = lossy(r, 0)?;
            let wrong = match text(r)? {
                Err(words) => Some(words),
                Ok(text) if text.digest() != digest => Some("is not what its digest names".to_owned()),
                Ok(text) if joined(&text) != lossy(r, 3)? => Some("has another body than its blocks".to_owned()),
                Ok(text) if text.length().to_string() != lossy(r, 7)? => {
                    Some("is not of the length it says".to_owned())
                }
                Ok(text) if text.very() != lossy(r, 8)? => {
                    Some("is not letter by letter what was kept; its normal form is".to_owned())
                }
                Ok(_) => None,
            };
            Ok(wrong.map(|words| format!("the text {digest} {words}")))
        })
    }

    /// Attributes that are not what their digests name.
    pub(super) fn misnamed_attributes(&self) -> Result<Vec<String>> {
        let columns = article::ATTRIBUTE_FIELDS.join(", ");
        let sql = format!("SELECT digest, {IMAGES}, {columns} FROM attributes");
        look(self, &sql, &mut |r| {
            let (digest, images) = (lossy(r, 0)?, lossy(r, 1)?);
            if !article::is_name_of_attributes(&digest) {
                return Ok(None);
            }
            let of = |n| maybe_lossy(r, n + 2);
            let values: Vec<_> = (0..article::ATTRIBUTE_FIELDS.len()).map(of).collect::<rusqlite::Result<_>>()?;
            let named = serde_json::from_str::<Vec<[Option<String>; 4]>>(&images)
                .map(|images| article::name_attributes(&values, &images));
            let wrong = named.ok().as_ref() != Some(&digest);
            Ok(wrong.then(|| format!("the attributes {digest} are not what their digest names")))
        })
    }

    /// Captures whose reading, sightings or first links are not what was sealed.
    pub(super) fn unsealed(&self) -> Result<Vec<String>> {
        let sql = "SELECT c.id, c.record_id, s.digest FROM capture c LEFT JOIN seal s ON s.capture_id = c.id";
        let mut failed = None;
        let found = look(self, sql, &mut |r| {
            let (capture, record, sealed) = (CaptureId(r.get(0)?), lossy(r, 1)?, maybe_lossy(r, 2)?);
            let now = seal::digest(&self.connection, capture).unwrap_or_else(|error| {
                failed = Some(error);
                sealed.clone()
            });
            let words = "is not read as it was: its reading, a sighting or a link of it was changed or lost";
            Ok((now != sealed).then(|| format!("capture {record} {words}")))
        });
        failed.map_or(found, Err)
    }

    /// Profiles that are not what their digests name.
    pub(super) fn misnamed_rules(&self) -> Result<Vec<String>> {
        look(self, "SELECT site, digest, toml FROM rules", &mut |r| {
            let (site, digest, toml) = (lossy(r, 0)?, lossy(r, 1)?, r.get_ref(2)?.as_bytes()?.to_vec());
            let named = format!("sha256:{}", data_encoding::HEXLOWER.encode(&Sha256::digest(&toml)));
            Ok((named != digest).then(|| format!("the profile {digest} of {site} is not what its digest names")))
        })
    }
}

/// A set's images, in the order printed.
const IMAGES: &str = "(SELECT json_group_array(json_array(url, alt, caption, credit)) FROM (
    SELECT url, alt, caption, credit FROM image WHERE attributes_digest = digest ORDER BY position))";

fn text(r: &Row<'_>) -> rusqlite::Result<std::result::Result<Text, String>> {
    let (blocks, authors, day) = (lossy(r, 4)?, lossy(r, 5)?, maybe_lossy(r, 6)?);
    let whole = Text { title: lossy(r, 1)?, lead: maybe_lossy(r, 2)?, ..Text::default() };
    let read = || -> std::result::Result<Text, String> {
        let unreadable = |what: &str, e: &dyn std::fmt::Display| format!("has {what} that cannot be read: {e}");
        Ok(Text {
            body: serde_json::from_str(&blocks).map_err(|e| unreadable("blocks", &e))?,
            authors: serde_json::from_str(&authors).map_err(|e| unreadable("authors", &e))?,
            published_on: day.map(|day| day.parse()).transpose().map_err(|e: jiff::Error| unreadable("a day", &e))?,
            ..whole
        })
    };
    Ok(read())
}

fn joined(text: &Text) -> String {
    text.body.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join("\n\n")
}
