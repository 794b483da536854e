using System.Text;
using System.Text.RegularExpressions;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Schedulers;

/// <summary>What a job does, as three files, so that no text of a user can disturb the script around it.</summary>
/// <param name="Head">The values at the top of <c>script.sh</c>; <see cref="Body"/> follows.</param>
/// <param name="SetUp"><c>setup.sh</c>, read by the script in its own shell: what the machine needs (<c>module load</c>).</param>
/// <param name="Step"><c>step.sh</c>: the step's own script or command, run in a process of its own.</param>
public sealed partial record JobScript(string Head, string SetUp, string Step)
{
    /// <summary>Renders a job's files. The script reads the account's login profile, reads the set-up lines, exports the
    /// environment (which so wins over the set-up), sets TASK_ID for array tasks, and runs the step in the run's folder: by its
    /// own interpreter where it begins with <c>#!</c>, else by bash. <c>#SBATCH</c> lines in a step have no effect.</summary>
    /// <param name="key">The job's key.</param>
    /// <param name="folder">The run's folder, absolute.</param>
    /// <param name="setUp">Lines of the machine's settings.</param>
    /// <param name="environment">Names of the shape <c>[A-Za-z_][A-Za-z0-9_]*</c>, and their values.</param>
    /// <param name="step">The step's script or command.</param>
    /// <exception cref="ArgumentException">A name is no name of a variable, or a text holds NUL.</exception>
    public static JobScript Render(
        string key, string folder, IEnumerable<string> setUp, IReadOnlyDictionary<string, string> environment, string step)
    {
        if (!step.EndsWith('\n'))
            step += "\n";
        var head = new StringBuilder("#!/bin/bash -l\n");
        head.Append("portal_run=").Append(Shell.Quote(folder)).Append('\n');
        head.Append("portal_dir=").Append(Shell.Quote(JobFiles.Folder(folder, key))).Append('\n');
        head.Append("portal_size=").Append(Encoding.UTF8.GetByteCount(step)).Append('\n');
        head.Append("portal_environment() {\n:\n");
        foreach (var (name, value) in environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!NameShape().IsMatch(name))
                throw new ArgumentException($"'{name}' is no name of an environment variable.", nameof(environment));
            head.Append("export ").Append(name).Append('=').Append(Inline(Shell.Quote(value))).Append('\n');
        }
        head.Append("}\n");
        return new JobScript(head.ToString(), string.Join('\n', setUp) + "\n", step);
    }

    // sbatch refuses a script in which a line ends as in DOS, within quotes too.
    private static string Inline(string quoted) => quoted.Replace("\r", "'$'\\r''", StringComparison.Ordinal);

    /// <summary>The part of <c>script.sh</c> that is the same in all. Everything is in a function called in the last line: of a
    /// script cut short by a full disk nothing is run. A start marker is written first and an old end marker removed (a
    /// requeued job starts anew); the end marker is written by a trap whatever ends the script, short of SIGKILL.</summary>
    public const string Body = """
        portal_note() {
            printf '%s\n' "$2" > "$portal_dir/$1$portal_mark.part" && mv -f "$portal_dir/$1$portal_mark.part" "$portal_dir/$1$portal_mark"
        }
        portal_end() {
            portal_code=$?
            trap - EXIT
            portal_note exit "$portal_code $portal_began $(date +%s) $(uname -n)"
            exit "$portal_code"
        }
        portal_forward() {
            portal_heard=yes
            if [ -n "$portal_child" ]; then kill -s "$1" "$portal_child" 2>/dev/null; fi
        }
        portal_main() {
            portal_task=${SLURM_ARRAY_TASK_ID-${PORTAL_TASK-}}
            portal_mark=${portal_task:+.$portal_task}
            portal_child= portal_heard=
            portal_began=$(date +%s)
            trap portal_end EXIT
            for portal_signal in HUP INT QUIT TERM USR1 USR2; do
                trap "portal_forward $portal_signal" "$portal_signal"
            done
            rm -f "$portal_dir/exit$portal_mark"
            portal_note start "${SLURM_ARRAY_JOB_ID:-${SLURM_JOB_ID:-none}} $portal_began $(uname -n)"
            cd "$portal_run" || exit 1
            unset SLURM_EXPORT_ENV
            . "$portal_dir/setup.sh" || echo "portal: the machine's set-up lines ended with $?" >&2
            portal_environment
            if [ -n "$portal_task" ]; then export TASK_ID="$portal_task"; fi
            if [ "$(wc -c < "$portal_dir/step.sh")" -ne "$portal_size" ]; then
                echo "portal: $portal_dir/step.sh is not as it was written" >&2
                exit 126
            fi
            if [ "$(head -c 2 "$portal_dir/step.sh")" = '#!' ]; then
                chmod u+x "$portal_dir/step.sh"
                "$portal_dir/step.sh" &
            else
                /bin/bash "$portal_dir/step.sh" &
            fi
            portal_child=$!
            while :; do
                portal_heard=
                wait "$portal_child"
                portal_got=$?
                if [ "$portal_got" -ne 127 ] || [ -z "${portal_code-}" ]; then portal_code=$portal_got; fi
                if [ -z "$portal_heard" ]; then break; fi
            done
            exit "$portal_code"
        }
        portal_main

        """;

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex NameShape();
}
