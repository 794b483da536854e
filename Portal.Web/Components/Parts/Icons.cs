namespace Portal.Web.Components.Parts;

/// <summary>The drawings behind <see cref="Icon"/>: SVG on a grid of 16, strokes of 1.5, drawn for the portal.</summary>
public static class Icons
{
    private static readonly Dictionary<string, string> Drawings = new()
    {
        // Places
        ["run"] = "<circle cx='8' cy='8' r='6.25'/><path d='M6.75 5.6v4.8L10.6 8z' class='solid'/>",
        ["plus"] = "<path d='M8 3.25v9.5M3.25 8h9.5'/>",
        ["machine"] = "<rect x='2' y='2.5' width='12' height='4.5' rx='1.25'/><rect x='2' y='9' width='12' height='4.5' rx='1.25'/>"
            + "<path d='M4.75 4.75h.01M4.75 11.25h.01M8.5 4.75h2.75M8.5 11.25h2.75'/>",
        ["workflow"] = "<rect x='1.75' y='2' width='4.5' height='4' rx='1'/><rect x='9.75' y='10' width='4.5' height='4' rx='1'/>"
            + "<path d='M4 6v3.5A2.5 2.5 0 0 0 6.5 12h3.250M6.25 4h3.250A2.5 2.5 0 0 1 12 6.500V7.25'/>",
        ["data"] = "<ellipse cx='8' cy='3.75' rx='5.25' ry='2'/><path d='M2.75 3.750v8.500c0 1.1 2.35 2 5.25 2s5.25-.9 5.25-2v-8.5"
            + "M2.75 8c0 1.1 2.35 2 5.25 2s5.25-.9 5.25-2'/>",
        ["chart"] = "<path d='M2.250 13.750h11.500M4.250 13.500V9M8 13.500V3.250M11.750 13.500V6.250'/>",
        ["pulse"] = "<path d='M1.5 8h2.750l2-5 3.5 10 2-5h2.75'/>",
        ["user"] = "<circle cx='8' cy='5' r='2.75'/><path d='M2.75 13.750c.5-2.7 2.6-4.25 5.25-4.250s4.75 1.55 5.25 4.25'/>",
        ["project"] = "<path d='M8 1.75 13.75 5v6L8 14.25 2.25 11V5zM2.5 5.1 8 8.250l5.5-3.150M8 8.250v5.75'/>",
        // States
        ["clock"] = "<circle cx='8' cy='8' r='6.25'/><path d='M8 4.500V8l2.5 1.5'/>",
        ["check"] = "<circle cx='8' cy='8' r='6.25'/><path d='m5.25 8.25 2 2 3.5-4.25'/>",
        ["cross"] = "<circle cx='8' cy='8' r='6.25'/><path d='m5.9 5.9 4.2 4.200M10.1 5.900l-4.2 4.2'/>",
        ["stop"] = "<circle cx='8' cy='8' r='6.25'/><path d='m3.7 12.3 8.6-8.6'/>",
        ["warning"] = "<path d='M8 2.1 14.5 13.250h-13zM8 6.500v3.250M8 11.450h.01'/>",
        ["pause"] = "<circle cx='8' cy='8' r='6.25'/><path d='M6.5 5.750v4.500M9.5 5.750v4.5'/>",
        ["blocked"] = "<path d='M5.4 1.750h5.200l3.65 3.650v5.200l-3.65 3.650H5.400L1.75 10.600V5.400zM8 4.750v3.750M8 11h.01'/>",
        ["working"] = "<circle cx='8' cy='8' r='6.25' class='track'/><path d='M8 1.750A6.25 6.25 0 0 1 14.25 8'/>",
        ["key"] = "<circle cx='5.25' cy='10.75' r='3'/><path d='m7.5 8.5 5.75-5.750M10.75 5.250l2 2M9 7l1.25 1.25'/>",
        ["hand"] = "<path d='M8 1.75 13.25 3.750v4c0 3-2.1 5.2-5.25 6.5-3.15-1.3-5.25-3.5-5.25-6.500v-4zM8 5.250v3.500M8 11h.01'/>",
        ["shield"] = "<path d='M8 1.75 13.25 3.750v4c0 3-2.1 5.2-5.25 6.5-3.15-1.3-5.25-3.5-5.25-6.500v-4zM5.75 7.900l1.6 1.6 2.9-3.25'/>",
        ["offline"] = "<path d='M2 2l12 12M1.75 6.500a9 9 0 0 1 3-2M14.25 6.500a9 9 0 0 0-6.5-2.700M4.25 9.250A5.5 5.5 0 0 1 7 7.600M8 12.500h.01'/>",
        ["info"] = "<circle cx='8' cy='8' r='6.25'/><path d='M8 7.250v3.750M8 4.900h.01'/>",
        ["dot"] = "<circle cx='8' cy='8' r='3' class='solid'/>",
        // Movements
        ["download"] = "<path d='M8 2v8M4.75 7 8 10.25 11.25 7M2.5 13.500h11'/>",
        ["upload"] = "<path d='M8 10.500V2.250M4.75 5.5 8 2.250l3.25 3.250M2.5 13.500h11'/>",
        ["code"] = "<path d='M5.25 4.5 1.75 8l3.5 3.500M10.75 4.5 14.25 8l-3.5 3.500M9.1 3 6.9 13'/>",
        ["collect"] = "<path d='M2 9.5 3.75 3h8.500L14 9.500v3.250H2zM2 9.500h3.500l1 1.500h3l1-1.500H14'/>",
        ["queue"] = "<path d='M2.5 4h11M2.5 8h11M2.5 12h6'/>",
        ["send"] = "<path d='M14 2 7 9M14 2 9.5 14 7 9 2 6.500z'/>",
        // Actions
        ["copy"] = "<rect x='5.25' y='5.25' width='8.5' height='8.5' rx='1.5'/><path d='M3.75 10.750H3.500A1.25 1.25 0 0 1 2.25 9.500v-6"
            + "A1.25 1.25 0 0 1 3.5 2.250h6A1.25 1.25 0 0 1 10.75 3.500v.25'/>",
        ["done"] = "<path d='m3 8.5 3.25 3.250L13 4.5'/>",
        ["close"] = "<path d='m3.75 3.75 8.5 8.500M12.25 3.750l-8.5 8.5'/>",
        ["edit"] = "<path d='M10.75 2.750l2.5 2.5L5.500 13H3v-2.500zM9 4.500l2.5 2.5'/>",
        ["trash"] = "<path d='M2.75 4.250h10.500M6 4.250V2.500h4v1.750M4.25 4.250l.6 9.250h6.300l.6-9.250M6.75 7v4M9.25 7v4'/>",
        ["search"] = "<circle cx='7' cy='7' r='4.5'/><path d='m10.5 10.5 3.5 3.5'/>",
        ["refresh"] = "<path d='M13.25 6.500A5.5 5.5 0 0 0 3 6M2.75 9.500A5.5 5.5 0 0 0 13 10M3 2.750V6h3.250M13 13.250V10H9.75'/>",
        ["leave"] = "<path d='M6.25 13.500H3.500A1.25 1.25 0 0 1 2.25 12.250v-8.500A1.25 1.25 0 0 1 3.5 2.500h2.750M10.5 11 13.75 8 10.5 5M13.5 8H6'/>",
        ["eye"] = "<path d='M1.5 8S3.75 3.5 8 3.5 14.5 8 14.5 8 12.25 12.5 8 12.5 1.5 8 1.5 8z'/><circle cx='8' cy='8' r='1.9'/>",
        ["file"] = "<path d='M3.5 1.750h5.750L12.5 5v9.250h-9zM9 2v3.250h3.25'/>",
        ["terminal"] = "<rect x='1.75' y='2.5' width='12.5' height='11' rx='1.5'/><path d='m4.5 6 2.25 2-2.25 2M8.25 10.500h3'/>",
        ["out"] = "<path d='M6.5 3.500h-3v9h9v-3M9 2.750h4.250V7M13 3 7.5 8.5'/>",
        ["down"] = "<path d='m4.25 6.25 3.75 3.75 3.75-3.75'/>",
        ["up"] = "<path d='m4.25 9.75 3.75-3.75 3.75 3.75'/>",
        ["right"] = "<path d='m6.25 4.25 3.75 3.75-3.75 3.75'/>",
        ["left"] = "<path d='m9.75 4.25-3.75 3.75 3.75 3.75'/>",
        ["sun"] = "<circle cx='8' cy='8' r='2.75'/><path d='M8 1.250v1.500M8 13.250v1.500M1.25 8h1.500M13.25 8h1.500M3.25 3.250l1.05 1.05"
            + "M11.7 11.700l1.05 1.050M12.75 3.250l-1.05 1.050M4.3 11.700l-1.05 1.05'/>",
        ["moon"] = "<path d='M13.5 9.600A5.9 5.9 0 0 1 6.4 2.500a5.9 5.9 0 1 0 7.1 7.100z'/>",
        ["system"] = "<rect x='1.75' y='2.5' width='12.5' height='8.5' rx='1.25'/><path d='M5.5 13.500h5M8 11v2.5'/>",
    };

    /// <summary>Names of all icons.</summary>
    public static IReadOnlyCollection<string> Names => Drawings.Keys;

    /// <summary>The drawing; a dot for a name that is not known.</summary>
    public static string Drawing(string name) => Drawings.GetValueOrDefault(name, Drawings["dot"]);
}
