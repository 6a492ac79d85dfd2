/* The steps of decoding, each of which gives new bytes for old. */
#ifndef UPTICK_TEXT_DECODE_PARTS_H
#define UPTICK_TEXT_DECODE_PARTS_H

#include "uptick/decode.h"

/* Unpacks all members; *out is NUL-terminated, the caller frees it. UP_BAD_DATA: cut,
 * damaged, something else behind it, more than `most` bytes. */
UP_MUST_CHECK up_status up_gunzip(const char *bytes, size_t length, const char *source,
                                  size_t most, char **out, size_t *out_length,
                                  up_error *err);

/* The name of the encoding the bytes are in: static. *guessed: they do not say so
 * themselves. */
const char *up_encoding_find(const char *bytes, size_t length, bool *guessed);

/* To UTF-8; *out is NUL-terminated, the caller frees it. UP_BAD_DATA with the line of a
 * character that the encoding lacks; UP_USAGE: no such encoding. */
UP_MUST_CHECK up_status up_encoding_convert(const char *bytes, size_t length,
                                            const char *source, const char *encoding,
                                            char **out, size_t *out_length,
                                            up_error *err);

#endif
