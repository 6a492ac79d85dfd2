/* How metadata come about: their parts made and filled by the readers of each format. */
#ifndef UPTICK_IMPORT_METADATA_BUILD_H
#define UPTICK_IMPORT_METADATA_BUILD_H

#include <jansson.h>

#include "import/datatype.h"
#include "import/metadata.h"

/* How the cells of a column are read: up_metadata_column.reader. */
typedef struct column_reader {
    datatype type;
    char *separator;     /* CSVW: cells are lists; NULL: they are not */
    char *default_text;  /* CSVW: stands for an empty cell; NULL */
    char *status_prefix; /* the status is this and the first characters of the cell … */
    size_t status_taken; /* … so many of them; 0: status_prefix alone */
} column_reader;

/* A table with every text "", appended; or a column of it, a reference. */
UP_MUST_CHECK up_status up_metadata_add_table(up_metadata *metadata,
                                              up_metadata_table **table, up_error *err);
UP_MUST_CHECK up_status up_metadata_add_column(up_metadata_table *table,
                                               const datatype_base *base,
                                               up_metadata_column **column,
                                               up_error *err);
UP_MUST_CHECK up_status up_metadata_add_reference(up_metadata_reference **list,
                                                  size_t *count,
                                                  up_metadata_reference **reference,
                                                  up_error *err);
static inline column_reader *up_metadata_reader(const up_metadata_column *column)
{
    return column->reader;
}

/* What is said once for many tables or columns is copied to each, so that a small file
 * could fill the memory: what a reader makes is counted here. UP_BAD_DATA when it is too
 * much. */
enum { METADATA_MOST_BYTES = 256 * 1024 * 1024 };
UP_MUST_CHECK up_status up_metadata_spend(size_t *spent, size_t bytes, up_error *err);

/* Where a path that stands in the metadata file `from` leads: *path is it, as to be
 * opened, or NULL with a remark when it is an address, absolute, or leads out of that
 * file's folder. */
UP_MUST_CHECK up_status up_metadata_follow(const char *from, const char *stated,
                                           char **path, up_remarks *remarks,
                                           up_error *err);

/* The readers. root is the file's JSON, source its path. */
UP_MUST_CHECK up_status up_package_to_metadata(const json_t *root, const char *source,
                                               up_metadata *metadata, up_remarks *remarks,
                                               up_error *err);
UP_MUST_CHECK up_status up_chart_to_metadata(const json_t *root, const char *source,
                                             up_metadata *metadata, up_remarks *remarks,
                                             up_error *err);
UP_MUST_CHECK up_status up_csvw_to_metadata(const json_t *root, const char *source,
                                            up_metadata *metadata, up_remarks *remarks,
                                            up_error *err);

#endif
