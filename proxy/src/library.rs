//! The requests that the library's proxy carries: those with a body, in HTTP/2 at either end, or
//! asking for another protocol. Its hooks ask the same rooms as what is carried
//! [directly](crate::direct), in the same order.

use std::{any::Any, ops::Deref, sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use http::header;
use pingora::{
    BError, Error, Result,
    http::{RequestHeader, ResponseHeader},
    modules::http::HttpModules,
    proxy::{FailToProxy, ProxyHttp, Session},
    upstreams::peer::HttpPeer,
};
use rules::Protocol;

use crate::{
    attempt::{Asked, Chosen},
    connection::{CLIENT_SILENCE_MAX, Gatekeeper},
    error::{Fault, Side},
    http2,
    identity::IDENTITY_HEADER,
    life::{Life, Sent},
    reply,
    service::{Came, Service},
    upload::Pace,
    upstream::How,
};

/// The service, as the library calls it.
#[derive(Debug)]
pub(crate) struct Library(pub(crate) Arc<Service>);

impl Deref for Library {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.0
    }
}

#[async_trait]
impl ProxyHttp for Library {
    /// Boxed: the library moves it four times, and its futures have room for it three times.
    type CTX = Box<Life>;

    fn new_ctx(&self) -> Box<Life> {
        Box::new(Life::begin(self.state.rules(), &self.state.telemetry))
    }

    /// None. The library's own one compresses answers where it is told to, which nobody does here,
    /// and is made and asked for every request.
    fn init_downstream_modules(&self, _: &mut HttpModules) {}

    /// Every connection carries what the gate read of it.
    fn on_connection_reuse(
        &self,
        _: &mut Session,
        life: &mut Box<Life>,
        carried: Box<dyn Any + Send + Sync>,
    ) {
        life.keeper = carried.downcast::<Gatekeeper>().ok().map(|keeper| *keeper);
    }

    async fn early_request_filter(
        &self,
        session: &mut Session,
        life: &mut Box<Life>,
    ) -> Result<()> {
        let peer = session.client_addr().and_then(|address| address.as_inet().copied());
        let secure = session.digest().is_some_and(|digest| digest.ssl_digest.is_some());
        if session.is_http2() {
            // A connection of HTTP/1.1 has clocks of its own.
            session.set_read_timeout(Some(CLIENT_SILENCE_MAX));
            session.set_write_timeout(Some(CLIENT_SILENCE_MAX));
            let ended = session.as_downstream_mut().is_body_empty();
            http2::as_http1(session.req_header_mut(), ended).map_err(|fault| life.refuse(fault))?;
            if ended && !http2::nothing_follows(session.as_downstream_mut()).await {
                return Err(life.refuse(Fault::BadRequest("body-without-length")));
            }
        }
        let peer = peer.ok_or_else(|| life.refuse(Fault::Internal))?.ip();
        let came = Came { peer, secure, http2: session.is_http2() };
        self.admit(session.req_header_mut(), came, life)?;
        if life.closes {
            session.set_keepalive(None);
        }
        Ok(())
    }

    async fn request_filter(&self, session: &mut Session, life: &mut Box<Life>) -> Result<bool> {
        self.decide(session.req_header_mut(), life).await?;
        life.upload = self.room.take_in(session).await?;
        let paced = life.keeper.is_none() && life.upload.is_streamed();
        life.pace = paced.then(Pace::new);
        Ok(false)
    }

    async fn upstream_peer(
        &self,
        session: &mut Session,
        life: &mut Box<Life>,
    ) -> Result<Box<HttpPeer>> {
        let Chosen { place, silence, new } = self.choose(session.req_header(), life).await?;
        let how = How { new, streamed: life.upload.is_streamed() };
        let (peer, reused) = place.peer(life.upstream().spec(), silence, how);
        life.reused = reused;
        Ok(peer)
    }

    async fn upstream_request_filter(
        &self,
        _: &mut Session,
        request: &mut RequestHeader,
        life: &mut Box<Life>,
    ) -> Result<()> {
        if let Some(host) = &life.upstream().spec().host {
            request.insert_header(header::HOST, host.clone())?;
        }
        if life.upload.is_whole() {
            request.remove_header(&header::EXPECT);
        }
        self.keep_copy(request, life);
        if let Some(identity) = life.told_identity() {
            request.insert_header(IDENTITY_HEADER, identity.clone())?;
        }
        Ok(())
    }

