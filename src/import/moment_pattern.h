/* Dates and times as metadata say they are written: patterns of UAX35 (`M/d/yyyy`,
 * `HH:mm:ssX`) and of strptime (`%d.%m.%y`), and ISO 8601 when nothing is said. */
#ifndef UPTICK_IMPORT_MOMENT_PATTERN_H
#define UPTICK_IMPORT_MOMENT_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uptick/buffer.h"
#include "uptick/error.h"

/* What a moment has. */
enum { HAS_YEAR = 1, HAS_MONTH = 2, HAS_DAY = 4, HAS_TIME = 8, HAS_ZONE = 16 };

typedef struct moment {
    unsigned has;
    int64_t year;
    int month, day, hour, minute, second;
    char fraction[20]; /* of the second: digits after the point, "" */
    int zone_minutes;  /* east of UTC */
    bool zone_is_z;    /* written Z */
} moment;

typedef struct moment_token {
    char field; /* one of yMdHhamsSXxj, or 0: the literal */
    char literal;
    unsigned char width; /* y: 4 or 2; M: 1, 2, 3 (Jan), 4 (January); S: most digits */
    bool lax;            /* y: sign and more digits; S and X: may be absent */
} moment_token;

enum { MOMENT_TOKENS = 40 };

typedef struct moment_pattern {
    moment_token tokens[MOMENT_TOKENS];
    size_t count;
    unsigned has; /* what must come out: HAS_… without HAS_ZONE */
    bool needs_zone;
} moment_pattern;

/* The pattern of ISO 8601 that gives `has`, zone and fraction of a second as they
 * come. */
void up_moment_pattern_iso(unsigned has, moment_pattern *pattern);
/* UP_BAD_DATA: a letter nobody knows, `yy`, a pattern that does not give just `has`. */
UP_MUST_CHECK up_status up_moment_pattern_uax35(const char *text, unsigned has,
                                                moment_pattern *pattern, up_error *err);
UP_MUST_CHECK up_status up_moment_pattern_strptime(const char *text, unsigned has,
                                                   moment_pattern *pattern,
                                                   up_error *err);
/* NULL, or what is wrong with the text (static). */
const char *up_moment_read(const moment_pattern *pattern, const char *text,
                           moment *result);
/* ISO 8601, as much as it has; years beyond 9999 with Y, as up_period_parse has them. */
void up_moment_add(up_buffer *out, const moment *m);
/* < 0, 0, > 0; both must have the same fields. A zone not given counts as UTC. */
int up_moment_compare(const moment *a, const moment *b);

#endif
