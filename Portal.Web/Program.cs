using Npgsql;
using Portal.Web.Composition;

var builder = WebApplication.CreateBuilder(args);
var settings = builder.Configuration.GetSection("Portal").Get<PortalSettings>() ?? new PortalSettings();
builder.Services.AddSingleton(settings);
builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(settings.Database));
builder.Services.AddAccounts(settings);
builder.Services.AddPages();

var app = builder.Build();
app.UsePages();
app.MapAccounts();
app.MapPages();
app.Run();

/// <summary>The portal's server.</summary>
public partial class Program;
