/* The layouts that are recognised: who publishes which columns. One row each. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "import/plan.h"
#include "import/slug.h"
#include "uptick/calendar.h"

const char *const up_import_layouts[] = {"auto", "long", "wide", "sdmx", NULL};

/* A column that a layout knows; `needed` ones make it recognised. */
typedef struct known_column {
    const char *header;
    up_import_role role;
    bool needed;
} known_column;

typedef struct layout {
    const char *option; /* of --layout */
    const char *title;
    const known_column *columns;
    bool (*fits)(import_plan *plan); /* NULL: by the columns alone */
    up_status (*prepare)(import_plan *plan, up_error *err); /* NULL: nothing more */
} layout;

static size_t find_header(const import_plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->count; i++)
        if (strcasecmp(up_plan_header(plan, i), name) == 0)
            return i;
    return SIZE_MAX;
}

/* --- Periods in the header ------------------------------------------------------------------ */

static const char *const month_names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                          "jul", "aug", "sep", "oct", "nov", "dec"};

/* "JAN", "january", "Q3": 1 to 12 or 1 to 4, with what it is. */
static int part_of_header(const char *header, import_part *part)
{
    size_t length = strlen(header);
    for (int m = 0; m < 12 && length >= 3 && length <= 9; m++)
        if (strncasecmp(header, month_names[m], 3) == 0) {
            up_period month;
            char text[24] = "2000 ";
            strcat(text, header);
            *part = PART_MONTH;
            bool whole = length == 3 ||
                         up_period_parse(text, NULL, &month, NULL) == UP_OK ||
                         (strcpy(text, header), strcat(text, " 2000"),
                          up_period_parse(text, NULL, &month, NULL) == UP_OK);
            return whole ? m + 1 : 0;
        }
    if (length == 2 && (header[0] == 'Q' || header[0] == 'q') && header[1] >= '1' &&
        header[1] <= '4') {
        *part = PART_QUARTER;
        return header[1] - '0';
    }
    return 0;
}

/* "1960", "2024年", "Jan 2020", "1960 [YR1960]"; a small number is no year. */
static bool period_of_header(const import_plan *plan, const char *header,
                             up_period *period)
{
    char text[48];
    size_t length = strcspn(header, "[");
    if (header[length] != '[' || length < 4)
        length = strlen(header);
    while (length > 0 && header[length - 1] == ' ')
        length--;
    if (length < 4 || length >= sizeof text)
        return false;
    memcpy(text, header, length);
    text[length] = '\0';
    up_period_options options = {.date_order = plan->request->date_format != NULL
                                                   ? plan->request->date_format[0]
                                                   : '\0'};
    return up_period_parse(text, &options, period, NULL) == UP_OK &&
           up_period_is_bounded(period) && period->shape != UP_ONE_OF;
}

static size_t mark_header_periods(import_plan *plan)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++) {
        plan_column *c = &plan->columns[i];
        if (c->role != UP_IMPORT_NONE && c->role != UP_IMPORT_VALUE)
            continue;
        /* Words alone below the first header are names; elsewhere they are bad figures. */
        bool may = c->words == 0 || c->numbers > 0 || i > 0;
        c->has_period =
            may && period_of_header(plan, up_plan_header(plan, i), &c->period);
        count += c->has_period;
    }
    return count;
}

static void unmark_header_periods(import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        plan->columns[i].has_period = false;
}

static void take_header_periods(import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].has_period)
            up_plan_set(plan, i, UP_IMPORT_VALUE, "its header is a period");
}

/* A year a row, a month (or a quarter) a column. */
static bool is_matrix(import_plan *plan)
{
    size_t parts[PART_DAY + 1] = {0};
    for (size_t i = 0; i < plan->count; i++) {
        plan_column *c = &plan->columns[i];
        import_part part = PART_WHOLE;
        c->part_number =
            c->words == 0 ? part_of_header(up_plan_header(plan, i), &part) : 0;
        c->header_part = c->part_number > 0 ? part : PART_WHOLE;
        parts[c->header_part] += c->part_number > 0;
    }
    if (parts[PART_MONTH] == 12 || parts[PART_QUARTER] == 4)
        return true;
    for (size_t i = 0; i < plan->count; i++)
        plan->columns[i].part_number = 0;
    return false;
}

static void take_matrix(import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].part_number > 0 && plan->columns[i].role == UP_IMPORT_NONE) {
            up_plan_set(plan, i, UP_IMPORT_VALUE, "its header is a part of the year");
            plan->columns[i].is_nameless = true;
        }
}

/* --- World Bank ------------------------------------------------------------------------------ */

