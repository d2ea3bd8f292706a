//! The life of a request, in the order in which it happens.
//!
//! ```text
//!  head complete ─► early_request_filter   is it HTTP we pass on? who is it
//!                   request_filter         where do the rules send it; 410 and 508 end here;
//!                                          what we own of the headers is written anew
//!                   proxy_upstream_filter  most are carried here as a whole, in the same order
//!               ┌─► upstream_peer          the address of the side, with its timeouts
//!               │   upstream_request_filter  what this side alone is told; the copy is taken
//!  one more  ◄──┤   upstream_response_filter an answer begins: from here on no other side can
//!  attempt      │   response_filter, response_body_filter     a copy for the comparison
//!               └── fail_to_connect, error_while_proxy        or the next side is asked
//!                   fail_to_proxy          no side answered: our own page
//!  answer out ───►  logging                log line, meters; the copy goes out now
//! ```

use std::{
    any::Any,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, header};
use pingora::{
    BError, Error, ErrorSource, Result,
    http::{RequestHeader, ResponseHeader},
    modules::http::HttpModules,
    proxy::{FailToProxy, ProxyHttp, Session},
    upstreams::peer::HttpPeer,
};

use rules::Protocol;

use crate::{
    access::AccessLog,
    attempt::Chosen,
    connection::{CLIENT_SILENCE_MAX, Gatekeeper},
    error::{Fault, Side},
    forwarded::{Forwarded, Network},
    gate,
    guard::Guard,
    http2,
    identity::{IDENTITY_HEADER, Identity, Known},
    life::{Life, Sent, Shadowed},
    mirror::{Mirror, SHADOW_HEADER, excluded_request},
    otlp::Spans,
    outbound::{self, Facts},
    pin::Pins,
    reply,
    route::{Decided, Serve},
    state::State,
    trace::{Ids, Trace},
    upload::{Pace, Room},
    upstream::How,
};

/// Attempts at upstreams for one request: the first and one more. More would multiply the load on
/// a side that is already in trouble.
pub(crate) const ATTEMPTS_MAX: usize = 2;

/// What a request needs besides itself.
#[derive(Debug)]
pub(crate) struct Service {
    /// The rules in force and the meters.
    pub state: Arc<State>,
    /// Where the log lines go, if anywhere.
    pub log: Option<AccessLog>,
    /// Where the copies go.
    pub mirror: Mirror,
    /// Who reads what they wrote.
    pub(crate) pins: Pins,
    /// What holds and rests.
    pub(crate) guard: Guard,
    /// Where spans go, if anywhere.
    pub(crate) spans: Option<Spans>,
    /// What bodies may take until they are whole.
    pub(crate) room: Room,
    /// Trace ids and samples.
    pub ids: Ids,
    /// Whose forwarding headers are believed.
    pub trusted: Vec<Network>,
    /// Says who users are, where that was asked for.
    pub identity: Option<Identity>,
    /// Whether answers say who answered.
    pub debug_headers: bool,
    /// This process, for the header of hops.
    pub instance: HeaderValue,
    /// Turns true when clients should look for another connection.
    pub draining: tokio::sync::watch::Receiver<bool>,
}

