namespace Portal.Domain.Workflows.Description;

/// <summary>
/// What one run does: a description with everything filled in and checked again. Survives a round trip through JSON.
/// </summary>
/// <param name="Inputs">What is fetched before the first step.</param>
/// <param name="Code">The repository it brings, where it does.</param>
/// <param name="Steps">What is done, one after another.</param>
/// <param name="Outputs">What is kept.</param>
public sealed record RunPlan(
    IReadOnlyList<InputPlan> Inputs, CodePlan? Code, IReadOnlyList<StepPlan> Steps, IReadOnlyList<OutputPlan> Outputs);

/// <summary>A file to be fetched.</summary>
/// <param name="From">Where it lies.</param>
/// <param name="To">Path in the folder of the run, regular: relative, no <c>.</c> or <c>..</c>.</param>
public sealed record InputPlan(Location From, string To);

/// <summary>Code to be brought.</summary>
/// <param name="Url">The repository.</param>
/// <param name="Ref">Branch, tag or commit, fit for git's command line; null for the default branch.</param>
/// <param name="Folder">The only folder taken, a regular relative path; null for all.</param>
/// <param name="To">Folder in the folder of the run, a regular relative path.</param>
public sealed record CodePlan(RepositoryAddress Url, string? Ref, string? Folder, string To);

/// <summary>A step to be done.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title; the id where none is given.</param>
/// <param name="Script">Lines for a shell, as the author wrote them. Nothing was put into them.</param>
/// <param name="Environment">
/// All its variables: <c>PARAM_*</c>, <c>RUN_ID</c>, <c>RUN_NAME</c>, the workflow's, the step's own. Values may hold
/// anything but
/// NUL, newlines included: quote them.
/// </param>
/// <param name="Resources">What it asks of the scheduler.</param>
public sealed record StepPlan(
    string Id, string Title, string Script, IReadOnlyDictionary<string, string> Environment, ResourcePlan Resources);

/// <summary>What a step asks of the scheduler; null leaves it to the machine.</summary>
/// <param name="Nodes">Number of nodes, from 1.</param>
/// <param name="Tasks">Number of tasks (processes), from 1 and not below the nodes.</param>
/// <param name="CpusPerTask">CPUs for each task, from 1.</param>
/// <param name="MemoryMiB">Memory on each node in MiB, from 1.</param>
/// <param name="TimeLimit">Longest time it may run, whole seconds, above 0.</param>
/// <param name="Partition">Partition (queue); <c>[A-Za-z0-9_.@:+-]</c> without a leading dash, as account and qos.</param>
/// <param name="Account">Account that pays.</param>
/// <param name="Qos">Quality of service.</param>
/// <param name="Array">Tasks of an array job; null for a single job.</param>
public sealed record ResourcePlan(
    int? Nodes = null, int? Tasks = null, int? CpusPerTask = null, long? MemoryMiB = null, TimeSpan? TimeLimit = null,
    string? Partition = null, string? Account = null, string? Qos = null, TaskArray? Array = null);

/// <summary>A file to be kept.</summary>
/// <param name="From">Path in the folder of the run, regular.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Optional">Whether the run succeeds without it.</param>
public sealed record OutputPlan(string From, Location To, bool Optional);
