#include "import/csvw_vocabulary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/datatype.h"
#include "text/json_file.h"
#include "text/words.h"

/* The kinds of objects. */
enum {
    GROUP = 1,
    TABLE = 2,
    SCHEMA = 4,
    COLUMN = 8,
    DIALECT = 16,
    TRANSFORMATION = 32,
    KEY = 64,
    REFERENCE = 128,
    DATATYPE = 256,
    INHERITED = GROUP | TABLE | SCHEMA | COLUMN,
    STRICT = KEY | REFERENCE /* where a word that does not belong is an error */
};
enum { WHERE_SIZE = 160, MOST_TEXTS = 100, MOST_WARNINGS = 200 };

typedef struct cleaning {
    const char *source;
    up_remarks *remarks;
    up_error *err;
    size_t warnings;
} cleaning;

/* --- Values ------------------------------------------------------------------------- */

static bool is_text(const json_t *value)
{
    return json_is_string(value);
}

static bool is_text_or_null(const json_t *value)
{
    return json_is_string(value) || json_is_null(value);
}

static bool is_list(const json_t *value)
{
    return json_is_array(value);
}

static bool is_object(const json_t *value)
{
    return json_is_object(value);
}

static bool is_object_or_text(const json_t *value)
{
    return json_is_object(value) || json_is_string(value);
}

static bool is_flag(const json_t *value)
{
    return json_is_boolean(value);
}

static bool is_count(const json_t *value)
{
    return json_is_integer(value) && json_integer_value(value) >= 0 &&
           json_integer_value(value) <= 1000000000;
}

static bool is_texts(const json_t *value)
{
    if (!json_is_array(value))
        return json_is_string(value);
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!json_is_string(json_array_get(value, i)))
            return false;
    return json_array_size(value) <= MOST_TEXTS;
}

static bool is_natural_language(const json_t *value)
{
    const char *language;
    json_t *texts;
    if (!json_is_object(value))
        return is_texts(value);
    json_object_foreach((json_t *)value, language,
                        texts) if (!is_texts(texts)) return false;
    return json_object_size(value) <= MOST_TEXTS;
}

static bool is_word_of(const json_t *value, const char *const words[])
{
    for (size_t i = 0; words[i] != NULL && json_is_string(value); i++)
        if (strcmp(json_string_value(value), words[i]) == 0)
            return true;
    return false;
}

static bool is_direction(const json_t *value)
{
    static const char *const words[] = {"ltr", "rtl", "auto", "inherit", NULL};
    return is_word_of(value, words);
}

static bool is_table_direction(const json_t *value)
{
    static const char *const words[] = {"ltr", "rtl", "auto", NULL};
    return is_word_of(value, words);
}

static bool is_trim(const json_t *value)
{
    static const char *const words[] = {"true", "false", "start", "end", NULL};
    return json_is_boolean(value) || is_word_of(value, words);
}

/* What a template can have between { and }: letters, digits, _ . and %41; not _ in
 * front. */
static bool is_name(const json_t *value)
{
    const char *at = json_string_value(value);
    if (at == NULL || at[0] == '\0' || at[0] == '_')
        return false;
    for (; *at != '\0'; at++)
        if (!up_words_is_letter(*at) && !up_words_is_digit(*at) &&
            strchr("_.%", *at) == NULL && (unsigned char)*at < 0x80)
            return false;
    return true;
}

static bool is_base(const json_t *value)
{
    return json_is_string(value) && up_datatype_base(json_string_value(value)) != NULL;
}

static bool is_datatype(const json_t *value)
{
    return json_is_object(value) || is_base(value);
}

static bool is_scalar(const json_t *value)
{
    return json_is_string(value) || json_is_number(value);
}

static bool is_language(const json_t *value)
{
    const char *text = json_string_value(value);
    if (text == NULL || !up_words_is_letter(text[0]))
        return false;
    for (; *text != '\0'; text++)
        if (!up_words_is_letter(*text) && !up_words_is_digit(*text) && *text != '-')
            return false;
    return true;
}

