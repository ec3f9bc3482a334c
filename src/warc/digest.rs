//! Labelled digests: SHA-1 in base32 as every WARC tool expects, and SHA-256, which the archive itself trusts.

use data_encoding::{BASE32, HEXLOWER};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// `sha1:` and base32, for `WARC-Block-Digest` and `WARC-Payload-Digest`.
#[must_use]
pub fn sha1(bytes: &[u8]) -> String {
    format!("sha1:{}", BASE32.encode(&Sha1::digest(bytes)))
}

/// `sha256:` and lower-case hex, whole: the archive's identity of a payload, a block or a closed file.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    labelled(&Sha256::digest(bytes))
}

/// The same over everything that a reader gives, in pieces.
///
/// # Errors
/// When reading fails.
pub fn sha256_of(mut reader: impl std::io::Read) -> std::io::Result<String> {
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 64 << 10];
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return Ok(labelled(&hasher.finalize())),
            Ok(n) => hasher.update(&piece[..n]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn labelled(bytes: &[u8]) -> String {
    format!("sha256:{}", HEXLOWER.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vectors_come_out() {
        assert_eq!(sha1(b"abc"), "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5");
        let abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), abc);
        assert_eq!(sha256_of(&b"abc"[..]).unwrap(), abc);
    }
}
