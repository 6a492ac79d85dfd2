/* gzip (RFC 1952) over zlib: one member after another, as "cat a.gz b.gz" makes them. */
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>

#include "base/memory.h"
#include "text/decode_parts.h"

enum { GZIP_ONLY = 16 + MAX_WBITS, FIRST_ROOM = 1 << 16 };

typedef struct unpacker {
    z_stream z;
    const char *bytes, *source;
    size_t length, position; /* given to zlib so far */
    size_t most;
    char *out;
    size_t out_length, capacity;
    up_error *err;
} unpacker;

static size_t taken(const unpacker *u)
{
    return u->position - u->z.avail_in;
}

/* zlib counts in unsigned int. */
static void give_input(unpacker *u)
{
    if (u->z.avail_in > 0)
        return;
    size_t left = u->length - u->position;
    size_t size = left < INT_MAX ? left : INT_MAX;
    u->z.next_in = (Bytef *)(uintptr_t)(u->bytes + u->position);
    u->z.avail_in = (uInt)size;
    u->position += size;
}

/* Room behind what is there; one byte more than the most, to see that it is passed. */
static up_status give_room(unpacker *u)
{
    if (u->out_length > u->most)
        return up_error_at(u->err, UP_BAD_DATA, u->source, 0,
                           "the gzip data unpacks to more than %zu bytes", u->most);
    size_t wanted = u->out_length + FIRST_ROOM;
    up_status status = up_grow(&u->out, &u->capacity, wanted + 1, 1, u->err);
    if (status != UP_OK)
        return status;
    size_t room = u->capacity - 1 - u->out_length;
    if (room > u->most + 1 - u->out_length)
        room = u->most + 1 - u->out_length;
    u->z.next_out = (Bytef *)(u->out + u->out_length);
    u->z.avail_out = (uInt)(room < INT_MAX ? room : INT_MAX);
    return UP_OK;
}

static up_status fail(unpacker *u, int code)
{
    if (code == Z_MEM_ERROR)
        return up_error_memory(u->err);
    if (code == Z_BUF_ERROR)
        return up_error_at(u->err, UP_BAD_DATA, u->source, 0,
                           "the gzip data is cut off: %zu bytes, %zu unpacked", u->length,
                           u->out_length);
    return up_error_at(u->err, UP_BAD_DATA, u->source, 0,
                       "the gzip data is damaged at byte %zu (%s)", taken(u),
                       u->z.msg != NULL ? u->z.msg : "zlib has no word for it");
}

/* Zeros may fill a tape's block; anything else is no gzip. */
static up_status check_rest(const unpacker *u)
{
    for (size_t i = taken(u); i < u->length; i++)
        if (u->bytes[i] != '\0')
            return up_error_at(u->err, UP_BAD_DATA, u->source, 0,
                               "something else stands behind the gzip data, at byte %zu",
                               i);
    return UP_OK;
}

static bool has_member(const unpacker *u)
{
    size_t at = taken(u);
    return u->length - at >= 2 && memcmp(u->bytes + at, "\x1F\x8B", 2) == 0;
}

static up_status unpack(unpacker *u)
{
    for (;;) {
        give_input(u);
        up_status status = give_room(u);
        if (status != UP_OK)
            return status;
        size_t room = u->z.avail_out;
        int code = inflate(&u->z, Z_NO_FLUSH);
        u->out_length += room - u->z.avail_out;
        if (code == Z_STREAM_END) {
            if (!has_member(u))
                return u->out_length > u->most ? give_room(u) : check_rest(u);
            code = inflateReset(&u->z);
        }
        if (code != Z_OK ||
            (u->z.avail_in == 0 && u->position == u->length && u->z.avail_out > 0))
            return fail(u, code == Z_OK ? Z_BUF_ERROR : code);
    }
}

up_status up_gunzip(const char *bytes, size_t length, const char *source, size_t most,
                    char **out, size_t *out_length, up_error *err)
{
    unpacker u = {
        .bytes = bytes, .length = length, .source = source, .most = most, .err = err};
    if (inflateInit2(&u.z, GZIP_ONLY) != Z_OK)
        return up_error_memory(err);
    up_status status = unpack(&u);
    inflateEnd(&u.z);
    if (status != UP_OK) {
        free(u.out);
        return status;
    }
    u.out[u.out_length] = '\0';
    *out = u.out;
    *out_length = u.out_length;
    return UP_OK;
}
