/* The command line: one table of commands, one file each.
 *
 * A command is a struct: name, summary, operands, options, run. Help, parsing and "did you
 * mean" come from the same table. `run` gets its streams, clock and global options in a
 * context, so that tests call it in-process; it writes results to ctx->out and remarks to
 * ctx->err, and does no arithmetic of its own. */
#ifndef UPTICK_CLI_COMMAND_H
#define UPTICK_CLI_COMMAND_H

#include <stdio.h>

#include "uptick/store.h"
#include "uptick/view.h"

typedef struct up_option {
    const char *name;  /* "from", written --from */
    const char *value; /* placeholder, "PERIOD"; NULL: a flag. "DATE TEXT": two values */
    const char *help;
} up_option;

typedef struct up_arguments up_arguments;

/* Streams, clock and the options every command knows. */
typedef struct up_context {
    FILE *out, *err;
    const char *tracker;  /* --tracker, else UPTICK_TRACKER; NULL: look upwards */
    const char *output;   /* -o; NULL: out */
    const char *config;   /* the user's own configuration, a JSON file; NULL: none */
    const char *columns;  /* --columns; NULL: as the table has them */
    up_format format;     /* --format; UP_FORMAT_NONE: by -o, else terminal */
    int64_t today, as_of; /* day numbers; as_of UP_AS_OF_LATEST */
    bool color, quiet, strict, dry_run;
    size_t width;     /* of the terminal; 0: out is none, no limit */
    size_t levels_up; /* folders from the current one to the tracker found above it */
    size_t warnings;  /* shown so far; --strict fails on them */
    int out_errno;    /* of the first result that could not be written to out; 0: none */
    struct up_output
        *pending; /* a result of which a part is written (output.c); else NULL */
} up_context;

typedef struct up_command {
    const char *name;
    const char *operands;     /* for the usage line: "SERIES PERIOD QUANTITY" */
    const char *summary;      /* one line */
    const char *details;      /* paragraphs for --help; "" */
    const up_option *options; /* ended by a NULL name; NULL: none */
    size_t min_operands, max_operands;
    bool takes_metric_keys; /* --unit, --measure, …: the table of metric.h */
    bool lists_metric_keys; /* its operands name them: help says which there are */
    up_status (*run)(up_context *ctx, const up_arguments *args, up_error *err);
} up_command;

extern const up_command *const up_commands[]; /* ended by NULL */
extern const up_option up_global_options[];
const up_command *up_command_find(const char *name);

/* Runs `uptick argv[1] …`: parses, runs, prints errors. Returns the exit code. */
int up_cli_run(up_context *ctx, int argc, const char *const argv[]);
/* Help of one command, or of all (NULL); and the same as a manual page (roff). */
void up_cli_help(const up_command *command, FILE *out);
void up_cli_manual(const up_command *command, FILE *out);
/* What help and manual say of the program, and of its exit codes. */
typedef struct up_exit {
    const char *code, *means;
} up_exit;
extern const char up_about[];
extern const up_exit up_exits[]; /* ended by NULLs */

/* ---- arguments (arguments.c) ---- */

size_t up_args_count(const up_arguments *args);
const char *up_args_operand(const up_arguments *args, size_t index);
/* The value of an option; NULL when it was not given ("" for a flag that was). */
const char *up_args_option(const up_arguments *args, const char *name);
/* The n-th value, from 0, of an option that may be given again; NULL: there are fewer. */
const char *up_args_nth(const up_arguments *args, const char *name, size_t n);
bool up_args_flag(const up_arguments *args, const char *name);
/* The index-th value of an option that may be given several times; NULL beyond the last. */
const char *up_args_each(const up_arguments *args, const char *name, size_t index);
/* UP_USAGE unless there are `count` operands: for a command whose options say how many. */
UP_MUST_CHECK up_status up_args_want(const up_arguments *args, size_t count,
                                     up_error *err);
UP_MUST_CHECK up_status up_args_parse(up_context *ctx, const up_command *command,
                                      int argc, const char *const argv[],
                                      up_arguments **args, up_error *err);
void up_args_free(up_arguments *args);
bool up_args_wants_help(const up_arguments *args);

