//! The record at the head of each file: who made it, and what to know before believing it.

use bytes::Bytes;
use jiff::Timestamp;
use uuid::Uuid;

use super::record::{Kind, Record};

/// Who writes. All of it is published with every copy of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// "griot/0.1.0".
    pub software: String,
    /// The `User-Agent` that the sites saw.
    pub user_agent: String,
    /// How a site reaches the operator.
    pub contact: String,
}

const REBUILT: &str = "HTTP status lines and headers are rebuilt from what the HTTP library reported: names in lower \
    case, order kept for headers of one name only, the reason phrase is the standard one, and an HTTP/2 answer (see \
    WARC-Protocol) is written as HTTP/1.1. Bodies are as sent after transfer-decoding, content-coding kept. A \
    transfer-encoding, or a content-length that is not the length of the body kept, is renamed with x-archive-orig- \
    before it. SHA-256 of blocks and payloads stand in Griot-Block-Sha256 and Griot-Payload-Sha256. The headers of a \
    304 stand in a metadata record before its revisit record.";

/// The warcinfo record of a file, WARC/1.1 §6.1.
pub(super) fn warcinfo(about: &About, archive: Uuid, file: &str, id: Uuid, date: Timestamp) -> Record {
    let lines = [
        ("software", about.software.as_str()),
        ("format", "WARC File Format 1.1"),
        ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
        ("isPartOf", &archive.urn().to_string()),
        ("http-header-user-agent", &about.user_agent),
        ("http-header-from", &about.contact),
        ("description", REBUILT),
    ];
    let one_line = |text: &str| text.split(char::is_control).collect::<Vec<_>>().join(" ");
    let block: String = lines.map(|(name, value)| format!("{name}: {}\r\n", one_line(value))).concat();
    let mut record = Record::bare(Kind::Warcinfo, id, date, Bytes::from(block));
    record.content_type = Some("application/warc-fields".to_owned());
    record.extra = vec![("WARC-Filename".to_owned(), file.to_owned())];
    record
}
