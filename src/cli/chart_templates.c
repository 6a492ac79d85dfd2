#include "cli/chart_templates.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "text/json_file.h"
#include "uptick/file.h"

/* Files of a folder of templates, as those of plots/: the look, and one a kind of drawing. */
static const char *const names[UP_CHART_TEMPLATES] = {"theme", "line", "columns", "bar",
                                                      "stack"};
enum { NAMES = UP_CHART_TEMPLATES };

static up_status path_of(const char *folder, const char *name, char **path, up_error *err)
{
    up_buffer file = {0};
    up_buffer_addf(&file, "%s.gp", name);
    up_status status = up_buffer_check(&file, err);
    if (status == UP_OK)
        status = up_path_join(folder, up_buffer_text(&file), path, err);
    up_buffer_release(&file);
    return status;
}

/* What is no file in the ordinary sense may have no end. */
static bool is_regular(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* NULL where there is no such file. */
static up_status read_template(const char *folder, const char *name, char **text,
                               up_error *err)
{
    char *path = NULL;
    size_t length = 0;
    *text = NULL;
    up_status status = path_of(folder, name, &path, err);
    if (status == UP_OK && is_regular(path))
        status = up_file_read(path, text, &length, err);
    if (status == UP_OK && *text != NULL && strlen(*text) != length)
        status = up_error_set(err, UP_BAD_DATA, "%s holds a NUL byte", path);
    free(path);
    return status;
}

static up_status read_all(const char *folder, up_chart_templates *t, size_t *found,
                          up_error *err)
{
    up_status status = UP_OK;
    *found = 0;
    for (size_t i = 0; i < NAMES && status == UP_OK; i++) {
        status = read_template(folder, names[i], &t->texts[i], err);
        *found += status == UP_OK && t->texts[i] != NULL;
    }
    return status;
}

/* ---- whose templates are trusted ---- */

static up_status find_root(const up_context *ctx, char **root, up_error *err)
{
    return ctx->tracker != NULL ? up_copy_text(ctx->tracker, root, err)
                                : up_store_find(".", root, err);
}

/* Does the list name this folder, links followed? A name that depends on where one stands would
 * trust every tracker. */
static up_status names_folder(const char *config, const json_t *list, const char *folder,
                              bool *found, up_error *err)
{
    *found = false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (text == NULL || text[0] != '/')
            return up_error_set(
                err, UP_BAD_DATA,
                "%s: '%s' in \"templates\" is no absolute path of a tracker", config,
                text != NULL ? text : "");
        char *resolved = realpath(text, NULL);
        *found |= resolved != NULL && strcmp(resolved, folder) == 0;
        free(resolved);
    }
    return UP_OK;
}

static up_status is_trusted(const up_context *ctx, const char *root, bool *trusted,
                            up_error *err)
{
    json_t *config = NULL;
    char *resolved = NULL;
    *trusted = false;
    if (ctx->config == NULL || !up_file_exists(ctx->config))
        return UP_OK;
    up_status status = up_json_read(ctx->config, &config, err);
    const json_t *list = status == UP_OK ? json_object_get(config, "templates") : NULL;
    if (list != NULL && !json_is_array(list))
        status = up_error_set(err, UP_BAD_DATA,
                              "%s: \"templates\" is %s, a list of trackers is wanted",
                              ctx->config, up_json_type(list));
    if (status == UP_OK && (resolved = realpath(root, NULL)) != NULL)
        status = names_folder(ctx->config, list, resolved, trusted, err);
    free(resolved);
    json_decref(config);
    return status;
}

/* ---- the whole ---- */

static void forget(up_chart_templates *t)
{
    for (size_t i = 0; i < NAMES; i++) {
        free(t->texts[i]);
        t->texts[i] = NULL;
    }
}

/* Those that differ from the shipped ones, for a remark. */
static void remark_ignored(up_context *ctx, const up_chart_templates *t)
{
    up_buffer list = {0};
    for (size_t i = 0; i < NAMES; i++)
        if (t->texts[i] != NULL &&
            strcmp(t->texts[i], up_chart_template_text(names[i])) != 0)
            up_buffer_addf(&list, "%s%s.gp", list.length > 0 ? ", " : "", names[i]);
    if (list.length > 0)
        up_cli_note(ctx,
                    "note: the tracker's own plots/ (%s) is code and was not used: "
                    "--templates DIR uses it",
                    up_buffer_text(&list));
    up_buffer_release(&list);
}

static up_status read_trackers(up_context *ctx, up_chart_templates *t, up_error *err)
{
    char *root = NULL, *folder = NULL;
    bool trusted = false;
    size_t found = 0;
    up_error ignored = {0};
    if (find_root(ctx, &root, &ignored) != UP_OK)
        return UP_OK; /* opening the tracker will say why */
    up_status status = is_trusted(ctx, root, &trusted, err);
    if (status == UP_OK)
        status = up_path_join(root, "plots", &folder, err);
    if (status == UP_OK && read_all(folder, t, &found, &ignored) != UP_OK && trusted)
        status = up_error_set(err, ignored.code, "%s", ignored.message);
    if (status == UP_OK && !trusted) {
        remark_ignored(ctx, t);
        forget(t);
    }
    free(root);
    free(folder);
    return status;
}

up_status up_chart_templates_read(up_context *ctx, const up_arguments *args,
                                  up_chart_templates *templates, up_error *err)
{
    const char *folder = up_args_option(args, "templates");
    size_t found = 0;
    *templates = (up_chart_templates){0};
    if (folder == NULL)
        return read_trackers(ctx, templates, err);
    up_status status = read_all(folder, templates, &found, err);
    if (status == UP_OK && found == 0)
        status =
            up_error_set(err, UP_USAGE,
                         "--templates '%s' has none of theme.gp, line.gp, columns.gp, "
                         "bar.gp and stack.gp",
                         folder);
    return status;
}

void up_chart_templates_apply(const up_chart_templates *templates, up_chart *chart)
{
    const char *name = chart->kind != NULL ? up_chart_template(chart->kind) : NULL;
    chart->theme_template = templates->texts[0];
    for (size_t i = 1; i < NAMES && name != NULL; i++)
        if (strcmp(names[i], name) == 0)
            chart->kind_template = templates->texts[i];
}

void up_chart_templates_release(up_chart_templates *templates)
{
    forget(templates);
}
