//! One attempt at a side: which one and where, what it is told, what its answer is taken for, and
//! whether another attempt follows. Whoever carries the bytes asks here.

use std::{sync::Arc, time::Duration};

use http::{HeaderValue, StatusCode, Version, header};
use pingora::{
    Error, ErrorType, Result,
    http::{RequestHeader, ResponseHeader},
};
use rules::Trigger;

use crate::{
    error::Side,
    gate::answer::{self, INFORMATIONAL_MAX},
    guard::{self, Reading},
    identity::IDENTITY_HEADER,
    life::Life,
    outbound, reply,
    service::Service,
    upstream::Place,
};

/// Where an attempt goes.
#[derive(Debug)]
pub(crate) struct Chosen {
    /// The address.
    pub place: Arc<Place>,
    /// How long it may be silent.
    pub silence: Duration,
    /// Whether its connection must be new: one that was kept was closing in the attempt before, and
    /// a second one would be no better.
    pub new: bool,
}

/// What of an exchange counts for whether another attempt may follow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'r> {
    /// The request.
    pub head: &'r RequestHeader,
    /// Whether it asks for another protocol.
    pub upgrades: bool,
    /// Whether all that was sent of it can be sent again.
    pub is_repeatable: bool,
    /// Whether the client has something of an answer.
    pub is_answered: bool,
}

impl Service {
    /// An address of the side that is asked now, and the right to a connection there; of legacy
    /// where native has none.
    ///
    /// # Errors
    /// There is none, or the time of the request is over.
    pub(crate) async fn choose(&self, request: &RequestHeader, life: &mut Life) -> Result<Chosen> {
        let silence = life.silence(&request.headers)?;
        // What the attempt before held is free again.
        life.lease = None;
        let mut lease = life.upstream().lease_in_time().await;
        if lease.is_err() && life.side == Side::Native {
            self.was_not_reached(life);
            if life.side == Side::Legacy {
                lease = life.upstream().lease_in_time().await;
            }
        }
        let lease = lease.map_err(|none| life.refuse(none.into()))?;
        life.asked = life.side;
        life.informational = 0;
        let place = Arc::clone(&lease.place);
        life.lease = Some(lease);
        Ok(Chosen { place, silence, new: life.reused })
    }

    /// Keeps the request for a comparison, as it goes out. Made anew for every attempt, as the body
    /// comes anew.
    pub(crate) fn keep_copy(&self, request: &RequestHeader, life: &mut Life) {
        let host = life.upstream().spec().host.clone();
        let Some(shadow) = &mut life.shadow else { return };
        let mut copied = outbound::copy(request);
        copied.headers.remove(header::CONNECTION);
        if let Some(host) = host {
            copied.headers.insert(header::HOST, host);
        }
        if let Some(identity) = &life.identity {
            copied.headers.insert(IDENTITY_HEADER, identity.clone());
        }
        copied.body = (!request.method.is_safe()).then(|| self.mirror.capture());
        shadow.copied = Some(copied);
    }

    /// Takes the head of an answer, unless it is none or another side is to be asked.
    ///
    /// # Errors
    /// Either.
    pub(crate) fn take_answer(
        &self,
        asked: &Asked<'_>,
        answer: &mut ResponseHeader,
        life: &mut Life,
    ) -> Result<()> {
        let unasked = answer.status == StatusCode::SWITCHING_PROTOCOLS && !asked.upgrades;
        life.informational += u8::from(answer.status.is_informational());
        if unasked
            || life.informational > INFORMATIONAL_MAX
            || !answer::is_one(answer.status, &answer.headers)
        {
            return Err(Error::new_up(ErrorType::InvalidHTTPHeader));
        }
        if answer::has_no_length(answer.status) {
            answer.remove_header(&header::CONTENT_LENGTH);
        }
        if life.side != Side::Native || answer.status.is_informational() {
            return Ok(());
        }
        match guard::read(&asked.head.method, answer.status, &answer.headers) {
            Reading::Answer => Ok(()),
            _ if !asked.is_repeatable => Ok(()),
            Reading::Declined if life.falls_back(Trigger::Declined) => {
                Err(life.ask_legacy("native_declined"))
            }
            Reading::Failed
                if life.falls_back(Trigger::ServerError) && self.guard.may_fall_back() =>
            {
                self.native_answered(life, false);
                Err(life.ask_legacy("native_error"))
            }
            Reading::Declined | Reading::Failed => Ok(()),
        }
    }

    /// Makes the head of an answer the one that the client gets.
    ///
    /// # Errors
    /// A header that cannot be; we write none.
    pub(crate) fn hand_answer_on(
        &self,
        asked: &Asked<'_>,
        answer: &mut ResponseHeader,
        life: &mut Life,
    ) -> Result<()> {
        if answer.status.is_informational() && answer.status != StatusCode::SWITCHING_PROTOCOLS {
            return Ok(());
        }
        life.answer_begins(answer);
        // Whoever asked for another protocol may have begun to speak it.
        life.closes |= *self.draining.borrow() || asked.upgrades;
        if asked.head.version < Version::HTTP_11 {
            // It knows no chunks (RFC 9112 section 6.1): the end of the connection is its end.
            answer.remove_header(&header::TRANSFER_ENCODING);
        }
        reply::give_cohort(answer, life)?;
        self.pin(asked.head, answer, life)?;
        if self.debug_headers {
            reply::say_who(answer, life)?;
        }
        Ok(())
    }

    /// Nothing was sent, so another address or another side may be asked, whatever the method.
    pub(crate) fn was_not_reached(&self, life: &mut Life) {
        if life.side == Side::Native {
            self.native_answered(life, false);
            if life.falls_back(Trigger::ConnectFailure) {
                life.fall_back("native_unreachable");
            }
        }
    }

    /// Decides whether another attempt follows one in which something may have been sent: only what
    /// can be repeated is repeated, on a connection that the upstream may have been closing when we
    /// used it.
    pub(crate) fn consider_another(
        &self,
        asked: &Asked<'_>,
        error: &mut Error,
        life: &mut Life,
        reused: bool,
    ) {
        if std::mem::take(&mut life.again) {
            return;
        }
        let repeatable = asked.head.method.is_idempotent()
            && asked.is_repeatable
            && !asked.is_answered
            && life.fault.is_none();
        let trigger = match error.etype() {
            ErrorType::ReadTimedout | ErrorType::WriteTimedout => Trigger::Timeout,
            _ => Trigger::ConnectFailure,
        };
        if !repeatable {
            error.set_retry(false);
        } else if life.side == Side::Native
            && asked.head.method.is_safe()
            && life.falls_back(trigger)
            && self.guard.may_fall_back()
        {
            // A connection that native was just closing is no sign of trouble.
            if !reused {
                self.native_answered(life, false);
            }
            life.fall_back("native_failed");
            error.set_retry(true);
        } else {
            error.retry.decide_reuse(reused);
        }
    }
}

impl Life {
    /// What the side that is asked now is told about the user: only native is.
    pub(crate) fn told_identity(&self) -> Option<&HeaderValue> {
        self.identity.as_ref().filter(|_| self.side == Side::Native)
    }

    /// A piece of the answer's body goes to the client.
    ///
    /// # Errors
    /// The time of the request is over.
    pub(crate) fn answers(&mut self, piece: &[u8]) -> Result<()> {
        if let Some(shadow) = &mut self.shadow {
            shadow.body.push(piece);
        }
        self.in_time()
    }
}
