using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.Rest.Runs;

namespace Portal.Web.GraphQL.Runs;

/// <summary>A result of a run.</summary>
/// <param name="run">The run.</param>
/// <param name="output">What is known of it.</param>
[ObjectType("Output")]
public sealed class OutputNode(Id<Run> run, OutputBody output)
{
    /// <summary>Its place in the plan, from 0.</summary>
    public int Index => output.Index;

    /// <summary>Path in the run's folder on the machine.</summary>
    public string From => output.From;

    /// <summary>Where it goes.</summary>
    public string To => output.To;

    /// <summary>Whether the run succeeds without it.</summary>
    public bool Optional => output.Optional;

    /// <summary>Whether it was made; null before it was looked for.</summary>
    public bool? Found => output.Found;

    /// <summary>Bytes, once it was found.</summary>
    public long? Size => output.Size;

    /// <summary>Lower-case hex, once it arrived whole.</summary>
    public string? Sha256 => output.Sha256;

    /// <summary>
    /// Path on this server from which a program downloads it with its access token (REST); null before it arrived.
    /// </summary>
    public string? DownloadPath => Sha256 is null ? null : $"/api/v1/runs/{run}/outputs/{Index}";

    /// <summary>Path on this server at which a signed-in browser shows it; null before it arrived.</summary>
    public string? PagePath => Sha256 is null ? null : $"/runs/{run}/results/{Index}";
}
