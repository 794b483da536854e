using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <content>Input objects that no value could ever be of: section 3.10, <c>InputObjectHasUnbreakableCycle()</c>.</content>
internal sealed partial class SchemaCheck
{
    private readonly HashSet<InputObjectType> _seen = [];
    private readonly List<InputField> _path = [];
    private readonly Dictionary<InputObjectType, int> _depths = [];

    // Each type is gone through once, and each circle told once.
    private void CheckCircles(InputObjectType type)
    {
        if (!_seen.Add(type))
        {
            return;
        }
        _depths[type] = _path.Count;
        foreach (var field in type.Fields)
        {
            if (field.Type is not NonNullType { Inner: InputObjectType needed })
            {
                continue;
            }
            _path.Add(field);
            if (_depths.TryGetValue(needed, out var begin))
            {
                var circle = _path[begin..];
                Tell(
                    $"Cannot reference Input Object \"{needed}\" within itself through a series of non-null fields: " +
                    $"\"{string.Join(".", circle.Select(step => step.Name))}\".",
                    circle.Select(step => (Location?)step.Node.Location));
            }
            else
            {
                CheckCircles(needed);
            }
            _path.RemoveAt(_path.Count - 1);
        }
        _depths.Remove(type);
    }
}