/* --- Words -------------------------------------------------------------------------- */

static const struct {
    const char *word;
    unsigned where;
    bool (*fits)(const json_t *);
    const char *wanted;
} vocabulary[] = {
    {"tables", GROUP, is_list, "a list of tables"},
    {"url", TABLE | TRANSFORMATION, is_text, "a text"},
    {"tableSchema", GROUP | TABLE, is_object_or_text, "an object"},
    {"dialect", GROUP | TABLE, is_object_or_text, "an object"},
    {"notes", GROUP | TABLE, is_list, "a list"},
    {"tableDirection", GROUP | TABLE, is_table_direction, "ltr, rtl or auto"},
    {"transformations", GROUP | TABLE, is_list, "a list"},
    {"suppressOutput", TABLE | COLUMN, is_flag, "true or false"},
    {"columns", SCHEMA, is_list, "a list of columns"},
    {"foreignKeys", SCHEMA, is_list, "a list of keys"},
    {"primaryKey", SCHEMA, is_texts, "names of columns"},
    {"rowTitles", SCHEMA, is_texts, "names of columns"},
    {"name", COLUMN, is_name, "letters, digits and _, not _ in front"},
    {"titles", COLUMN | TRANSFORMATION, is_natural_language,
     "a text, texts, or texts by "
     "language"},
    {"virtual", COLUMN, is_flag, "true or false"},
    {"aboutUrl", INHERITED, is_text, "a text"},
    {"datatype", INHERITED, is_datatype, "a type of the standard, or an object"},
    {"default", INHERITED, is_text, "a text"},
    {"lang", INHERITED, is_language, "a language such as en"},
    {"null", INHERITED, is_texts, "a text or a list of texts"},
    {"ordered", INHERITED, is_flag, "true or false"},
    {"propertyUrl", INHERITED, is_text, "a text"},
    {"required", INHERITED, is_flag, "true or false"},
    {"separator", INHERITED, is_text_or_null, "a text or null"},
    {"textDirection", INHERITED, is_direction, "ltr, rtl, auto or inherit"},
    {"valueUrl", INHERITED, is_text, "a text"},
    {"commentPrefix", DIALECT, is_text_or_null, "a text or null"},
    {"delimiter", DIALECT, is_text, "a text"},
    {"doubleQuote", DIALECT, is_flag, "true or false"},
    {"encoding", DIALECT, is_text, "a text"},
    {"header", DIALECT, is_flag, "true or false"},
    {"headerRowCount", DIALECT, is_count, "a count"},
    {"lineTerminators", DIALECT, is_texts, "a text or a list of texts"},
    {"quoteChar", DIALECT, is_text_or_null, "a text or null"},
    {"skipBlankRows", DIALECT, is_flag, "true or false"},
    {"skipColumns", DIALECT, is_count, "a count"},
    {"skipInitialSpace", DIALECT, is_flag, "true or false"},
    {"skipRows", DIALECT, is_count, "a count"},
    {"trim", DIALECT, is_trim, "true, false, start or end"},
    {"targetFormat", TRANSFORMATION, is_text, "a text"},
    {"scriptFormat", TRANSFORMATION, is_text, "a text"},
    {"source", TRANSFORMATION, is_text_or_null, "a text or null"},
    {"columnReference", KEY | REFERENCE, is_texts, "names of columns"},
    {"reference", KEY, is_object, "an object"},
    {"resource", REFERENCE, is_text, "a text"},
    {"schemaReference", REFERENCE, is_text, "a text"},
    {"base", DATATYPE, is_base, "a type of the standard"},
    {"format", DATATYPE, is_object_or_text, "a text or an object"},
    {"length", DATATYPE, is_count, "a count"},
    {"minLength", DATATYPE, is_count, "a count"},
    {"maxLength", DATATYPE, is_count, "a count"},
    {"minimum", DATATYPE, is_scalar, "a number or a text"},
    {"maximum", DATATYPE, is_scalar, "a number or a text"},
    {"minInclusive", DATATYPE, is_scalar, "a number or a text"},
    {"maxInclusive", DATATYPE, is_scalar, "a number or a text"},
    {"minExclusive", DATATYPE, is_scalar, "a number or a text"},
    {"maxExclusive", DATATYPE, is_scalar, "a number or a text"},
};
enum { WORDS = sizeof vocabulary / sizeof vocabulary[0] };

