namespace Portal.Domain.Workflows.Description;

/// <summary>A workflow as it is described in a file: read, checked, its expressions still standing.</summary>
/// <param name="Name">Name, <c>[a-z0-9][a-z0-9-]{0,62}</c>.</param>
/// <param name="Title">For people; the name where none is given.</param>
/// <param name="Description">A sentence or two.</param>
/// <param name="Parameters">What a run may be given, in the order of the file.</param>
/// <param name="Inputs">What is fetched before the first step.</param>
/// <param name="Code">The repository it brings, where it does.</param>
/// <param name="Environment">Variables of every step, in the order of the file.</param>
/// <param name="Steps">What is done, one after another; at least one.</param>
/// <param name="Outputs">What is kept.</param>
public sealed record WorkflowDescription(
    string Name, string Title, string? Description, IReadOnlyList<ParameterDefinition> Parameters,
    IReadOnlyList<InputDescription> Inputs, CodeDescription? Code, IReadOnlyDictionary<string, Template> Environment,
    IReadOnlyList<StepDescription> Steps, IReadOnlyList<OutputDescription> Outputs);

/// <summary>A file that is fetched before the first step.</summary>
/// <param name="From">A <see cref="Location"/>.</param>
/// <param name="To">A path in the folder of the run.</param>
public sealed record InputDescription(Template From, Template To);

/// <summary>The code that is brought to the machine.</summary>
/// <param name="Url">A <see cref="RepositoryAddress"/>.</param>
/// <param name="Ref">Branch, tag or commit; null for the repository's own default branch.</param>
/// <param name="Folder">The only folder that is taken; null for all.</param>
/// <param name="To">Where it goes in the folder of the run.</param>
public sealed record CodeDescription(Template Url, Template? Ref, Template? Folder, Template To);

/// <summary>One step.</summary>
/// <param name="Id">Unique within the workflow, <c>[a-z0-9][a-z0-9-]{0,62}</c>.</param>
/// <param name="Title">For people; null where none is given.</param>
/// <param name="Script">The command or the lines of the script; never holds an expression.</param>
/// <param name="Environment">Variables of this step, over those of the workflow.</param>
/// <param name="Resources">What it asks of the scheduler.</param>
public sealed record StepDescription(
    string Id, Template? Title, string Script, IReadOnlyDictionary<string, Template> Environment, ResourceDescription Resources);

/// <summary>What a step asks of the scheduler; null leaves it to the machine.</summary>
/// <param name="Nodes">Number of nodes.</param>
/// <param name="Tasks">Number of tasks (processes).</param>
/// <param name="Cpus">CPUs for each task.</param>
/// <param name="Memory">Memory on each node, as <see cref="MemorySize"/> reads it.</param>
/// <param name="Time">Longest time it may run, as <see cref="Duration"/> reads it.</param>
/// <param name="Partition">Partition (queue).</param>
/// <param name="Account">Account that pays.</param>
/// <param name="Qos">Quality of service.</param>
/// <param name="Array">Tasks of an array job, as <see cref="TaskArray"/> reads them.</param>
public sealed record ResourceDescription(
    Template? Nodes = null, Template? Tasks = null, Template? Cpus = null, Template? Memory = null, Template? Time = null,
    Template? Partition = null, Template? Account = null, Template? Qos = null, Template? Array = null);

/// <summary>A file that is kept after the last step.</summary>
/// <param name="From">A path in the folder of the run.</param>
/// <param name="To">A <see cref="Location"/>.</param>
/// <param name="Optional">Whether a run succeeds without it.</param>
public sealed record OutputDescription(Template From, Template To, bool Optional);
