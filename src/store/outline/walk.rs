//! Turns the parser's events into the flat lists of an [`Outline`].

use std::borrow::Cow;

use toml_parser::decoder::Encoding;
use toml_parser::parser::EventReceiver;
use toml_parser::{ErrorSink, ParseError, Source};

use super::{Block, Key, Line, Node, Outline, OutlineError, Run, Span, Spelling, TOO_DEEP};

/// Deeper arrays and inline tables are an error; the strict parser draws the same line.
const MAX_DEPTH: usize = 80;

/// The same for everything a value is nested in, each part of a dotted key counted: the strict
/// parser allows thousands, and walking those may need more stack than a thread has.
const MAX_LEVELS: u32 = 160;

/// What the current line has been so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Nothing but spaces.
    Fresh,
    /// A comment and nothing in front of it.
    Comment,
    /// A header.
    Header,
    /// A key, its value still to come.
    Key,
    /// A key with its value.
    Value,
}

/// An array or inline table not closed yet.
#[derive(Clone, Copy)]
struct Open {
    /// Its place in the list of nodes; `None` where it is the value of the line itself.
    place: Option<u32>,
    /// How deep it is nested.
    level: u32,
}

pub(super) struct Walk<'t> {
    out: Outline<'t>,
    source: Source<'t>,
    at: At,
    /// Where the current physical line begins.
    line_start: u32,
    /// Where the run of comments directly above begins.
    comments: Option<u32>,
    /// Where the parts of the key being read begin in `out.keys`.
    keys_from: u32,
    /// The value that the arrays and tables in `open` belong to.
    value: Option<Node>,
    /// Arrays and inline tables not closed yet.
    open: Vec<Open>,
    unexpected: Vec<Span>,
}

impl<'t> Walk<'t> {
    pub(super) fn new(text: &'t str) -> Walk<'t> {
        let mut out = Outline::empty(text);
        // Journals hold a line per 40 bytes or so; growing in steps would copy the lists.
        out.lines.reserve(text.len() / 40);
        out.keys.reserve(text.len() / 30);
        let line_start = out.blocks.first().map_or(0, |head| head.lead);
        Walk {
            out,
            source: Source::new(text),
            at: At::Fresh,
            line_start,
            comments: None,
            keys_from: 0,
            value: None,
            open: Vec::new(),
            unexpected: Vec::new(),
        }
    }

    pub(super) fn finish(mut self, errors: Vec<ParseError>) -> Outline<'t> {
        let end = to_u32(self.out.text.len());
        while let Some(open) = self.open.pop() {
            self.close_value(open, end);
        }
        self.end_line(end);
        let mut block_end = end;
        for block in self.out.blocks.iter_mut().rev() {
            block.end = block_end;
            block_end = block.lead;
        }
        self.out.errors = merge_errors(self.out.text, errors, &self.unexpected);
        self.out
    }

    fn end_line(&mut self, end: u32) {
        let lines = to_u32(self.out.lines.len());
        match self.at {
            At::Fresh => {}
            // The run of comments goes on.
            At::Comment => return,
            At::Header => {
                let keys = to_u32(self.out.keys.len());
                if let Some(block) = self.out.blocks.last_mut() {
                    block.header.end = end;
                    block.path.to = keys;
                    block.lines = Run {
                        from: lines,
                        to: lines,
                    };
                }
            }
            At::Key | At::Value => {
                if let Some(value) = self.value.take() {
                    self.out.lines.push(Line {
                        lead: self.comments.unwrap_or(self.line_start),
                        span: Span::new(self.line_start, end),
                        value,
                    });
                    if let Some(block) = self.out.blocks.last_mut() {
                        block.lines.to = lines + 1;
                    }
                }
            }
        }
        self.comments = None;
    }

    fn open_header(&mut self, span: toml_parser::Span, array: bool) {
        if self.at != At::Fresh || !self.open.is_empty() {
            return;
        }
        self.at = At::Header;
        self.keys_from = to_u32(self.out.keys.len());
        self.out.blocks.push(Block {
            lead: self.comments.unwrap_or(self.line_start),
            header: Span::new(self.line_start, to_u32(span.end())),
            end: 0,
            path: Run {
                from: self.keys_from,
                to: self.keys_from,
            },
            lines: Run::default(),
            array,
        });
    }

    fn add_value(
        &mut self,
        span: toml_parser::Span,
        spelling: Spelling,
        errors: &mut dyn ErrorSink,
    ) -> Option<Open> {
        let keys = Run {
            from: self.keys_from,
            to: to_u32(self.out.keys.len()),
        };
        self.keys_from = keys.to;
        let header = self.out.blocks.last().map_or(0, |block| block.path.len());
        let around = self.open.last().map_or(to_u32(header), |open| open.level);
        let level = around + to_u32(keys.len()).max(1);
        if level > MAX_LEVELS {
            errors.report_error(ParseError::new(TOO_DEEP).with_unexpected(span));
        }
        let place = (!self.open.is_empty()).then(|| to_u32(self.out.nodes.len()));
        let below = place.map_or(to_u32(self.out.nodes.len()), |place| place + 1);
        let node = Node {
            span: ours(span),
            spelling,
            keys,
            below: Run {
                from: below,
                to: below,
            },
        };
        match place {
            Some(_) => self.out.nodes.push(node),
            None if self.at != At::Key => return None,
            None => {
                self.at = At::Value;
                self.value = Some(node);
            }
        }
        Some(Open { place, level })
    }

