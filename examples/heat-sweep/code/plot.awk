# Draws the figure: peak temperature against time, and the plate of every case at the end. Reads summary.csv and, beside
# it, the series and the field of each case.

BEGIN {
    FS = ","
    W = 960
    left = 78; right = 728; top = 104; bottom = 456
    ramp_colours = split("1b1147 3b0f70 641a80 8c2981 b73779 de4968 f7705c fe9f6d fecf92 fcfdbf", ramp, " ")
    levels = 28
    line_colours = split("b42318 d9480f c77700 5c8a00 0b8a5f 0a7ea4 3b5bdb 7a3cc4", line_colour, " ")
}

NR == 1 { next }
{
    n++
    name[n] = $2; diffusivity[n] = $3; grid = $4; duration = $6; side = $7; ambient = $8; half_time[n] = $13
    if ($9 + 0 > hottest) hottest = $9 + 0
    base = results "/" sprintf("case-%04d", $1)
    read_series(n, base ".series.csv")
    field[n] = base ".field"
}

END {
    if (!n) exit 1
    sort_by_diffusivity()
    tile = 100; gap = 13.7
    early_top = bottom + 112
    end_top = early_top + tile + 76
    H = end_top + tile + 48
    open_figure()
    axes()
    curves()
    plates(early_top, sprintf("The plate after %g s", duration / 10), ".early.csv")
    plates(end_top, sprintf("and after %g s", duration), ".end.csv")
    print "</svg>"
}

function read_series(c, file,    line, part, count) {
    getline line < file
    while ((getline line < file) > 0) {
        split(line, part, ",")
        count++
        time[c, count] = part[1]
        peak[c, count] = part[2]
        if (part[1] > 0 && (first_time == "" || part[1] < first_time)) first_time = part[1]
    }
    close(file)
    samples[c] = count
}

function sort_by_diffusivity(    i, j, swap) {
    for (i = 1; i <= n; i++) order[i] = i
    for (i = 2; i <= n; i++)
        for (j = i; j > 1 && diffusivity[order[j]] + 0 > diffusivity[order[j - 1]] + 0; j--) {
            swap = order[j]; order[j] = order[j - 1]; order[j - 1] = swap
        }
}

function open_figure() {
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n", \
        W, H, W, H
    print "<title>Peak temperature of a heated plate over time, by material</title>"
    print "<style>"
    print "text{font-family:Inter,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif;fill:#475467;font-size:13px}"
    print ".head{font-size:21px;font-weight:600;fill:#101828}.sub{font-size:14px}.axis{fill:#344054;font-weight:500}"
    print ".note{font-size:12px;fill:#667085}.grid{stroke:#eaecf0}.minor{stroke:#f4f5f7}.frame{stroke:#98a2b3;fill:none}"
    print ".curve{fill:none;stroke-width:2.25;stroke-linejoin:round;stroke-linecap:round}.key{font-weight:600}"
    print "</style>"
    printf "<rect width=\"%d\" height=\"%d\" rx=\"12\" fill=\"#fff\"/>\n", W, H
    put(28, 44, "head", "How fast a hot spot fades")
    put(28, 68, "sub", sprintf("Peak temperature of a %g mm plate with insulated edges, by material; " \
        "%d × %d points, %g s simulated", side, grid, grid, duration))
}

function put(x, y, class, text, anchor, extra) {
    printf "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\"%s%s>%s</text>\n", x, y, class, \
        anchor == "" ? "" : " text-anchor=\"" anchor "\"", extra == "" ? "" : " " extra, safe(text)
}

function safe(text) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    return text
}

function stroke(class, x1, y1, x2, y2, extra) {
    printf "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"%s/>\n", class, x1, y1, x2, y2, \
        extra == "" ? "" : " " extra
}

function log10(v) { return log(v) / log(10) }
function across(t) { return left + (right - left) * (log10(t) - x_low) / (x_high - x_low) }
function up(c) { return bottom - (bottom - top) * (c - y_low) / (y_high - y_low) }

