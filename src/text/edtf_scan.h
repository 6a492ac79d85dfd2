/* Scanning the parts of an EDTF date, before anything is said about its months and days. */
#ifndef UPTICK_TEXT_EDTF_SCAN_H
#define UPTICK_TEXT_EDTF_SCAN_H

#include "text/period_parts.h"

enum {
    NONE = -1,   /* not written */
    ANY = -2,    /* XX */
    PARTIAL = -3 /* 1X: level 2 */
};

typedef struct raw_date {
    bool negative, long_year;
    int64_t year;       /* without its sign; unknown digits are 0 */
    int unknown_digits; /* X at the end of the year */
    int exponent;       /* Y17E7; else 0 */
    bool significant;   /* 1950S2: level 2 */
    bool scattered;     /* 20X0: level 2 */
    int month, day;
    char code; /* Q, S, T, W, M, A, D; 0 if none */
    int64_t number, weekday;
    bool bare_code; /* no dash before the code */
    bool timed;
    up_clock clock;
    unsigned flags;
} raw_date;

/* One date, as far as it goes; *p moves past it and the caller looks at what stands behind.
 * False means "not this notation". */
bool up_edtf_scan_date(const char **p, raw_date *raw);

#endif
