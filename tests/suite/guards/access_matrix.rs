//! Every page, server function and other route with what each kind of person gets, cell by cell, on file in
//! `access_matrix.txt`. A route without its row fails, and so does a changed cell; `ATRIA_WRITE_MATRIX=1` writes the
//! file anew, and its difference is what a reviewer reads.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use atria::endpoints::{Access, Endpoint};
use futures_util::future::join_all;
use http::header::ORIGIN;
use http::{Method, StatusCode};

use super::event_calls::is_in_an_event;
use crate::support::{AccessScene, Answer, Client, PRINCIPALS};

const HEAD: &str = "# Status of each page, server function and route for each kind of person (access_matrix.rs).
# page, call, get, post: in an organization with a public, published event. private, draft: the same path for
# events like that. Calls carry ids that exist and otherwise empty fields: 422 is what passed the policy.
# 302 is the way to sign-in, or a signed-in person sent on. Organization roles have no row in the events, event
# roles none in the organization; muted is a muted moderator, in both a member and an attendee who owns another
# organization, as the foreign owner does. Unverified and deactivated hold a login session that was left over.
# --- would end the login session the matrix asks with.
";

/// Calls that end the login session they come with: asked last, by those who have none. The first is open to everybody,
/// the second to everybody who is signed in.
const ENDING: [&str; 2] = ["/api/accounts/sign_out", "/api/accounts/deactivate"];

/// Patterns of all pages.
pub fn pages() -> Vec<String> {
    let mut pages: Vec<String> = leptos_axum::generate_route_list(app::routes::Routed)
        .iter()
        .map(|route| route.path().to_owned())
        .collect();
    pages.sort();
    pages
}

/// Paths of all server functions but the [`ENDING`] ones.
pub fn calls() -> Vec<&'static str> {
    let mut calls: Vec<&str> = server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    for ending in ENDING {
        let place = calls.iter().position(|path| *path == ending).expect("an ending call that exists");
        calls.remove(place);
    }
    calls.sort_unstable();
    calls
}

/// Name of a row → its cells.
type Rows = BTreeMap<String, String>;

/// What everybody gets from one request that changes nothing.
async fn read(scene: &AccessScene, ask: impl AsyncFn(&Client) -> Answer) -> String {
    let answers = join_all(scene.browsers.iter().map(|browser| ask(browser))).await;
    written_cells(answers.iter().map(|answer| answer.status))
}

/// What everybody gets from one request, one after the other and each from the same state.
async fn change(scene: &AccessScene, ask: impl AsyncFn(&Client) -> Answer) -> String {
    let mut cells = Vec::new();
    for browser in &scene.browsers {
        let status = ask(browser).await.status;
        cells.push(status);
        if status.is_success() {
            scene.put_back().await;
        }
    }
    written_cells(cells)
}

fn written_cells(cells: impl IntoIterator<Item = StatusCode>) -> String {
    cells.into_iter().map(|status| status.as_u16().to_string()).collect::<Vec<_>>().join(" ")
}

async fn of_pages(scene: &AccessScene) -> Rows {
    let mut rows = Rows::new();
    for place in &scene.places {
        for pattern in pages() {
            if place.kind.is_some() && !pattern.contains("{event}") {
                continue;
            }
            let path = scene.path(&pattern, place);
            let cells = read(scene, async |browser| browser.get(&path).await).await;
            rows.insert(format!("{} {pattern}", place.kind.unwrap_or("page")), cells);
        }
    }
    rows
}

async fn of_endpoints(scene: &AccessScene) -> Rows {
    let mut rows = Rows::new();
    for place in &scene.places {
        for Endpoint { method, path: pattern, access } in &scene.app.endpoints {
            if place.kind.is_some() && !pattern.contains("{event}") {
                continue;
            }
            let path = scene.path(pattern, place);
            let cells =
                change(scene, async |browser| browser.send(request(browser, method, &path)).await).await;
            is_as_declared(*access, pattern, &cells);
            let kind = method.as_str().to_lowercase();
            let kind = place.kind.map_or_else(|| kind.clone(), |place| format!("{place} {kind}"));
            rows.insert(format!("{kind} {pattern}"), cells);
        }
    }
    rows
}

