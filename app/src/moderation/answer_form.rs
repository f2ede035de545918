use domain::moderation::{AlsoDelete, HandlingNote, MuteDuration, ReportTarget, RestrictionReason, Verdict};
use leptos::prelude::*;
use services::moderation::QueuedReport;

use crate::flash::Flash;
use crate::ui::button::Button;
use crate::ui::choices::{Choice, Choices};
use crate::ui::field::{HiddenField, SelectField, TextArea};
use crate::ui::form::{Form, FormErrors};

/// What a moderator does about the report they are on.
#[component]
pub(super) fn AnswerForm(slug: String, report: QueuedReport, flash: Flash) -> impl IntoView {
    let id = report.id.to_string();
    let form = if flash.value("report") == id { flash } else { Flash::default() };
    let verdicts = Verdict::ALL
        .into_iter()
        .filter(|verdict| {
            *verdict != Verdict::DeleteMessage || matches!(report.target, ReportTarget::Message(_))
        })
        .map(|verdict| Choice::new(verdict.as_str(), verdict.label()))
        .collect();
    let labels = vec![
        ("verdict", "What do you do?"),
        ("duration", "Mute for"),
        ("reason", "Reason"),
        ("note", "Note"),
        ("delete", "Also delete"),
    ];
    let durations = MuteDuration::ALL
        .into_iter()
        .map(|duration| (duration.as_str().to_owned(), duration.label().to_owned()))
        .collect();
    let deletions = AlsoDelete::ALL
        .into_iter()
        .map(|choice| (choice.as_str().to_owned(), choice.label().to_owned()))
        .collect();
    view! {
        <div class="report-answer">
            <FormErrors errors=form.errors().cloned().unwrap_or_default() labels=labels/>
            <Form action="/api/moderation/answer" guarded=true>
                <HiddenField name="event" value=slug/>
                <HiddenField name="report" value=id/>
                <Choices
                    name="verdict" label="What do you do?" choices=verdicts value=form.value("verdict")
                    error=form.error("verdict") required=true
                />
                <SelectField
                    name="duration" label="Mute for" options=durations
                    value=form.value_or("duration", MuteDuration::Hour.as_str()) error=form.error("duration")
                    hint="Counts when you mute."
                />
                <TextArea
                    name="reason" label="Reason" rows=2 essential=true maxlength=RestrictionReason::MAX_CHARS
                    value=form.value("reason") error=form.error("reason")
                    hint="They read it, when you warn, mute or ban them."
                />
                <TextArea
                    name="note" label="Note" rows=2 maxlength=HandlingNote::MAX_CHARS value=form.value("note")
                    error=form.error("note") hint="For the other moderators; it stays in the log."
                />
                <SelectField
                    name="delete" label="Also delete" options=deletions
                    value=form.value_or("delete", AlsoDelete::Nothing.as_str()) error=form.error("delete")
                    hint="Counts when you ban. The newest 500 at most, in the rooms that you moderate; each can be restored there for 24 hours."
                />
                <Button>"Answer the report"</Button>
            </Form>
        </div>
    }
}
