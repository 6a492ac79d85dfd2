/* What CSV on the Web says of a table, as the importer wants it. Beside the standard's
 * own words these are the vocabularies that descriptions are written in: Dublin Core,
 * schema.org, DCAT, and the RDF Data Cube, which tells measures, their units, periods and
 * statuses. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/csvw.h"
#include "import/json_reading.h"
#include "import/metadata_build.h"
#include "import/text_list.h"

enum { MOST_REFERENCES = 100, MOST_NOTES = 100, MOST_COMPONENTS = 1000, MOST_PARTS = 20 };

/* One meaning has several names; a list ends with NULL. */
static const char *const titles[] = {
    "dc:title",    "dct:title",       "dcterms:title", "http://purl.org/dc/terms/title",
    "schema:name", "schema:headline", "rdfs:label",    "skos:prefLabel",
    NULL};
static const char *const descriptions[] = {"dc:description",
                                           "dct:description",
                                           "dcterms:description",
                                           "schema:description",
                                           "skos:definition",
                                           "rdfs:comment",
                                           "http://purl.org/dc/terms/description",
                                           NULL};
static const char *const licences[] = {"dc:license",
                                       "dct:license",
                                       "dcterms:license",
                                       "schema:license",
                                       "dcat:license",
                                       "http://purl.org/dc/terms/license",
                                       NULL};
static const char *const sources[] = {
    "dc:source",         "dct:source",       "dcterms:source",
    "schema:isBasedOn",  "dc:publisher",     "dct:publisher",
    "dcterms:publisher", "schema:publisher", NULL};
static const char *const addresses[] = {"@id", "schema:url", "foaf:homepage",
                                        "dcat:accessURL", NULL};
static const char *const names[] = {"schema:name", "foaf:name", "dc:title",
                                    "rdfs:label",  "dct:title", NULL};
static const char *const units[] = {
    "schema:unitText",
    "schema:unitCode",
    "qudt:unit",
    "http://qudt.org/schema/qudt#unit",
    "http://qudt.org/schema/qudt/unit",
    "sdmx-attribute:unitMeasure",
    "http://purl.org/linked-data/sdmx/2009/attribute#unitMeasure",
    "http://def.seegrid.csiro.au/ontology/om/om-lite#uom",
    NULL};

/* Units of QUDT by the end of their address. */
static const struct {
    const char *end, *unit;
} unit_names[] = {
    {"DegreeCelsius", "°C"}, {"DegreeFahrenheit", "°F"},
    {"Kelvin", "K"},         {"Percent", "%"},
    {"Second", "seconds"},   {"SecondTime", "seconds"},
    {"Minute", "minutes"},   {"MinuteTime", "minutes"},
    {"Hour", "hours"},       {"Day", "days"},
    {"Week", "weeks"},       {"Month", "months"},
    {"Year", "years"},       {"Millimeter", "mm"},
    {"Centimeter", "cm"},    {"Meter", "m"},
    {"Kilometer", "km"},     {"Gram", "g"},
    {"Kilogram", "kg"},      {"MetricTon", "t"},
    {"Liter", "l"},          {"Pascal", "Pa"},
    {"Hectopascal", "hPa"},  {"Watt", "W"},
    {"Kilowatthour", "kWh"}, {"Joule", "J"},
    {"Number", ""},
};

typedef struct converting {
    json_reading r;
    const csvw_group *group;
} converting;

/* --- Common properties -------------------------------------------------------------- */

/* The text of a value: itself, its @value, that of the first of a list. */
static const char *text_of(const json_t *value)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    const json_t *inner = json_object_get(value, "@value");
    return json_string_value(inner != NULL ? inner : value);
}

static const json_t *get_first(const json_t *object, const char *const keys[])
{
    for (size_t i = 0; keys[i] != NULL; i++) {
        const json_t *value = json_object_get(object, keys[i]);
        if (value != NULL)
            return value;
    }
    return NULL;
}

static const char *get_first_text(const json_t *object, const char *const keys[])
{
    for (size_t i = 0; keys[i] != NULL; i++) {
        const char *text = text_of(json_object_get(object, keys[i]));
        if (text != NULL && text[0] != '\0')
            return text;
    }
    return NULL;
}