    async fn request_body_filter(
        &self,
        _: &mut Session,
        piece: &mut Option<Bytes>,
        _: bool,
        life: &mut Box<Life>,
    ) -> Result<()> {
        let streams = life.upstream().spec().protocol == Protocol::Http2;
        if !streams && life.pace.as_ref().is_some_and(|pace| pace.left().is_zero()) {
            return Err(life.refuse(Fault::SlowBody));
        }
        let Some(piece) = piece else { return Ok(()) };
        if let Some(pace) = &mut life.pace {
            pace.came(piece.len());
        }
        let copied = life.shadow.as_mut().and_then(|shadow| shadow.copied.as_mut());
        if let Some(body) = copied.and_then(|copied| copied.body.as_mut()) {
            body.push(piece);
        }
        life.in_time()
    }

    async fn upstream_response_filter(
        &self,
        session: &mut Session,
        answer: &mut ResponseHeader,
        life: &mut Box<Life>,
    ) -> Result<()> {
        self.take_answer(&asked(session), answer, life)
    }

    async fn response_filter(
        &self,
        session: &mut Session,
        answer: &mut ResponseHeader,
        life: &mut Box<Life>,
    ) -> Result<()> {
        self.hand_answer_on(&asked(session), answer, life)?;
        if life.closes {
            session.set_keepalive(None);
        }
        Ok(())
    }

    fn response_body_filter(
        &self,
        _: &mut Session,
        piece: &mut Option<Bytes>,
        _: bool,
        life: &mut Box<Life>,
    ) -> Result<Option<Duration>> {
        life.answers(piece.as_deref().unwrap_or_default())?;
        Ok(None)
    }

    /// Nothing was sent, so another address or another side may be asked, whatever the method.
    fn fail_to_connect(
        &self,
        _: &mut Session,
        _: &HttpPeer,
        life: &mut Box<Life>,
        mut error: BError,
    ) -> BError {
        self.was_not_reached(life);
        error.set_retry(true);
        error
    }

    /// Something may have been sent: only what can be repeated is repeated, on a connection that
    /// the upstream may have been closing when we used it.
    fn error_while_proxy(
        &self,
        _: &HttpPeer,
        session: &mut Session,
        mut error: BError,
        life: &mut Box<Life>,
        reused: bool,
    ) -> BError {
        let reused = reused || life.reused;
        self.consider_another(&asked(session), &mut error, life, reused);
        error
    }

    async fn fail_to_proxy(
        &self,
        session: &mut Session,
        error: &Error,
        life: &mut Box<Life>,
    ) -> FailToProxy {
        let fault = self.fault_of(error, life);
        if reply::has_begun(session) {
            if let Some(keeper) =
                life.keeper.as_ref().filter(|_| reply::ends_with_connection(session))
            {
                keeper.reset();
            }
            // What is written goes out, so that the client sees what it has and what it lacks.
            session.as_downstream_mut().shutdown().await;
        } else if fault != Fault::ClientLeft {
            life.side = Side::Us;
            // The client may be gone by now; there is nobody to tell.
            let _ = reply::send_page(session, life, fault).await;
        }
        let error_code = session.response_written().map_or(0, |answer| answer.status.as_u16());
        FailToProxy { error_code, can_reuse_downstream: false }
    }

    /// The library's own words about errors: our log line has what is needed, once.
    fn suppress_error_log(&self, _: &Session, _: &Box<Life>, _: &Error) -> bool {
        true
    }

    async fn logging(&self, session: &mut Session, error: Option<&Error>, life: &mut Box<Life>) {
        let sent = Sent {
            status: session.response_written().map_or(0, |answer| answer.status.as_u16()),
            bytes: session.body_bytes_sent(),
            took: life.started.elapsed(),
        };
        self.account(session.req_header(), sent, error, life);
    }
}

fn asked(session: &Session) -> Asked<'_> {
    Asked {
        head: session.req_header(),
        upgrades: session.is_upgrade_req(),
        is_repeatable: !session.as_ref().retry_buffer_truncated(),
        is_answered: session.response_written().is_some(),
    }
}
