using System.Collections.Generic;
using Amazon.Runtime;

namespace Amazon.CloudTrail.Model;

internal sealed class GetEventSelectorsRequest : AmazonWebServiceRequest
{
    /// <summary>A name, which the region resolves, or an ARN.</summary>
    public string? TrailName { get; set; }
}

internal sealed class GetEventSelectorsResponse : AmazonWebServiceResponse
{
    public List<EventSelector>? EventSelectors { get; set; }

    public List<AdvancedEventSelector>? AdvancedEventSelectors { get; set; }
}

internal sealed class EventSelector
{
    public string? ReadWriteType { get; set; }

    public bool? IncludeManagementEvents { get; set; }

    public List<string>? ExcludeManagementEventSources { get; set; }

    public List<DataResource>? DataResources { get; set; }
}

internal sealed class DataResource
{
    public string? Type { get; set; }

    public List<string>? Values { get; set; }
}

internal sealed class AdvancedEventSelector
{
    public string? Name { get; set; }

    public List<AdvancedFieldSelector>? FieldSelectors { get; set; }
}

internal sealed class AdvancedFieldSelector
{
    public string? Field { get; set; }

    public new List<string>? Equals { get; set; }

    public List<string>? NotEquals { get; set; }

    public List<string>? StartsWith { get; set; }

    public List<string>? NotStartsWith { get; set; }

    public List<string>? EndsWith { get; set; }

    public List<string>? NotEndsWith { get; set; }
}
