#include "published.h"

#include "uptick/csv.h"
#include "uptick/frame.h"

static const char source[] = "x.csv";

static up_frame read_as(const char *data, size_t length, const up_dialect *wanted)
{
    up_frame frame = {0};
    up_error err = {0};
    if (up_frame_read(data, length, source, wanted, &frame, NULL, &err) != UP_OK)
        fail_msg("%zu: %s", err.line, err.message);
    return frame;
}

static up_frame read_text(const char *text)
{
    return read_as(text, strlen(text), NULL);
}

static void assert_refused_bytes(const char *data, size_t length, size_t line,
                                 const char *message)
{
    up_frame frame = {0};
    up_error err = {0};
    up_remarks remarks = {0};
    assert_int_equal(up_frame_read(data, length, source, NULL, &frame, &remarks, &err),
                     UP_BAD_DATA);
    assert_string_equal(err.message, message);
    assert_string_equal(err.source, source);
    assert_int_equal(err.line, line);
    assert_null(frame.column);
    up_remarks_release(&remarks);
}

static void assert_refused(const char *text, size_t line, const char *message)
{
    assert_refused_bytes(text, strlen(text), line, message);
}

/* Header records and rows as "a|b;1|2;": cells by '|', records by ';'. */
static void assert_table(const char *text, const char *header, const char *rows)
{
    up_frame frame = read_text(text);
    up_buffer out = {0};
    for (size_t i = 0; i < frame.dialect.headers; i++)
        for (size_t j = 0; j < frame.columns; j++)
            up_buffer_addf(&out, "%s%s", up_frame_header(&frame, i, j),
                           j + 1 < frame.columns ? "|" : ";");
    assert_string_equal(up_buffer_text(&out), header);
    up_buffer_clear(&out);
    for (size_t i = 0; i < frame.rows; i++)
        for (size_t j = 0; j < frame.columns; j++)
            up_buffer_addf(&out, "%s%s", up_frame_cell(&frame, i, j),
                           j + 1 < frame.columns ? "|" : ";");
    assert_string_equal(up_buffer_text(&out), rows);
    up_buffer_release(&out);
    up_frame_release(&frame);
}

/* --- The table ---------------------------------------------------------------------- */

static void every_distinct_text_is_kept_once(void **state)
{
    (void)state;
    up_frame frame = read_text("g,v\nA,1\nB,1\n,2\nA,1\n");
    assert_int_equal(frame.rows, 4);
    assert_int_equal(frame.column[0].count, 3); /* "", A, B */
    assert_int_equal(frame.column[1].count, 3); /* "", 1, 2 */
    assert_string_equal(up_frame_text(&frame, 0, 0), "");
    assert_int_equal(up_frame_id(&frame, 0, 0), up_frame_id(&frame, 3, 0));
    assert_int_equal(up_frame_id(&frame, 2, 0), 0);
    assert_string_equal(up_frame_cell(&frame, 1, 0), "B");
    up_frame_release(&frame);
    up_frame_release(NULL);
}

/* 2 × 3000 texts make every size of hash table up to 8192 slots. */
static void many_texts_are_all_found_again(void **state)
{
    (void)state;
    up_buffer text = {0};
    up_buffer_add(&text, "name,n\n");
    for (int i = 0; i < 6000; i++)
        up_buffer_addf(&text, "text %d,%d\n", i % 3000, i);
    up_frame frame = read_text(text.data);
    assert_int_equal(frame.rows, 6000);
    assert_int_equal(frame.column[0].count, 3001);
    assert_int_equal(frame.column[1].count, 6001);
    for (size_t i = 0; i < 6000; i++) {
        char wanted[32];
        snprintf(wanted, sizeof wanted, "text %zu", i % 3000);
        assert_string_equal(up_frame_cell(&frame, i, 0), wanted);
        snprintf(wanted, sizeof wanted, "%zu", i);
        assert_string_equal(up_frame_cell(&frame, i, 1), wanted);
    }
    up_frame_release(&frame);
    up_buffer_release(&text);
}

static void blanks_of_any_width_around_a_cell_are_no_part_of_it(void **state)
{
    (void)state;
    assert_table("a,b\n  1 ,\t2\r\n\xC2\xA0"
                 "3\xE3\x80\x80,\" 4 5 \"\n",
                 "a|b;", "1|2;3|4 5;");
}