static const known_column world_bank[] = {{"Country Name", UP_IMPORT_ENTITY, true},
                                          {"Country Code", UP_IMPORT_CODE, true},
                                          {"Indicator Name", UP_IMPORT_METRIC, true},
                                          {"Indicator Code", UP_IMPORT_IGNORED, true},
                                          {NULL, UP_IMPORT_NONE, false}};
static const known_column world_bank_bank[] = {{"Country Name", UP_IMPORT_ENTITY, true},
                                               {"Country Code", UP_IMPORT_CODE, true},
                                               {"Series Name", UP_IMPORT_METRIC, true},
                                               {"Series Code", UP_IMPORT_IGNORED, true},
                                               {NULL, UP_IMPORT_NONE, false}};

/* The rest of a note that begins with these words; NULL: no note does. */
static const char *note_after(const import_plan *plan, const char *words)
{
    for (size_t i = 0; i < plan->frame->note_count; i++) {
        const char *text = plan->frame->notes[i].text;
        if (strncasecmp(text, words, strlen(words)) == 0)
            return text + strlen(words) + strspn(text + strlen(words), " :");
    }
    return NULL;
}

/* "Last Updated Date 2018-01-25": the day of the edition. */
static void take_edition(import_plan *plan, const char *text)
{
    up_period day;
    if (text == NULL || plan->has_reported ||
        up_period_parse(text, NULL, &day, NULL) != UP_OK || day.granularity != UP_DAY ||
        day.shape != UP_PLAIN)
        return;
    plan->reported = day.start / UP_SECONDS_PER_DAY;
    plan->has_reported = true;
}

static up_status prepare_world_bank(import_plan *plan, up_error *err)
{
    const char *source = note_after(plan, "Data Source");
    up_status status = UP_OK;
    take_edition(plan, note_after(plan, "Last Updated Date"));
    if (source != NULL && source[0] != '\0') {
        up_buffer title = {0};
        up_buffer_addf(&title, "World Bank, %s", source);
        status = up_buffer_check(&title, err);
        if (status == UP_OK)
            status = up_replace_text(&plan->source_title, title.data, err);
        up_buffer_release(&title);
    }
    mark_header_periods(plan);
    take_header_periods(plan);
    return status;
}

/* --- Our World in Data, Epoch AI, FRED ----------------------------------------------------------- */

static const known_column owid_year[] = {{"Entity", UP_IMPORT_ENTITY, true},
                                         {"Code", UP_IMPORT_CODE, false},
                                         {"Year", UP_IMPORT_PERIOD, true},
                                         {NULL, UP_IMPORT_NONE, false}};
static const known_column owid_day[] = {{"Entity", UP_IMPORT_ENTITY, true},
                                        {"Code", UP_IMPORT_CODE, false},
                                        {"Day", UP_IMPORT_PERIOD, true},
                                        {NULL, UP_IMPORT_NONE, false}};
static const known_column epoch_usage[] = {
    {"Company", UP_IMPORT_ENTITY, true},
    {"Product", UP_IMPORT_ENTITY, true},
    {"Active users", UP_IMPORT_VALUE, true},
    {"Active users time period", UP_IMPORT_METRIC, true},
    {"Daily tokens", UP_IMPORT_VALUE, true},
    {"Daily messages", UP_IMPORT_VALUE, false},
    {"Date", UP_IMPORT_PERIOD, true},
    {"Report date", UP_IMPORT_REPORTED, true},
    {"Source 1", UP_IMPORT_SOURCE, false},
    {"Notes", UP_IMPORT_NOTE, false},
    {"Id", UP_IMPORT_IGNORED, false},
    {"Source 2", UP_IMPORT_IGNORED, false},
    {"Graph note", UP_IMPORT_IGNORED, false},
    {"Source type", UP_IMPORT_IGNORED, false},
    {"Confidence", UP_IMPORT_IGNORED, false},
    {"Exclude from graph view", UP_IMPORT_IGNORED, false},
    {NULL, UP_IMPORT_NONE, false}};

/* DATE (or observation_date) and series IDs in capitals. */
static bool is_fred(import_plan *plan)
{
    const char *date = plan->count > 1 ? up_plan_header(plan, 0) : "";
    if (strcmp(date, "DATE") != 0 && strcmp(date, "observation_date") != 0)
        return false;
    for (size_t i = 1; i < plan->count; i++) {
        const char *id = up_plan_header(plan, i);
        if (id[0] == '\0' ||
            strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != strlen(id))
            return false;
    }
    return true;
}