#[async_trait]
impl ProxyHttp for Service {
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
        life.trace = Some(Trace::of(&session.req_header().headers, &self.ids));
        let read = match &life.keeper {
            Some(keeper) if !keeper.idler().works() => Err(Fault::ClientLeft),
            Some(keeper) => keeper.wire().next_head().map(|framing| framing.upgrade),
            None if session.is_http2() => Ok(false),
            None => Err(Fault::Internal),
        };
        let upgrades = read.map_err(|fault| life.refuse(fault))?;
        if !upgrades && session.req_header_mut().remove_header(&header::UPGRADE).is_some() {
            // Whoever asked may have begun to speak it.
            session.set_keepalive(None);
        }
        let head = session.req_header();
        gate::check(&head.method, head.raw_path(), &head.headers)
            .map_err(|fault| life.refuse(fault))?;
        if let Some(target) = gate::origin_form(&head.method, head.raw_path()) {
            session.req_header_mut().set_raw_path(&target)?;
        }
        let head = session.req_header();
        let peer = peer.ok_or_else(|| life.refuse(Fault::Internal))?;
        let peer = (peer.ip(), life.keeper.as_ref().map(Gatekeeper::peer));
        life.forwarded = Some(Forwarded::read(&head.headers, peer, secure, &self.trusted));
        Ok(())
    }

    async fn request_filter(&self, session: &mut Session, life: &mut Box<Life>) -> Result<bool> {
        let head = session.req_header();
        if outbound::is_loop(&head.headers, &self.instance) {
            return Err(life.refuse(Fault::Loop));
        }
        let client = life.forwarded.as_ref().map_or("", Forwarded::client);
        let decide = |target: &[u8], user: Option<&str>| {
            life.rules.decide(&head.method, target, &head.headers, client, user)
        };
        let mut decided = decide(head.raw_path(), None);
        if let Some(identity) = self.identity.as_ref().filter(|_| decided.may_ask_native()) {
            let known = identity.of(&head.headers, &life.rules).await;
            match &known {
                Known::Anonymous => {}
                Known::User(user) => decided = decide(head.raw_path(), Some(user)),
                Known::Unknown(why) => decided.leave_to_legacy(why),
            }
            let native = decided.route.native.as_ref().map_or("", |native| &native.spec().name);
            life.identity = identity.header(&known, native);
        }
        if decided.may_ask_native() && !gate::path::is_plain(head.raw_path()) {
            decided.unless_same_route(&decide(&gate::path::canonical(head.raw_path()), None));
        }
        let decided = self.read_own_writes(decided, head, life);
        let decided = self.guard.admit(decided, &head.method);
        life.reason = decided.reason;
        life.side = match decided.serve {
            Serve::Legacy => Side::Legacy,
            Serve::Native => Side::Native,
            Serve::Gone | Serve::Redirect | Serve::NotFound => Side::Us,
        };
        life.meant = life.side;
        life.shadow = self.sample(&head.method, &head.headers, &decided);
        let ours = match decided.serve {
            Serve::Legacy | Serve::Native => None,
            Serve::Gone => Some(Fault::Gone),
            Serve::Redirect => Some(Fault::Redirect),
            Serve::NotFound => Some(Fault::NotFound),
        };
        if decided.stage == "retired"
            && !decided.route.retirement_reported.swap(true, Ordering::Relaxed)
        {
            tracing::warn!(route = %decided.route.id, "a retired endpoint is still called");
        }
        life.decided = Some(decided);
        if life.shadow.is_some()
            && let Some(reason) = excluded_request(&session.req_header().headers)
        {
            life.give_up_shadow(reason);
        }
        if let Some(fault) = ours {
            return Err(life.refuse(fault));
        }
        let (Some(forwarded), Some(trace)) = (&life.forwarded, &life.trace) else {
            return Err(life.refuse(Fault::Internal));
        };
        let facts = Facts { forwarded, trace, instance: &self.instance };
        outbound::dress(session.req_header_mut(), &facts)?;
        life.upload = self.room.take_in(session).await?;
        let paced = life.keeper.is_none() && life.upload.is_streamed();
        life.pace = paced.then(Pace::new);
        Ok(false)
    }

    /// Carries what needs none of what follows.
    async fn proxy_upstream_filter(
        &self,
        session: &mut Session,
        life: &mut Box<Life>,
    ) -> Result<bool> {
        if !Self::goes_directly(session, life) {
            return Ok(true);
        }
        self.carry(session, life).await?;
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
        self.take_answer(session, answer, life)
    }

    async fn response_filter(
        &self,
        session: &mut Session,
        answer: &mut ResponseHeader,
        life: &mut Box<Life>,
    ) -> Result<()> {
        self.hand_answer_on(session, answer, life)
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
        self.consider_another(session, &mut error, life, reused);
        error
    }

    async fn fail_to_proxy(
        &self,
        session: &mut Session,
        error: &Error,
        life: &mut Box<Life>,
    ) -> FailToProxy {
        let of_body = life.keeper.as_ref().and_then(Gatekeeper::body_fault);
        let fault =
            *life.fault.get_or_insert_with(|| of_body.unwrap_or_else(|| reply::fault_of(error)));
        if fault == Fault::SlowBody {
            self.state.telemetry.slow_bodies.inc();
        }
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
        match &life.decided {
            Some(decided) => {
                let sampled = life.trace.filter(|trace| trace.sampled).map(|trace| trace.id);
                decided.route.meters.answered((life.side, sent.status), sent.took, sampled);
            }
            None => self.state.telemetry.refused(life.fault.map_or("unknown", Fault::word)),
        }
        if let Some(spans) = &self.spans
            && let Some(span) = life.span(&session.req_header().method, sent)
        {
            spans.add(span);
        }
        let sides = error.is_none_or(|error| *error.esource() == ErrorSource::Upstream);
        if life.asked == Side::Native && sides {
            self.native_answered(life, error.is_none() && sent.status < 500);
        }
        let head = session.req_header();
        if life.is_unmatched() {
            self.state.unmatched_request(head.method.as_str(), head.uri.path(), sent);
        }
        if let Some(keeper) = &life.keeper {
            keeper.idler().rests();
        }
        if let Some(log) = &self.log {
            log.write(life.line(&head.method, &head.uri, sent));
        }
        match error {
            None => life.send_copy(&self.mirror),
            Some(error) if *error.esource() == ErrorSource::Downstream => {
                life.give_up_shadow(shadow::Void::ClientAborted);
            }
            Some(_) => life.give_up_shadow(shadow::Void::LegacyFailed),
        }
    }
}

