/* The metrics of a file: what names them, their keys and units. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/run.h"
#include "import/slug.h"

/* --- Labels ---------------------------------------------------------------------------------- */

/* The METRIC columns that count for a column of figures. */
static bool counts_for(const plan_column *c, size_t column)
{
    return c->role == UP_IMPORT_METRIC && (c->of == SIZE_MAX || c->of == column);
}

static size_t count_parts(const import_plan *plan, size_t column, size_t *last)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++)
        if (counts_for(&plan->columns[i], column)) {
            *last = i;
            count++;
        }
    return count;
}

bool run_is_of_one_metric(const run *r, size_t column)
{
    size_t last;
    return count_parts(r->plan, column, &last) == 0;
}

/* A column whose header names no metric, for its texts or because it is a period. */
static bool is_named(const plan_column *c)
{
    return !c->is_nameless && !c->has_period;
}

static void add_part(up_buffer *parts, const char *text)
{
    if (text[0] == '\0')
        return;
    up_buffer_add(parts, parts->length > 0 ? ", " : "");
    up_buffer_add(parts, text);
}

/* What names a metric: "Active users (Weekly)" is the header and what the METRIC columns add to
 * it. An SDMX table is called by its structure first, whatever its measures are. */
typedef struct naming {
    up_buffer whole;
    const char *base; /* what stands before the bracket that was put there; "" */
} naming;

static void write_label(const run *r, size_t column, naming *n)
{
    const import_plan *plan = r->plan;
    const char *own =
        is_named(&plan->columns[column]) ? up_plan_header(plan, column) : "";
    const char *file = plan->title[0] != '\0' ? plan->title : plan->name;
    up_buffer parts = {0};
    if (plan->is_sdmx)
        add_part(&parts, own);
    for (size_t i = 0; i < plan->count; i++)
        if (counts_for(&plan->columns[i], column))
            add_part(&parts, up_frame_cell(r->frame, r->row, i));
    if (plan->is_sdmx)
        n->base = plan->has_structures ? "" : file;
    else
        n->base = own[0] != '\0' || parts.length > 0 ? own : file;
    up_buffer_add(&n->whole, n->base);
    if (parts.length > 0 && n->base[0] != '\0')
        up_buffer_addf(&n->whole, " (%s)", up_buffer_text(&parts));
    else
        up_buffer_add(&n->whole, up_buffer_text(&parts));
    n->whole.failed |= parts.failed;
    up_buffer_release(&parts);
}

/* The unit is read from what stood in the file, not from a bracket that was put there. */
static up_status read_label(const naming *n, import_label *label, up_error *err)
{
    const char *whole = up_buffer_text(&n->whole);
    bool composed = n->base[0] != '\0' && strcmp(n->base, whole) != 0;
    up_status status = up_label_parse(composed ? n->base : whole, label, err);
    return status == UP_OK && composed ? up_replace_text(&label->title, whole, err)
                                       : status;
}

/* --- Names ------------------------------------------------------------------------------------- */

/* The slug that --map gives a label, by the whole of it or by its title; NULL: none. */
static const char *mapped(const run *r, const char *label, const char *title)
{
    const char *const *maps = r->plan->request->maps;
    for (; maps != NULL && *maps != NULL; maps++) {
        const char *equals = strrchr(*maps, '=');
        size_t length = equals != NULL ? (size_t)(equals - *maps) : 0;
        if ((strlen(label) == length && strncmp(label, *maps, length) == 0) ||
            (strlen(title) == length && strncmp(title, *maps, length) == 0))
            return equals + 1;
    }
    return NULL;
}

static up_status name_metric(run *r, size_t column, const char *label, const char *title,
                             up_buffer *name, up_error *err)
{
    const char *given = r->plan->constants[UP_IMPORT_METRIC];
    const char *map = mapped(r, label, title);
    const plan_column *c = &r->plan->columns[column];
    size_t last;
    if (map != NULL)
        up_buffer_add(name, map);
    else if (given != NULL && r->out->metric_count > 0)
        return up_error_set(
            err, UP_USAGE,
            "--metric '%.60s' names one metric, but the file has more ('%.60s', "
            "'%.60s'): --map 'LABEL=NAME' for each",
            given, r->out->metrics[0].label, label);
    else if (given != NULL)
        up_buffer_add(name, given);
    else if (r->plan->is_own && up_metric_name_is_valid(title))
        up_buffer_add(name, title);
    else if (!is_named(c) && count_parts(r->plan, column, &last) == 0)
        up_buffer_add(name, r->plan->name);
    else if (!up_slug_add(name, title) && !up_slug_add(name, label)) {
        return up_error_set(
            err, UP_BAD_DATA,
            "'%.80s' makes no name for a metric (wanted: --map '%.80s=NAME', "
            "in lower-case letters, digits and '-')",
            label, title);
    }
    up_status status = up_buffer_check(name, err);
    if (status == UP_OK && !up_metric_name_is_valid(up_buffer_text(name)))
        status = up_error_set(err, UP_BAD_DATA,
                              "'%.100s' cannot name a metric (--map '%.60s=NAME' gives "
                              "another name)",
                              up_buffer_text(name), title);
    return status;
}

