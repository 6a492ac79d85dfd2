/* The tokens of a period as people write it: numbers, month names, signs, words.
 *
 * Each token has a kind of one letter, so that a text becomes a short string, its shape. */
#ifndef UPTICK_TEXT_PERIOD_TOKENS_H
#define UPTICK_TEXT_PERIOD_TOKENS_H

#include "text/period_parts.h"

enum { TOKENS_MAX = 24 };

typedef enum modifier {
    BY,
    SOME_DAY,
    END,
    START,
    EARLY,
    MID,
    LATE,
    ABOUT,
    NOTHING
} modifier;

/* Kinds of token. A number is '4', '2' (one or two digits) or '9' (any other length); marks
 * between two numbers stand for themselves. */
enum {
    MONTH_NAME = 'm',
    ORDINAL = 'o',
    PART = 'P',      /* quarter, half, third, week; value: granularity */
    HALF_WORD = 'h', /* 上半年; value: 1 or 2 */
    FISCAL = 'F',
    YEAR_SIGN = 'J',  /* 年 */
    MONTH_SIGN = 'M', /* 月 */
    DAY_SIGN = 'D',   /* 日 */
    FIRST_FEW = 'f',  /* 前, as in 前三季度 */
    PLURAL = 's',     /* 1990s */
    CLOCK = 't',
    MODIFIER = 'w',
    RELATIVE = 'R',
    SEASON = 'S',
    SIGN = 'n',
    DROPPED = ' '
};

typedef struct token {
    char kind;
    int64_t value;
    const char *at; /* where it stands in the text */
    up_clock clock;
} token;

typedef struct token_list {
    const char *text;
    token items[TOKENS_MAX + 1];
    size_t count;
} token_list;

/* Cuts the folded, lower-case text into tokens. NULL, or the place that is not understood. */
const char *up_period_cut(const char *text, token_list *list);
/* Whether a kind is that of a number: '4', '2' or '9'. */
bool up_period_is_number(char kind);

#endif