/* An address: {"@id": …}, or a text. */
static const char *address_of(const json_t *value)
{
    const char *id = json_string_value(json_object_get(value, "@id"));
    return id != NULL ? id : text_of(value);
}

static bool is_address(const char *text)
{
    return strstr(text, "://") != NULL;
}

static void add_reference(converting *c, const json_t *item, up_metadata_reference **list,
                          size_t *count)
{
    up_metadata_reference *reference;
    const char *address = NULL, *text = text_of(item);
    for (size_t i = 0; addresses[i] != NULL && address == NULL; i++)
        address = address_of(json_object_get(item, addresses[i]));
    if (address == NULL && text != NULL && is_address(text))
        address = text;
    const char *name = get_first_text(item, names);
    if (name == NULL && text != address)
        name = text;
    if ((name == NULL && address == NULL) || *count == MOST_REFERENCES ||
        up_reading_failed(&c->r))
        return;
    up_reading_keep(&c->r, up_metadata_add_reference(list, count, &reference, c->r.err));
    if (up_reading_failed(&c->r))
        return;
    up_reading_set_text(&c->r, &reference->title, name);
    up_reading_set_text(&c->r, &reference->url, address);
}

static void add_references(converting *c, const json_t *object, const char *const keys[],
                           up_metadata_reference **list, size_t *count)
{
    for (size_t i = 0; keys[i] != NULL; i++) {
        const json_t *value = json_object_get(object, keys[i]);
        size_t items = json_is_array(value) ? json_array_size(value) : value != NULL;
        for (size_t k = 0; k < items && k < MOST_REFERENCES; k++)
            add_reference(c, json_is_array(value) ? json_array_get(value, k) : value,
                          list, count);
    }
}

/* The table's own, else the group's, else those of the table's distributions. */
static void take_references(converting *c, const json_t *json, up_metadata_table *out)
{
    const json_t *distributions = json_object_get(json, "dcat:distribution");
    add_references(c, json, sources, &out->sources, &out->source_count);
    if (out->source_count == 0)
        add_references(c, c->group->root, sources, &out->sources, &out->source_count);
    add_references(c, json, licences, &out->licences, &out->licence_count);
    if (out->licence_count == 0)
        add_references(c, c->group->root, licences, &out->licences, &out->licence_count);
    for (size_t i = 0; i < json_array_size(distributions) && out->licence_count == 0; i++)
        add_references(c, json_array_get(distributions, i), licences, &out->licences,
                       &out->licence_count);
}

/* A note is a text, or an annotation with a body that has one. */
static const char *note_text(const json_t *note)
{
    static const char *const bodies[] = {"oa:hasBody", "schema:text",
                                         "http://www.w3.org/ns/oa#hasBody", NULL};
    static const char *const values[] = {"rdf:value", "schema:text", "rdfs:comment",
                                         "dc:description", NULL};
    const json_t *body = get_first(note, bodies);
    const char *text =
        json_is_object(body) ? get_first_text(body, values) : text_of(body);
    if (text == NULL)
        text = get_first_text(note, values);
    return text != NULL ? text : text_of(note);
}

static void take_notes(converting *c, const json_t *json, up_metadata_table *out)
{
    const json_t *notes = json_object_get(json, "notes");
    for (size_t i = 0;
         i < json_array_size(notes) && i < MOST_NOTES && !up_reading_failed(&c->r); i++) {
        const char *text = note_text(json_array_get(notes, i));
        if (text != NULL && text[0] != '\0')
            up_reading_add_text(&c->r, &out->notes, text);
    }
}

/* --- The Data Cube ------------------------------------------------------------------ */

/* The measure, dimension or attribute (`part`) of the table's structure with that
 * address. */
static const json_t *find_component(const csvw_table *table, const char *part,
                                    const char *address)
{
    const json_t *structure = json_object_get(table->json, "qb:structure");
    const json_t *components = json_object_get(structure, "qb:component");
    size_t count = json_array_size(components);
    for (size_t i = 0; i < count && i < MOST_COMPONENTS && address != NULL; i++) {
        const json_t *component = json_object_get(json_array_get(components, i), part);
        const char *id = address_of(component);
        if (id != NULL && strcmp(id, address) == 0)
            return component;
    }
    return NULL;
}

