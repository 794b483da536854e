namespace Portal.Jobs.Schedulers.None;

/// <summary>Shell text for machines without a scheduler.</summary>
internal static class NoSchedulerText
{
    /// <summary>Runs the job's tasks; its first act is to note its own id. Behind the end marker of a task comes whether it was
    /// over its time (timeout(1): 124, or 137 where it had to kill), and then that all is noted. Arguments: folder, time limit in
    /// seconds or 0, tasks at a time, task ids.</summary>
    internal const string Runner = """
        d=$1 limit=$2 many=$3
        shift 3
        read -r s < "/proc/$$/stat"
        printf '%s.%s;%s\n' "$$" "$(echo "${s##*) }" | cut -d' ' -f20)" "$(uname -n)" > "$d/runner.part" && mv "$d/runner.part" "$d/runner"
        one() {
            t=${1:+.$1} b=$(date +%s)
            if [ "$limit" -gt 0 ]; then
                PORTAL_TASK=$1 timeout -k 10 "$limit" bash -l "$d/script.sh" >> "$d/stdout$t" 2>> "$d/stderr$t"
                c=$?
                if [ "$c" -eq 124 ] || { [ "$c" -eq 137 ] && [ $(( $(date +%s) - b )) -ge "$limit" ]; }; then : > "$d/overtime$t"; fi
            else
                PORTAL_TASK=$1 bash -l "$d/script.sh" >> "$d/stdout$t" 2>> "$d/stderr$t"
            fi
            : > "$d/done$t"
        }
        if [ $# -eq 0 ]; then one ''; exit; fi
        w=0
        while [ "$w" -lt "$many" ]; do
            ( n=0
              for task; do
                  if [ $((n % many)) -eq "$w" ] && [ ! -e "$d/cancelled" ]; then one "$task"; fi
                  n=$((n + 1))
              done ) &
            w=$((w + 1))
        done
        wait

        """;

    /// <summary>Starts the runner in a session of its own and prints its id. A background process of a shell without job
    /// control leads no group, so <c>setsid</c> keeps its pid.</summary>
    internal const string Submit = """
        printf '%s' "$r" > "$d/runner.sh" && {
            unset LC_ALL SSH_AUTH_SOCK SSH_CLIENT SSH_CONNECTION SSH_TTY SSH_ORIGINAL_COMMAND
            setsid nohup /bin/sh "$d/runner.sh" "$d" "$@" </dev/null >/dev/null 2>&1 &
            p=$!
            read -r x < "/proc/$p/stat" && printf '%s.%s;%s\n' "$p" "$(echo "${x##*) }" | cut -d' ' -f20)" "$(uname -n)"
        }
        """;

    /// <summary>Prints the id, or takes an old marker away that no process came of: exit 0 taken, 3 none, 4 young.</summary>
    internal const string Find = """
        find() {
            printf '%s begin %s\n' MARK "$1"
            if [ -s "$2/marker/out" ]; then cat "$2/marker/out"; c=4
            elif [ -s "$2/runner" ]; then cat "$2/runner"; c=4
            elif [ ! -d "$2/marker" ]; then c=3
            elif [ "$(( $(date +%s) - $(stat -c %Y "$2/marker" 2>/dev/null || date +%s) ))" -lt 60 ]; then c=4
            elif mv "$2/marker" "$2/void.$(date +%s).$$" 2>/dev/null && [ ! -s "$2/runner" ]; then c=0
            else c=4
            fi
            printf '\n%s end %s %s\n' MARK "$1" "$c"
        }

        """;

    /// <summary>Whether a process lives: 0 yes, 1 no, 2 on another host.</summary>
    internal const string Alive = """
        m=MARK h=$(uname -n)
        alive() {
            [ "$3" = "$h" ] || return 2
            { read -r x < "/proc/$1/stat"; } 2>/dev/null || return 1
            y=${x##*) }
            case $y in Z*|X*) return 1 ;; esac
            set -- "$1" "$2" $y
            shift 21
            [ "$1" = "$started" ]
        }

        """;

    internal const string Ask = """
        ask() {
            i=$1 started=$3 d=$5
            alive "$2" "$3" "$4"
            a=$?
            bad=0
            printf '%s begin %s\n' "$m" "$i"
            for f in "$d"/exit "$d"/exit.* "$d"/start "$d"/start.* "$d"/overtime "$d"/overtime.* \
                "$d"/done "$d"/done.* "$d"/cancelled; do
                case $f in *.part) continue ;; esac
                l=
                if [ -e "$f" ]; then
                    IFS= read -r l < "$f"
                    printf '%s|%s\n' "${f##*/}" "$l"
                fi
            done
            printf '\n%s end %s %s\n' "$m" "$i" "$a"
            for f in "$d"/exit "$d"/exit.*; do
                case $f in *.part) continue ;; esac
                { IFS= read -r l < "$f"; } 2>/dev/null || continue
                case $l in '0 '*) continue ;; esac
                t=${f#"$d"/exit}
                bad=$((bad + 1))
                if [ "$bad" -gt 5 ] || [ ! -f "$d/stderr$t" ]; then continue; fi
                printf '%s begin stderr-%s-%s\n' "$m" "$i" "${t#.}"
                tail -c 2000 "$d/stderr$t" | tail -n 15
                printf '\n%s end stderr-%s-%s 0\n' "$m" "$i" "${t#.}"
            done
        }

        """;

    /// <summary>Ends the whole session, after ten seconds by force.</summary>
    internal const string Cancel = """
        end() {
            started=$3
            alive "$2" "$3" "$4" || return 0
            : > "$5/cancelled"
            l=$(ps -o pid= -s "$2")
            [ -z "$l" ] || kill -TERM $l 2>/dev/null
            setsid nohup sh -c 'sleep 10; l=$(ps -o pid= -s "$1"); [ -z "$l" ] || kill -KILL $l' sh "$2" </dev/null >/dev/null 2>&1 &
        }

        """;
}
