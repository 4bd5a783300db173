"""Section 2 but Config: CloudTrail trails, the buckets they deliver to, their log groups and keys."""

import json
from dataclasses import dataclass, field

from . import FAIL, PASS, UNKNOWN

MANAGEMENT = {"Field": "eventCategory", "Equals": ["Management"]}
DATA = {"Field": "eventCategory", "Equals": ["Data"]}
OBJECTS = {"Field": "resources.type", "Equals": ["AWS::S3::Object"]}
READS = {"Field": "readOnly", "Equals": ["true"]}
WRITES = {"Field": "readOnly", "Equals": ["false"]}
NOT_KMS = {"Field": "eventSource", "NotEquals": ["kms.amazonaws.com"]}
ALL = {"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": []}

# What a trail records, and whether that is every management event.
SELECTORS = {
    "the default": (None, True),
    "all, classic": ({"EventSelectors": [ALL]}, True),
    "reads and writes apart": ({"EventSelectors": [ALL | {"ReadWriteType": "ReadOnly"}, ALL | {"ReadWriteType": "WriteOnly"}]}, True),
    "all, advanced": ({"AdvancedEventSelectors": [{"Name": "any name", "FieldSelectors": [MANAGEMENT]}]}, True),
    "advanced halves": ({"AdvancedEventSelectors": [
        {"Name": "reads", "FieldSelectors": [MANAGEMENT, READS]}, {"Name": "writes", "FieldSelectors": [MANAGEMENT, WRITES]}]}, True),
    "writes only": ({"EventSelectors": [ALL | {"ReadWriteType": "WriteOnly"}]}, False),
    "no management events": ({"EventSelectors": [ALL | {"IncludeManagementEvents": False}]}, False),
    "all but KMS": ({"EventSelectors": [ALL | {"ExcludeManagementEventSources": ["kms.amazonaws.com"]}]}, False),
    "data only, advanced": ({"AdvancedEventSelectors": [{"Name": "Management events selector", "FieldSelectors": [DATA, OBJECTS]}]}, False),
    "reads only, advanced": ({"AdvancedEventSelectors": [{"Name": "all", "FieldSelectors": [MANAGEMENT, READS]}]}, False),
    "all but KMS, advanced": ({"AdvancedEventSelectors": [{"Name": "all", "FieldSelectors": [MANAGEMENT, NOT_KMS]}]}, False),
}

FLAWS = ["one region", "stopped", "selectors", "selectors", "selectors", "no log group", "log group is gone"]


@dataclass
class Trail:
    arn: str
    region: str
    multi_region: bool
    logging: bool
    started: bool
    records: str
    bucket: str
    validates: bool
    key_state: str | None
    log_group: str | None
    log_group_exists: bool

    @property
    def qualifies(self):
        """2.1: a multi-region trail that logs every management event."""
        return self.multi_region and self.logging and SELECTORS[self.records][1]


@dataclass
class Bucket:
    name: str
    exists: bool = True
    grants: list = field(default_factory=list)  # of the effective and public ones, what they are
    undecidable: str | None = None  # where only GetBucketPolicyStatus could tell
    logs: bool = False

    @property
    def arn(self):
        return f"arn:aws:s3:::{self.name}"


def build(account, keys):
    """Creates the trails, predicts 2.1-2.4, 2.6 and 2.7, and gives the trails that the assessed regions show."""
    account_block = _account_block(account)
    buckets, trails = [], []
    for number in range(account.pick([0, 1, 1, 1, 2, 3])):
        if not buckets or account.chance(0.6):
            buckets.append(_bucket(account, len(buckets), account_block))
        trails.append(_trail(account, keys, number, account.pick(buckets)))
    _unseen(account)
    used = [b for b in buckets if any(t.bucket == b.name for t in trails)]
    for bucket in used:
        if not account.good() and account.chance(0.2):
            account.client("s3").delete_bucket(Bucket=bucket.name)
            bucket.exists = False

    account.predict("2.1", PASS if any(t.qualifies for t in trails) else FAIL, "; ".join(map(str, trails)) or "there is no trail")
    account.predict_each("2.2", ((t.arn, PASS if t.validates else FAIL, f"validation is {t.validates}") for t in trails))
    _predict_public(account, used)
    account.predict_each("2.4", (_delivery(account, t) for t in trails))
    account.predict_each("2.6", ((b.arn, PASS if b.exists and b.logs else FAIL, f"exists: {b.exists}, logs: {b.logs}") for b in used))
    account.predict_each("2.7", ((t.arn, PASS if t.key_state == "Enabled" else FAIL, f"key is {t.key_state}") for t in trails))
    return trails


def _unseen(account):
    """A single-region trail where nobody looks: no verdict is about it."""
    bucket = f"unseen-{account.id}"
    _create(account.client("s3", account.outside), account.outside, bucket)
    account.client("cloudtrail", account.outside).create_trail(Name="unseen", S3BucketName=bucket, IsMultiRegionTrail=False)


def _delivery(account, trail):
    """moto never delivers to CloudWatch Logs, so no trail passes 2.4; a trail that began this hour may yet."""
    if trail.log_group is None:
        return trail.arn, FAIL, "no log group"
    if trail.logging and account.age_in_days == 0:
        return trail.arn, UNKNOWN, "started a moment ago, nothing delivered yet"
    return trail.arn, FAIL, "nothing was ever delivered"


