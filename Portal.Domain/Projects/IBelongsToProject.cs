using Portal.Domain.Common;

namespace Portal.Domain.Projects;

/// <summary>The first event of something that lives in a project, whose members may read what happens to it.</summary>
public interface IBelongsToProject
{
    /// <summary>The project; it never changes.</summary>
    Id<Project> ProjectId { get; }
}
