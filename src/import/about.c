/* What a row says beside its figures: day, source, words, flags, notes, ends of a range. */
#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "import/run.h"

/* A text of an attribute in a metric's batch; the same cell's text is added once. */
static up_status attribute(run *r, size_t metric, size_t column, const char *text,
                           up_batch_text_id *id, up_error *err)
{
    run_metric *m = &r->metrics[metric];
    up_status status = UP_OK;
    if (m->memo == NULL)
        status = up_alloc(r->plan->count, sizeof *m->memo, &m->memo, err);
    if (status == UP_OK && m->memo[column] == NULL)
        status = up_alloc(r->frame->column[column].count, sizeof **m->memo,
                          &m->memo[column], err);
    if (status != UP_OK)
        return status;
    uint32_t *slot = &m->memo[column][up_frame_id(r->frame, r->row, column)];
    if (*slot == RUN_UNREAD) {
        status = up_batch_text(&r->out->metrics[metric].batch, text, id, err);
        if (status == UP_OK)
            *slot = *id + 1;
    } else
        *id = *slot - 1;
    return status;
}

static up_status constant(run *r, size_t metric, const char *text, up_batch_text_id *id,
                          up_error *err)
{
    return up_batch_text(&r->out->metrics[metric].batch, text, id, err);
}

/* What holds for every figure of a metric: the edition's day, the source, a given status. */
static up_status constants_of(run *r, size_t metric, up_batch_about *about, up_error *err)
{
    const import_plan *plan = r->plan;
    const char *status_text = plan->constants[UP_IMPORT_STATUS];
    const char *note = plan->constants[UP_IMPORT_NOTE];
    *about = (up_batch_about){.reported = plan->reported, .status = 'A'};
    up_status status = constant(r, metric, r->out->source.key, &about->source, err);
    if (status == UP_OK && note != NULL)
        status = constant(r, metric, note, &about->note, err);
    if (status_text != NULL)
        about->status = up_entry_status(status_text);
    if (status == UP_OK && plan->constants[UP_IMPORT_QUALIFIER] != NULL)
        status = up_qualifier_parse(plan->constants[UP_IMPORT_QUALIFIER],
                                    &about->qualifier, err);
    return status;
}

static up_status read_reported(run *r, size_t column, int64_t *reported, up_error *err)
{
    const plan_column *c = &r->plan->columns[column];
    const char *text = up_frame_cell(r->frame, r->row, column);
    up_period day;
    if (text[0] == '\0' || r->plan->has_reported)
        return UP_OK;
    up_status status = up_dates_read(&c->reading, text, &day, err);
    if (status == UP_OK && day.granularity > UP_DAY)
        status = up_error_set(err, UP_BAD_DATA, "'%.40s' is no day", text);
    if (status == UP_OK)
        *reported = day.start / 86400 - (day.start % 86400 < 0);
    return status;
}

/* The OBS_STATUS of a flag; what is none goes into the note: "Status: provisional at first". */
static void read_status(const run *r, size_t column, char *status, up_buffer *note)
{
    const plan_column *c = &r->plan->columns[column];
    const char *text = up_frame_cell(r->frame, r->row, column);
    const char *label = r->plan->is_sdmx ? strstr(text, ": ") : NULL;
    char code = c->metadata != NULL && c->metadata->role == UP_ROLE_STATUS
                    ? up_metadata_status(c->metadata, text)
                    : '\0';
    if (text[0] == '\0')
        return;
    if (code == '\0' && label != NULL && label - text <= 2)
        code = up_entry_status((char[]){text[0], '\0'});
    if (code == '\0')
        code = up_entry_status(text);
    if (code != '\0') {
        *status = code;
        return;
    }
    up_buffer_add(note, note->length > 0 ? "; " : "");
    const char *header = up_plan_header(r->plan, column);
    up_buffer_addf(note, "%s%s%s", header, header[0] != '\0' ? ": " : "", text);
}

static bool is_about(const plan_column *c, size_t value)
{
    return c->of == SIZE_MAX || c->of == value;
}

static up_status add_note(run *r, size_t metric, size_t column, up_batch_about *about,
                          const up_buffer *note, up_error *err)
{
    const char *text = column != SIZE_MAX ? up_frame_cell(r->frame, r->row, column) : "";
    up_status status = up_buffer_check(note, err);
    if (status != UP_OK || (note->length == 0 && text[0] == '\0'))
        return status;
    if (note->length == 0)
        return attribute(r, metric, column, text, &about->note, err);
    up_buffer both = {0};
    up_buffer_addf(&both, "%s%s%s", text, text[0] != '\0' ? "; " : "",
                   up_buffer_text(note));
    status = up_buffer_check(&both, err);
    if (status == UP_OK)
        status = constant(r, metric, both.data, &about->note, err);
    up_buffer_release(&both);
    return status;
}

