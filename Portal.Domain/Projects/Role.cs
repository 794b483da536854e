namespace Portal.Domain.Projects;

/// <summary>What a member is in a project.</summary>
public enum Role
{
    /// <summary>Sees runs, machines and workflows.</summary>
    Viewer,
    /// <summary>Sees everything that happened, events included; changes nothing.</summary>
    Auditor,
    /// <summary>Runs workflows with credentials of their own.</summary>
    Submitter,
    /// <summary>Also keeps machines, workflows and endpoints, and approves runs.</summary>
    Maintainer,
    /// <summary>Also keeps members and the project itself.</summary>
    Owner,
}

/// <summary>What may be done in a project.</summary>
public enum Permission
{
    /// <summary>See the project and what belongs to it.</summary>
    View,
    /// <summary>Read the events themselves.</summary>
    ReadEvents,
    /// <summary>Make and rotate one's own credential on a machine, and submit runs with it.</summary>
    Submit,
    /// <summary>Cancel runs of others.</summary>
    CancelOthers,
    /// <summary>Register and change machines, confirm host keys.</summary>
    KeepMachines,
    /// <summary>Add and change workflows and endpoints.</summary>
    KeepContents,
    /// <summary>Approve or refuse runs for which the project wants a second look.</summary>
    Approve,
    /// <summary>Add and remove members.</summary>
    KeepMembers,
}
