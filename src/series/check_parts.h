/* Rules of check.c that have a file of their own. */
#ifndef UPTICK_SERIES_CHECK_PARTS_H
#define UPTICK_SERIES_CHECK_PARTS_H

#include "uptick/check.h"

/* The words as stated against the columns: another number, a qualifier or a currency that the
 * row does not have. */
void up_check_stated(const up_metric_data *data, const up_observation *observation,
                     const char *path, up_remarks *remarks);
/* A floor or ceiling that is another metric: each figure against that metric's last word for the
 * same entity (or for all), at the same time or before. The metric must be loaded. */
void up_check_metric_limits(const up_tracker *tracker, const up_metric_data *data,
                            up_remarks *remarks);
/* Entities that entities.csv knows under another name. */
void up_check_entity_names(const up_tracker *tracker, const up_metric_data *data,
                           up_remarks *remarks);

#endif
