using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Portal.EventStore;

/// <summary>Knows every event class by its stored name and version, writes bodies and reads them back, lifting old ones.
/// Built once at start and not changed afterwards.</summary>
public sealed class EventTypes
{
    private readonly Dictionary<string, (Type Class, int Version)> byName = [];
    private readonly Dictionary<Type, (string Name, int Version)> byClass = [];
    private readonly Dictionary<(string Name, int From), Func<JsonObject, JsonObject>> lifts = [];

    /// <summary>Finds every class with an <see cref="EventTypeAttribute"/> in the assemblies.</summary>
    /// <exception cref="InvalidOperationException">Two classes carry the same name, or a name is not snake_case.</exception>
    public EventTypes(params IEnumerable<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        AddOwn();
        foreach (var type in assemblies.Distinct().SelectMany(assembly => assembly.GetTypes()))
            if (type.GetCustomAttribute<EventTypeAttribute>() is { } attribute)
                Add(type, attribute);
    }

    /// <summary>Only the given classes, for example those of a test.</summary>
    /// <exception cref="InvalidOperationException">As for the assemblies; also a class without the attribute.</exception>
    public EventTypes(params IEnumerable<Type> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        AddOwn();
        foreach (var type in classes.Distinct())
            Add(type, type.GetCustomAttribute<EventTypeAttribute>()
                ?? throw new InvalidOperationException($"{type} has no [EventType]."));
    }

    /// <summary>How bodies and documents are written: camelCase, enums as their names, nulls left out.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The names of all known types.</summary>
    public IReadOnlyCollection<string> Names => byName.Keys;

    /// <summary>Declares how a body of an old version becomes one of the next version.</summary>
    /// <param name="name">Stored name of the type.</param>
    /// <param name="fromVersion">The version it lifts from; the outcome is of the version after it.</param>
    /// <param name="lift">Changes the body and returns it, or returns another.</param>
    /// <returns>The same registry.</returns>
    /// <exception cref="InvalidOperationException">The type is not known, or the lift is declared twice.</exception>
    public EventTypes Lift(string name, int fromVersion, Func<JsonObject, JsonObject> lift)
    {
        if (!byName.TryGetValue(name, out var known) || fromVersion < 1 || fromVersion >= known.Version)
            throw new InvalidOperationException($"There is nothing to lift from {name} version {fromVersion}.");
        if (!lifts.TryAdd((name, fromVersion), lift))
            throw new InvalidOperationException($"Two lifts from {name} version {fromVersion} are declared.");
        return this;
    }

    /// <summary>Stored name and version of a class.</summary>
    /// <exception cref="InvalidOperationException">The class is not registered.</exception>
    public (string Name, int Version) Of(Type type) => byClass.TryGetValue(type, out var known)
        ? known
        : throw new InvalidOperationException($"{type} is not a registered event type.");

    /// <summary>The body's exact text as it is going to be stored and hashed.</summary>
    public static string Write(object body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return JsonSerializer.Serialize(body, body.GetType(), Json);
    }

    /// <summary>The body as an object of the present version; an <see cref="UnknownEvent"/> when the type is unknown here or
    /// newer than this build.</summary>
    /// <exception cref="JsonException">The text does not fit the class: a lift is missing.</exception>
    public object Read(string type, int version, string text)
    {
        if (!byName.TryGetValue(type, out var known) || version > known.Version)
            return new UnknownEvent(type, text);
        if (version == known.Version)
            return JsonSerializer.Deserialize(text, known.Class, Json)!;
        var body = JsonNode.Parse(text)!.AsObject();
        for (var from = version; from < known.Version; from++)
            if (lifts.TryGetValue((type, from), out var lift))
                body = lift(body);
        return body.Deserialize(known.Class, Json)!;
    }

    // What the store writes itself.
    private void AddOwn()
    {
        foreach (var own in (Type[])[typeof(ArchiveWritten), typeof(StreamsArchived), typeof(ArchiveRestored)])
            Add(own, own.GetCustomAttribute<EventTypeAttribute>()!);
    }

    private void Add(Type type, EventTypeAttribute attribute)
    {
        if (attribute.Version < 1 || attribute.Name.Length == 0
            || attribute.Name.Any(c => c is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '_')))
            throw new InvalidOperationException($"{type} has the name '{attribute.Name}' version {attribute.Version}: a name is "
                + "snake_case, a version is at least 1.");
        if (!byName.TryAdd(attribute.Name, (type, attribute.Version)))
            throw new InvalidOperationException($"{type} and {byName[attribute.Name].Class} are both named {attribute.Name}.");
        byClass.Add(type, (attribute.Name, attribute.Version));
    }
}