/* --- Keys --------------------------------------------------------------------------------------- */

static up_status copy_keys(const up_metric *from, up_metric *to, up_error *err)
{
    up_status status = UP_OK;
    for (const up_metric_key *key = up_metric_keys; key->name != NULL && status == UP_OK;
         key++)
        status = up_metric_set(to, key->name, up_metric_get(from, key->name), err);
    return status;
}

static up_status give(up_metric *metric, const char *key, const char *value,
                      up_error *err)
{
    bool has = up_metric_get(metric, key)[0] != '\0';
    return has || value[0] == '\0' ? UP_OK : up_metric_set(metric, key, value, err);
}

/* What the user said, then the label's unit, then the metadata. */
static up_status fill_new(const run *r, size_t column, const import_label *label,
                          const char *whole, up_metric *metric, up_error *err)
{
    const up_metadata_column *m = r->plan->columns[column].metadata;
    up_status status = UP_OK;
    const char *const *key = r->plan->request->keys;
    for (; key != NULL && key[0] != NULL && status == UP_OK; key += 2)
        status = up_metric_set(metric, key[0], key[1], err);
    if (status == UP_OK)
        status = give(metric, "unit", label->unit, err);
    if (status == UP_OK && m != NULL) {
        char decimals[16] = "";
        if (m->decimals >= 0 && m->decimals <= 15)
            snprintf(decimals, sizeof decimals, "%d", m->decimals);
        const char *const said[][2] = {{"title", m->title},
                                       {"description", m->description},
                                       {"unit", m->unit},
                                       {"short_unit", m->short_unit},
                                       {"decimals", decimals}};
        for (size_t i = 0; i < sizeof said / sizeof said[0] && status == UP_OK; i++)
            status = give(metric, said[i][0], said[i][1], err);
    }
    return status == UP_OK ? give(metric, "title",
                                  label->title[0] != '\0' ? label->title : whole, err)
                           : status;
}

/* Figures of a metric that is there must be in its unit. */
static up_status check_unit(const up_metric *metric, const char *unit, up_error *err)
{
    if (unit[0] == '\0' || up_unit_matches(unit, metric->unit) ||
        (strcmp(unit, "percent") == 0 && up_metric_shows_percent(metric)))
        return UP_OK;
    return up_error_set(err, UP_BAD_DATA, "the figures are in %s, the metric '%s' in %s",
                        unit, metric->name,
                        metric->unit[0] != '\0' ? metric->unit : "no unit");
}

/* Keys that say how a metric is shown, not what its figures are. */
static bool is_of_looks(const char *key)
{
    static const char *const looks[] = {"title", "description", "short_unit", "decimals",
                                        "display"};
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (strcmp(key, looks[i]) == 0)
            return true;
    return false;
}

/* Whether the metric has that value already, however it is written. */
static up_status has_value(const up_metric *metric, const char *key, const char *value,
                           bool *has, up_error *err)
{
    up_metric other = {0};
    up_status status = up_metric_init(&other, metric->name, err);
    if (status == UP_OK)
        status = up_metric_set(&other, key, value, err);
    if (status == UP_OK)
        *has = strcmp(up_metric_get(&other, key), up_metric_get(metric, key)) == 0;
    up_metric_release(&other);
    return status;
}

/* Keys are for new metrics. Of one that is there, what is given must be so already: a unit is that of
 * the figures, and what they mean is not changed in passing. */
static up_status check_given_keys(const run *r, const up_metric *metric, up_error *err)
{
    const char *const *key = r->plan->request->keys;
    up_status status = UP_OK;
    for (; key != NULL && key[0] != NULL && status == UP_OK; key += 2) {
        bool has = true;
        if (strcmp(key[0], "unit") == 0)
            status = check_unit(metric, key[1], err);
        else if (!is_of_looks(key[0]))
            status = has_value(metric, key[0], key[1], &has, err);
        if (status == UP_OK && !has)
            status = up_error_set(err, UP_USAGE,
                                  "the metric '%s' is there with %s '%s', not '%s': "
                                  "'uptick set %s %s=%s' changes it",
                                  metric->name, key[0], up_metric_get(metric, key[0]),
                                  key[1], metric->name, key[0], key[1]);
    }
    return status;
}

