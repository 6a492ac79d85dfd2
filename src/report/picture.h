/* Pictures as gnuplot leaves them, and as they are handed out: with a title, a description and
 * the source of the figures in them, and the same bytes every day. */
#ifndef UPTICK_REPORT_PICTURE_H
#define UPTICK_REPORT_PICTURE_H

#include "uptick/chart.h"

/* From its first to its last bytes. */
bool up_picture_is_whole(const up_buffer *raw, up_picture kind);
/* How many bytes the first of several PNGs in a row takes; 0 when it is not whole. */
size_t up_png_length(const char *data, size_t length);
/* Appends the picture, with the words that stand in the first lines of the script:
 *     SVG   role="img", <title> and <desc>, named by aria-labelledby
 *     PNG   iTXt chunks Title, Description and Source (PNG, 11.3.4.5)
 *     PDF   the day of its making, which cairo takes from the clock, is that of the epoch */
UP_MUST_CHECK up_status up_picture_finish(const up_buffer *raw, up_picture kind,
                                          const up_buffer *script, up_buffer *picture,
                                          up_error *err);

#endif
