/* What the options of `chart` say of how it looks. */
#ifndef UPTICK_CLI_CHART_OPTIONS_H
#define UPTICK_CLI_CHART_OPTIONS_H

#include "cli/command.h"
#include "uptick/plan.h"

/* The format of the picture, from --format, else from the ending of -o. */
UP_MUST_CHECK up_status up_chart_picture(const up_context *ctx, const up_arguments *args,
                                         up_picture *picture, up_error *err);
/* The language of --lang (en where it is not given). UP_USAGE: there is no such language. */
UP_MUST_CHECK up_status up_chart_language(const up_arguments *args, up_language *language,
                                          up_error *err);
/* "png": also the ending of its files. */
const char *up_chart_picture_name(up_picture picture);
/* Texts, theme, size, scale, events, reference lines and highlights of the plan of `series`. */
UP_MUST_CHECK up_status up_chart_decorate(const up_context *ctx, const up_arguments *args,
                                          const up_series *series, up_chart_plan *plan,
                                          up_error *err);

#endif