/* Options that several commands have, for their tables. */
#define UP_RESAMPLE_OPTIONS                                                              \
    {"resample", "UNIT",                                                                 \
     "make figures of a month, quarter, half or year of shorter ones"},                  \
        {"how", "HOW", "avg, sum or eop (else flows: sum, levels: eop, rates: avg)"},    \
    {                                                                                    \
        "partial", NULL, "incomplete periods too, as status P"                           \
    }
#define UP_CURRENCY_OPTIONS                                                              \
    {"in", "CURRENCY", "convert by the exchange rates of the tracker, e.g. USD"},        \
        {"real", "INDEX",                                                                \
         "deflate by a metric of measure index, at the prices of --prices"},             \
        {"prices", "PERIOD", "the base of --real, e.g. 2015"},                           \
        {"tolerance", "TIME",                                                            \
         "how far another date may be: a year before, --align, rates: '3 days'"},        \
    {                                                                                    \
        "future-rates", NULL, "a later exchange rate where there is none before"         \
    }
#define UP_ALIGN_OPTION                                                                  \
    {                                                                                    \
        "align", "HOW", "exact, nearest, carry-forward or interpolate, for expressions"  \
    }

/* ---- what commands share (common.c, selection.c) ---- */

/* Opens the tracker of the context; the caller frees. */
UP_MUST_CHECK up_status up_cli_open(up_context *ctx, up_store **store, up_error *err);
/* Loads the metrics that pattern names (NULL: all) and the tables; bad rows are printed. */
UP_MUST_CHECK up_status up_cli_load(up_context *ctx, up_store *store, const char *pattern,
                                    up_error *err);
/* The same for what visits the patterns of an expression; `context` is an up_cli_loading. */
typedef struct up_cli_loading {
    up_context *ctx;
    up_store *store;
} up_cli_loading;
UP_MUST_CHECK up_status up_cli_load_pattern(const char *pattern, void *context,
                                            up_error *err);
/* The series that operands first… name: loads and selects them. Expressions are evaluated if
 * `metrics` is not NULL (the caller frees it after the list). */
typedef struct up_selection {
    up_store *store;
    const up_tracker *tracker;
    up_series_options options;
    up_series_list list;
    struct up_expression_metrics **expressions; /* owned */
    size_t expression_count, expression_capacity;
    size_t expression_operands; /* how many operands were expressions */
} up_selection;
enum {                     /* how operands are taken */
       UP_EXPRESSIONS = 1, /* expressions are evaluated */
       UP_WINDOW = 2,      /* --from and --to bound the figures */
       UP_BUT_LAST = 4     /* the last operand is something else */
};
UP_MUST_CHECK up_status up_cli_select(up_context *ctx, const up_arguments *args,
                                      size_t first, const up_series_options *options,
                                      unsigned how, up_selection *selection,
                                      up_error *err);
void up_selection_release(up_selection *selection);
/* as_of from the context, --every, --with-forecasts, --rounding, --with-derived where the
 * command has these options. */
UP_MUST_CHECK up_status up_cli_series_options(const up_context *ctx,
                                              const up_arguments *args,
                                              up_series_options *options, up_error *err);
/* Selects, makes a table by `view`, emits it: the whole of a command that shows. */
UP_MUST_CHECK up_status up_cli_show(
    up_context *ctx, const up_arguments *args, const up_series_options *options,
    up_status (*view)(const up_arguments *, const up_selection *, up_table *, up_error *),
    up_error *err);
/* Before a view: what the context says of its format and columns; rows that become lines are written
 * by up_output_put when there are many. */
void up_cli_begin_table(up_context *ctx, up_table *table);
/* The same of a table that stays in memory, to be joined to such a one. */
void up_cli_begin_part(const up_context *ctx, up_table *part);
/* Writes a table where and how the context says, then releases it. */
UP_MUST_CHECK up_status up_cli_emit(up_context *ctx, up_table *table, up_error *err);
/* Whether the table that will be emitted is for machines. */
bool up_cli_is_tidy(const up_context *ctx);
/* Whether its format has a place for notes. */
bool up_cli_has_notes(const up_context *ctx);
/* Bytes to -o FILE (atomically), never into a tracker's series/; to ctx->out without -o. */
UP_MUST_CHECK up_status up_cli_write(up_context *ctx, const char *data, size_t length,
                                     up_error *err);
