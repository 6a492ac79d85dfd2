/* The view of the moments at which levels are reached. */
#include <math.h>

#include "report/reach_words.h"

enum {
    SERIES,
    MODEL,
    TARGET,
    MEDIAN,
    LOW,
    HIGH,
    INTERVAL,
    RANGE_LOW,
    RANGE_HIGH,
    RANGE,
    BY,
    P_BY,
    P_NEVER,
    P_LATER,
    HORIZON,
    PASSED_FROM,
    PASSED_TO,
    COLUMNS
};

static const up_table_column columns[COLUMNS] = {
    {"series", "Series", 0},
    {"model", "Model", 0},
    {"target", "Level", UP_COLUMN_RIGHT},
    {"median", "Median", 0},
    {"lo80", NULL, UP_COLUMN_MACHINE},
    {"hi80", NULL, UP_COLUMN_MACHINE},
    {"interval", "80 %", UP_COLUMN_HUMAN},
    {"range_low", NULL, UP_COLUMN_MACHINE},
    {"range_high", NULL, UP_COLUMN_MACHINE},
    {"range", "Data range", UP_COLUMN_HUMAN},
    {"by", NULL, UP_COLUMN_MACHINE},
    {"p_by", "By then", UP_COLUMN_RIGHT},
    {"p_never", "Never", UP_COLUMN_RIGHT},
    {"p_not_by_horizon", "Later", UP_COLUMN_RIGHT},
    {"horizon", NULL, UP_COLUMN_MACHINE},
    {"passed_from", NULL, UP_COLUMN_MACHINE},
    {"passed_to", NULL, UP_COLUMN_MACHINE}};

typedef struct showing {
    bool any_interval, any_range, any_by;
} showing;

static void hide(up_table_column *column, bool shown)
{
    column->flags |= shown ? 0 : UP_COLUMN_MACHINE;
}

static void choose_columns(const up_reach_section sections[], size_t count,
                           up_table_column out[COLUMNS])
{
    showing s = {0};
    for (size_t i = 0; i < count; i++) {
        bool passed = sections[i].reach.passed, range = sections[i].reach.is_range;
        s.any_interval = s.any_interval || (!passed && !range);
        s.any_range = s.any_range || (!passed && range);
        s.any_by = s.any_by || sections[i].question.has_by;
    }
    for (size_t i = 0; i < COLUMNS; i++)
        out[i] = columns[i];
    hide(&out[INTERVAL], s.any_interval);
    hide(&out[RANGE], s.any_range);
    hide(&out[P_BY], s.any_by && s.any_interval);
    hide(&out[P_NEVER], s.any_interval);
    hide(&out[P_LATER], s.any_interval);
}

static void set_day(up_table *table, size_t column, const up_reach_section *s,
                    up_reach_time time)
{
    char text[UP_PERIOD_SIZE];
    up_buffer label = {0};
    if (!time.reached)
        return;
    up_period day = up_reach_unit(s->series, time.at, UP_DAY);
    up_period_format(&day, text);
    up_reach_time_words(UP_ENGLISH, s, time, &label);
    up_table_text_as(table, column, text, up_table_words(table, &label));
    up_buffer_release(&label);
}

static void set_interval(up_table *table, size_t column, const up_reach_section *s)
{
    up_buffer words = {0};
    up_reach_interval_words(UP_ENGLISH, s, &words);
    up_table_text(table, column, up_table_words(table, &words));
    up_buffer_release(&words);
}

static void set_probability(up_table *table, size_t column, double p)
{
    up_buffer words = {0};
    up_probability_words(UP_ENGLISH, p, &words);
    up_table_double(table, column, p, up_table_words(table, &words));
    up_buffer_release(&words);
}

static void add_distribution(const up_reach_section *s, up_table *table)
{
    const up_reach *r = &s->reach;
    set_day(table, MEDIAN, s, r->time[UP_REACH_MEDIAN]);
    set_day(table, r->is_range ? RANGE_LOW : LOW, s, r->time[UP_REACH_LOW]);
    set_day(table, r->is_range ? RANGE_HIGH : HIGH, s, r->time[UP_REACH_HIGH]);
    set_interval(table, r->is_range ? RANGE : INTERVAL, s);
    set_day(table, HORIZON, s, (up_reach_time){true, s->question.horizon});
    if (s->question.has_by)
        set_day(table, BY, s, (up_reach_time){true, s->question.by});
    if (r->is_range)
        return;
    if (s->question.has_by)
        set_probability(table, P_BY, r->by);
    set_probability(table, P_NEVER, r->never);
    set_probability(table, P_LATER, r->not_by_horizon);
}

static void note_passed(const up_reach_section *s, up_table *table)
{
    up_buffer note = {0};
    up_estimate target = up_estimate_exact(s->question.target);
    up_buffer_addf(&note, "%s: ", s->series->key);
    up_words_estimate(&target, &s->series->data->metric, 0, &note);
    up_buffer_addf(&note, " was passed already, %s, between ",
                   s->reach.upward ? "rising" : "falling");
    up_period_label(&s->reach.before->observation->period, &note);
    up_buffer_add(&note, " and ");
    up_period_label(&s->reach.after->observation->period, &note);
    up_table_note(table, up_table_words(table, &note));
    up_buffer_release(&note);
}

static void note_reach(const up_reach_section *s, up_table *table)
{
    up_buffer note = {0};
    if (s->reach.passed) {
        note_passed(s, table);
        return;
    }
    up_buffer_addf(&note, "%s, %s: %s the level; ", s->series->key,
                   up_model_name(s->projection->model),
                   s->reach.upward ? "rises to" : "falls to");
    up_buffer_add(&note,
                  s->reach.is_range
                      ? "the curve through two figures, and those that their bounds "
                        "and dates allow"
                      : "the level itself, without the noise of single figures; "
                        "later: after ");
    if (!s->reach.is_range)
        up_reach_horizon_words(UP_ENGLISH, s, &note);
    if (s->question.has_by && !s->reach.is_range) {
        up_buffer_add(&note, "; by then: by the end of ");
        up_reach_time_words(UP_ENGLISH, s, (up_reach_time){true, s->question.by}, &note);
    }
    up_table_note(table, up_table_words(table, &note));
    up_buffer_release(&note);
}

up_status up_view_reach(const up_reach_section sections[], size_t count, up_table *table,
                        up_error *err)
{
    up_table_column chosen[COLUMNS];
    choose_columns(sections, count, chosen);
    up_status status = up_table_init(table, "reach", chosen, COLUMNS, err);
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        const up_reach_section *s = &sections[i];
        up_buffer words = {0};
        up_estimate target = up_estimate_exact(s->question.target);
        up_words_estimate(&target, &s->series->data->metric, 0, &words);
        up_table_row(table);
        up_table_text(table, SERIES, s->series->key);
        up_table_text(table, MODEL, up_model_name(s->projection->model));
        up_table_double(table, TARGET, s->question.target, up_table_words(table, &words));
        if (s->reach.passed) {
            up_table_period(table, PASSED_FROM, &s->reach.before->observation->period);
            up_table_period(table, PASSED_TO, &s->reach.after->observation->period);
            up_table_text(table, MODEL, "");
        } else
            add_distribution(s, table);
        note_reach(s, table);
        up_buffer_release(&words);
    }
    return status;
}
