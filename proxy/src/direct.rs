//! What most requests are, carried without the library's own proxy: one that has no body, from a
//! client in HTTP/1.1 to sides in HTTP/1.1.
//!
//! The library gives each exchange two queues, two tasks that wait for each other, and a copy of
//! every header; what needs them (bodies, other protocols, HTTP/2) goes that way still. The order
//! of events is the same, and so are the rooms that decide (see `attempt.rs`).

use bytes::Bytes;
use http::{Method, StatusCode, Version, header};
use pingora::{Error, ErrorType, Result, http::ResponseHeader, proxy::Session};
use rules::Protocol;

use crate::{
    attempt::Chosen,
    gate::{answer, answer_wire::Part},
    life::Life,
    outbound::{self, Told},
    service::{ATTEMPTS_MAX, Service},
    upload::Upload,
    upstream::{Direct, Upstream},
};

impl Service {
    /// Whether a request is one of those.
    pub(crate) fn goes_directly(session: &Session, life: &Life) -> bool {
        let head = session.req_header();
        let speaks_http1 = |upstream: &Upstream| upstream.spec().protocol == Protocol::Http1;
        head.version == Version::HTTP_11
            && !session.is_http2()
            && matches!(life.upload, Upload::None)
            && outbound::is_end_to_end(&head.headers)
            && speaks_http1(life.upstream())
            && speaks_http1(life.rules.legacy())
    }

    /// Asks one side, and another where that is called for, until the client has an answer.
    ///
    /// # Errors
    /// No side answered, or not to the end, or the client left.
    pub(crate) async fn carry(&self, session: &mut Session, life: &mut Life) -> Result<()> {
        for _ in 1..ATTEMPTS_MAX {
            match self.try_to_carry(session, life).await {
                Err(error) if error.retry() => {}
                done => return done,
            }
        }
        self.try_to_carry(session, life).await
    }

    async fn try_to_carry(&self, session: &mut Session, life: &mut Life) -> Result<()> {
        let chosen = self.choose(session.req_header(), life).await?;
        let (connected, reused) = chosen.place.connect(life.upstream().spec(), chosen.new).await;
        life.reused = reused;
        let mut side = connected.map_err(|error| {
            let mut error = error.into_up();
            self.was_not_reached(life);
            error.set_retry(true);
            error
        })?;
        let done = self.exchange(session, life, &mut side, &chosen).await;
        done.map_err(|mut error| {
            self.consider_another(session, &mut error, life, reused);
            error
        })
    }

    async fn exchange(
        &self,
        session: &mut Session,
        life: &mut Life,
        side: &mut Direct,
        chosen: &Chosen,
    ) -> Result<()> {
        let request = session.req_header();
        self.keep_copy(request, life);
        let host = life.upstream().spec().host.as_ref();
        let head = outbound::head(request, Told { host, identity: life.told_identity() });
        side.ask(&head).await?;
        let mut part = next(session, side, chosen).await?;
        while let Some(here) = part {
            // What came with a head is read before that is handed on: as long as the client has
            // nothing, another side may be asked.
            let behind = side.at_hand()?;
            match here {
                Part::Head(head) => self.begin_answer(session, life, &head).await?,
                Part::Body(piece) => {
                    life.answers(&piece)?;
                    let written = session.write_response_body(Some(piece), false).await;
                    written.map_err(Error::into_down)?;
                }
            }
            part = if behind.is_some() { behind } else { next(session, side, chosen).await? };
        }
        session.write_response_body(None, true).await.map_err(Error::into_down)
    }

    async fn begin_answer(
        &self,
        session: &mut Session,
        life: &mut Life,
        head: &Bytes,
    ) -> Result<()> {
        let answer = answer::header(head);
        let mut answer = answer.map_err(|_| Error::new_up(ErrorType::InvalidHTTPHeader))?;
        self.take_answer(session, &mut answer, life)?;
        if ends_with_connection(&session.req_header().method, &answer) {
            // The client's connection goes on.
            answer.set_version(Version::HTTP_11);
            answer.insert_header(header::TRANSFER_ENCODING, "chunked")?;
        }
        self.hand_answer_on(session, &mut answer, life)?;
        session.write_response_header(Box::new(answer), false).await.map_err(Error::into_down)
    }
}

/// The next part of the answer, as long as the client waits for it.
async fn next(session: &mut Session, side: &mut Direct, chosen: &Chosen) -> Result<Option<Part>> {
    tokio::select! {
        biased;
        part = side.part(chosen.silence) => part,
        left = session.as_downstream_mut().read_body_or_idle(true) => Err(match left {
            Err(error) => error.into_down(),
            Ok(_) => Error::new_down(ErrorType::ConnectionClosed),
        }),
    }
}

/// Whether the side ends its answer with its connection (RFC 9112 section 6.3).
fn ends_with_connection(method: &Method, answer: &ResponseHeader) -> bool {
    let has_body = *method != Method::HEAD
        && !answer.status.is_informational()
        && !matches!(answer.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    has_body
        && !answer.headers.contains_key(header::CONTENT_LENGTH)
        && !answer.headers.contains_key(header::TRANSFER_ENCODING)
}
