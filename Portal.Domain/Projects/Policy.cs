namespace Portal.Domain.Projects;

/// <summary>Who may do what: the one table that every command and query asks.</summary>
public static class Policy
{
    private static readonly Dictionary<Role, Permission[]> Table = new()
    {
        [Role.Viewer] = [Permission.View],
        [Role.Auditor] = [Permission.View, Permission.ReadEvents],
        [Role.Submitter] = [Permission.View, Permission.ReadEvents, Permission.Submit],
        [Role.Maintainer] =
            [Permission.View, Permission.ReadEvents, Permission.Submit, Permission.CancelOthers, Permission.KeepMachines,
             Permission.KeepContents],
        [Role.Owner] = Enum.GetValues<Permission>(),
    };

    /// <summary>Whether the role carries the permission.</summary>
    public static bool Allows(Role role, Permission permission) => Table[role].Contains(permission);

    /// <summary>The least role that carries the permission, for the refusal's advice.</summary>
    public static Role LeastRole(Permission permission) => Enum.GetValues<Role>().First(role => Allows(role, permission));
}
