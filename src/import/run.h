/* An import under way: the plan, and what has been found so far. Shared by
 *
 *     run.c        begins and ends it
 *     figures.c    goes through the rows
 *     about.c      what a row says beside its figures
 *     keys.c       whose figure, and of when
 *     labels.c     which metric a label names
 *     metrics.c    the metrics of the file and their units
 *     values.c     what a cell says
 *     doubts.c     what is warned of at the end */
#ifndef UPTICK_IMPORT_RUN_H
#define UPTICK_IMPORT_RUN_H

#include "import/plan.h"

/* Numbers of entities and periods are those of `keys`, a batch without rows: one numbering for
 * all metrics. */
enum { RUN_UNREAD = 0 };

typedef struct run_name {
    const char *name; /* borrowed from the tracker: name, alias or code */
    const up_entity *entity;
} run_name;

typedef struct run {
    const import_plan *plan;
    const up_frame *frame;
    up_import *out;
    up_remarks *remarks;
    up_error first; /* the first bad row's error; code UP_OK: none yet */
    size_t row;

    up_batch keys;
    uint32_t *period_memo; /* by text of the one whole period column: number + 1 */
    uint32_t *entity_memo; /* by text of the one entity column: number + 1 */
    run_name *names;       /* of the tracker's entities, sorted */
    size_t name_count;
    uint32_t constant_entity, constant_period; /* + 1; 0: none */
    uint32_t *header_periods;                  /* of each column, + 1 */

    up_batch labels;   /* texts that name metrics, as its entities */
    size_t *metric_of; /* by label number: index in out->metrics */
    size_t metric_of_size, labels_known;
    uint32_t *
        *label_memo; /* by VALUE column: label number + 1, by text of its METRIC column */

    uint32_t *
        *values; /* by VALUE column of one metric: text in its batch + 2, 1: missing */
    struct run_metric *metrics; /* beside out->metrics */
    size_t metrics_capacity;
    bool plain_rows;   /* no column says more of a figure than its value */
    size_t bad_column; /* where the row in hand failed; SIZE_MAX: as a whole */
    size_t deletions, complaints;
    import_label unit; /* of the UNIT column */
    int row_power;     /* of the MULTIPLIER and UNIT columns */
    const char *row_unit;
} run;

/* What the run keeps of a metric beside up_import_metric. */
typedef struct run_metric {
    uint32_t plain_about; /* number + 1 of what holds for all its figures */
    uint32_t **memo;      /* by column: texts of the batch, + 1 */
    bool has_figures;
    bool by_sign; /* its unit is percent because figures have the sign */
} run_metric;

/* One cell of figures as it was read. */
typedef struct run_figure {
    bool is_missing, is_plain;  /* plain: text is all there is */
    char text[UP_DECIMAL_SIZE]; /* canonical, in base units; "" for a range */
    up_entry entry;             /* only where not plain */
    char low[UP_DECIMAL_SIZE], high[UP_DECIMAL_SIZE];
} run_figure;

UP_MUST_CHECK up_status run_init(run *r, up_error *err);
void run_release(run *r);
/* Adds what is wrong with the row in hand: "column 'x': 'abc' is not a number" (column
 * SIZE_MAX: the row as a whole), or with the file. */
void run_fail(run *r, size_t column, const up_error *reason);
void run_complain(run *r, const up_error *reason);

/* about.c */
/* The ends of a figure's range, from their own columns. */
UP_MUST_CHECK up_status run_read_ends(run *r, size_t metric, size_t value,
                                      run_figure *figure, up_error *err);
/* What else is said of a figure, as a number of the metric's batch. */
UP_MUST_CHECK up_status run_number_about(run *r, size_t metric, size_t column,
                                         const run_figure *figure, uint32_t *id,
                                         up_error *err);

/* keys.c */
UP_MUST_CHECK up_status run_keys_init(run *r, up_error *err);
/* UP_BAD_DATA (err says why) for a row that names none. */
UP_MUST_CHECK up_status run_entity(run *r, uint32_t *id, up_error *err);
UP_MUST_CHECK up_status run_period(run *r, size_t column, uint32_t *id, up_error *err);
/* Whether the row holds nothing in the columns of the period. */
bool run_period_is_blank(const run *r);

/* metrics.c */
UP_MUST_CHECK up_status run_metrics_init(run *r, up_error *err);
/* The metric of a cell. UP_BAD_DATA: it has no name. */
UP_MUST_CHECK up_status run_metric_of(run *r, size_t column, size_t *metric,
                                      up_error *err);
/* Whether all figures of a column are of one metric. */
bool run_is_of_one_metric(const run *r, size_t column);
/* Says the unit of the row and of the cell to the metric, and by which power of ten the cell is
 * to be multiplied. */
UP_MUST_CHECK up_status run_settle_unit(run *r, size_t metric, const up_entry *entry,
                                        int *power, up_error *err);
/* doubts.c: what a reader should know of what was imported. */
void run_tell_doubts(const run *r);

/* values.c */
UP_MUST_CHECK up_status run_read_figure(run *r, size_t column, size_t metric,
                                        run_figure *figure, up_error *err);
/* Whether text is a plain decimal that may be stored as it stands. */
bool run_is_plain_number(const char *text);

#endif
