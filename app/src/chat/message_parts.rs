//! What a message holds besides its author and time: its words, what it answers, reactions.

use domain::chat::{DeletedBy, MessageView, Quote};
use leptos::either::Either;
use leptos::prelude::*;

use super::act::Act;
use super::message_list::Setting;
use crate::ui::links::linked;

/// The text with links and names, or what stands in its place.
pub(super) fn words_of(message: &MessageView) -> impl IntoView + use<> {
    match &message.body {
        None => Either::Left(match message.deleted_by {
            Some(DeletedBy::Moderator) => "Message deleted by a moderator",
            Some(DeletedBy::Author) | None => "Message deleted",
        }),
        Some(body) => {
            let names: Vec<String> =
                message.mentions.iter().map(|person| format!("@{}", person.full_name)).collect();
            let pieces = named(body, &names).into_iter().map(|(words, is_name)| {
                if is_name {
                    Either::Left(view! { <strong class="message-mention">{words.to_owned()}</strong> })
                } else {
                    Either::Right(linked(words))
                }
            });
            let edited = message.is_edited.then(|| view! { <span class="message-edited">" (edited)"</span> });
            Either::Right((pieces.collect_view(), edited))
        }
    }
}

/// A text cut at the names in it.
fn named<'a>(text: &'a str, names: &[String]) -> Vec<(&'a str, bool)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let at = |start: &usize| names.iter().find(|name| rest[*start..].starts_with(name.as_str()));
        // An `@` is one byte, and never inside of another character.
        let found =
            (0..rest.len()).filter(|start| rest.as_bytes()[*start] == b'@').find(|start| at(start).is_some());
        let (before, length) = match found {
            Some(start) => (start, at(&start).map_or(0, String::len)),
            None => (rest.len(), 0),
        };
        if before > 0 {
            pieces.push((&rest[..before], false));
        }
        if length > 0 {
            pieces.push((&rest[before..before + length], true));
        }
        rest = &rest[before + length..];
    }
    pieces
}

/// What it answers, leading there.
pub(super) fn quote_view(quote: &Quote, setting: Setting) -> impl IntoView + use<> {
    let (id, seq) = (quote.id, quote.seq);
    let is_here =
        move || setting.live.is_some_and(|model| model.log.with_untracked(|log| log.at(seq).is_some()));
    let href = if is_here() { format!("#message-{seq}") } else { setting.place().around(id, seq) };
    let said = quote.body.clone().unwrap_or_else(|| "Message deleted".to_owned());
    view! {
        <a class="message-quote" href=href>
            <span class="visually-hidden">"In answer to "</span>
            <strong>{quote.author.clone()}</strong>
            " "
            {said}
        </a>
    }
}

/// How many reacted with what; each is a button that joins them or leaves.
pub(super) fn reactions_view(message: &MessageView, setting: Setting) -> impl IntoView + use<> {
    let id = message.id;
    let reactions: Vec<_> = message
        .reactions
        .iter()
        .map(|reaction| {
            let (emoji, count) = (reaction.emoji.clone(), reaction.count);
            let is_mine = reaction.mine == Some(true);
            let chosen = emoji.clone();
            view! {
                <button
                    class="reaction"
                    type="submit"
                    name="emoji"
                    value=emoji.clone()
                    aria-pressed=is_mine.to_string()
                    on:click=move |event| {
                        event.prevent_default();
                        Act::React(id, chosen.clone()).perform();
                    }
                >
                    {format!("{emoji} {count}")}
                </button>
            }
        })
        .collect();
    (!reactions.is_empty() && message.body.is_some()).then(|| {
        view! {
            <form class="reactions" method="post" action=setting.place().call("react")>
                {setting.fields()}
                <input type="hidden" name="message" value=id.to_string()/>
                // Not on the form: a form with a name is a landmark, and a room has many reactions.
                <div class="reaction-group" role="group" aria-label="Reactions">{reactions}</div>
            </form>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_text_is_cut_at_the_names_in_it() {
        let names = ["@Ada Test".to_owned(), "@Ömer".to_owned()];
        assert_eq!(
            named("Ask @Ömer, not ö@Ada Test.", &names),
            [("Ask ", false), ("@Ömer", true), (", not ö", false), ("@Ada Test", true), (".", false)]
        );
        assert_eq!(named("mail@example.org", &names), [("mail@example.org", false)]);
        assert_eq!(named("", &names), []);
    }
}
