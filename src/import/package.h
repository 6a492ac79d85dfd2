/* The parts of reading a Data Package. */
#ifndef UPTICK_IMPORT_PACKAGE_H
#define UPTICK_IMPORT_PACKAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "import/json_reading.h"
#include "import/metadata_build.h"
#include "uptick/calendar.h"

/* When the column `Year` of a table holds days. */
typedef struct day_count {
    bool given;
    int64_t zero_day;
} day_count;

/* Appends a field's column to the table. */
void up_package_add_field(json_reading *r, const json_t *field, const char *where,
                          up_metadata_table *table, day_count *days);
/* Appends a list of texts, each alone or as the "value" of an object. */
void up_package_take_texts(json_reading *r, const json_t *object, const char *where,
                           const char *key, char ***list);
/* Takes a field's owidDisplaySettings. */
void up_package_take_owid(json_reading *r, const json_t *field, const char *where,
                          up_metadata_column *column, day_count *days);

#endif