def _trail(account, keys, number, bucket):
    """Creates a trail, with at most one of the flaws that 2.1 and section 3 are about."""
    flaw = None if account.good() else account.pick(FLAWS)
    region = account.outside if account.chance(0.2) and flaw != "one region" else account.pick(account.regions)
    multi_region, logging = flaw != "one region", flaw != "stopped"
    records = account.pick(s for s in SELECTORS if SELECTORS[s][1] == (flaw != "selectors"))
    key_state = account.pick(["Enabled"] if account.good() else [None, "Disabled", "PendingDeletion"])
    log_group = None if flaw == "no log group" else f"CloudTrail/{account.pick(['logs', 'DefaultLogGroup'])}-{number}"
    log_group_exists = flaw != "log group is gone"
    settings = {}
    if key_state:
        settings["KmsKeyId"] = keys.create(region, state=key_state)
    if log_group:
        settings["CloudWatchLogsLogGroupArn"] = account.arn("logs", region, f"log-group:{log_group}:*")
        settings["CloudWatchLogsRoleArn"] = account.global_arn("iam", "role/CloudTrail_CloudWatchLogs_Role")
        if log_group_exists:
            account.client("logs", region).create_log_group(logGroupName=log_group)
    validates = account.good()
    cloudtrail = account.client("cloudtrail", region)
    arn = cloudtrail.create_trail(
        Name=f"trail-{number}", S3BucketName=bucket.name, IsMultiRegionTrail=multi_region, EnableLogFileValidation=validates, **settings)["TrailARN"]
    if SELECTORS[records][0]:
        cloudtrail.put_event_selectors(TrailName=f"trail-{number}", **SELECTORS[records][0])
    started = logging or (account.age_in_days > 0 and account.chance(0.5))
    if started:
        cloudtrail.start_logging(Name=f"trail-{number}")
    if started and not logging:
        cloudtrail.stop_logging(Name=f"trail-{number}")
    return Trail(arn, region, multi_region, logging, started, records, bucket.name, validates, key_state, log_group, log_group_exists)


def _bucket(account, number, account_block):
    region = account.pick([*account.regions, account.outside])
    s3 = account.client("s3", region)
    bucket = Bucket(f"trail-archive-{account.id}-{number}")
    _create(s3, region, bucket.name)
    acl = "private" if account.good() else account.pick(["public-read", "authenticated-read", "log-delivery-write"])
    s3.put_bucket_acl(Bucket=bucket.name, ACL=acl)
    public_acl = acl in ("public-read", "authenticated-read")
    principal, condition = _policy(account, s3, bucket)
    block = {"IgnorePublicAcls": False, "RestrictPublicBuckets": False}
    if account.chance(0.5):
        block = {"IgnorePublicAcls": account.chance(0.5), "RestrictPublicBuckets": account.chance(0.5)}
        s3.put_public_access_block(Bucket=bucket.name, PublicAccessBlockConfiguration=block)
    if enforced := account.chance(0.2):
        s3.put_bucket_ownership_controls(Bucket=bucket.name, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]})

    block = {name: on or account_block.get(name, False) for name, on in block.items()}
    if public_acl and not enforced and not block["IgnorePublicAcls"]:
        bucket.grants.append(f"ACL {acl}")
    if principal and not block["RestrictPublicBuckets"]:
        if principal == "everyone" and not condition:
            bucket.grants.append("policy for everyone")
        else:
            bucket.undecidable = f"policy for {principal}, conditions: {condition}"
    if account.good():
        target = f"{bucket.name}-logs"
        _create(s3, region, target)
        s3.put_bucket_acl(Bucket=target, ACL="log-delivery-write")
        s3.put_bucket_logging(Bucket=bucket.name, BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": target, "TargetPrefix": "access/"}})
        bucket.logs = True
    return bucket


def _account_block(account):
    """The Block Public Access of the account, which moto serves without the account's id before the host."""
    if account.chance(0.7):
        return {}
    block = {account.pick(["IgnorePublicAcls", "RestrictPublicBuckets"]): True}
    control = account.client("s3control")

    def without_account(request, **_):
        request.url = request.url.replace(f"//{account.id}.", "//")

    control.meta.events.register_first("before-sign.s3-control", without_account)
    control.put_public_access_block(AccountId=account.id, PublicAccessBlockConfiguration=block)
    return block


def _create(s3, region, name):
    s3.create_bucket(Bucket=name, **({} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}))


def _policy(account, s3, bucket):
    """Gives a bucket a policy, or none; says for whom it is, and whether under conditions."""
    if account.chance(0.4):
        return None, False
    if account.good():
        principal, who = {"Principal": {"Service": "cloudtrail.amazonaws.com"}}, "CloudTrail"
    else:
        principal, who = account.pick([
            ({"Principal": "*"}, "everyone"), ({"Principal": {"AWS": "*"}}, "everyone"),
            ({"Principal": {"AWS": [account.global_arn("iam", "root"), "*"]}}, "everyone"),
            ({"NotPrincipal": {"AWS": account.global_arn("iam", "root")}}, "everyone")])
    condition = account.chance(0.3)
    statement = {"Effect": "Allow", **principal, "Action": "s3:PutObject", "Resource": f"{bucket.arn}/*"}
    if condition:
        statement["Condition"] = {"StringEquals": {"aws:SourceAccount": account.id}}
    s3.put_bucket_policy(Bucket=bucket.name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    return who, condition


def _predict_public(account, buckets):
    failing = [(b.arn, FAIL, ", ".join(b.grants) if b.exists else "is gone") for b in buckets if b.grants or not b.exists]
    undecidable = [b.undecidable for b in buckets if b.exists and not b.grants and b.undecidable]
    if undecidable and not failing:
        account.leave_out("2.3", f"GetBucketPolicyStatus answers with a list of objects, and must be asked: {undecidable}")
    else:
        account.predict_each("2.3", [(b.arn, PASS, "not public") for b in buckets if b.arn not in {f[0] for f in failing}] + failing)
