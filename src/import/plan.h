/* The plan of an import: what every column of the file is taken for, and how its texts are
 * read. Made in this order, each step leaving alone what an earlier one has decided:
 *
 *     given.c      what the user said: --period, --entity, …
 *     layouts.c    a layout that is recognised: World Bank, SDMX-CSV, …
 *     roles.c      what metadata, the header's words (header_words.c) and the texts themselves
 *                  (sample.c) tell; roles_check.c refuses what they leave open
 *     styles.c     how dates and numbers are written, once it is known where they stand
 *
 * figures.c carries it out. */
#ifndef UPTICK_IMPORT_PLAN_H
#define UPTICK_IMPORT_PLAN_H

#include "import/labels.h"
#include "import/metadata.h"
#include "uptick/dates.h"
#include "uptick/entry.h"
#include "uptick/frame.h"
#include "uptick/import.h"

/* A period may be put together from several columns, or from a row and a header. */
typedef enum import_part {
    PART_WHOLE,
    PART_YEAR,
    PART_HALF,
    PART_QUARTER,
    PART_MONTH,
    PART_WEEK,
    PART_DAY
} import_part;

typedef struct plan_column {
    up_import_role role;
    const char *why; /* how that is known, for people; static text; "" */
    const up_metadata_column *metadata; /* what is said about it, or NULL */

    /* Of its distinct texts, a sample: */
    size_t sampled, numbers, missing, dates, words;
    size_t years; /* of four digits, 1500 to 2199 */
    bool varies;  /* more than one distinct text that is not blank */

    import_part part;     /* UP_IMPORT_PERIOD */
    up_dates reading;     /* PERIOD and REPORTED, read whole */
    up_entry_style style; /* VALUE, LOW, HIGH */
    bool has_period;      /* VALUE: its header is the period … */
    up_period period;
    int part_number; /* … or a part of one: month 1 to 12, quarter 1 to 4; 0: neither */
    import_part header_part;
    import_label label;   /* VALUE: its header taken apart; METRIC cells are by row */
    bool is_nameless;     /* VALUE: "value", "OBS_VALUE": it names no metric */
    size_t status_column; /* VALUE: the column with its flags; SIZE_MAX: none */
    size_t of; /* METRIC, STATUS, …: the one VALUE column meant; SIZE_MAX: all */
} plan_column;

typedef struct import_plan {
    const up_import_request *request;
    const up_frame *frame;
    const up_metadata_table *table; /* metadata of the file, or NULL */
    up_remarks *remarks;
    const char *layout; /* for people; static text */
    plan_column *columns;
    size_t count;
    const char *constants[UP_IMPORT_ROLES]; /* given texts that hold for every row */
    bool is_sdmx,
        has_structures; /* SDMX-CSV; of several structures, which name metrics */
    size_t
        row_part; /* years in the header: the column of months, quarters; or SIZE_MAX */
    bool is_own;  /* a table that uptick itself exported */
    bool rows_are_metrics;     /* wide by period: the labels at the left name metrics */
    int64_t reported;          /* the edition's day; UP_REPORTED_ALWAYS */
    bool has_reported;         /* by option or by the file's preamble */
    const char *package_title; /* of a metadata file with this one table; "" */
    char *name;                /* for figures whose column names no metric; owned; "" */
    char *title;               /* the file's own title; owned; "" */
    char *source_title, *source_url; /* owned; "" */
} import_plan;

/* plan.c */
const char *up_plan_header(const import_plan *plan, size_t column);
size_t up_plan_count(const import_plan *plan, up_import_role role);
/* The first column of a role at or after `from`; SIZE_MAX: none. */
size_t up_plan_next(const import_plan *plan, up_import_role role, size_t from);
/* "#3": a column by its number. */
bool up_plan_is_number(const char *text, size_t *number);
/* The column of that name or number ('#3'); SIZE_MAX: none. */
size_t up_plan_find(const import_plan *plan, const char *name);
void up_plan_set(import_plan *plan, size_t column, up_import_role role, const char *why);
void up_plan_release(import_plan *plan);

/* header_words.c: the role that a header's words tell, with the part of a period they name. */
up_import_role up_role_of_header(const char *header, import_part *part);

/* sample.c: counts what a sample of each column's distinct texts are; then, of one column: */
void up_plan_sample(import_plan *plan);
bool up_column_is_numeric(const plan_column *c);
bool up_column_is_words(const plan_column *c);
bool up_column_holds_dates(const plan_column *c);
bool up_column_may_hold_dates(const plan_column *c);
bool up_column_is_blank(const plan_column *c);

/* given.c */
UP_MUST_CHECK up_status up_plan_take_given(import_plan *plan, up_error *err);

/* layouts.c */
UP_MUST_CHECK up_status up_plan_recognise(import_plan *plan, up_error *err);

/* roles.c */
UP_MUST_CHECK up_status up_plan_find_roles(import_plan *plan, up_error *err);

/* roles_check.c: what is not ours to decide is refused. When: one column or row of periods. */
UP_MUST_CHECK up_status up_plan_check_when(const import_plan *plan, bool is_wide,
                                           up_error *err);
UP_MUST_CHECK up_status up_plan_check_roles(const import_plan *plan, up_error *err);

/* keys.c: "3", "03", "Q3", "March", a part of a year as ISO writes it behind the year. */
UP_MUST_CHECK up_status up_plan_write_part(import_part part, const char *text,
                                           char out[16], up_error *err);

/* styles.c */
UP_MUST_CHECK up_status up_plan_find_styles(import_plan *plan, up_error *err);

/* figures.c */
UP_MUST_CHECK up_status up_plan_carry_out(const import_plan *plan, const char *data,
                                          up_import *import, up_error *err);

/* describe.c: what each column was taken for. */
UP_MUST_CHECK up_status up_plan_describe(const import_plan *plan, up_import *import,
                                         up_error *err);

#endif
