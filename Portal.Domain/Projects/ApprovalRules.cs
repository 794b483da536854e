using System.Text.Json.Serialization;

namespace Portal.Domain.Projects;

/// <summary>When the code of a run makes a project ask for a second look.</summary>
public enum CodeRule
{
    /// <summary>Never.</summary>
    Never,
    /// <summary>When these bytes were neither approved nor run in the project before.</summary>
    New,
    /// <summary>Every time, whatever was approved before.</summary>
    Always,
}

/// <summary>When a project wants somebody to look at a run before it goes on. A project that says nothing never does.</summary>
/// <param name="Code">For which code.</param>
/// <param name="NewMachine">Whether for a machine that no run of the project has been approved for.</param>
/// <param name="CoreHours">For runs that ask for more than so many core hours, or for no limit at all; null for none.</param>
/// <param name="Own">Whether one may approve one's own run where somebody else could.</param>
public sealed record ApprovalRules(CodeRule Code, bool NewMachine, int? CoreHours, bool Own)
{
    /// <summary>Nobody is ever asked.</summary>
    public static ApprovalRules None { get; } = new(CodeRule.Never, false, null, false);

    /// <summary>Whether there is any run that somebody would be asked about.</summary>
    [JsonIgnore]
    public bool Ask => Code != CodeRule.Never || NewMachine || CoreHours is not null;
}
