"""Collects an account through AWS's own clients and prints it as an evidence file.

    collect.py boto3|cli ENDPOINT_URL REGION [--cloudwatch PROTOCOL] [--s3 path|virtual]

Credentials come from the environment. Every operation that the emulator serves is called, with paginators, and what
boto3 or the AWS CLI parsed is put in the form of an evidence file, so that it can be compared with the one served.
"""
import argparse
import base64
import csv
import io
import json
import sys
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

from clients import AwsError, Boto3, Cli

# Codes that refuse, and those of them that another account's trail or topic is refused with.
DENIED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError"}
FOREIGN = {"TrailNotFoundException", "AuthorizationError"}


def time(value):
    """A time as ISO 8601: boto3 parses times, the CLI prints them as they came."""
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, datetime):
        value = datetime.fromtimestamp(float(value), timezone.utc)
    return value.isoformat()


def document(value):
    """A policy document: as IAM encodes it from boto3, parsed from the CLI."""
    return urllib.parse.unquote(value) if isinstance(value, str) else json.dumps(value)


def pick(source, **names):
    """Members under other names."""
    return {ours: source.get(theirs) for ours, theirs in names.items()}


def names_of(items, key):
    return [item[key] for item in items]


def tags_of(thing):
    return {tag["Key"]: tag["Value"] for tag in thing.get("Tags", [])}


def now():
    return datetime.now(timezone.utc).isoformat()


def region_of(arn):
    return arn.split(":")[3]


def resource_of(arn):
    return arn.split(":", 5)[5]


