# A chart of kind "line": gnuplot 5.4 or later draws it on its standard output.
# title: title &#96;touch pwned&#96;&#36;(touch pwned)&#39;&#34;&#64;x&#123;/Bold y&#125;&#92; %s &#39;&#39;&#92;
# description: Line chart: title &#96;touch pwned&#96;&#36;(touch pwned)&#39;&#34;&#64;x&#123;/Bold y&#125;&#92; %s &#39;&#39;&#92; (subtitle &#96;touch pwned&#96;&#36;(touch pwned)&#39;&#34;&#64;x&#123;/Bold y&#125;&#92; %s &#39;&#39;&#92;). name &#96;touch pwned&#96;&#36;(touch pwned)&#39;&#34;&#64;x&#123;/Bold y&#125;&#92; %s &#39;&#39;&#92; rose from 1 in December 2019 to 2 in label &#96;touch pwned&#96;&#36;(touch pwned)&#39;&#34;&#64;x&#123;/Bold y&#125;&#92; %s &#39;&#39;&#92; (+100 %); projected 3 in December 2021.
# source: source &#96;touch pwned&#96;&#36;(touch pwned)&#39;&#34;&#64;x&#123;/Bold y&#125;&#92; %s &#39;&#39;&#92;
if (GPVAL_VERSION < 5.4) { print sprintf('gnuplot 5.4 or later is needed, this is %.1f', GPVAL_VERSION); exit status 3 }
PICTURE = 'png'
DARK = 0
LOG_SCALE = 0
WIDTH = 1200.0
HEIGHT = 675.0
SCALE = 1.0
# panels: their boxes in pixels from the top left, and their axes
PANELS = 1
array LEFT[1] = [54.83]
array TOP[1] = [152.99]
array RIGHT[1] = [900.00]
array BOTTOM[1] = [541.35]
array X_MIN[1] = [2019.96]
array X_MAX[1] = [2022.04]
array Y_MIN[1] = [0.0]
array Y_MAX[1] = [4.0]
# texts: place, size, face, tone, alignment (0 left, 1 right, 2 centre), turn
TEXTS = 27
array TEXT[27]
TEXT[1] = 'title `touch pwned`$(touch pwned)'."'".'"@x{/Bold y}\ %s '."''".'\'
TEXT[2] = 'subtitle `touch pwned`$(touch pwned)'."'".'"@x{/Bold y}\ %s '."''".'\'
TEXT[3] = 'Dashed: model `touch pwned`$(touch pwned)'."'".'"@x{/Bold y}\ %s '."''".'\ projection with bands `touch pwned`$(touch pwned)'."'".'"@x{/Bold y}\ %s '."''".'\  ·  note `touch'
TEXT[4] = 'pwned`$(touch pwned)'."'".'"@x{/Bold y}\ %s '."''".'\'
TEXT[5] = 'Source: source `touch pwned`$(touch pwned)'."'".'"@x{/Bold y}\ %s '."''".'\'
TEXT[6] = 'event `touch pwned`$(touch'
TEXT[7] = 'pwned)'."'".'"@x{/Bold y}\ %s '."''".'\'
TEXT[8] = '0'
TEXT[9] = '1'
TEXT[10] = '2'
TEXT[11] = '3'
TEXT[12] = '4'
TEXT[13] = 'Q1'
TEXT[14] = '2020'
TEXT[15] = 'Q2'
TEXT[16] = 'Q3'
TEXT[17] = 'Q4'
TEXT[18] = 'Q1'
TEXT[19] = '2021'
TEXT[20] = 'Q2'
TEXT[21] = 'Q3'
TEXT[22] = 'Q4'
TEXT[23] = 'name `touch pwned`$(touch'
TEXT[24] = 'pwned)'."'".'"@x{/Bold y}\ %s '."''".'\'
TEXT[25] = '3 projected'
TEXT[26] = 'label `touch pwned`$(touch pwned)'."'".'"@x{/Bold y}\ %s '."''".'\'
TEXT[27] = '1'
array TEXT_X[27] = [36.00, 36.00, 36.00, 36.00, 36.00, 280.25, 280.25, 45.83, 45.83, 45.83, 45.83, 45.83, 121.59, 121.59, 222.62, 324.21, 426.34, 527.51, 527.51, 628.26, 730.12, 832.54, 895.75, 895.75, 895.75, 707.04, 71.08]
array TEXT_Y[27] = [44.20, 76.45, 609.13, 626.68, 644.22, 108.28, 125.83, 541.35, 444.26, 347.17, 250.08, 152.99, 559.10, 577.63, 559.10, 559.10, 559.10, 559.10, 577.63, 559.10, 559.10, 559.10, 229.28, 250.08, 270.88, 366.84, 424.59]
array TEXT_SIZE[27] = [28.00, 17.00, 13.50, 13.50, 13.50, 13.50, 13.50, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 15.00, 16.00, 16.00, 16.00, 15.00, 15.00]
array TEXT_FACE[27] = [2.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 2.00, 1.00, 1.00]
array TEXT_TONE[27] = [1.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 5.00, 5.00, 5.00, 5.00, 5.00]
array TEXT_ALIGN[27] = [0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 1.00, 1.00, 1.00, 1.00, 1.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 2.00, 0.00, 0.00, 0.00, 2.00, 2.00]
array TEXT_TURN[27] = [0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00]
# rules: the grid, tick marks, events, leaders
RULES = 16
array RULE_X1[16] = [274.25, 54.83, 54.83, 54.83, 54.83, 54.83, 54.83, 71.08, 172.11, 273.14, 375.27, 477.41, 577.60, 678.91, 781.33, 883.75]
array RULE_Y1[16] = [99.50, 541.35, 444.26, 347.17, 250.08, 152.99, 541.35, 541.35, 541.35, 541.35, 541.35, 541.35, 541.35, 541.35, 541.35, 541.35]
array RULE_X2[16] = [274.25, 900.00, 900.00, 900.00, 900.00, 900.00, 900.00, 71.08, 172.11, 273.14, 375.27, 477.41, 577.60, 678.91, 781.33, 883.75]
array RULE_Y2[16] = [541.35, 541.35, 444.26, 347.17, 250.08, 152.99, 541.35, 547.35, 547.35, 547.35, 547.35, 547.35, 547.35, 547.35, 547.35, 547.35]
array RULE_WIDTH[16] = [1.00, 1.40, 1.00, 1.00, 1.00, 1.00, 1.40, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00]
array RULE_TONE[16] = [2.00, 4.00, 3.00, 3.00, 3.00, 3.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00, 4.00]
array RULE_DASH[16] = [11.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00]
# the data: times are years, values in the chart's unit
$line << EOD
2020 1
2021 2
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
2020 1 7 5
2021 2 7 5
EOD
POINT = 1
array POINT_TONE[1] = [0]
array POINT_PANEL[1] = [1]
$step << EOD
2021 2
2022 3
EOD
STEP = 1
array STEP_TONE[1] = [5]
array STEP_PANEL[1] = [1]
array STEP_DASH[1] = [13]
$outer << EOD
2021 2 2
2022 2.4660367040345594 3.6495807160029488
EOD
OUTER = 1
array OUTER_TONE[1] = [5]
array OUTER_PANEL[1] = [1]
$inner << EOD
2021 2 2
2022 2.6395601374339313 3.4096590080911806
EOD
INNER = 1
array INNER_TONE[1] = [5]
array INNER_PANEL[1] = [1]
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
$about << EOD
EOD
ABOUT = 0
array ABOUT_TONE[1] = [0]
array ABOUT_PANEL[1] = [0]
