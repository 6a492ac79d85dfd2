/* Templates that a user brings: gnuplot code, which can do whatever a program can. So a tracker's own
 * plots/ is used only when --templates names it, or when the user's own configuration names the
 * tracker:
 *
 *     $XDG_CONFIG_HOME/uptick/config.json (else ~/.config/…)    {"templates": ["/home/me/tracker"]}
 */
#ifndef UPTICK_CLI_CHART_TEMPLATES_H
#define UPTICK_CLI_CHART_TEMPLATES_H

#include "cli/command.h"
#include "uptick/chart.h"

enum { UP_CHART_TEMPLATES = 5 };
typedef struct up_chart_templates {
    char *texts[UP_CHART_TEMPLATES]; /* owned; NULL: the shipped one */
} up_chart_templates;

/* Which templates are used, and their texts. A tracker's that differ from the shipped ones and are not
 * used are remarked. UP_USAGE: the folder has none. */
UP_MUST_CHECK up_status up_chart_templates_read(up_context *ctx, const up_arguments *args,
                                                up_chart_templates *templates,
                                                up_error *err);
/* Borrowed by the chart. */
void up_chart_templates_apply(const up_chart_templates *templates, up_chart *chart);
void up_chart_templates_release(up_chart_templates *templates);

#endif
