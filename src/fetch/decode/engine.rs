//! One content-coding undone, step by step into a capped buffer.

use flate2::{Decompress, FlushDecompress, Status};
use zstd::stream::raw::{DParameter, Decoder, InBuffer, Operation, OutBuffer};

/// The decoders write here first, so that a full cap is seen to the byte.
const SCRATCH: usize = 32 << 10;
/// Members of a gzip file or frames of a zstd one; more is a trick to burn time.
const MAX_MEMBERS: usize = 10_000;
/// The largest window a zstd body may ask for, RFC 9659 §3: 8 MiB.
const ZSTD_WINDOW_LOG: u32 = 23;

/// The content-codings that are undone here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// RFC 1952.
    Gzip,
    /// RFC 9110 §8.4.1.2: RFC 1950, or the bare RFC 1951 that some servers send under that name.
    Deflate,
    /// RFC 7932.
    Brotli,
    /// RFC 8878.
    Zstd,
}

impl Coding {
    /// The coding that the first bytes prove, where they can prove one.
    pub(super) fn by_magic(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// The registered name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }

    /// May another member follow the first?
    fn goes_on(self, rest: &[u8]) -> bool {
        match self {
            Self::Gzip => Self::by_magic(rest) == Some(Self::Gzip),
            // Skippable frames (RFC 8878 §3.1.2) are frames too.
            Self::Zstd => matches!(rest, [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]),
            Self::Deflate | Self::Brotli => false,
        }
    }
}

/// How a stream ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// Whole; so many bytes stood after it.
    Whole {
        /// Bytes after the end of the last member.
        trailing: usize,
    },
    /// The input ended first.
    Cut,
    /// More than the cap came out; the output holds exactly the cap.
    TooLong,
    /// The decoder refused, in its own words.
    Broken(String),
}

/// Undoes one coding. What came out before a bad end is kept.
pub(super) fn undo(coding: Coding, mut input: &[u8], cap: usize) -> (Vec<u8>, End) {
    let mut output = Vec::new();
    for _ in 0..MAX_MEMBERS {
        let mut engine = match Engine::new(coding, input) {
            Ok(engine) => engine,
            Err(reason) => return (output, End::Broken(reason)),
        };
        match engine.run(&mut input, &mut output, cap) {
            End::Whole { .. } => {}
            end => return (output, end),
        }
        if !coding.goes_on(input) {
            return (output, End::Whole { trailing: input.len() });
        }
    }
    (output, End::Broken(format!("more than {MAX_MEMBERS} members")))
}

enum Engine {
    Flate(Decompress),
    Brotli(Box<BrotliState>),
    Zstd(Decoder<'static>),
}

type BrotliState =
    brotli::BrotliState<brotli::enc::StandardAlloc, brotli::enc::StandardAlloc, brotli::enc::StandardAlloc>;

struct Step {
    read: usize,
    written: usize,
    ended: bool,
}

impl Engine {
    fn new(coding: Coding, input: &[u8]) -> Result<Self, String> {
        Ok(match coding {
            Coding::Gzip => Self::Flate(Decompress::new_gzip(15)),
            Coding::Deflate => Self::Flate(Decompress::new(has_zlib_header(input))),
            Coding::Brotli => {
                let alloc = brotli::enc::StandardAlloc::default;
                // Strict: "large window" brotli may ask for a gigabyte and is no content-coding.
                Self::Brotli(Box::new(BrotliState::new_strict(alloc(), alloc(), alloc())))
            }
            Coding::Zstd => {
                let mut decoder = Decoder::new().map_err(|e| e.to_string())?;
                decoder.set_parameter(DParameter::WindowLogMax(ZSTD_WINDOW_LOG)).map_err(|e| e.to_string())?;
                Self::Zstd(decoder)
            }
        })
    }

    /// Runs one member to its end, moving `input` past it.
    fn run(&mut self, input: &mut &[u8], output: &mut Vec<u8>, cap: usize) -> End {
        let mut scratch = vec![0; SCRATCH];
        loop {
            let step = match self.step(input, &mut scratch) {
                Ok(step) => step,
                Err(reason) => return End::Broken(reason),
            };
            *input = &input[step.read..];
            let room = cap - output.len();
            if output.capacity() - output.len() < step.written {
                // Doubling by hand, so that the spare room never exceeds the cap.
                output.reserve_exact(output.len().max(SCRATCH).min(room));
            }
            output.extend_from_slice(&scratch[..step.written.min(room)]);
            if step.written > room {
                return End::TooLong;
            }
            if step.ended {
                return End::Whole { trailing: input.len() };
            }
            if step.read == 0 && step.written == 0 {
                return if input.is_empty() { End::Cut } else { End::Broken("the decoder stands still".to_owned()) };
            }
        }
    }

    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Result<Step, String> {
        match self {
            Self::Flate(state) => {
                let (read, written) = (state.total_in(), state.total_out());
                let status = state.decompress(input, output, FlushDecompress::None).map_err(|e| e.to_string())?;
                let moved = |now: u64, before: u64| usize::try_from(now - before).unwrap_or(0);
                let (read, written) = (moved(state.total_in(), read), moved(state.total_out(), written));
                Ok(Step { read, written, ended: status == Status::StreamEnd })
            }
            Self::Brotli(state) => step_brotli(state, input, output),
            Self::Zstd(decoder) => {
                let (mut from, mut to) = (InBuffer::around(input), OutBuffer::around(output));
                let hint = decoder.run(&mut from, &mut to).map_err(|e| e.to_string())?;
                let (read, written) = (from.pos(), to.pos());
                Ok(Step { read, written, ended: hint == 0 })
            }
        }
    }
}

fn step_brotli(state: &mut BrotliState, input: &[u8], output: &mut [u8]) -> Result<Step, String> {
    let (mut left, mut read) = (input.len(), 0);
    let (mut room, mut written, mut total) = (output.len(), 0, 0);
    let result =
        brotli::BrotliDecompressStream(&mut left, &mut read, input, &mut room, &mut written, output, &mut total, state);
    match result {
        brotli::BrotliResult::ResultSuccess => Ok(Step { read, written, ended: true }),
        brotli::BrotliResult::ResultFailure => Err("not a brotli stream".to_owned()),
        brotli::BrotliResult::NeedsMoreInput | brotli::BrotliResult::NeedsMoreOutput => {
            Ok(Step { read, written, ended: false })
        }
    }
}

/// RFC 1950 §2.2: method 8, window at most 32 KiB, and a header that is a multiple of 31.
fn has_zlib_header(bytes: &[u8]) -> bool {
    matches!(bytes, [cmf, flg, ..] if cmf & 0x0f == 8 && cmf >> 4 <= 7 && u16::from_be_bytes([*cmf, *flg]) % 31 == 0)
}
