"""Control 2.5: AWS Config in each region."""

from . import FAIL, UNKNOWN

IAM_TYPES = ["AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::Policy"]
BUCKETS = ["AWS::S3::Bucket"]
EXCLUDE = "EXCLUSION_BY_RESOURCE_TYPES"

# What a recorder records: the recording group, whether that is everything, and whether the IAM types are in it.
GROUPS = {
    "everything": ({"allSupported": True, "includeGlobalResourceTypes": True}, True, True),
    "all but the global types": ({"allSupported": True, "includeGlobalResourceTypes": False}, True, False),
    "all but IAM": ({"exclusionByResourceTypes": {"resourceTypes": IAM_TYPES}, "recordingStrategy": {"useOnly": EXCLUDE}}, True, False),
    "all but buckets": ({"exclusionByResourceTypes": {"resourceTypes": BUCKETS}, "recordingStrategy": {"useOnly": EXCLUDE}}, False, True),
    "buckets": ({"resourceTypes": BUCKETS, "recordingStrategy": {"useOnly": "INCLUSION_BY_RESOURCE_TYPES"}}, False, False),
}


def build(account):
    """moto's recorders stay PENDING, so no region passes: at best it is too early to tell."""
    regions = {region: _recorder(account, region) for region in account.regions}
    because = f"{regions}, {account.age_in_days} days ago"
    works = [problem is None for problem, _ in regions.values()]
    if not all(works) or account.age_in_days > 0:
        account.predict("2.5", FAIL, because)
    elif any(globals_ for _, globals_ in regions.values()):
        account.predict("2.5", UNKNOWN, because)
    else:
        account.leave_out("2.5", "no assessed region records the IAM types; one that is not assessed may, and moto's recorders are PENDING for ever")


def _recorder(account, region):
    """Sets Config up in a region; says what is wrong with it, and whether it records the IAM types."""
    if not account.good() and account.chance(0.4):
        return "no recorder", False
    config = account.client("config", region)
    name = account.pick(group for group in GROUPS if not account.good() or GROUPS[group][1])
    group, everything, iam_types = GROUPS[name]
    role = account.global_arn("iam", "role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig")
    config.put_configuration_recorder(ConfigurationRecorder={"name": "default", "roleARN": role, "recordingGroup": group})
    problem = None if everything else f"records {name}"
    if account.good():
        config.put_delivery_channel(DeliveryChannel={"name": "default", "s3BucketName": "config-archive"})
        config.start_configuration_recorder(ConfigurationRecorderName="default")
        if not account.good():
            config.stop_configuration_recorder(ConfigurationRecorderName="default")
            problem = "stopped"
    else:
        problem = "no delivery channel, never started"
    return problem, iam_types
