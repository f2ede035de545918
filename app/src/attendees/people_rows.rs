use domain::accounts::tint;
use domain::attendees::{MembershipStatus, PeopleSort};
use leptos::prelude::*;
use services::attendees::PersonInTable;
use services::uploads::AvatarPixels;

use crate::ssr;
use crate::ui::avatar::Avatar;
use crate::ui::badge::Badge;
use crate::ui::notice::NoticeKind;
use crate::ui::time::LocalTime;

/// A real table on wide screens, cards on phones. The roles keep it a table for screen readers where the cards are.
#[component]
pub(super) fn PeopleRows(people: Vec<PersonInTable>, path: String, sort: PeopleSort) -> impl IntoView {
    let rows = people.into_iter().map(|person| row(person, &path)).collect_view();
    let head = |label: &'static str, by: Option<PeopleSort>| {
        let order = match by {
            Some(PeopleSort::Joined | PeopleSort::Role) => "descending",
            Some(PeopleSort::Name | PeopleSort::Company) | None => "ascending",
        };
        let sorted = (by == Some(sort)).then_some(order);
        view! { <th scope="col" role="columnheader" aria-sort=sorted>{label}</th> }
    };
    view! {
        <table class="table people" role="table">
            <caption class="visually-hidden">"People of this event"</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader"><span class="visually-hidden">"Choose"</span></th>
                    {head("Person", Some(PeopleSort::Name))}
                    {head("Work", Some(PeopleSort::Company))}
                    {head("Role", Some(PeopleSort::Role))}
                    {head("State", None)}
                    {head("Since", Some(PeopleSort::Joined))}
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
}

fn row(person: PersonInTable, path: &str) -> impl IntoView + use<> {
    let href = format!("{path}/{}", person.user);
    let work = [person.title.clone(), person.company.clone()].into_iter().flatten().collect::<Vec<_>>();
    view! {
        <tr role="row">
            <td role="cell" class="people-tick">
                <input
                    class="check-box" type="checkbox" name="member" value=person.user.to_string() form="several"
                    aria-label=format!("Choose {}", person.full_name)
                />
            </td>
            <td role="cell" class="people-person">
                <Avatar name=person.full_name.clone() tint=tint(person.user) picture=ssr::avatar(person.avatar, AvatarPixels::Small)/>
                <span class="people-name">
                    <a href=href>{person.full_name.clone()}</a>
                    <span class="meta">{person.email.clone()}</span>
                </span>
            </td>
            <td role="cell" class="people-work">{work.join(", ")}</td>
            <td role="cell"><Badge text=person.role.label()/></td>
            <td role="cell" class="people-state">{states(&person)}</td>
            <td role="cell" class="people-since meta"><LocalTime at=person.joined_at/></td>
        </tr>
    }
}

/// What is not as usual, and that somebody has arrived; never by colour alone.
pub(super) fn states(person: &PersonInTable) -> impl IntoView + use<> {
    let status = match person.status {
        MembershipStatus::Active => None,
        MembershipStatus::Waitlisted => Some(NoticeKind::Info),
        MembershipStatus::Left | MembershipStatus::Removed => Some(NoticeKind::Warn),
        MembershipStatus::Banned => Some(NoticeKind::Danger),
    };
    view! {
        {status.map(|kind| view! { <Badge text=person.status.label() kind=kind/> })}
        {person.checked_in_at.map(|_| view! { <Badge text="Checked in" kind=NoticeKind::Ok/> })}
        {person.is_muted.then(|| view! { <Badge text="Muted" kind=NoticeKind::Warn/> })}
    }
}
