#include "report/project_words.h"

#include <math.h>
#include <string.h>

#include "uptick/human.h"
#include "uptick/number.h"
#include "uptick/scenario.h"
#include "uptick/view.h"

/* --- Parameters ------------------------------------------------------------------------------------- */

typedef enum unit { FIGURE, PERCENT, YEARS, MOMENT, PLAIN } unit;
static const struct {
    const char *name, *words; /* words NULL: not worth a place in the line */
    unit unit;
} parameters[] = {{"level", NULL, FIGURE},
                  {"per_year", "a year", FIGURE},
                  {"a", NULL, FIGURE},
                  {"r", NULL, PLAIN},
                  {"b", NULL, PLAIN},
                  {"c", NULL, PLAIN},
                  {"K", "capacity", FIGURE},
                  {"m", "capacity", FIGURE},
                  {"t_m", "midpoint", MOMENT},
                  {"nu", "ν", PLAIN},
                  {"p", "p", PLAIN},
                  {"q", "q", PLAIN},
                  {"rate_per_year", "growth a year", PERCENT},
                  {"rate_at_end", "growth a year at the end", PERCENT},
                  {"doubling_years", "doubling time", YEARS},
                  {"dt_10_90", "10 to 90 % in", YEARS},
                  {"peak", "peak", MOMENT}};
enum { PARAMETERS = sizeof parameters / sizeof parameters[0] };

static size_t row_of(const up_parameter *q)
{
    size_t i = 0;
    while (i + 1 < PARAMETERS && strcmp(parameters[i].name, q->name) != 0)
        i++;
    return i;
}

void up_words_parameter(const up_parameter *parameter, double value,
                        const up_metric *metric, up_buffer *out)
{
    char number[UP_NUMBER_SIZE];
    up_estimate exact = up_estimate_exact(value);
    switch (parameters[row_of(parameter)].unit) {
    case FIGURE:
        up_words_estimate(&exact, metric, 3, out);
        return;
    case PERCENT:
        up_human_percent(value, true, out);
        return;
    case YEARS:
        up_human_duration_like(fabs(value), parameter->value, out);
        return;
    case MOMENT:
        up_number_format_fixed(value, 1, number);
        break;
    case PLAIN:
        up_number_format_significant(value, 4, number);
        break;
    }
    up_buffer_add(out, number);
}

/* An end as it is shown, rounded outwards. */
static double end_of(const up_parameter *q, double end, bool up, const up_metric *metric)
{
    switch (parameters[row_of(q)].unit) {
    case FIGURE:
        return up_words_bound(end, 3, up, metric);
    case PERCENT:
        return up_human_percent_bound(end, up);
    case YEARS:
        return up_human_duration_bound_like(end, q->value, up);
    case MOMENT:
        return (up ? ceil(end * 10 - 1e-6) : floor(end * 10 + 1e-6)) / 10;
    case PLAIN:
        break;
    }
    return up_human_number_bound(end, 4, up);
}

void up_words_ends(const up_parameter *parameter, const up_metric *metric, up_buffer *out)
{
    const up_parameter *q = parameter;
    if (!q->has_low && !q->has_high)
        return;
    if (!q->has_low || !q->has_high)
        up_buffer_add(out, q->has_low ? "at least " : "at most ");
    /* a halving time has its signs left out: the shorter one first */
    bool turned =
        q->has_low && q->has_high && q->high < 0 && parameters[row_of(q)].unit == YEARS;
    double low = q->has_low ? end_of(q, q->low, false, metric) : 0,
           high = q->has_high ? end_of(q, q->high, true, metric) : 0;
    if (q->has_low)
        up_words_parameter(q, turned ? high : low, metric, out);
    if (q->has_low && q->has_high)
        up_buffer_add(out, " to ");
    if (q->has_high)
        up_words_parameter(q, turned ? low : high, metric, out);
}

/* --- Lines --------------------------------------------------------------------------------------------- */

/* What follows is parted from what stands before it. */
static void part(up_buffer *note, const char *mark)
{
    if (note->length > 0 && note->data[note->length - 1] != ':')
        up_buffer_add(note, mark);
    up_buffer_add(note, " ");
}

static void add_percent(double share, int decimals, up_buffer *out)
{
    char number[UP_NUMBER_SIZE];
    up_number_format_fixed(100 * share, decimals, number);
    up_buffer_addf(out, "%s\xc2\xa0%%", number);
}

static void add_level(double level, up_buffer *out)
{
    char number[UP_NUMBER_SIZE];
    up_number_format(round(1e4 * level) / 100, number);
    up_buffer_addf(out, "%s\xc2\xa0%%", number);
}

