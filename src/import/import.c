/* The way of a file: bytes, text, columns, plan, figures. */
#include "uptick/import.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/plan.h"
#include "import/slug.h"
#include "uptick/decode.h"

/* --- Names for what has none in the file -------------------------------------------------------- */

/* "data/API_x.csv.gz" → "API_x"; standard input has no name. */
static up_status stem_of(const char *path, char **stem, up_error *err)
{
    static const char *const endings[] = {".gz", ".csv", ".tsv", ".txt", ".tab", ".ssv"};
    const char *slash = path != NULL ? strrchr(path, '/') : NULL;
    const char *name = path == NULL ? "" : slash != NULL ? slash + 1 : path;
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t tail = strlen(endings[i]);
        if (length > tail && strncmp(name + length - tail, endings[i], tail) == 0)
            length -= tail;
    }
    return up_copy_bytes(name, length, stem, err);
}

static up_status name_figures(import_plan *plan, up_error *err)
{
    const up_metadata_table *t = plan->table;
    char *stem = NULL;
    up_buffer slug = {0};
    up_status status = stem_of(plan->request->path, &stem, err);
    const char *const titles[] = {t != NULL ? t->title : "", plan->package_title,
                                  t != NULL ? t->name : "", stem};
    const char *const names[] = {t != NULL ? t->name : "", stem, "figures"};
    for (size_t i = 0; i < 4 && status == UP_OK && plan->title[0] == '\0'; i++)
        status = up_replace_text(&plan->title, titles[i], err);
    for (size_t i = 0; i < 3 && status == UP_OK && slug.length == 0; i++)
        up_slug_add(&slug, names[i]);
    if (status == UP_OK)
        status = up_buffer_check(&slug, err);
    if (status == UP_OK && plan->name[0] == '\0')
        status = up_replace_text(&plan->name, up_buffer_text(&slug), err);
    up_buffer_release(&slug);
    free(stem);
    return status;
}

/* --- The source ------------------------------------------------------------------------------------- */

static bool is_source_key(const up_tracker *tracker, const char *text)
{
    return up_tracker_source(tracker, text) != NULL;
}

static up_status set_source(up_import *import, const char *key, const char *title,
                            const char *url, up_error *err)
{
    up_status status = up_replace_text(&import->source.key, key, err);
    if (status == UP_OK)
        status = up_replace_text(&import->source.title, title, err);
    return status == UP_OK ? up_replace_text(&import->source.url, url, err) : status;
}

/* Given: a key or a citation as it stands. Else what the metadata or the file name, under a key
 * made of it; else the file itself, as a citation. */
static up_status find_source(const import_plan *plan, up_import *import, up_error *err)
{
    const char *given = plan->constants[UP_IMPORT_SOURCE];
    const up_metadata_reference *stated =
        plan->table != NULL && plan->table->source_count > 0 ? &plan->table->sources[0]
                                                             : NULL;
    const char *title = plan->source_title, *url = plan->source_url;
    if (given != NULL || plan->is_own)
        return set_source(import, given != NULL ? given : "", "", "", err);
    if (title[0] == '\0' && stated != NULL) {
        title = stated->title[0] != '\0' ? stated->title : stated->name;
        url = stated->url;
    }
    up_buffer key = {0};
    if (title[0] != '\0' && up_slug_add(&key, title) && key.length <= 60) {
        up_status status = up_buffer_check(&key, err);
        if (status == UP_OK)
            status = set_source(
                import, key.data,
                is_source_key(plan->request->tracker, key.data) ? "" : title, url, err);
        up_buffer_release(&key);
        return status;
    }
    up_buffer_release(&key);
    char *stem = NULL;
    up_buffer citation = {0};
    const char *path = plan->request->path,
               *slash = path != NULL ? strrchr(path, '/') : NULL;
    const char *name = path == NULL ? "" : slash != NULL ? slash + 1 : path;
    if (title[0] != '\0')
        up_buffer_add(&citation, title);
    else if (name[0] != '\0')
        up_buffer_addf(&citation, "file %s", name);
    up_status status = up_buffer_check(&citation, err);
    if (status == UP_OK)
        status = set_source(import, up_buffer_text(&citation), "", "", err);
    up_buffer_release(&citation);
    free(stem);
    return status;
}

static up_status find_licence(const import_plan *plan, up_import *import, up_error *err)
{
    static const up_metadata_reference none = {"", "", "", ""};
    const up_metadata_table *t = plan->table;
    const up_metadata_reference *l =
        t != NULL && t->licence_count > 0 ? t->licences : &none;
    up_status status = up_copy_text(l->name, &import->licence_name, err);
    if (status == UP_OK)
        status = up_copy_text(l->url, &import->licence_path, err);
    return status == UP_OK ? up_copy_text(l->title, &import->licence_title, err) : status;
}

/* --- Reading ------------------------------------------------------------------------------------------ */

