use domain::moderation::{AlsoDelete, HandlingNote, MuteDuration, RestrictionReason, Verdict};
use domain::{AppError, Denied};
use leptos::prelude::*;
use services::moderation::{NoBan, QueuedReport};

use crate::flash::Flash;
use crate::ui::button::Button;
use crate::ui::choices::{Choice, Choices};
use crate::ui::field::{HiddenField, SelectField, TextArea};
use crate::ui::form::{Form, FormErrors};

/// What a moderator does about the report they are on. What they may not do to the person stands in no choice, and why
/// stands above.
#[component]
pub(super) fn AnswerForm(slug: String, report: QueuedReport, flash: Flash) -> impl IntoView {
    let id = report.id.to_string();
    let form = if flash.value("report") == id { flash } else { Flash::default() };
    let in_reach = report.out_of_reach.is_none();
    let (verdicts, why) = (offered(&report), why_not_all(&report));
    let labels = vec![
        ("verdict", "What do you do?"),
        ("duration", "Mute for"),
        ("reason", "Reason"),
        ("note", "Note"),
        ("delete", "Also delete"),
    ];
    let reason_hint = match (in_reach, report.is_deletable) {
        (true, true) => "They read it, when you warn, mute or ban them. Of a deletion it stays in the log.",
        (true, false) => "They read it.",
        (false, _) => "Why it is deleted; it stays in the log.",
    };
    view! {
        <div class="report-answer">
            <FormErrors errors=form.errors().cloned().unwrap_or_default() labels=labels/>
            <Form action="/api/moderation/answer" guarded=true>
                <HiddenField name="event" value=slug/>
                <HiddenField name="report" value=id/>
                {why.map(|why| view! { <p class="meta">{why}</p> })}
                <Choices
                    name="verdict" label="What do you do?" choices=verdicts value=form.value("verdict")
                    error=form.error("verdict") required=true
                />
                {in_reach.then(|| view! { <MuteFor form=form.clone()/> })}
                {(in_reach || report.is_deletable).then(|| view! {
                    <TextArea
                        name="reason" label="Reason" rows=2 essential=in_reach maxlength=RestrictionReason::MAX_CHARS
                        value=form.value("reason") error=form.error("reason") hint=reason_hint
                    />
                })}
                <TextArea
                    name="note" label="Note" rows=2 maxlength=HandlingNote::MAX_CHARS value=form.value("note")
                    error=form.error("note") hint="For the other moderators; it stays in the log."
                />
                {in_reach.then(|| view! { <AlsoDeleted form=form.clone()/> })}
                <Button>"Answer the report"</Button>
            </Form>
        </div>
    }
}

fn offered(report: &QueuedReport) -> Vec<Choice> {
    let in_reach = report.out_of_reach.is_none();
    let may_follow = |verdict: &Verdict| match verdict {
        Verdict::Dismiss => true,
        Verdict::DeleteMessage => report.is_deletable,
        Verdict::Warn | Verdict::Mute => in_reach,
        Verdict::Ban => in_reach && report.no_ban.is_none(),
    };
    let choice = |verdict: Verdict| Choice::new(verdict.as_str(), verdict.label());
    Verdict::ALL.into_iter().filter(may_follow).map(choice).collect()
}

#[component]
fn MuteFor(form: Flash) -> impl IntoView {
    let durations = MuteDuration::ALL
        .into_iter()
        .map(|duration| (duration.as_str().to_owned(), duration.label().to_owned()))
        .collect();
    view! {
        <SelectField
            name="duration" label="Mute for" options=durations essential=true
            value=form.value_or("duration", MuteDuration::Hour.as_str()) error=form.error("duration")
            hint="Counts when you mute."
        />
    }
}

#[component]
fn AlsoDeleted(form: Flash) -> impl IntoView {
    let deletions = AlsoDelete::ALL
        .into_iter()
        .map(|choice| (choice.as_str().to_owned(), choice.label().to_owned()))
        .collect();
    view! {
        <SelectField
            name="delete" label="Also delete" options=deletions essential=true
            value=form.value_or("delete", AlsoDelete::Nothing.as_str()) error=form.error("delete")
            hint="Counts when you ban. The newest 500 at most, in the rooms that you moderate; each can be restored there for 24 hours."
        />
    }
}

/// Why something can't be done to the person, and who could.
fn why_not_all(report: &QueuedReport) -> Option<String> {
    let name = &report.person_name;
    let Some(why) = &report.out_of_reach else {
        return report.no_ban.map(|why| match why {
            NoBan::Banned => format!("{name} is banned already."),
            NoBan::LastAdmin => format!("You can't ban {name}, who is the event's only admin."),
        });
    };
    let rest = match why {
        AppError::NotFound => "They are not here any more.".to_owned(),
        AppError::Denied(Denied::OrganizersOnly | Denied::EventAdminsOnly) => {
            format!("{why} Give the report back to leave it to them.")
        }
        _ => why.to_string(),
    };
    Some(format!("You can't warn, mute or ban {name}. {rest}"))
}
