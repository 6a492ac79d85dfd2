/* The words of CSV on the Web: which may stand where, with which values. */
#ifndef UPTICK_IMPORT_CSVW_VOCABULARY_H
#define UPTICK_IMPORT_CSVW_VOCABULARY_H

#include <jansson.h>

#include "uptick/error.h"

/* Takes out of a description whatever is not of the vocabulary or has a value it cannot
 * have, each with a warning, so that what is left can be relied upon: lists are lists of
 * what they must be, texts are texts. UP_BAD_DATA: what the standard calls an error. */
UP_MUST_CHECK up_status up_csvw_clean(json_t *root, const char *source,
                                      up_remarks *remarks, up_error *err);

#endif
