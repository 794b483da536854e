using System.Globalization;
using System.Xml.Linq;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Site;

public sealed class HeatSweepTests : IDisposable
{
    private const string TwoMetals = "case,material,diffusivity_mm2_s\n1,slow,10\n2,quick,40\n";
    private const string OneSpot = "item,value,x_mm,y_mm,radius_mm\nside_mm,100,,,\nambient_c,20,,,\nspot_c,220,50,50,8\n";

    private static readonly string Example = Repository.PathOf("examples", "heat-sweep");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("portal-heat-");

    [Fact]
    public async Task The_summary_has_its_columns_and_physics_holds()
    {
        await SolveAsync(TwoMetals, OneSpot, count: 2);
        var lines = File.ReadAllLines(At("results", "summary.csv"));
        Assert.Equal(
            "case,material,diffusivity_mm2_s,grid,steps,duration_s,side_mm,ambient_c,start_peak_c,end_peak_c,"
            + "start_mean_c,end_mean_c,half_peak_s",
            lines[0]);
        var rows = lines[1..].Select(line => line.Split(',')).ToList();
        Assert.Equal(["slow", "quick"], rows.Select(row => row[1]));
        Assert.All(rows, row => Assert.Equal(Number(row[10]), Number(row[11]), 1e-4));

        // Before the edges matter the peak of such a spot is known: its excess halves at radius² / (2 a). The grid is coarse.
        Assert.All(rows, row => Assert.InRange(Number(row[12]) * 2 * Number(row[2]) / 64, 0.9, 1.1));
    }

    [Fact]
    public async Task The_peak_only_falls()
    {
        await SolveAsync(TwoMetals, OneSpot, count: 2);
        foreach (var name in new[] { "case-0001", "case-0002" })
        {
            var peaks = File.ReadLines(At("results", $"{name}.series.csv")).Skip(1)
                .Select(line => Number(line.Split(',')[1])).ToList();
            Assert.InRange(peaks.Count, 20, 1000);
            Assert.Equal(peaks.OrderDescending(), peaks);
        }
    }

    [Fact]
    public async Task The_figure_is_an_svg_with_a_curve_a_case()
    {
        await SolveAsync(TwoMetals, OneSpot, count: 2);
        XNamespace svg = "http://www.w3.org/2000/svg";
        var figure = XDocument.Load(At("results", "plot.svg")).Root!;
        Assert.Equal(svg + "svg", figure.Name);
        Assert.Equal(2, figure.Descendants(svg + "path").Count(path => (string?)path.Attribute("class") == "curve"));
        Assert.Contains(figure.Descendants(svg + "text"), text => text.Value == "Peak temperature (°C)");
    }

    [Fact]
    public async Task A_case_that_is_not_listed_is_an_error_and_leaves_nothing_that_reduce_would_take()
    {
        var outcome = await CaseAsync(7, TwoMetals, OneSpot);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("no case 7", outcome.Error);
        var reduce = await SiteCommand.RunAsync("sh", [Path.Combine(Example, "code", "reduce.sh"), At("results")]);
        Assert.Equal(1, reduce.ExitCode);
        Assert.False(File.Exists(At("results", "summary.csv")));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task SolveAsync(string cases, string plate, int count)
    {
        for (var number = 1; number <= count; number++) _ = (await CaseAsync(number, cases, plate)).Text;
        _ = (await SiteCommand.RunAsync("sh", [Path.Combine(Example, "code", "reduce.sh"), At("results")])).Text;
    }

    private Task<CommandOutcome> CaseAsync(int number, string cases, string plate)
    {
        File.WriteAllText(At("cases.csv"), cases);
        File.WriteAllText(At("plate.csv"), plate);
        return SiteCommand.RunAsync(
            "sh", [Path.Combine(Example, "code", "solve.sh"), At("cases.csv"), At("plate.csv"), At("results")],
            environment: new Dictionary<string, string>
            {
                ["TASK_ID"] = $"{number}", ["PARAM_GRID"] = "32", ["PARAM_DURATION"] = "6",
            });
    }

    private string At(params string[] parts) => Path.Combine([folder.FullName, .. parts]);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
