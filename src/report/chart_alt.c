/* What a chart shows, in sentences, for those who do not see it. */
#include <math.h>
#include <string.h>

#include "report/chart_draw.h"
#include "uptick/calendar.h"
#include "uptick/human.h"

enum { SERIES_TOLD = 12 }; /* the others are counted */

/* Tells something with texts that were made for it, and lets them go. */
static void tell(up_language language, up_say what, up_buffer *out, up_buffer *first,
                 up_buffer *second)
{
    up_tell(language, what, out, up_buffer_text(first), up_buffer_text(second));
    out->failed |= first->failed || second->failed;
    up_buffer_release(first);
    up_buffer_release(second);
}

/* "in December 2024", "on 20 Sep 2025": as fine as that. */
static void add_time(const up_chart *chart, double year, up_granularity fineness,
                     up_buffer *out)
{
    /* an instant just after midnight belongs to the day before: levels are read at day's end,
     * unless they are read at the start of their periods */
    bool at_start = chart->anchor == UP_ANCHOR_START;
    int64_t instant = up_instant_from_year(year) + (at_start ? 1 : -1);
    up_period period = up_period_containing(instant, fineness);

    up_when_words(chart->language, &period, out);
}

/* A chart that does not know how fine its figures are tells months. */
static up_granularity fineness_of(const up_chart *chart)
{
    return chart->granularity == UP_SECOND ? UP_MONTH : chart->granularity;
}

/* The figure with its qualifier in words. */
static void add_value(const up_chart *chart, const up_chart_point *p, up_buffer *out)
{
    up_language language = chart->language;
    up_buffer value = {0}, low = {0}, range = {0};

    bool signs = chart->changes && !chart->rates;

    up_chart_value(chart, p->value, signs, &value);
    if (p->mark == UP_MARK_RANGE && p->has_low) {
        up_chart_value(chart, p->low, signs, &low);
        tell(language, UP_SAY_FROM_TO, &range, &low, &value);
        value = range;
    }
    const char *text = up_buffer_text(&value);
    if (p->words)
        up_tell(language, UP_SAY_WORDS_BEFORE, out, p->words, text);
    else
        up_tell(language,
                p->mark == UP_MARK_ABOUT       ? UP_SAY_QUALIFIED_ABOUT
                : p->mark == UP_MARK_MORE_THAN ? UP_SAY_QUALIFIED_MORE
                : p->mark == UP_MARK_LESS_THAN ? UP_SAY_QUALIFIED_LESS
                                               : UP_SAY_NUMBER,
                out, text);
    out->failed |= value.failed;
    up_buffer_release(&value);
}

/* `how`: within a sentence or alone; `when` NULL: made from its time. */
static void add_point(const up_chart *chart, const up_chart_point *p, const char *when,
                      up_say how, up_buffer *out)
{
    up_buffer value = {0}, time = {0};

    add_value(chart, p, &value);
    if (when)
        up_buffer_add(&time, when);
    else if (p->label)
        up_tell(chart->language, UP_SAY_IN, &time, p->label);
    else
        add_time(chart, p->time, fineness_of(chart), &time);
    tell(chart->language, how, out, &value, &time);
}

static bool is_known(const up_chart_point *p)
{
    return p->mark != UP_MARK_RANGE && !p->words;
}

/* How the way of levels, of rates of growth and of changes is told. */
static const struct ways {
    up_say rose, fell, went;
} levels = {UP_SAY_ROSE, UP_SAY_FELL, UP_SAY_WENT},
  rates = {UP_SAY_QUICKENED, UP_SAY_SLOWED, UP_SAY_GROWTH_WENT},
  changes = {UP_SAY_CHANGE_WENT, UP_SAY_CHANGE_WENT, UP_SAY_CHANGE_WENT};

static const struct ways *ways_of(const up_chart *chart)
{
    return chart->rates ? &rates : chart->changes ? &changes : &levels;
}