static void rows_know_their_lines_and_bytes(void **state)
{
    (void)state;
    const char text[] = "a,b\n\n1,\"x\ny\"\r\n,\n2,3\n4,5,6\n7,8";
    up_frame frame = read_text(text);
    static const struct {
        size_t line;
        const char *bytes;
    } rows[] = {{3, "1,\"x\ny\"\r\n"}, {6, "2,3\n"}, {8, "7,8"}};
    assert_int_equal(frame.rows, 3);
    for (size_t i = 0; i < 3; i++) {
        size_t first, length;
        up_frame_row_bytes(&frame, i, &first, &length);
        assert_int_equal(frame.lines[i], rows[i].line);
        assert_int_equal(length, strlen(rows[i].bytes));
        assert_memory_equal(text + first, rows[i].bytes, length);
    }
    assert_int_equal(frame.bad_count, 1);
    assert_int_equal(frame.bad_rows[0].line, 7);
    assert_string_equal(frame.bad_rows[0].message, "3 fields, but the header has 2");
    assert_memory_equal(text + frame.bad_rows[0].first, "4,5,6\n",
                        frame.bad_rows[0].length);
    up_frame_release(&frame);
}

static void blank_rows_and_columns_are_left_out(void **state)
{
    (void)state;
    up_frame frame = read_text("a,,b,\n1,,2,\n,,,\n\n3,,4,\n");
    assert_int_equal(frame.rows, 2);
    assert_int_equal(frame.columns, 2);
    assert_int_equal(frame.column[1].origin, 2);
    assert_string_equal(up_frame_header(&frame, 0, 1), "b");
    assert_string_equal(up_frame_cell(&frame, 1, 1), "4");
    assert_string_equal(up_frame_header(&frame, 0, 2), "");
    assert_string_equal(up_frame_header(&frame, 1, 0), "");
    up_frame_release(&frame);
}

static void column_without_name_is_kept_for_its_cells(void **state)
{
    (void)state;
    assert_table("a,,b\n1,x,2\n3,,4\n", "a||b;", "1|x|2;3||4;");
}

static void short_records_are_filled_up(void **state)
{
    (void)state;
    assert_table("a,b,c\n1\n1,2\n1,2,3\n1,2,3,,\n", "a|b|c;", "1||;1|2|;1|2|3;1|2|3;");
}

static void doubled_names_stay_doubled_and_lose_line_breaks(void **state)
{
    (void)state;
    assert_table("\"a \r\n\t b\",c,c\n1,2,3\n", "a b|c|c;", "1|2|3;");
}

static void groups_above_tell_doubled_names_apart(void **state)
{
    (void)state;
    assert_table(",2019,,2020,\ngeo,m,f,m,f\nFR,1,2,3,4\nDE,5,6,7,8\n",
                 "geo|2019 m|2019 f|2020 m|2020 f;", "FR|1|2|3|4;DE|5|6|7|8;");
    assert_table("Title\n,,x,,,y,\ngeo,,m,f,,m,f\nFR,,1,2,,3,4\nDE,,5,6,,7,8\n",
                 "geo|x m|x f|y m|y f;", "FR|1|2|3|4;DE|5|6|7|8;");
    /* names that differ, groups that do not tell, a blank record between: as they stand */
    assert_table(",2019,,2020,\ngeo,a,b,c,d\nFR,1,2,3,4\nDE,5,6,7,8\n", "geo|a|b|c|d;",
                 "FR|1|2|3|4;DE|5|6|7|8;");
    assert_table(",2019,,2019,\ngeo,m,f,m,f\nFR,1,2,3,4\nDE,5,6,7,8\n", "geo|m|f|m|f;",
                 "FR|1|2|3|4;DE|5|6|7|8;");
    assert_table(",2019,,2020,\n,,,,\ngeo,m,f,m,f\nFR,1,2,3,4\nDE,5,6,7,8\n",
                 "geo|m|f|m|f;", "FR|1|2|3|4;DE|5|6|7|8;");
}

static void newlines_may_be_mixed(void **state)
{
    (void)state;
    assert_table("a,b\r\n1,2\r3,4\n5,6", "a|b;", "1|2;3|4;5|6;");
    up_frame frame = read_text("a\r\n1\n");
    assert_string_equal(frame.newline, "\r\n");
    assert_false(frame.has_bom);
    up_frame_release(&frame);
}

/* --- Dialect ------------------------------------------------------------------------ */

static void assert_dialect(const char *text, char delimiter, char quote)
{
    up_frame frame = read_text(text);
    assert_int_equal(frame.dialect.delimiter, delimiter);
    assert_int_equal(frame.dialect.quote, quote);
    up_frame_release(&frame);
}

