/* Names of files for the charts of many series. */
#ifndef UPTICK_CLI_CHART_FILES_H
#define UPTICK_CLI_CHART_FILES_H

#include "uptick/buffer.h"
#include "uptick/error.h"

/* The names given so far; zeroed at first. */
typedef struct up_chart_names {
    char **items; /* owned, as is each */
    size_t count, capacity;
} up_chart_names;

/* "FOLDER/population-korea-rep.png" for "population/Korea, Rep.": of a key only letters and digits
 * are kept, all else becomes a hyphen, so that no name leaves the folder or is hidden; one that was given
 * already gets a number. */
UP_MUST_CHECK up_status up_chart_file_name(up_chart_names *names, const char *folder,
                                           const char *key, const char *ending,
                                           up_buffer *path, up_error *err);
void up_chart_names_release(up_chart_names *names);

#endif
