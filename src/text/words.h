/* Words as people type them, made comparable.
 *
 * Folding: full-width forms become ASCII, every blank one space, every dash '-', curly
 * apostrophes straight; blanks at the ends go, runs of them shrink to one. Nothing else is
 * normalised: the general NFKC would turn "10²" into "102". */
#ifndef UPTICK_TEXT_WORDS_H
#define UPTICK_TEXT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uptick/error.h"

enum { UP_FOLDED_SIZE = 256 };

/* `what` names the thing wanted, with its article ("a period"). UP_BAD_DATA when text is not
 * UTF-8, holds a control character or is too long. Case is kept. */
UP_MUST_CHECK up_status up_words_fold(const char *text, const char *what,
                                      char out[UP_FOLDED_SIZE], up_error *err);
/* ASCII letters to lower case, in place. */
void up_words_lower(char *text);
/* How many bytes of text a message shows ("%.*s"): whole characters of UTF-8. */
int up_words_shown(const char *text);

bool up_words_is_digit(char c);
bool up_words_is_letter(char c); /* ASCII */
/* Reads up to 18 digits at *text and steps over them; returns how many there are (more than
 * 18: the value is not set). */
size_t up_words_scan_digits(const char **text, int64_t *value);

/* Whether text begins with phrase, ASCII case ignored, and a phrase that ends in a letter
 * ends at the end of a word. */
bool up_words_begins(const char *text, const char *phrase);

#endif
