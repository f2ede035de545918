//! Lists that organizers put in order by hand: venue rooms, tracks, speakers of a session.

use domain::Conflict;
use domain::fractional_index::{Insertion, OrderKey, OrderKeyError, insert_at};
use uuid::Uuid;

use crate::{Outcome, ServiceError};

/// One of a list in its order.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub id: Uuid,
    pub order_key: String,
}

/// Where something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    First,
    After(Uuid),
    Last,
}

/// A key for the place, and new keys for all others when the room was used up.
pub(super) struct Place {
    pub order_key: OrderKey,
    pub others: Vec<(Uuid, String)>,
}

/// Makes a place in a list for something that may be of it already.
///
/// # Errors
/// [`Conflict::OrderChanged`] when the neighbour is not there any more.
pub(super) fn make_place(list: &[Placed], at: At, moving: Option<Uuid>) -> Outcome<Place> {
    let others: Vec<&Placed> = list.iter().filter(|placed| Some(placed.id) != moving).collect();
    let index = match at {
        At::First => 0,
        At::Last => others.len(),
        At::After(id) => others.iter().position(|placed| placed.id == id).ok_or(Conflict::OrderChanged)? + 1,
    };
    let keys = others.iter().map(|placed| OrderKey::parse(&placed.order_key).map_err(broken));
    let keys = keys.collect::<Outcome<Vec<_>>>()?;
    Ok(match insert_at(&keys, index).map_err(broken)? {
        Insertion::At(order_key) => Place { order_key, others: Vec::new() },
        Insertion::Rebalanced { at, others: keys } => Place {
            order_key: at,
            others: others
                .iter()
                .zip(keys)
                .map(|(placed, key)| (placed.id, key.as_str().to_owned()))
                .collect(),
        },
    })
}

fn broken(error: OrderKeyError) -> ServiceError {
    ServiceError::Broken(format!("stored order keys: {error}"))
}
