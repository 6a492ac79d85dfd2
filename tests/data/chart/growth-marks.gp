# A chart of kind "columns": gnuplot 5.4 or later draws it on its standard output.
# title: Bounds, ranges and losses
# description: Bar chart: Bounds, ranges and losses (Change on the year before, percent). Industry: the change went from +128.9 % in July 2019 to less than +60.0 % in July 2025.
# source: a test
if (GPVAL_VERSION < 5.4) { print sprintf('gnuplot 5.4 or later is needed, this is %.1f', GPVAL_VERSION); exit status 3 }
PICTURE = 'png'
DARK = 0
LOG_SCALE = 0
WIDTH = 1200.0
HEIGHT = 675.0
SCALE = 1.0
# panels: their boxes in pixels from the top left, and their axes
PANELS = 1
array LEFT[1] = [107.02]
array TOP[1] = [113.50]
array RIGHT[1] = [1164.00]
array BOTTOM[1] = [560.85]
array X_MIN[1] = [0.5]
array X_MAX[1] = [7.5]
array Y_MIN[1] = [-1.0]
array Y_MAX[1] = [2.0]
# texts: place, size, face, tone, alignment (0 left, 1 right, 2 centre), turn
TEXTS = 26
array TEXT[26]
TEXT[1] = 'Bounds, ranges and losses'
TEXT[2] = 'Change on the year before, percent'
TEXT[3] = '> more than  ·  < less than  ·  pale with a firm edge: only that bound is known  ·  pale with an outline: derived from a claim or forecast  ·  ~ about  ·  thin'
TEXT[4] = 'line: lowest to highest  ·  floating bar: only a range is known'
TEXT[5] = 'Source: a test'
TEXT[6] = '−100 %'
TEXT[7] = '−50 %'
TEXT[8] = '0 %'
TEXT[9] = '50 %'
TEXT[10] = '100 %'
TEXT[11] = '150 %'
TEXT[12] = '200 %'
TEXT[13] = '+128.9 %'
TEXT[14] = '−42.0 %'
TEXT[15] = '>20 %'
TEXT[16] = '~31 %'
TEXT[17] = '+35 % to +80 %'
TEXT[18] = '+55.0 %'
TEXT[19] = '<60 %'
TEXT[20] = '2025'
TEXT[21] = '2024'
TEXT[22] = '2023'
TEXT[23] = '2022'
TEXT[24] = '2021'
TEXT[25] = '2020'
TEXT[26] = '2019'
array TEXT_X[26] = [36.00, 36.00, 36.00, 36.00, 36.00, 98.02, 98.02, 98.02, 98.02, 98.02, 98.02, 98.02, 229.86, 375.48, 484.51, 635.51, 786.51, 937.50, 1088.50, 1088.50, 937.50, 786.51, 635.51, 484.51, 333.51, 182.52]
array TEXT_Y[26] = [44.20, 76.45, 609.13, 626.68, 644.22, 560.85, 486.29, 411.73, 337.18, 262.62, 188.06, 113.50, 207.43, 486.45, 369.82, 353.42, 280.35, 317.63, 310.17, 578.60, 578.60, 578.60, 578.60, 578.60, 578.60, 578.60]
array TEXT_SIZE[26] = [28.00, 17.00, 13.50, 13.50, 13.50, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00]
array TEXT_FACE[26] = [2.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00]
array TEXT_TONE[26] = [1.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 5.00, 5.00, 5.00, 5.00, 5.00, 5.00, 5.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00]
array TEXT_ALIGN[26] = [0.00, 0.00, 0.00, 0.00, 0.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00]
array TEXT_TURN[26] = [0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00]
# rules: the grid, tick marks, events, leaders
RULES = 7
array RULE_X1[7] = [107.02, 107.02, 107.02, 107.02, 107.02, 107.02, 107.02]
array RULE_Y1[7] = [560.85, 486.29, 411.73, 337.18, 262.62, 188.06, 113.50]
array RULE_X2[7] = [1164.00, 1164.00, 1164.00, 1164.00, 1164.00, 1164.00, 1164.00]
array RULE_Y2[7] = [560.85, 486.29, 411.73, 337.18, 262.62, 188.06, 113.50]
array RULE_WIDTH[7] = [1.00, 1.00, 1.40, 1.00, 1.00, 1.00, 1.00]
array RULE_TONE[7] = [3.00, 3.00, 4.00, 3.00, 3.00, 3.00, 3.00]
array RULE_DASH[7] = [1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00]
# the data: times are years, values in the chart's unit
$bar << EOD
1 0.6504 1.3496000000000001 0 1.289 5
2 1.6503999999999999 2.3496 -0.42 0 5
4 3.6504 4.3496 0 0.31 5
EOD
BAR = 1
array BAR_TONE[1] = [0]
array BAR_PANEL[1] = [1]
$whisker << EOD
1 0.9 1.7
2 -0.6 -0.3
EOD
WHISKER = 1
array WHISKER_TONE[1] = [0]
array WHISKER_PANEL[1] = [1]
$edge << EOD
2.6504 3.3496 0.2 5
6.6504 7.3496 0.6 5
EOD
EDGE = 1
array EDGE_TONE[1] = [0]
array EDGE_PANEL[1] = [1]
$open << EOD
3 2.6504 3.3496 0 0.2 5
7 6.6504 7.3496 0 0.6 5
EOD
OPEN = 1
array OPEN_TONE[1] = [0]
array OPEN_PANEL[1] = [1]
$pale << EOD
5 4.6504 5.3496 0.35 0.8 5
6 5.6504 6.3496 0 0.55 5
EOD
PALE = 1
array PALE_TONE[1] = [0]
array PALE_PANEL[1] = [1]