static void delimiter_is_the_one_that_gives_like_records(void **state)
{
    (void)state;
    assert_dialect("a,b\n1,2\n", ',', '"');
    assert_dialect("a;b\n1,5;2,5\n3,5;4,5\n", ';', '"');
    assert_dialect("a\tb\n1,234\t5\n", '\t', '"');
    assert_dialect("a|b|c\n1|2|x;y\n", '|', '"');
    assert_dialect("a,b\n\"x;y;z\",1\n\"u;v;w\",2\n", ',', '"');
    /* decimal commas without header: both give like records, these give numbers */
    assert_dialect("1,5;2,5;3,5\n4,5;5,5;6,5\n", ';', '"');
    assert_dialect("a,b\n1;2;3,4;5;6\na;b;c,d;e;f\n", ',', '"'); /* w3c test305 */
    assert_dialect("sep=;\nname;v\na,b;1\nc,d;2\n", ';', '"');
    assert_dialect("value\n1\n2\n", ',', '"');
}

static void apostrophe_is_a_quote_where_it_opens_and_closes_fields(void **state)
{
    (void)state;
    assert_dialect("'a','b'\n'x, y','1'\n", ',', '\'');
    assert_dialect("a,b\n'tis,1\n'twas,2\n", ',', '"');
    assert_table("'a','b'\n'x, y','it''s'\n", "a|b;", "x, y|it's;");
}

static void blank_before_a_quote_is_skipped(void **state)
{
    (void)state;
    assert_table("a, b\n1, \"2, 3\"\n \"4\" , 5\n", "a|b;", "1|2, 3;4|5;");
    assert_table("a\tb\tc\n1\t\t \"3\t\"\n\t4 \t5\n", "a|b|c;", "1||3;|4|5;");
}

static void what_the_caller_says_is_taken(void **state)
{
    (void)state;
    up_dialect wanted = {.delimiter = ',',
                         .has_preamble = true,
                         .preamble = 1,
                         .has_headers = true,
                         .headers = 2};
    const char text[] = "t;x\na;b,c\nd,e\n1,2\n";
    up_frame frame = read_as(text, sizeof text - 1, &wanted);
    assert_int_equal(frame.columns, 2);
    assert_int_equal(frame.rows, 1);
    assert_int_equal(frame.preamble_notes, 1);
    assert_string_equal(frame.notes[0].text, "t;x");
    assert_string_equal(up_frame_header(&frame, 0, 0), "a;b");
    assert_string_equal(up_frame_header(&frame, 1, 1), "e");
    up_frame_release(&frame);
    up_dialect loose = {.loose_quotes = true};
    const char disk[] = "a,b\n1,5\" disk\n";
    frame = read_as(disk, sizeof disk - 1, &loose);
    assert_string_equal(up_frame_cell(&frame, 0, 1), "5\" disk");
    up_frame_release(&frame);
}

/* --- Header ------------------------------------------------------------------------- */

static void
table_without_header_is_one_whose_first_record_looks_like_the_body(void **state)
{
    (void)state;
    assert_table("1,2,3\n", "", "1|2|3;");
    assert_table("2020-01-01,5\n2020-02-01,6\n", "", "2020-01-01|5;2020-02-01|6;");
    assert_table("FR,2020,5.5\nDE,2020,6.5\n", "", "FR|2020|5.5;DE|2020|6.5;");
    assert_table("1960,5.5\n1961,6.5\n", "", "1960|5.5;1961|6.5;");
    assert_table("x,y\nfoo,bar\n", "x|y;", "foo|bar;");
}

static void record_of_years_is_a_header(void **state)
{
    (void)state;
    assert_table("geo,2019,2020\nFR,5,6\nDE,7,8\n", "geo|2019|2020;", "FR|5|6;DE|7|8;");
    assert_table("geo,2020\nFR,100\n", "geo|2020;", "FR|100;");
    assert_table(",1990,2000,2005\nFR,1,2,3\n", "|1990|2000|2005;", "FR|1|2|3;");
    assert_table("age,0,1,2,3\nFR,9,4,7,2\n", "age|0|1|2|3;", "FR|9|4|7|2;");
    assert_table("geo,2024\xE5\xB9\xB4,2023\xE5\xB9\xB4\nx,5,6\n",
                 "geo|2024\xE5\xB9\xB4|2023\xE5\xB9\xB4;", "x|5|6;");
}

