/* Labels of columns and rows: "GDP (million US$)" is a title, a unit and a power of ten. */
#ifndef UPTICK_IMPORT_LABELS_H
#define UPTICK_IMPORT_LABELS_H

#include "uptick/error.h"
#include "uptick/quantity.h"

typedef struct import_label {
    char *title;              /* without the unit; owned */
    char unit[UP_UNIT_SIZE];  /* "CNY", "percent", "mm"; "" */
    int power;                /* figures are to be multiplied by 10^power */
    char words[UP_UNIT_SIZE]; /* the unit as it stood, "亿元"; "" */
} import_label;

/* Only a last bracket whose words are a unit counts, with a multiplier, as a currency or by the
 * table of units: "GDP (OWID based on World Bank)" has none and is a title as it stands. What
 * says more than the unit ("current US$") stays in the title too. */
UP_MUST_CHECK up_status up_label_parse(const char *text, import_label *label,
                                       up_error *err);
/* The unit words alone: "亿元", "million tonnes", "degC", "%". False when they are none. */
bool up_label_parse_unit(const char *words, import_label *label);
void up_label_release(import_label *label);

#endif
