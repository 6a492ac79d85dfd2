/* The manual pages: what help says, as roff with the man macros, so that they are made of the
 * tables that parse and never by hand (docs/man is what `uptick help --man` prints). */
#include <stdint.h>
#include <string.h>

#include "cli/command.h"
#include "report/wrap.h"

/* Text as roff: nothing in it is a request, an escape or a hyphen that a viewer may exchange. */
static void print_text(const char *text, FILE *out)
{
    size_t length;
    int32_t c;
    if (*text == '.' || *text == '\'')
        fputs("\\&", out);
    for (; *text != '\0'; text += length) {
        length = up_text_next(text, &c);
        if (c == '\\')
            fputs("\\e", out);
        else if (c == '-')
            fputs("\\-", out);
        else if (c == '\'')
            fputs("\\(aq", out);
        else if (c < 0x80)
            fputc(c, out);
        else
            fprintf(out, "\\[u%04X]", (unsigned)c);
    }
}

static void print_line(const char *text, FILE *out)
{
    print_text(text, out);
    fputc('\n', out);
}

static void print_section(const char *title, FILE *out)
{
    fprintf(out, ".SH %s\n", title);
}

/* "NAME VALUE" with what it is below, set in; `mark` stands before the name. */
static void print_item(const char *mark, const char *name, const char *value,
                       const char *help, FILE *out)
{
    fputs(".TP\n\\fB", out);
    print_text(mark, out);
    for (const char *c = name; *c != '\0'; c++) /* the key short_unit is --short-unit */
        print_text(*c == '_' && mark[0] == '-' ? "-" : (char[]){*c, '\0'}, out);
    fputs("\\fR", out);
    if (value != NULL) {
        fputs(" \\fI", out);
        print_text(value, out);
        fputs("\\fR", out);
    }
    fputc('\n', out);
    print_line(help, out);
}

static void print_options(const char *title, const up_option *options, FILE *out)
{
    print_section(title, out);
    for (; options != NULL && options->name != NULL; options++)
        print_item("--", options->name, options->value, options->help, out);
}

static void print_keys(const char *mark, const char *value, FILE *out)
{
    for (const up_metric_key *key = up_metric_keys; key->name != NULL; key++)
        print_item(mark, key->name, value, key->help, out);
}

static void print_exits(FILE *out)
{
    print_section("EXIT STATUS", out);
    for (const up_exit *e = up_exits; e->means != NULL; e++)
        print_item("", e->code, NULL, e->means, out);
}

/* .TH UPTICK\-GROWTH 1 and the page's name; command NULL: the overview. */
static void print_head(const up_command *command, const char *summary, FILE *out)
{
    fputs(".\\\" Made by 'uptick help --man'; not to be edited.\n.TH UPTICK", out);
    if (command != NULL) {
        fputs("\\-", out);
        for (const char *c = command->name; *c != '\0'; c++)
            fputc(*c - 'a' + 'A', out);
    }
    fprintf(out, " 1 %s \"uptick %s\" \"uptick\"\n", UPTICK_DATE, UPTICK_VERSION);
    print_section("NAME", out);
    fprintf(out, "uptick%s%s \\- ", command != NULL ? "\\-" : "",
            command != NULL ? command->name : "");
    print_line(summary, out);
    print_section("SYNOPSIS", out);
    fprintf(out, "\\fBuptick %s\\fR", command != NULL ? command->name : "");
}

static void print_overview(FILE *out)
{
    static const char *const variables[][2] = {
        {"UPTICK_TRACKER", "the tracker where --tracker is not given: a folder"},
        {"NO_COLOR", "set: no colours in the terminal, unless --color always"}};
    print_head(NULL, "a tracker of reported metrics", out);
    fputs("\\fICOMMAND\\fR [\\fIOPERAND\\fR...] [\\fIOPTION\\fR...]\n", out);
    print_section("DESCRIPTION", out);
    print_line(up_about, out);
    print_section("COMMANDS", out);
    for (const up_command *const *c = up_commands; *c != NULL; c++)
        print_item("", (*c)->name, NULL, (*c)->summary, out);
    print_item("", "help", "COMMAND", "help on a command", out);
    print_options("OPTIONS OF EVERY COMMAND", up_global_options, out);
    print_section("ENVIRONMENT", out);
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++)
        print_item("", variables[i][0], NULL, variables[i][1], out);
    print_section("FILES", out);
    print_item("", "series/datapackage.json", NULL,
               "the tracker: metrics, sources and their files, as a Frictionless data "
               "package; looked for in the current folder and those above it",
               out);
    print_exits(out);
    print_section("SEE ALSO", out);
    for (const up_command *const *c = up_commands; *c != NULL; c++)
        fprintf(out, ".BR uptick\\-%s (1)%s\n", (*c)->name, c[1] != NULL ? "," : "");
}

static void print_command(const up_command *c, FILE *out)
{
    print_head(c, c->summary, out);
    if (c->operands[0] != '\0') {
        fputs(" \\fI", out);
        print_text(c->operands, out);
        fputs("\\fR", out);
    }
    fputs(" [\\fIOPTION\\fR...]\n", out);
    if (c->details[0] != '\0') {
        print_section("DESCRIPTION", out);
        print_line(c->details, out);
    }
    if (c->lists_metric_keys) {
        print_section("KEYS", out);
        print_keys("", NULL, out);
    }
    if (c->options != NULL || c->takes_metric_keys)
        print_options("OPTIONS", c->options, out);
    if (c->takes_metric_keys)
        print_keys("--", "VALUE", out);
    print_options("OPTIONS OF EVERY COMMAND", up_global_options, out);
    print_exits(out);
    fputs(".SH SEE ALSO\n.BR uptick (1)\n", out);
}

void up_cli_manual(const up_command *command, FILE *out)
{
    if (command == NULL)
        print_overview(out);
    else
        print_command(command, out);
}
