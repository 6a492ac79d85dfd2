/* What the words of a header tell. */
#include <ctype.h>
#include <string.h>

#include "import/plan.h"

const up_import_role_info up_import_roles[UP_IMPORT_ROLES] = {
    [UP_IMPORT_NONE] = {"", "not understood", false, false},
    [UP_IMPORT_IGNORED] = {"ignore", "left out", true, false},
    [UP_IMPORT_METRIC] = {"metric", "names the metric", true, true},
    [UP_IMPORT_ENTITY] = {"entity", "the entity", true, true},
    [UP_IMPORT_CODE] = {"code", "the entity's code", true, false},
    [UP_IMPORT_PERIOD] = {"period", "the period", true, true},
    [UP_IMPORT_VALUE] = {"value", "figures", true, false},
    [UP_IMPORT_QUALIFIER] = {"qualifier", "the qualifier", true, true},
    [UP_IMPORT_LOW] = {"low", "the lower end", true, false},
    [UP_IMPORT_HIGH] = {"high", "the upper end", true, false},
    [UP_IMPORT_STATED] = {"stated", "the figure as stated", true, false},
    [UP_IMPORT_STATUS] = {"status", "the status", true, true},
    [UP_IMPORT_REPORTED] = {"reported", "the day of report", true, true},
    [UP_IMPORT_SOURCE] = {"source", "the source", true, true},
    [UP_IMPORT_QUOTE] = {"quote", "the words quoted", true, false},
    [UP_IMPORT_NOTE] = {"note", "a note", true, true},
    [UP_IMPORT_UNIT] = {"unit-column", "the unit", true, false},
    [UP_IMPORT_MULTIPLIER] = {"multiplier", "a power of ten to multiply by", true, true},
    [UP_IMPORT_ACTION] = {"action", "the action of the row", true, false},
};

/* Words of headers: letters and digits alone, in lower case; blanks between alternatives. */
static const struct {
    up_import_role role;
    import_part part;
    const char *words;
} headers[] = {
    {UP_IMPORT_PERIOD, PART_WHOLE,
     " date time period timeperiod datetime timestamp observationdate obsdate refdate "
     "referenceperiod zeit zeitmez datum fecha periodo fiscalyear fecha data hour week "
     "日期 时间 期间 时期 统计时间 "},
    {UP_IMPORT_PERIOD, PART_YEAR,
     " year yyyy yr jahr annee année año ano anno 年 年份 年度 "},
    {UP_IMPORT_PERIOD, PART_HALF, " half semester halfyear "},
    {UP_IMPORT_PERIOD, PART_QUARTER, " quarter qtr quartal trimestre 季度 "},
    {UP_IMPORT_PERIOD, PART_MONTH, " month mm mon monat mois mes 月 月份 "},
    {UP_IMPORT_PERIOD, PART_DAY, " day dd tag jour dia 日 "},
    {UP_IMPORT_ENTITY, PART_WHOLE,
     " entity entities country countryname countries economy geo geography refarea area "
     "areaname region territory state province city location place company firm "
     "organization organisation institution industry sector land bundesland pays país "
     "pais "
     "国家 地区 省份 城市 公司 行业 "},
    {UP_IMPORT_CODE, PART_WHOLE,
     " code countrycode entitycode iso3 iso2 isocode iso iso3code isoalpha3 iso3166 "
     "areacode regioncode geocode statecode lei ticker 代码 "},
    {UP_IMPORT_METRIC, PART_WHOLE,
     " metric indicator indicatorname variable measure series seriesname statistic 指标 "
     "项目 "},
    {UP_IMPORT_VALUE, PART_WHOLE,
     " value values obsvalue figure amount observation wert valeur valor "
     "数值 值 "},
    {UP_IMPORT_STATUS, PART_WHOLE,
     " status obsstatus obsflag flag flags observationstatus statuscode "},
    {UP_IMPORT_REPORTED, PART_WHOLE,
     " reported reportdate reportedon published publicationdate publishdate publishedon "
     "vintage vintagedate asof releasedate released lastupdate lastupdated realtimestart "
     "发布日期 发布时间 "},
    {UP_IMPORT_SOURCE, PART_WHOLE,
     " source sources source1 sourceurl url link reference citation sourcelink 来源 "
     "数据来源 "},
    {UP_IMPORT_QUOTE, PART_WHOLE, " quote quotation words "},
    {UP_IMPORT_NOTE, PART_WHOLE,
     " note notes comment comments remark remarks footnote footnotes 备注 注释 "},
    {UP_IMPORT_UNIT, PART_WHOLE, " unit units unitmeasure unitofmeasure 单位 "},
    {UP_IMPORT_MULTIPLIER, PART_WHOLE, " unitmult unitmultiplier scalar "},
    {UP_IMPORT_QUALIFIER, PART_WHOLE, " qualifier "},
    {UP_IMPORT_LOW, PART_WHOLE, " low lower lowerbound lowerci minimum "},
    {UP_IMPORT_HIGH, PART_WHOLE, " high upper upperbound upperci maximum "},
    {UP_IMPORT_STATED, PART_WHOLE, " stated asstated "},
};

/* "Country Name" → "countryname"; letters of other scripts stay. */
static void squeeze(const char *header, char *out, size_t size)
{
    size_t length = 0;
    for (const char *at = header; *at != '\0' && length + 1 < size; at++) {
        unsigned char c = (unsigned char)*at;
        if (c >= 0x80 || isalnum(c))
            out[length++] = (char)tolower(c);
    }
    out[length] = '\0';
}

up_import_role up_role_of_header(const char *header, import_part *part)
{
    char words[72] = " ";
    squeeze(header, words + 1, sizeof words - 2);
    *part = PART_WHOLE;
    if (words[1] == '\0')
        return UP_IMPORT_NONE;
    strcat(words, " ");
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        if (strstr(headers[i].words, words) != NULL) {
            *part = headers[i].part;
            return headers[i].role;
        }
    return UP_IMPORT_NONE;
}