static up_status read_metadata(const up_import_request *request, up_metadata *metadata,
                               up_remarks *remarks, up_error *err)
{
    bool none = request->metadata != NULL && request->metadata[0] == '\0';
    if (none || request->path == NULL)
        return UP_OK;
    return up_metadata_find(request->path, request->metadata, metadata, remarks, err);
}

/* What the user says goes over what the metadata say. */
static up_dialect dialect_of(const up_import_request *request,
                             const up_metadata_table *table)
{
    up_dialect d = request->dialect;
    if (table == NULL)
        return d;
    const up_dialect *stated = &table->dialect;
    d.delimiter = d.delimiter != '\0' ? d.delimiter : stated->delimiter;
    d.quote = d.quote != '\0' ? d.quote : stated->quote;
    d.comment = d.comment != '\0' ? d.comment : stated->comment;
    d.skip_initial_space |= stated->skip_initial_space;
    if (!d.has_preamble) {
        d.has_preamble = stated->has_preamble;
        d.preamble = stated->preamble;
    }
    if (!d.has_headers) {
        d.has_headers = stated->has_headers;
        d.headers = stated->headers;
    }
    return d;
}

static up_status match_metadata(import_plan *plan, up_error *err)
{
    const up_metadata_column **said = NULL;
    const char **headers = NULL;
    size_t *origins = NULL;
    if (plan->table == NULL)
        return UP_OK;
    up_status status = up_alloc(plan->count, sizeof *said, &said, err);
    if (status == UP_OK)
        status = up_alloc(plan->count, sizeof *headers, &headers, err);
    if (status == UP_OK)
        status = up_alloc(plan->count, sizeof *origins, &origins, err);
    for (size_t i = 0; i < plan->count && status == UP_OK; i++) {
        headers[i] = up_plan_header(plan, i);
        origins[i] = plan->frame->column[i].origin;
    }
    if (status == UP_OK)
        up_metadata_match(plan->table, headers, origins, plan->count,
                          plan->request->source, said, plan->remarks);
    for (size_t i = 0; i < plan->count && status == UP_OK; i++) {
        plan->columns[i].metadata = said[i];
        if (said[i] == NULL || said[i]->missing == NULL)
            continue;
        plan->columns[i].style.missing = (const char *const *)said[i]->missing;
        plan->columns[i].style.only_missing = false;
    }
    free(said);
    free(headers);
    free(origins);
    return status;
}

/* The units row below the names: "degC", "mm". */
static void take_unit_row(import_plan *plan)
{
    for (size_t i = 0; i < plan->count && plan->frame->dialect.headers > 1; i++)
        up_label_parse_unit(
            up_frame_header(plan->frame, plan->frame->dialect.headers - 1, i),
            &plan->columns[i].label);
}

static up_status make_plan(const up_import_request *request, const up_frame *frame,
                           const up_metadata *metadata, const up_metadata_table *table,
                           up_remarks *remarks, import_plan *plan, up_error *err)
{
    bool alone = table != NULL && metadata->table_count == 1;
    *plan = (import_plan){.request = request,
                          .frame = frame,
                          .table = table,
                          .remarks = remarks,
                          .count = frame->columns,
                          .row_part = SIZE_MAX,
                          .package_title = alone ? metadata->title : "",
                          .reported = UP_REPORTED_ALWAYS};
    char **const texts[] = {&plan->name, &plan->title, &plan->source_title,
                            &plan->source_url};
    up_status status =
        up_alloc(frame->columns, sizeof *plan->columns, &plan->columns, err);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && status == UP_OK; i++)
        status = up_copy_text("", texts[i], err);
    for (size_t i = 0; i < plan->count && status == UP_OK; i++) {
        plan->columns[i].of = plan->columns[i].status_column = SIZE_MAX;
        plan->columns[i].why = "";
        plan->columns[i].style.missing = request->missing;
    }
    if (status == UP_OK)
        status = match_metadata(plan, err);
    if (status != UP_OK)
        return status;
    take_unit_row(plan);
    up_plan_sample(plan);
    status = up_plan_take_given(plan, err);
    if (status == UP_OK)
        status = up_plan_recognise(plan, err);
    if (status == UP_OK)
        status = up_plan_find_roles(plan, err);
    if (status == UP_OK)
        status = up_plan_find_styles(plan, err);
    return status == UP_OK ? name_figures(plan, err) : status;
}

static up_status describe_file(const up_decoded *text, const up_frame *frame,
                               up_import *import, up_error *err)
{
    static const struct {
        char delimiter;
        const char *name;
    } names[] = {{',', "commas"}, {';', "semicolons"}, {'\t', "tabs"}, {'|', "bars"}};
    const char *between = "single characters";
    up_buffer words = {0};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].delimiter == frame->dialect.delimiter)
            between = names[i].name;
    up_buffer_addf(&words, "%s%s%s, %s between fields", text->gzipped ? "gzip, " : "",
                   text->encoding, text->guessed ? " (a guess)" : "", between);
    if (frame->dialect.preamble > 0)
        up_buffer_addf(&words, ", %zu record%s above the header", frame->dialect.preamble,
                       frame->dialect.preamble == 1 ? "" : "s");
    if (frame->dialect.headers != 1)
        up_buffer_addf(&words, ", %zu header lines", frame->dialect.headers);
    if (frame->note_count > frame->preamble_notes)
        up_buffer_addf(&words, ", %zu line%s of notes below the table",
                       frame->note_count - frame->preamble_notes,
                       frame->note_count - frame->preamble_notes == 1 ? "" : "s");
    import->read = up_buffer_take(&words);
    return import->read != NULL ? UP_OK : up_error_memory(err);
}