static up_status prepare_fred(import_plan *plan, up_error *err)
{
    if (plan->columns[0].role == UP_IMPORT_NONE)
        up_plan_set(plan, 0, UP_IMPORT_PERIOD, "by the layout");
    up_buffer title = {0};
    up_buffer_add(&title, "FRED, Federal Reserve Bank of St. Louis");
    up_status status = up_buffer_check(&title, err);
    if (status == UP_OK)
        status = up_replace_text(&plan->source_title, title.data, err);
    up_buffer_release(&title);
    return status;
}

/* --- uptick ------------------------------------------------------------------------------------ */

static const known_column exported[] = {
    {"metric", UP_IMPORT_METRIC, true},       {"entity", UP_IMPORT_ENTITY, true},
    {"period", UP_IMPORT_PERIOD, true},       {"value", UP_IMPORT_VALUE, true},
    {"qualifier", UP_IMPORT_QUALIFIER, true}, {"low", UP_IMPORT_LOW, true},
    {"high", UP_IMPORT_HIGH, true},           {"stated", UP_IMPORT_STATED, true},
    {"status", UP_IMPORT_STATUS, true},       {"reported", UP_IMPORT_REPORTED, true},
    {"source", UP_IMPORT_SOURCE, true},       {"quote", UP_IMPORT_QUOTE, true},
    {"note", UP_IMPORT_NOTE, true},           {NULL, UP_IMPORT_NONE, false}};

/* What stands there was read before: it is taken as it stands, blank cells too. */
static up_status prepare_own(import_plan *plan, up_error *err)
{
    (void)err;
    plan->is_own = true;
    return UP_OK;
}

/* --- SDMX-CSV ---------------------------------------------------------------------------------- */

/* "OBS_VALUE: Observation value" is the column OBS_VALUE. */
static bool header_is(const import_plan *plan, size_t column, const char *id)
{
    const char *header = up_plan_header(plan, column);
    size_t length = strcspn(header, ":[");
    return length == strlen(id) && strncasecmp(header, id, length) == 0;
}

static bool header_begins(const import_plan *plan, size_t column, const char *id)
{
    return strncasecmp(up_plan_header(plan, column), id, strlen(id)) == 0;
}

static bool is_sdmx(import_plan *plan)
{
    bool structure = plan->count > 1 && header_is(plan, 0, "STRUCTURE") &&
                     header_is(plan, 1, "STRUCTURE_ID");
    bool dataflow = plan->count > 0 && header_is(plan, 0, "DATAFLOW");
    bool time = false, value = false;
    for (size_t i = 0; i < plan->count; i++) {
        time |= header_is(plan, i, "TIME_PERIOD");
        value |= header_is(plan, i, "OBS_VALUE");
    }
    return structure || (dataflow && value) || (time && value);
}

static const known_column sdmx_columns[] = {{"STRUCTURE", UP_IMPORT_IGNORED, false},
                                            {"STRUCTURE_NAME", UP_IMPORT_IGNORED, false},
                                            {"SERIES_KEY", UP_IMPORT_IGNORED, false},
                                            {"OBS_KEY", UP_IMPORT_IGNORED, false},
                                            {"ACTION", UP_IMPORT_ACTION, false},
                                            {"LAST UPDATE", UP_IMPORT_REPORTED, false},
                                            {"TIME_PERIOD", UP_IMPORT_PERIOD, false},
                                            {"UNIT_MULT", UP_IMPORT_MULTIPLIER, false},
                                            {"OBS_STATUS", UP_IMPORT_STATUS, false},
                                            {"OBS_FLAG", UP_IMPORT_STATUS, false},
                                            {"DECIMALS", UP_IMPORT_IGNORED, false},
                                            {"UNIT_MEASURE", UP_IMPORT_UNIT, false},
                                            {"OBS_COMMENT", UP_IMPORT_NOTE, false},
                                            {"COMMENT_OBS", UP_IMPORT_NOTE, false},
                                            {"UNIT", UP_IMPORT_UNIT, false},
                                            {"CONF_STATUS", UP_IMPORT_IGNORED, false},
                                            {NULL, UP_IMPORT_NONE, false}};

static size_t first_measure(const import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (header_begins(plan, i, "OBS_VALUE"))
            return i;
    return SIZE_MAX;
}

/* Whether one of the texts of a SERIES_KEY, joined by points, is the cell of this column. */
static bool is_in_key(const import_plan *plan, size_t key, size_t column)
{
    if (plan->frame->rows == 0)
        return false;
    const char *at = up_frame_cell(plan->frame, 0, key);
    const char *cell = up_frame_cell(plan->frame, 0, column);
    size_t length = strlen(cell);
    while (length > 0 && *at != '\0') {
        size_t part = strcspn(at, ".");
        if (part == length && strncmp(at, cell, part) == 0)
            return true;
        at += part + (at[part] == '.');
    }
    return false;
}