static void title_lines_above_the_header_are_notes(void **state)
{
    (void)state;
    up_frame frame = read_text("Title: things\nin tonnes\n\ndate,a,b\n2020,1,2\n");
    assert_int_equal(frame.note_count, 2);
    assert_int_equal(frame.preamble_notes, 2);
    assert_string_equal(frame.notes[1].text, "in tonnes");
    assert_int_equal(frame.notes[1].line, 2);
    assert_int_equal(frame.header_line, 4);
    assert_int_equal(frame.dialect.preamble, 2);
    up_frame_release(&frame);
    /* test183 of the CSVW suite: the first rows are text, the others numbers */
    frame = read_text("b,c\ntrue,Y\nfalse,N\n1,Y\n0,N\n");
    assert_int_equal(frame.rows, 4);
    up_frame_release(&frame);
    /* as wide as the table: the last record above the dates holds the names */
    frame =
        read_text("Title,Rate\nUnits,Percent\nDATE,VALUE\n2020-01-01,3\n2020-02-01,4\n");
    assert_int_equal(frame.header_line, 3);
    assert_int_equal(frame.rows, 2);
    assert_string_equal(frame.notes[0].text, "Title Rate");
    up_frame_release(&frame);
}

/* The shapes of four offices: keys and values above the table; titles with the wrong
 * delimiter and a line below; a units record that has no label; notes in numbered lines. */
static void titles_and_notes_of_offices_are_told_from_the_table(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t header_line, headers, columns, rows, preamble_notes, notes;
    } files[] = {
        {"Series ID,LNS14000000\nSeries title:,Unemployment Rate\nYears:,2019 to 2020\n\n"
         "Year,Jan,Feb,Mar\n2019,4.0,3.8,3.8\n2020,3.5,3.5,4.4\n",
         5, 1, 4, 2, 3, 3},
        {"Statistisches Bundesamt, Wiesbaden\nBev\xC3\xB6lkerung, Stichtag\n\n"
         "Jahr;Deutschland;West\n31.12.1950;69,346;50,958\n31.12.1951;69,9;51\n"
         "__________\n(C)opyright Statistisches Bundesamt\nStand: 24.11.2025\n",
         4, 1, 3, 2, 2, 5},
        {"\"Title\"\n\"Geography\",\"Reference period\",\"Total\"\n,,\"Number\"\n"
         "\"Canada\",\"2019\",\"1,234\"\n\"Ontario\",\"2019\",\"567\"\n\"Footnotes:\"\n"
         "\"1\",\"Some text, with comma\"\n\"How to cite: Table 1\"\n",
         2, 2, 3, 2, 1, 4},
        {"Year,Value,Share\n2019,1,5\n2020,2,6\n\nNotes:\n1. Data revised, see web\n2. "
         "Other\n",
         1, 1, 3, 2, 0, 3},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        up_frame frame = read_text(files[i].text);
        assert_int_equal(frame.header_line, files[i].header_line);
        assert_int_equal(frame.dialect.headers, files[i].headers);
        assert_int_equal(frame.columns, files[i].columns);
        assert_int_equal(frame.rows, files[i].rows);
        assert_int_equal(frame.preamble_notes, files[i].preamble_notes);
        assert_int_equal(frame.note_count, files[i].notes);
        up_frame_release(&frame);
    }
}

/* "value" is the name of one column: two fields below it are a decimal comma without
 * quotes. */
static void names_that_are_too_short_are_still_the_header(void **state)
{
    (void)state;
    up_frame frame = read_text("value\n1,5\n2,5\n");
    assert_string_equal(up_frame_header(&frame, 0, 0), "value");
    assert_int_equal(frame.rows, 0);
    assert_int_equal(frame.bad_count, 2);
    assert_string_equal(frame.bad_rows[0].message, "2 fields, but the header has 1");
    up_frame_release(&frame);
}

static void units_below_the_names_belong_to_the_header(void **state)
{
    (void)state;
    assert_table("yyyy,tmax,rain\n,degC,mm\n1978,17.5,26.7\n1979,17,25\n",
                 "yyyy|tmax|rain;|degC|mm;", "1978|17.5|26.7;1979|17|25;");
    /* a country without figures is no unit */
    assert_table("geo,a,b\nFR,secret,secret\nDE,1,2\nIT,3,4\nES,5,6\nPT,7,8\n",
                 "geo|a|b;", "FR|secret|secret;DE|1|2;IT|3|4;ES|5|6;PT|7|8;");
}

static void comment_lines_are_notes(void **state)
{
    (void)state;
    up_frame frame =
        read_text("# it's a \"comment\n#\n# more, of it\na,b\n1,2\n#3,4\n5,6\n");
    assert_int_equal(frame.dialect.comment, '#');
    assert_int_equal(frame.note_count, 3);
    assert_int_equal(frame.preamble_notes, 2);
    assert_string_equal(frame.notes[0].text, "it's a \"comment");
    assert_string_equal(frame.notes[2].text, "3,4");
    assert_int_equal(frame.rows, 2);
    up_frame_release(&frame);
    /* a header may begin so, and so may a row */
    assert_table("#date,v\n2020,1\n", "#date|v;", "2020|1;");
    assert_table("rank,v\n#1,5\n#2,4\n", "rank|v;", "#1|5;#2|4;");
}

