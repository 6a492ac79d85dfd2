/* Errors and remarks.
 *
 * A function that can fail returns up_status and takes `up_error *err` last; err may be NULL.
 * The code is for branching, the text for people. On failure outputs stay untouched.
 *
 *     up_error err = {0};
 *     if (up_decimal_parse("12,5", &value, &err) != UP_OK)
 *         fprintf(stderr, "%s\n", err.message);
 *
 * Invariants: `message` is one line without newline or "Error:"; it may quote text from a
 * user's file, so it is printed through up_buffer_add_visible (buffer.h). */
#ifndef UPTICK_ERROR_H
#define UPTICK_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define UP_MUST_CHECK      __attribute__((warn_unused_result))
#define UP_PRINTF(fmt, va) __attribute__((format(printf, fmt, va)))
#else
#define UP_MUST_CHECK
#define UP_PRINTF(fmt, va)
#endif

/* The value of a status is the exit code of the program (one table for both). */
typedef enum up_status {
    UP_OK = 0,
    UP_CHECK_FAILED = 1,    /* a check or a claim failed */
    UP_USAGE = 2,           /* the caller asked for something that makes no sense */
    UP_BAD_DATA = 3,        /* a file or a field is not what it must be */
    UP_TOO_LITTLE_DATA = 4, /* the data cannot carry the answer */
    UP_MISSING_PROGRAM = 5, /* gnuplot, a font, … is not installed or failed */
    UP_SYSTEM = 6           /* memory, disk, permission, broken pipe */
} up_status;

typedef struct up_error {
    up_status code;
    char source[256];  /* file, table or option at fault; "" if none */
    size_t line;       /* 1-based line in source; 0 if none */
    char message[512]; /* one line: what was found, what was wanted */
} up_error;

/* Fill err (NULL allowed) and return code, so that `return up_error_set(...)` reads well.
 * Text that does not fit is cut at a character boundary. */
up_status up_error_set(up_error *err, up_status code, const char *format, ...)
    UP_PRINTF(3, 4);
up_status up_error_at(up_error *err, up_status code, const char *source, size_t line,
                      const char *format, ...) UP_PRINTF(5, 6);

/* Out of memory, and an errno (message: "WHAT: strerror"), as UP_SYSTEM. */
up_status up_error_memory(up_error *err);
up_status up_error_errno(up_error *err, const char *source, const char *what, int number);

/* Adds where an error happened, if that is not known yet. Returns err's code. */
up_status up_error_locate(up_error *err, const char *source, size_t line);

/* A finding about data that goes on being usable, or one of several errors. */
typedef enum up_severity { UP_NOTE, UP_WARNING, UP_ERROR } up_severity;

typedef struct up_remark {
    up_severity severity;
    char *source; /* owned; "" if none */
    size_t line;
    char *message; /* owned */
} up_remark;

/* A growing list. Zeroed is empty; `failed` is set when memory ran out. */
typedef struct up_remarks {
    up_remark *items;
    size_t count, capacity;
    size_t errors; /* how many are UP_ERROR */
    bool failed;
} up_remarks;

/* list may be NULL: the remark is dropped. */
void up_remarks_add(up_remarks *list, up_severity severity, const char *source,
                    size_t line, const char *format, ...) UP_PRINTF(5, 6);
/* Adds err as a remark of severity UP_ERROR. */
void up_remarks_add_error(up_remarks *list, const up_error *err);
void up_remarks_release(up_remarks *list);

#ifdef __cplusplus
}
#endif
#endif
