using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Web.Rest.Common;

/// <summary>How the REST door writes and reads JSON.</summary>
public static class RestJson
{
    /// <summary>Names in camelCase, enums as words, times as RFC 3339; what is not known or is missing is refused by
    /// name.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Converters.Add(new JsonStringEnumConverter(allowIntegerValues: false));
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
    }
}