static up_status make_metric(run *r, size_t column, const char *whole,
                             const import_label *label, const char *name,
                             up_import_metric *m, up_error *err)
{
    const up_metric_data *there = up_tracker_metric(r->plan->request->tracker, name);
    up_status status = up_metric_init(&m->metric, name, err);
    if (status != UP_OK)
        return status;
    m->is_new = there == NULL;
    m->power = label->power;
    m->batch.source = r->plan->request->source;
    status = up_copy_text(whole, &m->label, err);
    if (status == UP_OK && there != NULL)
        status = copy_keys(&there->metric, &m->metric, err);
    if (status == UP_OK && there != NULL)
        status = check_unit(&m->metric, label->unit, err);
    if (status == UP_OK && there != NULL)
        status = check_given_keys(r, &m->metric, err);
    if (status == UP_OK && there == NULL)
        status = fill_new(r, column, label, whole, &m->metric, err);
    return status;
}

static up_status find_twin(const run *r, const char *name, const char *label,
                           up_error *err)
{
    for (size_t i = 0; i < r->out->metric_count; i++)
        if (strcmp(r->out->metrics[i].metric.name, name) == 0)
            return up_error_set(err, UP_BAD_DATA,
                                "'%.80s' and '%.80s' both make the metric '%s' (--map "
                                "'LABEL=NAME' tells them apart)",
                                r->out->metrics[i].label, label, name);
    return UP_OK;
}

/* A unit below the header counts where the header itself has none. */
static void take_unit_row(const run *r, size_t column, import_label *label)
{
    const import_label *below = &r->plan->columns[column].label;
    if (label->unit[0] != '\0' || below->unit[0] == '\0')
        return;
    strcpy(label->unit, below->unit);
    strcpy(label->words, below->words);
    label->power = below->power;
}

static up_status add_metric(run *r, size_t column, const naming *n, size_t *metric,
                            up_error *err)
{
    const char *whole = up_buffer_text(&n->whole);
    up_import *out = r->out;
    import_label label = {0};
    up_import_metric m = {0};
    up_buffer name = {0};
    up_status status = read_label(n, &label, err);
    if (status == UP_OK)
        take_unit_row(r, column, &label);
    if (status == UP_OK)
        status = name_metric(r, column, whole, label.title, &name, err);
    if (status == UP_OK)
        status = find_twin(r, name.data, whole, err);
    if (status == UP_OK)
        status = up_grow(&out->metrics, &out->metric_capacity, out->metric_count + 1,
                         sizeof *out->metrics, err);
    if (status == UP_OK)
        status = up_grow(&r->metrics, &r->metrics_capacity, out->metric_count + 1,
                         sizeof *r->metrics, err);
    if (status == UP_OK)
        status = make_metric(r, column, whole, &label, name.data, &m, err);
    if (status == UP_OK) {
        r->metrics[out->metric_count] = (run_metric){0};
        *metric = out->metric_count;
        out->metrics[out->metric_count++] = m;
    } else {
        up_metric_release(&m.metric);
        free(m.label);
    }
    up_label_release(&label);
    up_buffer_release(&name);
    return status;
}

/* --- Which metric a cell is of ------------------------------------------------------------------- */

/* By label number: the metric's index + 1, or SIZE_MAX for one that could not be made. */
static up_status metric_of_label(run *r, size_t column, uint32_t label, const naming *n,
                                 size_t *metric, up_error *err)
{
    up_status status = up_grow(&r->metric_of, &r->metric_of_size, (size_t)label + 1,
                               sizeof *r->metric_of, err);
    if (status != UP_OK)
        return status;
    size_t *slot = &r->metric_of[label];
    if (label >= r->labels_known) {
        *slot = SIZE_MAX;
        r->labels_known = (size_t)label + 1;
        status = add_metric(r, column, n, slot, err);
        if (status == UP_BAD_DATA || status == UP_USAGE) { /* told once */
            run_complain(r, err);
            *err = (up_error){0};
            return UP_BAD_DATA;
        }
    }
    *metric = *slot;
    return status == UP_OK && *slot == SIZE_MAX ? UP_BAD_DATA : status;
}

