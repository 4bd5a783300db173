"""Makes one state of an account that a remediation is for, in an empty moto_server.

In: the name of the state and the endpoint. Out: JSON with the values of the remediation's placeholders. Files that the
remediation's commands read are written to the current folder.
"""
import json
import sys

import boto3
from botocore.config import Config

STATE, ENDPOINT = sys.argv[1:]
REGION, ACCOUNT = "us-east-1", "123456789012"
QUIET = Config(retries={"max_attempts": 0})
TRAIL, BUCKET, GROUP = "audit", "audit-logs", "audit-events"
LOG_GROUP_ARN = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{GROUP}:*"
EVERYTHING = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
LITTLE = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}


def client(service):
    return boto3.client(service, endpoint_url=ENDPOINT, region_name=REGION, config=QUIET, aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="secret")


def trust(service):
    return {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}}


def write(name, document):
    with open(f"{name}.json", "w") as file:
        json.dump(document, file)


def user(key=False, password=True):
    iam = client("iam")
    iam.create_user(UserName="ann")
    if password:
        iam.create_login_profile(UserName="ann", Password="Welcome-1234567")
    values = {"USER_NAME": "ann", "ACCOUNT_ID": ACCOUNT, "REGION": REGION}
    if key:
        values["ACCESS_KEY_ID"] = iam.create_access_key(UserName="ann")["AccessKey"]["AccessKeyId"]
    return values


def user_without_mfa():
    return user() | {"MFA_SERIAL_NUMBER": f"arn:aws:iam::{ACCOUNT}:mfa/ann", "FIRST_CODE": "123456", "SECOND_CODE": "654321"}


def user_with_key():
    return user(key=True)


def user_with_policies():
    values = user(password=False)
    iam = client("iam")
    arn = iam.create_policy(PolicyName="little", PolicyDocument=json.dumps(LITTLE))["Policy"]["Arn"]
    iam.attach_user_policy(UserName="ann", PolicyArn=arn)
    iam.put_user_policy(UserName="ann", PolicyName="own", PolicyDocument=json.dumps(LITTLE))
    return values | {"GROUP_NAME": "readers", "POLICY_ARN": arn, "POLICY_NAME": "own"}


def weak_password_policy():
    client("iam").update_account_password_policy(MinimumPasswordLength=8)
    return {}


def empty():
    return {
        "NAME": "Security", "TITLE": "Team", "EMAIL_ADDRESS": "security@example.com", "PHONE_NUMBER": "+4612345678",
        "ROLE_NAME": "incident-support", "PRINCIPAL_ARN": f"arn:aws:iam::{ACCOUNT}:root", "ACCOUNT_ID": ACCOUNT, "REGION": REGION,
    }


def instance():
    ec2 = client("ec2")
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    instance_id = ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    return {
        "REGION": REGION, "INSTANCE_ID": instance_id, "INSTANCE_PROFILE_NAME": "reader", "ROLE_NAME": "reader",
        "POLICY_ARN": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
    }


def instance_with_empty_profile():
    values = instance()
    iam, ec2 = client("iam"), client("ec2")
    iam.create_instance_profile(InstanceProfileName="empty")
    association = ec2.associate_iam_instance_profile(InstanceId=values["INSTANCE_ID"], IamInstanceProfile={"Name": "empty"})
    return values | {"ASSOCIATION_ID": association["IamInstanceProfileAssociation"]["AssociationId"]}


def administrative_policy():
    iam = client("iam")
    arn = iam.create_policy(PolicyName="everything", PolicyDocument=json.dumps(LITTLE))["Policy"]["Arn"]
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(EVERYTHING), SetAsDefault=True)
    iam.create_user(UserName="ann")
    iam.attach_user_policy(UserName="ann", PolicyArn=arn)
    iam.create_group(GroupName="staff")
    iam.attach_group_policy(GroupName="staff", PolicyArn=arn)
    iam.create_role(RoleName="worker", AssumeRolePolicyDocument=json.dumps(trust("ec2.amazonaws.com")))
    iam.attach_role_policy(RoleName="worker", PolicyArn=arn)
    write("NARROWER_POLICY", LITTLE)
    return {
        "POLICY_ARN": arn, "POLICY_NAME": "everything", "VERSION_ID": "v2", "OLD_VERSION_ID": "v2",
        "USER_NAME": "ann", "GROUP_NAME": "staff", "ROLE_NAME": "worker",
    }


def bucket():
    client("s3").create_bucket(Bucket=BUCKET)
    return {"HOME_REGION": REGION, "REGION": REGION, "TRAIL_NAME": TRAIL, "BUCKET_NAME": BUCKET, "BUCKET_REGION": REGION, "ACCOUNT_ID": ACCOUNT}


def trail(**options):
    values = bucket()
    client("cloudtrail").create_trail(Name=TRAIL, S3BucketName=BUCKET, **options)
    return values


def single_region_trail():
    return trail(IsMultiRegionTrail=False)


