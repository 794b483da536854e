# Heat in a square plate with insulated edges: dT/dt = a (d2T/dx2 + d2T/dy2), explicit finite differences.
# Cells are centred, an edge cell's neighbour outside is the cell itself: no heat crosses the edge, so the mean stays.
# Every case takes the same time step, the largest that the quickest material allows, so that the curves compare.

BEGIN { FS = ","; CONVFMT = OFMT = "%.9g" }

{ sub(/\r$/, "") }
FNR == 1 { list++; next }
/^[ \t]*$/ { next }

list == 1 {
    if ($3 + 0 > quickest) quickest = $3 + 0
    if ($1 == wanted) { material = $2; diffusivity = $3 + 0 }
    next
}
$1 == "side_mm" { side = $2 + 0 }
$1 == "ambient_c" { ambient = $2 + 0 }
$1 == "spot_c" { spots++; heat[spots] = $2; spot_x[spots] = $3; spot_y[spots] = $4; radius[spots] = $5 }

END {
    if (material == "") stop("there is no case " wanted " in the list of cases")
    if (diffusivity <= 0) stop("case " wanted ": the diffusivity must be greater than zero")
    if (side <= 0 || !spots) stop("the plate needs a side and a hot spot")
    if (grid < 4 || duration <= 0) stop("the grid needs 4 points a side, the duration must be greater than zero")

    width = grid + 2
    cell = side / grid
    steps = int(duration / (0.24 * cell * cell / quickest)) + 10
    dt = duration / steps
    k = diffusivity * dt / (cell * cell)

    for (j = 1; j <= grid; j++)
        for (i = 1; i <= grid; i++) t[j * width + i] = ambient + warmth((i - 0.5) * cell, (j - 0.5) * cell)
    measure(t)
    first_peak = peak
    first_mean = mean
    half = ambient + (first_peak - ambient) / 2
    half_time = ""
    print "time_s,peak_c,mean_c" > series
    record(0)
    printf "case %s: %s, %.1f mm2/s, %d x %d points, %d steps of %.2g ms\n", \
        wanted, material, diffusivity, grid, grid, steps, dt * 1000
    fflush()

    # Samples lie evenly on a logarithmic time axis: the change is quick at first and slow later.
    next_sample = 1
    tenth = 1
    for (step = 1; step <= steps; step++) {
        if (step % 2) advance(t, u); else advance(u, t)
        if (step >= next_sample || step == steps) {
            if (step % 2) measure(u); else measure(t)
            record(step * dt)
            next_sample = step * 1.06
        }
        if (step == int(steps / 10) || step == steps) {
            file = field (step == steps ? ".end.csv" : ".early.csv")
            if (step % 2) write_field(u, file); else write_field(t, file)
        }
        if (step >= tenth * steps / 10) {
            printf "case %s: %3d %%  %6.2f s  peak %6.1f C\n", wanted, tenth * 10, step * dt, peak
            fflush()
            tenth++
        }
    }
    print "case,material,diffusivity_mm2_s,grid,steps,duration_s,side_mm,ambient_c,start_peak_c,end_peak_c," \
        "start_mean_c,end_mean_c,half_peak_s" > facts
    printf "%s,%s,%s,%d,%d,%.6g,%.6g,%.6g,%.3f,%.3f,%.6f,%.6f,%s\n", wanted, material, diffusivity, grid, steps, duration, side, \
        ambient, first_peak, peak, first_mean, mean, half_time > facts
}

function stop(why) {
    print why | "cat >&2"
    close("cat >&2")
    exit 1
}

function warmth(x, y,    s, dx, dy, sum) {
    for (s = 1; s <= spots; s++) {
        dx = x - spot_x[s]
        dy = y - spot_y[s]
        sum += (heat[s] - ambient) * exp(-(dx * dx + dy * dy) / (2 * radius[s] * radius[s]))
    }
    return sum
}

function advance(a, b,    i, j, at) {
    for (i = 1; i <= grid; i++) {
        a[i] = a[width + i]
        a[(grid + 1) * width + i] = a[grid * width + i]
        a[i * width] = a[i * width + 1]
        a[i * width + grid + 1] = a[i * width + grid]
    }
    for (j = 1; j <= grid; j++) {
        at = j * width
        for (i = 1; i <= grid; i++) {
            at++
            b[at] = a[at] + k * (a[at - 1] + a[at + 1] + a[at - width] + a[at + width] - 4 * a[at])
        }
    }
}

function measure(a,    i, j, value) {
    peak = -1e30
    mean = 0
    for (j = 1; j <= grid; j++)
        for (i = 1; i <= grid; i++) {
            value = a[j * width + i]
            mean += value
            if (value > peak) peak = value
        }
    mean /= grid * grid
}

# One line of the series; between two samples the half is found on the straight line.
function record(time) {
    if (half_time == "" && peak <= half && time > 0)
        half_time = sprintf("%.4f", last_time + (time - last_time) * (last_peak - half) / (last_peak - peak))
    last_time = time
    last_peak = peak
    printf "%.6g,%.4f,%.6f\n", time, peak, mean > series
}

function write_field(a, file,    i, j, line) {
    for (j = 1; j <= grid; j++) {
        line = sprintf("%.2f", a[j * width + 1])
        for (i = 2; i <= grid; i++) line = line "," sprintf("%.2f", a[j * width + i])
        print line > file
    }
    close(file)
}
