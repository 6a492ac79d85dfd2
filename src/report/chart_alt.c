/* What a chart shows, in sentences, for those who do not see it. */
#include <string.h>

#include "report/chart_draw.h"
#include "uptick/calendar.h"

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

static void add_series(const up_chart *chart, const up_chart_series *s, up_buffer *out)
{
    up_buffer_add(out, " ");
    if (s->label && s->label[0]) {
        up_buffer_add(out, s->label);
        up_buffer_add(out, ": ");
    }
    if (s->count > 0)
        add_point(chart, &s->points[0], out);
    if (s->count > 1) {
        up_buffer_add(out, " to ");
        add_point(chart, &s->points[s->count - 1], out);
    }
    if (s->step_count > 0) {
        const up_chart_step *step = &s->steps[s->step_count - 1];
        up_buffer_add(out, s->count > 0 ? "; projected " : "projected ");
        up_chart_value(chart, step->value, false, out);
        up_buffer_add(out, " in ");
        add_time(chart, step->time, out);
    }
    up_buffer_add(out, ".");
}

void up_chart_alt_text(const up_chart *chart, up_buffer *out)
{
    bool bars = chart->kind && strcmp(chart->kind, "columns") == 0;

    up_buffer_add(out, bars ? "Bar chart: " : "Line chart: ");
    up_buffer_add(out, chart->title ? chart->title : "untitled");
    if (chart->subtitle && chart->subtitle[0]) {
        up_buffer_add(out, " (");
        up_buffer_add(out, chart->subtitle);
        up_buffer_add(out, ")");
    }
    up_buffer_add(out, ".");
    for (size_t i = 0; i < chart->count; i++)
        add_series(chart, &chart->series[i], out);
}
