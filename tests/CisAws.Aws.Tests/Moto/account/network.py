"""Section 4 and 2.9: VPCs, flow logs, security groups, peering; and the instances of 1.19."""

import ipaddress

from . import FAIL, MANUAL, NOT_APPLICABLE, PASS

EVERYWHERE = {4: ipaddress.ip_network("0.0.0.0/0"), 6: ipaddress.ip_network("::/0")}
SOURCES = {
    "the internet": [["0.0.0.0/0"], ["::/0"], ["0.0.0.0/1", "128.0.0.0/1"], ["203.0.113.0/24", "0.0.0.0/0"], ["::/1", "8000::/1"]],
    "somebody": [["10.0.0.0/8"], ["203.0.113.7/32"], ["0.0.0.0/1"], ["2001:db8::/32"], ["10.1.0.0/16", "128.0.0.0/1"]],
}
SERVICES = [
    ("tcp", 22, 22), ("tcp", 3389, 3389), ("tcp", 0, 65535), ("tcp", 0, 1024), ("tcp", 3000, 4000), ("-1", None, None), ("6", 22, 22),
    ("tcp", 23, 3388), ("tcp", 443, 443), ("tcp", 3390, 3390), ("udp", 22, 22), ("udp", 3389, 3389), ("17", 3000, 4000), ("icmp", 3, -1),
    ("icmpv6", -1, -1),
]


def build(account):
    verdicts = {"1.19": [], "2.9": [], "4.1": [], "4.2": [], "4.3": []}
    vpcs = {region: _region(account, region, verdicts) for region in account.regions}
    # Open to the world, but in a region that nobody asked about.
    elsewhere = account.client("ec2", account.outside)
    group = elsewhere.create_security_group(GroupName="open", Description="not assessed")["GroupId"]
    elsewhere.authorize_security_group_ingress(GroupId=group, IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp="0.0.0.0/0")
    for control, findings in verdicts.items():
        account.predict_each(control, findings)
    active = _peerings(account, vpcs)
    account.predict("4.4", MANUAL if active else NOT_APPLICABLE, f"{active} active peering connections")


def _region(account, region, verdicts):
    ec2 = account.client("ec2", region)
    for vpc in ec2.describe_vpcs()["Vpcs"]:
        if account.quality == 1 or account.chance(0.3):
            _delete(ec2, vpc["VpcId"])  # The default VPC, as the careful do.
    second = account.regions.index(region) * 100
    for number in range(account.random.randrange(3)):
        vpc = ec2.create_vpc(CidrBlock=f"10.{second + number}.0.0/16")["Vpc"]["VpcId"]
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.{second + number}.1.0/24")
    lists = [_prefix_list(account, ec2, number) for number in range(account.random.randrange(4))]
    vpcs = ec2.describe_vpcs()["Vpcs"]
    account.client("logs", region).create_log_group(logGroupName="vpc-flow")
    for vpc in vpcs:
        verdicts["2.9"].append((account.arn("ec2", region, f"vpc/{vpc['VpcId']}"), *_flow_logs(account, ec2, vpc["VpcId"])))
        default = next(g for g in _groups(ec2, vpc["VpcId"]) if g["GroupName"] == "default")
        verdicts["4.3"].append((account.arn("ec2", region, f"security-group/{default['GroupId']}"), *_default_group(account, ec2, default)))
        for number in range(account.random.randrange(2, 6)):
            group = ec2.create_security_group(GroupName=f"app-{number}", Description="application", VpcId=vpc["VpcId"])["GroupId"]
            rules = _rules(account, ec2, group, lists)
            arn = account.arn("ec2", region, f"security-group/{group}")
            verdicts["4.1"].append((arn, _open(rules, 22, {"tcp", "6", "-1"}), str(rules)))
            verdicts["4.2"].append((arn, _open(rules, 3389, {"tcp", "6", "udp", "17", "-1"}), str(rules)))
        for control in ("4.1", "4.2"):
            verdicts[control].append((account.arn("ec2", region, f"security-group/{default['GroupId']}"), PASS, "lets nobody in"))
        verdicts["1.19"] += _instances(account, ec2, region, vpc["VpcId"])
    return vpcs


def _groups(ec2, vpc):
    return ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["SecurityGroups"]


def _delete(ec2, vpc):
    for subnet in ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]:
        ec2.delete_subnet(SubnetId=subnet["SubnetId"])
    for gateway in ec2.describe_internet_gateways(Filters=[{"Name": "attachment.vpc-id", "Values": [vpc]}])["InternetGateways"]:
        ec2.detach_internet_gateway(InternetGatewayId=gateway["InternetGatewayId"], VpcId=vpc)
        ec2.delete_internet_gateway(InternetGatewayId=gateway["InternetGatewayId"])
    ec2.delete_vpc(VpcId=vpc)


def _prefix_list(account, ec2, number):
    """Creates a managed prefix list; gives its id and its networks."""
    sources = account.pick(SOURCES["somebody" if account.quality == 1 else account.pick(SOURCES)])
    version = ipaddress.ip_network(sources[0]).version
    created = ec2.create_managed_prefix_list(
        PrefixListName=f"partners-{number}", MaxEntries=10, AddressFamily=f"IPv{version}", Entries=[{"Cidr": c} for c in sources])
    return created["PrefixList"]["PrefixListId"], sources


