using System.Security.Cryptography;
using System.Text;

namespace Portal.Jobs.Sites.Shells;

/// <summary>How scripts travel: as one line that any login shell understands, and with marks that no noise can imitate.</summary>
internal static class Wire
{
    /// <summary>32 random hexadecimal digits.</summary>
    public static string Mark() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>A command line that runs the script by /bin/sh, whether the account's shell is of the family of sh, csh or
    /// fish. What these read differently inside single quotes (newline, exclamation mark, backslash) travels as octal digits.</summary>
    public static string Line(string script)
    {
        if (script.AsSpan().IndexOfAny("\n!\\") < 0) return "exec /bin/sh -c " + Shell.Quote(script);
        var octal = new StringBuilder();
        foreach (var part in Encoding.UTF8.GetBytes(script)) octal.Append("\\0").Append(Convert.ToString(part, 8).PadLeft(3, '0'));
        return $"exec /bin/sh -c 'eval \"$(printf %b \"{octal}\")\"'";
    }

    /// <summary>A script that becomes <paramref name="last"/> in the environment of a login, as a person finds it there: many
    /// sites set the path of their scheduler in profiles only. The profiles' noise goes nowhere and they read nothing.</summary>
    public static string InLogin(string last)
    {
        // A dash before its name makes any shell a login shell; only bash can give one such a name. The csh family closes
        // descriptors it does not know, so its streams stay as they are.
        const string Run = "PORTAL_RUN='exec /bin/sh -c \"$PORTAL_GO\"'; export SHELL PORTAL_GO PORTAL_RUN; ";
        const string Start = "exec bash -c 'exec -a \"-${SHELL##*/}\" \"$SHELL\" -c \"$PORTAL_RUN\"'";
        const string Aside = "exec 7<&0 8>&1 9>&2 0</dev/null 1>/dev/null 2>/dev/null; ";
        var loud = "PORTAL_GO=" + Shell.Quote("unset PORTAL_GO PORTAL_RUN; " + last) + "; " + Run;
        var quiet = "PORTAL_GO=" + Shell.Quote("exec 0<&7 1>&8 2>&9 7<&- 8>&- 9>&-; unset PORTAL_GO PORTAL_RUN; " + last) + "; " + Run;
        return "SHELL=${SHELL:-/bin/sh}; if command -v bash >/dev/null 2>&1; then case \"${SHELL##*/}\" in "
            + $"*csh) {loud}{Start} ;; *) {quiet}{Aside}{Start} ;; esac; "
            + $"else {quiet}{Aside}exec sh -l -c \"$PORTAL_RUN\"; fi";
    }
}
