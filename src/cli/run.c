/* From argv to an exit code. */
#include <string.h>

#include "cli/command.h"

enum { TEXT_WIDTH = 78 };

/* ---- help ---- */

/* Breaks a text at blanks so that no line is longer than TEXT_WIDTH. */
static void print_wrapped(const char *text, FILE *out)
{
    size_t column = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (column > 0 && column + 1 + length > TEXT_WIDTH) {
            fputc('\n', out);
            column = 0;
        } else if (column > 0) {
            fputc(' ', out);
            column++;
        }
        fwrite(text, 1, length, out);
        column += length;
        text += length;
        text += strspn(text, " ");
    }
    fputc('\n', out);
}

static void print_option(const char *name, const char *value, const char *help, FILE *out)
{
    char left[64];
    snprintf(left, sizeof left, "  --%s%s%s", name, value != NULL ? " " : "",
             value != NULL ? value : "");
    fprintf(out, "%-26s %s\n", left, help);
}

static void print_options(const up_option *options, FILE *out)
{
    for (; options != NULL && options->name != NULL; options++)
        print_option(options->name, options->value, options->help, out);
}

static void print_metric_keys(FILE *out)
{
    for (const up_metric_key *key = up_metric_keys; key->name != NULL; key++) {
        char name[32];
        snprintf(name, sizeof name, "%s", key->name);
        for (char *c = name; *c != '\0'; c++)
            if (*c == '_')
                *c = '-';
        print_option(name, "VALUE", key->help, out);
    }
}

static void print_key_names(FILE *out)
{
    fputs("\nkeys:\n", out);
    for (const up_metric_key *key = up_metric_keys; key->name != NULL; key++)
        fprintf(out, "  %-24s %s\n", key->name, key->help);
}

const char up_about[] =
    "uptick tracks reported metrics: every figure with its unit, words, source and "
    "revisions; growth and projections with what they leave open; charts to publish.";

const up_exit up_exits[] = {{"0", "done"},
                            {"1", "a check or claim failed"},
                            {"2", "usage"},
                            {"3", "bad data"},
                            {"4", "too little data"},
                            {"5", "a missing program or font"},
                            {"6", "the system refused (disk, memory, permission)"},
                            {NULL, NULL}};

static void print_exits(FILE *out)
{
    char text[512] = "exit:";
    for (const up_exit *e = up_exits; e->means != NULL; e++) {
        size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, "%s %s %s",
                 e == up_exits ? "" : ",", e->code, e->means);
    }
    fputc('\n', out);
    print_wrapped(text, out);
}

static void print_overview(FILE *out)
{
    print_wrapped(up_about, out);
    fputs("\nusage: uptick COMMAND [OPERAND…] [--OPTION…]\n\n", out);
    for (const up_command *const *c = up_commands; *c != NULL; c++)
        fprintf(out, "  %-10s %s\n", (*c)->name, (*c)->summary);
    fputs("  help       help on a command: uptick help growth (--man: its manual "
          "page)\n\noptions of every "
          "command:\n",
          out);
    print_options(up_global_options, out);
    print_exits(out);
}

void up_cli_help(const up_command *command, FILE *out)
{
    if (command == NULL) {
        print_overview(out);
        return;
    }
    fprintf(out, "usage: uptick %s%s%s\n\n%s\n", command->name,
            command->operands[0] != '\0' ? " " : "", command->operands, command->summary);
    if (command->details[0] != '\0') {
        fputc('\n', out);
        print_wrapped(command->details, out);
    }
    if (command->lists_metric_keys)
        print_key_names(out);
    if (command->options != NULL || command->takes_metric_keys)
        fputs("\noptions:\n", out);
    print_options(command->options, out);
    if (command->takes_metric_keys)
        print_metric_keys(out);
    fputs("\noptions of every command:\n", out);
    print_options(up_global_options, out);
}

/* ---- run ---- */

static up_status unknown_command(const char *name, up_error *err)
{
    const char *names[64];
    size_t count = 0;
    for (const up_command *const *c = up_commands; *c != NULL && count < 64; c++)
        names[count++] = (*c)->name;
    const char *near = up_did_you_mean(name, names, count);
    if (name[0] == '-')
        return up_error_set(err, UP_USAGE, "the command comes first, then '%s'", name);
    if (near != NULL)
        return up_error_set(err, UP_USAGE, "unknown command '%s'; did you mean '%s'?",
                            name, near);
    return up_error_set(err, UP_USAGE, "unknown command '%s' ('uptick help' lists them)",
                        name);
}

/* help [--man] [COMMAND] */
static up_status run_help(up_context *ctx, int argc, const char *const argv[],
                          up_error *err)
{
    bool manual = argc > 2 && strcmp(argv[2], "--man") == 0;
    const char *name = argc > (manual ? 3 : 2) ? argv[manual ? 3 : 2] : NULL;
    const up_command *command = name != NULL ? up_command_find(name) : NULL;
    if (name != NULL && command == NULL)
        return unknown_command(name, err);
    (manual ? up_cli_manual : up_cli_help)(command, ctx->out);
    return UP_OK;
}

static up_status run_command(up_context *ctx, int argc, const char *const argv[],
                             up_error *err)
{
    const up_command *command = up_command_find(argv[1]);
    up_arguments *args = NULL;
    if (command == NULL)
        return unknown_command(argv[1], err);
    up_status status = up_args_parse(ctx, command, argc - 2, argv + 2, &args, err);
    if (status == UP_OK) {
        if (up_args_wants_help(args))
            up_cli_help(command, ctx->out);
        else
            status = command->run(ctx, args, err);
    }
    up_args_free(args);
    return status;
}

static up_status dispatch(up_context *ctx, int argc, const char *const argv[],
                          up_error *err)
{
    if (argc < 2) {
        up_cli_help(NULL, ctx->err);
        return up_error_set(err, UP_USAGE, "a command is missing");
    }
    if (strcmp(argv[1], "--version") == 0) {
        fprintf(ctx->out, "uptick %s\n", UPTICK_VERSION);
        return UP_OK;
    }
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 ||
        strcmp(argv[1], "-h") == 0)
        return run_help(ctx, argc, argv, err);
    return run_command(ctx, argc, argv, err);
}

int up_cli_run(up_context *ctx, int argc, const char *const argv[])
{
    up_error err = {0};
    up_status status = dispatch(ctx, argc, argv, &err);
    up_output_drop(ctx);
    if (status == UP_OK && ctx->strict && ctx->warnings > 0)
        status = up_error_set(&err, UP_CHECK_FAILED, "%zu warning%s (--strict)",
                              ctx->warnings, ctx->warnings == 1 ? "" : "s");
    if (status != UP_OK)
        up_cli_print_error(ctx, &err);
    return (int)status;
}
