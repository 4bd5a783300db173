namespace CisAws.FilterPatterns;

/// <summary>The forms of filter patterns in CloudWatch Logs.</summary>
internal enum FilterPatternForm
{
    /// <summary>Conditions on the fields of a JSON event: <c>{ $.eventName = CreateTrail }</c>.</summary>
    Json,

    /// <summary>An empty pattern, which matches every event.</summary>
    Everything,

    /// <summary>Terms that are looked for in the text of an event: <c>ERROR -exiting</c>, <c>?CreateTrail ?DeleteTrail</c>.</summary>
    Terms,

    /// <summary>Conditions on the words of an event, by their order: <c>[ip, user, status = 4*]</c>.</summary>
    SpaceDelimited,
}
