/* What a chart shows, in sentences, for those who do not see it. */
#include <math.h>
#include <string.h>

#include "report/chart_draw.h"
#include "uptick/calendar.h"
#include "uptick/human.h"

enum { SERIES_TOLD = 12 }; /* the others are counted */

/* As fine as the figures' periods. */
static void add_time(const up_chart *chart, double year, up_buffer *out)
{
    /* an instant just after midnight belongs to the day before: levels are read at day's end,
     * unless they are read at the start of their periods */
    bool at_start = chart->anchor == UP_ANCHOR_START;
    up_date date = up_date_from_instant(up_instant_from_year(year) + (at_start ? 1 : -1));
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};

    if (date.year > 0 && chart->granularity == UP_QUARTER)
        up_buffer_addf(out, "Q%d ", (date.month - 1) / 3 + 1);
    else if (date.year > 0 && chart->granularity < UP_QUARTER)
        up_buffer_addf(out, "%s ", months[date.month - 1]);
    up_year_text(date.year, false, out);
}

static void add_point(const up_chart *chart, const up_chart_point *p, up_buffer *out)
{
    up_buffer_add(out, p->words                       ? ""
                       : p->mark == UP_MARK_ABOUT     ? "about "
                       : p->mark == UP_MARK_MORE_THAN ? "more than "
                       : p->mark == UP_MARK_LESS_THAN ? "less than "
                                                      : "");
    if (p->words)
        up_buffer_addf(out, "%s ", p->words);
    if (p->mark == UP_MARK_RANGE && p->has_low) {
        up_chart_value(chart, p->low, false, out);
        up_buffer_add(out, " to ");
    }
    up_chart_value(chart, p->value, false, out);
    up_buffer_add(out, " in ");
    if (p->label)
        up_buffer_add(out, p->label);
    else
        add_time(chart, p->time, out);
}

static bool is_known(const up_chart_point *p)
{
    return p->mark != UP_MARK_RANGE && !p->words;
}

/* Which way it went, where both figures tell it. */
static const char *verb(const up_chart_point *first, const up_chart_point *last)
{
    bool rose = last->value > first->value, fell = last->value < first->value;

    if (!is_known(first) || !is_known(last) || first->mark == UP_MARK_LESS_THAN ||
        first->mark == UP_MARK_MORE_THAN || (last->mark == UP_MARK_LESS_THAN && rose) ||
        (last->mark == UP_MARK_MORE_THAN && !rose))
        return "goes";
    return rose ? "rose" : fell ? "fell" : "went";
}

/* " (+129 %)", " (more than 800×)": how much it grew, where that can be said. */
static void add_growth(const up_chart *chart, const up_chart_point *first,
                       const up_chart_point *last, up_buffer *out)
{
    bool bound = last->mark == UP_MARK_MORE_THAN || last->mark == UP_MARK_LESS_THAN;
    bool about = first->mark == UP_MARK_ABOUT || last->mark == UP_MARK_ABOUT;

    if (first->value <= 0 || last->value <= 0 || !is_known(first) || !is_known(last) ||
        first->mark == UP_MARK_LESS_THAN || first->mark == UP_MARK_MORE_THAN ||
        chart->axis != UP_AXIS_NUMBER || chart->changes)
        return;
    double fold = last->value / first->value;
    if (!isfinite(fold) || fold == 0) /* beyond all numbers */
        return;
    up_buffer_add(out, " (");
    if (bound)
        up_buffer_add(out, last->mark == UP_MARK_MORE_THAN ? "more than " : "less than ");
    else if (about)
        up_buffer_add(out, "about ");
    if (fold >= 10)
        up_human_fold(fold, out);
    else
        up_human_percent(fold - 1, true, out);
    up_buffer_add(out, ")");
}

static void add_projection(const up_chart *chart, const up_chart_series *s,
                           up_buffer *out)
{
    const up_chart_step *step = &s->steps[s->step_count - 1];

    up_buffer_add(out, s->count > 0 ? "; projected " : "projected ");
    up_chart_value(chart, step->value, false, out);
    up_buffer_add(out, " in ");
    add_time(chart, step->time, out);
}

/* "China rose from 249 M in December 2024 to 570 M in May 2025 (+129 %)." */
static void add_series(const up_chart *chart, const up_chart_series *s, up_buffer *out)
{
    const up_chart_point *first = s->points,
                         *last = s->count > 0 ? first + s->count - 1 : NULL;

    up_buffer_add(out, " ");
    if (s->count > 1) {
        up_buffer_add(out, s->label && s->label[0] ? s->label : "It");
        up_buffer_addf(out, " %s from ", verb(first, last));
        add_point(chart, first, out);
        up_buffer_add(out, " to ");
        add_point(chart, last, out);
        add_growth(chart, first, last, out);
    } else {
        if (s->label && s->label[0])
            up_buffer_addf(out, "%s: ", s->label);
        if (s->count > 0)
            add_point(chart, first, out);
    }
    if (s->step_count > 0)
        add_projection(chart, s, out);
    up_buffer_add(out, ".");
}

/* The last figures, one after the other. */
static void add_last_figures(const up_chart *chart, up_buffer *out)
{
    for (size_t i = 0; i < chart->count && i < SERIES_TOLD; i++) {
        const up_chart_series *s = &chart->series[i];
        if (s->count == 0)
            continue;
        up_buffer_add(out, i > 0 ? "; " : " ");
        up_buffer_add(out, s->label ? s->label : "");
        up_buffer_add(out, " ");
        add_point(chart, &s->points[s->count - 1], out);
    }
    up_buffer_add(out, ".");
}

static const struct {
    const char *kind, *name;
    bool last_figures; /* else from the first to the last */
} kinds[] = {{"line", "Line chart", false},
             {"facet", "Small multiples", false},
             {"columns", "Bar chart", false},
             {"bar", "Bar chart", true},
             {"stack", "Stacked chart", true}};

void up_chart_alt_text(const up_chart *chart, up_buffer *out)
{
    size_t k = 0;

    while (k + 1 < sizeof kinds / sizeof *kinds &&
           strcmp(kinds[k].kind, chart->kind ? chart->kind : "") != 0)
        k++;
    up_buffer_addf(out, "%s: %s", kinds[k].name,
                   chart->title ? chart->title : "untitled");
    if (chart->subtitle && chart->subtitle[0])
        up_buffer_addf(out, " (%s)", chart->subtitle);
    up_buffer_add(out, ".");
    if (kinds[k].last_figures)
        add_last_figures(chart, out);
    for (size_t i = 0; !kinds[k].last_figures && i < chart->count && i < SERIES_TOLD; i++)
        add_series(chart, &chart->series[i], out);
    if (chart->count > SERIES_TOLD)
        up_buffer_addf(out, " And %zu more.", chart->count - SERIES_TOLD);
    if (chart->crossing)
        up_buffer_addf(out, " At %s: %s.", chart->crossing->target_words,
                       chart->crossing->words);
}
