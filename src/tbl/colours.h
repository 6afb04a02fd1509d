/* Colours of warnings and of grades of risk, from mild to grave: C(constant, English name, Chinese name, for people).
 * A scheme may use either name. Closed. */
C(GREEN,  "green",  "绿", N_("green"))
C(BLUE,   "blue",   "蓝", N_("blue"))
C(YELLOW, "yellow", "黄", N_("yellow"))
C(ORANGE, "orange", "橙", N_("orange"))
C(RED,    "red",    "红", N_("red"))
