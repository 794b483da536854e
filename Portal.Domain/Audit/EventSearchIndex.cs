using System.Collections.Concurrent;
using System.Reflection;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>By what events are searched, beside what the store knows of each. What an event names is told by the types of its properties:
/// the first <c>Id&lt;Machine&gt;</c> is its machine, without a list to be kept. An event that names none is of what the first of its
/// stream names: a run's events are found by its machine and by the key that it uses.</summary>
public sealed class EventSearchIndex : EventIndex
{
    /// <summary>The project that a stream belongs to.</summary>
    public const string Project = "project";

    /// <summary>The machine.</summary>
    public const string Machine = "machine";

    /// <summary>The credential.</summary>
    public const string Credential = "credential";

    /// <summary>The run.</summary>
    public const string Run = "run";

    /// <inheritdoc/>
    public override string Name => "event_index";

    /// <inheritdoc/>
    public override IReadOnlyList<EventKey> Keys { get; } =
    [
        new(Project, recorded => (recorded.Body as IBelongsToProject)?.ProjectId.Value, OfStream: true),
        new(Machine, recorded => Named<Machine>.In(recorded.Body)),
        new(Credential, recorded => Named<Credential>.In(recorded.Body)),
        new(Run, recorded => Named<Run>.In(recorded.Body)),
    ];

    private static class Named<T>
    {
        private static readonly ConcurrentDictionary<Type, PropertyInfo?> Properties = new();

        public static Guid? In(object body) => Properties.GetOrAdd(body.GetType(), Find)?.GetValue(body) switch
        {
            Id<T> id => id.Value,
            Guid id => id,
            _ => null,
        };

        // A capability that must not know another's class names its id as a plain one: CredentialId.
        private static PropertyInfo? Find(Type type) => Array.Find(type.GetProperties(), property =>
            (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is var kind
            && (kind == typeof(Id<T>) || (kind == typeof(Guid) && property.Name == $"{typeof(T).Name}Id")));
    }
}
