using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Portal.Domain.Common;

namespace Portal.Web.Rest.Common;

/// <summary>What stands in /openapi/v1.json beside the routes themselves.</summary>
public static class ApiDescription
{
    /// <summary>Sets it up: OpenAPI 3.1, the routes under /api/v1 alone, ids as text, one scheme of security.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        options.CreateSchemaReferenceId = type => IsId(type.Type) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (!IsId(context.JsonTypeInfo.Type)) return Task.CompletedTask;
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^[0-9a-f]{32}$";
            schema.Description ??= "32 lower-case hex digits.";
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Portal",
                Version = "v1",
                Description = "Runs scientific workflows on supercomputers, and shows for ever what happened. Every refusal is a "
                    + "problem (RFC 9457) with a code, and with the field or line it is about.",
            };
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["accessToken"] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "portal_pat_…",
                    Description = "A personal access token; `portal login` makes one.",
                },
                ["session"] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "portal-session",
                    Description = "A signed-in browser, with the header RequestVerificationToken. For making tokens alone. "
                        + "Where the portal is reached by https, its name begins with `__Host-`.",
                },
            };
            foreach (var (path, item) in document.Paths)
                foreach (var (method, operation) in item.Operations ?? [])
                    Secure(document, operation,
                        method == HttpMethod.Post && path == "/api/v1/tokens" ? "session" : "accessToken");
            return Task.CompletedTask;
        });
    }

    private static void Secure(OpenApiDocument document, OpenApiOperation operation, string scheme) =>
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] }];

    private static bool IsId(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(Id<>);
    }
}