/* Dimensions stand before the first measure, or in the series key; the one that holds dates is
 * the time. What is left is an attribute. Dimensions that are the same in every row belong to
 * the key too: the next file of the same table may hold others. */
static void take_dimensions(import_plan *plan)
{
    size_t measure = first_measure(plan), key = SIZE_MAX;
    for (size_t i = 0; i < plan->count; i++)
        if (header_is(plan, i, "SERIES_KEY"))
            key = i;
    bool has_time = up_plan_count(plan, UP_IMPORT_PERIOD) > 0;
    bool chosen = plan->request->given[UP_IMPORT_ENTITY] != NULL;
    for (size_t i = 0; i < plan->count; i++) {
        plan_column *c = &plan->columns[i];
        if (c->role != UP_IMPORT_NONE)
            continue;
        bool dated = c->dates > 0 && c->dates + c->missing == c->sampled && c->words > 0;
        bool dimension = key != SIZE_MAX ? is_in_key(plan, key, i) : i < measure;
        if (!has_time && dated) {
            up_plan_set(plan, i, UP_IMPORT_PERIOD, "the dimension that holds dates");
            has_time = true;
        } else if (!dimension)
            up_plan_set(plan, i, UP_IMPORT_IGNORED, "an attribute");
        else if (header_is(plan, i, "FREQ") && !c->varies)
            up_plan_set(plan, i, UP_IMPORT_IGNORED, "the periods tell it");
        else if (!chosen)
            up_plan_set(plan, i, UP_IMPORT_ENTITY, "a dimension");
    }
}

/* "ESTAT:ILC_LVPS08(1.0)" → "ilc-lvps08" */
static up_status name_by_structure(import_plan *plan, size_t column, up_error *err)
{
    const char *whole =
        plan->frame->rows > 0 ? up_frame_cell(plan->frame, 0, column) : "";
    const char *id = whole;
    const char *colon = strchr(id, ':'), *label = NULL;
    char *text = NULL;
    if (colon != NULL && colon[1] != ' ')
        id = colon + 1;
    label = strstr(id, ": ");
    up_buffer slug = {0};
    up_status status = up_copy_bytes(id, strcspn(id, "(:"), &text, err);
    if (status == UP_OK && up_slug_add(&slug, text))
        status = up_replace_text(&plan->name, slug.data, err);
    if (status == UP_OK)
        status = up_replace_text(&plan->title, label != NULL ? label + 2 : text, err);
    if (status == UP_OK)
        status = up_replace_text(&plan->source_title, whole, err);
    up_buffer_release(&slug);
    free(text);
    return status;
}

static up_status take_structure(import_plan *plan, up_error *err)
{
    static const char *const names[] = {"STRUCTURE_ID", "DATAFLOW"};
    for (size_t i = 0; i < plan->count; i++)
        for (size_t n = 0; n < 2; n++) {
            if (!header_is(plan, i, names[n]) || plan->columns[i].role != UP_IMPORT_NONE)
                continue;
            if (plan->columns[i].varies) {
                up_plan_set(plan, i, UP_IMPORT_METRIC, "by the layout");
                plan->has_structures = true;
                continue;
            }
            up_plan_set(plan, i, UP_IMPORT_IGNORED, "it names the metric");
            up_status status = name_by_structure(plan, i, err);
            if (status != UP_OK)
                return status;
        }
    return UP_OK;
}

static up_status prepare_sdmx(import_plan *plan, up_error *err)
{
    plan->is_sdmx = true;
    for (size_t i = 0; i < plan->count; i++) {
        plan_column *c = &plan->columns[i];
        for (const known_column *k = sdmx_columns; k->header != NULL; k++)
            if (c->role == UP_IMPORT_NONE && header_is(plan, i, k->header))
                up_plan_set(plan, i, k->role, "by the layout");
        if (c->role == UP_IMPORT_NONE && header_begins(plan, i, "OBS_VALUE"))
            up_plan_set(plan, i, UP_IMPORT_VALUE, "by the layout");
        c->is_nameless |= header_is(plan, i, "OBS_VALUE");
    }
    up_status status = take_structure(plan, err);
    if (status == UP_OK && first_measure(plan) == SIZE_MAX)
        return up_error_at(
            err, UP_TOO_LITTLE_DATA, plan->request->source, plan->frame->header_line,
            "no measure (OBS_VALUE): the file holds attributes only, and no "
            "observation");
    take_dimensions(plan);
    return status;
}

