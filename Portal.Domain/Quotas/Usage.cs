using System.Globalization;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;

namespace Portal.Domain.Quotas;

/// <summary>A row of what is used. One for what is under way in a project, one for each month of it, one for each run.</summary>
/// <param name="Id">Which row: see <see cref="IdOf(Id{Project})"/>.</param>
/// <param name="Project">Whose.</param>
public sealed record Usage(string Id, Id<Project> Project)
{
    /// <summary>Of a project: runs that have not ended.</summary>
    public int Runs { get; init; }

    /// <summary>Of a project: what the steps under way and still to come ask for. Of a month: what the steps that ended in it
    /// used.</summary>
    public double CoreSeconds { get; init; }

    /// <summary>Of a month: bytes of the files that arrived in it.</summary>
    public long Bytes { get; init; }

    /// <summary>Of a project: how many facts of its quota's stream this row has seen. Whoever is let in upon this row writes the
    /// next one; a row that is behind is found out by that.</summary>
    public long Admissions { get; init; }

    /// <summary>Of a run: its steps.</summary>
    public IReadOnlyList<StepUsage> Steps { get; init; } = [];

    /// <summary>Of a run: whether it is over.</summary>
    public bool Over { get; init; }

    /// <summary>Of a run: what it asks for still.</summary>
    internal double Asked => Over ? 0 : Steps.Where(step => !step.Ended).Sum(step => step.CoreSeconds);

    /// <summary>The row of what is under way in a project.</summary>
    public static string IdOf(Id<Project> project) => $"project:{project}";

    /// <summary>The row of a project's calendar month, UTC.</summary>
    public static string IdOf(Id<Project> project, DateTimeOffset moment) =>
        string.Create(CultureInfo.InvariantCulture, $"month:{project}:{moment.UtcDateTime:yyyy-MM}");

    /// <summary>The row of a run.</summary>
    public static string IdOf(Id<Run> run) => $"run:{run}";
}

/// <summary>A step of a run.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Cores">Cores of its job, or of each of its tasks.</param>
/// <param name="CoreSeconds">What it asks for.</param>
/// <param name="Ended">Whether its last attempt is over.</param>
public sealed record StepUsage(string Id, long Cores, double CoreSeconds, bool Ended);