    fn open_value(
        &mut self,
        span: toml_parser::Span,
        spelling: Spelling,
        errors: &mut dyn ErrorSink,
    ) -> bool {
        if let Some(open) = self.add_value(span, spelling, errors) {
            self.open.push(open);
        }
        let fits = self.open.len() <= MAX_DEPTH;
        if !fits {
            errors.report_error(ParseError::new(TOO_DEEP).with_unexpected(span));
        }
        fits
    }

    fn close_value(&mut self, open: Open, end: u32) {
        let below = to_u32(self.out.nodes.len());
        let node = match open.place {
            Some(place) => self.out.nodes.get_mut(place as usize),
            None => self.value.as_mut(),
        };
        if let Some(node) = node {
            node.span.end = end.max(node.span.end);
            node.below.to = below.max(node.below.from);
        }
        self.keys_from = to_u32(self.out.keys.len());
    }

    fn missing(&self, span: toml_parser::Span, what: &'static str, errors: &mut dyn ErrorSink) {
        if span.is_empty() {
            errors.report_error(ParseError::new(what).with_unexpected(span));
        }
    }
}

impl EventReceiver for Walk<'_> {
    fn std_table_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.open_header(span, false);
    }

    fn array_table_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.open_header(span, true);
    }

    fn inline_table_open(&mut self, span: toml_parser::Span, errors: &mut dyn ErrorSink) -> bool {
        self.open_value(span, Spelling::InlineTable, errors)
    }

    fn inline_table_close(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        if let Some(open) = self.open.pop() {
            self.close_value(open, to_u32(span.end()));
        }
    }

    fn array_open(&mut self, span: toml_parser::Span, errors: &mut dyn ErrorSink) -> bool {
        self.open_value(span, Spelling::Array, errors)
    }

    fn array_close(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        if let Some(open) = self.open.pop() {
            self.close_value(open, to_u32(span.end()));
        }
    }

    fn simple_key(
        &mut self,
        span: toml_parser::Span,
        encoding: Option<Encoding>,
        errors: &mut dyn ErrorSink,
    ) {
        self.missing(span, "a key is missing here", errors);
        if matches!(
            encoding,
            Some(Encoding::MlBasicString | Encoding::MlLiteralString)
        ) {
            let what = "a key can't be a text of several lines";
            errors.report_error(ParseError::new(what).with_unexpected(span));
        }
        if self.open.is_empty() {
            match self.at {
                At::Fresh => {
                    self.at = At::Key;
                    self.keys_from = to_u32(self.out.keys.len());
                }
                At::Header | At::Key => {}
                At::Comment | At::Value => return,
            }
        }
        self.out.keys.push(Key {
            span: ours(span),
            encoding,
        });
    }

    fn scalar(
        &mut self,
        span: toml_parser::Span,
        encoding: Option<Encoding>,
        errors: &mut dyn ErrorSink,
    ) {
        self.missing(span, "a value is missing here", errors);
        let spelling = match encoding {
            None => Spelling::Bare,
            Some(Encoding::BasicString) => Spelling::Basic,
            Some(Encoding::LiteralString) => Spelling::Literal,
            Some(Encoding::MlBasicString) => Spelling::BasicBlock,
            Some(Encoding::MlLiteralString) => Spelling::LiteralBlock,
        };
        self.add_value(span, spelling, errors);
    }

    fn value_sep(&mut self, _: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.keys_from = to_u32(self.out.keys.len());
    }

    fn comment(&mut self, span: toml_parser::Span, errors: &mut dyn ErrorSink) {
        if let Some(raw) = self.source.get(span) {
            raw.decode_comment(errors);
        }
        if self.at == At::Fresh && self.open.is_empty() {
            self.at = At::Comment;
            self.comments.get_or_insert(self.line_start);
        }
    }

    fn newline(&mut self, span: toml_parser::Span, errors: &mut dyn ErrorSink) {
        if let Some(raw) = self.source.get(span) {
            raw.decode_newline(errors);
        }
        if !self.open.is_empty() {
            return;
        }
        let end = to_u32(span.end());
        self.end_line(end);
        self.at = At::Fresh;
        self.line_start = end;
    }

    fn error(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.unexpected.push(ours(span));
    }
}

fn merge_errors(text: &str, parse: Vec<ParseError>, unexpected: &[Span]) -> Vec<OutlineError> {
    let mut all: Vec<OutlineError> = parse
        .into_iter()
        .map(|error| OutlineError {
            span: ours(error.unexpected().or(error.context()).unwrap_or_default()),
            message: Cow::Owned(error.description().to_owned()),
        })
        .collect();
    all.extend(unexpected.iter().map(|span| OutlineError {
        span: *span,
        message: Cow::Borrowed("unexpected text"),
    }));
    // Stable: where both begin at one place, the one that explains more stays in front.
    all.sort_by_key(|error| error.span.start);
    all.dedup_by(|next, kept| {
        let from = kept.span.end.min(next.span.start);
        let same_line = !Span::new(from, next.span.start).of(text).contains('\n');
        if same_line {
            kept.span.end = kept.span.end.max(next.span.end);
        }
        same_line
    });
    all
}

fn ours(span: toml_parser::Span) -> Span {
    Span::new(to_u32(span.start()), to_u32(span.end()))
}

/// Texts of more than `u32::MAX` bytes are turned away before the walk.
fn to_u32(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