/* The last part of an address; a text that is none, whole. */
static const char *end_of(const char *address)
{
    const char *end = strrchr(address, '#');
    if (end == NULL && is_address(address))
        end = strrchr(address, '/');
    return end != NULL ? end + 1 : address;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = text != NULL ? strlen(text) : 0, wanted = strlen(end);
    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

/* "KilometerPerHour" → "kilometer per hour" */
static up_status set_spaced(char **slot, const char *words, up_error *err)
{
    up_buffer spaced = {0};
    for (const char *at = words; *at != '\0'; at++) {
        bool upper = *at >= 'A' && *at <= 'Z';
        if (upper && at > words && at[-1] >= 'a' && at[-1] <= 'z')
            up_buffer_add_char(&spaced, ' ');
        up_buffer_add_char(&spaced, upper ? (char)tolower((unsigned char)*at) : *at);
    }
    up_status status = up_buffer_check(&spaced, err);
    if (status == UP_OK)
        status = up_replace_text(slot, up_buffer_text(&spaced), err);
    up_buffer_release(&spaced);
    return status;
}

static void take_unit(converting *c, const csvw_table *table, const csvw_column *column,
                      up_metadata_column *out)
{
    const json_t *unit = get_first(column->json, units);
    if (unit == NULL)
        unit =
            get_first(find_component(table, "qb:measure", column->property_url), units);
    const char *address = address_of(unit);
    if (address == NULL || up_reading_failed(&c->r))
        return;
    if (!is_address(address)) {
        up_reading_set_text(&c->r, &out->unit, address);
        return;
    }
    const char *end = end_of(address);
    for (size_t i = 0; i < sizeof unit_names / sizeof unit_names[0]; i++)
        if (strcmp(unit_names[i].end, end) == 0) {
            up_reading_set_text(&c->r, &out->unit, unit_names[i].unit);
            return;
        }
    up_reading_keep(&c->r, set_spaced(&out->unit, end, c->r.err));
}

static bool is_part(const up_metadata_table *table, size_t column)
{
    for (size_t i = 0; i < table->period_count; i++)
        if (table->period[i] == column)
            return true;
    return false;
}

/* The columns a template names: {year}-{month}. */
static void take_period_parts(const csvw_table *table, const char *template,
                              up_metadata_table *out)
{
    enum { MOST = sizeof out->period / sizeof out->period[0] };
    const char *at = strchr(template, '{');
    for (size_t part = 0; at != NULL && part < MOST_PARTS; part++) {
        size_t length = strcspn(at + 1, "}:");
        for (size_t i = 0; i < table->column_count && out->period_count < MOST; i++)
            if (strlen(table->columns[i].name) == length &&
                strncmp(table->columns[i].name, at + 1, length) == 0 && !is_part(out, i))
                out->period[out->period_count++] = i;
        at = strchr(at + 1, '{');
    }
}

static bool is_period(const csvw_column *column)
{
    return ends_with(column->property_url, "refPeriod") ||
           ends_with(column->property_url, "timePeriod") ||
           ends_with(column->property_url, "TIME_PERIOD");
}

static void take_period(const csvw_table *table, up_metadata_table *out)
{
    for (size_t i = 0; i < table->column_count && out->period_count == 0; i++) {
        const csvw_column *column = &table->columns[i];
        if (!is_period(column))
            continue;
        if (column->value_url != NULL)
            take_period_parts(table, column->value_url, out);
        if (out->period_count == 0)
            out->period[out->period_count++] = i;
    }
    for (size_t i = 0; i < out->period_count; i++)
        out->columns[out->period[i]].role = UP_ROLE_PERIOD;
}

static bool is_figure(const up_metadata_column *column)
{
    return column->role == UP_ROLE_MEASURE ||
           (column->role == UP_ROLE_UNSTATED &&
            (column->type == UP_TYPE_NUMBER || column->type == UP_TYPE_INTEGER));
}

/* Whether text is `stem` and more, set off by - or _. */
static bool continues(const char *text, const char *stem)
{
    size_t length = stem != NULL ? strlen(stem) : 0;
    return text != NULL && length > 0 && strncmp(text, stem, length) == 0 &&
           (text[length] == '-' || text[length] == '_');
}

/* The figure that an attribute's address or name goes on from; UP_METADATA_ROW: none. */
static size_t figure_of(const csvw_table *table, const up_metadata_table *out,
                        size_t attribute)
{
    const csvw_column *column = &table->columns[attribute];
    for (size_t i = attribute; i-- > 0;)
        if (is_figure(&out->columns[i]) &&
            (continues(column->property_url, table->columns[i].property_url) ||
             (column->is_named && continues(column->name, table->columns[i].name))))
            return i;
    return UP_METADATA_ROW;
}

/* …#obsStatus-E is the status E, …#obsStatus-{flag:1} the first letter of the cell. */
static void take_status_code(converting *c, const csvw_column *column,
                             up_metadata_column *out)
{
    static const char mark[] = "obsStatus-";
    column_reader *reader = up_metadata_reader(out);
    const char *code = column->value_url != NULL ? strstr(column->value_url, mark) : NULL;
    if (code == NULL)
        return;
    code += strlen(mark);
    reader->status_taken = code[0] == '{' ? 1 : 0;
    up_reading_set_text(&c->r, &reader->status_prefix, code[0] == '{' ? "" : code);
}

static bool is_status(const csvw_column *column)
{
    return ends_with(column->property_url, "obsStatus") ||
           ends_with(column->property_url, "OBS_STATUS") ||
           (column->value_url != NULL && strstr(column->value_url, "obsStatus-") != NULL);
}

static void take_roles(converting *c, const csvw_table *table, up_metadata_table *out)
{
    take_period(table, out);
    for (size_t i = 0; i < table->column_count && !up_reading_failed(&c->r); i++) {
        const csvw_column *column = &table->columns[i];
        up_metadata_column *made = &out->columns[i];
        if (made->role != UP_ROLE_UNSTATED)
            continue;
        if (made->unit[0] != '\0' ||
            find_component(table, "qb:measure", column->property_url) != NULL) {
            made->role = UP_ROLE_MEASURE;
        } else if (is_status(column)) {
            made->role = UP_ROLE_STATUS;
            made->status_of = figure_of(table, out, i);
            take_status_code(c, column, made);
        } else if (!column->is_virtual && !is_figure(made)) {
            made->status_of = figure_of(table, out, i);
            if (made->status_of != UP_METADATA_ROW)
                made->role = UP_ROLE_REMARK;
        }
    }
}

/* --- Columns and tables ------------------------------------------------------------- */

static void take_titles(converting *c, const csvw_column *column, up_metadata_column *out)
{
    const char *title = NULL;
    for (size_t i = 0; i < column->title_count && !up_reading_failed(&c->r); i++) {
        const char *text = column->titles[i].text;
        up_reading_add_text(&c->r, &out->titles, text);
        bool blank = text[strspn(text, " \t")] == '\0';
        if (title == NULL && !blank)
            title = text;
    }
    up_reading_set_text(&c->r, &out->title, title);
}

/* Takes the column's type and marks of missing values from it. */
static void take_type(converting *c, csvw_column *column, up_metadata_column *out)
{
    column_reader *reader = up_metadata_reader(out);
    const number_format *number = &column->type.number;
    bool is_number = column->type.base->class == CLASS_NUMBER;
    out->type = column->type.base->type;
    up_reading_set_text(&c->r, &out->type_name, column->type.base->name);
    up_reading_set_text(&c->r, &out->format, column->type.format);
    if (is_number && number->decimal[0] != '\0' && number->decimal[1] == '\0')
        out->decimal = number->decimal[0];
    if (is_number && number->group[0] != '\0' && number->group[1] == '\0')
        out->grouping = number->group[0];
    reader->type = column->type;
    column->type = (datatype){0};
    out->missing = column->null;
    column->null = NULL;
    out->missing_is_given = column->null_is_given;
}

static void add_column(converting *c, const csvw_table *table, csvw_column *column,
                       up_metadata_table *table_out)
{
    up_metadata_column *out;
    up_reading_keep(&c->r, up_metadata_add_column(table_out, NULL, &out, c->r.err));
    if (up_reading_failed(&c->r))
        return;
    column_reader *reader = up_metadata_reader(out);
    up_reading_set_text(&c->r, &out->name, column->name);
    up_reading_set_text(&c->r, &out->description,
                        get_first_text(column->json, descriptions));
    up_reading_set_text(&c->r, &reader->separator, column->separator);
    up_reading_set_text(&c->r, &reader->default_text, column->default_text);
    out->required = column->required;
    out->in_primary_key = column->in_primary_key;
    out->suppressed = column->suppressed;
    out->is_virtual = column->is_virtual;
    take_titles(c, column, out);
    take_unit(c, table, column, out);
    take_type(c, column, out);
}

static void take_dialect(converting *c, const csvw_dialect *dialect,
                         up_metadata_table *out)
{
    out->dialect = (up_dialect){
        .delimiter = dialect->delimiter,
        .quote = dialect->quote,
        .comment = dialect->comment,
        .skip_initial_space = dialect->skip_initial_space,
        .has_preamble = dialect->has_skip_rows,
        .preamble = dialect->skip_rows,
        .has_headers = dialect->has_header_rows,
        .headers = dialect->has_header_rows ? dialect->header_rows : 0,
    };
    out->skip_columns = dialect->skip_columns;
    up_reading_set_text(&c->r, &out->encoding, dialect->encoding);
}

/* The table's address against the base that the context gives. */
static void take_path(converting *c, const csvw_table *table, up_metadata_table *out)
{
    const char *base = c->group->base, *slash = strrchr(base, '/');
    up_buffer path = {0};
    if (!is_address(table->url) && table->url[0] != '/' && slash != NULL)
        up_buffer_add_bytes(&path, base, (size_t)(slash - base) + 1);
    up_buffer_add(&path, table->url);
    up_reading_keep(&c->r, up_buffer_check(&path, c->r.err));
    up_reading_set_text(&c->r, &out->stated_path, up_buffer_text(&path));
    up_buffer_release(&path);
}

static void add_table(converting *c, csvw_table *table, up_metadata *metadata)
{
    up_metadata_table *out;
    up_reading_keep(&c->r, up_metadata_add_table(metadata, &out, c->r.err));
    if (up_reading_failed(&c->r))
        return;
    out->by_place = true;
    take_path(c, table, out);
    take_dialect(c, &table->dialect, out);
    up_reading_set_text(&c->r, &out->name,
                        json_string_value(json_object_get(table->json, "@id")));
    up_reading_set_text(&c->r, &out->title, get_first_text(table->json, titles));
    up_reading_set_text(&c->r, &out->description,
                        get_first_text(table->json, descriptions));
    take_references(c, table->json, out);
    take_notes(c, table->json, out);
    for (size_t i = 0; i < table->column_count && !up_reading_failed(&c->r); i++)
        add_column(c, table, &table->columns[i], out);
    if (!up_reading_failed(&c->r))
        take_roles(c, table, out);
}

up_status up_csvw_to_metadata(const json_t *root, const char *source,
                              up_metadata *metadata, up_remarks *remarks, up_error *err)
{
    csvw_group group = {0};
    converting c = {{.source = source, .remarks = remarks, .err = err}, &group};
    up_reading_keep(&c.r, up_csvw_read(root, source, &group, remarks, err));
    if (!up_reading_failed(&c.r)) {
        up_reading_set_text(&c.r, &metadata->title, get_first_text(group.root, titles));
        up_reading_set_text(&c.r, &metadata->description,
                            get_first_text(group.root, descriptions));
    }
    for (size_t i = 0; i < group.table_count && !up_reading_failed(&c.r); i++)
        add_table(&c, &group.tables[i], metadata);
    up_csvw_release(&group);
    return c.r.status;
}