function nice_step(range,    power, part) {
    power = 10 ^ int(log10(range) - (range < 1))
    part = range / power
    return power * (part < 2 ? 0.25 : part < 5 ? 0.5 : 1)
}

function axes(    step, value, decade, digit, power) {
    step = nice_step(hottest)
    y_low = 0
    y_high = step * (int(hottest / step) + (hottest > step * int(hottest / step)))
    x_high = log10(duration)
    decade = int(log10(first_time) - 1)
    x_low = decade
    for (digit = 1; digit <= 9; digit++) if (log10(digit) + decade <= log10(first_time)) x_low = log10(digit) + decade
    for (digit = 1; digit <= 9; digit++) if (log10(digit) + decade + 1 <= log10(first_time)) x_low = log10(digit) + decade + 1

    for (power = decade; power <= x_high; power++)
        for (digit = 1; digit <= 9; digit++) {
            value = digit * 10 ^ power
            if (log10(value) < x_low - 1e-9 || log10(value) > x_high + 1e-9) continue
            stroke(digit == 1 ? "grid" : "minor", across(value), top, across(value), bottom)
            if (digit == 1 || digit == 2 || digit == 5) {
                stroke("frame", across(value), bottom, across(value), bottom + 5)
                put(across(value), bottom + 21, "", sprintf("%g", value), "middle")
            }
        }
    for (value = y_low; value <= y_high + step / 1000; value += step) {
        if (value > y_low) stroke("grid", left, up(value), right, up(value))
        stroke("frame", left - 5, up(value), left, up(value))
        put(left - 10, up(value) + 4.5, "", sprintf("%g", value), "end")
    }
    printf "<path class=\"frame\" d=\"M%.1f %.1fV%.1fH%.1f\"/>\n", left, top, bottom, right
    put((left + right) / 2, bottom + 44, "axis", "Time (s, logarithmic)", "middle")
    put(left - 44, (top + bottom) / 2, "axis", "Peak temperature (°C)", "middle", \
        sprintf("transform=\"rotate(-90 %.1f %.1f)\"", left - 44, (top + bottom) / 2))
}

function colour(rank) {
    return "#" line_colour[n == 1 ? 1 : 1 + int((rank - 1) * (line_colours - 1) / (n - 1) + 0.5)]
}

function curves(    r, c, s, d, half, y) {
    half = ambient + (hottest - ambient) / 2
    stroke("", left, up(half), right, up(half), "stroke=\"#98a2b3\" stroke-dasharray=\"3 4\"")
    put(left + 8, up(half) - 7, "note", "half of the first excess")
    for (r = n; r >= 1; r--) {
        c = order[r]
        d = ""
        for (s = 1; s <= samples[c]; s++)
            if (time[c, s] > 0) d = d sprintf("%s%.1f %.1f", d == "" ? "M" : "L", across(time[c, s]), up(peak[c, s]))
        printf "<path class=\"curve\" stroke=\"%s\" d=\"%s\"/>\n", colour(r), d
    }
    for (r = 1; r <= n; r++) {
        c = order[r]
        if (half_time[c] + 0 <= 0) continue
        printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#fff\" stroke=\"%s\" stroke-width=\"2\"/>\n", \
            across(half_time[c]), up(half), colour(r)
    }
    legend()
}

# The key stands beside the curves, in the order in which they end; the last column is the time at the open dots.
function legend(    r, c, y, x, pitch) {
    x = right + 24
    y = top + 14
    pitch = n > 14 ? (bottom - top - 20) / n : 23
    put(x + 22, y, "note", "material")
    put(x + 132, y, "note", "mm²/s", "end")
    put(x + 184, y, "note", "half, s", "end")
    for (r = 1; r <= n; r++) {
        c = order[r]
        y += pitch
        stroke("", x, y - 4.5, x + 14, y - 4.5, "stroke=\"" colour(r) "\" stroke-width=\"3\" stroke-linecap=\"round\"")
        put(x + 22, y, "key", name[c])
        put(x + 132, y, "", sprintf("%g", diffusivity[c]), "end")
        put(x + 184, y, "", half_time[c] == "" ? "–" : sprintf("%.2f", half_time[c]), "end")
    }
}

