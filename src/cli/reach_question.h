/* The question of when a level is reached, for the commands that answer it and draw it. */
#ifndef UPTICK_CLI_REACH_QUESTION_H
#define UPTICK_CLI_REACH_QUESTION_H

#include "cli/command.h"
#include "uptick/reach.h"

/* `level` as people write it, and --by, --horizon and --again. */
UP_MUST_CHECK up_status up_cli_reach_question(const up_arguments *args,
                                              const up_series *series, const char *level,
                                              up_reach_question *question, up_error *err);

#endif
