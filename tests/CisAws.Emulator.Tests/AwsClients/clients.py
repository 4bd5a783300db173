"""The two clients: boto3, and the AWS CLI. Both answer a call with everything on all pages, or raise AwsError."""
import json
import os
import re
import subprocess
import tempfile
import threading


class AwsError(Exception):
    def __init__(self, code, message):
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class Boto3:
    def __init__(self, endpoint, cloudwatch=None, s3="path"):
        import boto3
        import botocore.model
        from botocore.config import Config
        from botocore.handlers import json_decode_policies

        if cloudwatch:
            # CloudWatch is the one service here that models more than one protocol; older versions of boto3 chose another.
            botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS = (cloudwatch, *botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS)
        self.endpoint = endpoint
        self.session = boto3.Session()
        # Policy documents are wanted letter for letter, not parsed.
        self.session._session.unregister("after-call.iam", json_decode_policies)
        self.config = Config(retries={"max_attempts": 1}, s3={"addressing_style": s3})
        # Where a name stands before the host, the emulator is the proxy that knows such a host.
        self.proxied = {"s3control": "s3-control"} | ({"s3": "s3"} if s3 == "virtual" else {})
        self.clients = {}
        self.lock = threading.Lock()

    def client(self, service, region):
        from botocore.config import Config

        with self.lock:
            if (service, region) not in self.clients:
                endpoint, config = self.endpoint, self.config
                if service in self.proxied:
                    endpoint = f"http://{self.proxied[service]}.{region}.amazonaws.com"
                    config = config.merge(Config(proxies={"http": self.endpoint}))
                self.clients[service, region] = self.session.client(service, region_name=region, endpoint_url=endpoint, config=config)
            return self.clients[service, region]

    def call(self, service, operation, region, **parameters):
        from botocore.exceptions import ClientError

        client = self.client(service, region)
        try:
            if client.can_paginate(operation):
                return client.get_paginator(operation).paginate(**parameters).build_full_result()
            return getattr(client, operation)(**parameters)
        except ClientError as error:
            raise AwsError(error.response["Error"]["Code"], error.response["Error"].get("Message", "")) from error


class Cli:
    """Every call is a process of its own."""

    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.settings = tempfile.NamedTemporaryFile("w", suffix=".config", delete=False)
        self.settings.write("[default]\ns3 =\n  addressing_style = path\n")
        self.settings.close()
        self.environment = {**os.environ, "AWS_CONFIG_FILE": self.settings.name, "AWS_MAX_ATTEMPTS": "1", "AWS_PAGER": ""}
        # Enough to keep the processors busy: the calls wait for Python to start, not for answers.
        self.places = threading.Semaphore(2 * (os.cpu_count() or 1))

    def call(self, service, operation, region, **parameters):
        command = {"s3": "s3api", "config": "configservice"}.get(service, service)
        endpoint = self.endpoint
        environment = self.environment
        if service == "s3control":
            # Clients put the account's id before the host, whatever it is; the emulator is the proxy that knows such a host.
            endpoint = f"http://s3-control.{region}.amazonaws.com"
            environment = {**environment, "HTTP_PROXY": self.endpoint, "http_proxy": self.endpoint}
        with self.places:
            done = subprocess.run(
                ["aws", command, operation.replace("_", "-"), "--endpoint-url", endpoint, "--region", region, "--output", "json",
                 "--cli-input-json", json.dumps(parameters)],
                env=environment, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return json.loads(done.stdout) if done.stdout.strip() else {}
        error = re.search(r"An error occurred \(([^)]+)\) when calling the \w+ operation(?: \([^)]*\))?: (.*)", done.stderr, re.DOTALL)
        if error is None:
            raise RuntimeError(f"aws {command} {operation}: {done.stderr}")
        raise AwsError(error.group(1), error.group(2).strip())
