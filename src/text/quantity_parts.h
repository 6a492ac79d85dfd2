/* What the readers of quantities and changes share: the text in hand, one amount of it. */
#ifndef UPTICK_TEXT_QUANTITY_PARTS_H
#define UPTICK_TEXT_QUANTITY_PARTS_H

#include "uptick/quantity.h"

typedef struct up_quantity_reader {
    const char *shown;           /* the text as given, for messages */
    const char *noun, *examples; /* what it should be: "quantity", "570M, …" */
    up_quantity_options options;
    up_error *err;
} up_quantity_reader;

enum { UP_CURRENCY_SIZE = 4 };

/* A number with what is written onto it: 3, $16.2bn, 7000亿, two thirds, 80%, 100-fold. */
typedef struct up_amount {
    up_decimal value; /* base units; percent not divided yet */
    bool scaled;      /* a multiplier (million, 亿) was written */
    int power;        /* and the power of ten it stands for */
    bool percent, points, fold;
    bool
        times; /* fold, written "3 times" or 3倍: with a verb of growth it is ambiguous */
    bool more; /* 多, 余, +: a qualifier behind the digits */
    bool at_least;
    char currency[UP_CURRENCY_SIZE]; /* "" if none */
} up_amount;

/* "'TEXT' " and the message. Returns UP_BAD_DATA. */
up_status up_quantity_refuse(const up_quantity_reader *reader, const char *format, ...)
    UP_PRINTF(2, 3);

const char *up_skip_blanks(const char *p);

/* Reads one amount at *text and steps over it. UP_BAD_DATA when there is none. */
UP_MUST_CHECK up_status up_amount_read(const up_quantity_reader *reader,
                                       const char **text, up_amount *amount);

/* The whole folded text: up_quantity_parse, but points and times are told apart. */
typedef struct up_quantity_extra {
    bool points, times;
} up_quantity_extra;
UP_MUST_CHECK up_status up_quantity_read(const up_quantity_reader *reader,
                                         const char *text, up_quantity *quantity,
                                         up_quantity_extra *extra);

/* A qualifier word at *text; steps over it. */
bool up_qualifier_read(const char **text, up_qualifier *qualifier);
/* The mark, code or word of a currency at *text ("US$", "yuan"). UP_BAD_DATA when
 * it stands for several and options->currency is none of them. *code "" if there is none. */
UP_MUST_CHECK up_status up_currency_read(const up_quantity_reader *reader,
                                         const char **text, char code[UP_CURRENCY_SIZE]);

#endif
