using System.Globalization;
using Portal.GraphQL.CodeFirst;

namespace Portal.GraphQL.Transport.Uploads;

/// <summary>Puts files where the map says. GraphQL multipart request specification, object paths.</summary>
internal static class UploadPaths
{
    /// <summary>False if the path does not lead to a null in the variables.</summary>
    public static bool TrySet(IReadOnlyDictionary<string, object?>? variables, string path, IUpload file)
    {
        var steps = path.Split('.');
        if (steps.Length < 2 || steps[0] != "variables")
        {
            return false;
        }
        object? place = variables;
        for (var i = 1; i < steps.Length - 1; i++)
        {
            if (!TryGet(place, steps[i], out place))
            {
                return false;
            }
        }
        if (!TryGet(place, steps[^1], out var held) || held is not null)
        {
            return false;
        }
        if (place is List<object?> list)
        {
            list[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = file;
        }
        else
        {
            ((OrderedDictionary<string, object?>)place!)[steps[^1]] = file;
        }
        return true;
    }

    private static bool TryGet(object? place, string step, out object? value)
    {
        value = null;
        if (place is OrderedDictionary<string, object?> map)
        {
            return map.TryGetValue(step, out value);
        }
        if (place is not List<object?> list
            || !int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= list.Count)
        {
            return false;
        }
        value = list[index];
        return true;
    }
}
