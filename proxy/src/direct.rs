//! What most requests are, carried without the library: one that has no body, from a client in
//! HTTP/1.1 to sides in HTTP/1.1.
//!
//! The library gives each request a future of 13 KiB, two queues, two tasks that wait for each
//! other, and a copy of every header; what needs them (bodies, other protocols, HTTP/2) goes
//! [that way](crate::library) still. The order of events is the same, and so are the rooms that
//! decide (see `service.rs`).

use std::sync::Arc;

use bytes::Bytes;
use http::{Version, header};
use pingora::{
    Error, ErrorType, Result,
    http::{RequestHeader, ResponseHeader},
};

use crate::{
    attempt::{Asked, Chosen},
    client::{Client, has_body},
    error::{Fault, Side},
    gate::{answer, answer_wire::Part},
    life::{Life, Sent},
    outbound::{self, Told},
    reply,
    route::Snapshot,
    service::{ATTEMPTS_MAX, Came, Service},
    upstream::Direct,
};

impl Service {
    /// Answers a plain request by rules whose sides all speak HTTP/1.1. Says whether its connection
    /// goes on.
    pub(crate) async fn answer(
        &self,
        client: &mut Client,
        mut request: RequestHeader,
        rules: Arc<Snapshot>,
    ) -> bool {
        let mut life = Life::begin(rules, &self.state.telemetry);
        life.keeper = Some(client.keeper().clone());
        let done = self.serve(client, &mut request, &mut life).await;
        let error = done.as_ref().err().map(|error| &**error);
        if let Some(error) = error {
            self.excuse(client, &request, error, &mut life).await;
        }
        let answered = client.answered();
        let took = life.started.elapsed();
        let sent = Sent { status: answered.status, bytes: answered.bytes, took };
        self.account(&request, sent, error, &mut life);
        done.is_ok() && !life.closes
    }

    async fn serve(
        &self,
        client: &mut Client,
        request: &mut RequestHeader,
        life: &mut Life,
    ) -> Result<()> {
        let came = Came { peer: client.peer(), secure: client.is_secure(), http2: false };
        self.admit(request, came, life)?;
        self.decide(request, life).await?;
        for _ in 1..ATTEMPTS_MAX {
            match self.try_to_carry(client, request, life).await {
                Err(error) if error.retry() => {}
                done => return done,
            }
        }
        self.try_to_carry(client, request, life).await
    }

    async fn try_to_carry(
        &self,
        client: &mut Client,
        request: &RequestHeader,
        life: &mut Life,
    ) -> Result<()> {
        let chosen = self.choose(request, life).await?;
        let (connected, reused) = chosen.place.connect(life.upstream().spec(), chosen.new).await;
        life.reused = reused;
        let mut side = connected.map_err(|error| {
            let mut error = error.into_up();
            self.was_not_reached(life);
            error.set_retry(true);
            error
        })?;
        let done = self.exchange(client, request, life, (&mut side, &chosen)).await;
        done.map_err(|mut error| {
            client.take_back();
            self.consider_another(&asked(client, request), &mut error, life, reused);
            error
        })
    }

    async fn exchange(
        &self,
        client: &mut Client,
        request: &RequestHeader,
        life: &mut Life,
        (side, chosen): (&mut Direct, &Chosen),
    ) -> Result<()> {
        self.keep_copy(request, life);
        let host = life.upstream().spec().host.as_ref();
        let head = outbound::head(request, Told { host, identity: life.told_identity() });
        side.ask(&head).await?;
        let mut part = next(client, side, chosen).await?;
        while let Some(here) = part {
            // What came with a head is read before that is handed on: as long as the client has
            // nothing, another side may be asked.
            let behind = side.at_hand()?;
            let more = behind.is_some() || side.is_whole();
            match here {
                Part::Head(head) => {
                    self.begin_answer(client, request, life, (&head, more)).await?;
                }
                Part::Body(piece) => {
                    life.answers(&piece)?;
                    client.body(piece, more).await?;
                }
            }
            part = if behind.is_some() { behind } else { next(client, side, chosen).await? };
        }
        client.end().await
    }

    async fn begin_answer(
        &self,
        client: &mut Client,
        request: &RequestHeader,
        life: &mut Life,
        (head, more): (&Bytes, bool),
    ) -> Result<()> {
        let answer = answer::header(head);
        let mut answer = answer.map_err(|_| Error::new_up(ErrorType::InvalidHTTPHeader))?;
        self.take_answer(&asked(client, request), &mut answer, life)?;
        if ends_with_connection(request, &answer) {
            // The client's connection goes on.
            answer.set_version(Version::HTTP_11);
            answer.insert_header(header::TRANSFER_ENCODING, "chunked")?;
        }
        self.hand_answer_on(&asked(client, request), &mut answer, life)?;
        client.begin(&request.method, &mut answer, (life.closes, more)).await
    }

    /// Tells the client what went wrong, if it has nothing of an answer yet.
    async fn excuse(
        &self,
        client: &mut Client,
        request: &RequestHeader,
        error: &Error,
        life: &mut Life,
    ) {
        let fault = self.fault_of(error, life);
        if client.answered().has_begun || fault == Fault::ClientLeft {
            return;
        }
        life.side = Side::Us;
        let Ok((mut page, body)) = reply::own_page(request, life, fault) else { return };
        let written = async {
            client.begin(&request.method, &mut page, (true, true)).await?;
            if let Some(body) = body {
                client.body(body, true).await?;
            }
            client.end().await
        };
        // The client may be gone by now; there is nobody to tell.
        let _ = written.await;
    }
}

fn asked<'r>(client: &Client, head: &'r RequestHeader) -> Asked<'r> {
    let is_answered = client.answered().status != 0;
    Asked { head, upgrades: false, is_repeatable: true, is_answered }
}

/// The next part of the answer, as long as the client waits for it.
async fn next(client: &mut Client, side: &mut Direct, chosen: &Chosen) -> Result<Option<Part>> {
    tokio::select! {
        biased;
        part = side.part(chosen.silence) => part,
        error = client.gone() => Err(error),
    }
}

/// Whether the side ends its answer with its connection (RFC 9112 section 6.3).
fn ends_with_connection(request: &RequestHeader, answer: &ResponseHeader) -> bool {
    has_body(&request.method, answer.status)
        && !answer.headers.contains_key(header::CONTENT_LENGTH)
        && !answer.headers.contains_key(header::TRANSFER_ENCODING)
}