def trail_to_public_bucket():
    values = trail()
    s3 = client("s3")
    s3.put_bucket_acl(Bucket=BUCKET, ACL="public-read")
    public = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{BUCKET}/*"}
    own = public | {"Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:PutObject"}
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [own, public]}))
    return values


def trail_without_log_group():
    write("TRUST_POLICY", trust("cloudtrail.amazonaws.com"))
    write("PERMISSIONS", {"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": LOG_GROUP_ARN}})
    values = trail()
    client("cloudtrail").start_logging(Name=TRAIL)
    return values | {
        "LOG_GROUP_NAME": GROUP, "LOG_GROUP_ARN": LOG_GROUP_ARN, "ROLE_NAME": "trail", "ROLE_ARN": f"arn:aws:iam::{ACCOUNT}:role/trail", "POLICY_NAME": "write"}


def no_recorder():
    return bucket() | {
        "ROLE_ARN": f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"}


def trail_to_unlogged_bucket():
    values = trail()
    client("s3").create_bucket(Bucket="access-logs")
    return values | {"TARGET_BUCKET_NAME": "access-logs"}


def target_with_policy():
    values = trail_to_unlogged_bucket()
    own = {"Sid": "Own", "Effect": "Deny", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "s3:DeleteBucket", "Resource": "arn:aws:s3:::access-logs"}
    client("s3").put_bucket_policy(Bucket="access-logs", Policy=json.dumps({"Version": "2012-10-17", "Statement": own}))
    return values


def trail_without_key():
    key = client("kms").create_key()["KeyMetadata"]
    return trail() | {"KEY_ID": key["KeyId"], "KEY_ARN": key["Arn"]}


def key_without_rotation():
    return {"REGION": REGION, "KEY_ID": client("kms").create_key()["KeyMetadata"]["KeyId"]}


def default_vpc():
    client("logs").create_log_group(logGroupName=GROUP)
    client("iam").create_role(RoleName="flow-logs", AssumeRolePolicyDocument=json.dumps(trust("vpc-flow-logs.amazonaws.com")))
    client("s3").create_bucket(Bucket="flow-logs")
    vpc = client("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]
    return {
        "REGION": REGION, "VPC_ID": vpc, "LOG_GROUP_NAME": GROUP, "ROLE_ARN": f"arn:aws:iam::{ACCOUNT}:role/flow-logs", "BUCKET_ARN": "arn:aws:s3:::flow-logs"}


def unwatched_trail():
    client("logs").create_log_group(logGroupName=GROUP)
    role = client("iam").create_role(RoleName="trail", AssumeRolePolicyDocument=json.dumps(trust("cloudtrail.amazonaws.com")))["Role"]["Arn"]
    values = trail(IsMultiRegionTrail=True, CloudWatchLogsLogGroupArn=LOG_GROUP_ARN, CloudWatchLogsRoleArn=role)
    client("cloudtrail").start_logging(Name=TRAIL)
    return values | {
        "LOG_GROUP_NAME": GROUP, "TOPIC_NAME": "alerts", "TOPIC_ARN": f"arn:aws:sns:{REGION}:{ACCOUNT}:alerts", "EMAIL_ADDRESS": "security@example.com"}


def open_group(port):
    ec2 = client("ec2")
    group = ec2.create_security_group(GroupName="open", Description="open")["GroupId"]
    rule = ec2.authorize_security_group_ingress(
        GroupId=group, IpPermissions=[{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
    return {"REGION": REGION, "GROUP_ID": group, "TRUSTED_CIDR": "192.0.2.0/24", "RULE_ID": rule["SecurityGroupRules"][0]["SecurityGroupRuleId"]}


def ssh_open_to_all():
    return open_group(22)


def rdp_open_to_all():
    return open_group(3389)


def default_group_with_rules():
    ec2 = client("ec2")
    group = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": ["default"]}])["SecurityGroups"][0]["GroupId"]
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    other = ec2.create_security_group(GroupName="own", Description="own", VpcId=vpc)["GroupId"]
    interface = ec2.create_network_interface(SubnetId=subnet, Groups=[group])["NetworkInterface"]["NetworkInterfaceId"]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}])
    rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])["SecurityGroupRules"]
    of = lambda egress: " ".join(rule["SecurityGroupRuleId"] for rule in rules if rule["IsEgress"] == egress)
    return {
        "REGION": REGION, "GROUP_ID": group, "NETWORK_INTERFACE_ID": interface, "OTHER_GROUP_ID": other,
        "INBOUND_RULE_ID": of(False), "OUTBOUND_RULE_ID": of(True)}


def wide_peering_route():
    ec2 = client("ec2")
    own = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    peer = ec2.create_vpc(CidrBlock="10.2.0.0/16")["Vpc"]["VpcId"]
    peering = ec2.create_vpc_peering_connection(VpcId=own, PeerVpcId=peer)["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    table = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [own]}])["RouteTables"][0]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="10.2.0.0/16", VpcPeeringConnectionId=peering)
    return {
        "REGION": REGION, "PEERING_CONNECTION_ID": peering, "ROUTE_TABLE_ID": table, "NARROW_CIDR": "10.2.3.0/24", "WIDE_CIDR": "10.2.0.0/16"}


json.dump(globals()[STATE](), sys.stdout)
