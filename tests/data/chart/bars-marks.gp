# A chart of kind "bar": gnuplot 5.4 or later draws it on its standard output.
# title: What is known of each bar
# description: Bar chart: What is known of each bar (People). China more than 1.5 B in 29 Oct 2025; India about 1.05 B in Q3 2024; United States less than 735 M in 29 Oct 2025; Indonesia 206 M to 514 M in 29 Oct 2025; Pakistan 360 M in 29 Oct 2025; Derived 200 M in December 2023.
# source: made up
if (GPVAL_VERSION < 5.4) { print sprintf('gnuplot 5.4 or later is needed, this is %.1f', GPVAL_VERSION); exit status 3 }
PICTURE = 'png'
DARK = 0
LOG_SCALE = 0
WIDTH = 1200.0
HEIGHT = 599.0
SCALE = 1.0
# panels: their boxes in pixels from the top left, and their axes
PANELS = 1
array LEFT[1] = [263.09]
array TOP[1] = [101.50]
array RIGHT[1] = [1164.00]
array BOTTOM[1] = [484.80]
array X_MIN[1] = [0.0]
array X_MAX[1] = [1749966411.997848]
array Y_MIN[1] = [6.5]
array Y_MAX[1] = [0.5]
# texts: place, size, face, tone, alignment (0 left, 1 right, 2 centre), turn
TEXTS = 21
array TEXT[21]
TEXT[1] = 'What is known of each bar'
TEXT[2] = 'People'
TEXT[3] = '> more than  ·  < less than  ·  pale with a firm edge: only that bound is known  ·  pale with an outline: derived from a claim or forecast  ·  ~ about  ·  thin'
TEXT[4] = 'line: lowest to highest  ·  floating bar: only a range is known'
TEXT[5] = 'Source: made up'
TEXT[6] = '0'
TEXT[7] = '500 M'
TEXT[8] = '1 B'
TEXT[9] = '1.5 B'
TEXT[10] = 'China (29 Oct 2025)'
TEXT[11] = '>1.5 B'
TEXT[12] = 'India (Q3 2024)'
TEXT[13] = '~1.05 B'
TEXT[14] = 'United States (29 Oct 2025)'
TEXT[15] = '<735 M'
TEXT[16] = 'Indonesia (29 Oct 2025)'
TEXT[17] = '206 M–514 M'
TEXT[18] = 'Pakistan (29 Oct 2025)'
TEXT[19] = '360 M'
TEXT[20] = 'Derived'
TEXT[21] = '200 M'
array TEXT_X[21] = [36.00, 36.00, 36.00, 36.00, 36.00, 263.09, 520.50, 777.90, 1035.31, 253.09, 1042.31, 253.09, 810.65, 253.09, 648.48, 253.09, 534.96, 253.09, 511.12, 253.09, 373.05]
array TEXT_Y[21] = [44.20, 76.45, 533.13, 550.68, 568.22, 499.58, 499.58, 499.58, 499.58, 133.44, 133.44, 197.33, 197.33, 261.21, 261.21, 325.09, 325.09, 388.98, 388.98, 452.86, 452.86]
array TEXT_SIZE[21] = [28.00, 17.00, 13.50, 13.50, 13.50, 13.50, 13.50, 13.50, 13.50, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00]
array TEXT_FACE[21] = [2.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 2.00, 1.00, 2.00, 1.00, 2.00, 1.00, 2.00, 1.00, 2.00, 1.00, 2.00]
array TEXT_TONE[21] = [1.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 1.00, 5.00, 1.00, 5.00, 1.00, 5.00, 1.00, 5.00, 1.00, 5.00, 1.00, 5.00]
array TEXT_ALIGN[21] = [0.00, 0.00, 0.00, 0.00, 0.00, 2.00, 2.00, 2.00, 2.00, 1.00, 0.00, 1.00, 0.00, 1.00, 0.00, 1.00, 0.00, 1.00, 0.00, 1.00, 0.00]
array TEXT_TURN[21] = [0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00]
# rules: the grid, tick marks, events, leaders
RULES = 4
array RULE_X1[4] = [263.09, 520.50, 777.90, 1035.31]
array RULE_Y1[4] = [101.50, 101.50, 101.50, 101.50]
array RULE_X2[4] = [263.09, 520.50, 777.90, 1035.31]
array RULE_Y2[4] = [484.80, 484.80, 484.80, 484.80]
array RULE_WIDTH[4] = [1.40, 1.00, 1.00, 1.00]
array RULE_TONE[4] = [4.00, 3.00, 3.00, 3.00]
array RULE_DASH[4] = [1.00, 1.00, 1.00, 1.00]
# the data: times are years, values in the chart's unit
$open << EOD
0 1500000000 1 0.34 5
0 734999999.9999999 3 0.34 5
EOD
OPEN = 1
array OPEN_TONE[1] = [0]
array OPEN_PANEL[1] = [1]
$edge << EOD
1500000000 1 0.34 5
734999999.9999999 3 0.34 5
EOD
EDGE = 1
array EDGE_TONE[1] = [0]
array EDGE_PANEL[1] = [1]
$bar << EOD
0 1049999999.9999999 2 0.34 5
0 360149999.9999999 5 0.34 5
EOD
BAR = 1
array BAR_TONE[1] = [0]
array BAR_PANEL[1] = [1]
$pale << EOD
205799999.99999997 514499999.9999999 4 0.34 5
0 200000000 6 0.34 5
EOD
PALE = 1
array PALE_TONE[1] = [0]
array PALE_PANEL[1] = [1]
$whisker << EOD
144059999.99999997 468194999.9999999 5
EOD
WHISKER = 1
array WHISKER_TONE[1] = [0]
array WHISKER_PANEL[1] = [1]
