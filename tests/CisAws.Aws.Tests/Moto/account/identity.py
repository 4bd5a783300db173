"""Section 1: password policy, users, policies, the support role, the security contact."""

import json

from . import FAIL, MANUAL, NOT_APPLICABLE, PASS, UNKNOWN

NAMES = ["alice", "bob.smith", "carol@example.com", "dave+ops", "build-agent", "erin_k", "frank=legacy", "grace"]
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
READ_ONLY = {"Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"}

# What a policy says, whether 1.22 calls it administrative, and the trap that is in it.
STATEMENTS = [
    (READ_ONLY, False, "reads S3"),
    ({"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, False, "all of one service"),
    ({"Effect": "Deny", "Action": "*", "Resource": "*"}, False, "denies"),
    ({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, False, "NotAction is not Action *"),
    ({"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::a+b%2Bc/*"}, False, "NotResource is not Resource *"),
    ([{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::logs/*"}, READ_ONLY], False, "* and * in two statements"),
    (EVERYTHING, True, "* on *"),
    ([READ_ONLY, {"Effect": "Allow", "Action": ["s3:Get*", "*"], "Resource": ["*", "arn:aws:s3:::x"]}], True, "* on * inside lists"),
    ({"Effect": "Allow", "Action": "*:*", "Resource": "*"}, True, "*:* on *"),
    ([EVERYTHING | {"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}], True, "conditional"),
    ([EVERYTHING, {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}], True, "a Deny beside it"),
]


def document(statement):
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


def trust(principal):
    return document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})


def build(account):
    iam = account.client("iam")
    _password_policy(account, iam)
    policies = _customer_policies(account, iam)
    support_users = _support(account, iam)
    _users(account, iam, policies, support_users)
    _security_contact(account)

    account.predict("1.1", UNKNOWN, "moto's credential report has no root row")
    account.leave_out("1.12", "no root row in the credential report, and AccountAccessKeysPresent is always 0")
    for control in ("1.13", "1.14"):
        account.predict(control, UNKNOWN, "AccountMFAEnabled is 0, and neither the summary nor the report tells whether root has a password")
    account.predict("1.15", MANUAL, "no API shows security questions")
    account.predict("1.17", MANUAL, "whether contact details are current, a person must say")


def _password_policy(account, iam):
    policy = None
    if account.good() or account.chance(0.5):
        policy = {
            "MinimumPasswordLength": account.pick([14, 20, 128]) if account.good() else account.pick([6, 8, 13]),
            "RequireUppercaseCharacters": account.good(),
            "RequireLowercaseCharacters": account.good(),
            "RequireSymbols": account.good(),
            "RequireNumbers": account.good(),
            "PasswordReusePrevention": 24 if account.good() else account.pick([None, 1, 23]),
            "MaxPasswordAge": account.pick([1, 60, 90]) if account.good() else account.pick([None, 91, 365]),
            "HardExpiry": account.chance(0.2),
        }
        iam.update_account_password_policy(**{k: v for k, v in policy.items() if v is not None})

    says = policy or {}
    tests = {
        "1.5": says.get("RequireUppercaseCharacters"),
        "1.6": says.get("RequireLowercaseCharacters"),
        "1.7": says.get("RequireSymbols"),
        "1.8": says.get("RequireNumbers"),
        "1.9": (says.get("MinimumPasswordLength") or 0) >= 14,
        "1.10": says.get("PasswordReusePrevention") == 24,
        "1.11": says.get("MaxPasswordAge") in range(1, 91),
    }
    for control, met in tests.items():
        account.predict(control, PASS if met else FAIL, f"the password policy is {policy}")


def _customer_policies(account, iam):
    """Creates managed policies, predicts 1.22, and gives the ARNs of those that are harmless."""
    verdicts, harmless = [], []
    for number in range(account.random.randrange(7)):
        statement, admin, why = account.pick(s for s in STATEMENTS if account.quality < 1 or not s[1])
        name = f"team-policy-{number}"
        arn = iam.create_policy(PolicyName=name, Path=account.pick(["/", "/teams/"]), PolicyDocument=document(statement))["Policy"]["Arn"]
        if account.chance(0.3):
            # Only the default version counts; the second version is of the other sort.
            second, as_default = READ_ONLY if admin else EVERYTHING, account.chance(0.5) and account.quality < 1
            iam.create_policy_version(PolicyArn=arn, PolicyDocument=document(second), SetAsDefault=as_default)
            if as_default:
                admin, why = not admin, "what its second version says"
        if not admin:
            harmless.append(arn)
        verdicts.append((arn, FAIL if admin else PASS, why))

    if account.chance(0.4):
        # Not the AWS managed policy of that name, so it makes nobody a support role.
        support = document({"Effect": "Allow", "Action": "support:*", "Resource": "*"})
        arn = iam.create_policy(PolicyName="AWSSupportAccess", PolicyDocument=support)["Policy"]["Arn"]
        iam.create_role(RoleName="not-support", AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}))
        iam.attach_role_policy(RoleName="not-support", PolicyArn=arn)
        verdicts.append((arn, PASS, "support:*"))
    account.predict_each("1.22", verdicts)
    return harmless


def _users(account, iam, policies, support_users):
    iam.create_group(GroupName="developers")
    iam.put_group_policy(GroupName="developers", PolicyName="read", PolicyDocument=document(READ_ONLY))
    for arn in policies[:1]:
        iam.attach_group_policy(GroupName="developers", PolicyArn=arn)

    mfa, unused, rotation, setup = [], [], [], []
    direct = [(arn, FAIL, "AWSSupportAccess on the user") for arn in support_users]
    for name in account.random.sample(NAMES, account.random.randrange(1, len(NAMES)) if account.quality < 1 else account.pick([0, 4])):
        user = iam.create_user(UserName=name, Path=account.pick(["/", "/people/"]))["User"]["Arn"]
        iam.add_user_to_group(GroupName="developers", UserName=name)
        password = account.chance(0.6)
        if password:
            iam.create_login_profile(UserName=name, Password="correct horse battery 1A!")
        if account.good() if password else account.chance(0.2):
            serial = iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]["SerialNumber"]
            iam.enable_mfa_device(UserName=name, SerialNumber=serial, AuthenticationCode1="123456", AuthenticationCode2="654321")
            mfa.append((user, PASS if password else NOT_APPLICABLE, "has MFA"))
        else:
            mfa.append((user, FAIL if password else NOT_APPLICABLE, "has no MFA"))

        keys = [_access_key(account, iam, name) for _ in range(account.random.randrange(2 if password and account.good() else 3))]
        active = sum(1 for key_active, _ in keys if key_active)
        # Passwords and keys are as old as the user, and a use by this script is as old as the key.
        age = f"{account.age_in_days} days old"
        unused.append((user, (FAIL if account.age_in_days >= 90 else PASS) if password or active else NOT_APPLICABLE, age))
        rotation.append((user, (FAIL if account.age_in_days > 90 else PASS) if active else NOT_APPLICABLE, age))
        at_setup_and_unused = any(not used for _, used in keys)
        setup.append((user, (FAIL if at_setup_and_unused else PASS) if password else NOT_APPLICABLE, "has a key from the start, never used"))
        direct.append((user, *_direct_policies(account, iam, name, policies)))

    account.predict_each("1.2", mfa)
    account.predict_each("1.3", unused)
    account.predict_each("1.4", rotation)
    account.predict_each("1.16", direct)
    account.predict_each("1.21", setup)


def _access_key(account, iam, user):
    """Creates a key; says whether it is active and whether it has been used."""
    key = iam.create_access_key(UserName=user)["AccessKey"]
    used = account.chance(0.4)
    if used:
        account.client_of(key["AccessKeyId"], key["SecretAccessKey"], "sts", account.regions[0]).get_caller_identity()
    active = account.chance(0.7)
    if not active:
        iam.update_access_key(UserName=user, AccessKeyId=key["AccessKeyId"], Status="Inactive")
    return active, used


def _direct_policies(account, iam, user, policies):
    if account.good():
        return PASS, "policies come from the group"
    kind = account.pick(["inline", "AWS managed", "customer managed"])
    if kind == "inline":
        iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=document(READ_ONLY))
    elif kind == "AWS managed" or not policies:
        iam.attach_user_policy(UserName=user, PolicyArn="arn:aws:iam::aws:policy/IAMUserChangePassword")
    else:
        iam.attach_user_policy(UserName=user, PolicyArn=policies[-1])
    return FAIL, f"{kind} policy on the user"


def _support(account, iam):
    """Gives AWSSupportAccess to somebody or nobody, and the ARNs of the users who have it."""
    holder = account.pick(["role", "role", "group", "user"]) if account.good() else "nobody"
    policy, users = "arn:aws:iam::aws:policy/AWSSupportAccess", []
    if holder == "role":
        iam.create_role(RoleName="support", AssumeRolePolicyDocument=trust({"AWS": account.global_arn("iam", "root")}))
        iam.attach_role_policy(RoleName="support", PolicyArn=policy)
    elif holder == "group":
        iam.create_group(GroupName="support")
        iam.attach_group_policy(GroupName="support", PolicyArn=policy)
    elif holder == "user":
        users = [iam.create_user(UserName="support-desk")["User"]["Arn"]]
        iam.attach_user_policy(UserName="support-desk", PolicyArn=policy)
    account.predict("1.20", FAIL if holder == "nobody" else PASS, f"AWSSupportAccess is with a {holder}")
    return users


def _security_contact(account):
    contacts = [t for t in ("BILLING", "OPERATIONS") if account.chance(0.4)]
    contacts += ["SECURITY"] if account.good() else []
    for kind in contacts:
        account.client("account").put_alternate_contact(
            AlternateContactType=kind, EmailAddress=f"{kind.lower()}@example.com", Name="On Call", PhoneNumber="+1 555 0100", Title="Duty officer")
    account.predict("1.18", PASS if "SECURITY" in contacts else FAIL, f"alternate contacts are {contacts}")
