/* The views of scores: one row a period that came, or one a group of them. */
#include <math.h>

#include "uptick/human.h"
#include "uptick/view.h"

enum { PIT_LEAST = 20 }; /* fewer make no histogram */

/* ---- words ---- */

/* "0.43"; no number hides behind "-0.00". */
static void add_fixed(double number, up_buffer *out)
{
    char text[UP_NUMBER_SIZE];
    up_number_format_fixed(number, 2, text);
    if (text[0] == '-')
        up_buffer_add(out, "\xe2\x88\x92");
    up_buffer_add(out, text + (text[0] == '-'));
}

/* "0.49", "0.95 or more", "0.01 or less", "0.1 to 0.2": a range that ends where it must is told
 * by its other end. */
static void add_probability(const up_probability *p, up_buffer *out)
{
    if (p->low == p->high)
        add_fixed(p->low, out);
    else if (p->high >= 1) {
        add_fixed(p->low, out);
        up_buffer_add(out, " or more");
    } else if (p->low <= 0) {
        add_fixed(p->high, out);
        up_buffer_add(out, " or less");
    } else {
        add_fixed(p->low, out);
        up_buffer_add(out, " to ");
        add_fixed(p->high, out);
    }
}

static void add_key(const up_kept *kept, up_buffer *out)
{
    up_buffer_addf(out, "%s%s%s", kept->metric, kept->entity[0] != '\0' ? "/" : "",
                   kept->entity);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* ---- one row a period ---- */

enum {
    SCORE_ID,
    SCORE_SERIES,
    SCORE_MODEL,
    SCORE_MADE,
    SCORE_AS_OF,
    SCORE_STEP,
    SCORE_PERIOD,
    SCORE_STATE,
    SCORE_MEDIAN,
    SCORE_OUTTURN,
    SCORE_LOW,
    SCORE_HIGH,
    SCORE_REPORTED,
    SCORE_ERROR,
    SCORE_PERCENTAGE,
    SCORE_INSIDE,
    SCORE_PINBALL = SCORE_INSIDE + UP_SCORE_LEVELS,
    SCORE_WIS,
    SCORE_CRPS,
    SCORE_LOG_CRPS,
    SCORE_NAIVE,
    SCORE_SKILL,
    SCORE_CRPS_SKILL,
    SCORE_LOG_SKILL,
    SCORE_PIT_LOW,
    SCORE_PIT_HIGH,
    SCORE_PROBABILITY_LOW,
    SCORE_PROBABILITY_HIGH,
    SCORE_BRIER,
    SCORE_BRIER_LOW,
    SCORE_BRIER_HIGH,
    SCORE_OUTTURN_PERIOD,
    SCORE_BEFORE,
    SCORE_SHARE,
    SCORE_WHY,
    SCORE_COLUMNS
};
static const up_table_column score_columns[SCORE_COLUMNS] = {
    [SCORE_ID] = {"id", "Kept", 0},
    [SCORE_SERIES] = {"series", "Series", UP_COLUMN_WRAP},
    [SCORE_MODEL] = {"model", "Model", UP_COLUMN_WRAP},
    [SCORE_MADE] = {"made", NULL, UP_COLUMN_MACHINE},
    [SCORE_AS_OF] = {"as_of", NULL, UP_COLUMN_MACHINE},
    [SCORE_STEP] = {"step", NULL, UP_COLUMN_MACHINE},
    [SCORE_PERIOD] = {"period", "Period", UP_COLUMN_WRAP},
    [SCORE_STATE] = {"came", NULL, UP_COLUMN_MACHINE},
    [SCORE_MEDIAN] = {"median", "Median", UP_COLUMN_RIGHT},
    [SCORE_OUTTURN] = {"outturn", "Came", UP_COLUMN_RIGHT | UP_COLUMN_WRAP},
    [SCORE_LOW] = {"outturn_low", NULL, UP_COLUMN_MACHINE},
    [SCORE_HIGH] = {"outturn_high", NULL, UP_COLUMN_MACHINE},
    [SCORE_REPORTED] = {"reported", NULL, UP_COLUMN_MACHINE},
    [SCORE_ERROR] = {"error", NULL, UP_COLUMN_MACHINE},
    [SCORE_PERCENTAGE] = {"percentage_error", "Error", UP_COLUMN_RIGHT},
    [SCORE_INSIDE] = {"in80", "80 %", 0},
    [SCORE_INSIDE + 1] = {"in95", "95 %", 0},
    [SCORE_PINBALL] = {"pinball", NULL, UP_COLUMN_MACHINE},
    [SCORE_WIS] = {"wis", NULL, UP_COLUMN_MACHINE},
    [SCORE_CRPS] = {"crps", "CRPS", UP_COLUMN_RIGHT},
    [SCORE_LOG_CRPS] = {"log_crps", NULL, UP_COLUMN_MACHINE},
    [SCORE_NAIVE] = {"naive", NULL, UP_COLUMN_MACHINE},
    [SCORE_SKILL] = {"skill", "Skill", UP_COLUMN_HUMAN | UP_COLUMN_RIGHT},
    [SCORE_CRPS_SKILL] = {"crps_skill", NULL, UP_COLUMN_MACHINE},
    [SCORE_LOG_SKILL] = {"log_crps_skill", NULL, UP_COLUMN_MACHINE},
    [SCORE_PIT_LOW] = {"pit_low", NULL, UP_COLUMN_MACHINE},
    [SCORE_PIT_HIGH] = {"pit_high", NULL, UP_COLUMN_MACHINE},
    [SCORE_PROBABILITY_LOW] = {"probability_low", NULL, UP_COLUMN_MACHINE},
    [SCORE_PROBABILITY_HIGH] = {"probability_high", NULL, UP_COLUMN_MACHINE},
    [SCORE_BRIER] = {"brier", "Brier", UP_COLUMN_HUMAN | UP_COLUMN_RIGHT},
    [SCORE_BRIER_LOW] = {"brier_low", NULL, UP_COLUMN_MACHINE},
    [SCORE_BRIER_HIGH] = {"brier_high", NULL, UP_COLUMN_MACHINE},
    [SCORE_OUTTURN_PERIOD] = {"outturn_period", NULL, UP_COLUMN_MACHINE},
    [SCORE_BEFORE] = {"between", NULL, UP_COLUMN_MACHINE},
    [SCORE_SHARE] = {"share", NULL, UP_COLUMN_MACHINE},
    [SCORE_WHY] = {"pending_why", NULL, UP_COLUMN_MACHINE}};

static void set_buffer(up_table *table, size_t column, up_buffer *words)
{
    up_table_text(table, column, up_table_words(table, words));
    up_buffer_release(words);
}

static void set_day(up_table *table, size_t column, int64_t day)
{
    up_buffer text = {0};
    up_reported_format(day, &text);
    set_buffer(table, column, &text);
}

static void set_if(up_table *table, size_t column, bool has, double number)
{
    if (has)
        up_table_double(table, column, number, NULL);
}

static void set_level(up_table *table, size_t column, const up_estimate *level,
                      const up_metric *metric)
{
    up_buffer words = {0};
    up_words_estimate(level, metric, 3, &words);
    if (level->has_value)
        up_table_double(table, column, level->value, up_table_words(table, &words));
    else
        up_table_text_as(table, column, "", up_table_words(table, &words));
    up_buffer_release(&words);
}

static void set_outturn(const up_score *s, up_table *table)
{
    bool figure = s->state == UP_SCORE_FIGURE;
    up_estimate shown = s->outturn;
    if (figure && !shown.about) /* a figure's own bounds are for the machine */
        shown = up_estimate_exact(shown.value);
    up_table_text(table, SCORE_STATE, figure ? "figure" : "bound");
    set_level(table, SCORE_OUTTURN, &shown, s->metric);
    set_if(table, SCORE_LOW, s->outturn.has_low, s->outturn.low);
    set_if(table, SCORE_HIGH, s->outturn.has_high, s->outturn.high);
    set_day(table, SCORE_REPORTED, s->reported);
    for (size_t i = 0; i < UP_SCORE_LEVELS; i++) {
        static const char *const words[] = {[UP_NO_INTERVAL] = "",
                                            [UP_INSIDE] = "in",
                                            [UP_OUTSIDE] = "out",
                                            [UP_UNDETERMINED] = "open"};
        up_table_text_as(table, SCORE_INSIDE + i, up_inside_name(s->inside[i]),
                         words[s->inside[i]]);
    }
}

static void set_error(const up_score *s, up_table *table)
{
    up_buffer words = {0};
    if (!s->has_median)
        return;
    up_table_double(table, SCORE_ERROR, s->error, NULL);
    if (s->has_percentage) {
        up_human_percent(s->percentage_error, true, &words);
        up_table_double(table, SCORE_PERCENTAGE, s->percentage_error,
                        up_table_words(table, &words));
    }
    up_buffer_release(&words);
}

static void set_skill(const up_score *s, up_table *table)
{
    up_buffer words = {0};
    set_if(table, SCORE_CRPS_SKILL, s->has_skill, s->skill);
    set_if(table, SCORE_LOG_SKILL, s->has_log_skill, s->log_skill);
    if (s->has_skill || s->has_log_skill)
        add_fixed(s->has_log_skill ? s->log_skill : s->skill, &words);
    set_buffer(table, SCORE_SKILL, &words);
}

static void set_scores(const up_score *s, up_table *table)
{
    up_estimate crps = up_estimate_exact(s->crps);
    up_table_double(table, SCORE_PINBALL, s->pinball, NULL);
    set_if(table, SCORE_WIS, s->has_wis, s->wis);
    set_level(table, SCORE_CRPS, &crps, s->metric);
    set_if(table, SCORE_LOG_CRPS, s->has_log, s->log_crps);
    up_table_double(table, SCORE_PIT_LOW, s->pit.low, NULL);
    up_table_double(table, SCORE_PIT_HIGH, s->pit.high, NULL);
    set_skill(s, table);
}

static void set_bound(const up_score *s, up_table *table)
{
    up_buffer words = {0};
    up_table_double(table, SCORE_PROBABILITY_LOW, s->probability.low, NULL);
    up_table_double(table, SCORE_PROBABILITY_HIGH, s->probability.high, NULL);
    up_table_double(table, SCORE_BRIER_LOW, s->brier.low, NULL);
    up_table_double(table, SCORE_BRIER_HIGH, s->brier.high, NULL);
    add_probability(&s->brier, &words);
    set_buffer(table, SCORE_BRIER, &words);
}

/* The period; or "6 Oct 2025, between Q3 2025 and Q4 2025". */
static void set_period(const up_score *s, up_table *table)
{
    char period[UP_PERIOD_SIZE];
    up_buffer words = {0};
    up_table_period(table, SCORE_OUTTURN_PERIOD, &s->outturn_period);
    if (!s->is_between) {
        up_table_period(table, SCORE_PERIOD, &s->period);
        return;
    }
    up_period_label(&s->outturn_period, &words);
    up_buffer_add(&words, ", between ");
    up_period_label(&s->before, &words);
    up_buffer_add(&words, " and ");
    up_period_label(&s->period, &words);
    up_period_format(&s->period, period);
    up_table_text_as(table, SCORE_PERIOD, period, up_table_words(table, &words));
    up_table_period(table, SCORE_BEFORE, &s->before);
    up_table_double(table, SCORE_SHARE, s->share, NULL);
    up_buffer_release(&words);
}

/* What was kept, and when. */
static void add_head(const up_score *s, up_table *table)
{
    const up_kept *kept = s->kept;
    up_buffer key = {0};
    up_table_row(table);
    up_table_text(table, SCORE_ID, kept->id);
    add_key(kept, &key);
    set_buffer(table, SCORE_SERIES, &key);
    up_table_text(table, SCORE_MODEL, kept->model);
    set_day(table, SCORE_MADE, kept->made);
    set_day(table, SCORE_AS_OF, kept->as_of);
    up_table_double(table, SCORE_STEP, (double)s->step, NULL);
}

/* Figures of other periods have come: why they do not count. */
static void add_pending(const up_score *s, up_table *table)
{
    up_buffer note = {0};
    add_head(s, table);
    up_table_period(table, SCORE_PERIOD, &s->period);
    up_table_text(table, SCORE_STATE, "pending");
    up_table_text_as(table, SCORE_OUTTURN, "", "pending");
    up_table_text(table, SCORE_WHY, s->others_why);
    up_buffer_addf(&note, "pending, though figures of other periods have come: %s",
                   s->others_why);
    up_table_note(table, up_table_words(table, &note));
    up_buffer_release(&note);
}

static void add_score(const up_score *s, up_table *table)
{
    up_estimate median = up_estimate_exact(s->median);
    add_head(s, table);
    set_period(s, table);
    if (s->has_median)
        set_level(table, SCORE_MEDIAN, &median, s->metric);
    set_outturn(s, table);
    set_if(table, SCORE_NAIVE, s->has_naive, s->naive);
    if (s->state == UP_SCORE_FIGURE)
        set_error(s, table);
    if (s->state == UP_SCORE_FIGURE && s->has_distribution)
        set_scores(s, table);
    if (s->state == UP_SCORE_BOUND && s->has_distribution)
        set_bound(s, table);
}

/* ---- what they say together, in notes ---- */

/* "the 80 % interval held 12 of 15 (80 %; 52 % to 96 % is what so few can tell)". */
static void add_coverage(const up_coverage *c, double level, up_buffer *out)
{
    size_t n = c->inside + c->outside;
    up_human_percent(level, false, out);
    up_buffer_addf(out, " interval: %zu of %zu inside (", c->inside, n);
    up_human_percent(c->share, false, out);
    up_buffer_add(out, "; 95 % confidence ");
    up_human_percent(c->low, false, out);
    up_buffer_add(out, " to ");
    up_human_percent(c->high, false, out);
    up_buffer_add(out, ")");
    if (c->undetermined > 0)
        up_buffer_addf(out, ", %zu undetermined", c->undetermined);
}

static void note_words(up_table *table, up_buffer *words)
{
    if (words->length > 0 || words->failed)
        up_table_note(table, up_table_words(table, words));
    up_buffer_release(words);
}

static void note_coverage(const up_score_summary *s, up_table *table)
{
    for (size_t i = 0; i < UP_SCORE_LEVELS; i++) {
        up_buffer words = {0};
        if (s->coverage[i].inside + s->coverage[i].outside > 0)
            add_coverage(&s->coverage[i], up_score_levels[i], &words);
        note_words(table, &words);
    }
}

static void note_errors(const up_score_summary *s, up_table *table)
{
    up_buffer words = {0};
    up_buffer_addf(&words, "%zu figure%s scored", s->figures, plural(s->figures));
    if (s->has_median_percentage) {
        up_buffer_add(&words, "; median absolute error ");
        up_human_percent(s->median_percentage, false, &words);
    }
    if (s->has_log_skill || s->has_skill) {
        up_buffer_add(&words, "; skill ");
        add_fixed(s->has_log_skill ? s->log_skill : s->skill, &words);
        up_buffer_add(&words, " against the last figure known then");
    }
    if (s->has_log_skill && s->log_count < s->distributions)
        up_buffer_addf(&words, " (%zu of them)", s->log_count);
    note_words(table, &words);
}

static void note_pit(const up_score_summary *s, up_table *table)
{
    up_buffer words = {0};
    if (s->distributions < PIT_LEAST)
        return;
    up_buffer_add(&words, "where figures fell in their distributions, in tenths:");
    for (size_t i = 0; i < UP_PIT_BINS; i++)
        up_buffer_addf(&words, " %zu", s->pit[i]);
    note_words(table, &words);
}

static void note_bounds(const up_score_summary *s, up_table *table)
{
    up_buffer words = {0};
    if (s->bounds == 0)
        return;
    up_buffer_addf(&words, "%zu bound%s, apart", s->bounds, plural(s->bounds));
    if (s->brier_count > 0) {
        up_buffer_add(&words, ": mean Brier score ");
        add_probability(&s->brier, &words);
    }
    note_words(table, &words);
}

static void note_unscored(const up_score_summary *s, up_table *table)
{
    up_buffer pending = {0}, known = {0}, naive = {0};
    if (s->pending > 0)
        up_buffer_addf(&pending, "%zu period%s pending", s->pending, plural(s->pending));
    if (s->others > 0)
        up_buffer_addf(&pending, "; for %zu of them figures of other periods have come",
                       s->others);
    if (s->known > 0)
        up_buffer_addf(&known,
                       "%zu period%s not scored: the figure was, or undated may have "
                       "been, known when it was projected",
                       s->known, plural(s->known));
    if (s->no_naive > 0)
        up_buffer_addf(&naive,
                       "%zu without skill: no figure of the day of the data is there any "
                       "more",
                       s->no_naive);
    note_words(table, &pending);
    note_words(table, &known);
    note_words(table, &naive);
}

static bool any_of(const up_score_list *list, up_score_state state)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].state == state)
            return true;
    return false;
}