static void add_figure(double figure, const up_metric *metric, up_buffer *out)
{
    up_estimate e = up_estimate_exact(figure);
    up_words_estimate(&e, metric, 3, out);
}

/* "weight 62 %, 1.2 B (80 %: 0.9 B to 1.5 B) in Q4 2026" */
static void add_member(const up_project_job *job, const up_period *last, up_buffer *note)
{
    const up_projection *p = &job->projection;
    const up_metric *metric = &job->series->data->metric;
    const up_projection_step *s = &p->steps[p->count - 1];
    part(note, ",");
    up_buffer_add(note, p->weight < 0.001 ? "weight below " : "weight ");
    add_percent(fmax(p->weight, 0.001), p->weight < 0.1 ? 1 : 0, note);
    part(note, ",");
    add_figure(s->value, metric, note);
    up_estimate ends = up_estimate_between(s->bounds[0].low, s->bounds[0].high);
    if (isfinite(ends.low)) {
        up_buffer_add(note, " (");
        add_level(p->level[0], note);
        up_buffer_add(note, ": ");
        up_words_estimate(&ends, metric, 3, note);
        up_buffer_add(note, ")");
    }
    up_buffer_add(note, " in ");
    up_period_label(last, note);
}

static void add_figures(const up_projection *p, up_buffer *note)
{
    part(note, ",");
    up_buffer_addf(note, "%zu figure%s", p->n, p->n == 1 ? "" : "s");
    if (p->soft > 0)
        up_buffer_addf(note, " and %zu range%s or bound%s that do%s not count", p->soft,
                       p->soft == 1 ? "" : "s", p->soft == 1 ? "" : "s",
                       p->soft == 1 ? "es" : "");
    if (p->left_out > 0)
        up_buffer_addf(note, " (%zu that are only bounds or implied left out)",
                       p->left_out);
    if (p->before_break > 0)
        up_buffer_addf(note, " (%zu before a break left out)", p->before_break);
}

static void add_parameters(const up_projection *p, const up_metric *metric,
                           up_buffer *note)
{
    for (size_t i = 0; i < p->parameter_count; i++) {
        const up_parameter *q = &p->parameters[i];
        const char *words = parameters[row_of(q)].words;
        unit what = parameters[row_of(q)].unit;
        bool untold =
            p->capacity == UP_CAPACITY_OPEN && (what == FIGURE || what == MOMENT);
        if (words == NULL || untold)
            continue;
        bool halving = strcmp(q->name, "doubling_years") == 0 && q->value < 0;
        part(note, ",");
        up_buffer_addf(note, "%s ", halving ? "halving time" : words);
        up_words_parameter(q, q->value, metric, note);
        if (!q->has_low && !q->has_high)
            continue;
        up_buffer_add(note, " (");
        up_words_ends(q, metric, note);
        up_buffer_add(note, ")");
    }
}

static void add_capacity(const up_project_job *job, up_buffer *note)
{
    const up_projection *p = &job->projection;
    const up_metric *metric = &job->series->data->metric;
    bool first = true;
    if (p->capacity == UP_CAPACITY_OPEN) {
        part(note, ";");
        up_buffer_add(note, "capacity not identified: at least ");
        add_figure(p->capacity_low, metric, note);
    }
    for (size_t i = 0; i < UP_CAPACITIES && p->capacity == UP_CAPACITY_CEILING; i++) {
        if (!isfinite(p->with_capacity[i]))
            continue;
        part(note, first ? ";" : ",");
        up_buffer_add(note, first ? "at the end, by capacity: " : "");
        add_figure(p->with_capacity[i], metric, note);
        up_buffer_add(note, " of ");
        add_figure(p->by_capacity[i], metric, note);
        first = false;
    }
}

/* What has to be known before the numbers are used. */
static void add_remarks(const up_project_job *job, up_buffer *note)
{
    const up_projection *p = &job->projection;
    char number[UP_NUMBER_SIZE];
    if (p->has_with_bounds) {
        part(note, ";");
        up_buffer_add(note, "with bounds taken as values ");
        add_figure(p->steps[p->count - 1].with_bounds, &job->series->data->metric, note);
    }
    if (p->residuals_hang_together) {
        up_number_format_fixed(p->residual_correlation, 2, number);
        part(note, ";");
        up_buffer_addf(note, "residuals hang together (r %s): intervals are too narrow",
                       number);
    }
    if (p->clipped > 0) {
        part(note, ";");
        add_percent(p->clipped, 2, note);
        up_buffer_add(note, " of the paths held at a limit");
    }
    if (p->level_beyond > 0) {
        part(note, ";");
        up_buffer_add(note, "an interval of ");
        add_level(p->level_beyond, note);
        up_buffer_add(note, " leaves the range of numbers and is left blank");
    }
    if (p->no_interval != NULL) {
        part(note, ";");
        up_buffer_addf(note, "no interval: %s", p->no_interval);
    }
    if (p->remark != NULL) {
        part(note, ";");
        if (p->only != NULL)
            up_buffer_addf(note, "%s alone: ", up_model_name(p->only));
        up_buffer_add(note, p->remark);
    }
}

