#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"

const up_option up_global_options[] = {
    {"tracker", "DIR",
     "the tracker's folder (else UPTICK_TRACKER, else the nearest above)"},
    {"as-of", "DATE", "only what was known on that day"},
    {"today", "DATE", "the day taken for today"},
    {"format", "FORMAT",
     "text, csv, tsv, json or markdown (else by the ending of -o, else text)"},
    {"columns", "LIST", "of a table only these columns, in this order: series,period"},
    {"output", "FILE", "write there instead of to standard output (also -o FILE)"},
    {"color", "WHEN", "auto, always or never"},
    {"quiet", NULL, "no remarks"},
    {"strict", NULL, "a warning is a failure (exit 1)"},
    {"dry-run", NULL, "change nothing; print what would change"},
    {"help", NULL, "this help"},
    {NULL, NULL, NULL}};

typedef struct given {
    const char *name;
    const char *value;
} given;

struct up_arguments {
    const up_command *command;
    const char **operands;
    size_t count, capacity;
    given *options;
    size_t option_count, option_capacity;
};

size_t up_args_count(const up_arguments *args)
{
    return args->count;
}

const char *up_args_operand(const up_arguments *args, size_t index)
{
    return index < args->count ? args->operands[index] : NULL;
}

const char *up_args_option(const up_arguments *args, const char *name)
{
    for (size_t i = args->option_count; i-- > 0;) /* the last one given wins */
        if (strcmp(args->options[i].name, name) == 0)
            return args->options[i].value;
    return NULL;
}

const char *up_args_nth(const up_arguments *args, const char *name, size_t n)
{
    for (size_t i = 0; i < args->option_count; i++)
        if (strcmp(args->options[i].name, name) == 0 && n-- == 0)
            return args->options[i].value;
    return NULL;
}

bool up_args_flag(const up_arguments *args, const char *name)
{
    return up_args_option(args, name) != NULL;
}

const char *up_args_each(const up_arguments *args, const char *name, size_t index)
{
    for (size_t i = 0; i < args->option_count; i++)
        if (strcmp(args->options[i].name, name) == 0 && index-- == 0)
            return args->options[i].value;
    return NULL;
}

bool up_args_wants_help(const up_arguments *args)
{
    return up_args_flag(args, "help");
}

void up_args_free(up_arguments *args)
{
    if (args == NULL)
        return;
    free(args->operands);
    free(args->options);
    free(args);
}

static const up_option *find_in(const up_option *options, const char *name, size_t length)
{
    for (; options != NULL && options->name != NULL; options++)
        if (strlen(options->name) == length && strncmp(options->name, name, length) == 0)
            return options;
    return NULL;
}