static bool has_own_vintages(const import_plan *plan)
{
    size_t column = up_plan_next(plan, UP_IMPORT_REPORTED, 0);
    return column != SIZE_MAX && plan->columns[column].varies && !plan->has_reported;
}

static up_status read_frame(const up_import_request *request, const up_frame *frame,
                            const up_metadata *metadata, const up_metadata_table *table,
                            const char *data, up_import *import, up_remarks *remarks,
                            up_error *err)
{
    import_plan plan;
    up_status status = make_plan(request, frame, metadata, table, remarks, &plan, err);
    if (status == UP_OK)
        status = up_plan_describe(&plan, import, err);
    if (status == UP_OK)
        status = find_source(&plan, import, err);
    if (status == UP_OK)
        status = find_licence(&plan, import, err);
    if (status == UP_OK) {
        import->keep_vintages = plan.is_own || has_own_vintages(&plan);
        status = up_plan_carry_out(&plan, data, import, err);
    }
    up_plan_release(&plan);
    return status;
}

/* For rows that the store will not have. */
static void keep_text(up_import *import, up_decoded *text, up_frame *frame)
{
    import->text = text->data;
    import->lines = frame->lines;
    import->offsets = frame->offsets;
    text->data = NULL;
    frame->lines = NULL;
    frame->offsets = NULL;
}

void up_import_reject(up_import *import, size_t line)
{
    size_t low = 0, high = import->rows;
    while (low < high) { /* rows stand in the order of their lines */
        size_t middle = low + (high - low) / 2;
        if (import->lines[middle] < line)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == import->rows || import->lines[low] != line ||
        import->last_rejected == line)
        return;
    import->last_rejected = line;
    import->bad_rows++;
    up_buffer_add_bytes(&import->rejected, import->text + import->offsets[low],
                        (size_t)(import->offsets[low + 1] - import->offsets[low]));
}

up_status up_import_read(const up_import_request *request, char *bytes, size_t length,
                         up_import *import, up_remarks *remarks, up_error *err)
{
    up_metadata metadata = {0};
    up_decoded text = {0};
    up_frame frame = {0};
    up_import result = {0};
    up_status status = read_metadata(request, &metadata, remarks, err);
    const up_metadata_table *table = status == UP_OK && metadata.kind != UP_METADATA_NONE
                                         ? up_metadata_table_of(&metadata, request->path)
                                         : NULL;
    const char *encoding = request->encoding;
    if (encoding == NULL && table != NULL && table->encoding[0] != '\0')
        encoding = table->encoding;
    if (status != UP_OK)
        free(bytes);
    else
        status = up_decode(bytes, length, request->source, encoding, &text, err);
    up_dialect dialect = dialect_of(request, table);
    if (status == UP_OK)
        status = up_frame_read(text.data, text.length, request->source, &dialect, &frame,
                               remarks, err);
    if (status == UP_OK)
        status = describe_file(&text, &frame, &result, err);
    if (status == UP_OK && !request->keep_bad) { /* the bytes are not needed again */
        free(text.data);
        text.data = NULL;
    }
    if (status == UP_OK)
        status = read_frame(request, &frame, &metadata, table, text.data, &result,
                            remarks, err);
    if (status == UP_OK && request->keep_bad)
        keep_text(&result, &text, &frame);
    up_frame_release(&frame);
    up_decoded_release(&text);
    up_metadata_release(&metadata);
    if (status == UP_OK)
        *import = result;
    else
        up_import_release(&result);
    return status;
}

void up_import_release(up_import *import)
{
    if (import == NULL)
        return;
    for (size_t i = 0; i < import->column_count; i++) {
        free(import->columns[i].name);
        free(import->columns[i].meaning);
    }
    for (size_t i = 0; i < import->metric_count; i++) {
        up_import_metric *m = &import->metrics[i];
        up_metric_release(&m->metric);
        up_batch_release(&m->batch);
        free(m->label);
        free(m->entity_map);
        free(m->period_map);
    }
    for (size_t i = 0; i < import->entity_count; i++) {
        free(import->entities[i].name);
        free(import->entities[i].code);
    }
    free(import->text);
    free(import->lines);
    free(import->offsets);
    free(import->layout);
    free(import->read);
    free(import->columns);
    free(import->metrics);
    free(import->entities);
    free(import->licence_name);
    free(import->licence_path);
    free(import->licence_title);
    up_source_release(&import->source);
    up_buffer_release(&import->rejected);
    *import = (up_import){0};
}