/* --- Footer ------------------------------------------------------------------------- */

static void assert_footer(const char *text, size_t rows, size_t notes)
{
    up_frame frame = read_text(text);
    assert_int_equal(frame.rows, rows);
    assert_int_equal(frame.note_count - frame.preamble_notes, notes);
    up_frame_release(&frame);
}

static void source_and_notes_below_a_table_are_a_footer(void **state)
{
    (void)state;
    const char wide[] = "geo,2018,2019,2020\nFR,1,2,3\nDE,4,5,6\n";
    char text[512];
    static const struct {
        const char *tail;
        size_t rows, notes;
    } tails[] = {
        {"Source: ONS,,,\n", 2, 1},
        {"Source: ONS\nsecond line\n", 2, 2},
        {"Last Updated,2018-01-25,,\n", 2, 1},
        {"Note: a, b, c, d and e\n", 2, 1},
        {",,,\nExplained elsewhere.,,,\n", 2, 1},
        {"\nExplained elsewhere.\n", 2, 1},
        {"\xE6\x95\xB0\xE6\x8D\xAE\xE6\x9D\xA5\xE6\xBA\x90\xEF\xBC\x9Ax,,,\n", 2, 1},
        /* rows: no figures, but nothing says that it is a note */
        {"Kosovo,,,\n", 3, 0},
        {"Source: ONS,1,2,3\n", 3, 0},
        {",,,\nTotal,5,,\n", 3, 0},
        {"Source: ONS,,,\nIT,7,8,9\n", 4, 0},
    };
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        snprintf(text, sizeof text, "%s%s", wide, tails[i].tail);
        assert_footer(text, tails[i].rows, tails[i].notes);
    }
}

static void missing_values_at_the_end_are_no_footer(void **state)
{
    (void)state;
    assert_footer("date,value\n2020,1\n2021,\n2022,\n", 3, 0);
    assert_footer("date,value\n2020,1\n\n2021,\n", 2, 0);
    assert_footer("date,value\n2020,1\n2021,\nSource: X,\n", 2, 1);
    assert_footer("date,value\n2020,1\nSource: X\n", 1, 1);
    assert_footer("date,value\n2020,1\n\nSource:,Y\n", 1, 1);
    assert_footer("value\n1\nSource: X\n", 2, 0); /* one column: texts like others */
    /* group headings inside the table: one more at the end may be one */
    assert_footer("g,a,b,c\nNorth,,,\nx,1,2,3\nSouth,,,\ny,4,5,6\n,,,\nWest,,,\n", 5, 0);
}

/* --- Refusals ----------------------------------------------------------------------- */

static void what_has_no_reading_is_refused_with_its_line(void **state)
{
    (void)state;
    assert_refused("", 1, "the file is empty (wanted a table)");
    assert_refused("\xEF\xBB\xBF\n\n", 1, "the file is empty (wanted a table)");
    assert_refused("a,b\n1,\"x\n", 2, "a quote opened in this line is never closed");
    assert_refused("a,b\n1,5\" disk\n", 2,
                   "a quote inside an unquoted field at column 4 (wanted the whole field "
                   "in quotes, and quotes in it doubled)");
    assert_refused("a,b\n1,\xFF\n", 2,
                   "byte 0xFF at column 3 is not UTF-8 (save the file as UTF-8)");
    assert_refused_bytes("a,b\n1,\0\n", 8, 2,
                         "a NUL byte at column 3 (wanted text in UTF-8)");
}

/* --- Files of other projects -------------------------------------------------------- */

typedef struct expectation {
    const char *file;
    char delimiter;
    size_t header_line, headers, columns, rows, preamble_notes, notes;
} expectation;

static bool check_file(const char *folder, const expectation *e)
{
    char path[SCRATCH_PATH];
    struct stat st;
    char *text = scratch_read(folder, e->file);
    if (text == NULL)
        return false;
    scratch_path(path, folder, e->file);
    assert_int_equal(stat(path, &st), 0);
    up_frame frame = read_as(text, (size_t)st.st_size, NULL);
    if (frame.dialect.delimiter != e->delimiter || frame.header_line != e->header_line ||
        frame.dialect.headers != e->headers || frame.columns != e->columns ||
        frame.rows != e->rows || frame.preamble_notes != e->preamble_notes ||
        frame.note_count != e->notes)
        fail_msg(
            "%s: delimiter %c, header in line %zu, %zu headers, %zu columns, %zu rows, "
            "notes %zu and %zu",
            e->file, frame.dialect.delimiter, frame.header_line, frame.dialect.headers,
            frame.columns, frame.rows, frame.preamble_notes, frame.note_count);
    up_frame_release(&frame);
    free(text);
    return true;
}