static bool any_between(const up_score_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].is_between)
            return true;
    return false;
}

up_status up_view_scores(const up_score_list *list, const up_score_summary *all,
                         up_table *table, up_error *err)
{
    up_table_column columns[SCORE_COLUMNS];
    for (size_t i = 0; i < SCORE_COLUMNS; i++)
        columns[i] = score_columns[i];
    if (!any_of(list, UP_SCORE_BOUND))
        columns[SCORE_BRIER].flags |= UP_COLUMN_MACHINE; /* neither face shows it */
    up_status status = up_table_init(table, "score", columns, SCORE_COLUMNS, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].state == UP_SCORE_FIGURE ||
            list->items[i].state == UP_SCORE_BOUND)
            add_score(&list->items[i], table);
        else if (list->items[i].has_others)
            add_pending(&list->items[i], table);
    if (any_between(list))
        up_table_note(
            table, "a figure between two kept periods (or after the last figure known "
                   "then) is held against what lies between their distributions at its "
                   "date: lines of each quantile in time, on logarithms where all are "
                   "positive");
    if (all->figures > 0)
        note_errors(all, table);
    note_coverage(all, table);
    note_pit(all, table);
    note_bounds(all, table);
    note_unscored(all, table);
    return UP_OK;
}

/* ---- one row a group ---- */