class Collector:
    def __init__(self, aws, home):
        self.aws = aws
        self.home = home
        self.facts = {}
        self.pool = ThreadPoolExecutor(max_workers=8)
        identity = aws.call("sts", "get_caller_identity", home)
        self.account = identity["Account"]
        self.partition = identity["Arn"].split(":")[1]
        self.identity = {"accountId": self.account, "partition": self.partition, "callerArn": identity["Arn"]}

    def read(self, kind, action, reader, subjects=("",), region=lambda subject: ""):
        """Reads a kind about each subject, at the same time, and keeps the answers and the refusals."""
        def one(subject):
            call = {"action": action, "region": region(subject)}
            try:
                return {**call, "value": reader(subject), "time": now()}
            except AwsError as error:
                return {**call, "unreadable": self.unreadable(subject, error), "time": now()}

        subjects = list(dict.fromkeys(subjects))
        answers = dict(zip(subjects, self.pool.map(one, subjects)))
        if answers:
            self.facts[kind] = answers
        return {subject: answer["value"] for subject, answer in answers.items() if "value" in answer}

    def unreadable(self, subject, error):
        foreign = subject.startswith("arn:") and subject.split(":")[4] != self.account
        if foreign and error.code in FOREIGN:
            kind = "ForeignOwner"
        elif error.code in DENIED:
            kind = "ScpDenied" if "explicit deny in a service control policy" in error.message else "AccessDenied"
        else:
            kind = "ServiceError"
        return {"errorCode": error.code, "kind": kind, "message": error.message}

    def none_if(self, codes, service, operation, region, **parameters):
        """An answer, or None where an error code says that there is none."""
        try:
            return self.aws.call(service, operation, region, **parameters)
        except AwsError as error:
            if error.code in codes:
                return None
            raise

    def collect(self):
        began = now()
        phases = [[self.iam, self.contacts, self.regions], [self.trails, self.config, self.ec2, self.kms, self.storage], [self.buckets, self.monitoring]]
        for phase in phases:
            with ThreadPoolExecutor(max_workers=len(phase)) as running:
                for done in [running.submit(part) for part in phase]:
                    done.result()
        return {
            "schema": "cisaws-evidence/1",
            "cisAwsVersion": "0.1.0",
            "account": self.identity,
            "collectedAt": began,
            "completedAt": now(),
            "regions": {"named": [], "enabled": sorted(self.enabled) or None, "assessed": sorted(self.enabled)},
            "evidence": self.facts,
        }

    # IAM

    def iam(self):
        call = lambda operation, **parameters: self.aws.call("iam", operation, self.home, **parameters)
        report = self.read("iam.credentialReport", "iam:GetCredentialReport", lambda _: self.credential_report())
        self.read("iam.accountSummary", "iam:GetAccountSummary", lambda _: call("get_account_summary")["SummaryMap"])
        self.read("iam.passwordPolicy", "iam:GetAccountPasswordPolicy", lambda _: self.password_policy())
        self.read("iam.virtualMfaDevices", "iam:ListVirtualMFADevices", lambda _: [
            {"serialNumber": d["SerialNumber"], "userArn": d.get("User", {}).get("Arn"), "enableDate": time(d.get("EnableDate"))}
            for d in call("list_virtual_mfa_devices", AssignmentStatus="Assigned")["VirtualMFADevices"]])
        self.read("iam.authorizationDetails", "iam:GetAccountAuthorizationDetails", lambda _: authorization_details(
            call("get_account_authorization_details", Filter=["User", "Group", "Role", "LocalManagedPolicy"])))
        self.read("iam.supportPolicyEntities", "iam:ListEntitiesForPolicy", lambda _: self.support_policy_entities())
        self.read("iam.instanceProfiles", "iam:ListInstanceProfiles", lambda _: [
            {**pick(p, name="InstanceProfileName", arn="Arn"), "roles": names_of(p["Roles"], "RoleName")}
            for p in call("list_instance_profiles")["InstanceProfiles"]])
        self.read("iam.accessKeys", "iam:ListAccessKeys", lambda user: [
            {"id": k["AccessKeyId"], "status": k["Status"], "createDate": time(k["CreateDate"])}
            for k in call("list_access_keys", UserName=user)["AccessKeyMetadata"]], users_with_more_credentials(report.get("")))

    def credential_report(self):
        refused = None
        try:
            while self.aws.call("iam", "generate_credential_report", self.home)["State"] != "COMPLETE":
                pass
        except AwsError as error:
            refused = error.code
        report = self.aws.call("iam", "get_credential_report", self.home)
        content = report["Content"] if isinstance(report["Content"], bytes) else base64.b64decode(report["Content"])
        rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
        return {"generatedTime": time(report["GeneratedTime"]), "columns": rows[0], "rows": rows[1:], "generationError": refused}

    def password_policy(self):
        answer = self.none_if({"NoSuchEntity"}, "iam", "get_account_password_policy", self.home)
        return answer and {name[0].lower() + name[1:]: value for name, value in answer["PasswordPolicy"].items()}

    def support_policy_entities(self):
        answer = self.none_if(
            {"NoSuchEntity"}, "iam", "list_entities_for_policy", self.home,
            PolicyArn=f"arn:{self.partition}:iam::aws:policy/AWSSupportAccess", PolicyUsageFilter="PermissionsPolicy")
        return answer and {
            "roles": names_of(answer["PolicyRoles"], "RoleName"),
            "users": names_of(answer["PolicyUsers"], "UserName"),
            "groups": names_of(answer["PolicyGroups"], "GroupName"),
        }

    # Account, organisation, regions

    def contacts(self):
        self.read("account.contactInformation", "account:GetContactInformation", lambda _: self.contact(
            "get_contact_information", "ContactInformation",
            ["FullName", "CompanyName", "PhoneNumber", "AddressLine1", "City", "CountryCode", "PostalCode"]))
        self.read("account.securityContact", "account:GetAlternateContact", lambda _: self.contact(
            "get_alternate_contact", "AlternateContact", ["Name", "Title", "EmailAddress", "PhoneNumber"], AlternateContactType="SECURITY"))
        self.read("organizations.organization", "organizations:DescribeOrganization", lambda _: self.organization())
        self.read("s3.accountPublicAccessBlock", "s3:GetAccountPublicAccessBlock", lambda _: public_access_block(
            self.none_if({"NoSuchPublicAccessBlockConfiguration"}, "s3control", "get_public_access_block", self.home, AccountId=self.account)))

    def contact(self, operation, member, fields, **parameters):
        answer = self.none_if({"ResourceNotFoundException"}, "account", operation, self.home, **parameters)
        return answer and {name[0].lower() + name[1:]: answer[member].get(name) for name in fields}

    def organization(self):
        answer = self.none_if({"AWSOrganizationsNotInUseException"}, "organizations", "describe_organization", self.home)
        return answer and pick(answer["Organization"], id="Id", managementAccountId="MasterAccountId")

    def regions(self):
        regions = self.read("ec2.regions", "ec2:DescribeRegions", lambda _: [
            pick(r, name="RegionName", optInStatus="OptInStatus")
            for r in self.aws.call("ec2", "describe_regions", self.home, AllRegions=True)["Regions"]], region=lambda _: self.home)
        enabled = {"opt-in-not-required", "opted-in"}
        self.enabled = [r["name"] for r in regions.get("", []) if r["optInStatus"] in enabled]

    def regional(self, kind, action, reader):
        return self.read(kind, action, reader, self.enabled, region=lambda region: region)

    # CloudTrail

    def trails(self):
        seen = self.regional("cloudtrail.trails", "cloudtrail:DescribeTrails", lambda region: [
            trail(t) for t in self.aws.call("cloudtrail", "describe_trails", region)["trailList"]])
        self.all_trails = {t["arn"]: t for trails in seen.values() for t in trails}
        self.read("cloudtrail.trailStatus", "cloudtrail:GetTrailStatus", lambda arn: trail_status(
            self.aws.call("cloudtrail", "get_trail_status", region_of(arn), Name=arn)), self.all_trails, region_of)
        self.read("cloudtrail.eventSelectors", "cloudtrail:GetEventSelectors", lambda arn: event_selectors(
            self.aws.call("cloudtrail", "get_event_selectors", region_of(arn), TrailName=arn)), self.all_trails, region_of)
        keys = [t["kmsKeyId"] for t in self.all_trails.values() if (t["kmsKeyId"] or "").startswith("arn:")]
        self.read("cloudtrail.trailKey", "kms:DescribeKey", self.describe_key, keys, region_of)

    # S3

    def buckets(self):
        names = [t["s3BucketName"] for t in self.all_trails.values()]
        found = self.read("s3.bucket", "s3:ListBucket", self.bucket, names, lambda _: self.home)
        existing = {name: bucket["region"] for name, bucket in found.items() if bucket["exists"]}
        for name, region in existing.items():
            assert (self.aws.call("s3", "get_bucket_location", self.home, Bucket=name).get("LocationConstraint") or "us-east-1") == region, name

        def of_bucket(kind, action, operation, codes, value):
            self.read(
                kind, "s3:" + action, lambda name: value(self.none_if(codes, "s3", operation, existing[name], Bucket=name)),
                existing, lambda name: existing[name])

        of_bucket("s3.bucketAcl", "GetBucketAcl", "get_bucket_acl", (), bucket_acl)
        of_bucket("s3.bucketPolicy", "GetBucketPolicy", "get_bucket_policy", {"NoSuchBucketPolicy"}, lambda a: a and a["Policy"])
        of_bucket(
            "s3.bucketPolicyStatus", "GetBucketPolicyStatus", "get_bucket_policy_status", {"NoSuchBucketPolicy"},
            lambda a: a and a["PolicyStatus"]["IsPublic"])
        of_bucket(
            "s3.bucketPublicAccessBlock", "GetBucketPublicAccessBlock", "get_public_access_block",
            {"NoSuchPublicAccessBlockConfiguration"}, public_access_block)
        of_bucket(
            "s3.bucketOwnership", "GetBucketOwnershipControls", "get_bucket_ownership_controls", {"OwnershipControlsNotFoundError"},
            lambda a: a and a["OwnershipControls"]["Rules"][0]["ObjectOwnership"])
        of_bucket("s3.bucketLogging", "GetBucketLogging", "get_bucket_logging", (), lambda a: pick(
            a.get("LoggingEnabled", {}), targetBucket="TargetBucket", targetPrefix="TargetPrefix"))

    def bucket(self, name):
        answer = self.none_if({"404"}, "s3", "head_bucket", self.home, Bucket=name)
        # Answers the same question with a body, which explains a refusal.
        listed = self.none_if({"NoSuchBucket"}, "s3", "list_objects_v2", answer["BucketRegion"] if answer else self.home, Bucket=name, MaxKeys=0)
        assert (listed is None) == (answer is None), name
        return {"exists": answer is not None, "region": answer and answer["BucketRegion"]}

    # All buckets, databases, file systems, Access Analyzer, Security Hub

    def storage(self):
        self.read("iam.serverCertificates", "iam:ListServerCertificates", lambda _: [
            {**pick(c, name="ServerCertificateName", arn="Arn"), "expiration": time(c["Expiration"])}
            for c in self.aws.call("iam", "list_server_certificates", self.home)["ServerCertificateMetadataList"]])
        self.regional("accessAnalyzer.analyzers", "access-analyzer:ListAnalyzers", lambda region: [
            pick(a, name="name", arn="arn", type="type", status="status")
            for a in self.aws.call("accessanalyzer", "list_analyzers", region)["analyzers"]])
        self.regional("securityHub.hub", "securityhub:DescribeHub", self.security_hub)
        self.regional("elasticfilesystem.fileSystems", "elasticfilesystem:DescribeFileSystems", lambda region: [
            {**pick(f, id="FileSystemId", arn="FileSystemArn", encrypted="Encrypted"), "tags": tags_of(f)}
            for f in self.aws.call("efs", "describe_file_systems", region)["FileSystems"]])
        self.regional("rds.dbInstances", "rds:DescribeDBInstances", lambda region: [
            {**pick(i, id="DBInstanceIdentifier", arn="DBInstanceArn", engine="Engine", storageEncrypted="StorageEncrypted",
                    autoMinorVersionUpgrade="AutoMinorVersionUpgrade", publiclyAccessible="PubliclyAccessible", multiAz="MultiAZ",
                    clusterId="DBClusterIdentifier", availabilityZone="AvailabilityZone"),
             "tags": {t["Key"]: t["Value"] for t in i.get("TagList", [])}}
            for i in self.aws.call("rds", "describe_db_instances", region)["DBInstances"]])
        listed = self.read("s3.listedBuckets", "s3:ListAllMyBuckets", lambda _: self.listed_buckets())
        regions = {b["name"]: b["region"] for b in listed.get("", [])}

        def of_bucket(kind, action, operation, codes, value):
            self.read(
                kind, "s3:" + action, lambda name: value(self.none_if(codes, "s3", operation, regions[name], Bucket=name)),
                regions, lambda name: regions[name])

        of_bucket("s3.listedBucketPolicy", "GetBucketPolicy", "get_bucket_policy", {"NoSuchBucketPolicy"}, lambda a: a and a["Policy"])
        of_bucket(
            "s3.listedBucketPublicAccessBlock", "GetBucketPublicAccessBlock", "get_public_access_block",
            {"NoSuchPublicAccessBlockConfiguration"}, public_access_block)
        of_bucket("s3.bucketVersioning", "GetBucketVersioning", "get_bucket_versioning", (), lambda a: pick(a, status="Status", mfaDelete="MFADelete"))
        of_bucket(
            "s3.bucketEncryption", "GetEncryptionConfiguration", "get_bucket_encryption", {"ServerSideEncryptionConfigurationNotFoundError"},
            lambda a: a and a["ServerSideEncryptionConfiguration"]["Rules"][0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"])

    def listed_buckets(self):
        buckets = self.aws.call("s3", "list_buckets", self.home, MaxBuckets=1000)["Buckets"]
        return [pick(b, name="Name", region="BucketRegion") for b in buckets]

    def security_hub(self, region):
        answer = self.none_if({"InvalidAccessException"}, "securityhub", "describe_hub", region)
        return answer and pick(answer, arn="HubArn")

    # Config

    def config(self):
        recorders = self.regional("config.recorders", "config:DescribeConfigurationRecorders", lambda region: [
            recorder(r) for r in self.aws.call("config", "describe_configuration_recorders", region)["ConfigurationRecorders"]])
        recording = [region for region, own in recorders.items() if any(not r["servicePrincipal"] for r in own)]
        self.read("config.recorderStatus", "config:DescribeConfigurationRecorderStatus", lambda region: [
            {**pick(s, name="name", recording="recording", lastStatus="lastStatus", lastErrorCode="lastErrorCode", lastErrorMessage="lastErrorMessage"),
             "lastStartTime": time(s.get("lastStartTime"))}
            for s in self.aws.call("config", "describe_configuration_recorder_status", region)["ConfigurationRecordersStatus"]], recording, lambda region: region)
        self.read("config.deliveryChannels", "config:DescribeDeliveryChannels", lambda region: [
            pick(c, name="name", s3BucketName="s3BucketName", snsTopicArn="snsTopicARN")
            for c in self.aws.call("config", "describe_delivery_channels", region)["DeliveryChannels"]], recording, lambda region: region)

    # KMS

    def kms(self):
        arns = self.regional("kms.keyArns", "kms:ListKeys", lambda region: names_of(self.aws.call("kms", "list_keys", region)["Keys"], "KeyArn"))
        keys = self.read("kms.key", "kms:DescribeKey", self.describe_key, [a for region in arns.values() for a in region], region_of)
        rotating = [arn for arn, key in keys.items() if (key["keyManager"], key["keySpec"], key["origin"]) == ("CUSTOMER", "SYMMETRIC_DEFAULT", "AWS_KMS")
                    and key["keyState"] in ("Enabled", "Updating", "Disabled")]
        self.read("kms.keyRotation", "kms:GetKeyRotationStatus", lambda arn: pick(
            self.aws.call("kms", "get_key_rotation_status", region_of(arn), KeyId=arn),
            enabled="KeyRotationEnabled", rotationPeriodInDays="RotationPeriodInDays"), rotating, region_of)

    def describe_key(self, arn):
        key = self.aws.call("kms", "describe_key", region_of(arn), KeyId=arn)["KeyMetadata"]
        multi = key.get("MultiRegionConfiguration", {})
        return {
            **pick(key, keyId="KeyId", arn="Arn", keyManager="KeyManager", keySpec="KeySpec", origin="Origin", keyState="KeyState",
                   multiRegion="MultiRegion", description="Description"),
            "multiRegionKeyType": multi.get("MultiRegionKeyType"),
            "primaryKeyArn": multi.get("PrimaryKey", {}).get("Arn"),
        }

    # CloudWatch Logs, CloudWatch, SNS

    def monitoring(self):
        groups = [t["cloudWatchLogsLogGroupArn"] for t in self.all_trails.values() if t["cloudWatchLogsLogGroupArn"]]
        groups = [g.removesuffix(":*") for g in groups if g.split(":")[4] == self.account]
        self.read("logs.logGroup", "logs:DescribeLogGroups", self.log_group, groups, region_of)
        filters = self.read("logs.metricFilters", "logs:DescribeMetricFilters", self.metric_filters, groups, region_of)
        alarms = self.read("cloudwatch.alarms", "cloudwatch:DescribeAlarms", self.alarms, map(region_of, groups), lambda region: region)
        metrics = {(t["metricNamespace"], t["metricName"]) for group in filters.values() for f in group for t in f["transformations"]}
        topics = []
        for region in alarms.values():
            for alarm in region["metric"]:
                parts = [(alarm["namespace"], alarm["metricName"])]
                parts += [(m["metricStat"]["namespace"], m["metricStat"]["metricName"]) for m in alarm["metrics"] if m["metricStat"]]
                if metrics.intersection(parts):
                    topics += alarm["alarmActions"]
            for alarm in region["composite"]:
                topics += alarm["alarmActions"]
        topics = [t for t in topics if t.split(":")[2] == "sns"]
        self.read("sns.subscriptions", "sns:ListSubscriptionsByTopic", self.subscriptions, topics, region_of)
        self.read("sns.topicAttributes", "sns:GetTopicAttributes", self.topic_attributes, topics, region_of)

    def log_group(self, arn):
        name = resource_of(arn).removeprefix("log-group:")
        answer = self.aws.call("logs", "describe_log_groups", region_of(arn), logGroupNamePrefix=name)
        exact = [g for g in answer["logGroups"] if g["logGroupName"] == name]
        return pick(exact[0], name="logGroupName", arn="logGroupArn", **{"class": "logGroupClass"}) if exact else None

    def metric_filters(self, arn):
        name = resource_of(arn).removeprefix("log-group:")
        answer = self.none_if({"ResourceNotFoundException"}, "logs", "describe_metric_filters", region_of(arn), logGroupName=name)
        return [metric_filter(f) for f in (answer or {"metricFilters": []})["metricFilters"]]

    def alarms(self, region):
        answer = self.aws.call("cloudwatch", "describe_alarms", region, AlarmTypes=["MetricAlarm", "CompositeAlarm"])
        return {
            "metric": [metric_alarm(a) for a in answer["MetricAlarms"]],
            "composite": [pick(a, name="AlarmName", arn="AlarmArn", actionsEnabled="ActionsEnabled", alarmActions="AlarmActions",
                               alarmRule="AlarmRule", actionsSuppressor="ActionsSuppressor") for a in answer["CompositeAlarms"]],
        }

    def subscriptions(self, topic):
        answer = self.none_if({"NotFound"}, "sns", "list_subscriptions_by_topic", region_of(topic), TopicArn=topic)
        return answer and [pick(s, arn="SubscriptionArn", protocol="Protocol", owner="Owner") for s in answer["Subscriptions"]]

    def topic_attributes(self, topic):
        answer = self.none_if({"NotFound"}, "sns", "get_topic_attributes", region_of(topic), TopicArn=topic)
        return answer and pick(answer["Attributes"], policy="Policy", kmsMasterKeyId="KmsMasterKeyId")

    # EC2

    def ec2(self):
        def describe(kind, operation, members, value):
            action = "ec2:" + "".join(word.capitalize() for word in operation.split("_"))
            return self.regional(kind, action, lambda region: [value(item) for item in self.aws.call("ec2", operation, region)[members]])

        self.regional("ec2.instances", "ec2:DescribeInstances", lambda region: [
            {"id": i["InstanceId"], "state": i["State"]["Name"], "instanceProfileArn": i.get("IamInstanceProfile", {}).get("Arn"), "tags": tags_of(i),
             "metadataOptions": pick(i["MetadataOptions"], httpTokens="HttpTokens", httpEndpoint="HttpEndpoint", state="State")}
            for r in self.aws.call("ec2", "describe_instances", region)["Reservations"] for i in r["Instances"]])
        groups = describe("ec2.securityGroups", "describe_security_groups", "SecurityGroups", security_group)
        describe("ec2.networkInterfaces", "describe_network_interfaces", "NetworkInterfaces", lambda n: {
            "id": n["NetworkInterfaceId"], "vpcId": n["VpcId"], "groupIds": names_of(n["Groups"], "GroupId")})
        self.regional("ec2.ebsEncryptionByDefault", "ec2:GetEbsEncryptionByDefault", lambda region: self.aws.call(
            "ec2", "get_ebs_encryption_by_default", region)["EbsEncryptionByDefault"])
        describe("ec2.networkAcls", "describe_network_acls", "NetworkAcls", lambda a: {
            **pick(a, id="NetworkAclId", vpcId="VpcId", ownerId="OwnerId", isDefault="IsDefault"), "tags": tags_of(a),
            "entries": [{
                **pick(e, ruleNumber="RuleNumber", protocol="Protocol", action="RuleAction", isEgress="Egress", cidrBlock="CidrBlock", ipv6CidrBlock="Ipv6CidrBlock"),
                "fromPort": e.get("PortRange", {}).get("From"), "toPort": e.get("PortRange", {}).get("To")} for e in a["Entries"]]})
        describe("ec2.vpcs", "describe_vpcs", "Vpcs", lambda v: {
            **pick(v, id="VpcId", ownerId="OwnerId", isDefault="IsDefault", state="State"),
            "cidrBlocks": names_of(v["CidrBlockAssociationSet"], "CidrBlock"),
            "ipv6CidrBlocks": names_of(v["Ipv6CidrBlockAssociationSet"], "Ipv6CidrBlock"),
            "tags": tags_of(v)})
        describe("ec2.subnets", "describe_subnets", "Subnets", lambda s: pick(s, id="SubnetId", vpcId="VpcId", ownerId="OwnerId"))
        describe("ec2.flowLogs", "describe_flow_logs", "FlowLogs", lambda f: pick(
            f, id="FlowLogId", resourceId="ResourceId", status="FlowLogStatus", trafficType="TrafficType", deliverLogsStatus="DeliverLogsStatus",
            deliverLogsErrorMessage="DeliverLogsErrorMessage", logDestinationType="LogDestinationType"))
        tables = describe("ec2.routeTables", "describe_route_tables", "RouteTables", lambda t: {
            **pick(t, id="RouteTableId", vpcId="VpcId", ownerId="OwnerId"),
            "routes": [pick(
                r, state="State", destinationCidrBlock="DestinationCidrBlock", destinationIpv6CidrBlock="DestinationIpv6CidrBlock",
                destinationPrefixListId="DestinationPrefixListId", vpcPeeringConnectionId="VpcPeeringConnectionId", gatewayId="GatewayId")
                for r in t["Routes"]]})
        describe("ec2.vpcPeeringConnections", "describe_vpc_peering_connections", "VpcPeeringConnections", lambda c: {
            "id": c["VpcPeeringConnectionId"], "statusCode": c["Status"]["Code"],
            "requester": peering_vpc(c["RequesterVpcInfo"]), "accepter": peering_vpc(c["AccepterVpcInfo"]), "tags": tags_of(c)})
        self.prefix_lists("ec2.securityGroupPrefixLists", [
            f"{region}/{prefix_list}" for region, found in groups.items() for g in found for p in g["ingress"] for prefix_list in p["prefixListIds"]])
        self.prefix_lists("ec2.routePrefixLists", [
            f"{region}/{r['destinationPrefixListId']}" for region, found in tables.items() for t in found for r in t["routes"]
            if r["vpcPeeringConnectionId"] and r["destinationPrefixListId"]])

    def prefix_lists(self, kind, subjects):
        def entries(subject):
            region, prefix_list = subject.split("/")
            return names_of(self.aws.call("ec2", "get_managed_prefix_list_entries", region, PrefixListId=prefix_list)["Entries"], "Cidr")

        self.read(kind, "ec2:GetManagedPrefixListEntries", entries, subjects, lambda subject: subject.split("/")[0])


def users_with_more_credentials(report):
    """The IAM users of whom the report does not show every key."""
    if report is None or "additional_credentials_info" not in report["columns"]:
        return []
    column = report["columns"].index("additional_credentials_info")
    return [row[0] for row in report["rows"] if row[0] != "<root_account>" and row[column] not in ("", "N/A")]


def authorization_details(answer):
    def inline(policies):
        return [{"name": p["PolicyName"], "document": document(p["PolicyDocument"])} for p in policies]

    def principal(entity, of):
        return {
            "name": entity[of + "Name"],
            "arn": entity["Arn"],
            "inlinePolicies": inline(entity[of + "PolicyList"]),
            "attachedPolicies": [pick(p, name="PolicyName", arn="PolicyArn") for p in entity["AttachedManagedPolicies"]],
        }

    def bounded(entity):
        return {"permissionsBoundaryArn": entity.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")}

    return {
        "users": [{**principal(u, "User"), **bounded(u), "createDate": time(u["CreateDate"]), "groups": u["GroupList"], "tags": tags_of(u)}
                  for u in answer["UserDetailList"]],
        "groups": [principal(g, "Group") for g in answer["GroupDetailList"]],
        "roles": [{**principal(r, "Role"), **bounded(r), "assumeRolePolicyDocument": document(r["AssumeRolePolicyDocument"])} for r in answer["RoleDetailList"]],
        "policies": [{
            **pick(p, name="PolicyName", arn="Arn", attachmentCount="AttachmentCount",
                   permissionsBoundaryUsageCount="PermissionsBoundaryUsageCount", defaultVersionId="DefaultVersionId"),
            "versions": [{**pick(v, versionId="VersionId", isDefaultVersion="IsDefaultVersion"), "document": document(v["Document"])}
                         for v in p["PolicyVersionList"]],
        } for p in answer["Policies"]],
    }


def trail(t):
    return pick(
        t, name="Name", arn="TrailARN", homeRegion="HomeRegion", s3BucketName="S3BucketName", s3KeyPrefix="S3KeyPrefix",
        isMultiRegionTrail="IsMultiRegionTrail", isOrganizationTrail="IsOrganizationTrail", includeGlobalServiceEvents="IncludeGlobalServiceEvents",
        logFileValidationEnabled="LogFileValidationEnabled", hasCustomEventSelectors="HasCustomEventSelectors", kmsKeyId="KmsKeyId",
        cloudWatchLogsLogGroupArn="CloudWatchLogsLogGroupArn", cloudWatchLogsRoleArn="CloudWatchLogsRoleArn")


def trail_status(s):
    times = ["StartLoggingTime", "StopLoggingTime", "LatestDeliveryTime", "LatestCloudWatchLogsDeliveryTime"]
    return {
        **pick(s, isLogging="IsLogging", latestDeliveryError="LatestDeliveryError",
               latestCloudWatchLogsDeliveryError="LatestCloudWatchLogsDeliveryError", latestDigestDeliveryError="LatestDigestDeliveryError"),
        **{name[0].lower() + name[1:]: time(s.get(name)) for name in times},
    }


def event_selectors(answer):
    return {
        "classic": [{**pick(
            s, readWriteType="ReadWriteType", includeManagementEvents="IncludeManagementEvents",
            excludeManagementEventSources="ExcludeManagementEventSources"),
            "dataResources": [pick(r, type="Type", values="Values") for r in s["DataResources"]]} for s in answer.get("EventSelectors", [])],
        "advanced": [{"name": s.get("Name"), "fieldSelectors": [pick(
            f, field="Field", equalTo="Equals", notEquals="NotEquals", startsWith="StartsWith", notStartsWith="NotStartsWith",
            endsWith="EndsWith", notEndsWith="NotEndsWith") for f in s["FieldSelectors"]]} for s in answer.get("AdvancedEventSelectors", [])],
    }


def bucket_acl(answer):
    return {"ownerId": answer["Owner"]["ID"], "grants": [
        {"permission": g["Permission"], **pick(g["Grantee"], granteeType="Type", granteeId="ID", granteeUri="URI")} for g in answer["Grants"]]}


def public_access_block(answer):
    block = answer["PublicAccessBlockConfiguration"] if answer else {}
    return {name[0].lower() + name[1:]: block.get(name, False)
            for name in ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]}


def recorder(r):
    group = r.get("recordingGroup")
    return {
        **pick(r, name="name", roleArn="roleARN", servicePrincipal="servicePrincipal"),
        "hasRecordingGroup": group is not None,
        **pick(group or {"allSupported": False, "includeGlobalResourceTypes": False, "resourceTypes": []},
               allSupported="allSupported", includeGlobalResourceTypes="includeGlobalResourceTypes", resourceTypes="resourceTypes"),
        "excludedResourceTypes": (group or {}).get("exclusionByResourceTypes", {}).get("resourceTypes", []),
        "strategy": (group or {}).get("recordingStrategy", {}).get("useOnly"),
        "recordingFrequency": r.get("recordingMode", {}).get("recordingFrequency"),
    }


def metric_filter(f):
    return {
        **pick(f, name="filterName", logGroupName="logGroupName", pattern="filterPattern", applyOnTransformedLogs="applyOnTransformedLogs",
               fieldSelectionCriteria="fieldSelectionCriteria", emitSystemFieldDimensions="emitSystemFieldDimensions"),
        "transformations": [{
            **pick(t, metricNamespace="metricNamespace", metricName="metricName", metricValue="metricValue", defaultValue="defaultValue",
                   unit="unit"),
            "dimensions": [{"name": name, "value": value} for name, value in t.get("dimensions", {}).items()],
        } for t in f["metricTransformations"]],
    }


def metric_alarm(a):
    def dimensions(items):
        return [pick(d, name="Name", value="Value") for d in items]

    def stat(s):
        return s and {**pick(s["Metric"], namespace="Namespace", metricName="MetricName"), "dimensions": dimensions(s["Metric"]["Dimensions"]),
                      **pick(s, stat="Stat", period="Period", unit="Unit")}

    return {
        **pick(a, name="AlarmName", arn="AlarmArn", actionsEnabled="ActionsEnabled", alarmActions="AlarmActions", namespace="Namespace",
               metricName="MetricName", comparisonOperator="ComparisonOperator", threshold="Threshold", evaluationPeriods="EvaluationPeriods",
               datapointsToAlarm="DatapointsToAlarm", statistic="Statistic", extendedStatistic="ExtendedStatistic", period="Period",
               treatMissingData="TreatMissingData", thresholdMetricId="ThresholdMetricId", unit="Unit"),
        "dimensions": dimensions(a["Dimensions"]),
        "metrics": [{**pick(m, id="Id", returnData="ReturnData", expression="Expression", accountId="AccountId"),
                     "metricStat": stat(m.get("MetricStat"))} for m in a.get("Metrics", [])],
    }


def security_group(g):
    def permissions(items):
        return [{
            **pick(p, protocol="IpProtocol", fromPort="FromPort", toPort="ToPort"),
            "ipv4Ranges": [pick(r, cidr="CidrIp", description="Description") for r in p["IpRanges"]],
            "ipv6Ranges": [pick(r, cidr="CidrIpv6", description="Description") for r in p["Ipv6Ranges"]],
            "prefixListIds": names_of(p["PrefixListIds"], "PrefixListId"),
            "groupIds": names_of(p["UserIdGroupPairs"], "GroupId"),
        } for p in items]

    return {
        **pick(g, id="GroupId", name="GroupName", ownerId="OwnerId", vpcId="VpcId", description="Description"),
        "ingress": permissions(g["IpPermissions"]),
        "egress": permissions(g["IpPermissionsEgress"]),
        "tags": tags_of(g),
    }


def peering_vpc(v):
    return {
        **pick(v, vpcId="VpcId", ownerId="OwnerId", region="Region"),
        "cidrBlocks": names_of(v.get("CidrBlockSet", []), "CidrBlock"),
        "ipv6CidrBlocks": names_of(v.get("Ipv6CidrBlockSet", []), "Ipv6CidrBlock"),
    }


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("client", choices=["boto3", "cli"])
    arguments.add_argument("endpoint")
    arguments.add_argument("region")
    arguments.add_argument("--cloudwatch", choices=["query", "json", "smithy-rpc-v2-cbor"], help="boto3 only; its own choice by default")
    arguments.add_argument("--s3", choices=["path", "virtual"], default="path", help="boto3 only: where the bucket's name stands")
    given = arguments.parse_args()
    aws = Cli(given.endpoint) if given.client == "cli" else Boto3(given.endpoint, given.cloudwatch, given.s3)
    json.dump(Collector(aws, given.region).collect(), sys.stdout)


if __name__ == "__main__":
    main()
