/* What the options of a projection say: which models, how far, below which ceiling. */
#ifndef UPTICK_CLI_PROJECT_OPTIONS_H
#define UPTICK_CLI_PROJECT_OPTIONS_H

#include "cli/command.h"

enum { UP_MODELS_MAX = 16 };

/* A count from 1 to `most`. */
UP_MUST_CHECK up_status up_project_option_count(const char *option, const char *text,
                                                unsigned long most, unsigned long *value,
                                                up_error *err);
/* --model: the one named; or several, the pool of them (model auto) before. */
UP_MUST_CHECK up_status up_project_models(const up_arguments *args,
                                          const up_model *models[UP_MODELS_MAX],
                                          size_t *count, up_error *err);
/* All other options, for one series: a ceiling may be a metric's last figure. */
UP_MUST_CHECK up_status up_project_options_read(up_context *ctx, const up_arguments *args,
                                                const up_selection *selection,
                                                const up_series *series,
                                                up_project_options *options,
                                                up_error *err);

#endif
