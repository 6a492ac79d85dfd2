/* What is said of projections below their table. */
#ifndef UPTICK_REPORT_PROJECT_WORDS_H
#define UPTICK_REPORT_PROJECT_WORDS_H

#include "uptick/project.h"
#include "uptick/table.h"

/* A value of a parameter in its unit ("1.3 B", "+211 %", "2025.4"), and its 95 % interval
 * ("1.1 B to 1.9 B", "more than 1.1 B"; nothing where there is none). */
void up_words_parameter(const up_parameter *parameter, double value,
                        const up_metric *metric, up_buffer *out);
void up_words_ends(const up_parameter *parameter, const up_metric *metric,
                   up_buffer *out);

/* The line of one projection: of a pool's member its weight and where it ends, then what was
 * fitted; and what has to be known of it. `last` is the period of the last step. */
void up_note_projection(const up_project_job *job, const up_period *last, bool member,
                        up_table *table);
/* What scenarios are, and are not, if any of the jobs is one. */
void up_note_scenarios(const up_project_job jobs[], size_t count, up_table *table);
/* Which moment of a period a figure stands for. */
void up_note_moments(const up_project_job jobs[], size_t count, up_table *table);
/* "linear, constant (reason); power (another)": the models that are not pooled, and why. */
void up_words_left_out(const up_project_job jobs[], size_t count, up_buffer *out);
/* Of each pool the models that are not in it, and why. */
void up_note_left_out(const up_project_job jobs[], size_t count, up_table *table);

#endif
