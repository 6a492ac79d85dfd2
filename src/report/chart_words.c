/* The words of charts: one table, a column a language. */
#include "report/chart_words.h"

#include <string.h>

#define NBSP "\xc2\xa0"

static const char *const words[UP_SAYS][UP_LANGUAGES] = {
    [UP_SAY_SOURCE] = {"Source: %1", "来源：%1"},
    [UP_SAY_NO_SOURCE] = {"not stated", "未注明"},
    [UP_SAY_SOME_WITHOUT_SOURCE] = {"%1; some figures without source",
                                    "%1；部分数据未注明来源"},
    [UP_SAY_NEXT_SOURCE] = {"%1; %2", "%1；%2"},
    [UP_SAY_VIA] = {"%1, via %2", "%1，转引自%2"},
    [UP_SAY_UNIT_AND_MORE] = {"%1, %2", "%1，%2"},

    [UP_SAY_MORE] = {"▲" NBSP "more than", "▲" NBSP "超过"},
    [UP_SAY_MORE_BAR] = {">" NBSP "more than", ">" NBSP "超过"},
    [UP_SAY_LESS] = {"▼" NBSP "less than", "▼" NBSP "不到"},
    [UP_SAY_LESS_BAR] = {"<" NBSP "less than", "<" NBSP "不到"},
    [UP_SAY_ONE_BOUND] = {"pale with a firm edge: only that bound is known",
                          "浅色带实边：仅知该界限"},
    [UP_SAY_HOLLOW] = {"○" NBSP "derived from a claim or forecast",
                       "○" NBSP "由说法推算或预测"},
    [UP_SAY_HOLLOW_BAR] = {"pale with an outline: derived from a claim or forecast",
                           "浅色带框：由说法推算或预测"},
    [UP_SAY_SPAN] = {"↔" NBSP "date known only as a span", "↔" NBSP "仅知大致日期"},
    [UP_SAY_ABOUT] = {"◉ or ~" NBSP "about", "◉ 或 ~" NBSP "约"},
    [UP_SAY_ABOUT_BAR] = {"~" NBSP "about", "~" NBSP "约"},
    [UP_SAY_BOUNDS] = {"thin bar: lowest to highest", "细条：最低至最高"},
    [UP_SAY_BOUNDS_BAR] = {"thin line: lowest to highest", "细线：最低至最高"},
    [UP_SAY_RANGE] = {"thick bar: only a range is known", "粗条：仅知范围"},
    [UP_SAY_RANGE_BAR] = {"floating bar: only a range is known", "悬空条：仅知范围"},
    [UP_SAY_CUT_BAND] = {"the outer band runs off the chart", "外侧区间超出图表范围"},
    [UP_SAY_OFF_ZERO] = {"the vertical axis does not start at zero", "纵轴不从零开始"},
    [UP_SAY_OWN_AXES] = {"each panel has a vertical axis of its own",
                         "各分图的纵轴刻度不同"},
    [UP_SAY_LOG] = {"logarithmic scale", "对数刻度"},
    [UP_SAY_NONE_ABOVE_ZERO] = {"no value above zero", "没有大于零的值"},
    [UP_SAY_DASHED] = {"dashed: %1", "虚线：%1"},
    [UP_SAY_SCENARIO] = {"the scenario %1", "情景%1"},
    [UP_SAY_SCENARIOS] = {"the scenarios %1", "情景%1"},
    [UP_SAY_QUOTED] = {"\"%1\"", "“%1”"},
    [UP_SAY_NEXT_QUOTED] = {", \"%1\"", "、“%1”"},
    [UP_SAY_PROJECTION] = {"projection", "预测"},
    [UP_SAY_PROJECTION_BY] = {"%1 projection", "%1模型预测"},
    [UP_SAY_WITH_BANDS] = {"%1 with %2", "%1，附%2"},
    [UP_SAY_BANDS] = {"%1 and %2" NBSP "% bands", "%1%和%2%区间"},
    [UP_SAY_BAND] = {"a %1" NBSP "% band", "%1%区间"},
    [UP_SAY_BANDS_OF_LEVEL] = {"80 and 95" NBSP "% bands of the level itself, without "
                               "the noise of single figures",
                               "水平值本身的80%和95%区间，不含单个数据的噪声"},
    [UP_SAY_DATA_RANGE_BAND] = {"the range that the two figures and their dates allow",
                                "两个数据及其日期所允许的范围"},
    [UP_SAY_CAPACITY] = {"capacity taken as %1", "容量取为%1"},
    [UP_SAY_CAPACITY_AT_MOST] = {"capacity taken to be at most %1", "容量取为至多%1"},
    [UP_SAY_STACKED] = {"bounds and rounded figures are stacked as their value",
                        "界限值和约数按其数值堆叠"},
    [UP_SAY_LARGEST] = {"the %1 largest of %2", "%2项中最大的%1项"},
    [UP_SAY_GREY] = {"grey: %1 others", "灰色：其余%1项"},
    [UP_SAY_OTHERS] = {"%1 others", "其余%1项"},
    [UP_SAY_MISSING_BAR] = {"–" NBSP "cannot be worked out", "–" NBSP "无法计算"},
    [UP_SAY_POINTS] = {"percentage points", "百分点"},

    [UP_SAY_PROJECTED] = {"%1 projected", "%1（预测）"},
    [UP_SAY_TOTAL] = {"Total %1", "合计%1"},
    [UP_SAY_NOW] = {"now", "现在"},
    [UP_SAY_OTHER] = {"Other (%1)", "其他（%1项）"},
    [UP_SAY_AS_KNOWN] = {"as known on %1", "%1所知"},
    [UP_SAY_NOT_REVISED] = {"not revised since %1", "%1以来未修订"},
    [UP_SAY_WORDS_BEFORE] = {"%1 %2", "%1%2"},
    [UP_SAY_NUMBER] = {"%1", "%1"},
    [UP_SAY_SECOND] = {"%2", "%2"},
    [UP_SAY_FOLD] = {"%1×", "%1倍"},
    [UP_SAY_RANGE_OF] = {"%1–%2", "%1–%2"},
    [UP_SAY_CHANGE_RANGE] = {"%1 to %2", "%1至%2"},

    [UP_SAY_QUALIFIED_ABOUT] = {"about %1", "约%1"},
    [UP_SAY_QUALIFIED_MORE] = {"more than %1", "超过%1"},
    [UP_SAY_QUALIFIED_LESS] = {"less than %1", "不到%1"},
    [UP_SAY_NEARLY] = {"nearly", "近"},
    [UP_SAY_JUST_OVER] = {"just over", "略超"},
    [UP_SAY_AT_LEAST] = {"at least", "至少"},
    [UP_SAY_AT_MOST] = {"at most", "至多"},

    [UP_SAY_SHARE] = {"Share of the total", "占总量的比重"},
    [UP_SAY_LOGARITHM] = {"Natural logarithm", "自然对数"},
    [UP_SAY_CHANGE] = {"Change on the figure before, %1", "较前一数据的变化，%1"},
    [UP_SAY_CHANGE_ON_YEAR] = {"Change on a year before, %1", "同比变化，%1"},
    [UP_SAY_MULTIPLE] = {"Multiple of the figure before", "为前一数据的倍数"},
    [UP_SAY_GROWTH] = {"Growth on the figure before", "较前一数据的增长"},
    [UP_SAY_GROWTH_ON_YEAR] = {"Growth on a year before", "同比增长"},
    [UP_SAY_GROWTH_PER_YEAR] = {"Growth per year", "年均增长"},
    [UP_SAY_CONTINUOUS] = {"Continuous growth on the figure before",
                           "较前一数据的连续增长"},
    [UP_SAY_CONTINUOUS_PER_YEAR] = {"Continuous growth per year", "连续年增长"},
    [UP_SAY_DOUBLING] = {"Doubling time, years", "翻番时间，年"},
    [UP_SAY_INDEX] = {"Index, the base is 100", "指数，基期为100"},
    [UP_SAY_INDEX_BASE] = {"Index, %1 = 100", "指数，%1 = 100"},
    [UP_SAY_FIRST_FIGURE] = {"first figure", "首个数据"},

    [UP_SAY_MEDIAN] = {"%1 (median); %2", "%1（中位数）；%2"},
    [UP_SAY_RANGE_80] = {"80" NBSP "%: %1", "80%：%1"},
    [UP_SAY_DATA_RANGE] = {"data range: %1", "数据范围：%1"},
    [UP_SAY_REACHED_BY] = {"reached by %1 with a probability of %2",
                           "到%1达到的概率为%2"},
    [UP_SAY_NEVER] = {"never reached with a probability of %1", "永远达不到的概率为%1"},
    [UP_SAY_FROM_TO] = {"%1 to %2", "%1至%2"},
    [UP_SAY_OR_LATER] = {"%1 or later, perhaps not by %2", "%1或更晚，到%2或仍未达到"},
    [UP_SAY_NOT_BY] = {"not by %1", "到%1仍未达到"},
    [UP_SAY_PERCENT] = {"%1" NBSP "%", "%1%"},
    [UP_SAY_NEXT] = {"%1; %2", "%1；%2"},

    [UP_SAY_YEAR] = {"%1", "%1年"},
    [UP_SAY_YEAR_BRIEF] = {"%1", "%1"},
    [UP_SAY_YEAR_CE] = {"%1" NBSP "CE", "公元%1年"},
    [UP_SAY_YEAR_BCE] = {"%1" NBSP "BCE", "公元前%1年"},
    [UP_SAY_YEAR_BCE_BRIEF] = {"%1" NBSP "BCE", "前%1"},
    [UP_SAY_IN_YEAR] = {"%1 %2", "%2%1"},
    [UP_SAY_IN_YEAR_LABEL] = {"%1" NBSP "%2", "%2%1"},
    [UP_SAY_DAY] = {"%2" NBSP "%1", "%1%2日"},
    [UP_SAY_QUARTER_1] = {"Q1", "一季度"},
    [UP_SAY_QUARTER_2] = {"Q2", "二季度"},
    [UP_SAY_QUARTER_3] = {"Q3", "三季度"},
    [UP_SAY_QUARTER_4] = {"Q4", "四季度"},
    [UP_SAY_HALF_1] = {"H1", "上半年"},
    [UP_SAY_HALF_2] = {"H2", "下半年"},
    [UP_SAY_MONTH_1] = {"Jan", "1月"},
    [UP_SAY_MONTH_2] = {"Feb", "2月"},
    [UP_SAY_MONTH_3] = {"Mar", "3月"},
    [UP_SAY_MONTH_4] = {"Apr", "4月"},
    [UP_SAY_MONTH_5] = {"May", "5月"},
    [UP_SAY_MONTH_6] = {"Jun", "6月"},
    [UP_SAY_MONTH_7] = {"Jul", "7月"},
    [UP_SAY_MONTH_8] = {"Aug", "8月"},
    [UP_SAY_MONTH_9] = {"Sep", "9月"},
    [UP_SAY_MONTH_10] = {"Oct", "10月"},
    [UP_SAY_MONTH_11] = {"Nov", "11月"},
    [UP_SAY_MONTH_12] = {"Dec", "12月"},
    [UP_SAY_FULL_MONTH_1] = {"January", "1月"},
    [UP_SAY_FULL_MONTH_2] = {"February", "2月"},
    [UP_SAY_FULL_MONTH_3] = {"March", "3月"},
    [UP_SAY_FULL_MONTH_4] = {"April", "4月"},
    [UP_SAY_FULL_MONTH_5] = {"May", "5月"},
    [UP_SAY_FULL_MONTH_6] = {"June", "6月"},
    [UP_SAY_FULL_MONTH_7] = {"July", "7月"},
    [UP_SAY_FULL_MONTH_8] = {"August", "8月"},
    [UP_SAY_FULL_MONTH_9] = {"September", "9月"},
    [UP_SAY_FULL_MONTH_10] = {"October", "10月"},
    [UP_SAY_FULL_MONTH_11] = {"November", "11月"},
    [UP_SAY_FULL_MONTH_12] = {"December", "12月"},

    [UP_SAY_CIRCA] = {"c. %1", "约%1"},
    [UP_SAY_UNCERTAIN] = {"%1?", "%1？"},
    [UP_SAY_FISCAL_YEAR] = {"FY%1", "%1财年"},
    [UP_SAY_EARLY] = {"early %1", "%1初"},
    [UP_SAY_MID] = {"mid %1", "%1中"},
    [UP_SAY_LATE] = {"late %1", "%1末"},
    [UP_SAY_SOME] = {"%1 (some %2)", "%1（某%2）"},
    [UP_SAY_UP_TO] = {"up to %1", "截至%1"},
    [UP_SAY_FROM_ON] = {"from %1 on", "%1起"},
    [UP_SAY_ANY_TIME] = {"any time", "任何时间"},
    [UP_SAY_WEEK_OF] = {"W%1 %2", "%2第%1周"},
    [UP_SAY_DECADE_OF] = {"%1s", "%1年代"},
    [UP_SAY_A_SECOND] = {"second", "秒"},
    [UP_SAY_A_MINUTE] = {"minute", "分钟"},
    [UP_SAY_AN_HOUR] = {"hour", "小时"},
    [UP_SAY_A_DAY] = {"day", "日"},
    [UP_SAY_A_WEEK] = {"week", "周"},
    [UP_SAY_A_MONTH] = {"month", "月"},
    [UP_SAY_A_QUARTER] = {"quarter", "季度"},
    [UP_SAY_A_THIRD] = {"third", "四个月"},
    [UP_SAY_A_HALF] = {"half", "半年"},
    [UP_SAY_A_YEAR] = {"year", "年"},
    [UP_SAY_A_DECADE] = {"decade", "年代"},
    [UP_SAY_A_CENTURY] = {"century", "世纪"},
    [UP_SAY_A_MILLENNIUM] = {"millennium", "千年"},

    [UP_SAY_LINE_CHART] = {"Line chart", "折线图"},
    [UP_SAY_FACET_CHART] = {"Small multiples", "分面图"},
    [UP_SAY_BAR_CHART] = {"Bar chart", "条形图"},
    [UP_SAY_STACK_CHART] = {"Stacked chart", "堆叠图"},
    [UP_SAY_UNTITLED] = {"untitled", "无标题"},
    [UP_SAY_HEAD] = {"%1: %2.", "%1：%2。"},
    [UP_SAY_HEAD_WITH_UNIT] = {"%1: %2 (%3).", "%1：%2（%3）。"},
    [UP_SAY_SENTENCE] = {" %1.", "%1。"},
    [UP_SAY_POINT] = {"%1 %2", "%2的%1"},
    [UP_SAY_POINT_ALONE] = {"%1 %2", "%1（%2）"},
    [UP_SAY_IN] = {"in %1", "%1"},
    [UP_SAY_ON] = {"on %1", "%1"},
    [UP_SAY_ROSE] = {"%1 rose from %2 to %3", "%1从%2升至%3"},
    [UP_SAY_FELL] = {"%1 fell from %2 to %3", "%1从%2降至%3"},
    [UP_SAY_QUICKENED] = {"%1: growth quickened from %2 to %3", "%1：增速从%2升至%3"},
    [UP_SAY_SLOWED] = {"%1: growth slowed from %2 to %3", "%1：增速从%2降至%3"},
    [UP_SAY_GROWTH_WENT] = {"%1: growth went from %2 to %3", "%1：增速从%2变为%3"},
    [UP_SAY_CHANGE_WENT] = {"%1: the change went from %2 to %3", "%1：变化从%2变为%3"},
    [UP_SAY_NO_FIGURE] = {"no figure", "无数据"},
    [UP_SAY_WENT] = {"%1 went from %2 to %3", "%1从%2到%3"},
    [UP_SAY_GOES] = {"%1 goes from %2 to %3", "%1从%2变为%3"},
    [UP_SAY_IT] = {"It", "数值"},
    [UP_SAY_NAMED] = {"%1: %2", "%1：%2"},
    [UP_SAY_NAMED_FIGURE] = {"%1 %2", "%1 %2"},
    [UP_SAY_GROWN] = {"%1 (%2)", "%1（%2）"},
    [UP_SAY_PROJECTED_TO] = {"%1projected %2", "%1预测为%2"},
    [UP_SAY_ALSO_PROJECTED_TO] = {"%1; projected %2", "%1；预测为%2"},
    [UP_SAY_SUPPOSED_TO] = {"%1in the scenario %2", "%1情景中为%2"},
    [UP_SAY_ALSO_SUPPOSED_TO] = {"%1; in the scenario %2", "%1；情景中为%2"},
    [UP_SAY_AND_MORE] = {" And %1 more.", "另有%1项。"},
    [UP_SAY_AT_LEVEL] = {" At %1: %2.", "达到%1：%2。"},
};