/* The columns that say more of a figure, each into its place. */
static up_status read_about(run *r, size_t metric, size_t value, up_batch_about *about,
                            up_error *err)
{
    up_buffer note = {0};
    size_t note_column = SIZE_MAX, at = SIZE_MAX;
    up_status status = UP_OK;
    for (size_t i = 0; i < r->plan->count && status == UP_OK; i++) {
        const plan_column *c = &r->plan->columns[i];
        const char *text = up_frame_cell(r->frame, r->row, i);
        at = i;
        if (!is_about(c, value) || text[0] == '\0')
            continue;
        if (c->role == UP_IMPORT_REPORTED)
            status = read_reported(r, i, &about->reported, err);
        else if (c->role == UP_IMPORT_SOURCE)
            status = attribute(r, metric, i, text, &about->source, err);
        else if (c->role == UP_IMPORT_QUOTE)
            status = attribute(r, metric, i, text, &about->quote, err);
        else if (c->role == UP_IMPORT_STATED)
            status = attribute(r, metric, i, text, &about->stated, err);
        else if (c->role == UP_IMPORT_QUALIFIER)
            status = up_qualifier_parse(text, &about->qualifier, err);
        else if (c->role == UP_IMPORT_STATUS)
            read_status(r, i, &about->status, &note);
        else if (c->role == UP_IMPORT_NOTE && note_column == SIZE_MAX)
            note_column = i;
        else if (c->role == UP_IMPORT_NOTE)
            up_buffer_addf(&note, "%s%s: %s", note.length > 0 ? "; " : "",
                           up_plan_header(r->plan, i), text);
    }
    if (status == UP_OK)
        status = add_note(r, metric, note_column, about, &note, err);
    else if (status == UP_BAD_DATA && err != NULL)
        r->bad_column = at;
    up_buffer_release(&note);
    return status;
}

/* The digits that were written, where they are not those stored: 702511.5e8 under "亿元". */
static up_status state(run *r, size_t metric, size_t column, const up_entry *entry,
                       up_batch_about *about, up_error *err)
{
    char number[UP_DECIMAL_SIZE];
    const up_import_metric *m = &r->out->metrics[metric];
    int power = m->power + r->row_power;
    if (power == 0 || about->stated != 0)
        return UP_OK;
    up_buffer text = {0};
    up_decimal_format(entry->value, number);
    bool is_one = entry->kind == UP_ENTRY_NUMBER && !entry->has_low && !entry->has_high;
    up_buffer_addf(&text, "%se%d",
                   is_one ? number : up_frame_cell(r->frame, r->row, column), power);
    up_status status = up_buffer_check(&text, err);
    if (status == UP_OK)
        status = constant(r, metric, text.data, &about->stated, err);
    up_buffer_release(&text);
    return status;
}

up_status run_read_ends(run *r, size_t metric, size_t value, run_figure *figure,
                        up_error *err)
{
    static const up_import_role roles[] = {UP_IMPORT_LOW, UP_IMPORT_HIGH};
    char *const ends[] = {figure->low, figure->high};
    up_status status = UP_OK;
    for (size_t k = 0; k < 2 && status == UP_OK; k++) {
        size_t column = up_plan_next(r->plan, roles[k], 0);
        run_figure end;
        if (column == SIZE_MAX || !is_about(&r->plan->columns[column], value))
            continue;
        status = run_read_figure(r, column, metric, &end, err);
        if (status == UP_OK && !end.is_missing)
            strcpy(ends[k], end.text);
        else if (status == UP_BAD_DATA)
            r->bad_column = column;
    }
    return status;
}

static up_status about_figure(run *r, size_t metric, size_t column,
                              const run_figure *figure, up_batch_about *about,
                              up_error *err)
{
    const up_entry *e = &figure->entry;
    up_status status = UP_OK;
    if (figure->low[0] != '\0')
        status = constant(r, metric, figure->low, &about->low, err);
    if (status == UP_OK && figure->high[0] != '\0')
        status = constant(r, metric, figure->high, &about->high, err);
    if (status == UP_OK && !figure->is_plain)
        status = state(r, metric, column, e, about, err);
    if (e->qualifier != UP_EXACTLY)
        about->qualifier = e->qualifier;
    if (e->status != 0)
        about->status = e->status;
    if (status == UP_OK && (e->status == 0 || e->status == 'M') && e->mark[0] != '\0' &&
        about->note == 0)
        status = constant(r, metric, e->mark, &about->note, err);
    return status;
}

up_status run_number_about(run *r, size_t metric, size_t column, const run_figure *figure,
                           uint32_t *id, up_error *err)
{
    run_metric *m = &r->metrics[metric];
    up_batch *batch = &r->out->metrics[metric].batch;
    bool plain = figure->is_plain && r->plain_rows;
    up_batch_about about;
    if (plain && m->plain_about > 0) {
        *id = m->plain_about - 1;
        return UP_OK;
    }
    up_status status = constants_of(r, metric, &about, err);
    if (status == UP_OK && !plain)
        status = read_about(r, metric, column, &about, err);
    if (status == UP_OK && !plain)
        status = about_figure(r, metric, column, figure, &about, err);
    if (status == UP_OK)
        status = up_batch_about_id(batch, &about, id, err);
    if (status == UP_OK && plain)
        m->plain_about = *id + 1;
    return status;
}