enum {
    GROUP_NAME,
    GROUP_FIGURES,
    GROUP_COVERAGE,
    COVERAGE_COLUMNS = 7, /* words, inside, outside, undetermined, share, low, high */
    GROUP_PERCENTAGE = GROUP_COVERAGE + COVERAGE_COLUMNS * UP_SCORE_LEVELS,
    GROUP_SKILL,
    GROUP_CRPS_SKILL,
    GROUP_LOG_SKILL,
    GROUP_LOG_COUNT,
    GROUP_BOUNDS,
    GROUP_BRIER_LOW,
    GROUP_BRIER_HIGH,
    GROUP_PENDING,
    GROUP_KNOWN,
    GROUP_COLUMNS
};
static const up_table_column group_columns[GROUP_COLUMNS] = {
    [GROUP_FIGURES] = {"figures", "Scored", UP_COLUMN_RIGHT},
    [GROUP_COVERAGE] = {"held80", "80 % held",
                        UP_COLUMN_HUMAN | UP_COLUMN_RIGHT | UP_COLUMN_WRAP},
    {"inside80", NULL, UP_COLUMN_MACHINE},
    {"outside80", NULL, UP_COLUMN_MACHINE},
    {"undetermined80", NULL, UP_COLUMN_MACHINE},
    {"share80", NULL, UP_COLUMN_MACHINE},
    {"share80_low", NULL, UP_COLUMN_MACHINE},
    {"share80_high", NULL, UP_COLUMN_MACHINE},
    {"held95", "95 % held", UP_COLUMN_HUMAN | UP_COLUMN_RIGHT | UP_COLUMN_WRAP},
    {"inside95", NULL, UP_COLUMN_MACHINE},
    {"outside95", NULL, UP_COLUMN_MACHINE},
    {"undetermined95", NULL, UP_COLUMN_MACHINE},
    {"share95", NULL, UP_COLUMN_MACHINE},
    {"share95_low", NULL, UP_COLUMN_MACHINE},
    {"share95_high", NULL, UP_COLUMN_MACHINE},
    [GROUP_PERCENTAGE] = {"median_percentage_error", "Median error", UP_COLUMN_RIGHT},
    [GROUP_SKILL] = {"skill", "Skill", UP_COLUMN_HUMAN | UP_COLUMN_RIGHT},
    [GROUP_CRPS_SKILL] = {"crps_skill", NULL, UP_COLUMN_MACHINE},
    [GROUP_LOG_SKILL] = {"log_crps_skill", NULL, UP_COLUMN_MACHINE},
    [GROUP_LOG_COUNT] = {"log_crps_figures", NULL, UP_COLUMN_MACHINE},
    [GROUP_BOUNDS] = {"bounds", "Bounds", UP_COLUMN_RIGHT},
    [GROUP_BRIER_LOW] = {"brier_low", NULL, UP_COLUMN_MACHINE},
    [GROUP_BRIER_HIGH] = {"brier_high", NULL, UP_COLUMN_MACHINE},
    [GROUP_PENDING] = {"pending", "Pending", UP_COLUMN_RIGHT},
    [GROUP_KNOWN] = {"known", NULL, UP_COLUMN_MACHINE}};

