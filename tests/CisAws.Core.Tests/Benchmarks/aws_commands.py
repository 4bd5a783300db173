"""Checks AWS CLI commands against the AWS CLI's own command tables: service, operation, options, required options.

In: a JSON array of shell commands on standard input. Out: a JSON array of problems on standard output, empty when all is well.
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
# What a step may use besides the AWS CLI, and the words of the shell before a command.
TOOLS = {"cat", "echo", "eval", "grep", "jq", "rm"}
BEFORE_A_COMMAND = {"do", "{", "}", "$", "done"}


def simple_commands(command):
    """The words of each command in a shell line, as in 'aws ... > file && aws ...' and '$(aws ...)'."""
    line = " ".join(part for part in command.split("\n") if not part.startswith("#"))
    line = re.sub(r"<([A-Z0-9_]+)>", r"\1", line).replace("\\ ", " ")  # Placeholders are not redirections.
    line = line.replace('"$(', "$(").replace(')"', ")")
    words, redirected = [], False
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    for word in lexer:
        if word in (">", "2>"):
            redirected = True
        elif set(word) <= set("();<>|&"):
            yield words
            words, redirected = [], False
        elif word in BEFORE_A_COMMAND and not words:
            continue
        elif not redirected:
            words.append(word)

    yield words


def problem_with(command):
    found = [words for words in simple_commands(command) if words and words[0] not in TOOLS and words[0] != "for"]
    return next(filter(None, map(problem_of, found)), None)


def problem_of(words):
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

    # A switch and its opposite, such as --egress and --ingress, are of one group.
    groups = {known[option[2:]].group_name for option in options if option[2:] in known}
    missing = ["--" + name for name, argument in known.items()
               if argument.required and "--" + name not in options and (argument.group_name is None or argument.group_name not in groups)]
    if missing and "--cli-input-json" not in options:
        return f"'{words[2]}' needs {', '.join(missing)}"

    return None


problems = [f"{problem}: {command}" for command in json.load(sys.stdin) if (problem := problem_with(command))]
json.dump(problems, sys.stdout)