/* --short-unit is the key short_unit. */
static bool is_key(const char *key, const char *name, size_t length)
{
    if (strlen(key) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (key[i] != name[i] && !(key[i] == '_' && name[i] == '-'))
            return false;
    return true;
}

/* What an option takes: its canonical name, and whether it has a value. */
static bool find_option(const up_command *command, const char *name, size_t length,
                        up_option *found)
{
    const up_option *option = find_in(command->options, name, length);
    if (option == NULL)
        option = find_in(up_global_options, name, length);
    if (option != NULL) {
        *found = *option;
        return true;
    }
    const up_metric_key *key = command->takes_metric_keys ? up_metric_keys : NULL;
    for (; key != NULL && key->name != NULL; key++)
        if (is_key(key->name, name, length)) {
            *found = (up_option){key->name, "VALUE", key->help};
            return true;
        }
    return false;
}

/* `text` as it was typed, its name `length` long behind the dashes. */
static up_status unknown_option(const up_command *command, const char *text,
                                size_t length, up_error *err)
{
    const char *names[96], *near = NULL;
    char *name;
    size_t count = 0;
    for (const up_option *o = command->options; o != NULL && o->name && count < 48; o++)
        names[count++] = o->name;
    for (const up_option *o = up_global_options; o->name != NULL && count < 64; o++)
        names[count++] = o->name;
    const up_metric_key *key = command->takes_metric_keys ? up_metric_keys : NULL;
    for (; key != NULL && key->name != NULL && count < 96; key++)
        names[count++] = key->name;
    if (up_copy_bytes(text, length + 2, &name, err) != UP_OK)
        return UP_SYSTEM;
    near = up_did_you_mean(name + 2, names, count);
    if (near != NULL)
        up_error_set(err, UP_USAGE, "'%s' has no option '%s'; did you mean '--%s'?",
                     command->name, name, near);
    else
        up_error_set(err, UP_USAGE,
                     "'%s' has no option '%s' ('uptick help %s' lists them)",
                     command->name, name, command->name);
    free(name);
    return UP_USAGE;
}

static up_status add_option(up_arguments *args, const char *name, const char *value,
                            up_error *err)
{
    up_status status = up_grow(&args->options, &args->option_capacity,
                               args->option_count + 1, sizeof *args->options, err);
    if (status == UP_OK)
        args->options[args->option_count++] = (given){name, value};
    return status;
}

static up_status add_operand(up_arguments *args, const char *text, up_error *err)
{
    up_status status = up_grow(&args->operands, &args->capacity, args->count + 1,
                               sizeof *args->operands, err);
    if (status == UP_OK)
        args->operands[args->count++] = text;
    return status;
}

/* How many values an option takes: as many as words stand in "DATE TEXT". */
static int count_values(const up_option *option)
{
    int count = option->value != NULL;
    for (const char *at = option->value; at != NULL && (at = strchr(at, ' ')); at++)
        count++;
    return count;
}

/* --name, --name=value, --name value [value]; *at moves past what was taken. */
static up_status take_long(up_arguments *args, int argc, const char *const argv[],
                           int *at, up_error *err)
{
    const char *text = argv[*at], *equals = strchr(text, '=');
    size_t length = equals != NULL ? (size_t)(equals - text) - 2 : strlen(text + 2);
    up_option option;
    up_status status = UP_OK;
    if (!find_option(args->command, text + 2, length, &option))
        return unknown_option(args->command, text, length, err);
    if (option.value == NULL && equals != NULL)
        return up_error_set(err, UP_USAGE, "--%s takes no value", option.name);
    if (option.value == NULL)
        return add_option(args, option.name, "", err);
    int wanted = count_values(&option);
    if (equals != NULL)
        status = add_option(args, option.name, equals + 1, err);
    for (int i = equals != NULL; i < wanted && status == UP_OK; i++) {
        if (*at + 1 >= argc)
            return up_error_set(err, UP_USAGE, "--%s needs %s (%s)", option.name,
                                wanted > 1 ? "two values" : "a value", option.value);
        status = add_option(args, option.name, argv[++*at], err);
    }
    return status;
}

/* "-5", "-" and "-x / y" are operands; -o FILE and -h the only short options. */
static bool is_operand(const char *text)
{
    return text[0] != '-' || (text[1] != '-' && strchr(text, ' ') != NULL) ||
           text[1] == '\0' || (text[1] >= '0' && text[1] <= '9') || text[1] == '.';
}

static up_status take(up_arguments *args, int argc, const char *const argv[], int *at,
                      up_error *err)
{
    const char *text = argv[*at];
    if (is_operand(text))
        return add_operand(args, text, err);
    if (text[1] == '-')
        return take_long(args, argc, argv, at, err);
    if (strcmp(text, "-h") == 0)
        return add_option(args, "help", "", err);
    if (strcmp(text, "-o") == 0 && *at + 1 < argc)
        return add_option(args, "output", argv[++*at], err);
    if (strcmp(text, "-o") == 0)
        return up_error_set(err, UP_USAGE, "-o needs a value (FILE)");
    return up_error_set(err, UP_USAGE, "unknown option '%s' (long options begin with --)",
                        text);
}

static up_status check_count(const up_arguments *args, size_t least, size_t most,
                             up_error *err)
{
    const up_command *c = args->command;
    if (args->count < least)
        return up_error_set(err, UP_USAGE, "an operand is missing (usage: uptick %s %s)",
                            c->name, c->operands);
    if (args->count > most)
        return up_error_set(err, UP_USAGE,
                            "'%s' is one operand too many (usage: uptick %s %s)",
                            args->operands[most], c->name, c->operands);
    return UP_OK;
}

up_status up_args_want(const up_arguments *args, size_t count, up_error *err)
{
    return check_count(args, count, count, err);
}

/* The global options go into the context. */
static up_status apply_globals(up_context *ctx, const up_arguments *args, up_error *err)
{
    const char *text;
    up_status status = UP_OK;
    if ((text = up_args_option(args, "tracker")) != NULL)
        ctx->tracker = text;
    if ((text = up_args_option(args, "output")) != NULL)
        ctx->output = text;
    if (text != NULL && text[0] == '\0')
        return up_error_set(err, UP_USAGE, "-o needs the name of a file");
    if ((text = up_args_option(args, "as-of")) != NULL)
        status = up_cli_day(text, &ctx->as_of, err);
    if (status == UP_OK && (text = up_args_option(args, "today")) != NULL)
        status = up_cli_day(text, &ctx->today, err);
    bool own_formats =
        find_in(args->command->options, "format", strlen("format")) != NULL;
    if (status == UP_OK && !own_formats &&
        (text = up_args_option(args, "format")) != NULL)
        status = up_format_parse(text, &ctx->format, err);
    if (status == UP_OK && (text = up_args_option(args, "color")) != NULL) {
        if (strcmp(text, "always") == 0 || strcmp(text, "never") == 0)
            ctx->color = text[0] == 'a';
        else if (strcmp(text, "auto") != 0)
            status = up_error_set(err, UP_USAGE,
                                  "--color '%s' is not auto, always or never", text);
    }
    ctx->columns = up_args_option(args, "columns");
    ctx->quiet = ctx->quiet || up_args_flag(args, "quiet");
    ctx->strict = ctx->strict || up_args_flag(args, "strict");
    ctx->dry_run = ctx->dry_run || up_args_flag(args, "dry-run");
    return status;
}

/* What is stored must be UTF-8; only the names of files are the system's own. */
static bool may_be_any_bytes(const char *option)
{
    return strcmp(option, "output") == 0 || strcmp(option, "tracker") == 0 ||
           strcmp(option, "script") == 0;
}

static up_status check_utf8(const up_arguments *args, up_error *err)
{
    for (size_t i = 0; i < args->count; i++)
        if (!up_utf8_is_valid(args->operands[i]))
            return up_error_set(err, UP_USAGE, "'%s' is not UTF-8", args->operands[i]);
    for (size_t i = 0; i < args->option_count; i++)
        if (!may_be_any_bytes(args->options[i].name) &&
            !up_utf8_is_valid(args->options[i].value))
            return up_error_set(err, UP_USAGE, "--%s '%s' is not UTF-8",
                                args->options[i].name, args->options[i].value);
    return UP_OK;
}

up_status up_args_parse(up_context *ctx, const up_command *command, int argc,
                        const char *const argv[], up_arguments **out, up_error *err)
{
    up_arguments *args;
    up_status status = up_alloc(1, sizeof *args, &args, err);
    if (status != UP_OK)
        return status;
    args->command = command;
    bool only_operands = false;
    for (int i = 0; i < argc && status == UP_OK; i++) {
        if (only_operands)
            status = add_operand(args, argv[i], err);
        else if (strcmp(argv[i], "--") == 0)
            only_operands = true;
        else
            status = take(args, argc, argv, &i, err);
    }
    if (status == UP_OK && !up_args_wants_help(args))
        status = check_count(args, command->min_operands, command->max_operands, err);
    if (status == UP_OK)
        status = check_utf8(args, err);
    if (status == UP_OK)
        status = apply_globals(ctx, args, err);
    if (status == UP_OK)
        *out = args;
    else
        up_args_free(args);
    return status;
}