/* Rows are observations and missing cells of facts.tsv, or what wc -l and README.md say. */
static const expectation real_files[] = {
    {"fred/DEXUSEU.csv", ',', 1, 1, 2, 5321 + 209, 0, 0},
    {"fred/UNRATE.csv", ',', 1, 1, 2, 866, 0, 0},
    {"fred/CPIAUCSL.csv", ',', 1, 1, 2, 180, 0, 0},
    {"worldbank/API_SP.POP.TOTL_DS2_en_csv_v2.csv", ',', 5, 1, 62, 264, 2, 2},
    {"datapackage/gdp/data/gdp.csv", ',', 1, 1, 4, 10379, 0, 0},
    {"datapackage/cpi/data/cpi.csv", ',', 1, 1, 4, 6936, 0, 0},
    {"sdmx/ilc_lvps08-part1.csv", ',', 1, 1, 10, 8370, 0, 0},
    {"csvw/cambornedata-snippet.csv", ',', 6, 2, 9, 4, 5, 5},
    {"excel/CovidFaelle_Timeline.csv", ';', 1, 1, 12, 6860, 0, 0},
    {"excel/wasserstand.csv", ';', 1, 1, 3, 7, 0, 0},
    {"excel/excel_pasting.csv", ',', 4, 1, 9, 14, 2, 4},
    {"excel/danish_money_bom.csv", ',', 1, 1, 6, 55, 0, 0},
    {"epoch/ai_companies_usage_reports.csv", ',', 1, 1, 16, 44, 0, 0},
    {"counts/npm-downloads.csv", ',', 1, 1, 2, 1566, 0, 0},
    {"counts/travelers.csv", ',', 1, 1, 3, 300, 0, 0},
    {"zh/niandu-gdp-utf8.csv", ',', 1, 1, 11, 6, 0, 0},
    {"misc/elnino.csv", ',', 1, 1, 13, 61, 0, 0},
    {"misc/macrodata.csv", ',', 1, 1, 14, 203, 0, 0},
    {"misc/co2-weekly.csv", ',', 1, 1, 2, 2225 + 59, 0, 0},
    {"misc/libor-projections.csv", ',', 1, 1, 3, 2987, 0, 0},
    {"misc/bls-industry-unemployment.csv", ',', 1, 1, 3, 1708, 0, 0},
    {"misc/hourly.tsv", '\t', 1, 1, 17, 140, 0, 0},
    {"owid/CO2-GDP Coupling - OWID based on World Bank/CO2-GDP Coupling - OWID based on "
     "World Bank.csv",
     ',', 1, 1, 13, 3964, 0, 0},
    {"owid/Historical urban fraction estimates and total computed urban areas - HYDE 3.1 "
     "(2010)/Historical urban fraction estimates and total computed urban areas - HYDE "
     "3.1 "
     "(2010).csv",
     ',', 1, 1, 5, 27 * 12, 0, 0},
    {"owid/COVID-2019 - Hospital & ICU/COVID-2019 - Hospital & ICU.csv", ',', 1, 1, 10,
     5511, 0, 0},
    {"sdmx/csv-2.0/example-01.csv", ',', 1, 1, 11, 2, 0, 0},
    {"sdmx/csv-2.0/example-07.csv", ',', 1, 1, 10, 2, 0, 0},
    {"sdmx/csv-2.0/example-09A.csv", ',', 1, 1, 8, 3, 0, 0},
    {"sdmx/csv-2.0/example-16.csv", ',', 1, 1, 10, 2, 0, 0},
    {"sdmx/csv-2.0/example-18.csv", ',', 1, 1, 5, 2, 0, 0},
};

static size_t check_published_files_are_read_as_they_are(bool kept)
{
    size_t checked = 0;
    for (size_t i = 0; i < sizeof real_files / sizeof *real_files; i++)
        if (published_is_kept(real_files[i].file) == kept) {
            assert_true(check_file(published_folder(real_files[i].file), &real_files[i]));
            checked++;
        }
    return checked;
}

static void published_files_are_read_as_they_are(void **state)
{
    (void)state;
    assert_int_equal(check_published_files_are_read_as_they_are(true), 18);
}

static void large_ones_too_published_files_are_read_as_they_are(void **state)
{
    (void)state;
    published_need_large();
    assert_true(check_published_files_are_read_as_they_are(false) > 0);
}