def _flow_logs(account, ec2, vpc):
    role = account.global_arn("iam", "role/flow-logs")
    wrong = ["none", "ACCEPT", "to a log group that is gone", "of a subnet only"]
    state = account.pick(["REJECT", "ALL", "a bad one and a good one"]) if account.good() else account.pick(wrong)

    def create(traffic, group="vpc-flow", kind="VPC", resource=vpc):
        ec2.create_flow_logs(ResourceIds=[resource], ResourceType=kind, TrafficType=traffic, LogGroupName=group, DeliverLogsPermissionArn=role)

    if state in ("REJECT", "ALL", "ACCEPT"):
        create(state)
    if state in ("to a log group that is gone", "a bad one and a good one"):
        create("ALL", group="no-such-group")
    if state == "a bad one and a good one":
        create("REJECT")
    if state == "of a subnet only":
        for subnet in ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]:
            create("ALL", kind="Subnet", resource=subnet["SubnetId"])
    return FAIL if state in wrong else PASS, f"flow logs: {state}"


def _default_group(account, ec2, group):
    if account.good():
        ec2.revoke_security_group_egress(GroupId=group["GroupId"], IpPermissions=group["IpPermissionsEgress"])
        return PASS, "no rules"
    if account.chance(0.5):
        own = [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group["GroupId"]}]}]
        ec2.authorize_security_group_ingress(GroupId=group["GroupId"], IpPermissions=own)
        if account.chance(0.5):
            ec2.revoke_security_group_egress(GroupId=group["GroupId"], IpPermissions=group["IpPermissionsEgress"])
            return FAIL, "lets itself in"
    return FAIL, "lets everything out"


def _rules(account, ec2, group, lists):
    """Creates ingress rules; gives (protocol, from, to, networks) of each."""
    rules = []
    for protocol, low, high in account.random.sample(SERVICES, account.pick([0, 1, 1, 1, 2, 2])):
        permission, networks = {"IpProtocol": protocol}, []
        if low is not None:
            permission |= {"FromPort": low, "ToPort": high}
        kind = account.pick(["addresses", "addresses", "addresses", "list", "list", "group"])
        if kind == "group":
            permission["UserIdGroupPairs"] = [{"GroupId": group}]
        elif kind == "list" and lists:
            prefix_list, networks = account.pick(lists)
            permission["PrefixListIds"] = [{"PrefixListId": prefix_list}]
        else:
            wide = low == 443 or (account.quality < 1 and account.chance(0.6))
            networks = account.pick(SOURCES["the internet" if wide else "somebody"])
            permission["IpRanges"] = [{"CidrIp": c} for c in networks if ":" not in c]
            permission["Ipv6Ranges"] = [{"CidrIpv6": c} for c in networks if ":" in c]
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
        rules.append((protocol, low, high, networks))
    return rules


def _open(rules, port, protocols):
    """FAIL when the rules together let the whole address space reach a port."""
    networks = [
        ipaddress.ip_network(n) for protocol, low, high, sources in rules for n in sources
        if protocol in protocols and (protocol == "-1" or low <= port <= high)]
    for version, everywhere in EVERYWHERE.items():
        if everywhere in ipaddress.collapse_addresses(n for n in networks if n.version == version):
            return FAIL
    return PASS


def _instances(account, ec2, region, vpc):
    subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
    iam, verdicts = account.client("iam"), []
    for number in range(account.random.randrange(3) if subnets else 0):
        state = account.pick(["role", "terminated"] if account.good() else ["no profile", "profile without role", "stopped"])
        settings = {}
        if state in ("role", "profile without role"):
            name = f"profile-{vpc}-{number}"
            iam.create_instance_profile(InstanceProfileName=name)
            settings["IamInstanceProfile"] = {"Name": name}
            if state == "role":
                iam.create_role(RoleName=name, AssumeRolePolicyDocument='{"Version":"2012-10-17","Statement":[]}')
                iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=name)
        reservation = ec2.run_instances(ImageId="ami-12c6146b", MinCount=1, MaxCount=1, SubnetId=subnets[0]["SubnetId"], **settings)
        instance = reservation["Instances"][0]["InstanceId"]
        if state == "terminated":
            ec2.terminate_instances(InstanceIds=[instance])
            continue
        if state == "stopped":
            ec2.stop_instances(InstanceIds=[instance])
        verdicts.append((account.arn("ec2", region, f"instance/{instance}"), PASS if state == "role" else FAIL, state))
    return verdicts


def _peerings(account, vpcs):
    """Peers VPCs of a region or of two; gives how many connections are active. An active one has a route."""
    ends = [(region, vpc) for region in vpcs for vpc in vpcs[region]]
    active = 0
    for number in range(account.random.randrange(3) if len(ends) > 1 else 0):
        (region, vpc), (peer_region, peer) = account.random.sample(ends, 2)
        ec2 = account.client("ec2", region)
        connection = ec2.create_vpc_peering_connection(VpcId=vpc["VpcId"], PeerVpcId=peer["VpcId"], PeerRegion=peer_region)
        connection = connection["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        if account.chance(0.3):
            continue  # Nobody has accepted it.
        account.client("ec2", peer_region).accept_vpc_peering_connection(VpcPeeringConnectionId=connection)
        active += 1
        table = ec2.create_route_table(VpcId=vpc["VpcId"])["RouteTable"]["RouteTableId"]
        destination = account.pick([peer["CidrBlock"], "192.168.0.0/24"])
        ec2.create_route(RouteTableId=table, DestinationCidrBlock=destination, VpcPeeringConnectionId=connection)
    return active