/* Which way it went, where both figures tell it. What shrinks does not grow more slowly. */
static up_say verb(const up_chart *chart, const up_chart_point *first,
                   const up_chart_point *last)
{
    const struct ways *ways = ways_of(chart);
    bool rose = last->value > first->value, fell = last->value < first->value;
    double none = chart->axis == UP_AXIS_FOLD ? 1 : 0;

    if (!is_known(first) || !is_known(last) || first->mark == UP_MARK_LESS_THAN ||
        first->mark == UP_MARK_MORE_THAN || (last->mark == UP_MARK_LESS_THAN && rose) ||
        (last->mark == UP_MARK_MORE_THAN && !rose))
        return ways == &levels ? UP_SAY_GOES : ways->went;
    if (chart->rates && (first->value < none || last->value < none))
        return ways->went;
    return rose ? ways->rose : fell ? ways->fell : ways->went;
}

/* "+129 %", "more than 800×": how much it grew; false where that cannot be said. */
static bool add_growth(const up_chart *chart, const up_chart_point *first,
                       const up_chart_point *last, up_buffer *out)
{
    bool about = first->mark == UP_MARK_ABOUT || last->mark == UP_MARK_ABOUT;
    up_buffer growth = {0};

    if (first->value <= 0 || last->value <= 0 || !is_known(first) || !is_known(last) ||
        first->mark == UP_MARK_LESS_THAN || first->mark == UP_MARK_MORE_THAN ||
        chart->axis != UP_AXIS_NUMBER || chart->changes || chart->rates)
        return false;
    double fold = last->value / first->value;
    if (!isfinite(fold) || fold == 0) /* beyond all numbers */
        return false;
    if (fold >= 10)
        up_human_fold_in(chart->language, fold, &growth);
    else
        up_human_percent_in(chart->language, fold - 1, true, &growth);
    up_tell(chart->language,
            last->mark == UP_MARK_MORE_THAN   ? UP_SAY_QUALIFIED_MORE
            : last->mark == UP_MARK_LESS_THAN ? UP_SAY_QUALIFIED_LESS
            : about                           ? UP_SAY_QUALIFIED_ABOUT
                                              : UP_SAY_NUMBER,
            out, up_buffer_text(&growth));
    out->failed |= growth.failed;
    up_buffer_release(&growth);
    return true;
}

/* "China rose from 249 M in December 2024 to 570 M in May 2025 (+129 %)" */
static void add_way(const up_chart *chart, const up_chart_series *s, up_buffer *out)
{
    const up_chart_point *first = s->points, *last = first + s->count - 1;
    bool named = s->label && s->label[0];
    up_buffer from = {0}, to = {0}, way = {0}, growth = {0};

    add_point(chart, first, s->first_when, UP_SAY_POINT, &from);
    add_point(chart, last, s->last_when, UP_SAY_POINT, &to);
    up_tell(chart->language, verb(chart, first, last), &way,
            named ? s->label : up_word(chart->language, UP_SAY_IT), up_buffer_text(&from),
            up_buffer_text(&to));
    way.failed |= from.failed || to.failed;
    up_buffer_release(&from);
    up_buffer_release(&to);
    bool grown = add_growth(chart, first, last, &growth);
    tell(chart->language, grown ? UP_SAY_GROWN : UP_SAY_NUMBER, out, &way, &growth);
}

/* The single figure of a series, or that there is none. */
static void add_figure(const up_chart *chart, const up_chart_series *s, up_buffer *out)
{
    up_buffer figure = {0};

    if (s->count > 0)
        add_point(chart, s->points, s->first_when, UP_SAY_POINT_ALONE, &figure);
    else if (s->step_count == 0)
        up_buffer_add(&figure, s->remark && s->context
                                   ? s->remark
                                   : up_word(chart->language, UP_SAY_NO_FIGURE));
    up_tell(chart->language, s->label && s->label[0] ? UP_SAY_NAMED : UP_SAY_SECOND, out,
            s->label, up_buffer_text(&figure));
    out->failed |= figure.failed;
    up_buffer_release(&figure);
}

static void add_projection(const up_chart *chart, const up_chart_series *s,
                           up_buffer *out)
{
    const up_chart_step *step = &s->steps[s->step_count - 1];
    const up_chart_step *first = s->steps;
    up_chart_point end = {.time = step->time, .value = step->value};
    up_buffer when = {0};

    /* far ahead a day would pretend to be known */
    bool is_far =
        step->time - (s->count > 0 ? s->points[s->count - 1].time : first->time) >= 0.25;
    bool by_month = is_far && fineness_of(chart) < UP_MONTH;
    add_time(chart, step->time, by_month ? UP_MONTH : fineness_of(chart), &when);
    add_point(chart, &end, up_buffer_text(&when), UP_SAY_POINT_ALONE, out);
    out->failed |= when.failed;
    up_buffer_release(&when);
}