/* The kinds by name: for @type and for messages. */
static const struct {
    unsigned kind;
    const char *type, *name;
} kinds[] = {
    {GROUP, "TableGroup", "a group of tables"},
    {TABLE, "Table", "a table"},
    {SCHEMA, "Schema", "a schema"},
    {COLUMN, "Column", "a column"},
    {DIALECT, "Dialect", "a dialect"},
    {TRANSFORMATION, "Template", "a transformation"},
    {KEY, NULL, "a foreign key"},
    {REFERENCE, NULL, "a reference"},
    {DATATYPE, "Datatype", "a datatype"},
};

static size_t kind_index(unsigned kind)
{
    size_t i = 0;
    while (kinds[i].kind != kind)
        i++;
    return i;
}

/* --- Cleaning ----------------------------------------------------------------------- */

static const char *dot(const char *where)
{
    return where[0] != '\0' ? "." : "";
}

/* Where to say what is wrong: nowhere any more when it has been said often. */
static up_remarks *remarks_of(cleaning *c)
{
    if (c->warnings++ == MOST_WARNINGS)
        up_remarks_add(c->remarks, UP_WARNING, c->source, 0,
                       "more is not used; it is not listed");
    return c->warnings <= MOST_WARNINGS ? c->remarks : NULL;
}

static up_status fail(cleaning *c, const char *where, const char *key, const char *why)
{
    return up_error_at(c->err, UP_BAD_DATA, c->source, 0, "%s%s%.*s %s", where,
                       dot(where), up_words_shown(key), key, why);
}

/* @id and @type. */
static up_status check_keyword(cleaning *c, const char *key, const json_t *value,
                               unsigned kind, const char *where)
{
    const char *text = json_string_value(value);
    const char *type = kinds[kind_index(kind)].type;
    if (strcmp(key, "@context") == 0)
        return where[0] == '\0'
                   ? UP_OK
                   : fail(c, where, key, "stands not at the top of the file");
    if (kind & STRICT)
        return fail(c, where, key, "does not belong there");
    if (strcmp(key, "@id") == 0) {
        if (text == NULL)
            return fail(c, where, key, "is not a text");
        if (strncmp(text, "_:", 2) == 0)
            return fail(c, where, key, "is a blank node, which has no address");
        if (kind == DATATYPE &&
            strncmp(text, "http://www.w3.org/2001/XMLSchema#", 33) == 0)
            return fail(c, where, key, "is that of a type of the standard");
        return UP_OK;
    }
    if (strcmp(key, "@type") == 0 && kind != DATATYPE &&
        (text == NULL || type == NULL || strcmp(text, type) != 0))
        return fail(c, where, key, "is not that of the object it stands in");
    return UP_OK;
}

/* The word's place in the vocabulary where it may stand in such an object, or WORDS. */
static size_t find_word(const char *key, unsigned kind)
{
    size_t i = 0;
    while (i < WORDS &&
           (strcmp(vocabulary[i].word, key) != 0 || !(vocabulary[i].where & kind)))
        i++;
    return i;
}

