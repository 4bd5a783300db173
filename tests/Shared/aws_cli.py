"""The AWS CLI and boto3, loaded once and forked for each command: a command takes a fourth of the processor time then.

    python3 aws_cli.py FOLDER

writes the programs `aws` and `python3` into the folder. They run what they are given in a fork of this process, with their own
arguments, environment, current folder and streams. It serves until it is killed.
"""
import functools
import gc
import json
import os
import runpy
import signal
import socket
import sys

import awscli.clidriver
import awscli.customizations.s3.subcommands
import boto3
import botocore.loaders

SERVICES = ["cloudtrail", "cloudwatch", "config", "ec2", "iam", "kms", "logs", "s3", "s3control", "sns", "sts"]

CLIENT = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    socket.send_fds(server, [b"x"], [0, 1, 2])
    server.sendall(json.dumps([os.path.basename(sys.argv[0]), sys.argv[1:], os.getcwd(), dict(os.environ)]).encode())
    server.shutdown(socket.SHUT_WR)
    sys.exit(int(server.recv(16) or 1))
"""


def load():
    """What each command would load again."""
    botocore.loaders.JSONFileLoader.load_file = functools.cache(botocore.loaders.JSONFileLoader.load_file)
    botocore.loaders.JSONFileLoader = functools.cache(botocore.loaders.JSONFileLoader)
    session = awscli.clidriver.create_clidriver().session
    for service in SERVICES:
        session.get_service_model(service)
        session.create_client(service, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")


def run(connection):
    """Runs one command, in a process of its own."""
    _, streams, _, _ = socket.recv_fds(connection, 1, 3)
    with connection.makefile("rb") as asked:
        name, arguments, folder, environment = json.load(asked)
    for own, stream in enumerate(streams):
        os.dup2(stream, own)
        os.close(stream)
    os.chdir(folder)
    data = os.environ["AWS_DATA_PATH"]  # The AWS CLI sets it when it is loaded.
    os.environ.clear()
    os.environ.update(environment, AWS_DATA_PATH=data)
    try:
        if name == "aws":
            sys.argv = [name, *arguments]
            code = awscli.clidriver.main()
        else:
            sys.argv = arguments
            sys.path[0] = os.path.dirname(arguments[0])
            runpy.run_path(arguments[0], run_name="__main__")
            code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    connection.sendall(str(code).encode())
    os._exit(0)


def main(folder):
    load()
    address = os.path.join(folder, "socket")
    for name in ("aws", "python3"):
        program = os.path.join(folder, name)
        with open(program, "w") as file:
            file.write(CLIENT.format(python=sys.executable, address=address))
        os.chmod(program, 0o700)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen(64)
        gc.freeze()
        # Nobody waits for the forks.
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        print("The AWS CLI is loaded.", flush=True)
        while True:
            connection, _ = server.accept()
            if os.fork() == 0:
                server.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                run(connection)
            connection.close()


main(sys.argv[1])