static void add_series(const up_chart *chart, const up_chart_series *s, up_buffer *out)
{
    up_buffer told = {0}, ahead = {0}, all = {0}, none = {0};

    if (s->count > 1)
        add_way(chart, s, &told);
    else
        add_figure(chart, s, &told);
    if (s->step_count > 0)
        add_projection(chart, s, &ahead);
    static const up_say says[2][2] = {
        {UP_SAY_PROJECTED_TO, UP_SAY_ALSO_PROJECTED_TO},
        {UP_SAY_SUPPOSED_TO,
         UP_SAY_ALSO_SUPPOSED_TO}}; /* of a scenario; of figures too */
    tell(chart->language,
         s->step_count == 0 ? UP_SAY_NUMBER : says[s->scenario != NULL][s->count > 0],
         &all, &told, &ahead);
    tell(chart->language, UP_SAY_SENTENCE, out, &all, &none);
}

/* The last figures, one after the other. */
static void add_last_figures(const up_chart *chart, up_buffer *out)
{
    up_buffer list = {0}, none = {0};

    for (size_t i = 0; i < chart->count && i < SERIES_TOLD; i++) {
        const up_chart_series *s = &chart->series[i];
        up_buffer figure = {0}, one = {0}, longer = {0};
        if (s->count > 0)
            add_point(chart, &s->points[s->count - 1], s->last_when, UP_SAY_POINT_ALONE,
                      &figure);
        up_tell(chart->language, s->count > 0 ? UP_SAY_NAMED_FIGURE : UP_SAY_NAMED, &one,
                s->label,
                s->count > 0 ? up_buffer_text(&figure)
                             : up_word(chart->language, UP_SAY_NO_FIGURE));
        one.failed |= figure.failed;
        up_buffer_release(&figure);
        tell(chart->language, list.length > 0 ? UP_SAY_NEXT : UP_SAY_SECOND, &longer,
             &list, &one);
        list = longer;
    }
    tell(chart->language, UP_SAY_SENTENCE, out, &list, &none);
}

static const struct {
    const char *kind;
    up_say name;
    bool last_figures; /* else from the first to the last */
} kinds[] = {{"line", UP_SAY_LINE_CHART, false},
             {"facet", UP_SAY_FACET_CHART, false},
             {"columns", UP_SAY_BAR_CHART, false},
             {"bar", UP_SAY_BAR_CHART, true},
             {"stack", UP_SAY_STACK_CHART, true}};

void up_chart_alt_text(const up_chart *chart, up_buffer *out)
{
    up_buffer more = {0};
    size_t k = 0;

    while (k + 1 < sizeof kinds / sizeof *kinds &&
           strcmp(kinds[k].kind, chart->kind ? chart->kind : "") != 0)
        k++;
    const char *title =
        chart->title ? chart->title : up_word(chart->language, UP_SAY_UNTITLED);
    bool unit = chart->subtitle && chart->subtitle[0];
    up_tell(chart->language, unit ? UP_SAY_HEAD_WITH_UNIT : UP_SAY_HEAD, out,
            up_word(chart->language, kinds[k].name), title, chart->subtitle);
    if (kinds[k].last_figures)
        add_last_figures(chart, out);
    for (size_t i = 0; !kinds[k].last_figures && i < chart->count && i < SERIES_TOLD; i++)
        add_series(chart, &chart->series[i], out);
    up_buffer_addf(&more, "%zu", chart->count - SERIES_TOLD);
    if (chart->count > SERIES_TOLD)
        up_tell(chart->language, UP_SAY_AND_MORE, out, up_buffer_text(&more));
    if (chart->crossing)
        up_tell(chart->language, UP_SAY_AT_LEVEL, out, chart->crossing->target_words,
                chart->crossing->words);
    out->failed |= more.failed;
    up_buffer_release(&more);
}