/* The models by their names; those that Chinese readers know by the same name are not here. */
static const char *const models[][UP_LANGUAGES] = {
    {"constant", "常数"},   {"linear", "线性"},     {"exponential", "指数"},
    {"quadratic", "二次"},  {"power", "幂函数"},    {"logistic", "逻辑斯蒂"},
    {"gompertz", "冈珀茨"}, {"richards", "理查兹"}, {"bass", "巴斯"},
    {"auto", "自动"},       {"scenario", "情景"},   {"pooled", "综合"}};

const char *up_word(up_language language, up_say what)
{
    return words[what][language];
}

void up_tell_all(up_language language, up_say what, up_buffer *out,
                 const char *const told[5])
{
    for (const char *at = words[what][language]; *at;) {
        size_t plain = strcspn(at, "%");
        up_buffer_add_bytes(out, at, plain);
        at += plain;
        if (at[0] == '%' && at[1] >= '1' && at[1] <= '4') {
            const char *text = told[at[1] - '1'];
            up_buffer_add(out, text ? text : "");
            at += 2;
        } else if (at[0] == '%') {
            up_buffer_add_char(out, *at++);
        }
    }
}

const char *up_model_word(up_language language, const char *name)
{
    for (size_t i = 0; name && i < sizeof models / sizeof *models; i++)
        if (strcmp(models[i][UP_ENGLISH], name) == 0)
            return models[i][language];
    return name;
}
