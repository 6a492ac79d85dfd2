/* Views of what is stored: list, show, export, cite. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "series/sorted.h"
#include "uptick/number.h"
#include "uptick/standing.h"
#include "uptick/view.h"

/* ---- list ---- */

enum {
    LIST_SERIES,
    LIST_TITLE,
    LIST_UNIT,
    LIST_MEASURE,
    LIST_COUNT,
    LIST_FIRST,
    LIST_LAST,
    LIST_VALUE,
    LIST_QUALIFIER,
    LIST_LOW,
    LIST_HIGH,
    LIST_FIGURE,
    LIST_COLUMNS
};
static const up_table_column list_columns[LIST_COLUMNS] = {
    [LIST_SERIES] = {"series", "Series", 0},
    [LIST_TITLE] = {"title", "Title", UP_COLUMN_WRAP},
    [LIST_UNIT] = {"unit", "Unit", UP_COLUMN_MACHINE},
    [LIST_MEASURE] = {"measure", "Measure", UP_COLUMN_MACHINE},
    [LIST_COUNT] = {"figures", "Figures", UP_COLUMN_RIGHT},
    [LIST_FIRST] = {"first", "First", 0},
    [LIST_LAST] = {"last", "Last", 0},
    [LIST_VALUE] = {"value", "Value", UP_COLUMN_MACHINE},
    [LIST_QUALIFIER] = {"qualifier", "Qualifier", UP_COLUMN_MACHINE},
    [LIST_LOW] = {"low", "Low", UP_COLUMN_MACHINE},
    [LIST_HIGH] = {"high", "High", UP_COLUMN_MACHINE},
    [LIST_FIGURE] = {"figure", "Latest figure", UP_COLUMN_HUMAN | UP_COLUMN_RIGHT}};

/* An empty text leaves the cell empty: null in JSON. */
static void set_text(up_table *table, size_t column, const char *text)
{
    if (text[0] != '\0')
        up_table_text(table, column, text);
}

static void set_metric(up_table *table, const up_metric *metric)
{
    set_text(table, LIST_TITLE, metric->title);
    set_text(table, LIST_UNIT, metric->unit);
    up_table_text(table, LIST_MEASURE, up_measure_name(metric->measure));
}

static void list_row(const up_series *s, up_table *table)
{
    up_table_row(table);
    up_table_text(table, LIST_SERIES, s->key);
    set_metric(table, &s->data->metric);
    up_table_double(table, LIST_COUNT, (double)s->count, NULL);
    if (s->count == 0) {
        up_table_text(table, LIST_FIGURE,
                      s->forecasts > 0 ? "forecast only" : "withdrawn");
        return;
    }
    const up_observation *last = s->points[s->count - 1].observation;
    up_buffer words = {0};
    up_table_period(table, LIST_FIRST, &s->points[0].observation->period);
    up_table_period(table, LIST_LAST, &last->period);
    if (last->has_value)
        up_table_decimal(table, LIST_VALUE, last->value, NULL);
    set_text(table, LIST_QUALIFIER, up_qualifier_mark(last->qualifier));
    if (last->has_low)
        up_table_decimal(table, LIST_LOW, last->low, NULL);
    if (last->has_high)
        up_table_decimal(table, LIST_HIGH, last->high, NULL);
    up_words_figure(last, &s->data->metric, 5, &words);
    up_table_text(table, LIST_FIGURE, up_table_words(table, &words));
    up_buffer_release(&words);
}

/* A metric with a formula has series without a row of its own. */
static bool is_listed(const up_series_list *list, const up_metric_data *data)
{
    for (size_t i = 0; i < list->count && data->metric.formula[0] != '\0'; i++)
        if (list->items[i].data == data)
            return true;
    return false;
}

up_status up_view_list(const up_tracker *tracker, const up_series_list *list,
                       up_table *table, up_error *err)
{
    up_status status = up_table_init(table, "list", list_columns, LIST_COLUMNS, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < list->count; i++)
        list_row(&list->items[i], table);
    for (size_t i = 0; i < tracker->metric_count; i++) {
        const up_metric_data *data = &tracker->metrics[i];
        if (!data->loaded || data->count > 0 || is_listed(list, data))
            continue;
        up_table_row(table);
        up_table_text(table, LIST_SERIES, data->metric.name);
        set_metric(table, &data->metric);
        up_table_double(table, LIST_COUNT, 0, NULL);
        up_table_text(table, LIST_FIGURE, "none yet");
    }
    return UP_OK;
}

/* ---- rows of observations, for show and export ---- */

typedef struct row_list {
    const up_observation **items;
    size_t count;
} row_list;

