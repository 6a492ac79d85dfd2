/* Types of cells, with formats and limits: those of CSV on the Web (XML Schema's), onto
 * which the types of Data Packages are mapped too, so that cells are read in one place.
 *
 *     datatype type = {0};
 *     up_datatype_init(&type, up_datatype_base("decimal"));
 *     up_number_set_mark(type.number.decimal, ",");
 *     up_datatype_set_format(&type, "#,##0.00", err);
 *     up_datatype_read(&type, "1.234,50", &out, &special, err);      // "1234.50"
 *     up_datatype_release(&type); */
#ifndef UPTICK_IMPORT_DATATYPE_H
#define UPTICK_IMPORT_DATATYPE_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

#include "import/metadata.h"
#include "import/moment_pattern.h"
#include "import/number_pattern.h"
#include "uptick/buffer.h"
#include "uptick/error.h"

typedef enum datatype_class {
    CLASS_TEXT,
    CLASS_NUMBER,
    CLASS_BOOLEAN,
    CLASS_MOMENT,
    CLASS_DURATION,
    CLASS_HEX,
    CLASS_BASE64
} datatype_class;

/* What is done to blanks before a text is read. */
typedef enum datatype_blanks {
    BLANKS_KEPT,
    BLANKS_REPLACED,
    BLANKS_COLLAPSED
} datatype_blanks;

typedef struct datatype_base {
    const char *name;
    datatype_class class;
    up_metadata_type type;
    datatype_blanks blanks;
    bool whole, exact;        /* numbers: an integer; neither exponent nor NaN */
    const char *least, *most; /* NULL: no limit by the type */
    unsigned has;             /* moments: HAS_… */
    const char *shape;        /* durations: which of "YMD" and "HMS" may stand */
} datatype_base;

/* A limit of values. */
typedef struct datatype_limit {
    bool given, exclusive;
    up_decimal number;
    moment moment;
} datatype_limit;

typedef struct datatype {
    const datatype_base *base;
    char *format;  /* as stated, while it is in force; NULL */
    bool is_plain; /* a cell's text is taken as it is (Frictionless "any") */
    number_format number;
    moment_pattern moment;
    regex_t *regex;
    char **truths, **falsehoods; /* end with NULL; NULL: true 1, false 0 */
    bool has_length, has_min_length, has_max_length;
    size_t length, min_length, max_length;
    datatype_limit least, most;
} datatype;

/* The base of that name in CSV on the Web ("integer", "gYear", "any"), or NULL. */
const datatype_base *up_datatype_base(const char *name);
/* The type with nothing stated about it; "string" for base NULL. */
void up_datatype_init(datatype *type, const datatype_base *base);
/* A number pattern (its marks set before), a date pattern, "Y|N", or a regular
 * expression. UP_BAD_DATA: it is none, and the type stays as it was. */
UP_MUST_CHECK up_status up_datatype_set_format(datatype *type, const char *format,
                                               up_error *err);
/* Whether limits on length or on values have a meaning for a type. */
bool up_datatype_has_length(const datatype *type);
bool up_datatype_has_order(const datatype *type);
/* Whether its format is a regular expression. */
bool up_datatype_has_expression(const datatype *type);
/* Sets a limit from its text, written by the type's format or in its canonical way. */
UP_MUST_CHECK up_status up_datatype_set_limit(datatype *type, datatype_limit *limit,
                                              const char *text, up_error *err);
/* UP_BAD_DATA when the limits leave nothing. */
UP_MUST_CHECK up_status up_datatype_check_limits(const datatype *type, up_error *err);
void up_datatype_release(datatype *type);

/* Appends text with its blanks as the type wants them. */
void up_datatype_add_normal(const datatype *type, const char *text, up_buffer *out);
/* Appends the canonical text of a value, see up_metadata_read. *is_special: it is NaN,
 * INF or -INF. UP_BAD_DATA: what was found, why it does not do, what was wanted. */
UP_MUST_CHECK up_status up_datatype_read(const datatype *type, const char *text,
                                         up_buffer *out, bool *is_special, up_error *err);

#endif
