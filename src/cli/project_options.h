/* What the options of a projection say: which models, how far, below which ceiling. */
#ifndef UPTICK_CLI_PROJECT_OPTIONS_H
#define UPTICK_CLI_PROJECT_OPTIONS_H

#include "cli/command.h"

enum { UP_MODELS_MAX = 16 };

/* A count from 1 to `most`. */
UP_MUST_CHECK up_status up_project_option_count(const char *option, const char *text,
                                                unsigned long most, unsigned long *value,
                                                up_error *err);
/* What --model asks for: one; or several, the pool of them (model auto) before. Beside auto itself, which
 * pools all that suit, those that are named are `shown`. */
typedef struct up_models_asked {
    const up_model *items[UP_MODELS_MAX];
    bool shown[UP_MODELS_MAX];
    size_t count;
} up_models_asked;
UP_MUST_CHECK up_status up_project_models(const up_arguments *args,
                                          up_models_asked *models, up_error *err);
/* All other options, for one series: a ceiling may be a metric's last figure. */
UP_MUST_CHECK up_status up_project_options_read(up_context *ctx, const up_arguments *args,
                                                const up_selection *selection,
                                                const up_series *series,
                                                up_project_options *options,
                                                up_error *err);

#endif