/// As a page of ours asks.
fn request(browser: &Client, method: &Method, path: &str) -> reqwest::RequestBuilder {
    let request = browser.request(method.clone(), path).header(ORIGIN, &browser.origin);
    let request = request.header("sec-fetch-site", "same-origin");
    let is_upload = *method == Method::POST && path.starts_with("/files/");
    if is_upload {
        request.multipart(reqwest::multipart::Form::new().text("picture", "logo"))
    } else {
        request
    }
}

/// The first column is nobody's; the next two are people whose login sessions count as none.
fn is_as_declared(access: Access, pattern: &str, cells: &str) {
    let cells: Vec<&str> = cells.split(' ').collect();
    match access {
        Access::Everybody | Access::Holders => {
            assert!(
                cells.iter().all(|cell| *cell == cells[0]),
                "{pattern} is the same for everybody: {cells:?}"
            );
        }
        Access::SignedIn => {
            let refused = ["401", "302", "303", "404"];
            assert!(
                cells[..3].iter().all(|cell| refused.contains(cell)),
                "{pattern} asks who it is: {cells:?}"
            );
        }
        Access::Viewers => {}
    }
}

async fn of_calls(scene: &AccessScene) -> Rows {
    let mut rows = Rows::new();
    for place in &scene.places {
        for path in calls() {
            if place.kind.is_some() && !is_in_an_event(path) {
                continue;
            }
            let fields = scene.fields(path, place);
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let cells = change(scene, async |browser| browser.call_with_known(path, &fields).await).await;
            rows.insert(format!("{} {path}", place.kind.unwrap_or("call")), cells);
            let forged = owner(scene).call_cross_site(path, &fields).await;
            assert_eq!(forged.status, StatusCode::FORBIDDEN, "{path} from another site");
        }
    }
    rows
}

async fn of_ending_calls(scene: &AccessScene) -> Rows {
    let mut rows = Rows::new();
    for path in ENDING {
        let mut cells = Vec::new();
        for (principal, browser) in PRINCIPALS.iter().zip(&scene.browsers) {
            let has_none = ["anonymous", "unverified", "deactivated"].contains(&principal.column);
            let cell = if has_none {
                browser.status(path, &[]).await.as_u16().to_string()
            } else {
                "---".to_owned()
            };
            cells.push(cell);
        }
        rows.insert(format!("call {path}"), cells.join(" "));
        let forged = owner(scene).call_cross_site(path, &[]).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN, "{path} from another site");
        assert!(owner(scene).is_signed_in().await, "{path} from another site ends nothing");
    }
    rows
}

fn owner(scene: &AccessScene) -> &Client {
    let owner = PRINCIPALS.iter().position(|principal| principal.column == "org owner");
    &scene.browsers[owner.expect("a column")]
}

fn written(rows: &Rows) -> String {
    let mut text = HEAD.to_owned();
    let columns = PRINCIPALS.map(|principal| principal.column).join(" · ");
    writeln!(text, "# Columns: {columns}").unwrap();
    let width = rows.keys().map(String::len).max().unwrap_or_default();
    for (name, cells) in rows {
        writeln!(text, "{name:<width$}  {cells}").unwrap();
    }
    text
}

/// Name of a row → its cells.
fn on_file() -> BTreeMap<&'static str, &'static str> {
    let rows = include_str!("access_matrix.txt").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once("  ")).map(|(name, cells)| (name, cells.trim_start())).collect()
}

#[tokio::test]
async fn everybody_gets_what_the_matrix_says() {
    let scene = AccessScene::set().await;
    let mut rows = of_pages(&scene).await;
    rows.extend(of_endpoints(&scene).await);
    rows.extend(of_calls(&scene).await);
    rows.extend(of_ending_calls(&scene).await);
    if std::env::var_os("ATRIA_WRITE_MATRIX").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/guards/access_matrix.txt");
        std::fs::write(file, written(&rows)).unwrap();
        return;
    }
    let mut on_file = on_file();
    let mut differences = Vec::new();
    for (name, found) in &rows {
        match on_file.remove(name.as_str()) {
            Some(expected) if expected == found => {}
            expected => differences.push(format!("{name}\n  on file {expected:?}\n  found   {found}")),
        }
    }
    differences.extend(on_file.keys().map(|name| format!("{name} is on file and nowhere else")));
    let columns = PRINCIPALS.map(|principal| principal.column).join(" · ");
    assert!(differences.is_empty(), "{columns}\n{}", differences.join("\n"));
}