/* --- By period, in general ----------------------------------------------------------------------- */

static bool is_wide(import_plan *plan)
{
    size_t periods = mark_header_periods(plan), numbers = 0;
    bool given = up_plan_count(plan, UP_IMPORT_PERIOD) > 0 ||
                 plan->constants[UP_IMPORT_PERIOD] != NULL;
    for (size_t i = 0; i < plan->count; i++)
        numbers += plan->columns[i].words == 0 && plan->columns[i].numbers > 0 &&
                   !plan->columns[i].has_period;
    bool asked =
        plan->request->layout != NULL && strcmp(plan->request->layout, "wide") == 0;
    if (!given && (periods >= 2 ? periods > numbers : asked && periods == 1))
        return true;
    unmark_header_periods(plan);
    return false;
}

static up_status prepare_wide(import_plan *plan, up_error *err)
{
    (void)err;
    take_header_periods(plan);
    return UP_OK;
}

static up_status prepare_matrix(import_plan *plan, up_error *err)
{
    (void)err;
    take_matrix(plan);
    return UP_OK;
}

/* The order is that of asking. */
static const layout layouts[] = {
    {"long", "exported by uptick: a figure a row", exported, NULL, prepare_own},
    {"sdmx", "SDMX-CSV", NULL, is_sdmx, prepare_sdmx},
    {"wide", "World Bank: a country a row, a year a column", world_bank, NULL,
     prepare_world_bank},
    {"wide", "World Bank DataBank: a country a row, a year a column", world_bank_bank,
     NULL, prepare_world_bank},
    {"long", "Epoch AI, reports of usage: a report a row", epoch_usage, NULL, NULL},
    {"long", "FRED: a date a row, a series a column", NULL, is_fred, prepare_fred},
    {"long", "Our World in Data: an entity and year a row, a metric a column", owid_year,
     NULL, NULL},
    {"long", "Our World in Data: an entity and day a row, a metric a column", owid_day,
     NULL, NULL},
    {"wide", "a year a row, a part of the year a column", NULL, is_matrix,
     prepare_matrix},
    {"wide", "a series a row, a period a column", NULL, is_wide, prepare_wide},
};

static bool has_needed(const import_plan *plan, const known_column *columns)
{
    for (; columns->header != NULL; columns++)
        if (columns->needed && find_header(plan, columns->header) == SIZE_MAX)
            return false;
    return true;
}

static bool is_asked(const import_plan *plan, const layout *l)
{
    const char *asked = plan->request->layout;
    return asked == NULL || strcmp(asked, "auto") == 0 || strcmp(asked, l->option) == 0;
}

static bool fits(import_plan *plan, const layout *l)
{
    if (plan->frame->dialect.headers == 0 || !is_asked(plan, l))
        return false;
    return l->columns != NULL ? has_needed(plan, l->columns) : l->fits(plan);
}

static up_status check_option(const import_plan *plan, up_error *err)
{
    const char *asked = plan->request->layout;
    for (size_t i = 0; asked != NULL && up_import_layouts[i] != NULL; i++)
        if (strcmp(asked, up_import_layouts[i]) == 0)
            return UP_OK;
    return asked == NULL
               ? UP_OK
               : up_error_set(err, UP_USAGE,
                              "--layout '%s' is not auto, long, wide or sdmx", asked);
}

static up_status apply(import_plan *plan, const layout *l, up_error *err)
{
    plan->layout = l->title;
    for (const known_column *k = l->columns; k != NULL && k->header != NULL; k++) {
        size_t column = find_header(plan, k->header);
        if (column != SIZE_MAX && plan->columns[column].role == UP_IMPORT_NONE)
            up_plan_set(plan, column, k->role, "by the layout");
    }
    return l->prepare != NULL ? l->prepare(plan, err) : UP_OK;
}

up_status up_plan_recognise(import_plan *plan, up_error *err)
{
    up_status status = check_option(plan, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++)
        if (fits(plan, &layouts[i]))
            return apply(plan, &layouts[i], err);
    const char *asked = plan->request->layout;
    if (asked != NULL && (strcmp(asked, "wide") == 0 || strcmp(asked, "sdmx") == 0))
        return up_error_at(err, UP_BAD_DATA, plan->request->source,
                           plan->frame->header_line,
                           strcmp(asked, "wide") == 0
                               ? "no header is a period (--layout wide)"
                               : "neither TIME_PERIOD and OBS_VALUE nor STRUCTURE and "
                                 "STRUCTURE_ID stand in the header (--layout sdmx)");
    plan->layout = "a row a period (and entity), figures in columns";
    return UP_OK;
}
