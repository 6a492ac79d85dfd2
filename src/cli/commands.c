/* The table of commands. To add one: write cmd_NAME.c, declare it here, list it below. */
#include <string.h>

#include "cli/command.h"

extern const up_command up_cmd_init, up_cmd_new, up_cmd_set, up_cmd_rename, up_cmd_source,
    up_cmd_entity, up_cmd_add, up_cmd_edit, up_cmd_revise, up_cmd_rm, up_cmd_import,
    up_cmd_claim, up_cmd_event, up_cmd_list, up_cmd_show, up_cmd_audit, up_cmd_check,
    up_cmd_cite, up_cmd_growth, up_cmd_project, up_cmd_reach, up_cmd_backtest,
    up_cmd_score, up_cmd_chart, up_cmd_export, up_cmd_copy;

const up_command *const up_commands[] = {
    &up_cmd_init,     &up_cmd_new,     &up_cmd_set,
    &up_cmd_rename,   &up_cmd_source,  &up_cmd_entity,
    &up_cmd_add,      &up_cmd_edit,    &up_cmd_revise,
    &up_cmd_rm,       &up_cmd_import,  &up_cmd_claim,
    &up_cmd_event,    &up_cmd_list,    &up_cmd_show,
    &up_cmd_audit,    &up_cmd_check,   &up_cmd_cite,
    &up_cmd_growth,   &up_cmd_project, &up_cmd_reach,
    &up_cmd_backtest, &up_cmd_score,   &up_cmd_chart,
    &up_cmd_export,   &up_cmd_copy,    NULL};

const up_command *up_command_find(const char *name)
{
    for (const up_command *const *c = up_commands; *c != NULL; c++)
        if (strcmp((*c)->name, name) == 0)
            return *c;
    return NULL;
}
