use domain::invitations::{InvitationDelivery, InvitationStatus, InvitedRole};
use leptos::prelude::*;
use services::invitations::{InvitationRow, TargetPath};

use super::place::role_options;
use crate::ui::badge::Badge;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::HiddenField;
use crate::ui::icon::Icon;
use crate::ui::notice::NoticeKind;
use crate::ui::time::LocalTime;

/// One invitation with its state, its mail, and what the viewer may do with it.
pub fn invitation_row(
    row: InvitationRow,
    path: &TargetPath,
    grantable: &[InvitedRole],
) -> impl IntoView + use<> {
    let may_cancel = row.is_cancellable && row.status == InvitationStatus::Pending;
    let may_manage = may_cancel || (row.is_manageable && row.status.can_be_resent());
    let manage = may_manage.then(|| manage(&row, path, grantable));
    let is_open = row.status == InvitationStatus::Pending;
    let answer = row.delivery_answer.filter(|_| row.delivery == InvitationDelivery::Failed);
    view! {
        <li class="row invitation-row">
            <div class="row-body">
                <p><strong class="invitation-address">{row.address}</strong></p>
                <p class="meta">
                    {format!("{} · invited by {} · ", row.role.label(), row.inviter)}<LocalTime at=row.created_at/>
                    {is_open.then(|| view! { " · open until "<LocalTime at=row.expires_at/> })}
                </p>
                {answer.map(|answer| view! {
                    <p class="meta">"The mail server said: "<span class="invitation-answer">{answer}</span></p>
                })}
                {manage}
            </div>
            <div class="row-end">
                <Badge text=row.status.label() kind=status_kind(row.status)/>
                {may_manage.then(|| view! { <Badge text=row.delivery.label() kind=delivery_kind(row.delivery)/> })}
            </div>
        </li>
    }
}

const fn status_kind(status: InvitationStatus) -> Option<NoticeKind> {
    match status {
        InvitationStatus::Pending => Some(NoticeKind::Info),
        InvitationStatus::Accepted => Some(NoticeKind::Ok),
        InvitationStatus::Expired => Some(NoticeKind::Warn),
        InvitationStatus::Declined | InvitationStatus::Cancelled => None,
    }
}

const fn delivery_kind(delivery: InvitationDelivery) -> Option<NoticeKind> {
    match delivery {
        InvitationDelivery::Failed => Some(NoticeKind::Danger),
        InvitationDelivery::Queued | InvitationDelivery::Sent => None,
    }
}

/// Closed until it is asked for.
fn manage(row: &InvitationRow, path: &TargetPath, grantable: &[InvitedRole]) -> impl IntoView + use<> {
    let (address, id, target) = (row.address.clone(), row.id.to_string(), path.as_field());
    let field = format!("role-{id}");
    let is_open = row.status == InvitationStatus::Pending;
    let options = role_options(grantable)
        .into_iter()
        .map(|(value, label)| {
            let is_chosen = value == row.role.as_str();
            view! { <option value=value selected=is_chosen>{label}</option> }
        })
        .collect_view();
    let change = (is_open && row.is_manageable).then(|| {
        view! {
            <form class="form-line" method="post" action="/api/invitations/change_role">
                <HiddenField name="target" value=target.clone()/>
                <HiddenField name="invitation" value=id.clone()/>
                <label for=field.clone()>"Role"</label>
                <select class="input" id=field name="role">{options}</select>
                <Button kind=ButtonKind::Secondary>"Change role"</Button>
            </form>
        }
    });
    let resend = row.is_manageable.then(|| {
        view! {
            <form class="form-line" method="post" action="/api/invitations/resend">
                <HiddenField name="target" value=target.clone()/>
                <HiddenField name="invitation" value=id.clone()/>
                <p class="meta">"Sends a new link for another seven days. The old one stops working."</p>
                <Button kind=ButtonKind::Secondary>"Send again"</Button>
            </form>
        }
    });
    let cancel = (is_open && row.is_cancellable).then(|| {
        view! {
            <form class="form-line" method="post" action="/api/invitations/cancel">
                <HiddenField name="target" value=target.clone()/>
                <HiddenField name="invitation" value=id.clone()/>
                <p class="meta">"The link stops working. You can invite the address again."</p>
                <Button kind=ButtonKind::Danger>"Cancel invitation"</Button>
            </form>
        }
    });
    view! {
        <details class="disclosure">
            <summary aria-label=format!("Manage the invitation of {address}")>
                "Manage"<Icon name="chevron-down" size=16/>
            </summary>
            {change}
            {resend}
            {cancel}
        </details>
    }
}