static up_status find_by_label(run *r, size_t column, uint32_t *label, size_t *metric,
                               up_error *err)
{
    naming n = {.base = ""};
    write_label(r, column, &n);
    up_status status = up_buffer_check(&n.whole, err);
    if (status == UP_OK)
        status = up_batch_entity(&r->labels, up_buffer_text(&n.whole), label, err);
    if (status == UP_OK)
        status = metric_of_label(r, column, *label, &n, metric, err);
    up_buffer_release(&n.whole);
    return status;
}

up_status run_metric_of(run *r, size_t column, size_t *metric, up_error *err)
{
    size_t part = SIZE_MAX;
    size_t parts = count_parts(r->plan, column, &part);
    uint32_t label = 0, *slot = NULL;
    if (parts <= 1)
        slot =
            &r->label_memo[column][parts == 1 ? up_frame_id(r->frame, r->row, part) : 0];
    if (slot != NULL && *slot != RUN_UNREAD) {
        *metric = r->metric_of[*slot - 1];
        return *metric == SIZE_MAX ? UP_BAD_DATA : UP_OK;
    }
    up_status status = find_by_label(r, column, &label, metric, err);
    if (slot != NULL && status != UP_SYSTEM)
        *slot = label + 1;
    return status;
}

/* --- Units ----------------------------------------------------------------------------------------- */

/* The first figures of a new metric may say its unit. */
static up_status take_unit(run *r, size_t metric, const char *unit, up_error *err)
{
    up_import_metric *m = &r->out->metrics[metric];
    if (m->is_new && m->metric.unit[0] == '\0' && !r->metrics[metric].has_figures)
        return up_metric_set(&m->metric, "unit", unit, err);
    return check_unit(&m->metric, unit, err);
}

/* A sign at some figures and none at others may be percent beside fractions. */
static up_status check_sign(run *r, size_t metric, const up_entry *entry, up_error *err)
{
    const up_import_metric *m = &r->out->metrics[metric];
    run_metric *known = &r->metrics[metric];
    bool unsaid = m->is_new && m->metric.unit[0] == '\0' && r->row_unit == NULL &&
                  !up_metric_shows_percent(&m->metric);
    bool differs = entry->percent ? unsaid && known->has_figures : known->by_sign;
    if (differs)
        return up_error_set(err, UP_BAD_DATA,
                            "%s percent sign here, but %s at other figures of '%.60s' "
                            "(--unit percent takes all as percent)",
                            entry->percent ? "a" : "no", entry->percent ? "none" : "one",
                            m->label);
    known->by_sign |= entry->percent && unsaid;
    return UP_OK;
}

up_status run_settle_unit(run *r, size_t metric, const up_entry *entry, int *power,
                          up_error *err)
{
    up_import_metric *m = &r->out->metrics[metric];
    up_status status = UP_OK;
    *power = m->power + r->row_power;
    if (r->row_unit != NULL)
        status = take_unit(r, metric, r->row_unit, err);
    if (status == UP_OK && entry->currency[0] != '\0')
        status = take_unit(r, metric, entry->currency, err);
    if (status == UP_OK)
        status = check_sign(r, metric, entry, err);
    if (status == UP_OK && entry->percent)
        status = take_unit(r, metric, "percent", err);
    if (status == UP_OK && entry->percent && up_metric_shows_percent(&m->metric))
        *power -= 2;
    if (status != UP_OK)
        return status;
    bool first = !r->metrics[metric].has_figures;
    m->least_power = first || *power < m->least_power ? *power : m->least_power;
    m->most_power = first || *power > m->most_power ? *power : m->most_power;
    r->metrics[metric].has_figures = true;
    return UP_OK;
}

up_status run_metrics_init(run *r, up_error *err)
{
    up_status status =
        up_alloc(r->plan->count, sizeof *r->label_memo, &r->label_memo, err);
    if (status == UP_OK)
        status = up_alloc(r->plan->count, sizeof *r->values, &r->values, err);
    for (size_t i = 0; i < r->plan->count && status == UP_OK; i++) {
        size_t part = SIZE_MAX;
        if (r->plan->columns[i].role != UP_IMPORT_VALUE)
            continue;
        size_t parts = count_parts(r->plan, i, &part);
        size_t texts = parts == 1 ? r->frame->column[part].count : 1;
        status = up_alloc(texts, sizeof **r->label_memo, &r->label_memo[i], err);
        if (status == UP_OK && parts == 0)
            status = up_alloc(r->frame->column[i].count, sizeof **r->values,
                              &r->values[i], err);
    }
    return status;
}
