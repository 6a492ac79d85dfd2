/* The syntax tree of an expression. */
#ifndef UPTICK_ANALYSIS_EXPRESSION_PARSE_H
#define UPTICK_ANALYSIS_EXPRESSION_PARSE_H

#include "uptick/estimate.h"

typedef enum up_node_kind {
    UP_NODE_NUMBER,
    UP_NODE_SERIES,
    UP_NODE_OPERATION,
    UP_NODE_CURRENCY /* left, in the currency `pattern`; gone once rates are found */
} up_node_kind;

typedef struct up_node {
    up_node_kind kind;
    double number;
    char *pattern; /* owned; NULL: a factor that was put in (a rate) */
    size_t slot;   /* of a series: where its figure is found (expression_parts.h) */
    up_operator op;
    struct up_node *left, *right; /* owned */
} up_node;

UP_MUST_CHECK up_status up_expression_parse(const char *text, up_node **root,
                                            up_error *err);
UP_MUST_CHECK up_status up_node_new(up_node_kind kind, up_node **node, up_error *err);
void up_node_free(up_node *node);
/* Three capital letters: USD. */
bool up_is_currency_code(const char *text, size_t length);
/* UP_USAGE, with a hint, for a text that is none. */
UP_MUST_CHECK up_status up_currency_check(const char *text, up_error *err);

#endif