static void add_json_text(up_buffer *out, const char *text)
{
    up_buffer_add_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '\r' || *text == '\n') {
            up_buffer_add(out, *text == '\r' ? "\\r" : "\\n");
            continue;
        }
        if (*text == '"' || *text == '\\')
            up_buffer_add_char(out, '\\');
        up_buffer_add_char(out, *text);
    }
    up_buffer_add_char(out, '"');
}

/* The rows as objects, without a blank. */
static void add_json(up_buffer *out, const up_frame *frame)
{
    up_buffer_add(out, "[");
    for (size_t i = 0; i < frame->rows; i++) {
        up_buffer_add(out, i > 0 ? ",{" : "{");
        for (size_t j = 0; j < frame->columns; j++) {
            if (j > 0)
                up_buffer_add(out, ",");
            add_json_text(out, up_frame_header(frame, 0, j));
            up_buffer_add(out, ":");
            add_json_text(out, up_frame_cell(frame, i, j));
        }
        up_buffer_add(out, "}");
    }
    up_buffer_add(out, "]");
}

/* Takes the blanks between the tokens out. */
static void squeeze_json(char *json)
{
    char *to = json;
    bool inside = false;
    for (const char *p = json; *p != '\0'; p++) {
        if (!inside && strchr(" \r\n\t", *p) != NULL)
            continue;
        if (*p == '"')
            inside = !inside;
        *to++ = *p;
        if (*p == '\\')
            *to++ = *++p;
    }
    *to = '\0';
}

static void csv_spectrum_gives_the_json_it_expects(void **state)
{
    (void)state;
    static const char *const names[] = {"comma_in_quotes", "empty_crlf", "json",
                                        "newlines_crlf",   "simple",     "utf8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char file[64];
        const char folder[] = UPTICK_SOURCE_DIR "/tests/data/torture/csv-spectrum";
        snprintf(file, sizeof file, "%s.csv", names[i]);
        char *csv = scratch_read(folder, file);
        snprintf(file, sizeof file, "%s.json", names[i]);
        char *json = scratch_read(folder, file);
        assert_true(csv != NULL && json != NULL);
        squeeze_json(json);
        up_frame frame = read_text(csv);
        up_buffer out = {0};
        add_json(&out, &frame);
        assert_string_equal(out.data, json);
        up_buffer_release(&out);
        up_frame_release(&frame);
        free(csv);
        free(json);
    }
}

/* The note of EXPECTED.tsv on messytables/complex.csv: with plain RFC 4180 the blank before the
 * quote leaves six fields, with blanks skipped the third is 6,000,000. */
static void blank_before_a_quote_in_a_torture_file_is_no_quote_inside(void **state)
{
    (void)state;
    char *csv =
        scratch_read(UPTICK_SOURCE_DIR "/tests/data/torture", "messytables/complex.csv");
    assert_non_null(csv);
    up_frame frame = read_text(csv);
    assert_string_equal(up_frame_cell(&frame, 2, 2), "6,000,000");
    assert_true(frame.dialect.skip_initial_space);
    up_frame_release(&frame);
    free(csv);
}

/* EXPECTED.tsv counts records; a header and blank rows are none of ours, and what is odd
 * about a file stands in its note. */
