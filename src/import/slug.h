/* The name of a metric made from a label as it stands in a file. */
#ifndef UPTICK_IMPORT_SLUG_H
#define UPTICK_IMPORT_SLUG_H

#include "uptick/buffer.h"

/* Appends "population-total" for "Population, total": ASCII letters and digits in lower case,
 * all else as one '-' between them; letters with marks lose these ("Kärnten" → "karnten").
 * False, with nothing appended, when a letter of the label has no ASCII form (国内生产总值) or none
 * is left. */
bool up_slug_add(up_buffer *out, const char *label);

#endif