static void set_count(up_table *table, size_t column, size_t count)
{
    up_table_double(table, column, (double)count, NULL);
}

/* "12 of 15 (52 % to 96 %)". */
static void set_coverage(const up_coverage *c, size_t first, up_table *table)
{
    size_t n = c->inside + c->outside;
    up_buffer words = {0};
    set_count(table, first + 1, c->inside);
    set_count(table, first + 2, c->outside);
    set_count(table, first + 3, c->undetermined);
    if (n > 0) {
        up_table_double(table, first + 4, c->share, NULL);
        up_table_double(table, first + 5, c->low, NULL);
        up_table_double(table, first + 6, c->high, NULL);
        up_buffer_addf(&words, "%zu of %zu (", c->inside, n);
        up_human_percent(c->low, false, &words);
        up_buffer_add(&words, " to ");
        up_human_percent(c->high, false, &words);
        up_buffer_add(&words, ")");
    }
    set_buffer(table, first, &words);
}

static void add_group(const up_score_summary *s, up_table *table)
{
    up_buffer percentage = {0}, skill = {0};
    up_table_row(table);
    up_table_text(table, GROUP_NAME, s->name);
    set_count(table, GROUP_FIGURES, s->figures);
    for (size_t i = 0; i < UP_SCORE_LEVELS; i++)
        set_coverage(&s->coverage[i], GROUP_COVERAGE + COVERAGE_COLUMNS * i, table);
    if (s->has_median_percentage) {
        up_human_percent(s->median_percentage, false, &percentage);
        up_table_double(table, GROUP_PERCENTAGE, s->median_percentage,
                        up_table_words(table, &percentage));
    }
    if (s->has_log_skill || s->has_skill)
        add_fixed(s->has_log_skill ? s->log_skill : s->skill, &skill);
    set_buffer(table, GROUP_SKILL, &skill);
    set_if(table, GROUP_CRPS_SKILL, s->has_skill, s->skill);
    set_if(table, GROUP_LOG_SKILL, s->has_log_skill, s->log_skill);
    set_count(table, GROUP_LOG_COUNT, s->log_count);
    set_count(table, GROUP_BOUNDS, s->bounds);
    set_if(table, GROUP_BRIER_LOW, s->brier_count > 0, s->brier.low);
    set_if(table, GROUP_BRIER_HIGH, s->brier_count > 0, s->brier.high);
    set_count(table, GROUP_PENDING, s->pending);
    set_count(table, GROUP_KNOWN, s->known);
    up_buffer_release(&percentage);
}

up_status up_view_score_groups(const up_score_summaries *groups, up_score_by by,
                               up_table *table, up_error *err)
{
    static const up_table_column names[] = {
        [UP_SCORE_BY_ALL] = {"all", "Scores", 0},
        [UP_SCORE_BY_MODEL] = {"model", "Model", 0},
        [UP_SCORE_BY_HORIZON] = {"horizon", "Periods ahead", UP_COLUMN_RIGHT},
        [UP_SCORE_BY_SERIES] = {"series", "Series", UP_COLUMN_WRAP}};
    up_table_column columns[GROUP_COLUMNS];
    for (size_t i = 0; i < GROUP_COLUMNS; i++)
        columns[i] = group_columns[i];
    columns[GROUP_NAME] = names[by];
    up_status status = up_table_init(table, "score", columns, GROUP_COLUMNS, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < groups->count; i++)
        add_group(&groups->items[i], table);
    up_table_note(table, "in brackets: 95 % confidence of the share, as if each figure "
                         "were a draw of its own");
    return UP_OK;
}