/* Where up_cli_write would put it, piece by piece: with the first one the context has a pending
 * result, which up_output_end makes good and up_output_drop undoes (output.c). */
typedef struct up_output up_output;
UP_MUST_CHECK up_status up_output_put(up_context *ctx, const char *data, size_t length,
                                      up_error *err);
UP_MUST_CHECK up_status up_output_end(up_context *ctx, up_error *err);
void up_output_drop(up_context *ctx);
/* Bytes to ctx->out; that they arrived is checked at the end (main.c). */
void up_cli_print(up_context *ctx, const char *data, size_t length);
/* UP_USAGE: the file or folder would lie in a tracker's series/, by whatever path and however deep. */
UP_MUST_CHECK up_status up_cli_check_output(const char *path, up_error *err);
/* The same to any file; with --dry-run only said. */
UP_MUST_CHECK up_status up_cli_write_file(up_context *ctx, const char *path,
                                          const char *data, size_t length, up_error *err);
/* Prints remarks to err (not with --quiet, unless errors) and clears the list. */
void up_cli_remarks(up_context *ctx, up_remarks *remarks);
/* The same, however many: each bad row of a file is to be named. */
void up_cli_remarks_all(up_context *ctx, up_remarks *remarks);
/* One remark at once. */
void up_cli_note(up_context *ctx, const char *format, ...) UP_PRINTF(2, 3);
void up_cli_print_error(up_context *ctx, const up_error *err);
/* Opens the tracker for writing, lets `change` stage what it changes, and ends it: the whole
 * of a command that changes. */
UP_MUST_CHECK up_status up_cli_change(up_context *ctx, const up_arguments *args,
                                      up_status (*change)(up_context *,
                                                          const up_arguments *,
                                                          up_store *, up_error *),
                                      up_error *err);
/* --remove LINE and the operands, more lines: takes these rows out of the table of that role. The
 * whole of a command, which need not be able to read the table. */
UP_MUST_CHECK up_status up_cli_remove_rows(up_context *ctx, const up_arguments *args,
                                           const char *role, up_error *err);
/* A line of a file: UP_USAGE "--line '2x' is no line number" for the option `name`. */
UP_MUST_CHECK up_status up_cli_line_number(const char *name, const char *text,
                                           size_t *line, up_error *err);
/* Ends a change: with --dry-run prints the diff to out, else commits. With --strict a warning
 * so far is UP_CHECK_FAILED, and nothing is written. */
UP_MUST_CHECK up_status up_cli_finish(up_context *ctx, up_store *store, up_error *err);
/* A text with a line break or another control character is refused: UP_USAGE. NULL: none is given. */
UP_MUST_CHECK up_status up_cli_check_line(const char *what, const char *text,
                                          up_error *err);
/* A name with a control character in it is refused: UP_USAGE. */
UP_MUST_CHECK up_status up_cli_check_name(const char *name, up_error *err);
/* A metric key as "metric/entity" → metric of the tracker and entity text (owned). */
UP_MUST_CHECK up_status up_cli_target(const up_tracker *tracker, const char *key,
                                      const up_metric_data **data, char **entity,
                                      up_error *err);
/* --date-format: dmy or mdy, or not given. */
UP_MUST_CHECK up_status up_cli_check_date_order(const up_arguments *args, up_error *err);
/* A period given as an option or operand, with the metric's fiscal year and --date-format. */
/* --OPTION day|week|month|quarter|half|year; *given: it is there. */
UP_MUST_CHECK up_status up_cli_unit(const up_arguments *args, const char *option,
                                    bool *given, up_granularity *unit, up_error *err);
UP_MUST_CHECK up_status up_cli_period(const up_arguments *args, const up_metric *metric,
                                      const char *text, up_period *period, up_error *err);
/* A single level as people write it, in the metric's unit. */
UP_MUST_CHECK up_status up_cli_level(const up_metric *metric, const char *text,
                                     double *level, up_error *err);
/* A day: --as-of, --today. Of a longer period the last day. */
UP_MUST_CHECK up_status up_cli_day(const char *text, int64_t *day, up_error *err);

#endif
