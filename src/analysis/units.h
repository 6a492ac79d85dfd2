/* Units as products: "tokens per day" / "people" is "tokens per day per person". */
#ifndef UPTICK_ANALYSIS_UNITS_H
#define UPTICK_ANALYSIS_UNITS_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/buffer.h"

/* One word of a unit; the text is borrowed. */
typedef struct up_unit_factor {
    const char *text;
    size_t length;
    bool below;        /* stands after "per" */
    bool was_inverted; /* is written in the number it had on the other side */
} up_unit_factor;

enum { UP_UNIT_FACTORS = 16 };
typedef struct up_unit {
    up_unit_factor factors[UP_UNIT_FACTORS];
    size_t count;
} up_unit;

/* "tokens per day" → tokens / day. UP_USAGE for more factors than there is room for. */
UP_MUST_CHECK up_status up_unit_parse(const char *text, up_unit *unit, up_error *err);
/* a * b, or a / b with `divide`; what stands above and below goes. */
UP_MUST_CHECK up_status up_unit_combine(const up_unit *a, const up_unit *b, bool divide,
                                        up_unit *out, up_error *err);
bool up_unit_equals(const up_unit *a, const up_unit *b);
/* Appends "tokens per day per person"; nothing for a pure number. */
void up_unit_format(const up_unit *unit, up_buffer *out);

#endif