/* "users, low: from 570 M (May 2025), growth +20 % a year, the continuous rate × 0.5 each year" */
static void note_scenario(const up_project_job *job, up_table *table)
{
    const up_projection *p = &job->projection;
    const up_scenario *s = p->scenario;
    up_buffer note = {0};
    up_buffer_addf(&note, "%s, %s: from ", job->series->key, s->name);
    add_figure(p->start->figure.value, &job->series->data->metric, &note);
    up_buffer_add(&note, " (");
    up_period_label(&p->start->observation->period, &note);
    up_buffer_addf(&note, "), growth%s ",
                   p->counts_increments ? " of the increments" : "");
    up_human_percent(p->start_rate_per_year, true, &note);
    up_buffer_add(&note, s->fade != 1 ? " a year at the start" : " a year");
    if (!s->has_rate)
        up_buffer_addf(&note,
                       p->n == 2 ? ", that between two figures"
                                 : ", the trend of %zu figures",
                       p->n);
    if (s->fade != 1) {
        up_buffer_add(&note, ", the continuous rate × ");
        up_human_number(s->fade, 4, &note);
        up_buffer_add(&note, " each year");
    }
    if (p->left_out > 0)
        up_buffer_addf(&note, " (%zu that are only bounds or implied left out)",
                       p->left_out);
    if (p->before_break > 0 && !s->has_rate)
        up_buffer_addf(&note, " (%zu before a break left out)", p->before_break);
    up_table_note(table, up_table_words(table, &note));
    up_buffer_release(&note);
}

void up_note_scenarios(const up_project_job jobs[], size_t count, up_table *table)
{
    bool any = false, open = false;
    for (size_t i = 0; i < count; i++) {
        const up_projection *p = &jobs[i].projection;
        bool is_one = jobs[i].status == UP_OK && p->scenario != NULL;
        any = any || is_one;
        for (size_t s = 0; is_one && p->has_range && s < p->count; s++)
            open = open || p->steps[s].range.low < p->steps[s].range.high;
    }
    if (any)
        up_table_note(table,
                      open ? "a scenario has no probability; data range: what the bounds "
                             "and dates of the figures it starts from allow"
                           : "a scenario has no probability");
}

/* How far a curve through two figures is drawn out. */
static void note_range(const up_project_job *job, up_table *table)
{
    const up_series *s = job->series;
    const up_projection *p = &job->projection;
    const up_point *last = &s->points[s->count - 1];
    double apart = last->time.value - s->points[0].time.value;
    double ahead = p->steps[p->count - 1].time - last->time.value;
    up_table_note(table, "two figures give a curve and what their own bounds and dates "
                         "allow (data range), no confidence interval");
    if (!(ahead > 2 * apart) || !(apart > 0))
        return;
    char number[UP_NUMBER_SIZE];
    up_buffer note = {0};
    up_number_format_significant(ahead / apart, 2, number);
    up_buffer_addf(&note,
                   "%s: the end lies %s times as far ahead as the two figures are apart",
                   s->key, number);
    up_table_note(table, up_table_words(table, &note));
    up_buffer_release(&note);
}

void up_note_projection(const up_project_job *job, const up_period *last, bool member,
                        up_table *table)
{
    if (job->scenario != NULL) {
        note_scenario(job, table);
        return;
    }
    const up_projection *p = &job->projection;
    const up_metric *metric = &job->series->data->metric;
    char number[UP_NUMBER_SIZE];
    up_buffer note = {0};
    up_buffer_addf(&note, "%s, %s:", job->series->key, up_model_name(p->model));
    if (member)
        add_member(job, last, &note);
    else
        add_figures(p, &note);
    add_parameters(p, metric, &note);
    if (p->n > 2 && p->has_r_squared) {
        up_number_format_fixed(p->r_squared, 3, number);
        part(&note, ",");
        bool below = number[0] == '-'; /* worse than a level would do */
        up_buffer_addf(&note, "R² %s%s", below ? "\xe2\x88\x92" : "", number + below);
    }
    add_capacity(job, &note);
    add_remarks(job, &note);
    up_table_note(table, up_table_words(table, &note));
    up_buffer_release(&note);
    bool below_zero = p->has_intervals && p->steps[0].value > 0 &&
                      p->steps[0].bounds[p->levels - 1].low < 0;
    if (below_zero && metric->floor[0] == '\0')
        up_table_note(table,
                      "an interval reaches below zero, as figures of zero or less leave "
                      "open: if the metric cannot (uptick set METRIC floor=0), no model "
                      "here may suit it");
    if (p->has_range)
        note_range(job, table);
}