static const expectation torture_files[] = {
    {"csv-spectrum/comma_in_quotes.csv", ',', 1, 1, 5, 1, 0, 0},
    {"csv-spectrum/empty_crlf.csv", ',', 1, 1, 3, 2, 0, 0},
    {"csv-spectrum/json.csv", ',', 1, 1, 2, 1, 0, 0},
    {"csv-spectrum/newlines_crlf.csv", ',', 1, 1, 3, 3, 0, 0},
    {"csv-spectrum/simple.csv", ',', 1, 1, 3, 1, 0, 0},
    {"csv-spectrum/utf8.csv", ',', 1, 1, 3, 2, 0, 0},
    {"csvkit/blanks.csv", ',', 1, 1, 6, 1, 0, 0},
    {"csvkit/mac_newlines.csv", ',', 1, 1, 3, 2, 0, 0},
    {"csvkit/no_header_row.csv", ',', 0, 0, 3, 1, 0, 0},
    {"csvkit/optional_quote_characters.csv", ',', 1, 1, 3, 1, 0, 0},
    {"csvkit/sniff_limit.csv", ';', 1, 1, 3, 1, 0, 0},
    {"csvkit/test_date_format.csv", ',', 1, 1, 1, 2, 0, 0},
    {"csvkit/test_empty_columns.csv", ',', 1, 1, 3, 2, 0, 0},
    {"csvkit/test_empty_columns_short_row.csv", ',', 1, 1, 3, 0, 0, 0},
    {"csvkit/test_header_newline.csv", ',', 1, 1, 3, 1, 0, 0},
    {"csvkit/test_precision.csv", ',', 1, 1, 1, 1, 0, 0},
    {"csvkit/test_utf8.csv", ',', 1, 1, 3, 2, 0, 0},
    {"frictionless/ascii.csv", ',', 1, 1, 3, 1, 0, 0},
    {"frictionless/blank-cells.csv", ',', 1, 1, 2, 5, 0, 0},
    {"frictionless/blank-rows-no-fields.csv", ',', 1, 1, 3, 2, 0, 0},
    {"frictionless/blank-rows.csv", ',', 1, 1, 3, 2, 0, 0},
    {"frictionless/defective-rows.csv", ',', 1, 1, 3, 1, 0, 0},
    {"frictionless/duplicate-headers.csv", ',', 1, 1, 5, 2, 0, 0},
    {"frictionless/floats.csv", ',', 1, 1, 1, 5, 0, 0},
    {"frictionless/issue-1009-semicolon.csv", ';', 1, 1, 2, 1, 0, 0},
    {"frictionless/issue-1109.csv", ',', 1, 1, 3, 3, 0, 0},
    {"frictionless/leading-zeros.csv", ',', 1, 1, 1, 3, 0, 0},
    {"frictionless/matrix-with-comment.csv", ',', 2, 1, 4, 4, 1, 1},
    {"frictionless/package/data.csv", ',', 1, 1, 4, 2, 0, 0},
    {"frictionless/package/data2.csv", ',', 1, 1, 2, 3, 0, 0},
    {"frictionless/skip-blank-at-the-end.csv", ',', 1, 1, 2, 1, 0, 1},
    {"frictionless/skip-rows-before-headers.csv", ',', 2, 1, 2, 2, 1, 1},
    {"frictionless/table-unicode-headers.csv", ',', 1, 1, 2, 2, 0, 0},
    {"messytables/complex.csv", ',', 1, 1, 4, 3, 0, 0},
    {"messytables/simple.csv", ',', 1, 1, 3, 6, 0, 0},
    {"messytables/simple.ssv", ';', 1, 1, 3, 6, 0, 0},
    {"messytables/utf8bom.csv", ',', 1, 1, 2, 0, 0, 0},
    {"w3c/EG.csv", ',', 1, 1, 9, 29, 0, 0},
};

static void torture_files_are_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof torture_files / sizeof *torture_files; i++)
        if (!check_file(UPTICK_SOURCE_DIR "/tests/data/torture", &torture_files[i]))
            fail_msg("%s is missing", torture_files[i].file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_distinct_text_is_kept_once),
        cmocka_unit_test(many_texts_are_all_found_again),
        cmocka_unit_test(blanks_of_any_width_around_a_cell_are_no_part_of_it),
        cmocka_unit_test(rows_know_their_lines_and_bytes),
        cmocka_unit_test(blank_rows_and_columns_are_left_out),
        cmocka_unit_test(column_without_name_is_kept_for_its_cells),
        cmocka_unit_test(short_records_are_filled_up),
        cmocka_unit_test(doubled_names_stay_doubled_and_lose_line_breaks),
        cmocka_unit_test(groups_above_tell_doubled_names_apart),
        cmocka_unit_test(newlines_may_be_mixed),
        cmocka_unit_test(delimiter_is_the_one_that_gives_like_records),
        cmocka_unit_test(apostrophe_is_a_quote_where_it_opens_and_closes_fields),
        cmocka_unit_test(blank_before_a_quote_is_skipped),
        cmocka_unit_test(what_the_caller_says_is_taken),
        cmocka_unit_test(
            table_without_header_is_one_whose_first_record_looks_like_the_body),
        cmocka_unit_test(record_of_years_is_a_header),
        cmocka_unit_test(title_lines_above_the_header_are_notes),
        cmocka_unit_test(titles_and_notes_of_offices_are_told_from_the_table),
        cmocka_unit_test(names_that_are_too_short_are_still_the_header),
        cmocka_unit_test(units_below_the_names_belong_to_the_header),
        cmocka_unit_test(comment_lines_are_notes),
        cmocka_unit_test(source_and_notes_below_a_table_are_a_footer),
        cmocka_unit_test(missing_values_at_the_end_are_no_footer),
        cmocka_unit_test(what_has_no_reading_is_refused_with_its_line),
        cmocka_unit_test(published_files_are_read_as_they_are),
        cmocka_unit_test(large_ones_too_published_files_are_read_as_they_are),
        cmocka_unit_test(csv_spectrum_gives_the_json_it_expects),
        cmocka_unit_test(blank_before_a_quote_in_a_torture_file_is_no_quote_inside),
        cmocka_unit_test(torture_files_are_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
