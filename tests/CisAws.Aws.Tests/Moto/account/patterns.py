"""The metric filters of 3.1-3.14 as the benchmark prints them, in other spellings, and with an event missing."""


def _events(names):
    return [f"($.eventName = {name})" for name in names.split()]


def _any(terms):
    return " || ".join(terms)


# A pattern is what must hold besides, and the terms of which one must hold.
PATTERNS = {
    "3.1": (None, ['($.errorCode = "*UnauthorizedOperation")', '($.errorCode = "AccessDenied*")']),
    "3.2": ('($.eventName = "ConsoleLogin")', ['($.additionalEventData.MFAUsed != "Yes")']),
    "3.3": ('$.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS', ['$.eventType != "AwsServiceEvent"']),
    "3.4": (None, _events(
        "DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy "
        "DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy "
        "DetachUserPolicy AttachGroupPolicy DetachGroupPolicy")),
    "3.5": (None, _events("CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging")),
    "3.6": ("($.eventName = ConsoleLogin)", ['($.errorMessage = "Failed authentication")']),
    "3.7": ("($.eventSource = kms.amazonaws.com)", _events("DisableKey ScheduleKeyDeletion")),
    "3.8": ("($.eventSource = s3.amazonaws.com)", _events(
        "PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy "
        "DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication")),
    "3.9": ("($.eventSource = config.amazonaws.com)", _events(
        "StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder")),
    "3.10": (None, _events(
        "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress "
        "RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup")),
    "3.11": (None, _events(
        "CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry "
        "ReplaceNetworkAclAssociation")),
    "3.12": (None, _events(
        "CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway "
        "DetachInternetGateway")),
    "3.13": (None, _events(
        "CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute "
        "DisassociateRouteTable")),
    "3.14": (None, _events(
        "CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection "
        "DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc "
        "DisableVpcClassicLink EnableVpcClassicLink")),
}


def _text(besides, terms):
    if besides is None:
        return _any(terms)
    return f"{besides} && {terms[0]}" if len(terms) == 1 else f"{besides} && ({_any(terms)})"


def exact(control):
    return "{ " + _text(*PATTERNS[control]) + " }"


def respelled(control, random):
    """The same pattern with other white space, quotes and redundant parentheses."""
    besides, terms = PATTERNS[control]
    pattern = _text(besides, terms)
    spelling = random.randrange(4)
    if spelling == 0:
        return "{" + pattern.replace(" || ", "||").replace(" = ", "=").replace(" != ", "!=").replace(" && ", "&&") + "}"
    if spelling == 1:
        return "{\n  (" + pattern.replace(" || ", "\n   || ") + ")\n}"
    if spelling == 2 and besides is None and control != "3.1":
        return "{ " + pattern.replace("(", "").replace(")", "") + " }"
    bare = [t.replace("= ", '= "').replace(")", '")') if '"' not in t else t for t in terms]
    return "{  " + _text(besides, bare) + "}"


def narrowed(control):
    """The benchmark's pattern without its last event; where there is none to leave out, for one region only."""
    besides, terms = PATTERNS[control]
    if len(terms) > 1:
        return "{ " + _text(besides, terms[:-1]) + " }"
    return "{ (" + _text(besides, terms) + ') && ($.awsRegion = "us-east-1") }'