/* Which moment of a period its figure stands for, where it is not the end. */
static const char *moment_of(const up_metric *metric)
{
    up_anchor anchor = up_metric_anchor(metric);
    return metric->measure == UP_FLOW      ? NULL
           : metric->measure == UP_AVERAGE ? "a period's figure is the mean over it, and "
                                             "stands in its middle"
           : anchor == UP_ANCHOR_MIDDLE    ? "a period's figure stands in its middle"
           : anchor == UP_ANCHOR_START     ? "a period's figure stands at its beginning"
                                           : NULL;
}

void up_note_moments(const up_project_job jobs[], size_t count, up_table *table)
{
    const char *said = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *words =
            jobs[i].status == UP_OK ? moment_of(&jobs[i].series->data->metric) : NULL;
        if (words != NULL && words != said)
            up_table_note(table, words);
        said = words != NULL ? words : said;
    }
}

/* A reason without the series and the model that stand before it. */
static const char *reason_of(const up_project_job *job)
{
    const char *text = job->error.message, *name = up_model_name(job->model);
    const char *key = job->series->key;
    size_t length = strlen(key);
    if (strncmp(text, key, length) == 0 && text[length] == ':')
        text += length + 2;
    static const char before[] = "the ";
    length = strlen(name);
    if (strncmp(text, before, sizeof before - 1) == 0 &&
        strncmp(text + sizeof before - 1, name, length) == 0)
        text += sizeof before - 1 + length + 1;
    return strncmp(text, "model", 5) == 0 ? text + 5 + (text[5] == ':') + 1 : text;
}

static const char *why_not(const up_project_job *job)
{
    const up_projection *p = &job->projection;
    if (job->status != UP_OK)
        return reason_of(job);
    bool is_level = p->model == up_models[0];
    return p->capacity == UP_CAPACITY_OPEN ? "capacity not identified"
           : p->remark != NULL             ? p->remark
           : p->no_support                 ? "no support: AIC more than 10 above the best"
           : is_level && p->no_interval == NULL ? "there is a trend"
           : !p->has_intervals                  ? "no interval"
                                                : "too few figures for its parameters";
}

static bool is_left_out(const up_project_job *job)
{
    return !(job->status == UP_OK && job->projection.weight > 0);
}

/* Models with one reason are named together. */
void up_words_left_out(const up_project_job jobs[], size_t count, up_buffer *note)
{
    const char *before = "";
    for (size_t i = 0; i < count; i++) {
        bool said = !is_left_out(&jobs[i]);
        for (size_t j = 0; j < i && !said; j++)
            said = is_left_out(&jobs[j]) &&
                   strcmp(why_not(&jobs[j]), why_not(&jobs[i])) == 0;
        if (said)
            continue;
        up_buffer_addf(note, "%s%s", before, up_model_name(jobs[i].model));
        before = "; ";
        for (size_t j = i + 1; j < count; j++)
            if (is_left_out(&jobs[j]) &&
                strcmp(why_not(&jobs[j]), why_not(&jobs[i])) == 0)
                up_buffer_addf(note, ", %s", up_model_name(jobs[j].model));
        up_buffer_addf(note, " (%s)", why_not(&jobs[i]));
    }
}

void up_note_left_out(const up_project_job jobs[], size_t count, up_table *table)
{
    for (size_t i = 0; i < count; i++) {
        size_t next = i + 1;
        while (next < count && jobs[next].series == jobs[i].series)
            next++;
        if (jobs[i].model != &up_model_auto || jobs[i].status != UP_OK)
            continue;
        up_buffer note = {0};
        static const char not_pooled[] = "not pooled: ";
        up_buffer_add(&note, not_pooled);
        up_words_left_out(jobs + i + 1, next - i - 1, &note);
        if (note.length > sizeof not_pooled - 1)
            up_table_note(table, up_table_words(table, &note));
        up_buffer_release(&note);
    }
}
