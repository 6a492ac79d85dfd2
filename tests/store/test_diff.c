#include "scratch.h"

#include "store/diff.h"
#include "uptick/process.h"

static void assert_diff(const char *a, const char *b, const char *wanted)
{
    up_buffer out = {0};
    assert_int_equal(
        up_diff_add(&out, "x.csv", a, a != NULL ? strlen(a) : 0, b, strlen(b), NULL),
        UP_OK);
    assert_string_equal(up_buffer_text(&out), wanted);
    up_buffer_release(&out);
}

static void equal_texts_have_no_diff(void **state)
{
    (void)state;
    assert_diff("", "", "");
    assert_diff("a\nb\n", "a\nb\n", "");
}

static void inserted_line_has_three_lines_around_it(void **state)
{
    (void)state;
    assert_diff("1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nnew\n5\n6\n7\n8\n",
                "--- a/x.csv\n+++ b/x.csv\n@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+new\n 5\n 6\n "
                "7\n");
}

static void line_at_the_end_and_at_the_start(void **state)
{
    (void)state;
    assert_diff("1\n2\n", "1\n2\n3\n",
                "--- a/x.csv\n+++ b/x.csv\n@@ -1,2 +1,3 @@\n 1\n 2\n+3\n");
    assert_diff("1\n", "0\n1\n", "--- a/x.csv\n+++ b/x.csv\n@@ -1 +1,2 @@\n+0\n 1\n");
    assert_diff("0\n1\n", "1\n", "--- a/x.csv\n+++ b/x.csv\n@@ -1,2 +1 @@\n-0\n 1\n");
}

static void new_file_comes_from_dev_null(void **state)
{
    (void)state;
    assert_diff(NULL, "1\n2\n", "--- /dev/null\n+++ b/x.csv\n@@ -0,0 +1,2 @@\n+1\n+2\n");
    assert_diff("", "1\n", "--- a/x.csv\n+++ b/x.csv\n@@ -0,0 +1 @@\n+1\n");
}

static void missing_final_newline_is_marked(void **state)
{
    (void)state;
    assert_diff("1\n2", "1\n2\n3\n",
                "--- a/x.csv\n+++ b/x.csv\n@@ -1,2 +1,3 @@\n 1\n-2\n\\ No newline at end "
                "of file\n+2\n+3\n");
    assert_diff("1\n2", "0\n1\n2",
                "--- a/x.csv\n+++ b/x.csv\n@@ -1,2 +1,3 @@\n+0\n 1\n 2\n\\ No newline at "
                "end of file\n");
}

static void changes_far_apart_are_hunks_of_their_own(void **state)
{
    (void)state;
    assert_diff("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
                "--- a/x.csv\n+++ b/x.csv\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 "
                "+6,4 @@\n 5\n 6\n 7\n-b\n+B\n");
    /* six lines between: one hunk, as no line would be left out */
    assert_diff("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
                "--- a/x.csv\n+++ b/x.csv\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n "
                "6\n-b\n+B\n");
}

static void change_in_the_middle_is_the_shortest(void **state)
{
    (void)state;
    /* Myers' own example: ABCABBA to CBABAC takes five changes */
    up_buffer out = {0};
    const char a[] = "A\nB\nC\nA\nB\nB\nA\n", b[] = "C\nB\nA\nB\nA\nC\n";
    assert_int_equal(up_diff_add(&out, "x", a, strlen(a), b, strlen(b), NULL), UP_OK);
    size_t changes = 0;
    for (const char *at = strstr(out.data, "@@\n"); at != NULL; at = strchr(at + 1, '\n'))
        changes += at[1] == '+' || at[1] == '-';
    assert_int_equal(changes, 5);
    up_buffer_release(&out);
}

