use domain::invitations::{BulkRow, TargetKind, Verdict};
use leptos::prelude::*;
use services::ServiceError;
use services::invitations::{self, AddressList, InvitingPage, LastImport, TargetPath};

use super::place::{Place, path_of, role_options};
use crate::flash::Flash;
use crate::ssr;
use crate::ui::badge::Badge;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::field::{FileField, HiddenField, SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::notice::{Notice, NoticeKind};
use crate::ui::table::Table;

/// Many invitations to an organization.
#[component]
pub fn InviteManyToOrganizationPage() -> impl IntoView {
    page(TargetKind::Organization)
}

/// Many invitations to an event.
#[component]
pub fn InviteManyToEventPage() -> impl IntoView {
    page(TargetKind::Event)
}

/// The form; after it what would become of each address; after sending what became of it.
fn page(kind: TargetKind) -> impl IntoView {
    ssr::page(async move {
        let (services, viewer) = ssr::request()?;
        let path = path_of(kind)?;
        let person = viewer.signed_in()?.clone();
        let inviting = invitations::inviting(&services, &person, &path).await?;
        let place = Place::open(&services, &person, &path).await?;
        let flash = checked(ssr::take_flash().await?).await?;
        let (list, result) = (flash.value("list"), rows_of(&flash.value("result")));
        let content = if inviting.grantable.is_empty() {
            view! { <Notice>"Nobody can be invited any more."</Notice> }.into_any()
        } else if let Ok(list) = AddressList::read_back(&list, kind) {
            let rows = invitations::preview(&services, &person, &path, &list).await?;
            preview(rows, &list, &inviting, &path, flash.clone())
        } else {
            let undo = invitations::last_import(&services, &person, &path).await?;
            let undo = undo.map(|last| undo_form(&last, &path));
            let content =
                if result.is_empty() { form(&inviting, &path, flash.clone()) } else { sent(result, &path) };
            view! { {undo}{content} }.into_any()
        };
        Ok(place.many(viewer, flash, &path, content))
    })
}

/// The flash, or the list that was checked before and not sent: the page may be loaded again.
async fn checked(flash: Flash) -> Result<Flash, ServiceError> {
    if !flash.value("list").is_empty() {
        ssr::keep_shown(&flash).await?;
        return Ok(flash);
    }
    let starts_anew = ssr::query("new").is_some();
    if starts_anew || !flash.value("result").is_empty() {
        ssr::forget_shown().await?;
    }
    let says_nothing = flash.values.is_empty() && flash.problem.is_none();
    Ok(ssr::shown_before().await?.filter(|_| says_nothing).unwrap_or(flash))
}

/// The way back, as long as something of the newest list is open.
fn undo_form(last: &LastImport, path: &TargetPath) -> AnyView {
    let open = match last.open {
        1 => "1 invitation of the last list is open.".to_owned(),
        open => format!("{open} invitations of the last list are open."),
    };
    let (target, import) = (path.as_field(), last.id.to_string());
    view! {
        <section class="section" aria-labelledby="undo">
            <h2 id="undo">"Take the last list back"</h2>
            <p>{open}" Their links die, and mails that have not left don't. Who accepted stays."</p>
            <form class="form" method="post" action="/api/invitations/undo_import">
                <HiddenField name="target" value=target/>
                <HiddenField name="import" value=import/>
                <Button kind=ButtonKind::Secondary icon="rotate-ccw">"Undo the import"</Button>
            </form>
        </section>
    }
    .into_any()
}

fn form(inviting: &InvitingPage, path: &TargetPath, flash: Flash) -> AnyView {
    let errors = flash.errors().cloned().unwrap_or_default();
    let options = role_options(&inviting.grantable);
    let first = options.first().map(|(value, _)| value.clone()).unwrap_or_default();
    let target = path.as_field();
    let file_hint = match path.kind {
        TargetKind::Organization => {
            "A table with a column of addresses, and one of names if you like. Up to 500 rows."
        }
        TargetKind::Event => {
            "A table with a column of addresses, and one of names if you like. Up to 5,000 rows and 5 MB."
        }
    };
    let labels = vec![
        ("addresses", "Addresses"),
        ("file", "CSV file"),
        ("column", "Column with the addresses"),
        ("role", "Role"),
        ("message", "Message"),
    ];
    view! {
        <FormErrors errors=errors labels=labels/>
        <Form action="/api/invitations/preview" with_file=true>
            <HiddenField name="target" value=target/>
            <fieldset class="field-group">
                <legend>"Whom"</legend>
                <p class="meta">"Fill in one of these, or both."</p>
                <TextArea
                    name="addresses" label="Addresses" rows=6 essential=true value=flash.value("addresses")
                    error=flash.error("addresses")
                    hint="Up to 500, separated by commas, semicolons or lines. “Ada <ada@example.org>” works too, and greets her."
                />
                <FileField
                    name="file" label="CSV file" accept=".csv,text/csv,text/plain" essential=true
                    error=flash.error("file")
                    hint=file_hint
                />
                <TextField
                    name="column" label="Column with the addresses" maxlength=100 value=flash.value("column")
                    error=flash.error("column") hint="Only needed when it isn't called “Email”."
                />
            </fieldset>
            <SelectField
                name="role" label="Role of all" options=options required=true
                value=flash.value_or("role", &first) error=flash.error("role")
            />
            <TextArea
                name="message" label="Message" rows=3 maxlength=500 hint="A few words for each mail."
                value=flash.value("message") error=flash.error("message")
            />
            <Button>"Check the list"</Button>
        </Form>
    }
    .into_any()
}

fn preview(
    rows: Vec<BulkRow>,
    list: &AddressList,
    inviting: &InvitingPage,
    path: &TargetPath,
    flash: Flash,
) -> AnyView {
    let good = rows.iter().filter(|row| row.verdict == Verdict::Ok).count();
    let role = flash.value("role");
    let label = inviting.grantable.iter().find(|one| one.as_str() == role).map_or("", |one| one.label());
    let summary = format!("{good} of {} can be invited as {}.", rows.len(), label.to_lowercase());
    let button = if good == 1 { "Send 1 invitation".to_owned() } else { format!("Send {good} invitations") };
    let message = flash.value("message");
    let (target, addresses) = (path.as_field(), list.as_text());
    let typed = keep(flash, &addresses);
    let send = (good > 0).then(|| {
        view! {
            <Form action="/api/invitations/send">
                <HiddenField name="target" value=target/>
                <HiddenField name="addresses" value=addresses/>
                <HiddenField name="role" value=role/>
                <HiddenField name="message" value=message/>
                <Button icon="send">{button}</Button>
            </Form>
        }
    });
    let change = form(inviting, path, typed);
    let anew = format!("{}/many?new=1", path.list());
    view! {
        <p class="invite-summary" role="status">{summary}</p>
        {send}
        <p class="meta"><a href=anew>"Start anew"</a></p>
        <section class="section" aria-labelledby="rows">
            <h2 id="rows">"The list"</h2>
            <Rows rows=rows is_sent=false/>
        </section>
        <section class="section" aria-labelledby="change">
            <h2 class="visually-hidden" id="change">"Change the list"</h2>
            <details class="disclosure">
                <summary>"Change the list"</summary>
                {change}
            </details>
        </section>
    }
    .into_any()
}

/// What was typed, with the list as it was read, for the form below the preview.
fn keep(flash: Flash, addresses: &str) -> Flash {
    let mut values = flash.values;
    values.insert("addresses".to_owned(), addresses.to_owned());
    Flash { values, ..Flash::default() }
}

fn sent(rows: Vec<BulkRow>, path: &TargetPath) -> AnyView {
    let good = rows.iter().filter(|row| row.verdict == Verdict::Ok).count();
    let (kind, summary) = match good {
        0 => (NoticeKind::Warn, "Nobody was invited.".to_owned()),
        1 => (NoticeKind::Ok, "1 invitation is on its way.".to_owned()),
        good => (NoticeKind::Ok, format!("{good} invitations are on their way.")),
    };
    view! {
        <Notice kind=kind>{summary}</Notice>
        <section class="section" aria-labelledby="rows">
            <h2 id="rows">"What became of each"</h2>
            <Rows rows=rows is_sent=true/>
        </section>
        <p><LinkButton href=path.list() kind=ButtonKind::Secondary>"Show all invitations"</LinkButton></p>
    }
    .into_any()
}

#[component]
fn Rows(rows: Vec<BulkRow>, is_sent: bool) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let (text, kind) = match row.verdict {
                Verdict::Ok if is_sent => (Verdict::Ok.label(), Some(NoticeKind::Ok)),
                Verdict::Ok => ("Will be invited", Some(NoticeKind::Ok)),
                Verdict::Invalid | Verdict::Banned => (row.verdict.label(), Some(NoticeKind::Danger)),
                Verdict::Duplicate | Verdict::Member | Verdict::Pending | Verdict::TooOften => {
                    (row.verdict.label(), None)
                }
            };
            view! {
                <tr>
                    <td class="invitation-address">{row.address}</td>
                    <td><Badge text=text kind=kind/></td>
                </tr>
            }
        })
        .collect_view();
    view! { <Table caption="Addresses and what becomes of them" columns=&["Address", "Invitation"]>{rows}</Table> }
}

/// Rows as one text, for the page after sending: a verdict and an address on each line.
pub fn as_text(rows: &[BulkRow]) -> String {
    let line = |row: &BulkRow| format!("{} {}", row.verdict.as_str(), row.address);
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn rows_of(text: &str) -> Vec<BulkRow> {
    let row = |line: &str| {
        let (verdict, address) = line.split_once(' ')?;
        Some(BulkRow { verdict: Verdict::from_name(verdict)?, address: address.to_owned() })
    };
    text.lines().filter_map(row).collect()
}