impl Service {
    /// A pinned user reads from the side that took the last write. Down whatever the rules say, up
    /// only where they send anybody to native.
    fn read_own_writes(&self, mut decided: Decided, head: &RequestHeader, life: &Life) -> Decided {
        if decided.route.pin_time.is_zero() || !head.method.is_safe() {
            return decided;
        }
        let now = u64::try_from(life.came.as_second()).unwrap_or_default();
        match self.pins.side(&head.headers, &decided.route.context, now) {
            Some(Side::Legacy) if decided.serve == Serve::Native => decided.serve = Serve::Legacy,
            Some(Side::Native) if decided.may_go_native => decided.serve = Serve::Native,
            _ => return decided,
        }
        decided.reason = "pinned";
        decided
    }

    /// Whoever had something changed by a side is pinned to it.
    pub(crate) fn pin(
        &self,
        head: &RequestHeader,
        answer: &mut ResponseHeader,
        life: &Life,
    ) -> Result<()> {
        let Some(decided) = &life.decided else { return Ok(()) };
        let ttl = decided.route.pin_time;
        if ttl.is_zero() || head.method.is_safe() || life.side == Side::Us {
            return Ok(());
        }
        let now = u64::try_from(life.came.as_second()).unwrap_or_default();
        let secure = life.came_by_https();
        let to = (&*decided.route.context, life.side);
        match self.pins.cookie(&head.headers, to, (now, ttl), secure) {
            Some(cookie) => answer.append_header(header::SET_COOKIE, cookie).map(|_| ()),
            None => Ok(()),
        }
    }

    pub(crate) fn native_answered(&self, life: &Life, succeeded: bool) {
        if let Some(decided) = &life.decided {
            self.guard.record(&decided.route, succeeded);
        }
    }

    /// Chooses a request for comparison, unless it is itself a copy. A safe request with a body is
    /// none that anybody sends; of the others the rules say which are chosen.
    fn sample(&self, method: &Method, headers: &HeaderMap, decided: &Decided) -> Option<Shadowed> {
        let has_body = headers.contains_key(header::TRANSFER_ENCODING)
            || headers.get(header::CONTENT_LENGTH).is_some_and(|length| length != "0");
        let eligible = decided.sample > 0
            && !(method.is_safe() && has_body)
            && !headers.contains_key(SHADOW_HEADER);
        let drawn = || self.ids.draw() % u64::from(rules::stage::SHARE_MAX);
        (eligible && drawn() < u64::from(decided.sample)).then(|| Shadowed {
            sampled: self.mirror.observer().expect(&decided.route, method),
            copied: None,
            head: None,
            body: self.mirror.capture(),
        })
    }
}