/* *keep: it may stay. */
static up_status check_property(cleaning *c, const char *key, const json_t *value,
                                unsigned kind, const char *where, bool *keep)
{
    *keep = true;
    if (key[0] == '@')
        return check_keyword(c, key, value, kind, where);
    bool common = strchr(key, ':') != NULL;
    if (common && !(kind & (STRICT | DIALECT | TRANSFORMATION)))
        return UP_OK;
    size_t word = find_word(key, kind);
    if (word < WORDS && vocabulary[word].fits(value))
        return UP_OK;
    *keep = false;
    if (word == WORDS && (kind & STRICT))
        return fail(c, where, key, "does not belong there");
    if (word == WORDS)
        up_remarks_add(remarks_of(c), UP_WARNING, c->source, 0,
                       "%s%s%.*s is not used: %s has no such property", where, dot(where),
                       up_words_shown(key), key, kinds[kind_index(kind)].name);
    else
        up_remarks_add(remarks_of(c), UP_WARNING, c->source, 0,
                       "%s%s%s is %s%.*s%s and is not used (wanted %s)", where,
                       dot(where), key, json_is_string(value) ? "'" : up_json_type(value),
                       json_is_string(value) ? up_words_shown(json_string_value(value))
                                             : 0,
                       json_is_string(value) ? json_string_value(value) : "",
                       json_is_string(value) ? "'" : "", vocabulary[word].wanted);
    return UP_OK;
}

static up_status clean_object(cleaning *c, json_t *object, unsigned kind,
                              const char *where)
{
    up_status status = UP_OK;
    const char *key;
    json_t *value;
    void *next;
    json_object_foreach_safe(object, next, key, value)
    {
        bool keep = true;
        if (status == UP_OK)
            status = check_property(c, key, value, kind, where, &keep);
        if (!keep)
            json_object_del(object, key);
    }
    return status;
}

typedef up_status (*cleaner)(cleaning *, json_t *, const char *where);

/* Each object of a list; what is none is left out. */
static up_status clean_list(cleaning *c, json_t *owner, const char *key, cleaner clean,
                            const char *where)
{
    json_t *list = json_object_get(owner, key), *kept = json_array();
    up_status status = kept != NULL ? UP_OK : up_error_memory(c->err);
    for (size_t i = 0; i < json_array_size(list) && status == UP_OK; i++) {
        char inside[WHERE_SIZE];
        snprintf(inside, sizeof inside, "%s%s%s[%zu]", where, dot(where), key, i);
        json_t *item = json_array_get(list, i);
        if (!json_is_object(item))
            up_remarks_add(remarks_of(c), UP_WARNING, c->source, 0,
                           "%s is %s and is not used (wanted an object)", inside,
                           up_json_type(item));
        else if (json_array_append(kept, item) != 0)
            status = up_error_memory(c->err);
        else
            status = clean(c, item, inside);
    }
    if (status == UP_OK && list != NULL && json_object_set(owner, key, kept) != 0)
        status = up_error_memory(c->err);
    json_decref(kept);
    return status;
}

/* An object under a key; a text there is the address of another file. */
static up_status clean_inner(cleaning *c, json_t *owner, const char *key, cleaner clean,
                             const char *where)
{
    json_t *inner = json_object_get(owner, key);
    char inside[WHERE_SIZE];
    snprintf(inside, sizeof inside, "%s%s%s", where, dot(where), key);
    if (json_is_object(inner))
        return clean(c, inner, inside);
    if (inner != NULL) {
        up_remarks_add(remarks_of(c), UP_WARNING, c->source, 0,
                       "%s is in another file, which is not read", inside);
        json_object_del(owner, key);
    }
    return UP_OK;
}

static up_status clean_datatype(cleaning *c, json_t *object, const char *where)
{
    return clean_object(c, object, DATATYPE, where);
}

/* The type of any object that can have one to hand on. */
static up_status clean_inherited(cleaning *c, json_t *object, unsigned kind,
                                 const char *where)
{
    up_status status = clean_object(c, object, kind, where);
    json_t *type = json_object_get(object, "datatype");
    char inside[WHERE_SIZE];
    snprintf(inside, sizeof inside, "%s%sdatatype", where, dot(where));
    if (status == UP_OK && json_is_object(type))
        status = clean_datatype(c, type, inside);
    return status;
}

static up_status clean_dialect(cleaning *c, json_t *object, const char *where)
{
    return clean_object(c, object, DIALECT, where);
}

