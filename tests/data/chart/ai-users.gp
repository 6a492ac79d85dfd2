# A chart of kind "line": gnuplot 5.4 or later draws it on its standard output.
# title: AI users in China more than doubled in half a year
# description: Line chart: AI users in China more than doubled in half a year (People). China rose from 249 M in December 2024 to 570 M in May 2025 (+128.9 %).
# source: Wu Hequan at the 2025 China Internet Conference, Global Times, 23 July 2025
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
array TOP[1] = [113.50]
array RIGHT[1] = [1095.46]
array BOTTOM[1] = [558.90]
array X_MIN[1] = [2024.9493169398907]
array X_MAX[1] = [2025.421974]
array Y_MIN[1] = [0.0]
array Y_MAX[1] = [600000000.0]
# texts: place, size, face, tone, alignment (0 left, 1 right, 2 centre), turn
TEXTS = 19
array TEXT[19]
TEXT[1] = 'AI users in China more than doubled in half a year'
TEXT[2] = 'People'
TEXT[3] = '↔ date known only as a span'
TEXT[4] = 'Source: Wu Hequan at the 2025 China Internet Conference, Global Times, 23 July 2025'
TEXT[5] = '0'
TEXT[6] = '200 M'
TEXT[7] = '400 M'
TEXT[8] = '600 M'
TEXT[9] = 'Dec'
TEXT[10] = '2024'
TEXT[11] = 'Jan'
TEXT[12] = '2025'
TEXT[13] = 'Feb'
TEXT[14] = 'Mar'
TEXT[15] = 'Apr'
TEXT[16] = 'May'
TEXT[17] = 'China'
TEXT[18] = '570 M'
TEXT[19] = '249 M'
array TEXT_X[19] = [36.00, 36.00, 36.00, 36.00, 83.73, 83.73, 83.73, 83.73, 110.40, 110.40, 290.34, 290.34, 461.80, 633.26, 810.54, 987.81, 1089.90, 1089.90, 200.25]
array TEXT_Y[19] = [44.20, 76.45, 626.68, 644.22, 558.90, 410.43, 261.97, 113.50, 576.65, 595.18, 576.65, 595.18, 576.65, 576.65, 576.65, 576.65, 125.37, 146.17, 354.39]
array TEXT_SIZE[19] = [28.00, 17.00, 13.50, 13.50, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 16.00, 16.00, 15.00]
array TEXT_FACE[19] = [2.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 2.00, 1.00]
array TEXT_TONE[19] = [1.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 5.00, 5.00, 5.00]
array TEXT_ALIGN[19] = [0.00, 0.00, 0.00, 0.00, 1.00, 1.00, 1.00, 1.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 0.00, 0.00, 2.00]
array TEXT_TURN[19] = [0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00]
# rules: the grid, tick marks, events, leaders
RULES = 11
array RULE_X1[11] = [92.73, 92.73, 92.73, 92.73, 92.73, 200.25, 380.43, 543.17, 723.35, 897.72, 1077.90]
array RULE_Y1[11] = [558.90, 410.43, 261.97, 113.50, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90]
array RULE_X2[11] = [1095.46, 1095.46, 1095.46, 1095.46, 1095.46, 200.25, 380.43, 543.17, 723.35, 897.72, 1077.90]
array RULE_Y2[11] = [558.90, 410.43, 261.97, 113.50, 558.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90]
array RULE_WIDTH[11] = [1.40, 1.00, 1.00, 1.00, 1.40, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00]
array RULE_TONE[11] = [4.00, 3.00, 3.00, 3.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00]
array RULE_DASH[11] = [1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00]
# the data: times are years, values in the chart's unit
$line << EOD
2025 249000000
2025.37 570000000
EOD
LINE = 1
array LINE_TONE[1] = [5]
array LINE_PANEL[1] = [1]
$weak << EOD
EOD
WEAK = 0
array WEAK_TONE[1] = [0]
array WEAK_PANEL[1] = [0]
$point << EOD
2025 249000000 7 5
2025.37 570000000 7 5
EOD
POINT = 1
array POINT_TONE[1] = [0]
array POINT_PANEL[1] = [1]
$span << EOD
2025.3315 2025.4137 570000000 5
EOD
SPAN = 1
array SPAN_TONE[1] = [0]
array SPAN_PANEL[1] = [1]
$step << EOD
EOD
STEP = 0
array STEP_TONE[1] = [0]
array STEP_PANEL[1] = [0]
array STEP_DASH[1] = [0]
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
$about << EOD
EOD
ABOUT = 0
array ABOUT_TONE[1] = [0]
array ABOUT_PANEL[1] = [0]
