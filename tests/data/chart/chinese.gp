# A chart of kind "line": gnuplot 5.4 or later draws it on its standard output.
# title: 中国人工智能用户半年内增长一倍以上，达到五点七亿人
# description: Line chart: 中国人工智能用户半年内增长一倍以上，达到五点七亿人 (人数（六岁及以上网民）). 人工智能用户 rose from 180 M in December 2023 to 570 M in May 2025 (+216.7 %). 生成式产品直接用户 rose from 90 M in December 2023 to about 515 M in May 2025 (about +472.2 %).
# source: 邬贺铨，2025 中国互联网大会，《环球时报》英文版
if (GPVAL_VERSION < 5.4) { print sprintf('gnuplot 5.4 or later is needed, this is %.1f', GPVAL_VERSION); exit status 3 }
PICTURE = 'png'
DARK = 0
LOG_SCALE = 0
WIDTH = 1200.0
HEIGHT = 675.0
SCALE = 1.0
# panels: their boxes in pixels from the top left, and their axes
PANELS = 1
array LEFT[1] = [92.73]
array TOP[1] = [135.44]
array RIGHT[1] = [981.68]
array BOTTOM[1] = [558.90]
array X_MIN[1] = [2023.972]
array X_MAX[1] = [2025.428]
array Y_MIN[1] = [0.0]
array Y_MAX[1] = [600000000.0]
# texts: place, size, face, tone, alignment (0 left, 1 right, 2 centre), turn
TEXTS = 26
array TEXT[26]
TEXT[1] = '中国人工智能用户半年内增长一倍以上，达到五点七亿人'
TEXT[2] = '人数（六岁及以上网民）'
TEXT[3] = '◉ or ~ about'
TEXT[4] = 'Source: 邬贺铨，2025 中国互联网大会，《环球时报》英文版'
TEXT[5] = '深度求索发布新模型'
TEXT[6] = '0'
TEXT[7] = '200 M'
TEXT[8] = '400 M'
TEXT[9] = '600 M'
TEXT[10] = 'Jan'
TEXT[11] = '2024'
TEXT[12] = 'Mar'
TEXT[13] = 'May'
TEXT[14] = 'Jul'
TEXT[15] = 'Sep'
TEXT[16] = 'Nov'
TEXT[17] = 'Jan'
TEXT[18] = '2025'
TEXT[19] = 'Mar'
TEXT[20] = 'May'
TEXT[21] = '人工智能用户'
TEXT[22] = '570 M'
TEXT[23] = '生成式产品直接用户'
TEXT[24] = '~515 M'
TEXT[25] = '180 M'
TEXT[26] = '90 M'
array TEXT_X[26] = [36.00, 36.00, 36.00, 36.00, 756.89, 83.73, 83.73, 83.73, 83.73, 109.82, 109.82, 209.91, 311.67, 413.43, 516.85, 618.61, 720.37, 720.37, 819.06, 921.09, 980.58, 980.58, 980.58, 980.58, 143.18, 138.27]
array TEXT_Y[26] = [44.20, 76.45, 626.68, 644.22, 108.28, 558.90, 417.75, 276.59, 135.44, 576.65, 595.18, 576.65, 576.65, 576.65, 576.65, 576.65, 576.65, 595.18, 576.65, 576.65, 143.32, 164.12, 187.92, 208.72, 451.53, 515.05]
array TEXT_SIZE[26] = [28.00, 17.00, 13.50, 13.50, 13.50, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 16.00, 16.00, 16.00, 16.00, 15.00, 15.00]
array TEXT_FACE[26] = [4.00, 3.00, 1.00, 3.00, 3.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 3.00, 2.00, 3.00, 2.00, 1.00, 1.00]
array TEXT_TONE[26] = [1.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 5.00, 5.00, 6.00, 6.00, 5.00, 6.00]
array TEXT_ALIGN[26] = [0.00, 0.00, 0.00, 0.00, 0.00, 1.00, 1.00, 1.00, 1.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 0.00, 0.00, 0.00, 0.00, 2.00, 2.00]
array TEXT_TURN[26] = [0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00]
# rules: the grid, tick marks, events, leaders
RULES = 15
array RULE_X1[15] = [750.89, 92.73, 92.73, 92.73, 92.73, 92.73, 109.82, 209.91, 311.67, 413.43, 516.85, 618.61, 720.37, 819.06, 921.09]
array RULE_Y1[15] = [99.50, 558.90, 417.75, 276.59, 135.44, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90]
array RULE_X2[15] = [750.89, 981.68, 981.68, 981.68, 981.68, 981.68, 109.82, 209.91, 311.67, 413.43, 516.85, 618.61, 720.37, 819.06, 921.09]
array RULE_Y2[15] = [558.90, 558.90, 417.75, 276.59, 135.44, 558.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90]
array RULE_WIDTH[15] = [1.00, 1.40, 1.00, 1.00, 1.00, 1.40, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00]
array RULE_TONE[15] = [2.00, 4.00, 3.00, 3.00, 3.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00]
array RULE_DASH[15] = [11.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00]
# the data: times are years, values in the chart's unit
$line << EOD
2024 180000000
2025 249000000
2025.4 570000000


2024 90000000
2025 200000000
2025.4 515000000
EOD
LINE = 2
array LINE_TONE[2] = [5, 6]
array LINE_PANEL[2] = [1, 1]
$weak << EOD
EOD
WEAK = 0
array WEAK_TONE[1] = [0]
array WEAK_PANEL[1] = [0]
$point << EOD
2024 180000000 7 5
2025 249000000 7 5
2025.4 570000000 7 5
2024 90000000 7 6
2025 200000000 7 6
2025.4 515000000 7 6
EOD
POINT = 1
array POINT_TONE[1] = [0]
array POINT_PANEL[1] = [1]
$step << EOD
EOD
STEP = 0
array STEP_TONE[1] = [0]
array STEP_PANEL[1] = [0]
array STEP_DASH[1] = [0]
$about << EOD
2025.4 515000000 6
EOD
ABOUT = 1
array ABOUT_TONE[1] = [0]
array ABOUT_PANEL[1] = [1]
$outer << EOD
EOD
OUTER = 0
array OUTER_TONE[1] = [0]
array OUTER_PANEL[1] = [0]
$inner << EOD
EOD
INNER = 0
array INNER_TONE[1] = [0]
array INNER_PANEL[1] = [0]
$span << EOD
EOD
SPAN = 0
array SPAN_TONE[1] = [0]
array SPAN_PANEL[1] = [0]
$bound << EOD
EOD
BOUND = 0
array BOUND_TONE[1] = [0]
array BOUND_PANEL[1] = [0]
$range << EOD
EOD
RANGE = 0
array RANGE_TONE[1] = [0]
array RANGE_PANEL[1] = [0]
$hollow << EOD
EOD
HOLLOW = 0
array HOLLOW_TONE[1] = [0]
array HOLLOW_PANEL[1] = [0]
