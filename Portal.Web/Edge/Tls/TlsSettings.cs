namespace Portal.Web.Edge.Tls;

/// <summary>The section <c>Portal:Tls</c>: the certificate of the portal's own https addresses.</summary>
public sealed class TlsSettings
{
    /// <summary>The word for a certificate that the portal makes itself, for trying it out.</summary>
    public const string Development = "development";

    /// <summary>A file with the certificate and those between it and its authority, in PEM (RFC 7468); or
    /// <c>development</c>; empty where a proxy speaks TLS.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>The file with its private key, in PEM, not encrypted.</summary>
    public string Key { get; set; } = "";

    /// <summary>Whether browsers are told that names below the portal's own speak https too.</summary>
    public bool SubDomains { get; set; } = true;

    /// <summary>Whether there is one.</summary>
    public bool Configured => Certificate.Length > 0;

    /// <summary>Whether the portal makes it.</summary>
    public bool IsDevelopment => string.Equals(Certificate, Development, StringComparison.OrdinalIgnoreCase);
}
