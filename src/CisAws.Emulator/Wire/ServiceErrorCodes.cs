namespace CisAws.Emulator.Wire;

/// <summary>An error code with its HTTP status and what AWS says beside it.</summary>
internal readonly record struct ServiceError(string Code, int Status, string Message);

/// <summary>The errors that every service has, as one service writes them: codes, statuses and messages differ between services.</summary>
internal sealed record ServiceErrorCodes
{
    private const string InvalidToken = "The security token included in the request is invalid.";
    private const string ExpiredToken = "The security token included in the request is expired";
    private const string WrongSignature =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.";

    public required ServiceError MissingToken { get; init; }

    public required ServiceError UnknownKey { get; init; }

    public required ServiceError SignatureMismatch { get; init; }

    /// <summary>The request's time is more than 15 minutes off.</summary>
    public required ServiceError Skewed { get; init; }

    public required ServiceError Expired { get; init; }

    public required ServiceError AccessDenied { get; init; }

    /// <summary>Another account owns the thing; most services respond as to any denied call.</summary>
    public ServiceError? ForeignOwner { get; init; }

    public required ServiceError Throttled { get; init; }

    /// <summary>The region is not enabled for the account.</summary>
    public required ServiceError RegionDisabled { get; init; }

    public required ServiceError NotOffered { get; init; }

    public required ServiceError UnknownOperation { get; init; }

    public ServiceError Failure { get; init; } = new("InternalFailure", 500, "The request processing has failed because of an unknown error.");

    public static ServiceErrorCodes Query { get; } = new()
    {
        MissingToken = new("MissingAuthenticationToken", 403, "Request is missing Authentication Token"),
        UnknownKey = new("InvalidClientTokenId", 403, InvalidToken),
        SignatureMismatch = new("SignatureDoesNotMatch", 403, WrongSignature),
        Skewed = new("SignatureDoesNotMatch", 403, "Signature expired or not yet current: the request's time is more than 15 minutes off."),
        Expired = new("ExpiredToken", 403, ExpiredToken),
        AccessDenied = new("AccessDenied", 403, ""),
        Throttled = new("Throttling", 400, "Rate exceeded"),
        RegionDisabled = new("InvalidClientTokenId", 403, InvalidToken),
        NotOffered = new("OptInRequired", 403, "The AWS Access Key Id needs a subscription for the service"),
        UnknownOperation = new("InvalidAction", 400, ""),
    };

    public static ServiceErrorCodes Ec2 { get; } = new()
    {
        MissingToken = new("MissingParameter", 400, "The request must contain the parameter AWSAccessKeyId"),
        UnknownKey = new("AuthFailure", 401, "AWS was not able to validate the provided access credentials"),
        SignatureMismatch = new("AuthFailure", 401, "AWS was not able to validate the provided access credentials"),
        Skewed = new("RequestExpired", 400, "Request has expired. Timestamp is more than 15 minutes off."),
        Expired = new("RequestExpired", 400, "Request has expired."),
        AccessDenied = new("UnauthorizedOperation", 403, ""),
        Throttled = new("RequestLimitExceeded", 503, "Request limit exceeded."),
        RegionDisabled = new("AuthFailure", 401, "AWS was not able to validate the provided access credentials"),
        NotOffered = new("OptInRequired", 401, "You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe."),
        UnknownOperation = new("InvalidAction", 400, ""),
        Failure = new("InternalError", 500, "An internal error has occurred"),
    };

    public static ServiceErrorCodes Json { get; } = new()
    {
        MissingToken = new("MissingAuthenticationTokenException", 400, "Missing Authentication Token"),
        UnknownKey = new("UnrecognizedClientException", 400, InvalidToken),
        SignatureMismatch = new("InvalidSignatureException", 400, WrongSignature),
        Skewed = new("InvalidSignatureException", 400, "Signature expired or not yet current: the request's time is more than 15 minutes off."),
        Expired = new("ExpiredTokenException", 400, ExpiredToken),
        AccessDenied = new("AccessDeniedException", 400, ""),
        Throttled = new("ThrottlingException", 400, "Rate exceeded"),
        RegionDisabled = new("UnrecognizedClientException", 400, InvalidToken),
        NotOffered = new("SubscriptionRequiredException", 400, "The AWS Access Key Id needs a subscription for the service"),
        UnknownOperation = new("UnknownOperationException", 400, ""),
    };

    public static ServiceErrorCodes RestJson { get; } = Json with
    {
        MissingToken = new("MissingAuthenticationTokenException", 403, "Missing Authentication Token"),
        UnknownKey = new("UnrecognizedClientException", 403, InvalidToken),
        SignatureMismatch = new("InvalidSignatureException", 403, WrongSignature),
        Expired = new("ExpiredTokenException", 403, ExpiredToken),
        AccessDenied = new("AccessDeniedException", 403, ""),
        Throttled = new("TooManyRequestsException", 429, "Too many requests"),
    };

    public static ServiceErrorCodes S3 { get; } = new()
    {
        MissingToken = new("AccessDenied", 403, "Access Denied"),
        UnknownKey = new("InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records."),
        SignatureMismatch = new("SignatureDoesNotMatch", 403, WrongSignature),
        Skewed = new("RequestTimeTooSkewed", 403, "The difference between the request time and the current time is too large."),
        Expired = new("ExpiredToken", 400, "The provided token has expired."),
        AccessDenied = new("AccessDenied", 403, ""),
        Throttled = new("SlowDown", 503, "Please reduce your request rate."),
        RegionDisabled = new("InvalidToken", 400, "The provided token is malformed or otherwise invalid."),
        NotOffered = new("NotSignedUp", 403, "Your account is not signed up for the Amazon S3 service."),
        UnknownOperation = new("MethodNotAllowed", 405, ""),
        Failure = new("InternalError", 500, "We encountered an internal error. Please try again."),
    };
}
