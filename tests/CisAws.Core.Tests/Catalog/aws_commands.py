"""Checks AWS CLI commands against the AWS CLI's own command tables: service, operation, options, required options.

In: a JSON array of commands on standard input. Out: a JSON array of problems on standard output, empty when all is well.
Exits with 3 when the AWS CLI is not importable. Calls nothing.
"""
import json
import re
import shlex
import sys

try:
    from awscli.clidriver import create_clidriver
except ImportError:
    print("awscli cannot be imported", file=sys.stderr)
    sys.exit(3)

DRIVER = create_clidriver()
SERVICES = DRIVER._get_command_table()
GLOBALS = {"--" + name for name in DRIVER._get_argument_table()}


def problem_with(command):
    # What is left of a pipe or redirection is the AWS CLI's; placeholders are not redirections.
    line = " ".join(part for part in command.split("\n") if not part.startswith("#"))
    words = shlex.split(re.sub(r"<([A-Z0-9_]+)>", r"\1", line))
    for stop in ("|", ">"):
        if stop in words:
            words = words[: words.index(stop)]

    if len(words) < 3 or words[0] != "aws":
        return "is not 'aws <service> <operation>'"

    service = SERVICES.get(words[1])
    if service is None:
        return f"the AWS CLI has no service '{words[1]}'"

    operation = service._get_command_table().get(words[2])
    if operation is None:
        return f"'{words[1]}' has no operation '{words[2]}'"

    known = operation.arg_table
    options = [word for word in words[3:] if word.startswith("--")]
    unknown = [option for option in options if option[2:] not in known and option not in GLOBALS]
    if unknown:
        return f"'{words[2]}' has no option {', '.join(unknown)}"

    missing = ["--" + name for name, argument in known.items() if argument.required and "--" + name not in options]
    if missing and "--cli-input-json" not in options:
        return f"'{words[2]}' needs {', '.join(missing)}"

    return None


problems = [f"{problem}: {command}" for command in json.load(sys.stdin) if (problem := problem_with(command))]
json.dump(problems, sys.stdout)
