using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Portal.Tests.Browser;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Audit;

/// <summary>A crate as the profiles want it, by its JSON-LD, expanded: RO-Crate 1.1, and Process, Workflow and Provenance Run Crate
/// 0.5.</summary>
public sealed class CrateProfileTests(CrateGround ground) : IClassFixture<CrateGround>
{
    private const string Schema = "http://schema.org/", Bio = "https://bioschemas.org/", Terms = "https://w3id.org/ro/terms/workflow-run#";
    private const string Base = "arcp://name,crate/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_has_what_the_profiles_demand()
    {
        var graph = await ExpandedAsync(await ground.GetAsync($"runs/{ground.Run}/crate.zip?results=true"));
        var root = graph.The(Base);
        Assert.Equal([Base], graph.The(Base + "ro-crate-metadata.json").Ids(Schema + "about"));
        Assert.Contains("https://w3id.org/ro/crate/1.1", graph.The(Base + "ro-crate-metadata.json").Ids("http://purl.org/dc/terms/conformsTo"));
        foreach (var needed in (string[])["name", "description", "datePublished", "license", "mainEntity", "hasPart", "mentions"])
            Assert.True(root.Has(Schema + needed), needed);
        foreach (var profile in (string[])["process", "workflow", "provenance"])
            Assert.Equal("0.5", graph.The($"https://w3id.org/ro/wfrun/{profile}/0.5").Value(Schema + "version"));
        Assert.Equal(4, root.Ids("http://purl.org/dc/terms/conformsTo").Count);

        var workflow = graph.The(root.Ids(Schema + "mainEntity").Single());
        Assert.Equal([Schema + "MediaObject", Schema + "SoftwareSourceCode", Bio + "ComputationalWorkflow", Schema + "HowTo"], workflow.Types);
        Assert.Equal([Schema + "ComputerLanguage"], graph.The(workflow.Ids(Schema + "programmingLanguage").Single()).Types);
        Assert.Equal(["Integer", "File"], workflow.Ids(Bio + "properties/input").Select(id => graph.The(id).Value(Schema + "additionalType")));
        Assert.Equal(2, workflow.Ids(Bio + "properties/output").Count);
        var step = graph.The(workflow.Ids(Schema + "step").Single());
        Assert.Equal(workflow.Ids(Schema + "hasPart"), step.Ids(Schema + "workExample"));

        var run = graph.The(Base + "#run");
        Assert.Equal([Schema + "CreateAction"], run.Types);
        Assert.Equal([workflow.Id], run.Ids(Schema + "instrument"));
        Assert.Equal("http://schema.org/CompletedActionStatus", run.Value(Schema + "actionStatus"));
        Assert.True(run.Has(Schema + "startTime") && run.Has(Schema + "endTime"));
        var grid = graph.The(Base + "#value-grid");
        Assert.Contains(grid.Id, run.Ids(Schema + "object"));
        Assert.Equal(("64", "cells"), (grid.Value(Schema + "value"), grid.Value(Schema + "unitText")));
        var input = graph.The("endpoint://tides/depth%20of%20sea.csv");
        Assert.Equal(("10", new string('a', 64)), (input.Value(Schema + "contentSize"), input.Value(Terms + "sha256")));
        var result = graph.The(run.Ids(Schema + "result").Single());
        Assert.Equal(Base + "results/0/icon.svg", result.Id);
        Assert.Contains(workflow.Ids(Bio + "properties/output")[0], result.Ids(Schema + "exampleOfWork"));
        Assert.Equal("c0ffee", graph.The(Base + "#code").Value(Schema + "version"));
    }

    [Fact]
    public async Task Attempts_of_steps_are_orchestrated_and_tell_how_they_ended()
    {
        var graph = await ExpandedAsync(await ground.GetAsync($"runs/{ground.Run}/crate.zip"));
        var orchestration = graph.Of("OrganizeAction").Single();
        Assert.Equal([Schema + "SoftwareApplication"], graph.The(orchestration.Ids(Schema + "instrument").Single()).Types);
        Assert.Equal([Base + "#run"], orchestration.Ids(Schema + "result"));
        var controls = orchestration.Ids(Schema + "object").Select(graph.The).ToList();
        Assert.Equal(2, controls.Count);
        Assert.All(controls, control => Assert.Equal([Base + "#step-solve"], control.Ids(Schema + "instrument")));
        var (broken, well) = (graph.The(controls[0].Ids(Schema + "object").Single()), graph.The(controls[1].Ids(Schema + "object").Single()));
        Assert.Equal("http://schema.org/FailedActionStatus", broken.Value(Schema + "actionStatus"));
        Assert.StartsWith("NodeFailure: A node broke down.", broken.Value(Schema + "error"));
        Assert.Equal("http://schema.org/CompletedActionStatus", well.Value(Schema + "actionStatus"));
        Assert.False(well.Has(Schema + "error"));
        Assert.Equal(["1", "41"], broken.Ids(Schema + "additionalProperty").Select(id => graph.The(id).Value(Schema + "value")));
        Assert.Equal("2.5", graph.The(broken.Ids(Terms + "resourceUsage").Single()).Value(Schema + "value"));
        Assert.Equal(["PARAM_GRID", "RUN_ID"], well.Ids(Terms + "environment").Select(id => graph.The(id).Value(Schema + "name")));
        // Results are referred to where they are not packed.
        Assert.StartsWith("http://127.0.0.1:", graph.The(Base + "#run").Ids(Schema + "result").Single());
    }