static up_status clean_column(cleaning *c, json_t *object, const char *where)
{
    return clean_inherited(c, object, COLUMN, where);
}

static up_status clean_reference(cleaning *c, json_t *object, const char *where)
{
    up_status status = clean_object(c, object, REFERENCE, where);
    bool by_table = json_object_get(object, "resource") != NULL;
    bool by_schema = json_object_get(object, "schemaReference") != NULL;
    if (status == UP_OK && by_table == by_schema)
        status = fail(c, where, "resource", "or schemaReference must stand, one of them");
    if (status == UP_OK && json_object_get(object, "columnReference") == NULL)
        status = fail(c, where, "columnReference", "is missing");
    return status;
}

static up_status clean_key(cleaning *c, json_t *object, const char *where)
{
    up_status status = clean_object(c, object, KEY, where);
    if (status == UP_OK && json_object_get(object, "columnReference") == NULL)
        status = fail(c, where, "columnReference", "is missing");
    if (status == UP_OK && json_object_get(object, "reference") == NULL)
        status = fail(c, where, "reference", "is missing");
    if (status == UP_OK)
        status = clean_inner(c, object, "reference", clean_reference, where);
    return status;
}

static up_status clean_schema(cleaning *c, json_t *object, const char *where)
{
    up_status status = clean_inherited(c, object, SCHEMA, where);
    if (status == UP_OK)
        status = clean_list(c, object, "columns", clean_column, where);
    if (status == UP_OK)
        status = clean_list(c, object, "foreignKeys", clean_key, where);
    return status;
}

static up_status clean_described(cleaning *c, json_t *object, unsigned kind,
                                 const char *where)
{
    up_status status = clean_inherited(c, object, kind, where);
    if (status == UP_OK)
        status = clean_inner(c, object, "tableSchema", clean_schema, where);
    if (status == UP_OK)
        status = clean_inner(c, object, "dialect", clean_dialect, where);
    return status;
}

static up_status clean_table(cleaning *c, json_t *object, const char *where)
{
    up_status status = clean_described(c, object, TABLE, where);
    if (status == UP_OK && json_object_get(object, "url") == NULL)
        status = fail(c, where, "url", "is missing (wanted the table's file)");
    return status;
}

/* The context is that of the standard, alone or with a language and a base. */
static up_status clean_context(cleaning *c, json_t *root)
{
    json_t *settings = json_array_get(json_object_get(root, "@context"), 1);
    const char *key;
    json_t *value;
    if (settings != NULL && !json_is_object(settings))
        return fail(c, "", "@context", "has more than its address and an object");
    json_object_foreach(settings, key, value)
    {
        bool known = strcmp(key, "@base") == 0 || strcmp(key, "@language") == 0;
        if (!known || !json_is_string(value))
            return fail(c, "@context", key, "does not belong there, or is not a text");
    }
    json_t *language = json_object_get(settings, "@language");
    if (language != NULL && !is_language(language)) {
        up_remarks_add(c->remarks, UP_WARNING, c->source, 0,
                       "@context.@language is not used (wanted a language such as en)");
        json_object_del(settings, "@language");
    }
    return UP_OK;
}

up_status up_csvw_clean(json_t *root, const char *source, up_remarks *remarks,
                        up_error *err)
{
    cleaning c = {.source = source, .remarks = remarks, .err = err};
    up_status status = clean_context(&c, root);
    if (status != UP_OK)
        return status;
    if (json_object_get(root, "tables") == NULL)
        return clean_table(&c, root, "");
    if (!json_is_array(json_object_get(root, "tables")))
        return fail(&c, "", "tables", "is not a list");
    status = clean_described(&c, root, GROUP, "");
    if (status == UP_OK)
        status = clean_list(&c, root, "tables", clean_table, "");
    if (status == UP_OK && json_array_size(json_object_get(root, "tables")) == 0)
        status = fail(&c, "", "tables", "is empty (wanted tables)");
    return status;
}
