//! What is done with a request, in the order in which it happens, whoever carries its bytes: our
//! own [`direct`](crate::direct) way, or the library's [`proxy`](crate::library).
//!
//! ```text
//!  head complete ─► admit           is it HTTP we pass on? who is it
//!                   decide          where do the rules send it; 410 and 508 end here;
//!                                   what we own of the headers is written anew
//!               ┌─► choose          the address of the side, with its timeouts
//!               │   keep_copy       what this side alone is told; the copy is taken
//!  one more  ◄──┤   take_answer     an answer begins: from here on no other side can
//!  attempt      │   hand_answer_on  a copy for the comparison
//!               └── was_not_reached, consider_another      or the next side is asked
//!                   fault_of        no side answered: our own page
//!  answer out ───►  account         log line, meters; the copy goes out now
//! ```

use std::{
    net::IpAddr,
    sync::{Arc, atomic::Ordering},
};

use http::{HeaderMap, HeaderValue, Method, header};
use pingora::{
    Error, ErrorSource, Result,
    http::{RequestHeader, ResponseHeader},
};

use crate::{
    access::AccessLog,
    connection::Gatekeeper,
    error::{Fault, Side},
    forwarded::{Forwarded, Network},
    gate,
    guard::Guard,
    identity::{Identity, Known},
    life::{Life, Sent, Shadowed},
    mirror::{Mirror, SHADOW_HEADER, excluded_request},
    otlp::Spans,
    outbound::{self, Facts},
    pin::Pins,
    reply,
    route::{Decided, Serve},
    state::State,
    trace::{Ids, Trace},
    upload::Room,
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

/// How a request came.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Came {
    /// Who sent it.
    pub peer: IpAddr,
    /// Whether in TLS.
    pub secure: bool,
    /// Whether in HTTP/2, of which the gate reads no bytes.
    pub http2: bool,
}

impl Service {
    /// Whether it is a request that we pass on, and whose.
    ///
    /// # Errors
    /// It is none.
    pub(crate) fn admit(
        &self,
        head: &mut RequestHeader,
        came: Came,
        life: &mut Life,
    ) -> Result<()> {
        life.trace = Some(Trace::of(&head.headers, &self.ids));
        let read = match &life.keeper {
            Some(keeper) if !keeper.idler().works() => Err(Fault::ClientLeft),
            Some(keeper) => keeper.wire().next_head().map(|framing| framing.upgrade),
            None if came.http2 => Ok(false),
            None => Err(Fault::Internal),
        };
        let upgrades = read.map_err(|fault| life.refuse(fault))?;
        life.closes = outbound::is_last(&head.headers);
        if !upgrades && head.remove_header(&header::UPGRADE).is_some() {
            // Whoever asked may have begun to speak it.
            life.closes = true;
        }
        gate::check(&head.method, head.raw_path(), &head.headers)
            .map_err(|fault| life.refuse(fault))?;
        if let Some(target) = gate::origin_form(&head.method, head.raw_path()) {
            head.set_raw_path(&target)?;
        }
        let peer = (came.peer, life.keeper.as_ref().map(Gatekeeper::peer));
        life.forwarded = Some(Forwarded::read(&head.headers, peer, came.secure, &self.trusted));
        Ok(())
    }

    /// Where the rules send it; and writes what we own of its headers.
    ///
    /// # Errors
    /// It is answered by us.
    pub(crate) async fn decide(&self, head: &mut RequestHeader, life: &mut Life) -> Result<()> {
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
            && let Some(reason) = excluded_request(&head.headers)
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
        outbound::dress(head, &facts)
    }

    /// What the client is told about an error, if it can be told anything.
    pub(crate) fn fault_of(&self, error: &Error, life: &mut Life) -> Fault {
        let of_body = life.keeper.as_ref().and_then(Gatekeeper::body_fault);
        let fault =
            *life.fault.get_or_insert_with(|| of_body.unwrap_or_else(|| reply::fault_of(error)));
        if fault == Fault::SlowBody {
            self.state.telemetry.slow_bodies.inc();
        }
        fault
    }

    /// Counts what became of a request, and lets its copy go.
    pub(crate) fn account(
        &self,
        head: &RequestHeader,
        sent: Sent,
        error: Option<&Error>,
        life: &mut Life,
    ) {
        match &life.decided {
            Some(decided) => {
                let sampled = life.trace.filter(|trace| trace.sampled).map(|trace| trace.id);
                decided.route.meters.answered((life.side, sent.status), sent.took, sampled);
            }
            None => self.state.telemetry.refused(life.fault.map_or("unknown", Fault::word)),
        }
        if let Some(spans) = &self.spans
            && let Some(span) = life.span(&head.method, sent)
        {
            spans.add(span);
        }
        let sides = error.is_none_or(|error| *error.esource() == ErrorSource::Upstream);
        if life.asked == Side::Native && sides {
            self.native_answered(life, error.is_none() && sent.status < 500);
        }
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
        if !eligible || drawn() >= u64::from(decided.sample) {
            return None;
        }
        let sampled = self.mirror.observer().expect(&decided.route, method);
        if !self.mirror.has_room(&decided.route) {
            sampled.void(shadow::Void::Shed);
            return None;
        }
        Some(Shadowed { sampled, copied: None, head: None, body: self.mirror.capture() })
    }
}
