/* What the parts of expressions share: slots, what the result is of, rates. */
#ifndef UPTICK_ANALYSIS_EXPRESSION_PARTS_H
#define UPTICK_ANALYSIS_EXPRESSION_PARTS_H

#include "analysis/expression_parse.h"
#include "analysis/units.h"
#include "uptick/expression.h"

/* A place in the tree where a figure goes: of a series that the text names, or a rate that
 * converts the figure of another slot. One text has one slot, however often it appears. */
typedef struct up_slot {
    char *pattern;       /* owned; as written, or the rate's metric */
    up_series_list list; /* owned; what it names, all of one unit */
    bool names_entity;   /* the user said whose: it serves any other entity too */
    bool is_rate;
    size_t converts; /* a rate: the slot whose figure it is for */
    bool divides;    /* a rate: the figure is divided by it; for what is said of it */
    bool is_price;   /* a rate: an index that deflates; of the figure's entity */
    bool is_base;    /* and of the base period, not of the figure's */
} up_slot;

typedef struct up_evaluation {
    const char *text;
    const up_tracker *tracker;
    const up_series_options *options;
    const up_expression_options *how;
    up_remarks *remarks;
    up_node *root;  /* owned */
    up_slot *slots; /* owned; the first is the leftmost: the result has its periods */
    size_t slot_count, slot_capacity;
    char *unit;            /* owned; of the result, once bound */
    up_measure measure;    /* and its measure */
    const up_metric *like; /* and the metric whose display it keeps; NULL: none */
    bool told_base;        /* which index the base has */
    up_error why;          /* the first figure that could not be combined */
} up_evaluation;

/* What a part of an expression is of. */
typedef struct up_quality {
    bool is_number;
    up_unit unit;
    up_measure measure;
    const up_metric *like; /* whose unit and display it keeps; NULL: nobody's */
} up_quality;

/* expression_select.c: gives each series of the tree its slot and selects it; turns conversions
 * into products with rates. */
UP_MUST_CHECK up_status up_expression_bind(up_evaluation *e, up_error *err);
void up_evaluation_release(up_evaluation *e);

/* expression_quality.c: unit and measure. UP_USAGE: unlike units are added, or what is to be
 * converted is of no currency. */
UP_MUST_CHECK up_status up_expression_quality(const up_evaluation *e, const up_node *node,
                                              up_quality *out, up_error *err);
/* The currency among the factors above, e.g. "CNY" of "CNY per person"; NULL: none. */
const up_unit_factor *up_quality_currency(const up_quality *quality);

/* expression_points.c: the series of the result, joined by entity, appended to list; their
 * `data` and key are still to be set. */
UP_MUST_CHECK up_status up_expression_join(up_evaluation *e, up_series_list *list,
                                           up_error *err);

#endif
