/* What the readers of entries share. */
#ifndef UPTICK_TEXT_ENTRY_PARTS_H
#define UPTICK_TEXT_ENTRY_PARTS_H

#include "uptick/entry.h"

/* What a text is with one decimal mark. */
typedef enum up_entry_outcome {
    UP_NO_NUMBER,
    UP_A_NUMBER,
    UP_BAD_DIGITS, /* the text of a number, but its digits are not marked so */
    UP_TOO_LONG    /* a number that has no exact decimal: err is set */
} up_entry_outcome;

/* The whole text, folded (words.h). *grouping: the thousands mark met, else 0. */
up_entry_outcome up_entry_parse(const char *text, char decimal, up_entry *entry,
                                char *grouping, up_error *err);

/* "" for what stands for nothing ("..", "n/a"), with flags behind it (": c"). */
bool up_entry_is_missing(const char *text, up_entry *entry);

/* A flag or footnote mark at *text ("p", "(2)", "*", a superscript): added to the entry,
 * stepped over. Behind a blank a flag may be of several letters. */
bool up_entry_take_mark(const char **text, bool behind_blank, up_entry *entry);

/* The digits at p with their marks: "1 234.5", ".5", "5.". Their number of bytes. */
size_t up_numeral_length(const char *p);
/* Writes them with a point and without grouping ("1234.5"); false: not with this decimal
 * mark. out has length + 2 bytes. */
bool up_numeral_plain(const char *p, size_t length, char decimal, char *out,
                      char *grouping);

#endif
