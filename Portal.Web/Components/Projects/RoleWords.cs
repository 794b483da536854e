using Portal.Domain.Projects;

namespace Portal.Web.Components.Projects;

/// <summary>Roles in words for people.</summary>
public static class RoleWords
{
    /// <summary>All of them, the smallest first.</summary>
    public static IReadOnlyList<Role> All { get; } = Enum.GetValues<Role>();

    /// <summary>The role's name.</summary>
    public static string Name(Role role) => role.ToString().ToLowerInvariant();

    /// <summary>The role's name with its article.</summary>
    public static string WithArticle(Role role) => role is Role.Auditor or Role.Owner ? $"an {Name(role)}" : $"a {Name(role)}";

    /// <summary>What the role may do.</summary>
    public static string Says(Role role) => role switch
    {
        Role.Viewer => "sees runs, machines and workflows",
        Role.Auditor => "sees everything that happened, events included",
        Role.Submitter => "submits runs with a key of their own",
        Role.Maintainer => "keeps machines, workflows and endpoints, and may cancel runs of others",
        Role.Owner => "keeps the members and the project itself",
        _ => "",
    };

    /// <summary>What the role may do, as a sentence.</summary>
    public static string Sentence(Role role) => $"A{WithArticle(role)[1..]} {Says(role)}.";

    /// <summary>The role that a select names; null for none.</summary>
    public static Role? Read(object? chosen) =>
        Enum.TryParse<Role>(chosen?.ToString(), out var role) && Enum.IsDefined(role) ? role : null;
}
