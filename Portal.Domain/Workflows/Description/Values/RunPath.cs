using System.Text;
using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>A path within the folder of a run: relative, never upwards, fit for a command line.</summary>
internal static class RunPath
{
    private const int MaximumLength = 1024;

    /// <summary>The path made regular (no empty or dot segment), or <c>INVALID_PATH</c>.</summary>
    public static Result<string> File(string text) => text.EndsWith('/')
        ? Bad(text, "names a folder", "Name the file as well: input/cases.csv.")
        : Folder(text);

    /// <summary>The same for a folder; a slash at the end is dropped.</summary>
    public static Result<string> Folder(string text)
    {
        if (text.Length is 0 or > MaximumLength)
        {
            return Bad(text, text.Length == 0 ? "is empty" : $"is longer than {MaximumLength} characters", "Shorten the path.");
        }

        if (!Characters.OneLine(text))
        {
            return Bad(text, "holds a newline, a tab or another control character", "Name the file without it.");
        }

        if (text[0] is '/' or '~' or '-')
        {
            var why = text[0] switch
            {
                '/' => "is absolute",
                '~' => "begins with ~, which means nothing here",
                _ => "begins with a dash",
            };
            return Bad(text, why,
                "Write it relative to the folder of the run, as input/cases.csv.");
        }

        var segments = text.Split('/').Where(x => x is not ("" or ".")).ToList();
        if (segments.Contains(".."))
        {
            return Bad(text, "goes up with `..`", "Every file of a run lies within its own folder.");
        }

        if (segments.Count == 0 || segments[0][0] is '-' or '~')
        {
            return Bad(text, "names nothing in the folder of the run", "Write it as input/cases.csv.");
        }

        if (segments[0] == ".portal")
        {
            return Bad(text, "lies in the folder .portal, which the portal keeps for itself", "Choose another folder.");
        }

        return segments.Exists(x => Encoding.UTF8.GetByteCount(x) > 255)
            ? Bad(text, "holds a name longer than 255 bytes", "No file system takes that: shorten it.")
            : string.Join('/', segments);
    }

    private static Problem Bad(string text, string why, string advice) =>
        new("INVALID_PATH", $"The path {Characters.Shown(text)} {why}.", Advice: advice);
}