    [Fact]
    public async Task The_software_that_was_known_has_its_versions()
    {
        var graph = await ExpandedAsync(await ground.GetAsync($"runs/{ground.Run}/crate.zip"));
        var engine = graph.The(graph.Of("OrganizeAction").Single().Ids(Schema + "instrument").Single());
        Assert.True(engine.Has(Schema + "softwareVersion"));
        var scheduler = graph.The(engine.Ids(Schema + "softwareRequirements").Single());
        Assert.Equal([Schema + "SoftwareApplication"], scheduler.Types);
        Assert.Equal(("slurm", "22.05.8"), (scheduler.Value(Schema + "name"), scheduler.Value(Schema + "softwareVersion")));
        var tool = graph.The(graph.The(Base + "#step-solve").Ids(Schema + "workExample").Single());
        var (gcc, mpi) = (graph.The(Base + "#module-gcc%2F12.2"), graph.The(Base + "#module-mpi"));
        Assert.Equal([gcc.Id, mpi.Id], tool.Ids(Schema + "softwareRequirements"));
        Assert.Equal(("gcc", "12.2"), (gcc.Value(Schema + "name"), gcc.Value(Schema + "softwareVersion")));
        Assert.False(mpi.Has(Schema + "softwareVersion"));
        Assert.Equal(["module load gcc/12.2 mpi", "umask 027"], graph.The(Base + "#machine").Ids(Schema + "additionalProperty")
            .Select(id => graph.The(id).Value(Schema + "value")));

        var prov = JsonElement.Parse(await ground.GetAsync($"runs/{ground.Run}/prov.json"));
        var told = prov.GetProperty("agent").GetProperty("run:scheduler");
        Assert.Equal(("slurm", "22.05.8"), (told.GetProperty("prov:label").GetString(), told.GetProperty("portal:version").GetString()));
        Assert.Equal("module load gcc/12.2 mpi\numask 027",
            prov.GetProperty("entity").GetProperty("run:set-up").GetProperty("prov:value").GetString());
        Assert.Equal("12.2", prov.GetProperty("entity").GetProperty("run:module-gcc%2F12.2").GetProperty("portal:version").GetString());
    }

    [Fact]
    public async Task Whatever_is_referred_to_is_there_and_every_action_is_mentioned()
    {
        var graph = await ExpandedAsync(await ground.GetAsync($"runs/{ground.Run}/crate.zip"));
        Assert.DoesNotContain(graph.Dangling(), id => !id.StartsWith("https://bioschemas.org/profiles/", StringComparison.Ordinal)
            && id != "https://w3id.org/ro/crate/1.1");
        var mentioned = graph.The(Base).Ids(Schema + "mentions");
        Assert.All(graph.Of("CreateAction"), action => Assert.Contains(action.Id, mentioned));
        Assert.All(graph.Of("MediaObject"), file => Assert.Contains(file.Id, graph.The(Base).Ids(Schema + "hasPart")));
    }

    [Fact]
    public async Task It_is_told_in_the_words_of_PROV_too()
    {
        var prov = JsonElement.Parse(await ground.GetAsync($"runs/{ground.Run}/prov.json"));
        var declared = prov.GetProperty("prefix").EnumerateObject().Select(one => one.Name).Append("prov").ToList();
        var things = ((string[])["entity", "activity", "agent"]).SelectMany(kind => prov.GetProperty(kind).EnumerateObject()).ToList();
        Assert.All(things, one => Assert.Contains(one.Name.Split(':')[0], declared));
        var known = things.Select(one => one.Name).ToHashSet();
        foreach (var relation in (string[])["used", "wasGeneratedBy", "wasAssociatedWith", "wasAttributedTo", "actedOnBehalfOf", "wasInformedBy"])
        {
            Assert.NotEmpty(prov.GetProperty(relation).EnumerateObject());
            foreach (var role in prov.GetProperty(relation).EnumerateObject().SelectMany(one => one.Value.EnumerateObject()))
                Assert.True(role.Name == "prov:time" || known.Contains(role.Value.GetString()!), $"{relation} {role}");
        }
        Assert.Equal("Failed", prov.GetProperty("activity").GetProperty("run:step-solve-1").GetProperty("portal:status").GetString());
    }

    private static async Task<ExpandedGraph> ExpandedAsync(byte[] crate)
    {
        using var zip = new ZipArchive(new MemoryStream(crate));
        using var reader = new StreamReader(zip.GetEntry("ro-crate-metadata.json")!.Open(), Encoding.UTF8);
        var expanded = await SiteCommand.RunAsync("node",
            [Repository.PathOf("Portal.Tests", "Audit", "expand.mjs"), Repository.PathOf("Portal.Tests", "Audit", "contexts.json"),
             await NpmFolder.FileAsync("jsonld", "lib", "index.js")], await reader.ReadToEndAsync(Cancel), null, Cancel);
        return new(JsonElement.Parse(expanded.Text));
    }
}
