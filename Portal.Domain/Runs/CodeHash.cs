using System.Security.Cryptography;
using System.Text;

namespace Portal.Domain.Runs;

/// <summary>What all that would run comes down to: SHA-256 as lower-case hex. Values of parameters are no part of it, so that the
/// same code with other values is the same code; they reach scripts as variables alone (docs/adr/0030).</summary>
/// <param name="Hash">Over both parts; where the run brings no code, the first part itself.</param>
/// <param name="Scripts">Over the description's exact text and each step's script as it is sent.</param>
/// <param name="Files">Over the files of the code, their names and modes; null where the run brings none.</param>
public sealed record CodeHash(string Hash, string Scripts, string? Files)
{
    /// <summary>Of a run.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="files">The digest of its code's files.</param>
    public static CodeHash Of(RunSubmitted request, string? files) => Of(ScriptsOf(request), files);

    /// <summary>Of its two parts.</summary>
    public static CodeHash Of(string scripts, string? files) =>
        new(files is null ? scripts : Sha256($"scripts {scripts}\nfiles {files}\n"), scripts, files);

    /// <summary>The part over the description and its scripts. The scripts stand in the description already, but it is the plan's
    /// that are sent: a plan that was tampered with is another hash.</summary>
    public static string ScriptsOf(RunSubmitted request)
    {
        var text = new StringBuilder($"description {Sha256(request.Description)}\n");
        foreach (var step in request.Plan.Steps) text.Append($"step {Sha256(step.Id)} {Sha256(step.Script)}\n");
        if (request.Plan.Code is { } code) text.Append($"code {Sha256(code.To)}\n");
        return Sha256(text.ToString());
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
