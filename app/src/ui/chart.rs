//! Charts drawn on the server. Each says in words what it shows, and its numbers stand in a table beside it.

use leptos::prelude::*;

/// Numbers as bars, one a line: a table whose bars are decoration.
#[component]
pub fn BarTable(
    /// Read to screen readers, not shown.
    #[prop(into)]
    caption: String,
    /// Heads of the first and the last column.
    heads: [&'static str; 2],
    rows: Vec<(String, i64)>,
) -> impl IntoView {
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let rows = rows
        .into_iter()
        .map(|(label, count)| {
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td class="bar-cell">
                        <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                            <rect width=(count * 100 / most).to_string() height="1"></rect>
                        </svg>
                    </td>
                    <td class="bar-count">{count}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="bars">
            <caption class="visually-hidden">{caption}</caption>
            <thead class="visually-hidden">
                <tr><th scope="col">{heads[0]}</th><th scope="col">"Share"</th><th scope="col">{heads[1]}</th></tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// Height of the drawing; its width is a hundred times the number of columns by ten.
const HEIGHT: i64 = 100;
/// Of one column with its gap.
const STEP: i64 = 10;

/// Columns over time with a line of their sum, in one accent; `alternative` says what they show.
#[component]
pub fn TimeChart(
    #[prop(into)] alternative: String,
    /// Oldest first.
    counts: Vec<i64>,
    /// Words for the first and the last of them.
    ends: (String, String),
) -> impl IntoView {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let sum = counts.iter().sum::<i64>().max(1);
    let width = i64::try_from(counts.len()).unwrap_or(1).max(1) * STEP;
    let mut so_far = 0;
    let mut line = Vec::new();
    let columns = counts
        .iter()
        .zip(0_i64..)
        .map(|(count, index)| {
            so_far += count;
            line.push(format!("{},{}", index * STEP + STEP / 2, HEIGHT - so_far * HEIGHT / sum));
            let height = (count * HEIGHT / most).max(i64::from(*count > 0));
            view! {
                <rect
                    x=(index * STEP + 1).to_string() y=(HEIGHT - height).to_string()
                    width=(STEP - 2).to_string() height=height.to_string()
                ></rect>
            }
        })
        .collect_view();
    view! {
        <figure class="time-chart">
            <svg viewBox=format!("0 0 {width} {HEIGHT}") preserveAspectRatio="none" role="img" aria-label=alternative>
                {columns}
                <polyline points=line.join(" ") vector-effect="non-scaling-stroke"></polyline>
            </svg>
            <figcaption class="time-chart-ends"><span>{ends.0}</span><span>{ends.1}</span></figcaption>
        </figure>
    }
}
