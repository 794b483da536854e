using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Portal.Domain.Workflows.Description;
using Portal.Tests.Fixtures;
using Portal.Web.Composition;

namespace Portal.Tests.Architecture;

/// <summary>What is written down is what there is: settings, packages, scripts.</summary>
public sealed partial class PaperTests
{
    [Fact]
    public void Every_setting_is_told_of_to_operators()
    {
        var told = File.ReadAllText(Repository.PathOf("docs/operations.md"));
        var names = Names(typeof(PortalSettings)).ToList();
        Assert.True(names.Count > 40);
        Assert.DoesNotContain(names, name => !Regex.IsMatch(told, $@"`([A-Za-z:]+:)?{name}`"));
    }

    [Fact]
    public void Every_rule_of_the_format_stands_on_its_page_with_its_code()
    {
        var page = File.ReadAllText(Repository.PathOf("docs/workflow-format.md"));
        var codes = Directory.GetFiles(Repository.PathOf("Portal.Domain/Workflows"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => Code().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)).Distinct().ToList();
        Assert.True(codes.Count > 30);
        Assert.DoesNotContain(codes, code => !page.Contains($"`{code}`", StringComparison.Ordinal));
    }

    [Fact]
    public void The_description_that_the_formats_page_begins_with_is_one()
    {
        var page = File.ReadAllText(Repository.PathOf("docs/workflow-format.md"));
        var shown = page.Split("```yaml\n", 2)[1].Split("\n```", 2)[0];
        Assert.StartsWith("portal: 1\n", shown, StringComparison.Ordinal);
        Assert.True(WorkflowParser.Parse(shown).Ok);
        Assert.Equal(2, WorkflowParser.Parse(shown).Value!.Steps.Count);
    }

    [Fact]
    public void Every_package_has_one_version_that_was_chosen_and_weaknesses_are_told()
    {
        var versions = XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion").ToList();
        Assert.NotEmpty(versions);
        Assert.All(versions, one => Assert.Matches(@"\A\d+(\.\d+){2}\z", one.Attribute("Version")!.Value));
        Assert.Equal(versions.Count, versions.Select(one => one.Attribute("Include")!.Value).Distinct().Count());
        var build = XDocument.Load(Repository.PathOf("Directory.Build.props"));
        Assert.Equal(("true", "all"), (build.Descendants("NuGetAudit").Single().Value, build.Descendants("NuGetAuditMode").Single().Value));
    }

    [Fact]
    public void The_consoles_packages_are_locked_to_their_contents()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("Portal.Web/Console/package-lock.json")));
        var packages = file.RootElement.GetProperty("packages").EnumerateObject().Where(one => one.Name.Length > 0).ToList();
        Assert.True(packages.Count > 50);
        Assert.All(packages, one => Assert.StartsWith("sha512-", one.Value.GetProperty("integrity").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void The_portals_scripts_write_to_no_object_by_a_name_and_run_no_text()
    {
        var scripts = Directory.GetFiles(Repository.PathOf("Portal.Web/wwwroot/js"), "*.js");
        Assert.NotEmpty(scripts);
        Assert.DoesNotContain(scripts.SelectMany(File.ReadLines), line => Risky().IsMatch(line));
        Assert.Matches(Risky(), "settings[name] = value;");
    }

    // Sections go down to their values.
    private static IEnumerable<string> Names(Type section) => section.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(one => one.CanWrite)
        .SelectMany(one => one.PropertyType is { IsClass: true } inner && inner.Namespace!.StartsWith("Portal.", StringComparison.Ordinal)
            ? Names(inner) : [one.Name]);

    [GeneratedRegex("\"([A-Z]+(?:_[A-Z]+)+)\"")]
    private static partial Regex Code();

    [GeneratedRegex(@"\w\[[^\]'""0-9][^\]]*\]\s*=[^=>]|\beval\(|new Function\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write|__proto__")]
    private static partial Regex Risky();
}
