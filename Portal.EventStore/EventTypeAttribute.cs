namespace Portal.EventStore;

/// <summary>Gives an event class the name and version under which it is stored for ever.</summary>
/// <param name="name">Stable snake_case name, for example <c>run_submitted</c>.</param>
/// <param name="version">Version of the body's shape, from 1; older bodies are lifted on reading.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventTypeAttribute(string name, int version = 1) : Attribute
{
    /// <summary>Stable snake_case name.</summary>
    public string Name { get; } = name;

    /// <summary>Version of the body's shape, from 1.</summary>
    public int Version { get; } = version;
}
