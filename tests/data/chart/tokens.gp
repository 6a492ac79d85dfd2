# A chart of kind "line": gnuplot 5.4 or later draws it on its standard output.
# title: China consumes 10 trillion tokens a day
# description: Line chart: China consumes 10 trillion tokens a day (Tokens per day, logarithmic scale). China rose from 100 B in March 2024 to 10 T in March 2025 (100×).
# source: Wu Hequan at the 2025 China Internet Conference, Global Times, 23 July 2025
if (GPVAL_VERSION < 5.4) { print sprintf('gnuplot 5.4 or later is needed, this is %.1f', GPVAL_VERSION); exit status 3 }
PICTURE = 'png'
DARK = 0
LOG_SCALE = 1
WIDTH = 1200.0
HEIGHT = 675.0
SCALE = 1.0
# panels: their boxes in pixels from the top left, and their axes
PANELS = 1
array LEFT[1] = [89.99]
array TOP[1] = [113.50]
array RIGHT[1] = [1104.92]
array BOTTOM[1] = [558.90]
array X_MIN[1] = [2024.0601000000001]
array X_MAX[1] = [2025.3548999999998]
array Y_MIN[1] = [79432823472.42815]
array Y_MAX[1] = [12589254117941.672]
# texts: place, size, face, tone, alignment (0 left, 1 right, 2 centre), turn
TEXTS = 31
array TEXT[31]
TEXT[1] = 'China consumes 10 trillion tokens a day'
TEXT[2] = 'Tokens per day, logarithmic scale'
TEXT[3] = '○ derived from a claim or forecast  ·  ↔ date known only as a span  ·  logarithmic scale'
TEXT[4] = 'Source: Wu Hequan at the 2025 China Internet Conference, Global Times, 23 July 2025'
TEXT[5] = '100 B'
TEXT[6] = '200 B'
TEXT[7] = '500 B'
TEXT[8] = '1 T'
TEXT[9] = '2 T'
TEXT[10] = '5 T'
TEXT[11] = '10 T'
TEXT[12] = 'Feb'
TEXT[13] = '2024'
TEXT[14] = 'Mar'
TEXT[15] = 'Apr'
TEXT[16] = 'May'
TEXT[17] = 'Jun'
TEXT[18] = 'Jul'
TEXT[19] = 'Aug'
TEXT[20] = 'Sep'
TEXT[21] = 'Oct'
TEXT[22] = 'Nov'
TEXT[23] = 'Dec'
TEXT[24] = 'Jan'
TEXT[25] = '2025'
TEXT[26] = 'Feb'
TEXT[27] = 'Mar'
TEXT[28] = 'Apr'
TEXT[29] = 'China'
TEXT[30] = '10 T'
TEXT[31] = '100 B'
array TEXT_X[31] = [36.00, 36.00, 36.00, 36.00, 80.99, 80.99, 80.99, 80.99, 80.99, 80.99, 80.99, 140.33, 140.33, 204.58, 269.90, 335.22, 400.54, 465.86, 532.25, 597.57, 662.89, 728.21, 793.53, 860.02, 860.02, 923.37, 986.72, 1052.22, 1097.40, 1097.40, 167.66]
array TEXT_Y[31] = [44.20, 76.45, 626.68, 644.22, 538.65, 477.71, 397.14, 336.20, 275.26, 194.69, 133.75, 576.65, 595.18, 576.65, 576.65, 576.65, 576.65, 576.65, 576.65, 576.65, 576.65, 576.65, 576.65, 576.65, 595.18, 576.65, 576.65, 576.65, 123.35, 144.15, 518.98]
array TEXT_SIZE[31] = [28.00, 17.00, 13.50, 13.50, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 16.00, 16.00, 15.00]
array TEXT_FACE[31] = [2.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 2.00, 1.00]
array TEXT_TONE[31] = [1.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 5.00, 5.00, 5.00]
array TEXT_ALIGN[31] = [0.00, 0.00, 0.00, 0.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 0.00, 0.00, 2.00]
array TEXT_TURN[31] = [0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00]
# rules: the grid, tick marks, events, leaders
RULES = 24
array RULE_X1[24] = [89.99, 89.99, 89.99, 89.99, 89.99, 89.99, 89.99, 89.99, 109.27, 171.38, 237.77, 302.02, 368.41, 432.66, 499.05, 565.45, 629.70, 696.09, 760.34, 826.73, 893.30, 953.43, 1020.01, 1084.43]
array RULE_Y1[24] = [538.65, 477.71, 397.14, 336.20, 275.26, 194.69, 133.75, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90, 558.90]
array RULE_X2[24] = [1104.92, 1104.92, 1104.92, 1104.92, 1104.92, 1104.92, 1104.92, 1104.92, 109.27, 171.38, 237.77, 302.02, 368.41, 432.66, 499.05, 565.45, 629.70, 696.09, 760.34, 826.73, 893.30, 953.43, 1020.01, 1084.43]
array RULE_Y2[24] = [538.65, 477.71, 397.14, 336.20, 275.26, 194.69, 133.75, 558.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90, 564.90]
array RULE_WIDTH[24] = [1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.40, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00]
array RULE_TONE[24] = [3.00, 3.00, 3.00, 3.00, 3.00, 3.00, 3.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00]
array RULE_DASH[24] = [1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00]
# the data: times are years, values in the chart's unit
$line << EOD
EOD
LINE = 0
array LINE_TONE[1] = [0]
array LINE_PANEL[1] = [0]
$weak << EOD
2024.2 100000000000
2025.2 10000000000000
EOD
WEAK = 1
array WEAK_TONE[1] = [5]
array WEAK_PANEL[1] = [1]
$span << EOD
2024.085 2024.33 100000000000 5
2025.085 2025.33 10000000000000 5
EOD
SPAN = 1
array SPAN_TONE[1] = [0]
array SPAN_PANEL[1] = [1]
$hollow << EOD
2024.2 100000000000 6 5
EOD
HOLLOW = 1
array HOLLOW_TONE[1] = [0]
array HOLLOW_PANEL[1] = [1]
$point << EOD
2025.2 10000000000000 7 5
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
$about << EOD
EOD
ABOUT = 0
array ABOUT_TONE[1] = [0]
array ABOUT_PANEL[1] = [0]
