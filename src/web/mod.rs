//! The HTTP kit; it knows no stage.
//!
//! A request is stamped with its arrival time before anything is read, its sender
//! is found from the session, [`Allowed`] loads the object and decides, the form is
//! parsed, one verb runs, and the answer is a page or a 303.

mod admitted;
mod allowed;
mod assets;
mod autosave;
mod budget;
mod components;
mod ctx;
mod form;
mod gate;
mod inspect;
mod mark;
mod memory;
mod middleware;
mod respond;
mod state;
mod text;
mod throttle;
mod upload;
mod view;
mod watch;

pub use allowed::{Allowed, Decision, PathIds, Policy};
pub use assets::asset;
pub use autosave::{AutosaveView, Saved, newer, saved};
pub use budget::Budget;
pub use components::{
    Choice, ErrorLink, Event, Fact, FindingView, Waiting, error_links, error_map, fact, findings_view, linked_findings,
    option_list,
};
pub use ctx::{Ctx, Doing, Flash};
pub use form::{Fields, Posted, PostedWhole};
pub use gate::{Full, Gate};
pub use inspect::{Inspected, inspect, shown_size};
pub use memory::Memory;
pub use middleware::{cookie_name, identify, no_session_cookie, session_cookie};
pub use respond::{Carried, Problems, not_found, own_path, sort_problems};
pub use state::AppState;
pub use text::{severity_label, tone};
pub use throttle::Throttle;
pub use upload::{Attached, Upload, UploadedFile};
pub use view::{SessionEnd, Shell, Views};
pub use watch::{Runs, Watch, close_runs};

use actix_web::Route;
use actix_web::http::Method;

/// One line of the route table.
#[derive(Clone)]
pub struct Entry {
    pub method: Method,
    pub path: &'static str,
    pub make: fn() -> Route,
}

impl Entry {
    /// The first word of the path with its `/`, and the rest.
    #[must_use]
    pub fn place(&self) -> (&'static str, &'static str) {
        let end = self.path.char_indices().skip(1).find(|(_, c)| *c == '/').map_or(self.path.len(), |(at, _)| at);
        self.path.split_at_checked(end).unwrap_or((self.path, ""))
    }
}

/// `get!("/konkursy", list)`: a line of the route table.
#[macro_export]
macro_rules! get {
    ($path:literal, $handler:path) => {
        $crate::web::Entry {
            method: actix_web::http::Method::GET,
            path: $path,
            make: || actix_web::web::get().to($handler),
        }
    };
}

/// `post!("/oferty/{offer}/zlozenie", submit)`: a line of the route table.
#[macro_export]
macro_rules! post {
    ($path:literal, $handler:path) => {
        $crate::web::Entry {
            method: actix_web::http::Method::POST,
            path: $path,
            make: || actix_web::web::post().to($handler),
        }
    };
}