/* The rows of one metric in the order of their keys, sorted once for all its series. */
typedef struct keyed_rows {
    const up_metric_data *data;
    const up_observation **items;
} keyed_rows;

static up_status key_rows(const up_metric_data *data, keyed_rows *keyed, up_error *err)
{
    if (keyed->data == data)
        return UP_OK;
    up_remarks remarks = {0};
    free(keyed->items);
    keyed->items = up_rows_by_key(data, &remarks);
    keyed->data = remarks.failed ? NULL : data;
    return remarks.failed ? up_error_memory(err) : UP_OK;
}

/* The first row that belongs to the entity or to one after it. */
static size_t first_of(const keyed_rows *keyed, const char *entity)
{
    size_t low = 0, high = keyed->data->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(keyed->items[middle]->entity, entity) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Every stored row of a series, oldest vintage of each period first. */
static up_status stored_rows(const up_series *s, int64_t as_of, keyed_rows *keyed,
                             row_list *rows, up_error *err)
{
    up_status status = key_rows(s->data, keyed, err);
    if (status != UP_OK)
        return status;
    size_t first = first_of(keyed, s->entity), end = first;
    while (end < s->data->count && strcmp(keyed->items[end]->entity, s->entity) == 0)
        end++;
    status = up_alloc(end - first, sizeof *rows->items, &rows->items, err);
    rows->count = 0;
    for (size_t i = first; i < end && status == UP_OK; i++)
        if (up_observation_is_known(keyed->items[i], as_of))
            rows->items[rows->count++] = keyed->items[i];
    return status;
}

/* The last words only, implied ones too. */
static up_status last_rows(const up_series *s, row_list *rows, up_error *err)
{
    up_status status = up_alloc(s->count, sizeof *rows->items, &rows->items, err);
    rows->count = 0;
    for (size_t i = 0; i < s->count && status == UP_OK; i++)
        rows->items[rows->count++] = s->points[i].observation;
    return status;
}

/* Whether the figures are worked out: none of them is a row. */
static bool is_computed(const up_series *s)
{
    return s->count > 0 && s->points[0].observation->computed;
}

/* ---- show ---- */

enum {
    SHOW_SERIES,
    SHOW_PERIOD,
    SHOW_FIGURE,
    SHOW_FIRST_OWN,
    SHOW_STANDING = SHOW_FIRST_OWN + UP_OBSERVATION_COLUMNS - UP_COL_VALUE,
    SHOW_COLUMNS /* the last only with revisions */
};

static void set_columns(const up_observation *o, size_t first, up_observation_column from,
                        up_table *table)
{
    for (size_t c = from; c < UP_OBSERVATION_COLUMNS; c++) {
        up_buffer text = {0};
        up_observation_get(o, (up_observation_column)c, &text);
        if (text.length > 0 || text.failed)
            up_table_text(table, first + c - from, up_table_words(table, &text));
        up_buffer_release(&text);
    }
}

static const char *role_of(const up_observation *o)
{
    static const char *const words[] = {
        ['B' - 'A'] = "after a break",   ['D' - 'A'] = "definition differs",
        ['E' - 'A'] = "estimated",       ['F' - 'A'] = "forecast",
        ['G' - 'A'] = "experimental",    ['I' - 'A'] = "imputed",
        ['N' - 'A'] = "not significant", ['P' - 'A'] = "provisional",
        ['S' - 'A'] = "strike",          ['U' - 'A'] = "low reliability",
        ['V' - 'A'] = "unvalidated"};
    size_t at = (size_t)(o->status - 'A');
    const char *said =
        o->status >= 'A' && at < sizeof words / sizeof words[0] ? words[at] : NULL;
    return o->derived                        ? "implied by a claim"
           : o->status == 'P' && o->computed ? "incomplete"
           : said != NULL                    ? said
                                             : "";
}

static void show_row(const up_series *s, const up_observation *o, up_table *table)
{
    const up_metric *metric = &s->data->metric;
    up_buffer words = {0};
    up_table_row(table);
    up_table_text(table, SHOW_SERIES, s->key);
    up_table_period(table, SHOW_PERIOD, &o->period);
    up_words_figure(o, metric, o->derived ? 4 : o->computed ? 5 : 0, &words);
    const char *role = role_of(o);
    if (role[0] != '\0')
        up_buffer_addf(&words, ", %s", role);
    up_table_text(table, SHOW_FIGURE, up_table_words(table, &words));
    set_columns(o, SHOW_FIRST_OWN, UP_COL_VALUE, table);
    up_buffer_release(&words);
}

/* Among all vintages of a period: which speaks, and why the others do not. */
static void show_standing(const up_series *s, const row_list *rows, size_t index,
                          up_table *table)
{
    const up_period *period = &rows->items[index]->period;
    size_t first = index, end = index + 1;
    while (first > 0 && up_period_compare(&rows->items[first - 1]->period, period) == 0)
        first--;
    while (end < rows->count && up_period_compare(&rows->items[end]->period, period) == 0)
        end++;
    up_table_text(table, SHOW_STANDING,
                  up_standing_words(up_standing_of(&s->data->metric, rows->items + first,
                                                   end - first, rows->items[index])));
}

static up_status init_show(const up_series_list *list, bool revisions, up_table *table,
                           up_error *err)
{
    up_table_column columns[SHOW_COLUMNS] = {
        [SHOW_STANDING] = {"standing", "Standing", 0},
        [SHOW_SERIES] = {"series", "Series", list->count == 1 ? UP_COLUMN_MACHINE : 0},
        [SHOW_PERIOD] = {"period", "Period", 0},
        [SHOW_FIGURE] = {"figure", "Figure", UP_COLUMN_HUMAN | UP_COLUMN_RIGHT}};
    static const up_table_column shown[UP_OBSERVATION_COLUMNS] = {
        [UP_COL_STATED] = {"", "Stated", 1},
        [UP_COL_REPORTED] = {"", "Reported", 1},
        [UP_COL_SOURCE] = {"", "Source", 1},
        [UP_COL_QUOTE] = {"", "Words", 1}};
    for (size_t c = UP_COL_VALUE; c < UP_OBSERVATION_COLUMNS; c++) {
        unsigned flags = !shown[c].flags     ? UP_COLUMN_MACHINE
                         : c == UP_COL_QUOTE ? UP_COLUMN_WRAP
                                             : 0;
        columns[SHOW_FIRST_OWN + c - UP_COL_VALUE] =
            (up_table_column){up_observation_column_names[c], shown[c].title, flags};
    }
    return up_table_init(table, "show", columns, revisions ? SHOW_COLUMNS : SHOW_STANDING,
                         err);
}

static void title_show(const up_series *s, up_table *table)
{
    up_buffer title = {0};
    up_series_title(s, &title);
    if (s->data->metric.unit[0] != '\0')
        up_buffer_addf(&title, " (%s, %s)", s->data->metric.unit,
                       up_measure_name(s->data->metric.measure));
    if (s->resampled != NULL)
        up_buffer_addf(&title, ", %s", s->resampled);
    up_table_set_title(table, up_table_words(table, &title));
    up_buffer_release(&title);
}

enum { NOTES_MAX = 8 };

/* How the figures of a formula come about. */
static void note_formula(const up_series *s, size_t *notes, up_table *table)
{
    up_buffer text = {0};
    if (s->data->metric.formula[0] == '\0')
        return;
    up_buffer_addf(&text, "worked out as %s, never stored", s->data->metric.formula);
    up_table_note(table, up_table_words(table, &text));
    for (size_t i = 0; i < s->count && *notes < NOTES_MAX; i++) {
        const up_observation *o = s->points[i].observation;
        if (!o->computed || o->note[0] == '\0')
            continue;
        up_buffer_clear(&text);
        up_period_label(&o->period, &text);
        up_buffer_addf(&text, ": %s", o->note);
        up_table_note(table, up_table_words(table, &text));
        ++*notes;
    }
    up_buffer_release(&text);
}

static void note_events(const up_tracker *tracker, const up_series *s, up_table *table)
{
    for (size_t i = 0; i < tracker->event_count; i++) {
        const up_event *e = &tracker->events[i];
        bool here =
            (e->metric[0] != '\0' && strcmp(e->metric, s->data->metric.name) == 0) ||
            (e->metric[0] == '\0' && e->entity[0] != '\0' &&
             strcmp(e->entity, s->entity) == 0);
        if (!here)
            continue;
        up_buffer note = {0};
        up_period_label(&e->date, &note);
        up_buffer_addf(&note, ": %s", e->text);
        up_table_note(table, up_table_words(table, &note));
        up_buffer_release(&note);
    }
}

up_status up_view_show(const up_tracker *tracker, const up_series_list *list,
                       const up_series_options *options, bool revisions, up_table *table,
                       up_error *err)
{
    up_status status = init_show(list, revisions, table, err);
    if (status != UP_OK)
        return status;
    keyed_rows keyed = {0};
    size_t notes = 0;
    if (list->count == 1)
        title_show(&list->items[0], table);
    for (size_t i = 0; i < list->count && status == UP_OK; i++) {
        const up_series *s = &list->items[i];
        row_list rows = {0};
        status = revisions && !is_computed(s)
                     ? stored_rows(s, options->as_of, &keyed, &rows, err)
                     : last_rows(s, &rows, err);
        for (size_t r = 0; r < rows.count && status == UP_OK; r++) {
            show_row(s, rows.items[r], table);
            if (revisions)
                show_standing(s, &rows, r, table);
        }
        note_formula(s, &notes, table);
        note_events(tracker, s, table);
        free(rows.items);
    }
    free(keyed.items);
    if (status != UP_OK)
        up_table_release(table);
    return status;
}

/* ---- export ---- */

up_status up_view_export(const up_series_list *list, const up_series_options *options,
                         up_table *table, up_error *err)
{
    up_table_column columns[1 + UP_OBSERVATION_COLUMNS] = {{"metric", NULL, 0}};
    for (size_t c = 0; c < UP_OBSERVATION_COLUMNS; c++)
        columns[1 + c] = (up_table_column){up_observation_column_names[c], NULL, 0};
    up_status status =
        up_table_init(table, "export", columns, 1 + UP_OBSERVATION_COLUMNS, err);
    if (status != UP_OK)
        return status;
    keyed_rows keyed = {0};
    for (size_t i = 0; i < list->count && status == UP_OK; i++) {
        row_list rows = {0};
        status = is_computed(&list->items[i])
                     ? last_rows(&list->items[i], &rows, err)
                     : stored_rows(&list->items[i], options->as_of, &keyed, &rows, err);
        for (size_t r = 0; r < rows.count && status == UP_OK; r++) {
            up_table_row(table);
            up_table_text(table, 0, list->items[i].data->metric.name);
            set_columns(rows.items[r], 1, UP_COL_ENTITY, table);
        }
        free(rows.items);
    }
    free(keyed.items);
    if (status != UP_OK)
        up_table_release(table);
    return status;
}

/* ---- cite ---- */

enum {
    CITE_SOURCE,
    CITE_TITLE,
    CITE_URL,
    CITE_SERIES,
    CITE_PERIOD,
    CITE_REPORTED,
    CITE_QUOTE,
    CITE_COLUMNS
};
static const up_table_column cite_columns[CITE_COLUMNS] = {
    [CITE_SOURCE] = {"source", "Source", 0},
    [CITE_TITLE] = {"title", "Title", UP_COLUMN_WRAP},
    [CITE_URL] = {"url", "Link", 0},
    [CITE_SERIES] = {"series", "Series", 0},
    [CITE_PERIOD] = {"period", "Period", 0},
    [CITE_REPORTED] = {"reported", "Reported", 0},
    [CITE_QUOTE] = {"quote", "Words", UP_COLUMN_WRAP}};

/* A source of figures that went into a computed one. */
static void cite_other(const up_tracker *tracker, const up_series *s, const char *key,
                       up_table *table)
{
    const up_source *source = up_tracker_source(tracker, key);
    up_table_row(table);
    up_table_text(table, CITE_SOURCE, key);
    set_text(table, CITE_TITLE, source != NULL ? source->title : "");
    set_text(table, CITE_URL, source != NULL ? source->url : "");
    up_table_text(table, CITE_SERIES, s->key);
}

static void cite_row(const up_tracker *tracker, const up_series *s,
                     const up_observation *o, up_table *table)
{
    const up_source *source = up_tracker_source(tracker, o->source);
    up_buffer reported = {0};
    up_table_row(table);
    if (o->source[0] != '\0')
        up_table_text(table, CITE_SOURCE, o->source);
    else
        up_table_text_as(table, CITE_SOURCE, "", "none");
    set_text(table, CITE_TITLE, source != NULL ? source->title : "");
    set_text(table, CITE_URL, source != NULL ? source->url : "");
    up_table_text(table, CITE_SERIES, s->key);
    up_table_period(table, CITE_PERIOD, &o->period);
    up_reported_format(o->reported, &reported);
    set_text(table, CITE_REPORTED, up_table_words(table, &reported));
    set_text(table, CITE_QUOTE, o->quote);
    up_buffer_release(&reported);
}

up_status up_view_cite(const up_tracker *tracker, const up_series_list *list,
                       up_table *table, up_error *err)
{
    up_status status = up_table_init(table, "cite", cite_columns, CITE_COLUMNS, err);
    for (size_t i = 0; i < list->count && status == UP_OK; i++) {
        const up_series *s = &list->items[i];
        for (size_t p = 0; p < s->count; p++)
            cite_row(tracker, s, s->points[p].observation, table);
        for (size_t o = 0; o < s->other_count; o++)
            cite_other(tracker, s, s->other_sources[o], table);
    }
    return status;
}
