"""Section 3: metric filters, alarms and topics behind the trails, with every link of the chain broken now and then."""

from . import FAIL, PASS
from .patterns import PATTERNS, exact, narrowed, respelled

BROKEN_LINKS = [
    "an event is not in the filter", "the filter is on another log group", "the metric has a dimension", "the metric's value is 0", "no alarm",
    "the alarm is on another namespace", "the alarm is on another name", "the alarm is in another region", "the alarm is for less than",
    "the alarm is in another unit", "a query is in another unit", "actions are disabled", "only an OK action", "the action is no topic", "the topic has no subscription", "the topic is gone",
]
UNIT_LINKS = ["the alarm is in another unit", "a query is in another unit"]
HARMLESS = ["as printed", "as printed", "spelled otherwise", "the alarm waits for ten", "metric math", "a default value", "two actions", "a unit"]


def build(account, trails):
    groups = [t for t in trails if t.log_group and t.log_group_exists]
    topics = {region: _topics(account, region) for region in {t.region for t in groups}}
    for trail in groups:
        account.client("logs", trail.region).create_log_group(logGroupName=f"/app/{trail.log_group}")
    for control in PATTERNS:
        chains = []
        for number in range(account.pick([1, 1, 2] if account.quality == 1 else [0, 1, 1, 1, 2]) if groups else 0):
            trail = account.pick(groups)
            broken = account.pick(BROKEN_LINKS) if account.quality < 1 and account.chance(0.6) else None
            variant = account.pick(HARMLESS)
            _chain(account, control, f"cis-{control.replace('.', '-')}-{number}", trail, topics[trail.region], broken, variant)
            chains.append((trail, broken, variant))
        whole = any(broken is None and trail.qualifies for trail, broken, _ in chains)
        account.predict(control, PASS if whole else FAIL, "; ".join(
            f"{variant}, {broken or 'unbroken'}, behind {trail}" for trail, broken, variant in chains) or "no filter")


def _topics(account, region):
    sns = account.client("sns", region)
    topics = {name: sns.create_topic(Name=name)["TopicArn"] for name in ("security-alerts", "nobody-listens", "retired")}
    for name in ("security-alerts", "retired"):
        sns.subscribe(TopicArn=topics[name], Protocol="email", Endpoint="security@example.com")
    sns.delete_topic(TopicArn=topics["retired"])
    return topics


def _chain(account, control, name, trail, topics, broken, variant):
    metric = {"metricName": f"{name}-Count", "metricNamespace": "CISBenchmark", "metricValue": "1"}
    if broken == "the metric's value is 0":
        metric["metricValue"] = "0"
    if broken == "the metric has a dimension":
        metric["dimensions"] = {"EventName": "$.eventName"}
    elif variant == "a default value":
        metric["defaultValue"] = 0
    if variant == "a unit":
        metric["unit"] = "Count"
    if broken == "an event is not in the filter":
        pattern = narrowed(control)
    else:
        pattern = respelled(control, account.random) if variant == "spelled otherwise" else exact(control)
    group = f"/app/{trail.log_group}" if broken == "the filter is on another log group" else trail.log_group
    account.client("logs", trail.region).put_metric_filter(
        logGroupName=group, filterName=name, filterPattern=pattern, metricTransformations=[metric])
    if broken != "no alarm":
        region = trail.region if broken != "the alarm is in another region" else next(
            r for r in [*account.regions, account.outside] if r != trail.region)
        account.client("cloudwatch", region).put_metric_alarm(**_alarm(account, name, region, metric, topics, broken, variant))


def _alarm(account, name, region, metric, topics, broken, variant):
    namespace = "CISBENCHMARK" if broken == "the alarm is on another namespace" else metric["metricNamespace"]
    metric_name = metric["metricName"].lower() if broken == "the alarm is on another name" else metric["metricName"]
    topic = {"the topic has no subscription": topics["nobody-listens"], "the topic is gone": topics["retired"]}.get(broken, topics["security-alerts"])
    function = account.arn("lambda", region, "function:page-somebody")
    alarm = {
        "AlarmName": name,
        "EvaluationPeriods": 1,
        "Threshold": 10 if variant == "the alarm waits for ten" else 1,
        "ComparisonOperator": "LessThanThreshold" if broken == "the alarm is for less than" else "GreaterThanOrEqualToThreshold",
        "ActionsEnabled": broken != "actions are disabled",
        "OKActions": [topic] if broken == "only an OK action" else [],
        "AlarmActions": {"only an OK action": [], "the action is no topic": [function]}.get(broken, [topic]),
    }
    if variant == "two actions":
        alarm["AlarmActions"] = [*alarm["AlarmActions"], function]
    unit = {"Unit": "Bytes"} if broken in UNIT_LINKS else {"Unit": "Count"} if variant == "a unit" else {}
    if variant == "metric math" or broken == "a query is in another unit":
        stat = {"Metric": {"Namespace": namespace, "MetricName": metric_name}, "Period": 300, "Stat": "Sum", **unit}
        expression = account.pick(["FILL(m1, 0)", "IF(m1 > 0, 1, 0)", "CEIL(m1 * 2)", "MAX(METRICS())"])
        return {**alarm, "Metrics": [
            {"Id": "m1", "MetricStat": stat, "ReturnData": False}, {"Id": "e1", "Expression": expression, "Label": "events", "ReturnData": True}]}
    return {**alarm, "Namespace": namespace, "MetricName": metric_name, "Statistic": "Sum", "Period": 300, **unit}