# A row of plates, one a case, up to eight spread over the list, on a scale of colour of their own.
function plates(y, title, kind,    shown, i, r, x) {
    put(28, y - 18, "axis", title, "", "style=\"font-size:15px;font-weight:600\"")
    shown = n < 8 ? n : 8
    warmest = ambient
    for (i = 1; i <= shown; i++) warm(field[order[chosen(i, shown)]] kind)
    scale(y - 30)
    for (i = 1; i <= shown; i++) {
        r = chosen(i, shown)
        x = 28 + (i - 1) * (tile + gap + 1.15)
        plate(field[order[r]] kind, x, y)
        printf "<rect x=\"%.1f\" y=\"%.1f\" width=\"4\" height=\"12\" rx=\"2\" fill=\"%s\"/>\n", x, y + tile + 9, colour(r)
        put(x + 10, y + tile + 19, "", name[order[r]])
    }
}

function chosen(i, shown) { return shown == 1 ? 1 : 1 + int((i - 1) * (n - 1) / (shown - 1) + 0.5) }

function warm(file,    line, part, count, i) {
    while ((getline line < file) > 0) {
        count = split(line, part, ",")
        for (i = 1; i <= count; i++) if (part[i] + 0 > warmest) warmest = part[i] + 0
    }
    close(file)
}

function shade(level,    at, low, part) {
    at = 1 + (ramp_colours - 1) * level / (levels - 1)
    low = int(at)
    if (low >= ramp_colours) low = ramp_colours - 1
    part = at - low
    return sprintf("#%02x%02x%02x", mix(low, 1, part), mix(low, 3, part), mix(low, 5, part))
}

function mix(low, from, part) {
    return int(hex(substr(ramp[low], from, 2)) * (1 - part) + hex(substr(ramp[low + 1], from, 2)) * part + 0.5)
}

function hex(pair) {
    return (index("0123456789abcdef", substr(pair, 1, 1)) - 1) * 16 + index("0123456789abcdef", substr(pair, 2, 1)) - 1
}

# Cells of one colour make one path, in runs along a row.
function plate(file, x, y,    line, part, row, skip, rows_read, i, level, run, drawn, path, cells, size) {
    skip = int((grid + 49) / 50)
    cells = int((grid + skip - 1) / skip)
    size = tile / cells
    for (level = 0; level < levels; level++) path[level] = ""
    while ((getline line < file) > 0) {
        if (rows_read++ % skip) continue
        split(line, part, ",")
        row = int((rows_read - 1) / skip)
        run = 0
        for (i = 0; i < cells; i++) {
            level = int((part[i * skip + 1] - ambient) / (warmest - ambient) * levels)
            if (level < 0) level = 0
            if (level >= levels) level = levels - 1
            if (i > 0 && level == drawn) run++
            else {
                if (i > 0) path[drawn] = path[drawn] box(x + (i - run) * size, y + tile - (row + 1) * size, run * size, size)
                drawn = level
                run = 1
            }
        }
        path[drawn] = path[drawn] box(x + (cells - run) * size, y + tile - (row + 1) * size, run * size, size)
    }
    close(file)
    print "<g shape-rendering=\"crispEdges\">"
    for (level = 0; level < levels; level++)
        if (path[level] != "") printf "<path fill=\"%s\" d=\"%s\"/>\n", shade(level), path[level]
    print "</g>"
}

function box(x, y, w, h) { return sprintf("M%.2f %.2fh%.2fv%.2fh-%.2fz", x, y, w, h, w) }

function scale(y,    level, x, w) {
    w = 6
    x = W - 28 - levels * w - 52
    for (level = 0; level < levels; level++)
        printf "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"11\" fill=\"%s\"/>\n", x + level * w, y, w + 0.3, shade(level)
    put(x - 8, y + 10, "note", sprintf("%g °C", ambient), "end")
    put(W - 28, y + 10, "note", sprintf("%.0f °C", warmest), "end")
}