/* A text of up to `lines` lines over a small alphabet, so that lines repeat. */
static void random_text(up_buffer *out, unsigned *seed, unsigned lines)
{
    up_buffer_clear(out);
    *seed = *seed * 1103515245u + 12345u;
    unsigned count = (*seed >> 16) % lines;
    for (unsigned i = 0; i < count; i++) {
        *seed = *seed * 1103515245u + 12345u;
        up_buffer_addf(out, "%c", "abcdef"[(*seed >> 16) % 6]);
        if (i + 1 < count || (*seed >> 20) % 3 != 0)
            up_buffer_add_char(out, '\n');
    }
}

/* Runs patch on a in a folder of its own and compares with b. */
static void assert_applies(const char *folder, const char *a, const char *b)
{
    up_buffer diff = {0};
    assert_int_equal(up_diff_add(&diff, "x", a, strlen(a), b, strlen(b), NULL), UP_OK);
    if (diff.length == 0) {
        assert_string_equal(a, b);
        return;
    }
    scratch_write(folder, "x", a);
    char directory[SCRATCH_PATH];
    snprintf(directory, sizeof directory, "%s", folder);
    const char *const argv[] = {"patch", "-s", "-p1", "-d", directory, NULL};
    up_process_result r = {0};
    up_error err = {0};
    if (up_process_run(argv, diff.data, diff.length, &r, &err) != UP_OK)
        fail_msg("%s", err.message);
    if (r.exit_code != 0)
        fail_msg("%s%s", up_buffer_text(&r.out), diff.data);
    char *text = scratch_read(folder, "x");
    assert_string_equal(text != NULL ? text : "", b); /* patch removes an emptied file */
    free(text);
    up_process_result_release(&r);
    up_buffer_release(&diff);
}

static void patch_makes_one_of_the_other(void **state)
{
    (void)state;
    char folder[SCRATCH_PATH];
    scratch_make(folder);
    up_buffer a = {0}, b = {0};
    unsigned seed = 7;
    for (int i = 0; i < 120; i++) {
        random_text(&a, &seed, 12 + (unsigned)i);
        random_text(&b, &seed, 12 + (unsigned)i);
        assert_applies(folder, up_buffer_text(&a), up_buffer_text(&b));
    }
    up_buffer_release(&a);
    up_buffer_release(&b);
    scratch_remove(folder);
}

/* Past the bound the middle is replaced as a whole: long, but right. */
static void texts_that_share_little_still_apply(void **state)
{
    (void)state;
    char folder[SCRATCH_PATH];
    scratch_make(folder);
    up_buffer a = {0}, b = {0};
    for (int i = 0; i < 3000; i++) {
        up_buffer_addf(&a, "%d\n", i);
        up_buffer_addf(&b, "%d\n", i % 2 == 0 ? i : -i);
    }
    assert_applies(folder, a.data, b.data);
    /* only added lines: found by one walk, whatever their number */
    up_buffer_clear(&b);
    for (int i = 0; i < 3000; i++)
        up_buffer_addf(&b, "%d\nnew %d\n", i, i);
    up_buffer diff = {0};
    assert_int_equal(up_diff_add(&diff, "x", a.data, a.length, b.data, b.length, NULL),
                     UP_OK);
    assert_null(strstr(diff.data, "\n-"));
    assert_applies(folder, a.data, b.data);
    up_buffer_release(&diff);
    up_buffer_release(&a);
    up_buffer_release(&b);
    scratch_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_texts_have_no_diff),
        cmocka_unit_test(inserted_line_has_three_lines_around_it),
        cmocka_unit_test(line_at_the_end_and_at_the_start),
        cmocka_unit_test(new_file_comes_from_dev_null),
        cmocka_unit_test(missing_final_newline_is_marked),
        cmocka_unit_test(changes_far_apart_are_hunks_of_their_own),
        cmocka_unit_test(change_in_the_middle_is_the_shortest),
        cmocka_unit_test(patch_makes_one_of_the_other),
        cmocka_unit_test(texts_that_share_little_still_apply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
